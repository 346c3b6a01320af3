// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QToolButton;

namespace ui
{

/// A row of choices of which one holds.
class Segments : public QWidget
{
    Q_OBJECT

public:
    explicit Segments(const QStringList& texts, QWidget* parent = nullptr);

    QToolButton* button(int index) const;
    int current() const;
    void setCurrent(int index); ///< does not send chosen()

signals:
    void chosen(int index); ///< by the person

private:
    QButtonGroup* m_group;
};

} // namespace ui
