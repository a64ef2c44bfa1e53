# Everything runs in .venv, which the first target that needs it makes by itself.

VENV   := .venv
PYTHON := $(VENV)/bin/python
READY  := $(VENV)/.ready
DEMO   := demo-output

# A newcomer's shell must not change what runs: only pip's own configuration counts.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: demo test lint bench samples pins clean help

demo: $(READY)  ## read the sample reports into demo-output/ and say what was found
	@$(VENV)/bin/ita run samples --out $(DEMO) || test $$? -eq 3

test: $(READY)  ## run the tests
	@$(PYTHON) -m pytest

lint: $(READY)  ## formatting, style, types, import directions
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@$(VENV)/bin/lint-imports

bench: $(READY)  ## measure speed and accuracy (bench/*.py)
	@set -e; for script in bench/[a-z]*.py; do \
	    echo "== $$script"; $(PYTHON) -m "bench.$$(basename "$$script" .py)"; done

samples: $(READY)  ## draw the synthetic sample reports again
	@$(PYTHON) -m samples.make

pins: $(READY)  ## resolve the dependencies again into requirements*.txt
	@sh .ci/pins.sh $(VENV)

clean:  ## remove the environment, caches and demo output
	rm -rf $(VENV) $(DEMO) .$(DEMO).ita build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# One rule makes the environment, so `make -j demo test` makes it once.
$(READY): requirements-dev.txt pyproject.toml .ci/venv.sh
	@sh .ci/venv.sh $(VENV)
