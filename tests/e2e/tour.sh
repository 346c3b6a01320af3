#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Goes through every view, its modes, the panels and the dialogs by keyboard alone, and takes a
# screenshot of each for somebody to look at. The pointer stays out of the window. On the way it
# checks what can be told from outside: that the ablated model, the figure and the submission which
# were saved by keyboard are there, and that the runs which it started have ended.
#
#     xvfb-run -a -s '-screen 0 1280x800x24' \
#         tests/e2e/tour.sh PROGRAM MNIST CURRENT REFERENCE OUT [dark]
#
# CURRENT and REFERENCE are model files, for instance a pruned network and its dense one; CURRENT
# has to reach 98 % on MNIST's test set. Needs xdotool and ImageMagick. QT_SCALE_FACTOR shows the
# same at another scale.
set -eu

if [ $# -lt 5 ]; then
    sed -n '3,14p' "$0" >&2
    exit 2
fi
mnist=$2 current=$(realpath "$3") reference=$(realpath "$4") out=$(realpath -m "$5") theme=${6:-light}
. "$(dirname "$0")/window.sh"
xdotool mousemove 4000 4000
start_window "$1" --data "$mnist" "$reference"
[ "$theme" = dark ] && key t t

saved() { # file, what it is
    for _ in $(seq 40); do
        [ -s "$1" ] && return 0
        sleep 0.25
    done
    echo "tour: $2 is not there: $1" >&2
    exit 1
}

again() { # times, keys...
    for _ in $(seq "$1"); do key "${@:2}"; done
}

# In a dialog for files: the name is typed over what stands there.
name_file() {
    focus_newest
    key ctrl+a
    xdotool type --delay 10 "$1"
}

# The dense network becomes the reference of its pruned one, which is opened by its path.
key m
key ctrl+o
name_file "$current"
shot open-dialog
key Return
focus_main
sleep 3
shot overview
key alt+Down alt+Down
shot overview-answers

key ctrl+2
key Right Right shift+Right
shot channels
key Down
shot channels-second-layer
key Up Escape

key ctrl+3
sleep 2
shot edges
key Tab Tab Right
sleep 0.5
shot edges-all

key ctrl+4
sleep 1
shot heatmap
key Tab Right
shot heatmap-maps
key Right
shot heatmap-difference

key ctrl+5
sleep 6
shot features
key Tab Tab Tab space # Plain, Start, Settings
shot features-settings
key space

key ctrl+6
sleep 1
shot weights
key Tab Tab Tab Tab # the page of weights, whose arrows walk from one to the next
key Right Down Return # the second of the first column is not pruned
sleep 1
key ctrl+z ctrl+shift+z
sleep 0.5
key ctrl+6 # out of the page
sleep 0.5
shot weights-ablated
key ctrl+shift+x Escape
key Tab Right
sleep 1
shot circuit

key ctrl+7
key Tab Home
for subject in overview channels kernels edges heatmap features weights circuit predictions; do
    sleep 2
    shot compare-$subject
    key Down
done
key ctrl+Next
sleep 0.5
shot compare-next-disagreement

key n
shot new-run
key Escape
key s p # of the dense network
sleep 0.5
shot new-pruning
key ctrl+Return
await 60 "the pruning ends" '"status":"finished"'
sleep 1
shot pruning
key s n Down Down Down Down Down Down
key Tab Tab Tab Tab ctrl+a 1 2
key ctrl+Return
await 20 "the training starts" '"status":"running"'
sleep 2
shot training-goes-on
for _ in $(seq 240); do
    runs | grep -q '"status": *"running"' || break
    sleep 0.5
done
sleep 1
shot training
key b
shot runs
key b
key g
shot new-game
key ctrl+Return # "Quick golf"
await 20 "the game starts" '"status":"running"'
for _ in $(seq 480); do
    runs | grep -q '"status": *"running"' || break
    sleep 0.5
done
sleep 1
shot golf
key Tab Right
sleep 1
shot golf-best
key Left

key ctrl+0
sleep 3
shot scoreboard
command "Export the current model as a submission"
name_file "$out/submission.zip"
shot submission-save
key Return
focus_main
saved "$out/submission.zip" "the submission"
shot submission-saved
command "Import a submission"
name_file "$out/submission.zip"
key Return
focus_main
sleep 3
shot submission-imported

# A sweep of a few short trials, begun in the window; then every picture of it.
view Sweep
shot sweep-empty
command "New sweep"
sleep 0.5
shot sweep-form
"$program" sweep --data "$mnist" --study tour --trials 12 --epochs 2 --arch "2@5x5 relu pool 4, linear 10" --quiet
key Escape
sleep 6
shot sweep-history
for picture in intermediate parallel slices contour distribution importance; do
    command "Next picture of the sweep"
    sleep 1.5
    shot sweep-$picture
done
command "Next picture of the sweep"
command "Queue a trial"
focus_newest
shot sweep-queue
key Escape
focus_main
command "Stop or resume the sweep"
sleep 1
shot sweep-resumed

key ctrl+4
key ctrl+e
focus_newest
shot export-dialog
key Escape
focus_main

key ctrl+k
xdotool type --delay 20 "conv2 3"
sleep 0.3
shot palette
key Escape
key question
focus_newest
shot keys
key Escape
focus_main
key F1
shot handbook
key F1
key shift+F1
shot handbook-of-view
key Escape F1

key ctrl+2 ctrl+shift+t
shot torn-off
focus_main
shot torn-off-behind
key ctrl+shift+b

key ctrl+6 Right x
sleep 1
key ctrl+shift+s
name_file "$out/ablated.safetensors"
shot save-ablated
key Return
focus_main
saved "$out/ablated.safetensors" "the ablated model"
shot ablated-saved
key ctrl+shift+x Escape

key d
sleep 0.5
shot draw
key d
command "Take the tour"
sleep 0.5
shot tour
key Right Right
shot tour-views
key Escape

for model in 1 2 3 4; do key ctrl+w; done
for digit in 1 2 3 4 5 6 7 8 9 0; do
    key ctrl+$digit
    shot "empty-$digit"
done
echo "tour: done; look at $out"
