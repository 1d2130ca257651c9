# make site   build the site into site/     make serve   the same, live, while you write
# make check  quick checks (< 1 minute)     make test    every test, with all that they need
# make bench  compare with other tools      make format  put the code into shape      make clean

SHELL := /bin/bash
.DEFAULT_GOAL := site
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --retries 5 --timeout 60 --quiet
PYTEST := $(BIN)/pytest
# The first Python that is new enough; `make PYTHON=...` names another.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$each"; break; }; done)

.PHONY: site serve test check bench format clean format-check lint types imports quick

site: $(VENV)/.done-site
	@$(BIN)/ballardwiki build
	@printf '\nThe site is in site/: open site/index.html in a browser.\nTo write with a live preview, run: make serve\n'

serve: $(VENV)/.done-site
	@$(BIN)/ballardwiki serve

# All tests. What they need besides Python is installed first; see .ci/install.
test: $(VENV)/.done-dev $(VENV)/.done-tools
	@$(PYTEST) -n 2 --dist worksteal --cov --cov-report=term $(ARGS)

check: $(VENV)/.done-dev
	@$(MAKE) --no-print-directory --keep-going format-check lint types imports quick

format-check lint types imports quick: $(VENV)/.done-dev
format-check:
	@$(BIN)/ruff format --check --quiet || { echo 'Run: make format'; exit 1; }
lint:
	@$(BIN)/ruff check --quiet
types:
	@$(BIN)/mypy --no-error-summary
imports:
	@found=$$($(BIN)/lint-imports --no-cache 2>&1) || { echo "$$found"; exit 1; }
quick:
	@$(PYTEST) -n 2 --dist worksteal -q -m 'not slow and not browser and not tools' --hypothesis-profile=quick $(ARGS)

bench: $(VENV)/.done-site
	@$(BIN)/python bench/run.py $(ARGS)

format: $(VENV)/.done-dev
	@$(BIN)/ruff format --quiet
	@$(BIN)/ruff check --fix --quiet

clean:
	rm -rf $(VENV) site .site.* .ballardwiki tests/node_modules bench/.peers bench/.work dist htmlcov .coverage .coverage.* \
		.hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

# The stamps: each says that its part was made, and is older than what it was made from when that has changed.

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo 'Python 3.11 or newer is needed: install it, or run make PYTHON=/path/to/python3'; exit 1; fi
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo 'Python could not make a virtual environment. On Debian and Ubuntu run: sudo apt install python3-venv'; exit 1; }

$(VENV)/.done-site: pyproject.toml | $(BIN)/python
	@echo 'Installing ballardwiki into $(VENV) …'
	@$(PIP) install --editable . || { \
		echo 'pip could not install what ballardwiki needs. Is there a connection? Run make again to go on.'; exit 1; }
	@touch $@

$(VENV)/.done-dev: pyproject.toml | $(BIN)/python
	@echo 'Installing the tools of the tests into $(VENV) …'
	@$(PIP) install --editable '.[dev]' || { \
		echo 'pip could not install what the tests need. Is there a connection? Run make again to go on.'; exit 1; }
	@touch $@ $(VENV)/.done-site

$(VENV)/.done-tools: .ci/install tests/package.json | $(VENV)/.done-dev
	@.ci/install $(VENV)
	@touch $@
