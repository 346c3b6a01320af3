// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/view_tabs.h"

#include <QButtonGroup>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kMargin = 2;
constexpr int kGap = 2;
constexpr int kDragOut = 24; ///< pixels beyond the row that tear a tab off

} // namespace

ViewTabs::ViewTabs(std::vector<TabName> views, QWidget* parent)
    : QWidget(parent), m_names(std::move(views)), m_tornOff(m_names.size()),
      m_group(new QButtonGroup(this)), m_more(new QToolButton(this))
{
    setAccessibleName(tr("View"));
    setProperty("role", "segments");
    setAttribute(Qt::WA_StyledBackground);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    for (int i = 0; i < static_cast<int>(m_names.size()); ++i) {
        auto* tab = new QToolButton(this);
        tab->setCheckable(true);
        tab->setProperty("role", "segment");
        tab->setContextMenuPolicy(Qt::CustomContextMenu);
        tab->installEventFilter(this);
        connect(tab, &QToolButton::customContextMenuRequested, this,
                [this, i, tab](const QPoint& at) { showMenu(i, tab->mapToGlobal(at)); });
        m_group->addButton(tab, i);
        m_tabs.push_back(tab);
        setTornOff(i, false);
    }
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More views"));
    m_more->setToolTip(tr("More views"));
    m_more->setProperty("role", "segment");
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(new QMenu(m_more));
    m_more->hide();
    connect(m_more->menu(), &QMenu::aboutToShow, this, &ViewTabs::fillMore);
    connect(m_group, &QButtonGroup::idClicked, this, &ViewTabs::chosen);
    setCurrent(0);
}

int ViewTabs::current() const
{
    return m_group->checkedId();
}

void ViewTabs::setCurrent(int view)
{
    if (QAbstractButton* tab = m_group->button(view))
        tab->setChecked(true);
    measure();
}

void ViewTabs::setTornOff(int view, bool tornOff)
{
    const QString title = m_names[static_cast<std::size_t>(view)].title;
    QToolButton* button = tab(view);
    m_tornOff[static_cast<std::size_t>(view)] = tornOff;
    button->setAccessibleName(tornOff ? tr("View: %1, in a window of its own").arg(title)
                                      : tr("View: %1").arg(title));
    button->setToolTip(
        tornOff ? tr("%1: in a window of its own; a double click brings it back").arg(title)
                : tr("%1: a double click tears it off into a window of its own").arg(title));
    measure();
}

QString ViewTabs::textOf(int view, bool brief) const
{
    const TabName& name = m_names[static_cast<std::size_t>(view)];
    const QString text = brief ? name.brief : name.title;
    return m_tornOff[static_cast<std::size_t>(view)] ? text + QStringLiteral(" \u2197") : text;
}

void ViewTabs::write(bool brief)
{
    for (int i = 0; i < static_cast<int>(m_tabs.size()); ++i)
        tab(i)->setText(textOf(i, brief));
}

/// The chosen tab's bold text counts, so this is done anew whenever another one is chosen.
void ViewTabs::measure()
{
    const auto rowWidth = [this] {
        int width = 2 * kMargin - kGap;
        for (const QToolButton* tab : m_tabs)
            width += tab->sizeHint().width() + kGap;
        return width;
    };
    write(true);
    m_briefWidth = rowWidth();
    m_widestBrief = 0;
    for (const QToolButton* tab : m_tabs)
        m_widestBrief = std::max(m_widestBrief, tab->sizeHint().width());
    write(false);
    m_fullWidth = rowWidth();
    updateGeometry();
    arrange();
}

QSize ViewTabs::sizeHint() const
{
    int height = 0;
    for (const QToolButton* tab : m_tabs)
        height = std::max(height, tab->sizeHint().height());
    return {m_fullWidth, height + 2 * kMargin};
}

QSize ViewTabs::minimumSizeHint() const
{
    return {2 * kMargin + m_widestBrief + kGap + m_more->sizeHint().width(), sizeHint().height()};
}

/// Tabs from the first on while they fit; the current one takes the last place if it has to.
void ViewTabs::arrange()
{
    const int shown = std::max(0, current());
    const bool brief = m_fullWidth > width();
    write(brief);
    int room = width() - 2 * kMargin;
    const bool all = !brief || m_briefWidth <= width();
    if (!all)
        room -= m_more->sizeHint().width() + tab(shown)->sizeHint().width() + kGap;
    int x = kMargin;
    bool full = false;
    const auto put = [&](QToolButton* button) {
        const QSize size = button->sizeHint();
        button->setGeometry(x, kMargin, size.width(), height() - 2 * kMargin);
        button->show();
        x += size.width() + kGap;
    };
    for (int i = 0; i < static_cast<int>(m_tabs.size()); ++i) {
        QToolButton* button = tab(i);
        const int needed = button->sizeHint().width() + kGap;
        full = full || (!all && i != shown && needed > room);
        if (i == shown || !full) {
            put(button);
            if (i != shown)
                room -= needed;
        } else {
            button->hide();
        }
    }
    m_more->setVisible(!all);
    if (!all)
        put(m_more);
}

void ViewTabs::fillMore()
{
    QMenu* menu = m_more->menu();
    menu->clear();
    for (int i = 0; i < static_cast<int>(m_tabs.size()); ++i)
        if (tab(i)->isHidden())
            menu->addAction(textOf(i, false), this, [this, i] { emit chosen(i); });
}

void ViewTabs::showMenu(int view, const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_tornOff[static_cast<std::size_t>(view)])
        menu->addAction(tr("Bring back into the tab"), this,
                        [this, view] { emit dockRequested(view); });
    else
        menu->addAction(tr("Tear off into a window"), this,
                        [this, view] { emit tearOffRequested(view); });
    menu->popup(globalPosition);
}

int ViewTabs::viewOf(const QObject* watched) const
{
    const auto found = std::ranges::find(m_tabs, watched);
    return found == m_tabs.end() ? -1 : static_cast<int>(found - m_tabs.begin());
}

bool ViewTabs::eventFilter(QObject* watched, QEvent* event)
{
    const int view = viewOf(watched);
    if (view < 0)
        return QWidget::eventFilter(watched, event);
    const bool tornOff = m_tornOff[static_cast<std::size_t>(view)];
    const auto* mouse = dynamic_cast<QMouseEvent*>(event);
    const bool left = mouse != nullptr && mouse->button() == Qt::LeftButton;
    if (event->type() == QEvent::MouseButtonDblClick && left) {
        m_pressed.reset();
        tornOff ? emit dockRequested(view) : emit tearOffRequested(view);
        return true;
    }
    if (event->type() == QEvent::MouseButtonPress && left)
        m_pressed = mouse->pos();
    if (event->type() == QEvent::MouseButtonRelease)
        m_pressed.reset();
    if (event->type() == QEvent::MouseMove && m_pressed && !tornOff) {
        const QRect row = rect().adjusted(-kDragOut, -kDragOut, kDragOut, kDragOut);
        if (!row.contains(mapFromGlobal(mouse->globalPosition().toPoint()))) {
            m_pressed.reset();
            tab(view)->setDown(false);
            emit tearOffRequested(view);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ViewTabs::resizeEvent(QResizeEvent*)
{
    arrange();
}

void ViewTabs::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        measure();
    QWidget::changeEvent(event);
}

} // namespace ui
