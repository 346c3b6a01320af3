// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/waterfall_plot.h"

#include "ui/figures/colour_map.h"
#include "ui/theme.h"
#include "ui/words.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ui
{

namespace
{

constexpr int kText = 16;

QString signedFixed(double value)
{
    return value > 0 ? u'+' + fixed(value) : fixed(value);
}

} // namespace

WaterfallPlot::WaterfallPlot(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Terms of the logit"));
}

void WaterfallPlot::show(core::LogitTerms terms, int label)
{
    m_terms = std::move(terms);
    m_label = label;
    m_order.resize(static_cast<std::size_t>(m_terms.count()));
    std::iota(m_order.begin(), m_order.end(), 0);
    std::ranges::stable_sort(m_order, std::greater(),
                             [&](int feature) { return std::abs(m_terms.term(label, feature)); });
    m_low = m_high = 0;
    double sum = m_terms.classes() == 0 ? 0 : m_terms.bias[static_cast<std::size_t>(label)];
    const auto reach = [&] {
        m_low = std::min(m_low, sum);
        m_high = std::max(m_high, sum);
    };
    reach();
    for (const int feature : m_order) {
        sum += m_terms.term(label, feature);
        reach();
    }
    if (m_high <= m_low)
        m_high = m_low + 1;
    m_current = std::clamp(m_current, 0, bars() - 1);
    QStringList parts;
    for (int bar = 0; !m_order.empty() && bar < std::min(6, bars()); ++bar)
        parts << describe(bar);
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

void WaterfallPlot::clear()
{
    m_order.clear();
    m_terms = {};
    updateGeometry();
    update();
}

QRectF WaterfallPlot::slot(int bar) const
{
    const double each = width() / static_cast<double>(bars());
    return {bar * each, kText, each, height() - 2.0 * kText};
}

int WaterfallPlot::barAt(const QPointF& position) const
{
    if (m_order.empty() || !rect().contains(position.toPoint()))
        return -1;
    return std::clamp(static_cast<int>(position.x() / width() * bars()), 0, bars() - 1);
}

double WaterfallPlot::place(double value) const
{
    const QRectF area = slot(0);
    return area.bottom() - (value - m_low) / (m_high - m_low) * area.height();
}

QString WaterfallPlot::describe(int bar) const
{
    const auto label = static_cast<std::size_t>(m_label);
    if (bar == 0)
        return tr("bias %1").arg(signedFixed(m_terms.bias[label]));
    if (bar == bars() - 1)
        return tr("logit %1 = %2").arg(m_label).arg(fixed(double(m_terms.logits[label])));
    const int feature = m_order[static_cast<std::size_t>(bar - 1)];
    const double term = m_terms.term(m_label, feature);
    const double value = double(m_terms.features[static_cast<std::size_t>(feature)]);
    const QString text = tr("neuron %1: %2").arg(feature).arg(signedFixed(term));
    return value == 0
               ? tr("%1 (its value is 0)").arg(text)
               : tr("%1 (weight %2 \u00D7 value %3)").arg(text, fixed(term / value), fixed(value));
}

void WaterfallPlot::paintBar(QPainter& painter, int bar, double from, double to) const
{
    const Theme& theme = themeOf(palette());
    const QRectF area = slot(bar);
    const double gap = area.width() > 5 ? 1 : 0;
    const double top = std::min(place(from), place(to));
    const double tall = std::max(1.0, std::abs(place(from) - place(to)));
    const bool total = bar == 0 || bar == bars() - 1;
    const QColor colour =
        total ? theme.secondary : QColor(signedScale(1).colour(to < from ? -0.75 : 0.75));
    painter.fillRect(QRectF(area.left() + gap, top, area.width() - 2 * gap, tall), colour);
    if (hasFocus() && bar == m_current) {
        painter.setPen(theme.accent);
        painter.drawRect(area.adjusted(0, -1, -1, 1));
    }
}

void WaterfallPlot::paintEvent(QPaintEvent*)
{
    if (m_order.empty())
        return;
    QPainter painter(this);
    painter.setOpacity(isEnabled() ? 1 : kStaleOpacity);
    const Theme& theme = themeOf(palette());
    painter.fillRect(QRectF(0, place(0), width(), 1), theme.hairline);
    const auto label = static_cast<std::size_t>(m_label);
    double sum = m_terms.bias[label];
    paintBar(painter, 0, 0, sum);
    for (int bar = 1; bar + 1 < bars(); ++bar) {
        const double next = sum + m_terms.term(m_label, m_order[static_cast<std::size_t>(bar - 1)]);
        paintBar(painter, bar, sum, next);
        sum = next;
    }
    paintBar(painter, bars() - 1, 0, sum);
    painter.setFont(captionFont());
    painter.setPen(theme.secondary);
    const QRect head(0, 0, width(), kText);
    const QRect foot(0, height() - kText, width(), kText);
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, tr("bias"));
    painter.drawText(foot, Qt::AlignHCenter | Qt::AlignVCenter,
                     tr("%1 terms, largest first").arg(m_terms.count()));
    painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, tr("logit"));
    painter.setFont(numberFont(11));
    painter.setPen(theme.text);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, fixed(m_terms.bias[label]));
    painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, fixed(double(m_terms.logits[label])));
}

void WaterfallPlot::mousePressEvent(QMouseEvent* event)
{
    const int bar = barAt(event->position());
    if (bar > 0 && bar < bars() - 1)
        emit featureChosen(m_order[static_cast<std::size_t>(bar - 1)]);
}

void WaterfallPlot::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        m_current = std::clamp(m_current + (key == Qt::Key_Left ? -1 : 1), 0, bars() - 1);
        const QRect bar = slot(m_current).toRect();
        QToolTip::showText(mapToGlobal(bar.bottomLeft()), describe(m_current), this);
        update();
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) {
        if (m_current > 0 && m_current < bars() - 1)
            emit featureChosen(m_order[static_cast<std::size_t>(m_current - 1)]);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void WaterfallPlot::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void WaterfallPlot::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool WaterfallPlot::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            event->accept(); // the window walks channels with the same keys
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const int bar = barAt(help->pos()); bar >= 0)
            QToolTip::showText(help->globalPos(), describe(bar), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace ui
