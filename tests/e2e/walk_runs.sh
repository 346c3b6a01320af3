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
program=$1 mnist=$2 model=$3 out=$4 theme=${5:-light}
mkdir -p "$out"
home=$(mktemp -d)
export XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_RUNTIME_DIR=$home
unset CADDIE_RUNS
"$program" --fresh --data "$mnist" "$model" >"$out/program.log" 2>&1 &
window=$!
trap 'kill $window 2>/dev/null || true; wait $window 2>/dev/null || true; rm -rf "$home"' EXIT

step=0
shot() { # name
    step=$((step + 1))
    import -window root "$out/$(printf %02d $step)-$1.png"
    echo "$step $1"
}

key() { # keys...
    xdotool key --delay 60 "$@"
    sleep 0.5
}

view() { # title
    xdotool key slash
    sleep 0.3
    xdotool type --delay 40 "$1"
    key Return
}

runs() { "$program" runs --json; }

await() { # seconds, what it is about, pattern that `caddie runs --json` has to show
    for _ in $(seq $((4 * $1))); do
        if runs | tr -d ' \n' | grep -qE "$3"; then return 0; fi
        sleep 0.25
    done
    echo "walk_runs: $2: not within $1 s; 'caddie runs' says:" >&2
    runs >&2
    exit 1
}

for _ in $(seq 120); do # until the window is there
    xdotool search --onlyvisible --pid $window >/dev/null 2>&1 && break
    kill -0 $window || { cat "$out/program.log" >&2; exit 1; }
    sleep 0.25
done
read -r width height <<<"$(xdotool getdisplaygeometry)"
# Without a window manager nobody else makes it fill the screen.
for id in $(xdotool search --onlyvisible --pid $window); do
    xdotool windowmove "$id" 0 0 windowsize "$id" "$width" "$height"
done
sleep 4 # the data set and the first evaluation
xdotool mousemove 640 420 click 1 # no window manager gives it the keyboard
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
