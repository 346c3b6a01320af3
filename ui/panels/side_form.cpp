// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/side_form.h"

#include "ui/panels/form_rows.h"
#include "ui/panels/icon_button.h"
#include "ui/widgets/focus_ring.h"
#include "ui/words.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui
{

namespace
{

QFrame* rule()
{
    auto* line = new QFrame;
    line->setProperty("role", "rule");
    return line;
}

} // namespace

SideForm::SideForm(const QString& heading, QWidget* parent)
    : QWidget(parent), m_heading(new QLabel(heading)), m_problem(formLabel("error")),
      m_start(new QPushButton(tr("Start")))
{
    setProperty("role", "panel");
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(heading);
    m_heading->setProperty("role", "title");
    m_start->setProperty("role", "primary");
}

void SideForm::layOut(QWidget* fields, const QString& name, Place place)
{
    auto* close = new IconButton("close", tr("Close the form"));
    connect(close, &QToolButton::clicked, this, &SideForm::closeRequested);
    auto* header = new QHBoxLayout;
    header->setContentsMargins(12, 12, 8, 0);
    header->addWidget(m_heading, 1);
    header->addWidget(close);
    auto* scroll = new QScrollArea;
    scroll->setWidget(fields);
    scroll->setFrameShape(QFrame::NoFrame);
    scrollByKeys(scroll, name);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(12, 8, 12, 12);
    foot->setSpacing(8);
    foot->addWidget(m_problem);
    foot->addWidget(m_start);
    QFrame* aboveFoot = rule();
    aboveFoot->setFixedHeight(1);
    auto* sheet = new QVBoxLayout;
    sheet->setContentsMargins(0, 0, 0, 0);
    sheet->setSpacing(4);
    sheet->addLayout(header);
    sheet->addWidget(scroll, 1);
    sheet->addWidget(aboveFoot);
    sheet->addLayout(foot);
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    if (place == Place::Over) {
        QFrame* edge = rule();
        edge->setFixedWidth(1);
        whole->addWidget(edge);
    }
    whole->addLayout(sheet, 1);
}

void SideForm::showFailure(const QString& sentence)
{
    showProblem(sentence);
}

void SideForm::showProblem(const QString& sentence)
{
    m_problem->setText(breakable(sentence));
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace ui
