# SPDX-License-Identifier: GPL-3.0-or-later
# For scripts that drive the window with keys, sourced by them. Needs xdotool and ImageMagick, and
# a display of its own: `xvfb-run -a -s '-screen 0 1280x800x24' SCRIPT ...`. Whoever sources it has
# set `out`, a folder for screenshots.

# Starts the program without a trace of earlier sessions, and waits until it fills the screen.
start_window() { # program, arguments...
    program=$1
    shift
    mkdir -p "$out"
    home=$(mktemp -d)
    export XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_RUNTIME_DIR=$home
    unset CADDIE_RUNS
    "$program" --fresh "$@" >"$out/program.log" 2>&1 &
    window=$!
    trap 'kill $window 2>/dev/null || true; wait $window 2>/dev/null || true; rm -rf "$home"' EXIT
    for _ in $(seq 120); do
        main=$(xdotool search --onlyvisible --pid $window 2>/dev/null | head -n 1)
        [ -n "$main" ] && [ "$main" != 0 ] && break
        alive
        sleep 0.25
    done
    read -r width height <<<"$(xdotool getdisplaygeometry)"
    # Without a window manager nobody else makes it fill the screen, or gives it the keyboard.
    xdotool windowmove "$main" 0 0 windowsize "$main" "$width" "$height"
    sleep 4 # the data set and the first evaluation
    xdotool windowfocus "$main"
    sleep 0.3
}

alive() {
    kill -0 $window 2>/dev/null || {
        echo "${0##*/}: the program has ended:" >&2
        cat "$out/program.log" >&2
        exit 1
    }
}

step=0
shot() { # name
    alive
    step=$((step + 1))
    import -window root "$out/$(printf %02d $step)-$1.png"
    echo "$step $1"
}

key() { # keys...
    xdotool key --delay 60 "$@"
    sleep 0.5
}

# Types into the field "Go to" and takes its first answer.
view() { # title
    xdotool key slash
    sleep 0.3
    xdotool type --delay 40 "$1"
    key Return
}

# Types into the command palette and takes its first answer.
command() { # words
    xdotool key ctrl+k
    sleep 0.4
    xdotool type --delay 20 "$1"
    sleep 0.2
    key Return
}

# Gives the keyboard to the newest window of the program, where no window manager does. Waits for
# one beside the main window to come.
focus_newest() {
    for _ in $(seq 60); do
        newest=$(xdotool search --onlyvisible --pid $window | tail -n 1)
        [ "$newest" != "$main" ] && break
        sleep 0.25
    done
    xdotool windowfocus "$newest"
    sleep 0.5
}

focus_main() {
    xdotool windowfocus "$main"
    sleep 0.3
}

runs() { "$program" runs --json; }

await() { # seconds, what it is about, pattern that `caddie runs --json` has to show
    for _ in $(seq $((4 * $1))); do
        if runs | tr -d ' \n' | grep -qE "$3"; then return 0; fi
        sleep 0.25
    done
    echo "${0##*/}: $2: not within $1 s; 'caddie runs' says:" >&2
    runs >&2
    exit 1
}
