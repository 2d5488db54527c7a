# Every verb sets up what it needs: `make build` and `make test` work on a fresh machine with Python 3.11 or newer.

PYTHON ?= python3
SECONDS ?= 60
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help build serve test test-long check golden quality fuzz mutants clean

help: ## show these verbs
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

build: .venv/.run ## build content/ into build/
	$(BIN)/readout-site build

serve: .venv/.run ## preview content/ and keep it up to date
	$(BIN)/readout-site serve

test: .venv/.test ## run the tests (those that need a browser or the shared corpus say so when skipped)
	$(BIN)/python -m pytest -n auto -m "not long"

test-long: .venv/.test ## run the long tests too
	$(BIN)/python -m pytest -n auto

check: .venv/.test ## check format, lint, types and the floors of the house
	$(BIN)/ruff format --check src tests scripts bench
	$(BIN)/ruff check src tests scripts bench
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

golden: .venv/.test ## write the golden site anew (look at the git diff: it is the review)
	$(BIN)/python -m pytest -q tests/golden --update

quality: .venv/.test ## print how well the labelled readouts are read; ARGS=--misses lists what is not, ARGS=--update raises the floors
	$(BIN)/python -m tests.quality $(ARGS)

fuzz: .venv/.fuzz ## feed each target with made-up inputs for SECONDS (60); ARGS="clean-html yaml" those alone
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(ARGS)

mutants: .venv/.test ## break the code one place at a time and count how often the tests notice; ARGS="--seed 7 shell/fixity.py"
	$(BIN)/python scripts/mutate.py $(ARGS)

clean: ## remove .venv and the caches of the tools
	rm -rf .venv .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "readout-site needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	$(BIN)/python -m compileall -q src
	@touch $@

.venv/.test: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable '.[test]'
	$(BIN)/python -m compileall -q src
	@touch $@ .venv/.run

.venv/.fuzz: .venv/.test
	$(PIP) install --constraint constraints.txt --editable '.[fuzz]'
	@touch $@
