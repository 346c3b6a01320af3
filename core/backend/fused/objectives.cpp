// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/objectives.h"

#include "core/backend/fused/forward.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <tuple>
#include <utility>

namespace core::fused
{

/// What objectives run through together.
struct ObjectivePaths::Path {
    Path(const Architecture& network, int layer, bool isCropped)
        : lastLayer(layer), cropped(isCropped), plan(network, layer)
    {
        const auto& steps = plan.steps();
        for (std::size_t i = 0; i < steps.size(); i += static_cast<std::size_t>(steps[i].fused))
            live.push_back(i);
    }

    /// The step at whose output an objective of the layer joins the way back, if it can. Of several
    /// fused steps it is the first that stands for all.
    std::optional<std::size_t> joint(int layer) const
    {
        if (layer == lastLayer)
            return live.empty() ? 0 : live.back();
        const std::optional<std::size_t> at = plan.stepOf(layer);
        if (!at || std::ranges::find(live, *at) == live.end())
            return std::nullopt;
        const Step& step = plan.steps()[*at];
        const bool isWhole =
            step.out.rows == step.shape.height && step.out.columns == step.shape.width;
        return isWhole && step.fused == 1 ? at : std::nullopt;
    }

    int lastLayer;
    bool cropped;
    Plan plan;
    std::vector<std::size_t> live;    ///< steps that are not fused to one before
    std::unique_ptr<Engine> wide;     ///< made when needed
    std::unique_ptr<Engine> narrow;   ///< likewise, for few objectives
    std::vector<std::size_t> members; ///< of one call: indices of objectives
};

/// Up to a vector of objectives on one path, by their place among all.
struct ObjectivePaths::Chunk {
    Path* path = nullptr;
    bool narrow = false;
    std::span<const std::size_t> members;

