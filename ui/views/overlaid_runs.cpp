// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/overlaid_runs.h"

#include "ui/figures/chart.h"
#include "ui/runs/run_board.h"
#include "ui/runs/run_words.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QSignalBlocker>

#include <algorithm>

namespace ui
{

namespace
{

std::string idOf(const QListWidgetItem& item)
{
    return item.data(Qt::UserRole).toString().toStdString();
}

} // namespace

OverlaidRuns::OverlaidRuns(RunBoard& board, core::RunKind kind, const QString& name,
                           QWidget* parent)
    : QListWidget(parent), m_board(board), m_kind(kind)
{
    setAccessibleName(name);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setIconSize({10, 10});
    connect(this, &QListWidget::itemChanged, this, &OverlaidRuns::takeCheck);
    connect(this, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item != nullptr)
            emit chosen(idOf(*item));
    });
    connect(&board, &RunBoard::runsChanged, this, [this] {
        std::erase_if(m_shown,
                      [this](const std::string& id) { return m_board.find(id) == nullptr; });
        fill();
    });
    fill();
}

bool OverlaidRuns::shows(const std::string& id) const
{
    return std::ranges::find(m_shown, id) != m_shown.end();
}

void OverlaidRuns::show(const std::string& id)
{
    m_current = id;
    if (!shows(id)) {
        if (m_shown.size() == kMost)
            m_shown.erase(m_shown.begin());
        m_shown.push_back(id);
    }
    fill();
}

void OverlaidRuns::fill()
{
    const QSignalBlocker quiet(this);
    clear();
    for (const core::RunSummary& run : m_board.runs()) {
        if (run.kind != m_kind)
            continue;
        auto* item = new QListWidgetItem(runTitle(run), this);
        const auto place = std::ranges::find(m_shown, run.id);
        const bool checked = place != m_shown.end();
        item->setData(Qt::UserRole, QString::fromStdString(run.id));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(checked ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(runLine(run));
        QPixmap swatch(10, 10);
        swatch.fill(Qt::transparent);
        if (checked) {
            QPainter painter(&swatch);
            painter.fillRect(0, 3, 10, 4,
                             curveColour(static_cast<int>(place - m_shown.begin()),
                                         QApplication::palette().color(QPalette::Base)));
        }
        item->setIcon(swatch);
        if (run.id == m_current)
            setCurrentItem(item);
    }
}

void OverlaidRuns::takeCheck(QListWidgetItem* item)
{
    const std::string id = idOf(*item);
    std::erase(m_shown, id);
    if (item->checkState() == Qt::Checked) {
        if (m_shown.size() == kMost)
            m_shown.erase(m_shown.begin());
        m_shown.push_back(id);
    }
    // The item is still in use by whoever told.
    QMetaObject::invokeMethod(this, &OverlaidRuns::fill, Qt::QueuedConnection);
    emit shownChanged();
}

void OverlaidRuns::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        fill();
    QListWidget::changeEvent(event);
}

} // namespace ui
