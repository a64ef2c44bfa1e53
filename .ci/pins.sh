#!/bin/sh
# Resolve the dependencies of pyproject.toml again: .ci/pins.sh FOLDER-OF-THE-ENVIRONMENT
#
# One set for Linux x86_64 and aarch64, macOS and Windows, Python 3.11 to 3.14, with hashes.
# The files name no package index: where packages come from is pip's configuration.
set -eu

venv=${1:?usage: pins.sh FOLDER}
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check uv

compile() {
    "$venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --upgrade \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make pins" "$@"
}

compile pyproject.toml --output-file requirements.txt
# The tools must run with the very versions that are shipped.
compile pyproject.toml --group dev --group samples --constraint requirements.txt \
    --output-file requirements-dev.txt
sed -i '/^    #   -c requirements.txt$/d' requirements-dev.txt

if grep -nE 'https?://|--(extra-)?index-url|--find-links' requirements.txt requirements-dev.txt; then
    echo "The pins name a package index; they must not." >&2
    exit 1
fi
