// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/torch_content.h"

namespace core
{

bool looksLikeTar(Bytes content);

/// What torch.save wrote in 2016 and early 2017: a tar archive with `storages`, `tensors` and
/// `pickle`. Throws Error(Input), also for tar archives of other programs.
TorchContent readTorchTar(Bytes content, MemoryBudget& budget);

} // namespace core
