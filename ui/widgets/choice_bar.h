// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QAbstractButton;
class QButtonGroup;

namespace ui
{

/// A few exclusive choices side by side.
class ChoiceBar : public QWidget
{
    Q_OBJECT

public:
    explicit ChoiceBar(const QString& name, QWidget* parent = nullptr);

    void setChoices(const QStringList& choices); ///< keeps the current index where it still exists
    void setTip(int index, const QString& tip);
    QAbstractButton* button(int index) const;
    int current() const;
    void setCurrent(int index); ///< does not emit chosen()

signals:
    void chosen(int index); ///< by the person

private:
    QButtonGroup* m_group;
};

} // namespace ui
