// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/icon_button.h"

#include "ui/theme.h"

#include <QEvent>

namespace ui
{

QIcon themedIcon(const QString& name, const QPalette& palette)
{
    return QIcon(QString(":/icons/%1-%2.svg").arg(name, themeOf(palette).dark ? "dark" : "light"));
}

IconButton::IconButton(QString icon, const QString& label, QWidget* parent)
    : QToolButton(parent), m_icon(std::move(icon))
{
    setProperty("role", "quiet");
    setToolTip(label);
    setAccessibleName(label);
    setIconSize({16, 16});
    setIcon(themedIcon(m_icon, palette()));
}

void IconButton::setIconName(const QString& icon)
{
    m_icon = icon;
    setIcon(themedIcon(m_icon, palette()));
}

void IconButton::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        setIcon(themedIcon(m_icon, palette()));
    QToolButton::changeEvent(event);
}

} // namespace ui
