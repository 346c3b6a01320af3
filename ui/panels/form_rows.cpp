// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/form_rows.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>
#include <QStyle>

namespace ui
{

namespace
{

/// "0.0008" rather than "0.000800".
class NumberBox : public QDoubleSpinBox
{
public:
    QString textFromValue(double value) const override
    {
        QString text = locale().toString(value, 'f', decimals());
        const QString point = locale().decimalPoint();
        while (text.contains(point) && (text.endsWith(u'0') || text.endsWith(point)))
            text.chop(1);
        return text;
    }
};

/// Turning the wheel over a control scrolls the form. Only the control that has the focus takes it:
/// else somebody who scrolls past changes numbers without seeing it.
class WheelScrolls : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* object, QEvent* event) override
    {
        const auto* control = static_cast<QWidget*>(object);
        if (event->type() != QEvent::Wheel || control->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

void letWheelScroll(QWidget* control)
{
    if (control->focusPolicy() != Qt::WheelFocus)
        return;
    control->setFocusPolicy(Qt::StrongFocus);
    control->installEventFilter(new WheelScrolls(control));
}

} // namespace

QSpinBox* countBox(int least, int most)
{
    auto* box = new QSpinBox;
    box->setRange(least, most);
    return box;
}

QDoubleSpinBox* numberBox(double least, double most, int decimals, double step)
{
    auto* box = new NumberBox;
    box->setRange(least, most);
    box->setDecimals(decimals);
    box->setSingleStep(step);
    return box;
}

QComboBox* choiceBox(const QStringList& texts)
{
    auto* box = new QComboBox;
    box->addItems(texts);
    // A long entry may not make the form wider.
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    return box;
}

QLabel* formLabel(const char* role)
{
    auto* label = new QLabel;
    label->setProperty("role", role);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

void changeRole(QLabel* label, const char* role)
{
    label->setProperty("role", role);
    label->style()->unpolish(label);
    label->style()->polish(label);
}

FormRows::FormRows(QWidget* parent) : m_grid(new QGridLayout(parent))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
}

void FormRows::addWide(const QString& text, QWidget* control, const QString& tip)
{
    if (m_half != 0)
        m_row += 3;
    m_half = 0;
    auto* label = new QLabel(text);
    label->setProperty("role", "caption");
    label->setBuddy(control);
    control->setAccessibleName(text);
    control->setToolTip(tip);
    letWheelScroll(control);
    m_grid->addWidget(label, m_row, 0, 1, 2);
    m_grid->addWidget(control, m_row + 1, 0, 1, 2);
    m_grid->setRowMinimumHeight(m_row + 2, 6);
    m_row += 3;
}

void FormRows::addHalf(const QString& text, QWidget* control, const QString& tip)
{
    auto* label = new QLabel(text);
    label->setProperty("role", "caption");
    label->setBuddy(control);
    label->setToolTip(tip);
    control->setAccessibleName(text);
    control->setToolTip(tip);
    letWheelScroll(control);
    control->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_grid->addWidget(label, m_row, m_half);
    m_grid->addWidget(control, m_row + 1, m_half);
    m_grid->setRowMinimumHeight(m_row + 2, 6);
    m_half = 1 - m_half;
    if (m_half == 0)
        m_row += 3;
}

void FormRows::addPlain(QWidget* widget)
{
    if (m_half != 0)
        m_row += 3;
    m_half = 0;
    m_grid->addWidget(widget, m_row, 0, 1, 2);
    m_grid->setRowMinimumHeight(m_row + 1, 4);
    m_row += 2;
}

} // namespace ui
