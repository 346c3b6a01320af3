// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/curve_plot.h"

#include "ui/figures/chart.h"
#include "ui/theme.h"
#include "ui/widgets/focus_ring.h"
#include "ui/words.h"

#include <QEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

constexpr int kLabelHeight = 14;
constexpr int kLeftMargin = 64;

/// The point of the curve nearest to x.
std::optional<QPointF> nearest(const QPolygonF& points, double x)
{
    if (points.isEmpty())
        return std::nullopt;
    return *std::ranges::min_element(points, {},
                                     [x](const QPointF& point) { return std::abs(point.x() - x); });
}

/// Nothing happens between two epochs.
class WholeTicker : public QCPAxisTicker
{
protected:
    double getTickStep(const QCPRange& range) override
    {
        return std::max(1.0, tickStep(range.size(), tickCount()));
    }
};

} // namespace

CurvePlot::CurvePlot(const QString& xTitle, const QString& yTitle, const QString& unit,
                     QWidget* parent)
    : QWidget(parent), m_unit(unit), m_plot(new QCustomPlot), m_xTitle(xTitle)
{
    setAccessibleName(yTitle);
    setAccessibleDescription(tr("Plus and minus zoom, left and right move, Home shows all"));
    setFocusPolicy(Qt::TabFocus);
    m_plot->setFocusPolicy(Qt::NoFocus);
    new FocusRing(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    build(xTitle, yTitle);
    applyTheme();
    fitRanges();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::build(const QString& xTitle, const QString& yTitle)
{
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setMouseTracking(true);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->xAxis->setLabel(xTitle);
    m_plot->yAxis->setLabel(yTitle);
    const auto whole = QSharedPointer<WholeTicker>::create();
    whole->setTickCount(8);
    m_plot->xAxis->setTicker(whole);
    m_plot->yAxis->ticker()->setTickCount(4);
    m_plot->axisRect()->setAutoMargins(QCP::msBottom);
    setRightMargin(96);
    // Left out, not hidden: items without a place would count in hover and export alike.
    m_cursor = new QCPItemStraightLine(m_plot);
    m_marker = new QCPItemStraightLine(m_plot);
    m_cursor->setVisible(false);
    m_marker->setVisible(false);
    connect(m_plot, &QCustomPlot::afterLayout, this, &CurvePlot::placeLabels);
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] {
        QMetaObject::invokeMethod(this, &CurvePlot::takeZoom, Qt::QueuedConnection);
    });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &CurvePlot::showAll);
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (event->buttons() & Qt::LeftButton)
            QMetaObject::invokeMethod(this, &CurvePlot::takeZoom, Qt::QueuedConnection);
        else
            hoverAt(event->position().x());
    });
}

void CurvePlot::setRightMargin(int pixels)
{
    m_plot->axisRect()->setMargins(QMargins(kLeftMargin, 8, pixels, 0));
    repaintLater();
}

void CurvePlot::applyTheme()
{
    const Theme& theme = themeOf(palette());
    m_plot->setBackground(QBrush(theme.panel));
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(QPen(theme.hairline));
        axis->setTickPen(QPen(theme.hairline));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(theme.secondary);
        axis->setLabelColor(theme.secondary);
        axis->setTickLabelFont(numberFont(11));
        axis->setLabelFont(captionFont());
        axis->grid()->setPen(QPen(theme.hairline));
        axis->grid()->setZeroLinePen(QPen(theme.hairline));
    }
    m_plot->xAxis->grid()->setVisible(false);
    m_cursor->setPen(QPen(theme.secondary, 1, Qt::DotLine));
    m_marker->setPen(QPen(theme.accent, 1));
    repaintLater();
}

void CurvePlot::setCurves(std::vector<PlotCurve> curves)
{
    m_curves = std::move(curves);
    fillGraphs();
    if (!m_zoomed)
        fitRanges();
    repaintLater();
}

