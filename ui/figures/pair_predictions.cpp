// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_predictions.h"

#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/recipe.h"
#include "ui/figures/scene_table.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

bool passes(const core::Disagreement& image, DisagreementFilter filter)
{
    switch (filter) {
    case DisagreementFilter::All:
        return true;
    case DisagreementFilter::OnlyCurrentRight:
        return image.b == image.label;
    case DisagreementFilter::OnlyReferenceRight:
        return image.a == image.label;
    case DisagreementFilter::BothWrong:
        return image.a != image.label && image.b != image.label;
    }
    return true;
}

QString filterText(DisagreementFilter filter)
{
    switch (filter) {
    case DisagreementFilter::All:
        return QStringLiteral("Images with different answers");
    case DisagreementFilter::OnlyCurrentRight:
        return QStringLiteral("Images that only the current model answers right");
    case DisagreementFilter::OnlyReferenceRight:
        return QStringLiteral("Images that only the reference answers right");
    case DisagreementFilter::BothWrong:
        return QStringLiteral("Images with different wrong answers");
    }
    return {};
}

QString shareText(int count, int images)
{
    return images == 0 ? QStringLiteral("\u2013")
                       : QString::number(100.0 * count / images, 'f', 2) + QStringLiteral(" %");
}

} // namespace

PairPredictionsFigure::PairPredictionsFigure(ModelPair pair, core::DatasetPointer data,
                                             DisagreementFilter filter, PairMode mode)
    : PairFigure(std::move(pair), mode), m_data(std::move(data)), m_filter(filter)
{
    for (const core::Disagreement& image : predictions().disagreements)
        if (passes(image, filter))
            m_shown.push_back(image);
}

QString PairPredictionsFigure::title() const
{
    return QStringLiteral("Predictions compared");
}

QString PairPredictionsFigure::caption() const
{
    const core::AgreementCounts& total = predictions().total;
    return QStringLiteral("Answers to %1: the same for %2 (%3). %4")
        .arg(QString::fromStdString(pair().comparison->data), grouped(total.agree),
             shareText(total.agree, total.images), modelsText());
}

Scene PairPredictionsFigure::scene(double width, const FigureStyle& style, double) const
{
    Scene scene(style);
    const bool wide = width > 70 * style.gap;
    const double left = wide ? 0.5 * width : width;
    double y = addCounts(scene, {}, left) + 2 * style.gap;
    y += addClasses(scene, {0, y}, left);
    if (wide) {
        const double indent = left + 3 * style.gap;
        y = std::max(y, addConfusions(scene, {indent, 0}, width - indent));
    } else {
        y += 2 * style.gap;
        y += addConfusions(scene, {0, y}, width);
    }
    scene.setHeight(y + 3 * style.gap + addImages(scene, y + 3 * style.gap, width));
    return scene;
}

double PairPredictionsFigure::addCounts(Scene& scene, const QPointF& topLeft, double width) const
{
    const core::AgreementCounts& total = predictions().total;
    std::vector<QStringList> rows;
    const auto add = [&](const QString& name, int count) {
        rows.push_back({name, grouped(count), shareText(count, total.images)});
    };
    add(QStringLiteral("same answer"), total.agree);
    add(QStringLiteral("both right"), total.both);
    add(QStringLiteral("only current right"), total.onlyB);
    add(QStringLiteral("only reference right"), total.onlyA);
    add(QStringLiteral("both wrong"), total.neither);
    add(QStringLiteral("current right"), total.correctB());
    add(QStringLiteral("reference right"), total.correctA());
    const QString title =
        QStringLiteral("of %1 images").arg(grouped(static_cast<qlonglong>(total.images)));
    return addTable(
        scene, topLeft, width,
        {{title, false}, {QStringLiteral("images"), true}, {QStringLiteral("share"), true}}, rows);
}

double PairPredictionsFigure::addClasses(Scene& scene, const QPointF& topLeft, double width) const
{
    std::vector<QStringList> rows;
    for (std::size_t label = 0; label < predictions().perClass.size(); ++label) {
        const core::AgreementCounts& counts = predictions().perClass[label];
        rows.push_back({QString::number(label), grouped(counts.images), grouped(counts.correctB()),
                        grouped(counts.correctA()), grouped(counts.onlyB), grouped(counts.onlyA),
                        grouped(counts.agree)});
    }
    return addTable(scene, topLeft, width,
                    {{QStringLiteral("label"), false},
                     {QStringLiteral("images"), true},
                     {QStringLiteral("current"), true},
                     {QStringLiteral("reference"), true},
                     {QStringLiteral("only cur."), true},
                     {QStringLiteral("only ref."), true},
                     {QStringLiteral("same"), true}},
                    rows);
}

