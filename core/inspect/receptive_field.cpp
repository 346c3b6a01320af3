// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/receptive_field.h"

#include <algorithm>

namespace core
{

namespace
{

/// The window that a layer slides over its input; layers that work point by point have 1, 1, 0.
struct Sliding {
    int reachHeight = 1;
    int reachWidth = 1;
    int stride = 1;
    int padding = 0;
    int dilation = 1;
    int kernelHeight = 1;
    int kernelWidth = 1;
};

Sliding slidingOf(const Layer& layer)
{
    if (const auto* c = std::get_if<Convolution>(&layer))
        return {c->dilation * (c->kernelHeight - 1) + 1,
                c->dilation * (c->kernelWidth - 1) + 1,
                c->stride,
                c->padding,
                c->dilation,
                c->kernelHeight,
                c->kernelWidth};
    if (const auto* p = std::get_if<Pool>(&layer))
        return {p->kernel, p->kernel, p->stride, p->padding, 1, p->kernel, p->kernel};
    return {};
}

/// Whether each output of the layer reads its whole input.
bool readsAll(const Layer& layer)
{
    if (const auto* pool = std::get_if<Pool>(&layer))
        return pool->global;
    return std::holds_alternative<Linear>(layer) || std::holds_alternative<Flatten>(layer);
}

bool anyReadsAll(const Architecture& architecture, int layer)
{
    const auto& layers = architecture.layers();
    return std::any_of(layers.begin(), layers.begin() + layer + 1, readsAll);
}

/// Whether the layer's output at (row, column) reads a marked entry of its input, [H, W].
bool readsMarked(const Sliding& window, const Shape& in, const std::vector<bool>& marked, int row,
                 int column)
{
    for (int i = 0; i < window.kernelHeight; ++i)
        for (int j = 0; j < window.kernelWidth; ++j) {
            const int y = row * window.stride - window.padding + i * window.dilation;
            const int x = column * window.stride - window.padding + j * window.dilation;
            if (y >= 0 && y < in.height && x >= 0 && x < in.width &&
                marked[static_cast<std::size_t>(y * in.width + x)])
                return true;
        }
    return false;
}

/// Marks the layer's outputs that read marked entries of its input, both [H, W].
std::vector<bool> spreadForward(const Architecture& architecture, int layer,
                                const std::vector<bool>& inputs)
{
    const Layer& what = architecture.layers()[static_cast<std::size_t>(layer)];
    const Shape in = architecture.inputOf(layer);
    const Shape out = architecture.outputOf(layer);
    if (readsAll(what)) {
        const bool any = std::ranges::find(inputs, true) != inputs.end();
        return std::vector<bool>(static_cast<std::size_t>(out.area()), any);
    }
    const Sliding window = slidingOf(what);
    std::vector<bool> outputs;
    for (int row = 0; row < out.height; ++row)
        for (int column = 0; column < out.width; ++column)
            outputs.push_back(readsMarked(window, in, inputs, row, column));
    return outputs;
}

/// Marks the entries of the layer's input that its marked outputs read, both [H, W].
std::vector<bool> spreadBack(const Architecture& architecture, int layer,
                             const std::vector<bool>& outputs)
{
    const Layer& what = architecture.layers()[static_cast<std::size_t>(layer)];
    const Shape in = architecture.inputOf(layer);
    const Shape out = architecture.outputOf(layer);
    if (readsAll(what)) {
        const bool any = std::ranges::find(outputs, true) != outputs.end();
        return std::vector<bool>(static_cast<std::size_t>(in.area()), any);
    }
    const Sliding window = slidingOf(what);
    std::vector<bool> inputs(static_cast<std::size_t>(in.area()), false);
    for (int row = 0; row < out.height; ++row)
        for (int column = 0; column < out.width; ++column) {
            if (!outputs[static_cast<std::size_t>(row * out.width + column)])
                continue;
            for (int i = 0; i < window.kernelHeight; ++i)
                for (int j = 0; j < window.kernelWidth; ++j) {
                    const int y = row * window.stride - window.padding + i * window.dilation;
                    const int x = column * window.stride - window.padding + j * window.dilation;
                    if (y >= 0 && y < in.height && x >= 0 && x < in.width)
                        inputs[static_cast<std::size_t>(y * in.width + x)] = true;
                }
        }
    return inputs;
}

} // namespace

ReceptiveField receptiveField(const Architecture& architecture, int layer)
{
    if (anyReadsAll(architecture, layer))
        return {architecture.input().height, architecture.input().width, 1, 0};
    ReceptiveField field;
    for (int i = 0; i <= layer; ++i) {
        const Sliding window = slidingOf(architecture.layers()[static_cast<std::size_t>(i)]);
        field.height += (window.reachHeight - 1) * field.stride;
        field.width += (window.reachWidth - 1) * field.stride;
        field.start -= window.padding * field.stride;
        field.stride *= window.stride;
    }
    return field;
}

PixelWindow receptiveWindow(const Architecture& architecture, int layer, int row, int column)
{
    const InputSpec& input = architecture.input();
    if (anyReadsAll(architecture, layer)) {
        // What lies before the layer that reads everything may still leave pixels over.
        const std::vector<bool> seen = seenPixels(architecture, layer);
        PixelWindow window{input.height, input.width, 0, 0};
        int bottom = -1;
        int right = -1;
        for (int y = 0; y < input.height; ++y)
            for (int x = 0; x < input.width; ++x) {
                if (!seen[static_cast<std::size_t>(y * input.width + x)])
                    continue;
                window.top = std::min(window.top, y);
                window.left = std::min(window.left, x);
                bottom = std::max(bottom, y);
                right = std::max(right, x);
            }
        window.height = std::max(bottom - window.top + 1, 0);
        window.width = std::max(right - window.left + 1, 0);
        return window;
    }
    const ReceptiveField field = receptiveField(architecture, layer);
    const int top = field.start + field.stride * row;
    const int left = field.start + field.stride * column;
    const int clippedTop = std::clamp(top, 0, input.height);
    const int clippedLeft = std::clamp(left, 0, input.width);
    return {clippedTop, clippedLeft, std::clamp(top + field.height, 0, input.height) - clippedTop,
            std::clamp(left + field.width, 0, input.width) - clippedLeft};
}

std::vector<bool> seenPixels(const Architecture& architecture, int layer)
{
    std::vector<bool> marked(static_cast<std::size_t>(architecture.outputOf(layer).area()), true);
    for (int i = layer; i >= 0; --i)
        marked = spreadBack(architecture, i, marked);
    return marked;
}

std::vector<bool> readersOf(const Architecture& architecture, int layer, int row, int column)
{
    const InputSpec& input = architecture.input();
    std::vector<bool> marked(static_cast<std::size_t>(input.height * input.width), false);
    marked[static_cast<std::size_t>(row * input.width + column)] = true;
    for (int i = 0; i <= layer; ++i)
        marked = spreadForward(architecture, i, marked);
    return marked;
}

std::vector<bool> readPositions(const Architecture& architecture, int layer)
{
    const int last = static_cast<int>(architecture.layers().size()) - 1;
    std::vector<bool> marked(static_cast<std::size_t>(architecture.outputOf(last).area()), true);
    for (int i = last; i > layer; --i)
        marked = spreadBack(architecture, i, marked);
    return marked;
}

} // namespace core
