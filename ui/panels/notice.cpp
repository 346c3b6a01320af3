// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/notice.h"

#include "ui/panels/icon_button.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QLabel>

namespace ui
{

Notice::Notice(QWidget* parent) : QWidget(parent), m_text(new QLabel)
{
    setProperty("role", "bar");
    setAttribute(Qt::WA_StyledBackground);
    m_text->setProperty("role", "error");
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    auto* dismiss = new IconButton("close", tr("Dismiss"));
    connect(dismiss, &QToolButton::clicked, this, &QWidget::hide);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(24, 8, 8, 8);
    layout->addWidget(m_text, 1);
    layout->addWidget(dismiss, 0, Qt::AlignTop);
    hide();
}

void Notice::showSentence(const QString& sentence)
{
    m_text->setText(breakable(sentence));
    show();
}

} // namespace ui
