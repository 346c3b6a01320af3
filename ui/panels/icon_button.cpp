// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/icon_button.h"

#include "ui/theme.h"

#include <QEvent>
#include <QPainter>

namespace ui
{

namespace
{

QPixmap faded(const QPixmap& pixmap)
{
    QPixmap result(pixmap.size());
    result.fill(Qt::transparent);
    QPainter painter(&result);
    painter.setOpacity(kStaleOpacity);
    painter.drawPixmap(0, 0, pixmap);
    return result;
}

} // namespace

QIcon themedIcon(const QString& name, const QPalette& palette)
{
    const QIcon icon(
        QString(":/icons/%1-%2.svg").arg(name, themeOf(palette).dark ? "dark" : "light"));
    QIcon result = icon;
    for (const int side : {16, 32}) // what the style makes of it by itself is too bright on dark
        result.addPixmap(faded(icon.pixmap(QSize(side, side), 1.0)), QIcon::Disabled);
    return result;
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
