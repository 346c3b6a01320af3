// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/score_filter.h"

#include "ui/widgets/wrap_layout.h"
#include "ui/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>

namespace ui
{

namespace
{

/// Keeps the first entry where what was saved is no longer offered.
void choose(QComboBox* box, const QString& text)
{
    box->setCurrentIndex(std::max(0, box->findData(text)));
}

} // namespace

ScoreFilter::ScoreFilter(QWidget* parent)
    : QWidget(parent), m_league(new QComboBox), m_selectedOn(new QComboBox),
      m_unverified(new QCheckBox(tr("Also what is not verified")))
{
    m_league->setAccessibleName(tr("League"));
    m_league->setToolTip(tr("What becomes of an image before the network reads it"));
    m_league->addItem(tr("All leagues"), QString());
    for (const core::League league :
         {core::League::Raw, core::League::Transformed, core::League::Averaged})
        m_league->addItem(leagueText(league), leagueText(league));
    m_selectedOn->setAccessibleName(tr("Selected on"));
    m_selectedOn->setToolTip(tr("The images that chose the network"));
    m_selectedOn->addItem(tr("Selected on any split"), QString());
    m_selectedOn->addItem(tr("Selected on test"), QStringLiteral("test"));
    m_selectedOn->addItem(tr("Selected on validation"), QStringLiteral("validation"));
    m_unverified->setToolTip(tr("Lists networks whose file was not counted and evaluated here, "
                                "without a mark in the plot"));
    auto* layout = new WrapLayout(this);
    layout->setContentsMargins(0, 0, 0, 4);
    for (QWidget* control : {static_cast<QWidget*>(m_league), static_cast<QWidget*>(m_selectedOn),
                             static_cast<QWidget*>(m_unverified)})
        layout->addWidget(control);
    connect(m_league, &QComboBox::currentIndexChanged, this, &ScoreFilter::changed);
    connect(m_selectedOn, &QComboBox::currentIndexChanged, this, &ScoreFilter::changed);
    connect(m_unverified, &QCheckBox::toggled, this, &ScoreFilter::changed);
}

bool ScoreFilter::accepts(const KnownScore& entry) const
{
    if (!entry.placed() && !m_unverified->isChecked())
        return false;
    const QString league = m_league->currentData().toString();
    const QString split = m_selectedOn->currentData().toString();
    return (league.isEmpty() || league == leagueText(entry.score.league)) &&
           (split.isEmpty() || split == QString::fromStdString(entry.score.selectedOn));
}

bool ScoreFilter::narrows() const
{
    return m_league->currentIndex() > 0 || m_selectedOn->currentIndex() > 0;
}

QJsonObject ScoreFilter::state() const
{
    return {{QStringLiteral("league"), m_league->currentData().toString()},
            {QStringLiteral("selectedOn"), m_selectedOn->currentData().toString()},
            {QStringLiteral("unverified"), m_unverified->isChecked()}};
}

void ScoreFilter::restore(const QJsonObject& state)
{
    {
        const QSignalBlocker quiet(this);
        choose(m_league, state.value(QStringLiteral("league")).toString());
        choose(m_selectedOn, state.value(QStringLiteral("selectedOn")).toString());
        m_unverified->setChecked(state.value(QStringLiteral("unverified")).toBool());
    }
    emit changed();
}

} // namespace ui
