// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme_sheet.h"

namespace ui
{

namespace
{

constexpr const char* kSheet = R"(
QToolTip { background: @raised; color: @text; border: 1px solid @hairline; padding: 4px 6px; }
QMenu { background: @raised; border: 1px solid @hairline; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @hover; color: @text; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 8px; }
QMenu::indicator { width: 12px; height: 12px; left: 6px; }
QMenu::icon { left: 6px; }

QDialog[role="sheet"] { background: @panel; border: 1px solid @hairline; }
QFrame[role="focus-ring"] { background: transparent; border: 2px solid @accent; }
QFrame[role="overlay"] { background: @raised; border: 1px solid @disabled; border-radius: 8px; }
QWidget[role="panel"] { background: @panel; }
QWidget[role="bar"] { background: @panel; }
QFrame[role="rule"] { background: @hairline; border: none; }
QLabel[role="caption"] { color: @secondary; font-size: 11px; }
QLabel[role="heading"] { color: @secondary; font-size: 11px; font-weight: 600; }
QLabel[role="title"] { font-size: 16px; font-weight: 600; }
QLabel[role="error"] { color: @error; }
QLabel[role="warning"] { color: @warning; }

QPushButton, QToolButton {
    background: @raised; border: 1px solid @hairline; border-radius: 6px;
    padding: 4px 10px; min-height: 18px; color: @text;
}
QToolButton { padding: 4px; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @hairline; }
QPushButton:focus, QToolButton:focus { border-color: @accent; }
QPushButton:disabled, QToolButton:disabled { color: @disabled; }
QPushButton:checked, QToolButton:checked { border-color: @accent; color: @accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[role="primary"] {
    background: @accent; border-color: @accent; color: @onAccent; font-weight: 600;
}
QPushButton[role="primary"]:disabled { background: @hairline; border-color: @hairline; color: @disabled; }
QPushButton[role="compact"] { padding: 1px 8px; font-size: 12px; min-height: 18px; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: @hover; }
QToolButton[role="quiet"]:checked { background: @window; border-color: @hairline; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border-color: @accent; }

QWidget[role="segments"] { background: @window; border-radius: 6px; }
QToolButton[role="segment"] {
    background: transparent; border: 1px solid transparent; border-radius: 5px;
    padding: 3px 8px; color: @secondary;
}
QToolButton[role="segment"]:hover { color: @text; }
QToolButton[role="segment"]:checked { background: @raised; border-color: @hairline; color: @text; font-weight: 600; }
QToolButton[role="segment"]:focus { border-color: @accent; }

QToolButton[role="section"] {
    background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 1px 0;
    color: @secondary; font-size: 11px; font-weight: 600; text-align: left;
}
QToolButton[role="section"]:hover { color: @text; }
QToolButton[role="section"]:focus { border-color: @accent; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit {
    background: @raised; border: 1px solid @hairline; border-radius: 6px;
    padding: 3px 6px; min-height: 20px; selection-background-color: @accent;
    selection-color: @onAccent;
}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border-color: @accent; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: @disabled; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
    width: 0; border: none;
}
QComboBox::drop-down { border: none; width: 18px; }
QComboBox::down-arrow { image: url(:/icons/chevron-down-@tone.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView {
    background: @raised; border: 1px solid @hairline; padding: 4px; outline: none;
    selection-background-color: @hover; selection-color: @text;
}

QCheckBox { spacing: 6px; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator {
    width: 14px; height: 14px; border: 1px solid @secondary; border-radius: 4px; background: @raised;
}
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked, QListView::indicator:checked {
    background: @accent; border-color: @accent; image: url(:/icons/check-@tone.svg);
}
QRadioButton::indicator:checked { background: @accent; border-color: @accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QCheckBox::indicator:disabled { border-color: @disabled; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @hairline; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border-radius: 7px;
    background: @raised; border: 1px solid @secondary;
}
QSlider::handle:horizontal:focus { border: 2px solid @accent; }

QProgressBar { background: @hairline; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }

QListWidget::item { padding: 4px 2px; border-radius: 4px; }
QListWidget::item:hover { background: @hover; }
QListWidget::item:selected { background: @hover; color: @text; }
QAbstractItemView { background: transparent; border: none; outline: none; }
QAbstractItemView[role="popup"] {
    background: @raised; color: @text; border: 1px solid @hairline; padding: 4px;
    selection-background-color: @hover; selection-color: @text;
}
QHeaderView::section {
    background: transparent; color: @secondary; border: none;
    border-bottom: 1px solid @hairline; padding: 4px 3px; font-size: 11px;
}
QHeaderView::up-arrow, QHeaderView::down-arrow {
    subcontrol-origin: padding; subcontrol-position: top center; top: 2px;
    width: 9px; height: 7px;
}
QTableView { gridline-color: @hairline; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: @disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

QSplitter::handle { background: @hairline; }
QSplitter::handle:hover { background: @accent; }
)";

} // namespace

QString styleSheetOf(const Theme& theme)
{
    const std::pair<const char*, QString> tokens[] = {
        {"@window", theme.window.name()},       {"@panel", theme.panel.name()},
        {"@raised", theme.raised.name()},       {"@text", theme.text.name()},
        {"@secondary", theme.secondary.name()}, {"@disabled", theme.disabled.name()},
        {"@hairline", theme.hairline.name()},   {"@hover", theme.hover.name()},
        {"@scroll", theme.hairline.name()},     {"@accent", theme.accent.name()},
        {"@onAccent", theme.onAccent.name()},   {"@warning", theme.warning.name()},
        {"@error", theme.error.name()},         {"@tone", theme.dark ? "dark" : "light"},
    };
    QString sheet = QString::fromUtf8(kSheet);
    for (const auto& [token, value] : tokens)
        sheet.replace(QString::fromUtf8(token), value);
    return sheet;
}

} // namespace ui
