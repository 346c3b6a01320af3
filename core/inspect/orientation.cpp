// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/orientation.h"

#include "core/base/error.h"
#include "core/inspect/edge_stimuli.h"
#include "core/inspect/receptive_field.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <fmt/format.h>
#include <numbers>

namespace core
{

namespace
{

// Stripes of 2, 3 and 4 pixels: as wide as the strokes of MNIST's digits.
constexpr std::array kPeriods = {4.0, 6.0, 8.0};
constexpr int kPhases = 12;
constexpr int kOffsets = 17;
constexpr int kBatch = 500;
constexpr double kSilent = 1e-6; ///< of outputs that are of the order of 1

double angleOf(int index)
{
    return index * kOrientationStep;
}

/// All images that are shown: gratings [angle][period][phase], then edges [angle][side][offset],
/// then paper, then ink.
struct Stimuli {
    std::vector<float> images;
    int count = 0;

    static std::size_t grating(int angle, std::size_t period, int phase)
    {
        return (static_cast<std::size_t>(angle) * kPeriods.size() + period) * kPhases +
               static_cast<std::size_t>(phase);
    }
    static std::size_t edge(int angle, int side, int offset)
    {
        return static_cast<std::size_t>(kOrientationAngles) * kPeriods.size() * kPhases +
               static_cast<std::size_t>((angle * 2 + side) * kOffsets + offset);
    }
    static std::size_t paper() { return edge(kOrientationAngles, 0, 0); }
    static std::size_t ink() { return paper() + 1; }
};

Stimuli makeStimuli(const StimulusFrame& frame, double reach)
{
    Stimuli stimuli;
    stimuli.count = static_cast<int>(Stimuli::ink()) + 1;
    const auto area = static_cast<std::size_t>(frame.height * frame.width);
    stimuli.images.reserve(static_cast<std::size_t>(stimuli.count) * area);
    for (int angle = 0; angle < kOrientationAngles; ++angle)
        for (const double period : kPeriods)
            for (int phase = 0; phase < kPhases; ++phase)
                addGrating(stimuli.images, frame, angleOf(angle), period,
                           2 * std::numbers::pi * phase / kPhases);
    for (int angle = 0; angle < kOrientationAngles; ++angle)
        for (const double side : {90.0, -90.0}) // to the left of the line, to the right
            for (int offset = 0; offset < kOffsets; ++offset)
                addStepEdge(stimuli.images, frame, angleOf(angle) + side,
                            reach * (2.0 * offset / (kOffsets - 1) - 1));
    stimuli.images.insert(stimuli.images.end(), area, 0.0F);
    stimuli.images.insert(stimuli.images.end(), area, 1.0F);
    return stimuli;
}

/// What the channels put out at one position of their map for each stimulus.
struct Answers {
    std::size_t channels = 0;
    std::vector<float> pre;  ///< [stimuli][channels]
    std::vector<float> post; ///< [stimuli][channels]
};

void collect(std::vector<float>& answers, const LayerOutput& output, int position)
{
    const auto area = static_cast<std::size_t>(output.shape.area());
    for (auto i = static_cast<std::size_t>(position); i < output.values.size(); i += area)
        answers.push_back(output.values[i]);
}

Answers show(Backend& backend, const Model& model, const Unit& unit, int position,
             const Stimuli& stimuli, const std::stop_token& stop)
{
    Answers answers;
    answers.channels = static_cast<std::size_t>(unit.shape.channels);
    const std::array layers = {unit.preLayer, unit.postLayer};
    const auto area = static_cast<std::size_t>(model.architecture.inputShape().area());
    for (int first = 0; first < stimuli.count && !stop.stop_requested(); first += kBatch) {
        const int count = std::min(kBatch, stimuli.count - first);
        const auto images = std::span(stimuli.images)
                                .subspan(static_cast<std::size_t>(first) * area,
                                         static_cast<std::size_t>(count) * area);
        const auto outputs = backend.activations(model.parameters.values(), images, layers);
        collect(answers.pre, outputs[0], position);
        collect(answers.post, outputs[1], position);
    }
    return answers;
}

double deviation(const std::array<double, kPhases>& values)
{
    double mean = 0;
    for (const double value : values)
        mean += value / kPhases;
    double sum = 0;
    for (const double value : values)
        sum += (value - mean) * (value - mean);
    return std::sqrt(sum / kPhases);
}

/// One channel's part of the answers.
class Channel
{
public:
    Channel(const std::vector<float>& answers, std::size_t channels, std::size_t channel)
        : m_answers(answers), m_channels(channels), m_channel(channel)
    {
    }

