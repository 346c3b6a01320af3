// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/top_bar.h"

#include "ui/actions.h"
#include "ui/panels/go_to_field.h"
#include "ui/panels/icon_button.h"
#include "ui/panels/view_tabs.h"
#include "ui/views/view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>

namespace ui
{

namespace
{

constexpr int kRoomForName = 1000;

QStringList titlesOf(const std::vector<View*>& views)
{
    QStringList titles;
    for (const View* view : views)
        titles.append(view->title());
    return titles;
}

std::vector<TabName> tabNames(const std::vector<View*>& views)
{
    std::vector<TabName> names;
    for (const View* view : views)
        names.push_back({view->title(), view->tabTitle()});
    return names;
}

} // namespace

TopBar::TopBar(Session& session, const std::vector<View*>& views, const Actions& actions,
               QWidget* parent)
    : QWidget(parent), m_name(new QLabel("Caddie")), m_views(new ViewTabs(tabNames(views))),
      m_goTo(new GoToField(session, titlesOf(views)))
{
    setProperty("role", "bar");
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(48);

    auto* mark = new QLabel;
    mark->setPixmap(QIcon(":/icons/caddie.svg").pixmap(22, 22));
    m_name->setProperty("role", "title");
    auto* theme = new IconButton("theme", actions.action("window.theme")->toolTip());
    connect(theme, &QToolButton::clicked, actions.action("window.theme"), &QAction::trigger);
    auto* menu = new IconButton("menu", tr("Menu"));
    auto* content = new QMenu(menu);
    menu->setMenu(content);
    menu->setPopupMode(QToolButton::InstantPopup);
    for (const QString& group : actions.groups())
        actions.fill(content->addMenu(group), group);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 8, 0);
    layout->setSpacing(8);
    layout->addWidget(mark);
    layout->addWidget(m_name);
    layout->addSpacing(8);
    layout->addWidget(m_views);
    layout->addStretch();
    layout->addWidget(m_goTo);
    layout->addSpacing(8);
    layout->addWidget(theme);
    layout->addWidget(menu);
    connect(m_views, &ViewTabs::chosen, this, &TopBar::viewChosen);
    connect(m_goTo, &GoToField::viewChosen, this, &TopBar::viewChosen);
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_name->setVisible(width() >= kRoomForName);
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
