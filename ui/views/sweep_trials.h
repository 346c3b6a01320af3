// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/sweep_data.h"

#include <QJsonObject>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;

namespace ui
{

class SortedTable;
class TrialDetails;
class TrialFilter;
class TrialTable;

/// A study's trials as a table that sorts and filters, and beside it what is known of the selected
/// one.
class SweepTrials : public QWidget
{
    Q_OBJECT

public:
    explicit SweepTrials(QWidget* parent = nullptr);

    void setData(const SweepDataPointer& study);               ///< null: none
    std::optional<int> selected() const { return m_selected; } ///< a trial's number
    void select(std::optional<int> trial);

    SortedTable* table() const { return m_table; }
    QLineEdit* filter() const { return m_words; }
    TrialDetails* details() const { return m_details; }

    QJsonObject state() const;
    void restore(const QJsonObject& state);

signals:
    void selectionChanged(); ///< by the person
    void modelRequested(const QString& file);

private:
    void build();
    void takeFilter();
    void takeRow();
    void showSelected();

    SweepDataPointer m_data;
    std::optional<int> m_selected;
    TrialTable* m_trials;
    TrialFilter* m_filter;
    SortedTable* m_table;
    QLineEdit* m_words;
    QLabel* m_count;
    TrialDetails* m_details;
};

} // namespace ui
