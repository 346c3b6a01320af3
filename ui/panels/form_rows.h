// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QSpinBox;
class QWidget;

namespace ui
{

// The controls of a form, alike everywhere.

QSpinBox* countBox(int least, int most);
QDoubleSpinBox* numberBox(double least, double most, int decimals, double step);
QComboBox* choiceBox(const QStringList& texts);
QLabel* formLabel(const char* role); ///< wraps its text; of a role of the style sheet

/// So that the style sheet looks at it again.
void changeRole(QLabel* label, const char* role);

/// A labelled control across the whole width, or in one half of it: left, then right, then the next
/// row. `grid` has two columns.
class FormRows
{
public:
    explicit FormRows(QWidget* parent);

    void addWide(const QString& text, QWidget* control, const QString& tip);
    void addHalf(const QString& text, QWidget* control, const QString& tip);
    void addPlain(QWidget* widget); ///< without a label

private:
    QGridLayout* m_grid;
    int m_row = 0;
    int m_half = 0;
};

} // namespace ui
