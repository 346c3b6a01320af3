#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the build into an empty folder, moves that folder, and tries whether the program there
# works with both engines, whether its files for the desktop are valid, and whether a model file is
# known by its content. Checks whose tool is missing are skipped, and say so.
#
#     tests/e2e/install.sh BUILD [PYTORCH_FILE...]
set -eu
[ $# -ge 1 ] || { sed -n '3,7p' "$0" >&2; exit 2; }
build=$(cd "$1" && pwd)
shift
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

fail() {
    echo "install: $*" >&2
    exit 1
}
have() {
    command -v "$1" >/dev/null || { echo "install: no $1, so its check is skipped"; return 1; }
}

cmake --install "$build" --strip --prefix "$place/first" >"$place/log" || { cat "$place/log" >&2; exit 1; }
mv "$place/first" "$place/moved here"
prefix="$place/moved here"
caddie="$prefix/bin/caddie"
model="$prefix/share/caddie/models/prelu-820.safetensors"

for backend in fused torch; do
    "$caddie" eval "$model" --data samples --backend $backend --json >"$place/$backend.json" ||
        fail "the installed program does not work on $backend"
done
ls "$prefix"/share/caddie/handbook/*.md >/dev/null || fail "there is no handbook"
ls "$prefix"/lib*/libcaddie* >/dev/null 2>&1 && fail "private libraries lie where all programs look"
if grep -rlF "$build" "$prefix"; then
    fail "these files know where they were built"
fi

share="$prefix/share"
if have desktop-file-validate; then
    desktop-file-validate "$share/applications/caddie.desktop"
fi
if have appstreamcli; then
    appstreamcli validate --no-net "$share"/metainfo/*.xml >"$place/log" ||
        { cat "$place/log" >&2; exit 1; }
fi
if have update-mime-database && have gio; then
    export XDG_DATA_DIRS="$share" XDG_DATA_HOME="$place/none"
    update-mime-database "$share/mime"
    type_of() {
        gio info -a standard::content-type "$1" | sed -n 's/.*content-type: //p'
    }
    expect() { # file, type
        [ "$(type_of "$1")" = "$2" ] || fail "$1 is taken for $(type_of "$1"), not for $2"
    }
    cp "$model" "$place/nameless"
    expect "$model" application/x-safetensors
    expect "$place/nameless" application/x-safetensors
    for file; do
        cp "$file" "$place/nameless"
        expect "$place/nameless" application/x-pytorch
        cp "$file" "$place/named.pth"
        expect "$place/named.pth" application/x-pytorch
    done
fi
echo "install: works"
