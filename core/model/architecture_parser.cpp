// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/architecture_text.h"

#include "core/base/error.h"

#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace core
{

namespace
{

[[noreturn]] void refuse(std::string_view word, std::string_view expected)
{
    throw Error(ErrorKind::Usage,
                fmt::format("architecture: found \"{}\", expected {}", word, expected));
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t start = text.find_first_not_of(separators);
        if (start == std::string_view::npos)
            return parts;
        text.remove_prefix(start);
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

template<typename Number>
std::optional<Number> toNumber(std::string_view word)
{
    Number value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size())
        return std::nullopt;
    return value;
}

/// "4x3" as two numbers.
std::optional<std::pair<int, int>> toExtent(std::string_view word)
{
    const std::size_t cross = word.find('x');
    if (cross == std::string_view::npos)
        return std::nullopt;
    const auto height = toNumber<int>(word.substr(0, cross));
    const auto width = toNumber<int>(word.substr(cross + 1));
    if (!height || !width)
        return std::nullopt;
    return std::pair(*height, *width);
}

/// The words of one comma-separated stage, read from left to right.
class Words
{
public:
    explicit Words(std::vector<std::string_view> words) : m_words(std::move(words)) {}

    bool atEnd() const { return m_next == m_words.size(); }
    std::string_view peek() const { return atEnd() ? std::string_view{} : m_words[m_next]; }
    std::string_view take() { return m_words[m_next++]; }

    bool takeIf(std::string_view word)
    {
        if (peek() != word || atEnd())
            return false;
        ++m_next;
        return true;
    }

    template<typename Number>
    std::optional<Number> takeNumber()
    {
        const auto number = toNumber<Number>(peek());
        if (number)
            ++m_next;
        return number;
    }

    template<typename Number>
    Number numberAfter(std::string_view word)
    {
        const auto number = takeNumber<Number>();
        if (!number)
            refuse(peek(), fmt::format("a number after \"{}\"", word));
        return *number;
    }

private:
    std::vector<std::string_view> m_words;
    std::size_t m_next = 0;
};

class Parser
{
public:
    Architecture parse(std::string_view text)
    {
        bool first = true;
        for (const std::string_view stage : split(text, ",")) {
            Words words(split(stage, " \t\n"));
            if (words.atEnd())
                continue;
            if (first && startsInput(words.peek()))
                parseInput(words);
            else
                parseStage(words);
            first = false;
        }
        if (m_layers.empty())
            refuse(text, "layers such as \"4@4x4 prelu pool, linear 10\"");
        insertFlatten();
        return Architecture(m_layers, m_input);
    }

private:
    static bool startsInput(std::string_view word)
    {
        return word == "input" || word == "mean" || word == "std" || word == "deskew" ||
               word == "shifts";
    }

    void parseInput(Words& words)
    {
        while (!words.atEnd()) {
            const std::string_view word = words.take();
            if (word == "deskew") {
                m_input.deskew = true;
            } else if (word == "shifts") {
                m_input.averageShifts = true;
            } else if (word == "input") {
                const std::string_view size = words.atEnd() ? std::string_view{} : words.take();
                const auto extent = toExtent(size);
                if (!extent)
                    refuse(size, "a size such as 28x28 after \"input\"");
                std::tie(m_input.height, m_input.width) = *extent;
            } else if (word == "mean") {
                m_input.mean = words.numberAfter<double>(word);
            } else if (word == "std") {
                m_input.deviation = words.numberAfter<double>(word);
            } else {
                refuse(word, "input, mean, std, deskew or shifts");
            }
        }
        if (!(m_input.deviation > 0))
            refuse(fmt::format("std {}", m_input.deviation), "a number above 0");
    }

    void parseStage(Words& words)
    {
        while (!words.atEnd())
            parseLayer(words);
    }

    void parseLayer(Words& words)
    {
        const std::string_view word = words.take();
        if (word.find('@') != std::string_view::npos)
            parseConvolution(word, words);
        else if (word == "linear")
            parseLinear(words);
        else if (!parseActivation(word, words) && !parsePool(word, words) &&
                 !parseOther(word, words))
            refuse(word, "a convolution such as 4@4x4, linear, relu, prelu, leaky, sigmoid, tanh, "
                         "pool, avgpool, bn, dropout or flatten");
    }

    void parseConvolution(std::string_view word, Words& words)
    {
        const std::size_t at = word.find('@');
        const auto outputs = toNumber<int>(word.substr(0, at));
        const auto kernel = toExtent(word.substr(at + 1));
        if (!outputs || !kernel)
            refuse(word, "channels@heightxwidth such as 4@4x4");
        Convolution layer{
            .outputs = *outputs, .kernelHeight = kernel->first, .kernelWidth = kernel->second};
        while (true) {
            if (words.takeIf("stride"))
                layer.stride = words.numberAfter<int>("stride");
            else if (words.takeIf("pad"))
                layer.padding = words.numberAfter<int>("pad");
            else if (words.takeIf("dilation"))
                layer.dilation = words.numberAfter<int>("dilation");
            else if (words.takeIf("groups"))
                layer.groups = words.numberAfter<int>("groups");
            else if (words.takeIf("nobias"))
                layer.bias = false;
            else
                break;
        }
        m_layers.emplace_back(layer);
    }

    void parseLinear(Words& words)
    {
        Linear layer{.outputs = words.numberAfter<int>("linear")};
        if (words.takeIf("nobias"))
            layer.bias = false;
        m_layers.emplace_back(layer);
    }

    bool parseActivation(std::string_view word, Words& words)
    {
        Activation layer;
        if (word == "relu")
            layer.kind = ActivationKind::ReLU;
        else if (word == "prelu" || word == "prelu1")
            layer = {.kind = ActivationKind::PReLU, .sharedSlope = word == "prelu1"};
        else if (word == "leaky")
            layer = {.kind = ActivationKind::LeakyReLU,
                     .slope = words.takeNumber<double>().value_or(0.01)};
        else if (word == "sigmoid")
            layer.kind = ActivationKind::Sigmoid;
        else if (word == "tanh")
            layer.kind = ActivationKind::Tanh;
        else if (word == "silu")
            layer.kind = ActivationKind::SiLU;
        else if (word == "gelu")
            layer.kind = ActivationKind::GELU;
        else if (word == "elu")
            layer.kind = ActivationKind::ELU;
        else if (word == "abs")
            layer.kind = ActivationKind::Abs;
        else if (word == "sqrelu")
            layer.kind = ActivationKind::SquaredReLU;
        else
            return false;
        m_layers.emplace_back(layer);
        return true;
    }

    bool parsePool(std::string_view word, Words& words)
    {
        if (word == "gmaxpool" || word == "gavgpool") {
            m_layers.emplace_back(Pool{
                .kind = word == "gmaxpool" ? PoolKind::Max : PoolKind::Average, .global = true});
            return true;
        }
        if (word != "pool" && word != "avgpool")
            return false;
        Pool layer{.kind = word == "pool" ? PoolKind::Max : PoolKind::Average};
        layer.kernel = words.takeNumber<int>().value_or(2);
        layer.stride = layer.kernel;
        while (true) {
            if (words.takeIf("stride"))
                layer.stride = words.numberAfter<int>("stride");
            else if (words.takeIf("pad"))
                layer.padding = words.numberAfter<int>("pad");
            else if (words.takeIf("ceil"))
                layer.roundUp = true;
            else
                break;
        }
        m_layers.emplace_back(layer);
        return true;
    }

    bool parseOther(std::string_view word, Words& words)
    {
        if (word == "bn") {
            BatchNorm layer;
            while (true) {
                if (words.takeIf("eps"))
                    layer.epsilon = words.numberAfter<double>("eps");
                else if (words.takeIf("plain"))
                    layer.affine = false;
                else
                    break;
            }
            m_layers.emplace_back(layer);
        } else if (word == "dropout") {
            m_layers.emplace_back(Dropout{words.takeNumber<double>().value_or(0.5)});
        } else if (word == "flatten") {
            m_layers.emplace_back(Flatten{});
        } else {
            return false;
        }
        return true;
    }

    /// A linear layer reads a vector: puts the flatten that nobody writes before the first one.
    void insertFlatten()
    {
        for (std::size_t i = 0; i < m_layers.size(); ++i) {
            if (std::holds_alternative<Flatten>(m_layers[i]))
                return;
            if (std::holds_alternative<Linear>(m_layers[i])) {
                m_layers.insert(m_layers.begin() + static_cast<std::ptrdiff_t>(i), Flatten{});
                return;
            }
        }
    }

    InputSpec m_input;
    std::vector<Layer> m_layers;
};

} // namespace

Architecture parseArchitecture(std::string_view text)
{
    return Parser().parse(text);
}

} // namespace core
