// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scoreboard_figure.h"

#include <QJsonObject>
#include <QWidget>

class QCheckBox;
class QComboBox;

namespace ui
{

/// Which entries of the scoreboard are looked at: of one league, selected on one split. What was
/// not verified here stays out unless it is asked for, and is in the table only.
class ScoreFilter : public QWidget
{
    Q_OBJECT

public:
    explicit ScoreFilter(QWidget* parent = nullptr);

    bool accepts(const KnownScore& entry) const;
    bool narrows() const; ///< leaves out some that are verified

    QJsonObject state() const;
    void restore(const QJsonObject& state);

signals:
    void changed();

private:
    QComboBox* m_league;
    QComboBox* m_selectedOn;
    QCheckBox* m_unverified;
};

} // namespace ui
