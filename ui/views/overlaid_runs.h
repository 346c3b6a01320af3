// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_spec.h"

#include <QListWidget>

#include <string>
#include <vector>

namespace ui
{

class RunBoard;

/// The runs of one kind, each with a check mark that overlays its curves and the colour they have.
class OverlaidRuns : public QListWidget
{
    Q_OBJECT

public:
    OverlaidRuns(RunBoard& board, core::RunKind kind, const QString& name,
                 QWidget* parent = nullptr);

    /// Those with a check mark; the place decides the colour.
    const std::vector<std::string>& shown() const { return m_shown; }
    bool shows(const std::string& id) const;
    void show(const std::string& id); ///< checks it and makes it the current one

    static constexpr std::size_t kMost = 6; ///< as many as there are colours

signals:
    void shownChanged();
    void chosen(const std::string& id); ///< by the person

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void takeCheck(QListWidgetItem* item);

    RunBoard& m_board;
    core::RunKind m_kind;
    std::string m_current;
    std::vector<std::string> m_shown;
};

} // namespace ui
