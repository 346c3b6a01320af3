// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/words.h"

#include <cmath>

namespace ui
{

namespace
{

QString textOf(std::string_view word)
{
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace

QString withThousands(std::int64_t number)
{
    return QString::fromStdString(core::withThousands(number));
}

QString signedCount(std::int64_t change)
{
    const QString magnitude = withThousands(std::abs(change));
    return change == 0 ? magnitude : (change > 0 ? u'+' : QChar(0x2212)) + magnitude;
}

QString percent(double fraction)
{
    return QString("%1 %").arg(100 * fraction, 0, 'f', 2);
}

QString probabilityText(double probability)
{
    return probability < 1 && probability >= 0.99995 ? QString("> 99.99 %") : percent(probability);
}

QString fixed(double value, int decimals)
{
    const QString digits = QString::number(std::abs(value), 'f', decimals);
    const bool zero = digits.toDouble() == 0;
    return value < 0 && !zero ? QChar(0x2212) + digits : digits;
}

QString leagueText(core::League league)
{
    return textOf(core::leagueTitle(league));
}

QString leagueWord(core::League league)
{
    return textOf(core::leagueName(league));
}

QString shortDataName(const core::Dataset& data)
{
    if (data.synthetic)
        return "sample digits";
    return QString("%1 %2").arg(QString::fromStdString(data.name),
                                textOf(core::splitName(data.split)));
}

QString breakable(const QString& text)
{
    constexpr QChar kZeroWidthSpace(0x200B);
    constexpr int kLongest = 12;
    QString result;
    int unbroken = 0;
    for (const QChar c : text) {
        result += c;
        unbroken = c.isSpace() ? 0 : unbroken + 1;
        if (QString("/\\_-").contains(c) || unbroken == kLongest) {
            result += kZeroWidthSpace;
            unbroken = 0;
        }
    }
    return result;
}

QString unitTitle(const core::Architecture& architecture, const Selection& selection)
{
    const auto& units = architecture.units();
    if (selection.unit < 0 || selection.unit >= static_cast<int>(units.size()))
        return {};
    const core::Unit& unit = units[static_cast<std::size_t>(selection.unit)];
    const QString name = QString::fromStdString(unit.name);
    if (!selection.channel)
        return name;
    const bool map = unit.shape.area() > 1;
    QString title = QString(map ? "%1 channel %2" : "%1 %2").arg(name).arg(*selection.channel);
    if (map && selection.position)
        title += QString(" (%1, %2)")
                     .arg(*selection.position / unit.shape.width)
                     .arg(*selection.position % unit.shape.width);
    return title;
}

} // namespace ui
