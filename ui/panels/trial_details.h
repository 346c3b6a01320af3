// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/sweep_data.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui
{

/// All that is known of one trial, and the way to its network.
class TrialDetails : public QWidget
{
    Q_OBJECT

public:
    explicit TrialDetails(QWidget* parent = nullptr);

    void show(const SweepData& data, const core::Trial& trial);
    void showNothing();
    QPushButton* openButton() const { return m_open; }

signals:
    void modelRequested(const QString& file);

private:
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_open;
    QString m_file;
};

} // namespace ui
