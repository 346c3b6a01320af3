// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/style.h"

#include <QFontDatabase>

namespace ui
{

namespace
{

/// Sizes in pixels, which painters scale with everything else; unhinted, so that a text has the
/// same width at every scale and layout holds for screen and paper.
QFont sized(QFont font, int pixels, QFont::Weight weight = QFont::Normal)
{
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto part = [&](int x, int y) { return qRound(x + (y - x) * share); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

} // namespace

FigureStyle printStyle()
{
    QFont sans(QStringLiteral("Liberation Sans"));
    sans.setStyleHint(QFont::SansSerif);
    sans.setHintingPreference(QFont::PreferNoHinting);

    FigureStyle style;
    style.background = Qt::white;
    style.text = QColor(0x1A, 0x1A, 0x1A);
    style.secondaryText = QColor(0x55, 0x55, 0x55);
    style.hairline = QColor(0xC4, 0xC4, 0xC4); // opaque: journals' checks dislike transparency
    style.accent = QColor(0x1F, 0x7A, 0x54);
    style.warning = QColor(0x9A, 0x67, 0x00);
    style.title = sized(sans, 8, QFont::Bold);
    style.body = sized(sans, 7);
    style.caption = sized(sans, 6);
    style.number = sized(sans, 6); // its digits share one width
    style.gap = 5;
    style.line = 0.5;
    style.surface = Surface::Vector;
    return style;
}

FigureStyle screenStyle(const QPalette& palette, const QFont& font)
{
    FigureStyle style;
    style.background = palette.color(QPalette::Base);
    style.text = palette.color(QPalette::WindowText);
    const bool dark = style.background.lightness() < 128;
    style.secondaryText = mixed(style.text, style.background, 0.34);
    style.hairline = mixed(style.text, style.background, dark ? 0.8 : 0.84);
    style.accent = palette.color(QPalette::Highlight);
    style.warning = dark ? QColor(0xE3, 0xB3, 0x41) : QColor(0x9A, 0x67, 0x00);
    style.title = sized(font, 16, QFont::DemiBold);
    style.body = sized(font, 13);
    style.caption = sized(font, 11);
    style.number = sized(QFontDatabase::systemFont(QFontDatabase::FixedFont), 11);
    style.gap = 8;
    style.line = 1;
    style.wholeScale = true;
    return style;
}

} // namespace ui
