// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/sweep_trials.h"

#include "ui/models/trial_filter.h"
#include "ui/models/trial_table.h"
#include "ui/panels/trial_details.h"
#include "ui/widgets/sorted_table.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui
{

namespace
{

constexpr int kHeight = 208;
constexpr int kDetailsWidth = 248;

} // namespace

SweepTrials::SweepTrials(QWidget* parent)
    : QWidget(parent), m_trials(new TrialTable(this)), m_filter(new TrialFilter),
      m_table(new SortedTable(m_trials, m_filter, TrialTable::SortRole)), m_words(new QLineEdit),
      m_count(new QLabel), m_details(new TrialDetails)
{
    build();
    connect(m_words, &QLineEdit::textChanged, this, &SweepTrials::takeFilter);
    connect(m_table, &SortedTable::currentEntryChanged, this, &SweepTrials::takeRow);
    connect(m_details, &TrialDetails::modelRequested, this, &SweepTrials::modelRequested);
}

void SweepTrials::build()
{
    m_table->setAccessibleName(tr("Trials"));
    m_table->sortByColumn(TrialTable::Number, Qt::DescendingOrder);
    m_words->setAccessibleName(tr("Filter of the trials"));
    m_words->setPlaceholderText(tr("Filter: pruned, lr<0.001, accuracy>=98"));
    m_words->setClearButtonEnabled(true);
    for (auto* clear : m_words->findChildren<QAbstractButton*>())
        clear->setAccessibleName(tr("Clear the filter"));
    m_words->setMaximumWidth(360);
    m_count->setProperty("role", "caption");
    auto* above = new QHBoxLayout;
    above->setSpacing(8);
    above->addWidget(m_words, 1);
    above->addWidget(m_count, 1);
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addLayout(above);
    left->addWidget(m_table, 1);
    m_details->setFixedWidth(kDetailsWidth);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(left, 1);
    layout->addWidget(m_details);
    setFixedHeight(kHeight);
}

void SweepTrials::setData(const SweepDataPointer& study)
{
    const bool other =
        !study || !m_data || study->study != m_data->study || study->storage != m_data->storage;
    {
        const QSignalBlocker quiet(m_table);
        m_data = study;
        m_trials->setData(study);
        if (other)
            m_selected.reset();
        const auto row = m_selected ? m_trials->rowOf(*m_selected) : std::nullopt;
        if (row && !m_table->currentEntry()) // the columns have changed
            m_table->showEntry(*row);
    }
    takeFilter();
    showSelected();
}

void SweepTrials::select(std::optional<int> trial)
{
    m_selected = trial;
    const auto row = trial ? m_trials->rowOf(*trial) : std::nullopt;
    const QSignalBlocker quiet(m_table);
    if (row)
        m_table->showEntry(*row);
    else
        m_table->clearSelection();
    showSelected();
}

void SweepTrials::takeRow()
{
    const auto row = m_table->currentEntry();
    if (!row)
        return;
    m_selected = m_trials->trial(*row).number;
    showSelected();
    emit selectionChanged();
}

void SweepTrials::showSelected()
{
    const core::Trial* trial = m_data && m_selected ? m_data->find(*m_selected) : nullptr;
    if (trial == nullptr)
        m_details->showNothing();
    else
        m_details->show(*m_data, *trial);
}

void SweepTrials::takeFilter()
{
    if (m_filter->words() != m_words->text())
        m_filter->setWords(m_words->text());
    const QString unknown = m_filter->unknown();
    const int all = m_trials->rowCount();
    const int shown = m_filter->rowCount();
    m_count->setText(!unknown.isEmpty() ? tr("There is no column \"%1\".").arg(unknown)
                     : shown < all      ? tr("%1 of %2").arg(shown).arg(all)
                                        : QString());
}

QJsonObject SweepTrials::state() const
{
    QJsonObject state = m_table->order();
    state.insert(QStringLiteral("filter"), m_words->text());
    return state;
}

void SweepTrials::restore(const QJsonObject& state)
{
    m_table->restoreOrder(state);
    m_words->setText(state.value(QStringLiteral("filter")).toString());
}

} // namespace ui
