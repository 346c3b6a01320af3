// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/space.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QGridLayout;
class QLineEdit;

namespace ui
{

/// The ranges of a search as rows: whether it is searched, from, to, or the choices.
class RangeFields : public QWidget
{
    Q_OBJECT

public:
    explicit RangeFields(QWidget* parent = nullptr);

    void setSpace(const core::SearchSpace& space);
    /// What the rows say. Throws core::Error(Usage) naming the row that makes no sense.
    core::SearchSpace space() const;

signals:
    void changed();

private:
    struct Row {
        core::Dimension dimension;
        QCheckBox* wanted;
        QLineEdit* low;  ///< or the choices
        QLineEdit* high; ///< nullptr for choices
    };

    void addRow(const core::Dimension& dimension);
    core::Distribution distributionOf(const Row& row) const;

    std::vector<Row> m_rows;
    QGridLayout* m_grid;
};

} // namespace ui
