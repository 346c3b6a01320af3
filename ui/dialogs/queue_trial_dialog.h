// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/space.h"

#include <QDialog>

#include <map>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui
{

/// Asks for the values of a trial that is to be tried next.
class QueueTrialDialog : public QDialog
{
    Q_OBJECT

public:
    /// `begin` fills the fields in, as for a trial near another one.
    QueueTrialDialog(core::SearchSpace space, const std::map<std::string, core::SearchValue>& begin,
                     QWidget* parent = nullptr);

    /// Those that were typed. Throws core::Error(Usage) naming a value that its range doesn't have.
    std::map<std::string, core::SearchValue> values() const;
    QLineEdit* field(std::size_t dimension) const { return m_fields[dimension]; }
    QPushButton* queueButton() const { return m_queue; }

signals:
    void queued(const std::map<std::string, core::SearchValue>& values);

private:
    void check();

    core::SearchSpace m_space;
    std::vector<QLineEdit*> m_fields; ///< one a dimension
    QLabel* m_problem;
    QPushButton* m_queue;
};

} // namespace ui
