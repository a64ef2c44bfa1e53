#!/bin/sh
# Make the environment: .ci/venv.sh FOLDER
#
# Needs Python 3.11 or later and nothing else. Debian and Ubuntu ship Python without the
# part that makes environments; the ways around that are tried in turn.
set -eu

venv=${1:?usage: venv.sh FOLDER}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

find_python() {
    for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
        path=$(command -v "$name" 2>/dev/null) || continue
        # Version managers put shims on the path that fail when run.
        if "$path" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
            printf '%s\n' "$path"
            return
        fi
    done
    return 1
}

usable() {
    "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

with_venv() {
    "$python" -m venv --clear "$venv" >>"$log" 2>&1 && usable
}

with_virtualenv() {
    "$python" -m virtualenv --clear "$venv" >>"$log" 2>&1 && usable
}

# pip from outside can fill an environment that was made without one.
with_outer_pip() {
    "$python" -m venv --clear --without-pip "$venv" >>"$log" 2>&1 || return 1
    "$python" -m pip --python "$venv/bin/python" install --quiet pip >>"$log" 2>&1 && usable
}

with_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Installing python$version-venv (apt-get) ..."
    if ! apt-get install -y -qq "python$version-venv" >>"$log" 2>&1; then
        { apt-get update -qq && apt-get install -y -qq "python$version-venv"; } >>"$log" 2>&1 || return 1
    fi
    with_venv
}

with_user_virtualenv() {
    "$python" -m pip install --quiet --user virtualenv >>"$log" 2>&1 || return 1
    with_virtualenv
}

python=$(find_python) || {
    echo "Python 3.11 to 3.14 is needed and was not found." >&2
    echo "  Debian, Ubuntu: sudo apt install python3 python3-venv" >&2
    echo "  elsewhere:      https://www.python.org/downloads/" >&2
    exit 1
}

if ! usable || [ "$("$venv/bin/python" -c 'import sys; print(sys.version_info[:2] >= (3, 11))')" != True ]; then
    echo "Making $venv with $("$python" --version 2>&1) ($python) ..."
    with_venv || with_virtualenv || with_outer_pip || with_apt || with_user_virtualenv || {
        tail -n 5 "$log" >&2
        echo >&2
        echo "No environment could be made. Install the missing part and run the same command again:" >&2
        echo "  Debian, Ubuntu: sudo apt install python3-venv" >&2
        exit 1
    }
fi

echo "Installing what requirements-dev.txt pins ..."
"$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    --require-hashes --requirement requirements-dev.txt
# The pinned hatchling builds the project itself, so this step fetches nothing.
"$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    --no-deps --no-build-isolation --editable .
touch "$venv/.ready"
