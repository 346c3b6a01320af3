#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Milliseconds from the start of the process to the first painted window, five times, and what
# loading LibTorch's libraries alone costs (which happens behind the window).
#     tests/benchmarks/ui_start.sh build/release
set -eu
build=${1:-build/release}
for _ in 1 2 3 4 5; do
    QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} DISPLAY=${DISPLAY:-:0} \
        "$build/bin/caddie" --fresh --quit-after-first-paint
done
"$build/bin/load_backend"
