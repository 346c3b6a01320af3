// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include "ui/theme_sheet.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QScopedValueRollback>
#include <QStyleFactory>

#include <array>

namespace ui
{

namespace
{

QColor mixed(const QColor& back, const QColor& front, double amount)
{
    const auto blend = [amount](int a, int b) { return static_cast<int>(a + (b - a) * amount); };
    return {blend(back.red(), front.red()), blend(back.green(), front.green()),
            blend(back.blue(), front.blue())};
}

Theme makeLight()
{
    Theme theme;
    theme.window = QColor("#F6F7F5");
    theme.panel = QColor("#FFFFFF");
    theme.raised = QColor("#FFFFFF");
    theme.text = QColor("#1A1F1C");
    theme.secondary = QColor("#5A645E");
    theme.disabled = QColor("#A3ABA6");
    theme.hairline = mixed(theme.panel, theme.text, 0.10);
    theme.hover = mixed(theme.panel, theme.text, 0.05);
    theme.accent = QColor("#1F7A54");
    theme.onAccent = QColor("#FFFFFF");
    theme.warning = QColor("#9A6700");
    theme.error = QColor("#B42318");
    return theme;
}

Theme makeDark()
{
    Theme theme;
    theme.dark = true;
    theme.window = QColor("#14171A");
    theme.panel = QColor("#1B1F23");
    theme.raised = QColor("#23282D");
    theme.text = QColor("#E8ECEA");
    theme.secondary = QColor("#9AA5A0");
    theme.disabled = QColor("#5C6661");
    theme.hairline = mixed(theme.panel, theme.text, 0.12);
    theme.hover = mixed(theme.panel, theme.text, 0.07);
    theme.accent = QColor("#55C596");
    theme.onAccent = QColor("#0E1512");
    theme.warning = QColor("#E3B341");
    theme.error = QColor("#FF8A80");
    return theme;
}

QPalette paletteOf(const Theme& theme)
{
    QPalette palette;
    const auto set = [&palette](std::initializer_list<QPalette::ColorRole> roles, const QColor& c) {
        for (const QPalette::ColorRole role : roles)
            palette.setColor(role, c);
    };
    set({QPalette::Window}, theme.window);
    set({QPalette::Base}, theme.panel);
    set({QPalette::Button, QPalette::AlternateBase, QPalette::ToolTipBase}, theme.raised);
    set({QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText},
        theme.text);
    set({QPalette::PlaceholderText}, theme.secondary);
    set({QPalette::Mid, QPalette::Midlight, QPalette::Dark, QPalette::Light}, theme.hairline);
    set({QPalette::Shadow}, theme.window);
    set({QPalette::Highlight, QPalette::Link, QPalette::LinkVisited}, theme.accent);
    set({QPalette::HighlightedText}, theme.onAccent);
    set({QPalette::BrightText}, theme.warning);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.disabled);
    return palette;
}

QFont inter(int pixels, QFont::Weight weight)
{
    QFont font(QStringList{"Inter", "Noto Sans", "DejaVu Sans", "sans-serif"});
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

constexpr std::array kChoiceNames = {"system", "light", "dark"};

/// An empty palette stands for the system's, which says whether it is dark.
bool systemIsDark()
{
    QApplication::setPalette(QPalette());
    return themeOf(QApplication::palette()).dark;
}

} // namespace

const Theme& lightTheme()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme& darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme& themeOf(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkTheme() : lightTheme();
}

QString themeChoiceName(ThemeChoice choice)
{
    return kChoiceNames[static_cast<std::size_t>(choice)];
}

ThemeChoice themeChoiceByName(const QString& name)
{
    for (std::size_t i = 0; i < kChoiceNames.size(); ++i)
        if (name == kChoiceNames[i])
            return static_cast<ThemeChoice>(i);
    return ThemeChoice::System;
}

QFont bodyFont()
{
    return inter(13, QFont::Normal);
}

QFont captionFont()
{
    return inter(11, QFont::Normal);
}

QFont titleFont()
{
    return inter(16, QFont::DemiBold);
}

QFont numberFont(int pixels)
{
    QFont font(QStringList{"JetBrains Mono", "DejaVu Sans Mono", "Liberation Mono", "monospace"});
    font.setStyleHint(QFont::Monospace);
    font.setPixelSize(pixels);
    return font;
}

ThemeSwitch::ThemeSwitch(QObject* parent) : ThemeSwitch(systemIsDark, parent) {}

ThemeSwitch::ThemeSwitch(std::function<bool()> systemIsDark, QObject* parent)
    : QObject(parent), m_systemIsDark(std::move(systemIsDark))
{
    qApp->installEventFilter(this);
}

void ThemeSwitch::apply(ThemeChoice choice)
{
    const QScopedValueRollback applying(m_applying, true);
    m_choice = choice;
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    const bool dark =
        choice == ThemeChoice::Dark || (choice == ThemeChoice::System && m_systemIsDark());
    const Theme& theme = dark ? darkTheme() : lightTheme();
    QApplication::setFont(bodyFont());
    QApplication::setPalette(paletteOf(theme));
    qApp->setStyleSheet(styleSheetOf(theme));
    emit changed();
}

/// Later, when the desktop has told everybody. Windows are told of palettes, too, but late: they
/// would take one of ours for the desktop's.
bool ThemeSwitch::eventFilter(QObject* watched, QEvent* event)
{
    const bool tells = event->type() == QEvent::ThemeChange ||
                       (event->type() == QEvent::ApplicationPaletteChange && watched == qApp);
    if (tells && !m_applying && !m_queued && m_choice == ThemeChoice::System) {
        m_queued = true;
        QMetaObject::invokeMethod(this, &ThemeSwitch::followSystem, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void ThemeSwitch::followSystem()
{
    m_queued = false;
    if (m_choice == ThemeChoice::System)
        apply(m_choice);
}

void ThemeSwitch::applyNext()
{
    apply(static_cast<ThemeChoice>((static_cast<int>(m_choice) + 1) % 3));
}

} // namespace ui
