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
    Path(const Architecture& network, int layer, Way theWay, const OwnChannel* ownChannel)
        : lastLayer(layer), way(theWay), own(ownChannel),
          plan(network, own ? own->layerBefore() : layer)
    {
        const auto& steps = plan.steps();
        for (std::size_t i = 0; i < steps.size(); i += static_cast<std::size_t>(steps[i].fused))
            live.push_back(i);
    }

    /// The step at whose output an objective of the layer joins the way back, if it can. Of several
    /// fused steps it is the first that stands for all.
    std::optional<std::size_t> joint(int layer) const
    {
        if (way == Way::OwnChannel)
            return std::nullopt;
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

    /// With memory for each thread.
    struct Machine {
        Machine(const Path& path, int lanes, int threads) : engine(path.plan, lanes, threads)
        {
            for (int thread = 0; path.own && thread < threads; ++thread)
                own.push_back(path.own->memory(lanes));
        }

        Engine engine;
        std::vector<OwnChannel::Memory> own; ///< [threads] where channels are on their own
    };

    int lastLayer;
    Way way;
    const OwnChannel* own; ///< behind the plan, or null
    Plan plan;
    std::vector<std::size_t> live;    ///< steps that are not fused to one before
    std::unique_ptr<Machine> wide;    ///< made when needed
    std::unique_ptr<Machine> narrow;  ///< likewise, for few objectives
    std::vector<std::size_t> members; ///< of one call: indices of objectives
};

/// Up to a vector of objectives on one path, by their place among all.
struct ObjectivePaths::Chunk {
    Path* path = nullptr;
    bool narrow = false;
    std::span<const std::size_t> members;

    Path::Machine& machine() const { return narrow ? *path->narrow : *path->wide; }
};

/// What a chunk's lanes are about.
struct ObjectivePaths::Lanes {
    // Where each lane's image begins, or the part of it that the objective sees.
    std::array<const float*, kMostLanes> from = {};
    std::array<float*, kMostLanes> to = {};
    std::array<std::size_t, kMostLanes> joints = {};
    std::array<int, kMostLanes> channels = {};
};

