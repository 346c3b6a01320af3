// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_delegate.h"

#include "ui/models/run_list.h"
#include "ui/runs/run_words.h"
#include "ui/theme.h"

#include <QApplication>
#include <QPainter>

namespace ui
{

namespace
{

constexpr int kPadding = 12;
constexpr int kGap = 16;

/// The line's columns from left to right; what the window is too narrow for falls away from the
/// right but for the last, which is the accuracy.
struct Columns {
    QRect title, status, bar, done, speed, left, nonzero, accuracy;
};

Columns columnsOf(const QRect& row)
{
    Columns columns;
    QRect rest = row.adjusted(kPadding, 0, -kPadding, 0);
    const auto fromRight = [&rest](int width) {
        const QRect taken(rest.right() - width + 1, rest.top(), width, rest.height());
        rest.setRight(taken.left() - kGap);
        return taken;
    };
    const auto fromLeft = [&rest](int width) {
        const QRect taken(rest.left(), rest.top(), width, rest.height());
        rest.setLeft(taken.right() + kGap);
        return taken;
    };
    const bool wide = row.width() >= 1000;
    columns.accuracy = fromRight(wide ? 184 : 150);
    columns.nonzero = fromRight(wide ? 128 : 0);
    columns.left = fromRight(wide ? 88 : 0);
    columns.speed = fromRight(wide ? 104 : 0);
    columns.title = fromLeft(wide ? rest.width() * 2 / 5 : rest.width() * 2 / 5);
    columns.status = fromLeft(120);
    columns.done = fromRight(128);
    columns.bar = rest;
    return columns;
}

void drawText(QPainter& painter, const QRect& box, const QString& text, Qt::Alignment side)
{
    if (box.width() < 24 || text.isEmpty())
        return;
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width());
    painter.drawText(box, static_cast<int>(side | Qt::AlignVCenter), shown);
}

void drawBar(QPainter& painter, const QRect& box, double fraction, const Theme& theme, bool going)
{
    if (box.width() < 24)
        return;
    const QRectF track(box.left(), box.center().y() - 1, box.width(), 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.hairline);
    painter.drawRoundedRect(track, 2, 2);
    painter.setBrush(going ? theme.accent : theme.secondary);
    QRectF filled = track;
    filled.setWidth(track.width() * std::clamp(fraction, 0.0, 1.0));
    painter.drawRoundedRect(filled, 2, 2);
}

QColor statusColour(core::RunStatus status, const Theme& theme)
{
    switch (status) {
    case core::RunStatus::Failed:
        return theme.error;
    case core::RunStatus::Interrupted:
        return theme.warning;
    case core::RunStatus::Running:
        return theme.accent;
    default:
        return theme.secondary;
    }
}

} // namespace

void RunDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const
{
    const auto* run = index.data(RunList::Run).value<const core::RunSummary*>();
    if (run == nullptr)
        return;
    const Theme& theme = themeOf(QApplication::palette());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.hover);
        painter->drawRect(option.rect);
    }
    if (option.state & QStyle::State_Selected) // never colour alone: a bar at its left too
        painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                          theme.accent);

    const Columns columns = columnsOf(option.rect);
    painter->setFont(bodyFont());
    painter->setPen(theme.text);
    drawText(*painter, columns.title, runTitle(*run), Qt::AlignLeft);
    painter->setFont(captionFont());
    painter->setPen(statusColour(run->status, theme));
    drawText(*painter, columns.status, statusText(run->status), Qt::AlignLeft);

    painter->setPen(run->status == core::RunStatus::Failed ? theme.error : theme.secondary);
    if (!run->message.empty()) {
        const QRect box =
            columns.bar.united(columns.nonzero.isEmpty() ? columns.done : columns.nonzero);
        drawText(*painter, box, QString::fromStdString(run->message), Qt::AlignLeft);
    } else {
        drawBar(*painter, columns.bar, run->progress.fraction, theme,
                run->status == core::RunStatus::Running);
        painter->setPen(theme.secondary);
        drawText(*painter, columns.done, doneText(*run), Qt::AlignLeft);
        drawText(*painter, columns.speed, speedText(*run), Qt::AlignRight);
        drawText(*painter, columns.left, timeLeftText(*run), Qt::AlignRight);
        drawText(*painter, columns.nonzero, nonzeroText(*run), Qt::AlignRight);
    }
    painter->setPen(theme.text);
    if (run->accuracy)
        drawText(*painter, columns.accuracy, measuredText(*run->accuracy), Qt::AlignRight);
    painter->restore();
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, kHeight};
}

} // namespace ui
