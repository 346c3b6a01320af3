// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/best_network.h"

#include "ui/runs/run_board.h"
#include "ui/session.h"

#include <algorithm>

namespace ui
{

BestNetwork::BestNetwork(Session& session, RunBoard& board, QObject* parent)
    : QObject(parent), m_session(session), m_board(board), m_wanted(session)
{
}

void BestNetwork::follow(const std::string& run, const core::GolfStep* best)
{
    m_followed = best == nullptr ? std::nullopt
                                 : std::optional(Key{run, best->bestNonzero, best->bestCorrect});
    read();
}

core::ModelPointer BestNetwork::model() const
{
    return m_followed && m_followed == m_known ? m_model : nullptr;
}

/// One reading at a time; what has changed meanwhile is read after it.
void BestNetwork::read()
{
    if (!m_followed || m_followed == m_known || m_reading)
        return;
    m_reading = true;
    m_board.readBest(m_followed->run, [this, key = *m_followed](core::ModelPointer model) {
        m_reading = false;
        m_model = std::move(model);
        m_known = key;
        emit changed();
    });
}

void BestNetwork::open(const std::string& run)
{
    const core::RunSummary* known = m_board.find(run);
    if (known == nullptr)
        return;
    if (!known->model.empty()) {
        m_wanted.show(QString::fromStdString(known->model.string()));
        return;
    }
    m_board.readBest(run, [this](const core::ModelPointer& model) {
        if (model != nullptr)
            showAnew(QString::fromStdString(model->file.string()));
    });
}

/// The file is written anew whenever there is a better network, so what is open may be an older
/// one.
void BestNetwork::showAnew(const QString& file)
{
    const auto& models = m_session.models();
    if (std::ranges::any_of(models, [&](const OpenModel& entry) {
            return QString::fromStdString(entry.opened->file.string()) == file;
        }))
        m_session.openModelFile(file);
    m_wanted.show(file);
}

} // namespace ui
