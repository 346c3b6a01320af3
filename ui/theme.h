// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include <functional>

namespace ui
{

/// The colours of the window, by what they are for.
struct Theme {
    bool dark = false;
    QColor window; ///< behind everything
    QColor panel;  ///< panels and views
    QColor raised; ///< controls, menus
    QColor text;
    QColor secondary;
    QColor disabled;
    QColor hairline; ///< separators; opaque, mixed with the panel
    QColor hover;    ///< behind what the pointer is on
    QColor accent;   ///< what is selected, and the one button that acts
    QColor onAccent;
    QColor warning; ///< selected on test, inferred layout
    QColor error;
};

const Theme& lightTheme();
const Theme& darkTheme();
/// The theme that a widget with this palette belongs to.
const Theme& themeOf(const QPalette& palette);

/// What a disabled widget paints values with that newer ones are about to replace.
constexpr double kStaleOpacity = 0.45;

enum class ThemeChoice { System, Light, Dark };

QString themeChoiceName(ThemeChoice choice); ///< "system", for settings
ThemeChoice themeChoiceByName(const QString& name);

/// One face for all words, one for numbers that stand in columns. Sizes are in pixels.
QFont bodyFont();
QFont captionFont();
QFont titleFont();
QFont numberFont(int pixels = 12);

/// Puts the application into a theme: style, palette, style sheet and font. Follows the desktop
/// when that becomes dark or light, where the choice is System.
class ThemeSwitch : public QObject
{
    Q_OBJECT

public:
    explicit ThemeSwitch(QObject* parent = nullptr);
    /// For tests: what says whether the desktop is dark.
    explicit ThemeSwitch(std::function<bool()> systemIsDark, QObject* parent = nullptr);

    ThemeChoice choice() const { return m_choice; }
    void apply(ThemeChoice choice);
    void applyNext(); ///< system, light, dark, and around again

signals:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void followSystem();

    const std::function<bool()> m_systemIsDark;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_applying = false; ///< what happens now comes from here, not from the desktop
    bool m_queued = false;
};

} // namespace ui
