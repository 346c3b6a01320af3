// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/go_to.h"

#include <QRegularExpression>

#include <vector>

namespace ui
{

namespace
{

/// The word in front and the numbers behind it.
struct Words {
    QString word;
    std::vector<int> numbers;
};

std::optional<Words> wordsOf(const QString& text)
{
    // A unit's name ends with its number: "conv2 3" is "conv2" and 3.
    static const QRegularExpression form(R"(^\s*(#|[a-z]+\d*)([\s\d,()]*)$)",
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression number(R"(\d{1,6})");
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    Words words{match.captured(1).toLower(), {}};
    auto found = number.globalMatch(match.captured(2));
    while (found.hasNext())
        words.numbers.push_back(found.next().captured().toInt());
    return words;
}

std::optional<Selection> unitSelection(const Words& words, const core::Architecture& architecture,
                                       Selection selection)
{
    const auto unit = architecture.unitByName(words.word.toStdString());
    if (!unit)
        return std::nullopt;
    const core::Shape shape = architecture.units()[static_cast<std::size_t>(*unit)].shape;
    selection.unit = *unit;
    selection.channel.reset();
    selection.position.reset();
    const std::vector<int>& numbers = words.numbers;
    if (!numbers.empty()) {
        if (numbers[0] >= shape.channels)
            return std::nullopt;
        selection.channel = numbers[0];
    }
    if (numbers.size() == 3) {
        if (numbers[1] >= shape.height || numbers[2] >= shape.width)
            return std::nullopt;
        selection.position = numbers[1] * shape.width + numbers[2];
    }
    return numbers.size() == 2 || numbers.size() > 3 ? std::nullopt : std::optional(selection);
}

std::optional<Selection> neuronSelection(int neuron, const core::Architecture& architecture,
                                         Selection selection)
{
    const auto unit = architecture.featureUnit();
    const core::Shape shape = architecture.featureShape();
    if (!unit || neuron >= shape.count())
        return std::nullopt;
    selection.unit = *unit;
    selection.channel = neuron / shape.area();
    selection.position = neuron % shape.area();
    return selection;
}

std::optional<Destination> selecting(const std::optional<Selection>& selection)
{
    return selection ? std::optional(Destination{selection, {}, {}}) : std::nullopt;
}

} // namespace

std::optional<Destination> parseDestination(const QString& text,
                                            const core::Architecture& architecture,
                                            const Selection& from, const QStringList& views)
{
    const QString typed = text.simplified();
    if (typed.isEmpty())
        return std::nullopt;
    for (int view = 0; view < views.size(); ++view)
        if (views[view].startsWith(typed, Qt::CaseInsensitive))
            return Destination{{}, {}, view};
    const std::optional<Words> words = wordsOf(typed);
    if (!words)
        return std::nullopt;
    const bool one = words->numbers.size() == 1;
    if (words->word == "#" || words->word == "image")
        return one ? std::optional(Destination{{}, words->numbers[0], {}}) : std::nullopt;
    if (words->word == "neuron")
        return one ? selecting(neuronSelection(words->numbers[0], architecture, from))
                   : std::nullopt;
    if (words->word == "class") {
        Selection selection = from;
        if (!one || words->numbers[0] >= architecture.classes())
            return std::nullopt;
        selection.label = words->numbers[0];
        return selecting(selection);
    }
    return selecting(unitSelection(*words, architecture, from));
}

QStringList destinations(const core::Architecture& architecture, const QStringList& views)
{
    QStringList all = views;
    for (const core::Unit& unit : architecture.units())
        for (int channel = 0; channel < unit.shape.channels; ++channel)
            all.append(QString("%1 %2").arg(QString::fromStdString(unit.name)).arg(channel));
    const int neurons = architecture.featureUnit() ? architecture.featureShape().count() : 0;
    for (int neuron = 0; neuron < neurons; ++neuron)
        all.append(QString("neuron %1").arg(neuron));
    return all;
}

} // namespace ui