ObjectivePaths::ObjectivePaths(const Architecture& architecture, Workers& workers)
    : m_architecture(architecture), m_workers(workers)
{
    for (int layer = 0; layer < static_cast<int>(architecture.layers().size()); ++layer) {
        m_crops.push_back(cropTo(architecture, layer));
        m_ownChannels.push_back(OwnChannel::at(architecture, layer));
    }
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

ObjectivePaths::Path& ObjectivePaths::pathOf(int layer, Way way)
{
    for (const auto& path : m_paths)
        if (path->lastLayer == layer && path->way == way)
            return *path;
    const auto at = static_cast<std::size_t>(layer);
    const Architecture& network = way == Way::Cropped ? m_crops[at]->architecture : m_architecture;
    const OwnChannel* own = way == Way::OwnChannel ? &*m_ownChannels[at] : nullptr;
    return *m_paths.emplace_back(std::make_unique<Path>(network, layer, way, own));
}

/// `open` are the whole paths of this call, the longest first; objectives come in the same order.
ObjectivePaths::Path& ObjectivePaths::choosePath(const Objective& objective,
                                                 std::vector<Path*>& open)
{
    const auto layer = static_cast<std::size_t>(objective.layer);
    if (objective.position && m_crops[layer])
        return pathOf(objective.layer, Way::Cropped);
    for (Path* path : open)
        if (path->joint(objective.layer))
            return *path;
    if (!objective.position && m_ownChannels[layer])
        return pathOf(objective.layer, Way::OwnChannel);
    return *open.emplace_back(&pathOf(objective.layer, Way::Whole));
}

void ObjectivePaths::follow(std::span<const float> parameters,
                            std::span<const Objective> objectives, ImageSpan images,
                            ImageGradient& result, const ImageObserver& observer)
{
    if (!std::ranges::equal(objectives, m_arranged))
        arrange(objectives);
    result.values.resize(objectives.size());
    result.gradient.resize(images.size());
    for (const Chunk& chunk : m_chunks)
        chunk.machine().engine.turned.fill(parameters);
    m_workers.run(static_cast<int>(m_chunks.size()), [&](int thread, int index) {
        const Chunk& chunk = m_chunks[static_cast<std::size_t>(index)];
        run(chunk, thread, parameters, images, result);
        for (std::size_t i = 0; observer && i < chunk.members.size(); ++i)
            observer(chunk.members[i]);
    });
}

void ObjectivePaths::arrange(std::span<const Objective> objectives)
{
    m_arranged.clear();
    m_chunks.clear();
    std::vector<std::size_t> order(objectives.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater(),
                             [&](std::size_t i) { return objectives[i].layer; });
    for (const auto& path : m_paths)
        path->members.clear();
    std::vector<Path*> open;
    for (const std::size_t i : order)
        choosePath(objectives[i], open).members.push_back(i);

    for (const auto& path : m_paths)
        cut(*path);
    // The longest ways first, so that no thread is left alone with one at the end.
    std::ranges::stable_sort(m_chunks, std::less(), [](const Chunk& chunk) {
        return std::tuple(chunk.path->way, chunk.narrow, -chunk.path->lastLayer);
    });
    m_arranged.assign(objectives.begin(), objectives.end());
}

/// As many wide chunks as it takes; what fits into a narrow one is done there in half the time.
void ObjectivePaths::cut(Path& path)
{
    std::span<const std::size_t> rest = path.members;
    while (!rest.empty()) {
        const bool narrow = rest.size() <= static_cast<std::size_t>(m_narrowForward.lanes);
        const ForwardKernels& kernels = narrow ? m_narrowForward : m_forward;
        std::unique_ptr<Path::Machine>& machine = narrow ? path.narrow : path.wide;
        if (!machine)
            machine = std::make_unique<Path::Machine>(path, kernels.lanes, m_workers.threads());
        const std::size_t count = std::min(rest.size(), static_cast<std::size_t>(kernels.lanes));
        m_chunks.push_back({&path, narrow, rest.first(count)});
        rest = rest.subspan(count);
    }
}

void ObjectivePaths::run(const Chunk& chunk, int thread, std::span<const float> parameters,
                         ImageSpan images, ImageGradient& result)
{
    const Plan& plan = chunk.path->plan;
    const ForwardKernels& kernels = chunk.narrow ? m_narrowForward : m_forward;
    Workspace& work = chunk.machine().engine.of(thread);
    const int imageWidth = m_architecture.input().width;
    const Lanes lanes = lanesOf(chunk, thread, images, result);
    loadImages(kernels, plan, std::span(lanes.from).first(chunk.members.size()), work.input.data(),
               imageWidth);
    forward(kernels, plan, parameters, work, Keep::ForTheWayBack);

    StoreTask task;
    task.input = leadBack(chunk, lanes, thread, parameters, result);
    task.inputRowStride = plan.input().columns;
    task.rows = plan.input().rows;
    task.columns = plan.input().columns;
    task.images = lanes.to.data();
    task.imageWidth = imageWidth;
    task.factor = static_cast<float>(1.0 / m_architecture.input().deviation);
    kernels.storeFloats(task);
}

ObjectivePaths::Lanes ObjectivePaths::lanesOf(const Chunk& chunk, int thread, ImageSpan images,
                                              ImageGradient& result)
{
    const std::size_t area = images.size() / m_arranged.size();
    Lanes lanes;
    lanes.to.fill(m_nobody[static_cast<std::size_t>(thread)].data());
    for (std::size_t lane = 0; lane < chunk.members.size(); ++lane) {
        const std::size_t member = chunk.members[lane];
        const Objective& objective = m_arranged[member];
        const std::size_t start =
            chunk.path->way == Way::Cropped ? cropStart(objective) : std::size_t{0};
        float* gradient = result.gradient.data() + member * area;
        clearAround(std::span(gradient, area), start, chunk.path->plan.input());
        lanes.from[lane] = images.data() + member * area + start;
        lanes.to[lane] = gradient + start;
        lanes.joints[lane] = chunk.path->joint(objective.layer).value_or(0);
        lanes.channels[lane] = objective.channel;
    }
    return lanes;
}

/// What the plan does not read has no gradient.
void ObjectivePaths::clearAround(std::span<float> image, std::size_t start, const Map& read) const
{
    const auto width = static_cast<std::size_t>(m_architecture.input().width);
    const auto columns = static_cast<std::size_t>(read.columns);
    const auto clear = [&](std::size_t from, std::size_t to) {
        for (; from < to; ++from) // mostly too few for a call
            image[from] = 0;
    };
    std::size_t end = 0; // of what was read or cleared
    for (int row = 0; row < read.rows; ++row, start += width) {
        clear(end, start);
        end = start + columns;
    }
    clear(end, image.size());
}

/// Fills the chunk's values; returns the gradient of its input map.
const float* ObjectivePaths::leadBack(const Chunk& chunk, const Lanes& lanes, int thread,
                                      std::span<const float> parameters, ImageGradient& result)
{
    const Path& path = *chunk.path;
    const Plan& plan = path.plan;
    const ForwardKernels& kernels = chunk.narrow ? m_narrowForward : m_forward;
    const GradientKernels& backKernels = chunk.narrow ? m_narrowGradient : m_gradient;
    Engine& engine = chunk.machine().engine;
    Workspace& work = engine.of(thread);
    float* gradient = work.gradients[0].data();
    Join joining;
    if (path.own) {
        OwnChannel::Memory& memory = chunk.machine().own[static_cast<std::size_t>(thread)];
        path.own->run(backKernels, kernels.lanes, parameters,
                      std::span(lanes.channels).first(chunk.members.size()), work.output(), memory,
                      gradient);
        for (std::size_t lane = 0; lane < chunk.members.size(); ++lane)
            result.values[chunk.members[lane]] = memory.means.data()[lane];
    } else {
        std::fill_n(gradient, plan.output().size() * static_cast<std::size_t>(kernels.lanes), 0.0F);
        if (plan.steps().empty())
            join(chunk, lanes, plan.input(), 0, work.input.data(), gradient, result);
        joining = [&](std::size_t step, float* at) {
            const std::size_t last = step + static_cast<std::size_t>(plan.steps()[step].fused) - 1;
            join(chunk, lanes, plan.steps()[last].out, step, work.steps[step].output.data(), at,
                 result);
        };
    }
    return backward(kernels, backKernels, plan, parameters, engine.turned, work, Wanted::Input, {},
                    joining);
}

/// Gives the map's objectives their values, and their gradients a start.
void ObjectivePaths::join(const Chunk& chunk, const Lanes& lanes, const Map& map, std::size_t step,
                          const float* outputs, float* gradient, ImageGradient& result) const
{
    const bool cropped = chunk.path->way == Way::Cropped;
    const auto vector =
        static_cast<std::size_t>(chunk.narrow ? m_narrowForward.lanes : m_forward.lanes);
    for (std::size_t lane = 0; lane < chunk.members.size(); ++lane) {
        if (lanes.joints[lane] != step)
            continue;
        const Objective& objective = m_arranged[chunk.members[lane]];
        const int count = cropped ? 1 : m_architecture.outputOf(objective.layer).area();
        const int first = cropped ? 0 : objective.position.value_or(0);
        const int end = objective.position ? first + 1 : count;
        const float share = 1.0F / static_cast<float>(end - first);
        float value = 0;
        for (int i = objective.channel * count + first; i < objective.channel * count + end; ++i) {
            const std::size_t at = map.border == 0
                                       ? static_cast<std::size_t>(i)
                                       : map.at(i / (map.rows * map.columns),
                                                i / map.columns % map.rows, i % map.columns);
            value += outputs[at * vector + lane] * share;
            gradient[static_cast<std::size_t>(i) * vector + lane] += share;
        }
        result.values[chunk.members[lane]] = value;
    }
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
