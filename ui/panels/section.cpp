// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/section.h"

#include "ui/panels/icon_button.h"

#include <QEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui
{

Section::Section(QString id, const QString& title, QWidget* parent)
    : QWidget(parent), m_id(std::move(id)), m_header(new QToolButton), m_body(new QWidget)
{
    m_header->setProperty("role", "section");
    m_header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->setIconSize({10, 10});
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_header->setCheckable(true);
    m_header->setChecked(true);
    setTitle(title);
    m_bodyLayout = new QVBoxLayout(m_body);
    m_bodyLayout->setContentsMargins(0, 0, 0, 4);
    m_bodyLayout->setSpacing(6);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_header);
    layout->addWidget(m_body);
    connect(m_header, &QToolButton::toggled, this, [this](bool open) {
        m_body->setVisible(open);
        showIcon();
        emit openChanged();
    });
    showIcon();
}

void Section::setTitle(const QString& title)
{
    m_header->setText(title);
    m_header->setAccessibleName(title);
    m_header->setToolTip(tr("Fold or unfold: %1").arg(title));
}

bool Section::folded() const
{
    return !m_header->isChecked();
}

void Section::setFolded(bool folded)
{
    m_header->setChecked(!folded);
}

void Section::showIcon()
{
    m_header->setIcon(themedIcon(folded() ? "chevron-right" : "chevron-down", palette()));
}

void Section::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    emit openChanged();
}

void Section::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    emit openChanged();
}

void Section::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcon();
    QWidget::changeEvent(event);
}

} // namespace ui
