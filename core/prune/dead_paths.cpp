// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/dead_paths.h"

#include "core/model/parameters.h"

#include <algorithm>
#include <variant>

namespace core
{

namespace
{

/// A unit's output channels, and where they are read: by the next layer with weights.
struct Link {
    ParameterSlice weights; ///< [channels][...]
    const ParameterSlice* biases = nullptr;
    const ParameterSlice* slopes = nullptr; ///< one a channel, else nullptr
    ParameterSlice readers;                 ///< [outputs][channels][...]
    std::size_t channels = 0;

    std::size_t own() const { return weights.count / channels; }
    std::size_t outputs() const { return static_cast<std::size_t>(readers.shape[0]); }
    std::size_t placesRead() const { return readers.count / outputs() / channels; }
    std::size_t reader(std::size_t output, std::size_t channel, std::size_t place) const
    {
        return readers.offset + (output * channels + channel) * placesRead() + place;
    }
};

/// Whether each channel has a value of its own, which is zero where nothing leads into it.
bool keepsChannelsApart(const Architecture& architecture)
{
    return std::ranges::none_of(architecture.layers(), [](const Layer& layer) {
        const auto* convolution = std::get_if<Convolution>(&layer);
        const auto* activation = std::get_if<Activation>(&layer);
        return std::holds_alternative<BatchNorm>(layer) ||
               (convolution && convolution->groups > 1) ||
               (activation && activation->kind == ActivationKind::Sigmoid);
    });
}

std::vector<Link> linksOf(const Architecture& architecture, const Parameters& layout)
{
    std::vector<Link> links;
    const std::vector<Unit>& units = architecture.units();
    for (std::size_t i = 0; i + 1 < units.size(); ++i) {
        Link link;
        link.weights = *layout.find(units[i].weightLayer, ParameterRole::Weight);
        link.biases = layout.find(units[i].weightLayer, ParameterRole::Bias);
        link.channels = static_cast<std::size_t>(link.weights.shape[0]);
        link.slopes = layout.find(units[i].postLayer, ParameterRole::Slope);
        if (link.slopes && link.slopes->count != link.channels)
            link.slopes = nullptr;
        link.readers = *layout.find(units[i + 1].weightLayer, ParameterRole::Weight);
        links.push_back(link);
    }
    return links;
}

class Undertaker
{
public:
    Undertaker(std::vector<Link> links, std::span<const float> parameters)
        : m_links(std::move(links)), m_values(parameters.begin(), parameters.end())
    {
    }

    std::vector<std::size_t> run()
    {
        std::size_t before = 0;
        do { // what is removed may leave others without a reader or a source
            before = m_dead.size();
            for (const Link& link : m_links)
                for (std::size_t channel = 0; channel < link.channels; ++channel)
                    visit(link, channel);
        } while (m_dead.size() > before);
        std::ranges::sort(m_dead);
        return std::move(m_dead);
    }

private:
    void bury(std::size_t parameter)
    {
        if (m_values[parameter] == 0)
            return;
        m_values[parameter] = 0;
        m_dead.push_back(parameter);
    }

    bool isRead(const Link& link, std::size_t channel) const
    {
        for (std::size_t output = 0; output < link.outputs(); ++output)
            for (std::size_t place = 0; place < link.placesRead(); ++place)
                if (m_values[link.reader(output, channel, place)] != 0)
                    return true;
        return false;
    }

    bool hasSource(const Link& link, std::size_t channel) const
    {
        const auto first = m_values.begin() +
                           static_cast<std::ptrdiff_t>(link.weights.offset + channel * link.own());
        return (link.biases && m_values[link.biases->offset + channel] != 0) ||
               std::any_of(first, first + static_cast<std::ptrdiff_t>(link.own()),
                           [](float weight) { return weight != 0; });
    }

    void visit(const Link& link, std::size_t channel)
    {
        const bool read = isRead(link, channel);
        const bool fed = hasSource(link, channel);
        if (read && fed)
            return;
        if (link.slopes)
            bury(link.slopes->offset + channel);
        for (std::size_t i = 0; i < link.own(); ++i)
            bury(link.weights.offset + channel * link.own() + i);
        if (link.biases)
            bury(link.biases->offset + channel);
        for (std::size_t output = 0; output < link.outputs(); ++output)
            for (std::size_t place = 0; place < link.placesRead(); ++place)
                bury(link.reader(output, channel, place));
    }

    std::vector<Link> m_links;
    std::vector<float> m_values;
    std::vector<std::size_t> m_dead;
};

} // namespace

std::vector<std::size_t> deadParameters(const Architecture& architecture,
                                        std::span<const float> parameters)
{
    if (!keepsChannelsApart(architecture))
        return {};
    const Parameters layout(architecture);
    return Undertaker(linksOf(architecture, layout), parameters).run();
}

int removeDeadPaths(const Architecture& architecture, std::span<float> parameters)
{
    const std::vector<std::size_t> dead = deadParameters(architecture, parameters);
    for (const std::size_t parameter : dead)
        parameters[parameter] = 0;
    return static_cast<int>(dead.size());
}

} // namespace core
