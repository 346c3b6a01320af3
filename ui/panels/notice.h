// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace ui
{

/// A line above the view that says what went wrong, until it is dismissed.
class Notice : public QWidget
{
    Q_OBJECT

public:
    explicit Notice(QWidget* parent = nullptr);

    void showSentence(const QString& sentence);

private:
    QLabel* m_text;
};

} // namespace ui
