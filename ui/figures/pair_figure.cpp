// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_figure.h"

#include "ui/figures/recipe.h"

#include <algorithm>

namespace ui
{

namespace
{

const core::UnitMatching* matchingOf(const ModelPair& pair, const std::string& unit)
{
    const auto& units = pair.comparison->units;
    const auto found = std::ranges::find(units, unit, &core::UnitMatching::unit);
    return found == units.end() ? nullptr : &*found;
}

int channelsOf(const core::Model& model, const std::string& unit)
{
    const auto& units = model.architecture.units();
    const auto found = std::ranges::find(units, unit, &core::Unit::name);
    return found == units.end() ? 0 : found->shape.channels;
}

} // namespace

QString ChannelMatch::brief() const
{
    const auto number = [](const std::optional<int>& channel) {
        return channel ? QString::number(*channel) : QStringLiteral("\u2013");
    };
    return QStringLiteral("%1 \u2194 %2").arg(number(current), number(reference));
}

QString ChannelMatch::text() const
{
    if (!current)
        return QStringLiteral("%1, only in reference").arg(*reference);
    if (!reference)
        return QStringLiteral("%1, only in current").arg(*current);
    return QStringLiteral("%1 \u2194 %2").arg(*current).arg(*reference);
}

std::vector<ChannelMatch> equalMatches(int current, int reference)
{
    std::vector<ChannelMatch> matches;
    for (int i = 0; i < std::max(current, reference); ++i) {
        ChannelMatch match;
        if (i < current)
            match.current = i;
        if (i < reference)
            match.reference = i;
        matches.push_back(match);
    }
    return matches;
}

std::vector<ChannelMatch> channelMatches(const ModelPair& pair, const std::string& unit)
{
    const core::UnitMatching* matching = matchingOf(pair, unit);
    if (matching == nullptr) // the logits, or a unit that only one has
        return equalMatches(channelsOf(*pair.current, unit), channelsOf(*pair.reference, unit));
    std::vector<ChannelMatch> matches;
    for (int channel = 0; channel < matching->channelsB; ++channel)
        matches.push_back({channel, {}, {}});
    for (const core::ChannelPair& same : matching->matched) {
        ChannelMatch& match = matches[static_cast<std::size_t>(same.b)];
        match.reference = same.a;
        match.correlation = same.correlation;
    }
    for (const int channel : matching->onlyA)
        matches.push_back({{}, channel, {}});
    return matches;
}

PairFigure::PairFigure(ModelPair pair, PairMode mode)
    : SceneFigure(pair.current), m_pair(std::move(pair)), m_mode(mode)
{
}

QJsonObject PairFigure::recipe() const
{
    static constexpr const char* kModes[] = {"side-by-side", "difference", "current", "reference",
                                             "mask"};
    QJsonObject object = SceneFigure::recipe();
    object.insert(QStringLiteral("reference"), modelRecipe(reference()));
    object.insert(QStringLiteral("mode"), QLatin1String(kModes[static_cast<std::size_t>(m_mode)]));
    return object;
}

QString PairFigure::shortCaption() const
{
    return caption().remove(modelsText()).trimmed();
}

QString PairFigure::modelsText() const
{
    return QStringLiteral("Current: %1. Reference: %2.")
        .arg(parametersText(model()), parametersText(reference()));
}

QString PairFigure::matchingText() const
{
    const int images = pair().comparison->predictions.total.images;
    return QStringLiteral("matched by the correlation r of their outputs on %1 images spread over "
                          "%2")
        .arg(grouped(std::min(images, core::ComparisonOptions().matchingImages)),
             QString::fromStdString(pair().comparison->data));
}

QString PairFigure::modeText() const
{
    switch (m_mode) {
    case PairMode::SideBySide:
        return QStringLiteral("current and reference on one scale");
    case PairMode::Difference:
        return QStringLiteral("current less reference");
    case PairMode::Current:
        return QStringLiteral("current model");
    case PairMode::Reference:
        return QStringLiteral("reference");
    case PairMode::Mask:
        return QStringLiteral("which weights are there");
    }
    return {};
}

std::optional<int> PairFigure::referenceUnit(int unit) const
{
    return reference().architecture.unitByName(
        model().architecture.units()[static_cast<std::size_t>(unit)].name);
}

int featureOwner(const core::Architecture& architecture)
{
    if (const auto unit = architecture.featureUnit())
        return *unit;
    int owner = 0;
    const auto& units = architecture.units();
    for (int i = 0; i < static_cast<int>(units.size()); ++i)
        if (units[static_cast<std::size_t>(i)].postLayer <= architecture.featureLayer())
            owner = i;
    return owner;
}

QString parametersText(const core::Model& model)
{
    const auto total = static_cast<qlonglong>(model.parameters.count());
    const auto nonzero = static_cast<qlonglong>(model.parameters.nonzero());
    const QString name = QString::fromStdString(model.name);
    return nonzero == total ? QStringLiteral("%1, %2 parameters").arg(name, grouped(total))
                            : QStringLiteral("%1, %2 of %3 parameters non-zero")
                                  .arg(name, grouped(nonzero), grouped(total));
}

} // namespace ui
