// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel.h"

#include "ui/panels/icon_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui
{

Panel::Panel(const QString& title, QWidget* parent) : QWidget(parent)
{
    setProperty("role", "panel");
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(title);

    auto* label = new QLabel(title.toUpper());
    label->setProperty("role", "heading");
    m_fold = new IconButton("chevron-down", tr("Fold %1").arg(title.toLower()));
    connect(m_fold, &QToolButton::clicked, this, [this] { setFolded(!folded()); });

    m_header = new QHBoxLayout;
    m_header->setContentsMargins(4, 0, 0, 0);
    m_header->setSpacing(4);
    m_header->addWidget(label, 1);
    m_header->addWidget(m_fold);

    m_body = new QWidget;
    m_bodyLayout = new QVBoxLayout(m_body);
    m_bodyLayout->setContentsMargins(4, 0, 4, 4);
    m_bodyLayout->setSpacing(8);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    layout->addLayout(m_header);
    layout->addWidget(m_body, 1);
}

bool Panel::folded() const
{
    return m_body->isHidden();
}

void Panel::setFolded(bool folded)
{
    if (folded == this->folded())
        return;
    m_body->setVisible(!folded);
    m_fold->setIconName(folded ? "chevron-right" : "chevron-down");
    setMaximumHeight(folded ? sizeHint().height() : QWIDGETSIZE_MAX);
    emit foldedChanged(folded);
}

void Panel::addHeaderWidget(QWidget* widget)
{
    m_header->insertWidget(m_header->count() - 1, widget);
}

} // namespace ui
