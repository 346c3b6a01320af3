// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choice_bar.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace ui
{

ChoiceBar::ChoiceBar(const QString& name, QWidget* parent)
    : QWidget(parent), m_group(new QButtonGroup(this))
{
    setAccessibleName(name);
    setProperty("role", "segments");
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->setSpacing(2);
    connect(m_group, &QButtonGroup::idClicked, this, &ChoiceBar::chosen);
}

void ChoiceBar::setChoices(const QStringList& choices)
{
    const QList<QAbstractButton*> old = m_group->buttons();
    const bool same =
        std::equal(old.begin(), old.end(), choices.begin(), choices.end(),
                   [](const auto* button, const QString& text) { return button->text() == text; });
    if (same)
        return;
    const int before = current();
    for (QAbstractButton* button : old) {
        m_group->removeButton(button);
        button->hide();
        button->deleteLater(); // one of them may be the sender of the signal that led here
    }
    for (int i = 0; i < choices.size(); ++i) {
        auto* button = new QToolButton;
        button->setText(choices[i]);
        button->setCheckable(true);
        button->setProperty("role", "segment");
        button->setAccessibleName(accessibleName() + QStringLiteral(": ") + choices[i]);
        m_group->addButton(button, i);
        layout()->addWidget(button);
    }
    if (!choices.isEmpty())
        setCurrent(before >= 0 && before < choices.size() ? before : 0);
}

void ChoiceBar::setTip(int index, const QString& tip)
{
    if (QAbstractButton* button = m_group->button(index))
        button->setToolTip(tip);
}

QAbstractButton* ChoiceBar::button(int index) const
{
    return m_group->button(index);
}

int ChoiceBar::current() const
{
    return m_group->checkedId();
}

void ChoiceBar::setCurrent(int index)
{
    if (QAbstractButton* button = m_group->button(index))
        button->setChecked(true);
}

} // namespace ui
