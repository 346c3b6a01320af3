// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/restored_models.h"

#include "ui/ablations.h"
#include "ui/session.h"

#include <QFileInfo>

#include <algorithm>

namespace ui
{

namespace
{

QString fileOf(const OpenModel& entry)
{
    return QString::fromStdString(entry.opened->file.string());
}

QString hashOf(const OpenModel& entry)
{
    return QString::fromStdString(core::modelHash(*entry.opened));
}

class Restorer : public QObject
{
public:
    Restorer(Session& session, const SavedSession& saved, bool ablations)
        : QObject(&session), m_session(session), m_current(saved.currentFile),
          m_reference(saved.referenceFile)
    {
        if (ablations)
            m_ablations = saved.ablations;
        connect(&session, &Session::modelOpened, this, &Restorer::take);
    }

private:
    void take(int index)
    {
        const OpenModel entry = m_session.models()[static_cast<std::size_t>(index)];
        if (fileOf(entry) == m_current)
            m_session.setCurrent(index);
        if (fileOf(entry) == m_reference)
            m_session.setReference(index);
        const auto found = std::ranges::find(m_ablations, fileOf(entry), &SavedAblations::file);
        if (found == m_ablations.end())
            return;
        if (found->hash == hashOf(entry))
            m_session.ablations().restore(entry.opened, found->steps,
                                          static_cast<std::size_t>(std::max(0, found->done)));
        else
            emit m_session.failed(Session::tr("%1 has changed, so what was ablated in it is not "
                                              "ablated now.")
                                      .arg(QFileInfo(found->file).fileName()));
        m_ablations.erase(found);
    }

    Session& m_session;
    const QString m_current;
    const QString m_reference;
    std::vector<SavedAblations> m_ablations;
};

} // namespace

std::vector<SavedAblations> savedAblations(const Session& session)
{
    std::vector<SavedAblations> saved;
    for (const OpenModel& entry : session.models()) {
        const core::AblationHistory* history = session.ablations().historyOf(entry.opened);
        if (history == nullptr || history->steps().empty() || entry.opened->file.empty())
            continue;
        saved.push_back({fileOf(entry),
                         hashOf(entry),
                         static_cast<int>(history->done().size()),
                         {history->steps().begin(), history->steps().end()}});
    }
    return saved;
}

void restoreWhenOpen(Session& session, const SavedSession& saved, bool ablations)
{
    new Restorer(session, saved, ablations);
}

} // namespace ui
