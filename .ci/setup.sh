#!/bin/sh
# Makes a fresh clone ready to work: takes the names of what is needed, does only what is missing.
#   venv      .venv with the versions and hashes of requirements-dev.lock
#   fonts     the four weights of the screen's font, in build/fonts
#   pinyin    the index for typing Chinese, in build/pinyin.index
#   browser   Chromium and its driver, for the tests of the web pages
#   systemd   systemd-analyze, for the tests of the units
#   postgresql  PostgreSQL's server, for the tests of HQ's database
# It never asks. As root it installs missing Debian packages, else it says which to install.
set -eu

cd "$(dirname "$0")/.."
lock_file=requirements-dev.lock
stamp=.venv/installed-from

say() { printf '== %s\n' "$*" >&2; }
stop() {
    printf 'set-up stopped: %s\n' "$*" >&2
    exit 1
}

# $1: what it is for; the rest: Debian packages
debian_packages() {
    purpose=$1
    shift
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        stop "$purpose: please install it with: sudo apt install $*"
    say "$purpose: installing $*"
    export DEBIAN_FRONTEND=noninteractive
    # A fresh image has no package lists and a stale one has wrong ones: fetch them only then.
    apt-get install -y --no-install-recommends "$@" </dev/null >&2 ||
        { apt-get update </dev/null >&2 &&
            apt-get install -y --no-install-recommends "$@" </dev/null >&2; } ||
        stop "$purpose: apt could not install $*"
}

# A name on the path is not enough: version managers leave names there that do not run.
new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    stop "no Python 3.11 or newer${PYTHON:+ at PYTHON=$PYTHON}; please install it with: sudo apt install python3 python3-venv"
}

make_venv() {
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        debian_packages "virtual environments for $python" python3-venv
    say "virtual environment .venv ($("$python" --version))"
    "$python" -m venv --clear .venv
}

# The packages fit one Python only, so its version belongs to what was installed.
wanted_packages() {
    sha256sum "$lock_file"
    .venv/bin/python --version
}

# Usable: it runs, it has pip, and it is of the interpreter that was asked for by name.
usable_venv() {
    new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1 &&
        { [ -z "${PYTHON:-}" ] || [ "$(.venv/bin/python --version)" = "$("${PYTHON:-false}" --version 2>/dev/null)" ]; }
}

setup_venv() {
    usable_venv || make_venv
    if [ "$(wanted_packages)" != "$(cat "$stamp" 2>/dev/null)" ]; then
        say "packages of $lock_file"
        .venv/bin/python -m pip install --require-hashes --no-deps -r "$lock_file" </dev/null >&2 ||
            stop "pip could not install $lock_file; its reason stands above"
        wanted_packages >"$stamp"
    fi
    .venv/bin/python -c 'import usb1' 2>/dev/null ||
        debian_packages "the USB library under the card reader's driver" libusb-1.0-0
}

setup_fonts() {
    say "fonts in build/fonts"
    .venv/bin/python -m kiosk.ui.fetch_fonts --into build/fonts >&2
}

setup_pinyin() {
    say "index for typing Chinese in build/pinyin.index"
    .venv/bin/python -m kiosk.pinyin.build --into build/pinyin.index --fonts build/fonts >&2
}

setup_browser() {
    command -v chromium >/dev/null && command -v chromedriver >/dev/null ||
        debian_packages "the browser of the tests" chromium chromium-driver
}

setup_systemd() {
    command -v systemd-analyze >/dev/null || debian_packages "the check of the units" systemd
}

setup_postgresql() {
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null ||
        debian_packages "the database server of the tests" postgresql
}

mkdir -p build
exec 9>build/.setup-lock
flock 9 # two makes at once: the second waits and then finds everything done
for part in "$@"; do
    case $part in
    venv | fonts | pinyin | browser | systemd | postgresql) "setup_$part" ;;
    *) stop "there is no part called $part" ;;
    esac
done