void CurvePlot::fillGraphs()
{
    const int count = static_cast<int>(m_curves.size());
    while (m_plot->graphCount() > count)
        m_plot->removeGraph(m_plot->graphCount() - 1);
    while (m_plot->graphCount() < count)
        m_plot->addGraph();
    while (m_labels.size() > m_curves.size()) {
        m_plot->removeItem(m_labels.back());
        m_labels.pop_back();
    }
    while (m_labels.size() < m_curves.size()) {
        auto* label = new QCPItemText(m_plot);
        label->setClipToAxisRect(false);
        label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        label->position->setType(QCPItemPosition::ptAbsolute);
        label->setFont(captionFont());
        m_labels.push_back(label);
    }
    for (int i = 0; i < count; ++i) {
        const PlotCurve& curve = m_curves[static_cast<std::size_t>(i)];
        QVector<double> xs;
        QVector<double> ys;
        for (const QPointF& point : curve.points) {
            xs.append(point.x());
            ys.append(point.y());
        }
        QCPGraph* graph = m_plot->graph(i);
        graph->setData(xs, ys, true);
        graph->setPen(QPen(curve.colour, curve.style == Qt::SolidLine ? 2 : 1.5, curve.style));
        // One epoch makes no line yet.
        graph->setScatterStyle(curve.points.size() == 1
                                   ? QCPScatterStyle(QCPScatterStyle::ssDisc, curve.colour, 5)
                                   : QCPScatterStyle());
    }
}

void CurvePlot::fitRanges()
{
    QPolygonF all;
    for (const PlotCurve& curve : m_curves)
        all += curve.points;
    double high = m_xSpan;
    for (const QPointF& point : all)
        high = std::max(high, point.x());
    m_plot->xAxis->setRange(0, 1.01 * high);
    if (all.isEmpty()) {
        m_plot->yAxis->setRange(0, m_unit.isEmpty() ? 1 : 100);
        return;
    }
    const QRectF box = all.boundingRect();
    const double air = std::max(0.08 * box.height(), 1e-4);
    m_plot->yAxis->setRange(box.top() - air, box.bottom() + air);
}

/// After the plot has handled the event that moved its ranges.
void CurvePlot::takeZoom()
{
    m_zoomed = true;
    emit zoomChanged(true, m_plot->xAxis->range().lower, m_plot->xAxis->range().upper);
}

void CurvePlot::showAll()
{
    m_zoomed = false;
    fitRanges();
    repaintLater();
    emit zoomChanged(false, m_plot->xAxis->range().lower, m_plot->xAxis->range().upper);
}

namespace
{

constexpr double kKeyZoom = 0.8;
constexpr double kKeyMove = 0.1; ///< of what is visible

bool isPlotKey(int key)
{
    return key == Qt::Key_Plus || key == Qt::Key_Minus || key == Qt::Key_Equal ||
           key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home;
}

} // namespace

bool CurvePlot::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        isPlotKey(static_cast<QKeyEvent*>(event)->key()))
        event->accept();
    return QWidget::event(event);
}

void CurvePlot::keyPressEvent(QKeyEvent* event)
{
    QCPAxis* axis = m_plot->xAxis;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: // without Shift on most keyboards
        axis->scaleRange(kKeyZoom);
        break;
    case Qt::Key_Minus:
        axis->scaleRange(1 / kKeyZoom);
        break;
    case Qt::Key_Left:
        axis->moveRange(-kKeyMove * axis->range().size());
        break;
    case Qt::Key_Right:
        axis->moveRange(kKeyMove * axis->range().size());
        break;
    case Qt::Key_Home:
        showAll();
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    repaintLater();
    takeZoom();
}

QRectF CurvePlot::range() const
{
    const QCPRange x = m_plot->xAxis->range();
    const QCPRange y = m_plot->yAxis->range();
    return {x.lower, y.lower, x.size(), y.size()};
}