    Engine& engine() const { return narrow ? *path->narrow : *path->wide; }
};

ObjectivePaths::ObjectivePaths(const Architecture& architecture, Workers& workers)
    : m_architecture(architecture), m_workers(workers)
{
    for (std::size_t layer = 0; layer < architecture.layers().size(); ++layer)
        m_crops.push_back(cropTo(architecture, static_cast<int>(layer)));
    for (int thread = 0; thread < workers.threads(); ++thread)
        m_nobody.emplace_back(static_cast<std::size_t>(architecture.inputShape().area()));
}

ObjectivePaths::~ObjectivePaths() = default;

/// Nothing where outputs near the border differ from others, or see most of the image anyway.
std::optional<ObjectivePaths::Crop> ObjectivePaths::cropTo(const Architecture& architecture,
                                                           int layer)
{
    int height = 1;
    int width = 1;
    int stride = 1;
    bool convolves = false;
    for (int i = layer; i >= 0; --i) {
        const Layer& what = architecture.layers()[static_cast<std::size_t>(i)];
        const auto* convolution = std::get_if<Convolution>(&what);
        const auto* pool = std::get_if<Pool>(&what);
        if ((convolution && convolution->padding > 0) ||
            (pool && (pool->padding > 0 || pool->roundUp || pool->global)) ||
            std::holds_alternative<Flatten>(what) || std::holds_alternative<Linear>(what))
            return std::nullopt;
        if (!convolution && !pool)
            continue;
        convolves = convolves || convolution;
        const int step = convolution ? convolution->stride : pool->stride;
        height = (height - 1) * step + (convolution ? convolution->kernelHeight : pool->kernel);
        width = (width - 1) * step + (convolution ? convolution->kernelWidth : pool->kernel);
        stride *= step;
    }
    if (!convolves || 4 * height * width > 3 * architecture.inputShape().area())
        return std::nullopt;
    InputSpec input = architecture.input();
    input.height = height;
    input.width = width;
    const auto end = architecture.layers().begin() + layer + 1;
    return Crop{Architecture({architecture.layers().begin(), end}, input), stride};
}

ObjectivePaths::Path& ObjectivePaths::pathOf(int layer, bool cropped)
{
    for (const auto& path : m_paths)
        if (path->lastLayer == layer && path->cropped == cropped)
            return *path;
    const Architecture& network =
        cropped ? m_crops[static_cast<std::size_t>(layer)]->architecture : m_architecture;
    return *m_paths.emplace_back(std::make_unique<Path>(network, layer, cropped));
}

/// `open` are the whole paths of this call, the longest first; objectives come in the same order.
ObjectivePaths::Path& ObjectivePaths::choosePath(const Objective& objective,
                                                 std::vector<Path*>& open)
{
    if (objective.position && m_crops[static_cast<std::size_t>(objective.layer)])
        return pathOf(objective.layer, true);
    for (Path* path : open)
        if (path->joint(objective.layer))
            return *path;
    return *open.emplace_back(&pathOf(objective.layer, false));
}

ImageGradient ObjectivePaths::follow(std::span<const float> parameters,
                                     std::span<const Objective> objectives, ImageSpan images)
{
    ImageGradient result;
    result.values.resize(objectives.size());
    result.gradient.resize(images.size());
    std::vector<std::size_t> order(objectives.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater(),
                             [&](std::size_t i) { return objectives[i].layer; });
    for (const auto& path : m_paths)
        path->members.clear();
    std::vector<Path*> open;
    for (const std::size_t i : order)
        choosePath(objectives[i], open).members.push_back(i);

    std::vector<Chunk> chunks;
    for (const auto& path : m_paths)
        cut(*path, parameters, chunks);
    // The longest ways first, so that no thread is left alone with one at the end.
    std::ranges::stable_sort(chunks, std::less(), [](const Chunk& chunk) {
        return std::tuple(chunk.path->cropped, chunk.narrow, -chunk.path->lastLayer);
    });
    m_workers.run(static_cast<int>(chunks.size()), [&](int thread, int index) {
        run(chunks[static_cast<std::size_t>(index)], thread, parameters, objectives, images,
            result);
    });
    return result;
}

/// As many wide chunks as it takes; what fits into a narrow one is done there in half the time.
void ObjectivePaths::cut(Path& path, std::span<const float> parameters, std::vector<Chunk>& chunks)
{
    std::span<const std::size_t> rest = path.members;
    while (!rest.empty()) {
        const bool narrow = rest.size() <= static_cast<std::size_t>(m_narrowForward.lanes);
        const ForwardKernels& kernels = narrow ? m_narrowForward : m_forward;
        std::unique_ptr<Engine>& engine = narrow ? path.narrow : path.wide;
        if (!engine)
            engine = std::make_unique<Engine>(path.plan, kernels.lanes, m_workers.threads());
        engine->turned.fill(parameters);
        const std::size_t count = std::min(rest.size(), static_cast<std::size_t>(kernels.lanes));
        chunks.push_back({&path, narrow, rest.first(count)});
        rest = rest.subspan(count);
    }
}

void ObjectivePaths::run(const Chunk& chunk, int thread, std::span<const float> parameters,
                         std::span<const Objective> objectives, ImageSpan images,
                         ImageGradient& result)
{
    const Path& path = *chunk.path;
    const Plan& plan = path.plan;
    const ForwardKernels& kernels = chunk.narrow ? m_narrowForward : m_forward;
    const GradientKernels& backKernels = chunk.narrow ? m_narrowGradient : m_gradient;
    Workspace& work = chunk.engine().of(thread);
    const auto lanes = static_cast<std::size_t>(kernels.lanes);
    const int imageWidth = m_architecture.input().width;
    const std::size_t area = images.size() / objectives.size();

    // Where each lane's image begins, or the part of it that the objective sees.
    std::array<const float*, kMostLanes> from = {};
    std::array<float*, kMostLanes> to;
    std::array<std::size_t, kMostLanes> joints = {};
    to.fill(m_nobody[static_cast<std::size_t>(thread)].data());
    for (std::size_t lane = 0; lane < chunk.members.size(); ++lane) {
        const std::size_t member = chunk.members[lane];
        const std::size_t start =
            member * area + (path.cropped ? cropStart(objectives[member]) : std::size_t{0});
        from[lane] = images.data() + start;
        to[lane] = result.gradient.data() + start;
        joints[lane] = *path.joint(objectives[member].layer);
    }
    loadImages(kernels, plan, std::span(from).first(chunk.members.size()), work.input.data(),
               imageWidth);
    forward(kernels, plan, parameters, work, Keep::ForTheWayBack);

    // Gives a map's objectives their values, and their gradients a start.
    const auto joinMap = [&](std::size_t step, const Map& map, const float* outputs,
                             float* gradient) {
        for (std::size_t lane = 0; lane < chunk.members.size(); ++lane) {
            if (joints[lane] != step)
                continue;
            const Objective& objective = objectives[chunk.members[lane]];
            const int count = path.cropped ? 1 : m_architecture.outputOf(objective.layer).area();
            const int first = path.cropped ? 0 : objective.position.value_or(0);
            const int end = objective.position ? first + 1 : count;
            const float share = 1.0F / static_cast<float>(end - first);
            float value = 0;
            for (int i = objective.channel * count + first; i < objective.channel * count + end;
                 ++i) {
                const std::size_t at = map.border == 0
                                           ? static_cast<std::size_t>(i)
                                           : map.at(i / (map.rows * map.columns),
                                                    i / map.columns % map.rows, i % map.columns);
                value += outputs[at * lanes + lane] * share;
                gradient[static_cast<std::size_t>(i) * lanes + lane] += share;
            }
            result.values[chunk.members[lane]] = value;
        }
    };
    const auto join = [&](std::size_t step, float* gradient) {
        const std::size_t last = step + static_cast<std::size_t>(plan.steps()[step].fused) - 1;
        joinMap(step, plan.steps()[last].out, work.steps[step].output.data(), gradient);
    };
    float* gradient = work.gradients[0].data();
    std::fill_n(gradient, plan.output().size() * lanes, 0.0F);
    if (plan.steps().empty())
        joinMap(0, plan.input(), work.input.data(), gradient);
    const float* found = backward(kernels, backKernels, plan, parameters, chunk.engine().turned,
                                  work, Wanted::Input, {}, std::ref(join));

    StoreTask task;
    task.input = found;
    task.inputRowStride = plan.input().columns;
    task.rows = plan.input().rows;
    task.columns = plan.input().columns;
    task.images = to.data();
    task.imageWidth = imageWidth;
    task.factor = static_cast<float>(1.0 / m_architecture.input().deviation);
    kernels.storeFloats(task);
}

/// The first pixel of what a neuron sees.
std::size_t ObjectivePaths::cropStart(const Objective& objective) const
{
    const int stride = m_crops[static_cast<std::size_t>(objective.layer)]->stride;
    const int columns = m_architecture.outputOf(objective.layer).width;
    const int row = *objective.position / columns * stride;
    const int column = *objective.position % columns * stride;
    return static_cast<std::size_t>(row * m_architecture.input().width + column);
}

} // namespace core::fused
