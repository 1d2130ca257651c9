# make site   build the site into site/     make serve   the same, live, while you write
# make check  quick checks (< 1 minute)    make test    every test, with all that they need
# make torture  how builds end on a machine that fails (at night)
# make bench  compare with other tools      make format  put the code into shape      make clean
# make lock   renew the locked versions     make versions  the quick tests with the lowest and the newest versions
# make house  draw the house and list its modules in docs/, from the code
# make mutants  break the code in every small way, and see which tests notice (a night; SAMPLE=400: an hour; ARGS=graph/claims.py)

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

# Everything at the versions of a lock file, with hashes; then ballardwiki itself, which needs nothing more.
INSTALL = $(PIP) install --use-pep517 --require-hashes --requirement $(1) && $(PIP) install --no-deps --no-build-isolation --editable .

.PHONY: site serve test check torture bench format clean format-check lint types imports quick lock versions lowest newest mutants house

site: $(VENV)/.done-site
	@$(BIN)/ballardwiki build
	@printf '\nThe site is in site/: open site/index.html in a browser.\nTo write with a live preview, run: make serve\n'

serve: $(VENV)/.done-site
	@$(BIN)/ballardwiki serve

# All tests. What they need besides Python is installed first; see .ci/install. To trace lines doubles the time of a test, so
# the coverage (of the whole package, workers included) is what these tests alone cover; `make test ARGS=...` runs what it is
# told, without it.
COVERING := tests/unit $(addprefix tests/builds/test_,$(addsuffix .py,links_by_name names_shared origins rename_retitle unlinked_mentions urls))
test: $(VENV)/.done-dev $(VENV)/.done-tools
ifdef ARGS
	@$(PYTEST) -n 2 --dist worksteal $(ARGS)
else
	@$(PYTEST) -n 2 --dist worksteal --cov --cov-report=term $(COVERING); covered=$$?; \
	$(PYTEST) -n 2 --dist worksteal $(addprefix --ignore=,$(COVERING)) && exit $$covered
endif

torture: $(VENV)/.done-dev $(VENV)/.done-tools
	@$(PYTEST) -n 2 --dist worksteal -m torture $(ARGS)

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
	@$(PYTEST) -n 2 --dist worksteal -q -m 'not builds and not slow and not browser and not tools' --hypothesis-profile=quick $(ARGS)

house: | $(BIN)/python
	@$(BIN)/python docs/house.py

bench: $(VENV)/.done-site
	@$(BIN)/python bench/run.py $(ARGS)

# The locks hold for Python 3.11 and later on every system. See docs/decisions/0007-dependencies.md.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' $(if $(KEEP),,--upgrade)
lock: | $(BIN)/python
	@test -x $(BIN)/uv || $(PIP) install uv
	@$(COMPILE) pyproject.toml requirements/build.in --output-file requirements/site.txt
	@$(COMPILE) pyproject.toml requirements/build.in --extra dev --constraint requirements/site.txt --output-file requirements/dev.txt
	@$(COMPILE) pyproject.toml requirements/build.in --extra mutants --constraint requirements/site.txt --output-file requirements/mutants.txt
	@$(COMPILE) requirements/node.in --output-file requirements/node.txt
	@PATH=$$PWD/$(BIN):$$PATH npm install --prefix tests --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error
	@echo 'The locks are new. Look at what changed with git diff, then run: make test'

# The quick tests with other versions than the locked ones: what a wheel's users may have.
versions: lowest newest
lowest newest: $(VENV)/.done-dev
	@rm -rf .venv-$@ && $(BIN)/uv venv --quiet --python $(BIN)/python .venv-$@
	@$(BIN)/uv pip install --quiet --python .venv-$@ --resolution $(if $(filter lowest,$@),lowest-direct,highest) --editable '.[dev]'
	@.venv-$@/bin/pytest -n 2 --dist worksteal -q -m 'not slow and not browser and not tools' --hypothesis-profile=quick $(ARGS)

# Plants one bug at a time in a copy of the project, and runs the tests that reach it. See docs/decisions/0009-mutants.md.
mutants: .venv-mutants/.done
	@.venv-mutants/bin/python bench/mutants.py $(if $(SAMPLE),--sample $(SAMPLE)) $(ARGS)

.venv-mutants/.done: requirements/mutants.txt | $(BIN)/python
	@$(BIN)/python -m venv .venv-mutants
	@.venv-mutants/bin/python -m pip install --disable-pip-version-check --quiet --require-hashes --requirement requirements/mutants.txt
	@.venv-mutants/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@touch $@

format: $(VENV)/.done-dev
	@$(BIN)/ruff format --quiet
	@$(BIN)/ruff check --fix --quiet

clean:
	rm -rf $(VENV) .venv-lowest .venv-newest .venv-mutants mutants site .site.* .ballardwiki tests/node_modules bench/.peers bench/.work dist htmlcov .coverage .coverage.* \
		.hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

# The stamps: each says that its part was made, and is older than what it was made from when that has changed.

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo 'Python 3.11 or newer is needed: install it, or run make PYTHON=/path/to/python3'; exit 1; fi
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo 'Python could not make a virtual environment. On Debian and Ubuntu run: sudo apt install python3-venv'; exit 1; }

$(VENV)/.done-site: pyproject.toml requirements/site.txt | $(BIN)/python
	@echo 'Installing ballardwiki into $(VENV) …'
	@$(call INSTALL,requirements/site.txt) || { \
		echo 'pip could not install what ballardwiki needs. Is there a connection? Run make again to go on.'; exit 1; }
	@touch $@

$(VENV)/.done-dev: pyproject.toml requirements/dev.txt | $(BIN)/python
	@echo 'Installing the tools of the tests into $(VENV) …'
	@$(call INSTALL,requirements/dev.txt) || { \
		echo 'pip could not install what the tests need. Is there a connection? Run make again to go on.'; exit 1; }
	@touch $@ $(VENV)/.done-site

$(VENV)/.done-tools: .ci/install tests/package-lock.json requirements/node.txt | $(VENV)/.done-dev
	@.ci/install $(VENV)
	@touch $@
