// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions.h"

#include <QAction>
#include <QMenu>
#include <QWidget>

namespace ui
{

Actions::Actions(std::vector<ActionSpec> specs, QWidget* window)
    : QObject(window), m_specs(std::move(specs))
{
    for (const ActionSpec& spec : m_specs) {
        auto* action = new QAction(spec.text, window);
        action->setObjectName(spec.id);
        action->setShortcuts(spec.keys);
        action->setCheckable(spec.checkable);
        const QString keys = keysText(spec);
        action->setToolTip(keys.isEmpty() ? spec.text : QString("%1  (%2)").arg(spec.text, keys));
        connect(action, &QAction::triggered, this, [handler = spec.handler] { handler(); });
        window->addAction(action);
        Q_ASSERT(!m_actions.contains(spec.id));
        m_actions[spec.id] = action;
    }
}

QAction* Actions::action(const QString& id) const
{
    const auto found = m_actions.find(id);
    Q_ASSERT(found != m_actions.end());
    return found->second;
}

QStringList Actions::groups() const
{
    QStringList groups;
    for (const ActionSpec& spec : m_specs)
        if (!spec.group.isEmpty() && !groups.contains(spec.group))
            groups.append(spec.group);
    return groups;
}

void Actions::fill(QMenu* menu, const QString& group) const
{
    for (const ActionSpec& spec : m_specs)
        if (spec.group == group && spec.inMenu)
            menu->addAction(action(spec.id));
}

QString keysText(const ActionSpec& spec)
{
    if (!spec.keysLabel.isEmpty())
        return spec.keysLabel;
    QStringList keys;
    for (const QKeySequence& key : spec.keys)
        keys.append(key.toString(QKeySequence::NativeText));
    return keys.join(", ");
}

} // namespace ui
