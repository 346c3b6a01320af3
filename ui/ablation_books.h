// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation.h"

#include <map>
#include <vector>

namespace ui
{

/// What is ablated in each open model, and the network that comes of it. A model is named by the
/// pointer with which it was opened. Lives on the GUI thread.
class AblationBooks
{
public:
    void keepOnly(const std::vector<core::ModelPointer>& models);

    core::AblationHistory& history(const core::ModelPointer& model); ///< begun where there is none
    const core::AblationHistory* find(const core::ModelPointer& model) const; ///< or null
    core::ModelPointer edited(const core::ModelPointer& model) const; ///< `model` where nothing is

    /// Makes the edited network anew; `seen` as for core::ablatedModel(). Returns the one before,
    /// which has to live until everybody has let go of it.
    core::ModelPointer publish(const core::ModelPointer& model, core::Split seen);

    /// Instead of what is ablated in the model. Throws as core::AblationHistory().
    void restore(const core::ModelPointer& model, std::vector<core::AblationStep> steps,
                 std::size_t done);

private:
    struct Entry {
        core::AblationHistory history;
        core::ModelPointer edited; ///< null: nothing is done
    };

    std::map<core::ModelPointer, Entry> m_entries;
};

} // namespace ui
