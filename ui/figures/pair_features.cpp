// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_features.h"

#include "ui/figures/csv.h"
#include "ui/figures/maximization_figure.h"
#include "ui/figures/recipe.h"

#include <algorithm>

namespace ui
{

namespace
{

const std::string kNeurons = "neurons";

std::optional<int> targetOf(const core::Maximization& result, const std::string& group,
                            std::optional<int> channel, std::optional<int> position)
{
    if (!channel)
        return std::nullopt;
    const auto wanted = [&](const core::MaximizerTarget& target) {
        return target.layer == group && target.objective.channel == *channel &&
               (!position || target.objective.position == position);
    };
    const auto found = std::ranges::find_if(result.targets, wanted);
    return found == result.targets.end()
               ? std::nullopt
               : std::optional(static_cast<int>(found - result.targets.begin()));
}

QString endText(const core::Maximization& result, std::optional<int> target)
{
    return target ? shortNumber(result.end[static_cast<std::size_t>(*target)], 2)
                  : QStringLiteral("\u2013");
}

} // namespace

PairFeaturesFigure::PairFeaturesFigure(ModelPair pair, PairMode mode, PairMaximizations images,
                                       MaximizationFigureOptions options, std::string group)
    : PairFigure(std::move(pair), mode),
      m_images({onlyGroup(images.current, group), onlyGroup(images.reference, group)}),
      m_options(options), m_group(std::move(group))
{
    findEntries();
    fillCells();
}

int PairFeaturesFigure::unitIndex() const
{
    const core::Architecture& architecture = model().architecture;
    if (m_group == kNeurons)
        return featureOwner(architecture);
    return architecture.unitByName(m_group).value_or(0);
}

void PairFeaturesFigure::findEntries()
{
    const std::string unit =
        model().architecture.units()[static_cast<std::size_t>(unitIndex())].name;
    const core::Shape current = model().architecture.featureShape();
    const core::Shape other = reference().architecture.featureShape();
    const int positions = m_group == kNeurons ? std::max(current.area(), other.area()) : 0;
    for (const ChannelMatch& match : channelMatches(pair(), unit)) {
        if (m_group != kNeurons)
            addEntry(match, std::nullopt);
        for (int position = 0; position < positions; ++position)
            addEntry(match, position);
    }
}

void PairFeaturesFigure::addEntry(const ChannelMatch& match, std::optional<int> position)
{
    const Entry entry{match, position,
                      targetOf(*m_images.current, m_group, match.current, position),
                      targetOf(*m_images.reference, m_group, match.reference, position)};
    if (entry.current || entry.reference)
        m_entries.push_back(entry);
}

void PairFeaturesFigure::fillCells()
{
    const core::PixelRange range = m_options.settings.range;
    m_scale = pixelScale(*m_images.current, range);
    const ColourScale other = pixelScale(*m_images.reference, range);
    m_scale.low = std::min(m_scale.low, other.low);
    m_scale.high = std::max(m_scale.high, other.high);
    const auto image = [&](const core::Model& one, const core::Maximization& result,
                           std::optional<int> target) {
        return target
                   ? maximizationImage(one.architecture, result, *target, m_scale, m_options.mask)
                   : nullptr;
    };
    for (const Entry& entry : m_entries)
        m_cells.push_back({nameOf(entry),
                           endText(*m_images.current, entry.current) + QStringLiteral(" | ") +
                               endText(*m_images.reference, entry.reference),
                           image(model(), *m_images.current, entry.current),
                           image(reference(), *m_images.reference, entry.reference)});
}

QString PairFeaturesFigure::nameOf(const Entry& entry) const
{
    if (!entry.position)
        return entry.match.text();
    const int columns = std::max(1, model().architecture.featureShape().width);
    return QStringLiteral("%1 (%2, %3)")
        .arg(entry.match.brief())
        .arg(*entry.position / columns)
        .arg(*entry.position % columns);
}

QString PairFeaturesFigure::title() const
{
    return QStringLiteral("Feature visualisation of %1 compared")
        .arg(QString::fromStdString(m_group));
}

QString PairFeaturesFigure::caption() const
{
    const int steps = std::min(m_images.current->steps, m_images.reference->steps);
    return QStringLiteral("%1, %2: %3; beside each name the objective reached in current | "
                          "reference. %4%5")
        .arg(ascentText(m_options, steps), QString::fromStdString(m_group), modeText(),
             m_group == "logits" ? QString()
                                 : QStringLiteral("Channels are %1. ").arg(matchingText()),
             modelsText());
}

Scene PairFeaturesFigure::scene(double width, const FigureStyle& style, double room) const
{
    const bool difference = mode() == PairMode::Difference;
    return pairGridScene(style, width, room, m_cells, mode(),
                         difference ? differenceScale(m_cells) : m_scale,
                         difference ? QStringLiteral("pixel, current \u2212 reference")
                                    : QStringLiteral("pixel: 0 paper, 1 ink; both models"));
}

QString PairFeaturesFigure::hoverText(const SceneHit& hit) const
{
    const auto index = static_cast<std::size_t>(hit.key.index);
    return QStringLiteral("%1 %2, pixel (%3, %4): %5; objective reached %6")
        .arg(QString::fromStdString(m_group), m_cells[index].title)
        .arg(hit.row)
        .arg(hit.column)
        .arg(valuesText(m_cells[index], hit, CellValue::Number), m_cells[index].note);
}

Selection PairFeaturesFigure::chosen(const SceneHit& hit, Selection selection) const
{
    const Entry& entry = m_entries[static_cast<std::size_t>(hit.key.index)];
    selection.unit = unitIndex();
    selection.channel = entry.match.current;
    selection.position = entry.match.current ? entry.position : std::nullopt;
    return selection;
}

std::vector<PairMark> PairFeaturesFigure::marksOf(const Selection& selection) const
{
    std::vector<PairMark> marks;
    if (selection.unit != unitIndex() || !selection.channel)
        return marks;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].match.current == selection.channel &&
            (!selection.position || !m_entries[i].position ||
             m_entries[i].position == selection.position))
            addMarks(marks, i);
    return marks;
}

std::string PairFeaturesFigure::csv() const
{
    CsvWriter writer("group,target,row,column,current,reference");
    for (const PairCell& cell : m_cells) {
        const std::string name = cell.title.toStdString();
        forEachPlace(cell, [&](int row, int column, const CsvWriter::Field& current,
                               const CsvWriter::Field& other) {
            writer.line(
                {std::string_view(m_group), std::string_view(name), row, column, current, other});
        });
    }
    return std::move(writer).text();
}

QJsonObject PairFeaturesFigure::settings() const
{
    return {{QStringLiteral("settings"), toRecipe(m_options.settings)},
            {QStringLiteral("stage"), stageText(m_options.stage)},
            {QStringLiteral("mask"), m_options.mask},
            {QStringLiteral("stepsDone"), m_images.current->steps},
            {QStringLiteral("referenceStepsDone"), m_images.reference->steps},
            {QStringLiteral("targets"), QString::fromStdString(m_group)},
            {QStringLiteral("data"), QString::fromStdString(pair().comparison->data)}};
}

} // namespace ui
