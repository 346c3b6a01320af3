// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/figure_view.h"

#include "ui/figures/figure.h"
#include "ui/views/export_dialog.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/wrap_layout.h"

#include <QCursor>
#include <QEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace ui
{

namespace
{

constexpr int kLeastHeight = 160; ///< of what is seen of the figure; in less room the view scrolls
/// In a window lower than this the figure is shown whole, and the view scrolls with its toolbar.
constexpr int kLowWindow = 560;

} // namespace

FigureView::FigureView(Session& session, QWidget* parent)
    : View(parent), m_session(session), m_page(new QVBoxLayout(this)), m_toolbar(new WrapLayout),
      m_progress(new QProgressBar), m_caption(new QLabel), m_stack(new QStackedWidget),
      m_scroll(new QScrollArea), m_canvas(new SceneCanvas), m_empty(new QLabel)
{
    setProperty("role", "panel");
    setAttribute(Qt::WA_StyledBackground);

    m_toolbar->setContentsMargins(SceneCanvas::kMargin, 12, SceneCanvas::kMargin, 0);
    m_caption->setProperty("role", "caption");
    m_caption->setWordWrap(true);
    m_caption->setContentsMargins(SceneCanvas::kMargin, 8, SceneCanvas::kMargin, 0);
    m_caption->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(3);
    m_progress->setAccessibleName(tr("Progress of the computation"));
    setProgress(std::nullopt);

    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_canvas);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_canvas->setAutoFillBackground(false);
    // A click on the figure leaves the arrow keys to the network; Alt with them scrolls.
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->installEventFilter(this);

    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(2 * SceneCanvas::kMargin);
    m_stack->addWidget(m_scroll);
    m_stack->addWidget(m_empty);
    m_stack->setMinimumHeight(kLeastHeight);

    m_page->setContentsMargins(0, 0, 0, 0);
    m_page->setSpacing(0);
    m_page->addWidget(m_progress);
    m_page->addLayout(m_toolbar);
    m_page->addWidget(m_caption);
    m_page->addWidget(m_stack, 1);

    connect(m_canvas, &SceneCanvas::heightFitted, this, &FigureView::giveHeight);
    connect(m_canvas, &SceneCanvas::hovered, this, &FigureView::hover);
    connect(m_canvas, &SceneCanvas::clicked, this, [this](const SceneHit& hit) { choose(hit); });
    connect(&m_session, &Session::currentModelChanged, this, &FigureView::refreshLater);
    connect(&m_session, &Session::selectionChanged, this, &FigureView::refreshMarks);
}

std::unique_ptr<Figure> FigureView::figure() const
{
    return makeFigure();
}

void FigureView::refreshLater()
{
    m_dirty = true;
    if (m_queued || !isVisible())
        return;
    m_queued = true;
    QMetaObject::invokeMethod(this, &FigureView::refresh, Qt::QueuedConnection);
}

void FigureView::refreshNow()
{
    m_dirty = true;
    refresh();
}

void FigureView::refresh()
{
    m_queued = false;
    if (!m_dirty || !isVisible())
        return;
    m_dirty = false;
    updateControls();
    if (keepsShown()) {
        setStale(true);
        return;
    }
    const OpenModel* entry = m_session.currentEntry();
    m_shownOf = entry == nullptr ? nullptr : entry->opened;
    std::shared_ptr<const SceneFigure> made = makeFigure();
    if (m_export != nullptr)
        m_export->setEnabled(made != nullptr);
    m_caption->setText(made ? captionText(*made) : QString());
    m_caption->setVisible(!m_caption->text().isEmpty());
    if (!made)
        m_empty->setText(emptyText());
    m_stack->setCurrentIndex(made ? 0 : 1);
    m_canvas->showFigure(std::move(made));
    giveRoom();
    refreshMarks();
}

bool FigureView::keepsShown() const
{
    const OpenModel* entry = m_session.currentEntry();
    return entry != nullptr && shown() != nullptr && m_shownOf.lock() == entry->opened && waits();
}

void FigureView::refreshMarks()
{
    if (!isVisible() || shown() == nullptr)
        return;
    std::vector<SceneMark> marks;
    if (m_hit)
        marks = hoverMarks(*m_hit);
    for (SceneMark& mark : marks)
        mark.kind = MarkKind::Hovered;
    // What is selected stays visible under the pointer.
    std::ranges::move(selectionMarks(), std::back_inserter(marks));
    m_canvas->setMarks(std::move(marks));
}

void FigureView::setStale(bool stale)
{
    m_canvas->setStale(stale);
    setProgress(stale ? std::optional(-1.0) : std::nullopt);
}

void FigureView::setProgress(std::optional<double> share)
{
    // Keeps its place while empty: nothing may jump when work begins.
    m_progress->setRange(0, share && *share < 0 ? 0 : 1000);
    m_progress->setValue(share && *share >= 0 ? static_cast<int>(*share * 1000) : 0);
    m_progress->setProperty("idle", !share);
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(policy);
    m_progress->setVisible(share.has_value());
}

void FigureView::addExportButton()
{
    m_export = new QPushButton(tr("Export figure\u2026"));
    m_export->setToolTip(tr("As SVG, PDF, PNG or CSV, or to the clipboard"));
    connect(m_export, &QPushButton::clicked, this, &FigureView::openExport);
    m_toolbar->addAtEnd(m_export);
}

void FigureView::letFigureTakeFocus()
{
    m_canvas->setFocusPolicy(Qt::StrongFocus);
    QWidget::setTabOrder(m_export, m_canvas); // as one reads: the toolbar, then the figure
    new FocusRing(m_canvas);
}

void FigureView::openExport()
{
    if (m_export == nullptr || !m_export->isEnabled())
        return;
    auto* dialog = new ExportDialog(
        id(), exportChoices(), [this](int choice) { return exportFigureAt(choice); }, this);
    dialog->setOrigin([this] { return origin(); });
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

FigureOrigin FigureView::origin() const
{
    return {m_session.backendName(),
            QString::fromStdString(core::datasetHash(*m_session.dataset()))};
}

void FigureView::hover(std::optional<SceneHit> hit)
{
    m_hit = std::move(hit);
    const QString text = m_hit && shown() != nullptr ? hoverText(*m_hit) : QString();
    emit m_session.statusMessage(text);
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(QCursor::pos() + QPoint(12, 12), text, m_canvas);
    refreshMarks();
}

bool FigureView::isLow() const
{
    return window()->height() < kLowWindow;
}

/// The scroll bar's width is always left free: a figure must not change size because it appears.
void FigureView::giveRoom()
{
    const int bar = m_scroll->verticalScrollBar()->sizeHint().width();
    const int margins = 2 * SceneCanvas::kMargin;
    const int height = isLow() ? kLowWindow / 2 : m_scroll->height() - margins;
    m_canvas->setRoom({m_scroll->width() - bar - margins, height});
    giveHeight();
}

void FigureView::giveHeight()
{
    const bool whole = isLow() && shown() != nullptr;
    m_stack->setMinimumHeight(whole ? m_canvas->minimumHeight() : kLeastHeight);
}

void FigureView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    refresh();
}

bool FigureView::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_scroll && event->type() == QEvent::Resize)
        giveRoom();
    return View::eventFilter(object, event);
}

} // namespace ui