std::vector<int> PairPredictionsFigure::confusionOf(PairGroup group) const
{
    return group == kDifferenceMap  ? predictions().confusionDifference
           : group == kReferenceMap ? pair().comparison->a.confusion
                                    : pair().comparison->b.confusion;
}

/// One below the other, the mistakes of both on one scale.
double PairPredictionsFigure::addConfusions(Scene& scene, const QPointF& topLeft,
                                            double width) const
{
    std::vector<PairGroup> groups{kDifferenceMap};
    if (mode() == PairMode::SideBySide)
        groups = {kCurrentMap, kReferenceMap};
    else if (mode() != PairMode::Difference)
        groups = {mode() == PairMode::Reference ? kReferenceMap : kCurrentMap};
    int most = 0;
    const bool difference = groups.front() == kDifferenceMap;
    for (const PairGroup group : {kCurrentMap, kReferenceMap, kDifferenceMap}) {
        const std::vector<int> counts = confusionOf(group);
        for (std::size_t i = 0; i < counts.size(); ++i)
            if ((group == kDifferenceMap) == difference &&
                (difference || i % static_cast<std::size_t>(predictions().classes + 1) != 0))
                most = std::max(most, std::abs(counts[i]));
    }
    const ColourScale scale = difference ? signedScale(most) : magnitudeScale(most);
    double y = topLeft.y();
    for (const PairGroup group : groups)
        y += addConfusion(scene, {topLeft.x(), y}, width, group, scale) + 2 * scene.style().gap;
    return y - topLeft.y();
}

/// Right answers stand on the diagonal without colour, which would drown the mistakes.
double PairPredictionsFigure::addConfusion(Scene& scene, const QPointF& topLeft, double width,
                                           PairGroup group, const ColourScale& scale) const
{
    const FigureStyle& style = scene.style();
    const int classes = predictions().classes;
    HeatMap map{classes, classes, {}, scale, {}, {}};
    map.decimals = 0;
    map.ticks = false;
    const std::vector<int> counts = confusionOf(group);
    for (int i = 0; i < static_cast<int>(counts.size()); ++i) {
        const bool right = group != kDifferenceMap && i % (classes + 1) == 0;
        map.values.push_back(static_cast<float>(counts[static_cast<std::size_t>(i)]));
        map.blank.push_back(counts[static_cast<std::size_t>(i)] == 0);
        map.removed.push_back(right);
    }
    const double label = textWidth(style.body, QStringLiteral("00")) + style.gap / 2;
    const double line = lineHeight(style.caption);
    // Four digits of right answers have to fit, in every mode, so that nothing jumps.
    const double four = textWidth(style.number, QStringLiteral("00000"));
    double cell = std::min((width - label) / classes, std::max(3.5 * style.gap, four));
    if (style.wholeScale)
        cell = std::max(1.0, std::floor(cell));
    double y = topLeft.y();
    const QString name = group == kDifferenceMap  ? QStringLiteral("current \u2212 reference")
                         : group == kReferenceMap ? QStringLiteral("reference")
                                                  : QStringLiteral("current");
    scene.addLabel({topLeft.x(), y, width, line}, Qt::AlignLeft | Qt::AlignVCenter,
                   QStringLiteral("confusion, %1; answer \u2192, label \u2193").arg(name),
                   style.caption, style.secondaryText);
    y += line + style.gap / 2;
    for (int i = 0; i < classes; ++i)
        scene.addText({topLeft.x() + label + i * cell, y, cell, lineHeight(style.body)},
                      Qt::AlignCenter, QString::number(i), style.body, style.text);
    y += lineHeight(style.body) + style.gap / 4;
    const double row = std::min(cell, 3.5 * style.gap);
    for (int i = 0; i < classes; ++i)
        scene.addText({topLeft.x(), y + i * row, label - style.gap / 2, row},
                      Qt::AlignRight | Qt::AlignVCenter, QString::number(i), style.body,
                      style.text);
    scene.addMap({kConfusion, group}, {topLeft.x() + label, y, cell * classes, row * classes},
                 std::make_shared<HeatMap>(std::move(map)));
    y += row * classes + style.gap;
    y += addLabelledBar(scene, {topLeft.x() + label, y}, cell * classes, scale,
                        group == kDifferenceMap ? QStringLiteral("images more (\u2212 fewer)")
                                                : QStringLiteral("images answered wrong"));
    return y - topLeft.y();
}

