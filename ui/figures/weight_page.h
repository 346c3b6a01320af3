// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "core/model/parameters.h"
#include "ui/figures/scene.h"

#include <functional>
#include <optional>
#include <vector>

namespace ui
{

/// Where a parameter is: an index into the flat vector and into the tensors.
struct ParameterPlace {
    std::size_t parameter = 0;
    int tensor = 0; ///< index into Parameters::slices()
    int row = 0;    ///< of the map that shows it
    int column = 0;
};

/// Every weight, bias and slope of a network on one page: a convolution as a grid of kernels
/// (outputs by inputs, the more numerous across, as the title says), a linear layer as one map (a
/// row an output), biases and slopes as a line of cells below. A map's key is {tensor, map within
/// the tensor}.
class WeightPage
{
public:
    enum class Content { All, Convolutions };

    WeightPage(const core::Architecture& architecture, Content content = Content::All);

    /// Where two pages share a scene: a map's key becomes {first + tensor, map}.
    void setFirstGroup(int first) { m_firstGroup = first; }

    /// Colours of the cells: a map of the given size whose entry i is parameter `first` + i.
    using Fill = std::function<HeatMap(std::size_t first, int rows, int columns)>;

    /// The largest whole (or, on paper, any) scale at which the page fits `width` and `room`.
    /// No cell is larger than `most` gaps.
    double scaleFor(double width, double room, const FigureStyle& style, double most = 4) const;
    /// Adds all maps under their titles below `top`; returns the height.
    double add(Scene& scene, double top, double width, double scale, const Fill& fill) const;

    ParameterPlace placeOf(const SceneHit& hit) const;
    SceneHit hitOf(std::size_t parameter) const;
    /// "conv2 features.3.weight[0, 1, 2, 2]", indices as PyTorch counts them
    QString describe(std::size_t parameter) const;
    std::size_t parameters() const { return m_parameters; }

    static constexpr std::size_t kMost = 40000; ///< above this a page can't be read any more

private:
    struct Tensor {
        core::ParameterSlice slice;
        int index = 0;
        bool outputsAcross = true;
        int across = 1; ///< maps side by side
        int down = 1;
        int rows = 1;
        int columns = 1;
    };
    struct Block {
        QString name;                ///< of the unit
        QString title;               ///< with which way its maps run
        std::vector<Tensor> tensors; ///< the weights, then what belongs to them
    };

    /// Sizes of text, measured once for a layout that tries many scales.
    struct Measures {
        double gap = 0;
        double title = 0;           ///< height, with the gap below
        double tag = 0;             ///< width of "bias" behind its cells, with the gap before
        std::vector<double> titles; ///< widths
    };

    void addUnit(const core::Architecture& architecture, const core::Parameters& parameters,
                 const core::Unit& unit, Content content);
    Measures measure(const FigureStyle& style) const;
    double blockWidth(std::size_t block, double scale, const Measures& measures) const;
    double blockHeight(std::size_t block, double scale, const Measures& measures) const;
    double arrange(double width, double scale, const Measures& measures,
                   const std::function<void(std::size_t block, QPointF)>& place) const;
    void addBlock(Scene& scene, std::size_t block, const QPointF& topLeft, double scale,
                  const Measures& measures, const Fill& fill) const;
    void addTensor(Scene& scene, const Tensor& tensor, const QPointF& topLeft, double scale,
                   const Fill& fill) const;
    const Tensor* tensorOf(int index) const;

    std::vector<Block> m_blocks;
    std::size_t m_parameters = 0;
    int m_firstGroup = 0;
};

} // namespace ui
