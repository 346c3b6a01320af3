// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view_deck.h"

#include "ui/views/view.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

/// Asks for the least height that its content can live with, not for the one that it would like.
class Holder : public QWidget
{
public:
    int heightForWidth(int width) const override
    {
        return layout()->hasHeightForWidth() ? layout()->minimumHeightForWidth(width) : -1;
    }
};

} // namespace

ViewFrame::ViewFrame(QWidget* parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // the arrow keys walk the network; Alt with them scrolls
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    auto* holder = new Holder;
    m_layout = new QVBoxLayout(holder);
    m_layout->setContentsMargins(0, 0, 0, 0);
    setWidget(holder);
}

void ViewFrame::add(QWidget* widget)
{
    m_layout->addWidget(widget);
}

QSize ViewFrame::minimumSizeHint() const
{
    return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), 120};
}

QSize ViewFrame::sizeHint() const
{
    return widget()->sizeHint();
}

ViewWindow::ViewWindow(View* view, QWidget* parent) : QWidget(parent, Qt::Window), m_view(view)
{
    setAccessibleName(view->title());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* frame = new ViewFrame;
    frame->add(view);
    layout->addWidget(frame);
    view->show(); // a page that was not in front is hidden
    setFocusPolicy(Qt::StrongFocus);
    setFocus(); // so that the arrow keys walk the network, not the first box of choices
}

void ViewWindow::closeEvent(QCloseEvent* event)
{
    // At the end of the program all windows are closed; this one then stays in the saved layout.
    if (!parentWidget()->isVisible())
        return;
    event->ignore();
    emit closeRequested();
}

ViewDeck::ViewDeck(QWidget* parent) : QWidget(parent), m_stack(new QStackedWidget)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

void ViewDeck::setViews(std::vector<View*> views)
{
    m_views = std::move(views);
    m_pages.resize(m_views.size());
    for (std::size_t i = 0; i < m_views.size(); ++i) {
        Page& page = m_pages[i];
        page.slot = new ViewFrame;
        page.note = makeNote(static_cast<int>(i));
        page.note->hide();
        page.slot->add(page.note);
        page.slot->add(m_views[i]);
        m_stack->addWidget(page.slot);
    }
    if (!m_views.empty())
        show(0);
}

QWidget* ViewDeck::makeNote(int index)
{
    const QString title = m_views[static_cast<std::size_t>(index)]->title();
    auto* note = new QWidget;
    note->setProperty("role", "panel");
    note->setAttribute(Qt::WA_StyledBackground);
    auto* label = new QLabel(tr("%1 is in a window of its own.").arg(title));
    auto* back = new QPushButton(tr("Bring it back"));
    auto* raise = new QPushButton(tr("Show its window"));
    back->setAccessibleName(tr("Bring %1 back into its tab").arg(title));
    raise->setAccessibleName(tr("Show the window of %1").arg(title));
    connect(back, &QPushButton::clicked, this, [this, index] { dock(index); });
    connect(raise, &QPushButton::clicked, this, [this, index] { show(index); });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(back);
    buttons->addWidget(raise);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(note);
    layout->setSpacing(12);
    layout->addStretch();
    layout->addWidget(label, 0, Qt::AlignHCenter);
    layout->addLayout(buttons);
    layout->addStretch();
    return note;
}

int ViewDeck::indexOf(const QString& id) const
{
    const auto found = std::ranges::find(m_views, id, &View::id);
    return found == m_views.end() ? -1 : static_cast<int>(found - m_views.begin());
}

int ViewDeck::current() const
{
    return m_stack->currentIndex();
}

View* ViewDeck::currentView() const
{
    return m_views.empty() ? nullptr : m_views[static_cast<std::size_t>(current())];
}

void ViewDeck::show(int index)
{
    m_stack->setCurrentIndex(index);
    setAccessibleName(currentView()->title());
    if (ViewWindow* window = windowOf(index)) {
        window->show();
        window->raise();
        window->activateWindow();
    }
}

ViewWindow* ViewDeck::windowOf(int index) const
{
    return m_pages[static_cast<std::size_t>(index)].window;
}

bool ViewDeck::isTornOff(int index) const
{
    return windowOf(index) != nullptr;
}

void ViewDeck::tearOff(int index, const QByteArray& geometry)
{
    if (isTornOff(index))
        return;
    const QSize size = m_stack->size();
    auto* window = new ViewWindow(m_views[static_cast<std::size_t>(index)], this->window());
    page(index).window = window;
    page(index).note->show();
    connect(window, &ViewWindow::closeRequested, this, [this, index] { dock(index); });
    emit windowMade(window);
    if (geometry.isEmpty() || !window->restoreGeometry(geometry)) {
        window->resize(size.expandedTo({480, 360}));
        // A little further down for each, so that none hides another.
        const auto others = static_cast<int>(tornOff().size());
        const QRect room = screen()->availableGeometry();
        const QPoint place = mapToGlobal(QPoint(24, 24)) + QPoint(32, 32) * others;
        window->move(std::min(place.x(), std::max(room.left(), room.right() - size.width())),
                     std::min(place.y(), std::max(room.top(), room.bottom() - size.height())));
    }
    window->show();
    emit tornOffChanged(index, true);
}

void ViewDeck::dock(int index)
{
    if (!isTornOff(index))
        return;
    Page& back = page(index);
    back.note->hide();
    View* view = m_views[static_cast<std::size_t>(index)];
    back.slot->add(view);
    view->show();
    back.window->hide();
    back.window->deleteLater(); // its closing may have led here
    back.window = nullptr;
    emit tornOffChanged(index, false);
}

std::vector<TornView> ViewDeck::tornOff() const
{
    std::vector<TornView> torn;
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        if (const ViewWindow* window = m_pages[i].window)
            torn.push_back({m_views[i]->id(), window->saveGeometry()});
    return torn;
}

void ViewDeck::setTornOff(const std::vector<TornView>& wanted)
{
    for (int i = 0; i < static_cast<int>(m_views.size()); ++i) {
        const QString id = m_views[static_cast<std::size_t>(i)]->id();
        const auto found = std::ranges::find(wanted, id, &TornView::id);
        if (found == wanted.end()) {
            dock(i);
        } else if (ViewWindow* window = windowOf(i)) {
            window->restoreGeometry(found->geometry);
        } else {
            tearOff(i, found->geometry);
        }
    }
}

} // namespace ui
