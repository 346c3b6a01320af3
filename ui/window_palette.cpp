// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_palette.h"

#include "ui/actions.h"
#include "ui/models/go_to.h"
#include "ui/session.h"

#include <QAction>
#include <QObject>

namespace ui
{

namespace
{

void addActions(std::vector<PaletteEntry>& entries, const Actions& actions)
{
    for (const ActionSpec& spec : actions.specs()) {
        // What stands for several keys at once is no single deed.
        if (spec.group.isEmpty() || !spec.keysLabel.isEmpty() || spec.id == "go.palette")
            continue;
        QAction* action = actions.action(spec.id);
        if (action->isEnabled())
            entries.push_back(
                {spec.text, spec.group, keysText(spec), [action] { action->trigger(); }});
    }
}

void addModels(std::vector<PaletteEntry>& entries, Session& session)
{
    for (const OpenModel& open : session.models()) {
        const auto show = [&session, model = open.model] {
            const auto& models = session.models();
            for (std::size_t i = 0; i < models.size(); ++i)
                if (models[i].model == model)
                    session.setCurrent(static_cast<int>(i));
        };
        entries.push_back(
            {QString::fromStdString(open.model->name), QObject::tr("Model"), {}, show});
    }
}

void addPlaces(std::vector<PaletteEntry>& entries, Session& session)
{
    const core::ModelPointer model = session.current();
    if (!model)
        return;
    QStringList places = destinations(model->architecture, {});
    for (int label = 0; label < model->architecture.classes(); ++label)
        places.append(QString("class %1").arg(label));
    for (const QString& place : places) {
        const auto go = [&session, place] {
            const core::ModelPointer current = session.current();
            const auto where =
                current ? parseDestination(place, current->architecture, session.selection(), {})
                        : std::nullopt;
            if (where && where->selection)
                session.select(*where->selection);
        };
        entries.push_back({place, QObject::tr("Select"), {}, go});
    }
}

} // namespace

std::vector<PaletteEntry> paletteEntries(const Actions& actions, Session& session)
{
    std::vector<PaletteEntry> entries;
    addActions(entries, actions);
    addModels(entries, session);
    addPlaces(entries, session);
    return entries;
}

} // namespace ui
