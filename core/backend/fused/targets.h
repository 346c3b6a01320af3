// SPDX-License-Identifier: GPL-3.0-or-later
// Before any header of Highway: the targets worth compiling. AVX-512, AVX2, SSE4, and what
// every processor has (one lane, in Debian 12's Highway).
#pragma once

#define HWY_DISABLED_TARGETS (HWY_AVX3_DL | HWY_SSSE3)