    double operator()(std::size_t stimulus) const
    {
        return m_answers[stimulus * m_channels + m_channel];
    }

    double modulation(int angle) const
    {
        double sum = 0;
        for (std::size_t period = 0; period < kPeriods.size(); ++period) {
            std::array<double, kPhases> values = {};
            for (int phase = 0; phase < kPhases; ++phase)
                values[static_cast<std::size_t>(phase)] =
                    (*this)(Stimuli::grating(angle, period, phase));
            sum += deviation(values);
        }
        return sum / static_cast<double>(kPeriods.size());
    }

    double highestEdge(int angle, int side) const
    {
        double highest = (*this)(Stimuli::edge(angle, side, 0));
        for (int offset = 1; offset < kOffsets; ++offset)
            highest = std::max(highest, (*this)(Stimuli::edge(angle, side, offset)));
        return highest;
    }

    double swing() const
    {
        double low = (*this)(Stimuli::paper());
        double high = low;
        for (std::size_t i = Stimuli::edge(0, 0, 0); i <= Stimuli::ink(); ++i) {
            low = std::min(low, (*this)(i));
            high = std::max(high, (*this)(i));
        }
        return high - low;
    }

private:
    const std::vector<float>& m_answers;
    std::size_t m_channels;
    std::size_t m_channel;
};

Polarity polarityOf(double inkEffect)
{
    if (std::abs(inkEffect) < kBalancedBelow)
        return Polarity::Balanced;
    return inkEffect < 0 ? Polarity::Inverted : Polarity::Normal;
}

OrientationTuning tuningOf(const Channel& channel)
{
    OrientationTuning tuning;
    const double paper = channel(Stimuli::paper());
    const double ink = channel(Stimuli::ink());
    const double plain = std::max(paper, ink);
    for (int angle = 0; angle < kOrientationAngles; ++angle) {
        const double modulation = channel.modulation(angle);
        tuning.gratings.push_back(modulation < kSilent ? 0.0 : modulation);
        tuning.inkLeft.push_back(std::max(channel.highestEdge(angle, 0) - plain, 0.0));
        tuning.inkRight.push_back(std::max(channel.highestEdge(angle, 1) - plain, 0.0));
    }
    const PreferredOrientation preferred = preferredOrientation(tuning.gratings);
    tuning.angle = preferred.angle;
    tuning.selectivity = preferred.selectivity;
    tuning.swing = channel.swing();
    tuning.inkEffect = tuning.swing < kSilent ? 0.0 : (ink - paper) / tuning.swing;
    tuning.polarity = polarityOf(tuning.inkEffect);
    return tuning;
}

/// What negative values are multiplied by.
std::optional<double> slopeOf(const Model& model, const Unit& unit, int channel)
{
    if (unit.postLayer == unit.preLayer)
        return std::nullopt;
    const Layer& layer = model.architecture.layers()[static_cast<std::size_t>(unit.postLayer)];
    const auto* activation = std::get_if<Activation>(&layer);
    if (!activation)
        return std::nullopt;
    switch (activation->kind) {
    case ActivationKind::ReLU:
        return 0.0;
    case ActivationKind::LeakyReLU:
        return activation->slope;
    case ActivationKind::PReLU: {
        const auto slopes =
            model.parameters.of(*model.parameters.find(unit.postLayer, ParameterRole::Slope));
        return slopes[activation->sharedSlope ? 0 : static_cast<std::size_t>(channel)];
    }
    default:
        return std::nullopt;
    }
}

const Unit& firstConvolution(const Architecture& architecture)
{
    const auto& units = architecture.units();
    if (units.empty() ||
        !std::holds_alternative<Convolution>(
            architecture.layers()[static_cast<std::size_t>(units.front().weightLayer)]))
        throw Error(ErrorKind::Usage,
                    fmt::format("the network's first layer with weights is {}, expected a "
                                "convolution, whose channels have orientations",
                                units.empty()
                                    ? "absent"
                                    : describe(architecture.layers()[static_cast<std::size_t>(
                                          units.front().weightLayer)])));
    return units.front();
}

} // namespace

std::string_view polarityName(Polarity polarity)
{
    switch (polarity) {
    case Polarity::Normal:
        return "normal";
    case Polarity::Inverted:
        return "inverted";
    case Polarity::Balanced:
        break;
    }
    return "balanced";
}

std::string_view orientationName(double angle)
{
    constexpr std::array<std::string_view, 4> kNames = {"horizontal", "positive diagonal",
                                                        "vertical", "negative diagonal"};
    const auto nearest = static_cast<int>(std::lround(angle / 45.0));
    return kNames[static_cast<std::size_t>((nearest % 4 + 4) % 4)];
}

std::string OrientedChannel::label(Stage stage) const
{
    const OrientationTuning& tuning = at(stage);
    if (std::ranges::all_of(tuning.gratings, [](double r) { return r == 0.0; }))
        return "silent";
    std::string text(tuning.selectivity >= kMixedBelow ? orientationName(tuning.angle) : "mixed");
    return tuning.polarity == Polarity::Inverted ? text + ", inverted" : text;
}

double orientationDifference(double from, double to)
{
    const double turned = std::fmod(std::fmod(to - from, 180) + 180, 180);
    return turned > 90 ? turned - 180 : turned;
}

PreferredOrientation preferredOrientation(const std::vector<double>& gratings)
{
    std::complex<double> sum;
    double total = 0;
    for (std::size_t i = 0; i < gratings.size(); ++i) {
        const double theta = angleOf(static_cast<int>(i)) * std::numbers::pi / 180;
        sum += std::polar(gratings[i], 2 * theta);
        total += gratings[i];
    }
    if (total == 0.0)
        return {};
    const double angle = std::arg(sum) / 2 * 180 / std::numbers::pi;
    const double turned = angle < 0 ? angle + 180 : angle;
    return {turned < 180 ? turned : 0.0, std::abs(sum) / total}; // -1e-16 + 180 is 180
}

std::vector<OrientedChannel> orientations(Backend& backend, const Model& model,
                                          std::stop_token stop)
{
    const Unit& unit = firstConvolution(model.architecture);
    const ReceptiveField field = receptiveField(model.architecture, unit.preLayer);
    const int row = unit.shape.height / 2;
    const int column = unit.shape.width / 2;
    const InputSpec& input = model.architecture.input();
    const StimulusFrame frame{input.height, input.width,
                              field.start + field.stride * row + (field.height - 1) / 2.0,
                              field.start + field.stride * column + (field.width - 1) / 2.0,
                              // Nothing else reaches the one position that is looked at.
                              receptiveWindow(model.architecture, unit.preLayer, row, column)};
    // From where an edge leaves the whole field on one side to where it does on the other.
    const double reach = std::hypot(field.height, field.width) / 2 + 0.5;
    const Stimuli stimuli = makeStimuli(frame, reach);
    const Answers answers =
        show(backend, model, unit, row * unit.shape.width + column, stimuli, stop);
    std::vector<OrientedChannel> channels;
    if (stop.stop_requested())
        return channels;
    for (std::size_t i = 0; i < answers.channels; ++i) {
        OrientedChannel channel;
        channel.channel = static_cast<int>(i);
        channel.pre = tuningOf(Channel(answers.pre, answers.channels, i));
        channel.post = tuningOf(Channel(answers.post, answers.channels, i));
        channel.slope = slopeOf(model, unit, channel.channel);
        channels.push_back(std::move(channel));
    }
    return channels;
}

} // namespace core
