// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_weights.h"

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

constexpr int kOtherPage = 1000; ///< first MapKey::group of the reference's page

const core::ParameterSlice* sliceNamed(const core::Model& model, const std::string& name)
{
    const auto& slices = model.parameters.slices();
    const auto found = std::ranges::find(slices, name, &core::ParameterSlice::name);
    return found == slices.end() ? nullptr : &*found;
}

/// Where each of the current model's parameters is in the reference.
std::vector<std::optional<std::size_t>> partnersOf(const ModelPair& pair)
{
    std::vector<std::optional<std::size_t>> partners(pair.current->parameters.values().size());
    for (const core::TensorDifference& tensor : pair.comparison->tensors) {
        if (!tensor.comparable)
            continue;
        const core::ParameterSlice* current = sliceNamed(*pair.current, tensor.nameB);
        const core::ParameterSlice* other = sliceNamed(*pair.reference, tensor.nameA);
        if (current == nullptr || other == nullptr)
            continue;
        for (std::size_t i = 0; i < current->count; ++i)
            partners[current->offset + i] = other->offset + i;
    }
    return partners;
}

QString shapeText(const std::vector<std::int64_t>& shape)
{
    QStringList extents;
    for (const std::int64_t extent : shape)
        extents << QString::number(extent);
    return extents.join(u'\u00D7');
}

QString numberText(std::size_t number)
{
    return grouped(static_cast<qlonglong>(number));
}

} // namespace

PairWeightsFigure::PairWeightsFigure(ModelPair pair, PairMode mode)
    : PairFigure(std::move(pair), mode), m_page(model().architecture),
      m_otherPage(reference().architecture), m_partners(partnersOf(this->pair()))
{
    m_otherPage.setFirstGroup(kOtherPage);
    m_scale = scale();
}

bool PairWeightsFigure::fits(const ModelPair& pair)
{
    return std::max(pair.current->parameters.values().size(),
                    pair.reference->parameters.values().size()) <= WeightPage::kMost;
}

QString PairWeightsFigure::title() const
{
    return QStringLiteral("Weights compared");
}

QString PairWeightsFigure::caption() const
{
    const core::MaskCounts& mask = pair().comparison->mask;
    return QStringLiteral("Parameters: %1. Of the %2 in tensors of the same shape, %3 are non-zero "
                          "in both, %4 only in the current model, %5 only in the reference. %6")
        .arg(modeText(), numberText(mask.total()), numberText(mask.both), numberText(mask.onlyB),
             numberText(mask.onlyA), modelsText());
}

float PairWeightsFigure::valueOf(std::size_t parameter, bool current) const
{
    return (current ? model() : reference()).parameters.values()[parameter];
}

ColourScale PairWeightsFigure::scale() const
{
    if (mode() == PairMode::Mask)
        return signedScale(1);
    if (mode() != PairMode::Difference)
        return signedScale(std::max(largestMagnitude(model().parameters.values()),
                                    largestMagnitude(reference().parameters.values())));
    double bound = 0;
    for (const core::TensorDifference& tensor : pair().comparison->tensors)
        bound = std::max(bound, tensor.maximum);
    return signedScale(bound);
}

HeatMap PairWeightsFigure::fill(std::size_t first, int rows, int columns, bool current) const
{
    HeatMap map{rows, columns, {}, m_scale, {}, {}};
    const bool paired = mode() == PairMode::Difference || mode() == PairMode::Mask;
    map.numbers = mode() != PairMode::Mask; // the legend says what the colours are
    for (std::size_t i = first; i < first + static_cast<std::size_t>(rows * columns); ++i) {
        const float value = valueOf(i, current);
        if (!paired) {
            map.values.push_back(value);
            map.removed.push_back(value == 0.0F);
            continue;
        }
        const bool known = m_partners[i].has_value();
        const float other = known ? valueOf(*m_partners[i], false) : 0.0F;
        map.blank.push_back(!known);
        map.removed.push_back(known && value == 0.0F && other == 0.0F);
        const int presence = (value != 0.0F) - (other != 0.0F);
        map.values.push_back(mode() == PairMode::Difference ? value - other
                                                            : static_cast<float>(presence));
        if (mode() == PairMode::Mask) // told apart by more than colour
            map.hatched.push_back(known && presence < 0);
    }
    return map;
}

Scene PairWeightsFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double legend = labelledBarHeight(style) + 3 * style.gap;
    double y = addPages(scene, width, (room > 0 ? room : 0.7 * width) - legend);
    y += 1.5 * style.gap;
    y += addLegend(scene, y, width);
    if (mode() == PairMode::Difference || mode() == PairMode::Mask)
        for (const QString& note : notes())
            y += addParagraph(scene, {0, y + style.gap}, width, note, style.caption,
                              style.secondaryText);
    scene.setHeight(y + 2 * style.gap);
    return scene;
}

double PairWeightsFigure::addPages(Scene& scene, double width, double room) const
{
    if (mode() == PairMode::Reference)
        return addPage(scene, m_otherPage, 0, width, room, false);
    if (mode() != PairMode::SideBySide)
        return addPage(scene, m_page, 0, width, room, true);
    const double gap = 2 * scene.style().gap;
    const double height = addPage(scene, m_page, 0, width, (room - gap) / 2, true) + gap;
    return height + addPage(scene, m_otherPage, height, width, (room - gap) / 2, false);
}

