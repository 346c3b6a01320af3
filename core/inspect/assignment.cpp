// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/assignment.h"

#include <cassert>
#include <cstddef>
#include <limits>

namespace core
{

namespace
{

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// For at least as many columns as rows. Rows are added one by one; each takes a free column at the
/// end of the cheapest path of re-assignments. Prices keep every reduced cost at 0 or above, which
/// makes Dijkstra's algorithm right for the search.
class Assignment
{
public:
    Assignment(std::vector<double> cost, std::size_t rows, std::size_t columns)
        : m_cost(std::move(cost)), m_columns(columns), m_rowPrice(rows), m_columnPrice(columns),
          m_rowOf(columns, kNone)
    {
        for (std::size_t row = 0; row < rows; ++row)
            add(row);
    }

    const std::vector<std::size_t>& rowOf() const { return m_rowOf; }

private:
    double reduced(std::size_t row, std::size_t column) const
    {
        return m_cost[row * m_columns + column] - m_rowPrice[row] - m_columnPrice[column];
    }

    void add(std::size_t newRow)
    {
        std::vector<double> distance(m_columns, std::numeric_limits<double>::infinity());
        std::vector<std::size_t> from(m_columns, kNone); ///< the column before on the path
        std::vector<bool> done(m_columns, false);
        std::size_t row = newRow;
        std::size_t last = kNone;
        double reached = 0;
        do {
            const std::size_t nearest = relax(row, reached, last, distance, from, done);
            done[nearest] = true;
            reached = distance[nearest];
            last = nearest;
            row = m_rowOf[nearest];
        } while (row != kNone);
        updatePrices(newRow, reached, distance, done);
        for (std::size_t column = last; column != kNone; column = from[column])
            m_rowOf[column] = from[column] == kNone ? newRow : m_rowOf[from[column]];
    }

    /// Continues all paths through `row`; returns the nearest column that is not done.
    std::size_t relax(std::size_t row, double reached, std::size_t via,
                      std::vector<double>& distance, std::vector<std::size_t>& from,
                      const std::vector<bool>& done) const
    {
        std::size_t nearest = kNone;
        for (std::size_t column = 0; column < m_columns; ++column) {
            if (done[column])
                continue;
            const double through = reached + reduced(row, column);
            if (through < distance[column]) {
                distance[column] = through;
                from[column] = via;
            }
            if (nearest == kNone || distance[column] < distance[nearest])
                nearest = column;
        }
        return nearest;
    }

    void updatePrices(std::size_t newRow, double reached, const std::vector<double>& distance,
                      const std::vector<bool>& done)
    {
        m_rowPrice[newRow] += reached;
        for (std::size_t column = 0; column < m_columns; ++column) {
            if (!done[column])
                continue;
            const double surplus = reached - distance[column];
            m_columnPrice[column] -= surplus;
            if (m_rowOf[column] != kNone)
                m_rowPrice[m_rowOf[column]] += surplus;
        }
    }

    std::vector<double> m_cost; ///< [rows, columns]
    std::size_t m_columns;
    std::vector<double> m_rowPrice;
    std::vector<double> m_columnPrice;
    std::vector<std::size_t> m_rowOf; ///< [columns]
};

} // namespace

std::vector<int> assign(std::span<const double> benefit, int rows, int columns)
{
    assert(rows >= 0 && columns >= 0);
    const auto m = static_cast<std::size_t>(rows);
    const auto n = static_cast<std::size_t>(columns);
    assert(benefit.size() == m * n);
    std::vector<double> cost(m * n);
    std::vector<int> result(m, -1);
    if (m <= n) {
        for (std::size_t i = 0; i < m * n; ++i)
            cost[i] = -benefit[i];
        const Assignment found(std::move(cost), m, n);
        for (std::size_t column = 0; column < n; ++column)
            if (found.rowOf()[column] != kNone)
                result[found.rowOf()[column]] = static_cast<int>(column);
    } else {
        for (std::size_t i = 0; i < m * n; ++i)
            cost[i % n * m + i / n] = -benefit[i];
        const Assignment found(std::move(cost), n, m);
        for (std::size_t row = 0; row < m; ++row)
            if (found.rowOf()[row] != kNone)
                result[row] = static_cast<int>(found.rowOf()[row]);
    }
    return result;
}

} // namespace core