double PairPredictionsFigure::addImages(Scene& scene, double top, double width) const
{
    const FigureStyle& style = scene.style();
    const double scale = style.wholeScale ? 3 : 10.5 * style.gap / m_data->width;
    const QSizeF image(scale * m_data->width, scale * m_data->height);
    const double gap = 1.5 * style.gap;
    const int columns = std::max(1, static_cast<int>((width + gap) / (image.width() + gap)));
    const double row = image.height() + 2 * lineHeight(style.caption) + 2 * style.gap;
    const double heading = lineHeight(style.body) + lineHeight(style.caption) + style.gap;
    int most = kMostImages;
    if (!style.wholeScale) // a page doesn't scroll
        most = columns * std::max(1, static_cast<int>((kMostHeight - top - heading) / row));
    const int count =
        static_cast<int>(std::min<std::size_t>(m_shown.size(), static_cast<std::size_t>(most)));
    QString text = QStringLiteral("%1: %2").arg(filterText(m_filter), grouped(std::ssize(m_shown)));
    if (count < std::ssize(m_shown))
        text += QStringLiteral(", the first %1 shown").arg(count);
    scene.addLabel({0, top, width, lineHeight(style.body)}, Qt::AlignLeft | Qt::AlignVCenter, text,
                   style.body, style.text);
    if (count == 0)
        return lineHeight(style.body);
    scene.addLabel({0, top + lineHeight(style.body), width, lineHeight(style.caption)},
                   Qt::AlignLeft | Qt::AlignVCenter,
                   QStringLiteral("below each: its label and number, then the answers of current | "
                                  "reference"),
                   style.caption, style.secondaryText);
    const double first = top + heading;
    for (int i = 0; i < count; ++i)
        addImage(scene, i,
                 {{i % columns * (image.width() + gap), first + i / columns * row}, image});
    return heading + (count + columns - 1) / columns * row;
}

void PairPredictionsFigure::addImage(Scene& scene, int index, const QRectF& area) const
{
    const FigureStyle& style = scene.style();
    const core::Disagreement& image = m_shown[static_cast<std::size_t>(index)];
    scene.addMap({kImage, index}, area,
                 std::make_shared<HeatMap>(HeatMap{m_data->height,
                                                   m_data->width,
                                                   m_data->imagesAsFloat(image.image, 1),
                                                   greyScale(),
                                                   {},
                                                   {},
                                                   false}));
    const double line = lineHeight(style.caption);
    const QRectF first(area.left(), area.bottom() + style.gap / 4, area.width(), line);
    scene.addText(first, Qt::AlignLeft | Qt::AlignVCenter,
                  QStringLiteral("label %1").arg(image.label), style.caption, style.text);
    scene.addText(first, Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("#%1").arg(image.image),
                  style.caption, style.secondaryText);
    scene.addText(first.translated(0, line), Qt::AlignLeft | Qt::AlignVCenter,
                  QStringLiteral("%1 | %2").arg(image.b).arg(image.a), style.caption, style.text);
}

QString PairPredictionsFigure::hoverText(const SceneHit& hit) const
{
    if (hit.key.group == kConfusion) {
        const auto counted = [&](PairGroup group) {
            const auto place =
                static_cast<std::size_t>(hit.row * predictions().classes + hit.column);
            return grouped(confusionOf(group)[place]);
        };
        return QStringLiteral("label %1 answered %2: current %3 images, reference %4")
            .arg(hit.row)
            .arg(hit.column)
            .arg(counted(kCurrentMap), counted(kReferenceMap));
    }
    const core::Disagreement& image = m_shown[static_cast<std::size_t>(hit.key.index)];
    return QStringLiteral("image %1, label %2: current answers %3, reference %4")
        .arg(image.image)
        .arg(image.label)
        .arg(image.b)
        .arg(image.a);
}

Selection PairPredictionsFigure::chosen(const SceneHit& hit, Selection selection) const
{
    if (hit.key.group == kConfusion)
        selection.label = hit.row;
    return selection;
}

std::optional<int> PairPredictionsFigure::imageAt(const SceneHit& hit) const
{
    if (hit.key.group != kImage)
        return std::nullopt;
    return m_shown[static_cast<std::size_t>(hit.key.index)].image;
}

std::optional<PairMark> PairPredictionsFigure::markOf(int image) const
{
    const auto found = std::ranges::find(m_shown, image, &core::Disagreement::image);
    if (found == m_shown.end())
        return std::nullopt;
    return PairMark{{kImage, static_cast<int>(found - m_shown.begin())}, {}};
}

std::string PairPredictionsFigure::csv() const
{
    CsvWriter writer("image,label,current,reference");
    for (const core::Disagreement& image : m_shown)
        writer.line({image.image, image.label, image.b, image.a});
    return std::move(writer).text();
}

QJsonObject PairPredictionsFigure::settings() const
{
    static constexpr const char* kFilters[] = {"all", "only-current", "only-reference",
                                               "both-wrong"};
    return {{QStringLiteral("filter"), QLatin1String(kFilters[static_cast<std::size_t>(m_filter)])},
            {QStringLiteral("data"), QString::fromStdString(pair().comparison->data)}};
}

} // namespace ui
