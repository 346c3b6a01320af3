// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ablation_books.h"

#include <algorithm>
#include <utility>

namespace ui
{

void AblationBooks::keepOnly(const std::vector<core::ModelPointer>& models)
{
    std::erase_if(m_entries, [&](const auto& entry) {
        return std::ranges::find(models, entry.first) == models.end();
    });
}

core::AblationHistory& AblationBooks::history(const core::ModelPointer& model)
{
    const auto found = m_entries.find(model);
    if (found != m_entries.end())
        return found->second.history;
    Entry fresh{core::AblationHistory(model->parameters), nullptr};
    return m_entries.emplace(model, std::move(fresh)).first->second.history;
}

const core::AblationHistory* AblationBooks::find(const core::ModelPointer& model) const
{
    const auto found = m_entries.find(model);
    return found == m_entries.end() ? nullptr : &found->second.history;
}

core::ModelPointer AblationBooks::edited(const core::ModelPointer& model) const
{
    const auto found = m_entries.find(model);
    return found == m_entries.end() || !found->second.edited ? model : found->second.edited;
}

core::ModelPointer AblationBooks::publish(const core::ModelPointer& model, core::Split seen)
{
    core::AblationHistory& known = history(model);
    core::ModelPointer now;
    if (!known.done().empty())
        now = std::make_shared<core::Model>(core::ablatedModel(*model, known, seen));
    return std::exchange(m_entries.at(model).edited, std::move(now));
}

void AblationBooks::restore(const core::ModelPointer& model, std::vector<core::AblationStep> steps,
                            std::size_t done)
{
    m_entries[model].history = core::AblationHistory(model->parameters, std::move(steps), done);
}

} // namespace ui
