// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui
{

/// A sheet at the window's side that begins something: a heading, fields that scroll, and below
/// them what stands in the way and the button that starts.
class SideForm : public QWidget
{
    Q_OBJECT

public:
    SideForm(const QString& heading, QWidget* parent);

    QPushButton* startButton() const { return m_start; }
    void showFailure(const QString& sentence); ///< of the last attempt to start

signals:
    void closeRequested();

protected:
    enum class Place { Beside, Over }; ///< what lies over its neighbour shows an edge

    /// Once, with all that scrolls; `name` tells screen readers what it is.
    void layOut(QWidget* fields, const QString& name, Place place);
    /// Empty: nothing.
    void showProblem(const QString& sentence);

private:
    QLabel* m_heading;
    QLabel* m_problem;
    QPushButton* m_start;
};

} // namespace ui
