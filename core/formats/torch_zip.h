// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/torch_content.h"

namespace core
{

/// What torch.save writes since 1.6 and torch.jit.save since 1.4: a zip archive with `data.pkl` and
/// one member a storage. `budget` must outlive the result. Throws Error(Input), also for zip
/// archives of other programs.
TorchContent readTorchZip(Bytes content, MemoryBudget& budget);

/// The member, next to data.pkl, in which Caddie keeps what a state_dict doesn't say.
constexpr std::string_view kOwnMember = "caddie.json";

} // namespace core
