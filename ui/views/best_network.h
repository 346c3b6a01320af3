// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf.h"
#include "core/model/model.h"
#include "ui/wanted_model.h"

#include <QObject>

#include <optional>
#include <string>

namespace ui
{

class RunBoard;
class Session;

/// The smallest network so far of a game that met the target, read from disk when there is another.
class BestNetwork : public QObject
{
    Q_OBJECT

public:
    BestNetwork(Session& session, RunBoard& board, QObject* parent = nullptr);

    /// Whose best is wanted; null: there is none yet. changed() tells when it has been read.
    void follow(const std::string& run, const core::GolfStep* best);
    core::ModelPointer model() const; ///< of what is followed; null: not read yet, or not on disk
    bool reading() const { return m_reading; }

    void open(const std::string& run); ///< makes a game's best the current model

signals:
    void changed();

private:
    void read();
    void showAnew(const QString& file);

    struct Key {
        std::string run;
        int nonzero = 0;
        int correct = 0;
        bool operator==(const Key&) const = default;
    };

    Session& m_session;
    RunBoard& m_board;
    WantedModel m_wanted;
    std::optional<Key> m_followed;
    std::optional<Key> m_known; ///< what was read last
    core::ModelPointer m_model;
    bool m_reading = false;
};

} // namespace ui
