// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/figure_parts.h"

#include "core/inspect/orientation.h"
#include "ui/figures/figure_set.h"

#include <fmt/format.h>
#include <variant>

namespace app
{

std::vector<int> convolutions(const core::Architecture& architecture)
{
    std::vector<int> found;
    for (std::size_t i = 0; i < architecture.units().size(); ++i) {
        const auto layer = static_cast<std::size_t>(architecture.units()[i].weightLayer);
        if (std::holds_alternative<core::Convolution>(architecture.layers()[layer]))
            found.push_back(static_cast<int>(i));
    }
    return found;
}

const std::string& unitName(const core::Model& model, int unit)
{
    return model.architecture.units()[static_cast<std::size_t>(unit)].name;
}

QString imageName(const core::Dataset& data, int image)
{
    return QString::fromStdString(fmt::format("{} {}, image {}, label {}", data.name,
                                              core::splitName(data.split), image,
                                              data.labels[static_cast<std::size_t>(image)]));
}

std::shared_ptr<const core::NetworkActivations> activationsFor(const Subject& subject,
                                                               const core::Dataset& data, int image)
{
    return std::make_shared<const core::NetworkActivations>(
        core::activationsOf(*subject.backend, *subject.model, data.imagesAsFloat(image, 1)));
}

void addEdges(FigureAlbum& album, const std::string& name, const Subject& subject,
              std::stop_token stop)
{
    const std::vector<int> found = convolutions(subject.model->architecture);
    if (found.empty() || found.front() != 0)
        return; // the first layer has no edges to detect
    const auto channels = std::make_shared<const std::vector<core::OrientedChannel>>(
        core::orientations(*subject.backend, *subject.model, stop));
    if (!stop.stop_requested())
        album.add("Edge detectors", name, *ui::edgesFigure(subject.model, channels));
}

} // namespace app
