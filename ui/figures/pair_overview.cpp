// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_overview.h"

#include "core/base/binomial.h"
#include "ui/figures/csv.h"
#include "ui/figures/network_drawing.h"
#include "ui/figures/recipe.h"
#include "ui/figures/scene_table.h"
#include "ui/words.h"

#include <algorithm>

namespace ui
{

namespace
{

const QString kNone = QStringLiteral("\u2013");

QString signedText(const QString& magnitude, bool negative, bool zero)
{
    return zero ? magnitude : (negative ? u'\u2212' : u'+') + magnitude;
}

QString countDifference(qlonglong current, qlonglong reference)
{
    const qlonglong less = current - reference;
    return signedText(grouped(std::abs(less)), less < 0, less == 0);
}

/// Of two percentages as they are printed, so that the three numbers of a row agree.
QString percentDifference(double current, double reference)
{
    const double less = qRound64(10000 * current) - qRound64(10000 * reference);
    return signedText(QString::number(std::abs(less) / 100, 'f', 2), less < 0, less == 0) +
           QStringLiteral(" points");
}

QString intervalText(const core::Evaluation& evaluation)
{
    const core::Interval interval = core::wilsonInterval(evaluation.correct, evaluation.images);
    return QStringLiteral("%1\u2013%2 %")
        .arg(100 * interval.low, 0, 'f', 2)
        .arg(100 * interval.high, 0, 'f', 2);
}

QString textOrNone(const std::string& text)
{
    return text.empty() ? kNone : QString::fromStdString(text);
}

qlonglong sizeOf(std::size_t count)
{
    return static_cast<qlonglong>(count);
}

} // namespace

PairOverviewFigure::PairOverviewFigure(ModelPair pair, PairMode mode)
    : PairFigure(std::move(pair), mode)
{
}

QString PairOverviewFigure::title() const
{
    return QStringLiteral("Overview compared");
}

QString PairOverviewFigure::caption() const
{
    const core::AgreementCounts& total = pair().comparison->predictions.total;
    return QStringLiteral("Both models on %1: %2. The same answer to %3 images. %4")
        .arg(QString::fromStdString(pair().comparison->data), modeText(), grouped(total.agree),
             modelsText());
}

PairOverviewFigure::Table PairOverviewFigure::sizes() const
{
    Table table{QStringLiteral("parameters"), {}};
    const auto add = [&](const char* name, std::size_t current, std::size_t other) {
        table.rows.push_back({QLatin1String(name), grouped(sizeOf(current)), grouped(sizeOf(other)),
                              countDifference(sizeOf(current), sizeOf(other))});
    };
    const core::Parameters& current = model().parameters;
    const core::Parameters& other = reference().parameters;
    add("all", current.count(), other.count());
    add("non-zero", current.nonzero(), other.nonzero());
    add("removed", current.count() - current.nonzero(), other.count() - other.nonzero());
    return table;
}

PairOverviewFigure::Table PairOverviewFigure::answers() const
{
    const core::Evaluation& current = pair().comparison->b;
    const core::Evaluation& other = pair().comparison->a;
    const double loss = current.loss - other.loss;
    return {
        QStringLiteral("answers"),
        {{QStringLiteral("right"), grouped(current.correct), grouped(other.correct),
          countDifference(current.correct, other.correct)},
         {QStringLiteral("accuracy"), percent(current.accuracy()), percent(other.accuracy()),
          percentDifference(current.accuracy(), other.accuracy())},
         {QStringLiteral("95 % interval (Wilson)"), intervalText(current), intervalText(other),
          kNone},
         {QStringLiteral("cross entropy"), shortNumber(current.loss, 4), shortNumber(other.loss, 4),
          signedText(shortNumber(std::abs(loss), 4), loss < 0, loss == 0)},
         {QStringLiteral("selected on"), textOrNone(model().provenance.selectedOn),
          textOrNone(reference().provenance.selectedOn), kNone}}};
}

PairOverviewFigure::Table PairOverviewFigure::channels() const
{
    Table table{QStringLiteral("channels, of them matched"), {}};
    for (const core::UnitMatching& unit : pair().comparison->units) {
        const auto text = [&](int channels) {
            return QStringLiteral("%1, %2").arg(channels).arg(unit.matched.size());
        };
        table.rows.push_back({QString::fromStdString(unit.unit), text(unit.channelsB),
                              text(unit.channelsA),
                              countDifference(unit.channelsB, unit.channelsA)});
    }
    return table;
}

PairOverviewFigure::Table PairOverviewFigure::tensors() const
{
    Table table{QStringLiteral("tensor, non-zero"), {}};
    for (const core::TensorDifference& tensor : pair().comparison->tensors) {
        const auto count = [](const core::Model& model, const std::string& name) {
            const auto& slices = model.parameters.slices();
            const auto found = std::ranges::find(slices, name, &core::ParameterSlice::name);
            return found == slices.end() ? core::TensorStatistics{}
                                         : core::tensorStatistics(model.parameters.of(*found));
        };
        const core::TensorStatistics current = count(model(), tensor.nameB);
        const core::TensorStatistics other = count(reference(), tensor.nameA);
        const auto text = [](const core::TensorStatistics& counted) {
            return counted.count == 0
                       ? kNone
                       : QStringLiteral("%1 of %2")
                             .arg(grouped(sizeOf(counted.nonzero)), grouped(sizeOf(counted.count)));
        };
        table.rows.push_back(
            {QString::fromStdString(tensor.nameB.empty() ? tensor.nameA : tensor.nameB),
             text(current), text(other),
             countDifference(sizeOf(current.nonzero), sizeOf(other.nonzero))});
    }
    return table;
}

PairOverviewFigure::Table PairOverviewFigure::classes() const
{
    Table table{QStringLiteral("class, right answers"), {}};
    const auto& counted = pair().comparison->predictions.perClass;
    for (std::size_t label = 0; label < counted.size(); ++label) {
        const core::AgreementCounts& one = counted[label];
        const auto text = [&](int right) {
            return QStringLiteral("%1 of %2").arg(grouped(right), grouped(one.images));
        };
        table.rows.push_back({QString::number(label), text(one.correctB()), text(one.correctA()),
                              countDifference(one.correctB(), one.correctA())});
    }
    return table;
}

double PairOverviewFigure::addRows(Scene& scene, const QPointF& topLeft, double width,
                                   const Table& table) const
{
    std::vector<TableColumn> columns{{table.heading}};
    const bool both = mode() == PairMode::SideBySide;
    if (both || mode() == PairMode::Current)
        columns.push_back({QStringLiteral("current"), true});
    if (both || mode() == PairMode::Reference)
        columns.push_back({QStringLiteral("reference"), true});
    if (mode() == PairMode::Difference)
        columns.push_back({QStringLiteral("current \u2212 reference"), true});
    std::vector<QStringList> rows;
    for (const Row& row : table.rows)
        rows.push_back(both ? QStringList{row.name, row.current, row.reference}
                       : mode() == PairMode::Current   ? QStringList{row.name, row.current}
                       : mode() == PairMode::Reference ? QStringList{row.name, row.reference}
                                                       : QStringList{row.name, row.difference});
    return addTable(scene, topLeft, width, columns, rows);
}

/// The networks one below the other; a difference has no drawing.
double PairOverviewFigure::addDrawings(Scene& scene, double width) const
{
    const FigureStyle& style = scene.style();
    double y = 0;
    const auto add = [&](const core::Model& one, const QString& role) {
        const double line = lineHeight(style.body);
        scene.addLabel({0, y, width, line}, Qt::AlignLeft | Qt::AlignVCenter,
                       role + QStringLiteral(": ") + QString::fromStdString(one.name), style.body,
                       style.text);
        y += line + style.gap;
        y += addNetworkDrawing(scene, {0, y}, width, one.architecture) + 2 * style.gap;
    };
    if (mode() == PairMode::SideBySide || mode() == PairMode::Current)
        add(model(), QStringLiteral("current"));
    if (mode() == PairMode::SideBySide || mode() == PairMode::Reference)
        add(reference(), QStringLiteral("reference"));
    return y;
}

Scene PairOverviewFigure::scene(double width, const FigureStyle& style, double /*room*/) const
{
    Scene scene(style);
    const double top = addDrawings(scene, std::min(width, 130 * style.gap)) + style.gap;
    const bool wide = width >= 80 * style.gap;
    const double between = 4 * style.gap;
    const double column =
        wide ? std::min((width - between) / 2, 60 * style.gap) : std::min(width, 60 * style.gap);
    double y = top;
    const auto add = [&](double x, const Table& table) {
        if (!table.rows.empty())
            y += addRows(scene, {x, y}, column, table) + 2 * style.gap;
    };
    add(0, sizes());
    add(0, answers());
    add(0, channels());
    const double left = y;
    const double indent = wide ? column + between : 0;
    if (wide)
        y = top;
    add(indent, classes());
    add(indent, tensors());
    scene.setHeight(std::max(left, y));
    return scene;
}

std::string PairOverviewFigure::csv() const
{
    CsvWriter writer("table,name,current,reference,difference");
    for (const Table& table : {sizes(), answers(), channels(), classes(), tensors()})
        for (const Row& row : table.rows) {
            const std::string fields[] = {table.heading.toStdString(), row.name.toStdString(),
                                          row.current.toStdString(), row.reference.toStdString(),
                                          row.difference.toStdString()};
            writer.line({std::string_view(fields[0]), std::string_view(fields[1]),
                         std::string_view(fields[2]), std::string_view(fields[3]),
                         std::string_view(fields[4])});
        }
    return std::move(writer).text();
}

QJsonObject PairOverviewFigure::settings() const
{
    return {{QStringLiteral("data"), QString::fromStdString(pair().comparison->data)}};
}

} // namespace ui