double PairWeightsFigure::addPage(Scene& scene, const WeightPage& page, double top, double width,
                                  double room, bool current) const
{
    const FigureStyle& style = scene.style();
    const bool paired = mode() == PairMode::Difference || mode() == PairMode::Mask;
    const double line = lineHeight(style.body) + style.gap / 2;
    scene.addText({0, top, width, lineHeight(style.body)}, Qt::AlignLeft | Qt::AlignVCenter,
                  paired    ? modeText()
                  : current ? QStringLiteral("current")
                            : QStringLiteral("reference"),
                  style.body, style.text);
    const double scale = page.scaleFor(width, std::max(room - line, 4 * style.gap), style);
    return line +
           page.add(scene, top + line, width, scale, [&](std::size_t first, int rows, int columns) {
               return fill(first, rows, columns, current);
           });
}

double PairWeightsFigure::addLegend(Scene& scene, double top, double width) const
{
    const FigureStyle& style = scene.style();
    if (mode() != PairMode::Mask)
        return addLabelledBar(scene, {0, top}, std::min(width, 28 * style.gap), m_scale,
                              mode() == PairMode::Difference
                                  ? QStringLiteral("weight, current \u2212 reference")
                                  : QStringLiteral("weight, both models"));
    const core::MaskCounts& mask = pair().comparison->mask;
    const double cell = lineHeight(style.caption);
    double x = 0;
    const auto add = [&](float value, bool removed, const QString& text) {
        HeatMap map{1, 1, {value}, m_scale, {}, {removed}};
        map.numbers = false;
        map.hatched = {value < 0};
        scene.addMap({kOtherPage - 1, static_cast<int>(value) + (removed ? 2 : 0)},
                     {x, top, cell, cell}, std::make_shared<HeatMap>(std::move(map)));
        const double words = textWidth(style.caption, text);
        scene.addText({x + cell + style.gap / 2, top, words, cell},
                      Qt::AlignLeft | Qt::AlignVCenter, text, style.caption, style.text);
        x += cell + words + 2.5 * style.gap;
    };
    add(1, false, QStringLiteral("only in current: %1").arg(numberText(mask.onlyB)));
    add(-1, false, QStringLiteral("only in reference: %1").arg(numberText(mask.onlyA)));
    add(0, false, QStringLiteral("in both: %1").arg(numberText(mask.both)));
    add(0, true, QStringLiteral("in neither: %1").arg(numberText(mask.neither)));
    return cell;
}

/// Tensors that can't be subtracted.
QStringList PairWeightsFigure::notes() const
{
    QStringList lines;
    for (const core::TensorDifference& tensor : pair().comparison->tensors) {
        if (tensor.comparable)
            continue;
        const QString current = QString::fromStdString(tensor.nameB);
        const QString other = QString::fromStdString(tensor.nameA);
        if (current.isEmpty())
            lines << QStringLiteral("%1 is only in the reference").arg(other);
        else if (other.isEmpty())
            lines << QStringLiteral("%1 is only in the current model").arg(current);
        else
            lines << QStringLiteral("%1 is %2 and the reference's %3")
                         .arg(current, shapeText(tensor.shapeB), shapeText(tensor.shapeA));
    }
    if (lines.isEmpty())
        return {};
    return {QStringLiteral("Not compared (a dot): %1. Channels of unequal networks are matched "
                           "under Kernels.")
                .arg(lines.join(QStringLiteral("; ")))};
}

QString PairWeightsFigure::hoverText(const SceneHit& hit) const
{
    if (hit.key.group == kOtherPage - 1)
        return {};
    const auto text = [](float value) {
        return value == 0.0F ? QStringLiteral("removed") : shortNumber(value);
    };
    if (hit.key.group >= kOtherPage) {
        const std::size_t at = m_otherPage.placeOf(hit).parameter;
        return QStringLiteral("reference %1 = %2")
            .arg(m_otherPage.describe(at), text(valueOf(at, false)));
    }
    const std::size_t at = m_page.placeOf(hit).parameter;
    return QStringLiteral("%1: current %2, reference %3")
        .arg(m_page.describe(at), text(valueOf(at, true)),
             m_partners[at] ? text(valueOf(*m_partners[at], false))
                            : QStringLiteral("has none there"));
}

/// Selects the weight's unit and output channel.
Selection PairWeightsFigure::chosen(const SceneHit& hit, Selection selection) const
{
    if (hit.key.group >= kOtherPage - 1)
        return selection;
    const ParameterPlace place = m_page.placeOf(hit);
    const core::ParameterSlice& slice =
        model().parameters.slices()[static_cast<std::size_t>(place.tensor)];
    const auto& units = model().architecture.units();
    for (std::size_t i = 0; i < units.size(); ++i)
        if (units[i].weightLayer <= slice.layer)
            selection.unit = static_cast<int>(i);
    selection.position.reset();
    selection.channel.reset();
    if (!slice.shape.empty() && slice.shape.front() > 0) {
        const auto outputs = static_cast<std::size_t>(slice.shape.front());
        selection.channel =
            static_cast<int>((place.parameter - slice.offset) / (slice.count / outputs));
    }
    return selection;
}

std::string PairWeightsFigure::csv() const
{
    CsvWriter writer("parameter,place,current,reference");
    for (std::size_t i = 0; i < m_partners.size(); ++i) {
        const std::string place = m_page.describe(i).toStdString();
        CsvWriter::Field other = std::string_view();
        if (m_partners[i])
            other = valueOf(*m_partners[i], false);
        writer.line({static_cast<int>(i), std::string_view(place), valueOf(i, true), other});
    }
    return std::move(writer).text();
}

} // namespace ui