void CurvePlot::zoomTo(const QRectF& range)
{
    m_zoomed = true;
    m_plot->xAxis->setRange(range.left(), range.right());
    m_plot->yAxis->setRange(range.top(), range.bottom());
    repaintLater();
}

void CurvePlot::showX(double low, double high)
{
    m_zoomed = true;
    m_plot->xAxis->setRange(low, high);
    repaintLater();
}

void CurvePlot::setXSpan(double last)
{
    m_xSpan = std::max(1.0, last);
    if (!m_zoomed)
        fitRanges();
}

void CurvePlot::setXTitleShown(bool shown)
{
    m_plot->xAxis->setLabel(shown ? m_xTitle : QString());
}

void CurvePlot::setMarker(std::optional<double> x)
{
    m_marker->setVisible(x.has_value());
    if (x) {
        m_marker->point1->setCoords(*x, 0);
        m_marker->point2->setCoords(*x, 1);
    }
    repaintLater();
}

/// Names at the curves' ends, moved apart where they would overlap.
void CurvePlot::placeLabels()
{
    const QRect box = m_plot->axisRect()->rect();
    std::vector<std::pair<double, std::size_t>> ends;
    for (std::size_t i = 0; i < m_curves.size() && i < m_labels.size(); ++i) {
        const PlotCurve& curve = m_curves[i];
        m_labels[i]->setVisible(!curve.label.isEmpty() && !curve.points.isEmpty());
        if (!m_labels[i]->visible())
            continue;
        m_labels[i]->setColor(curve.colour);
        const int room = m_plot->width() - box.right() - 8;
        m_labels[i]->setText(
            QFontMetrics(captionFont()).elidedText(curve.label, Qt::ElideRight, room));
        ends.emplace_back(std::clamp(m_plot->yAxis->coordToPixel(curve.points.back().y()),
                                     double(box.top()), double(box.bottom())),
                          i);
    }
    std::ranges::sort(ends);
    double lowest = box.top() - kLabelHeight;
    for (const auto& [wanted, i] : ends) {
        const double y = std::max(wanted, lowest + kLabelHeight);
        lowest = y;
        m_labels[i]->position->setCoords(box.right() + 6, y);
    }
}

QString CurvePlot::textAt(double x) const
{
    QStringList lines;
    std::optional<double> place;
    for (const PlotCurve& curve : m_curves)
        if (const auto point = nearest(curve.points, x);
            point && (!place || std::abs(point->x() - x) < std::abs(*place - x)))
            place = point->x();
    if (!place)
        return {};
    lines << m_xTitle + QStringLiteral(" %1").arg(*place);
    for (const PlotCurve& curve : m_curves)
        if (const auto point = nearest(curve.points, *place); point && point->x() == *place)
            lines << QStringLiteral("%1: %2%3")
                         .arg(curve.name, fixed(point->y(), m_unit.isEmpty() ? 4 : 2), m_unit);
    return lines.join(u'\n');
}

double CurvePlot::xAt(double pixel) const
{
    return m_plot->xAxis->pixelToCoord(pixel);
}

void CurvePlot::hoverAt(double pixel)
{
    const double x = xAt(pixel);
    const QString text = textAt(x);
    const bool inside = !text.isEmpty() && m_plot->xAxis->range().contains(x);
    m_cursor->setVisible(inside);
    if (inside) {
        const double place = text.section(u'\n', 0, 0).section(u' ', -1).toDouble();
        m_cursor->point1->setCoords(place, 0);
        m_cursor->point2->setCoords(place, 1);
        QToolTip::showText(QCursor::pos() + QPoint(12, 12), text, this);
    } else {
        QToolTip::hideText();
    }
    emit hovered(inside ? QString(text).replace(u'\n', QStringLiteral("   ")) : QString());
    repaintLater();
}

void CurvePlot::repaintLater()
{
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    QWidget::changeEvent(event);
}

void CurvePlot::leaveEvent(QEvent*)
{
    m_cursor->setVisible(false);
    emit hovered({});
    repaintLater();
}

} // namespace ui
