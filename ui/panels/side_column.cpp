// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/side_column.h"

#include "ui/panels/icon_button.h"
#include "ui/panels/panel.h"

#include <QFrame>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui
{

namespace
{

constexpr int kRailWidth = 40;
constexpr int kWidest = 420;

QFrame* rule()
{
    auto* line = new QFrame;
    line->setProperty("role", "rule");
    line->setFixedHeight(1);
    return line;
}

} // namespace

SideColumn::SideColumn(std::vector<Entry> entries, int width, QWidget* parent)
    : QWidget(parent), m_width(width), m_content(makeContent(entries)), m_rail(makeRail(entries))
{
    setProperty("role", "panel");
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_content);
    layout->addWidget(m_rail);
    m_rail->hide();
    setMinimumWidth(m_width);
    setMaximumWidth(kWidest);
}

int SideColumn::wantedWidth() const
{
    return folded() ? kRailWidth : m_width;
}

QWidget* SideColumn::makeContent(const std::vector<Entry>& entries)
{
    auto* inner = new QWidget;
    auto* layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (const Entry& entry : entries) {
        if (layout->count() > 0)
            layout->addWidget(rule());
        layout->addWidget(entry.panel, entry.stretch);
    }
    layout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

QWidget* SideColumn::makeRail(const std::vector<Entry>& entries)
{
    auto* rail = new QWidget;
    auto* layout = new QVBoxLayout(rail);
    layout->setContentsMargins(4, 8, 4, 8);
    layout->setSpacing(4);
    for (const Entry& entry : entries) {
        auto* button = new IconButton(entry.icon, tr("Show %1").arg(entry.name.toLower()));
        connect(button, &QToolButton::clicked, this, [this, panel = entry.panel] {
            panel->setFolded(false);
            setFolded(false);
        });
        layout->addWidget(button);
    }
    layout->addStretch();
    return rail;
}

void SideColumn::setFolded(bool folded)
{
    const bool opens = !folded && this->folded();
    apply(folded, false);
    if (opens)
        emit opened();
}

void SideColumn::setSqueezed(bool squeezed)
{
    apply(m_folded, squeezed);
}

void SideColumn::apply(bool wanted, bool squeezed)
{
    const bool before = folded();
    m_folded = wanted;
    m_squeezed = squeezed;
    if (folded() == before)
        return;
    m_content->setVisible(before);
    m_rail->setVisible(!before);
    setMinimumWidth(wantedWidth());
    setMaximumWidth(before ? kWidest : kRailWidth);
    emit foldedChanged(!before);
}

} // namespace ui
