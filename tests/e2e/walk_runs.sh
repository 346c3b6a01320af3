#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Walks through the window with the keys that a person would use: starts a training, watches it,
# pauses and resumes it, prunes the published model beside it, stops the training, replays the
# pruning and opens its result. Takes a screenshot at each step and asks `caddie runs` whether what
# the window did is on disk.
#
#     xvfb-run -a -s '-screen 0 1280x800x24' tests/e2e/walk_runs.sh PROGRAM MNIST MODEL OUT [dark]
#
# Needs xdotool and ImageMagick. MODEL has to reach 98 % on MNIST's test set.
set -eu

if [ $# -lt 4 ]; then
    sed -n '3,11p' "$0" >&2
    exit 2
fi
mnist=$2 model=$3 out=$4 theme=${5:-light}
. "$(dirname "$0")/window.sh"
start_window "$1" --data "$mnist" "$model"
[ "$theme" = dark ] && key t t
sleep 1
shot start

row() { echo $((height - 29 - 4 - 28 * (2 - $1) - 14)); } # of the list of two runs, from 1

key n
key Down Down Down Down Down Down # "Cosine 820", the first that needs more than a moment
key Tab Tab Tab Tab ctrl+a 4 0 0 # title, architecture, start, epochs
shot new-training
key ctrl+Return
await 20 "the training starts" '"status":"running"'
sleep 1
shot training-begins
key b
sleep 4
shot training-goes-on

key ctrl+p
await 20 "the training pauses" '"status":"paused"'
sleep 0.5
shot training-paused
key ctrl+r
await 20 "the training goes on" '"status":"running"'
sleep 1
shot training-resumed

key p
shot new-pruning
key ctrl+Return
sleep 0.7
shot pruning-goes-on
await 60 "the pruning ends" '"status":"finished"'
sleep 1
shot pruning-finished
key o
sleep 2
shot result-opened
view Overview
sleep 1
shot result-overview

xdotool mousemove 200 "$(row 2)" click 1
key ctrl+period
await 20 "the training stops" '"status":"stopped"'
view Training
sleep 1
shot training-stopped
xdotool mousemove 640 420
key b
view Pruning
shot strip
echo "walk_runs: done; look at $out"
