// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/top_bar.h"

#include "ui/actions.h"
#include "ui/panels/icon_button.h"
#include "ui/panels/segments.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>

namespace ui
{

TopBar::TopBar(const QStringList& views, const Actions& actions, QWidget* parent)
    : QWidget(parent), m_views(new Segments(views)), m_menu(new QMenu(this))
{
    setProperty("role", "bar");
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(48);

    auto* mark = new QLabel;
    mark->setPixmap(QIcon(":/icons/caddie.svg").pixmap(22, 22));
    auto* name = new QLabel("Caddie");
    name->setProperty("role", "title");
    auto* theme = new IconButton("theme", actions.action("window.theme")->toolTip());
    connect(theme, &QToolButton::clicked, actions.action("window.theme"), &QAction::trigger);
    auto* menu = new IconButton("menu", tr("Menu"));
    menu->setMenu(m_menu);
    menu->setPopupMode(QToolButton::InstantPopup);
    for (const QString& group : actions.groups())
        actions.fill(m_menu->addMenu(group), group);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 8, 0);
    layout->setSpacing(8);
    layout->addWidget(mark);
    layout->addWidget(name);
    layout->addSpacing(24);
    layout->addWidget(m_views);
    layout->addStretch();
    layout->addWidget(theme);
    layout->addWidget(menu);
    connect(m_views, &Segments::chosen, this, &TopBar::viewChosen);
}

int TopBar::current() const
{
    return m_views->current();
}

void TopBar::setCurrent(int view)
{
    m_views->setCurrent(view);
}

} // namespace ui
