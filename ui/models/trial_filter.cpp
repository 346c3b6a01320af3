// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trial_filter.h"

#include "ui/models/trial_table.h"

#include <QRegularExpression>

#include <algorithm>

namespace ui
{

void TrialFilter::setWords(const QString& words)
{
    static const QRegularExpression kSpace(QStringLiteral("\\s+"));
    static const QRegularExpression kComparison(QStringLiteral("^([^<>=]+)(<=|>=|=|<|>)(.+)$"));
    m_words = words;
    m_conditions.clear();
    for (const QString& word : words.split(kSpace, Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = kComparison.match(word);
        if (match.hasMatch())
            m_conditions.push_back({match.captured(1), match.captured(2), match.captured(3)});
        else
            m_conditions.push_back({{}, {}, word});
    }
    invalidateFilter();
}

int TrialFilter::columnNamed(const QString& name) const
{
    for (int column = 0; column < sourceModel()->columnCount(); ++column)
        if (sourceModel()
                ->headerData(column, Qt::Horizontal, Qt::DisplayRole)
                .toString()
                .compare(name, Qt::CaseInsensitive) == 0)
            return column;
    return name.compare(QStringLiteral("value"), Qt::CaseInsensitive) == 0 ? TrialTable::Value : -1;
}

QString TrialFilter::unknown() const
{
    for (const Condition& condition : m_conditions)
        if (!condition.column.isEmpty() && columnNamed(condition.column) < 0)
            return condition.column;
    return {};
}

bool TrialFilter::fulfils(int row, const Condition& condition) const
{
    const auto text = [&](int column) {
        return sourceModel()->index(row, column).data(Qt::DisplayRole).toString();
    };
    if (condition.column.isEmpty()) {
        for (int column = 0; column < sourceModel()->columnCount(); ++column)
            if (text(column).contains(condition.text, Qt::CaseInsensitive))
                return true;
        return false;
    }
    const int column = columnNamed(condition.column);
    if (column < 0)
        return false;
    bool isNumber = false;
    const double wanted = condition.text.toDouble(&isNumber);
    const QVariant value = sourceModel()->index(row, column).data(TrialTable::SortRole);
    if (!isNumber || value.typeId() == QMetaType::QString)
        return condition.sign == u"=" &&
               text(column).compare(condition.text, Qt::CaseInsensitive) == 0;
    if (text(column).isEmpty())
        return false;
    const double found = value.toDouble();
    if (condition.sign == u"=")
        return found == wanted || text(column) == condition.text;
    return (condition.sign == u"<" && found < wanted) ||
           (condition.sign == u">" && found > wanted) ||
           (condition.sign == u"<=" && found <= wanted) ||
           (condition.sign == u">=" && found >= wanted);
}

bool TrialFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    return std::ranges::all_of(m_conditions,
                               [&](const Condition& condition) { return fulfils(row, condition); });
}

} // namespace ui
