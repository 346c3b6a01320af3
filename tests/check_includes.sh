#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The layering of the source tree, read off its includes: core knows neither Qt nor the rooms above
# it, and only core's LibTorch backend knows Torch.
set -u
cd "$1" || exit 2
broken=0

forbid() { # reason, pattern of what may not be included, folders...
    reason=$1
    pattern="^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($2)"
    shift 2
    for folder; do
        [ -d "$folder" ] || continue
        if grep -rnE --include='*.h' --include='*.cpp' "$pattern" "$folder"; then
            echo "^ $reason"
            broken=1
        fi
    done
}

torch='torch/|ATen/|c10/|caffe2/'
forbid "core does not include Qt" 'Q[A-Z][A-Za-z]*[>/]|Qt[A-Za-z]*/|qcustomplot' core
forbid "core does not include what is above it" 'ui/|app/' core
forbid "ui does not include app" 'app/' ui
forbid "ui and app never see a Torch header" "$torch|core/backend/torch/" ui app
for room in core/*; do
    [ "$room" = core/backend ] || forbid "Torch is included by core/backend/torch alone" "$torch" "$room"
done

exit $broken
