# Everything that continuous integration does is `make`. It needs python3 (3.11 or newer) with venv,
# and fetches the rest into .tools and .venv; nothing outside this folder is changed.

.DEFAULT_GOAL := test
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= python3
PORT ?= 8000

# A uv that the machine has is used if it is new enough for this project, else one of our own.
uv := $(shell uv version --short >/dev/null 2>&1 && echo uv || echo .tools/bin/uv)
own_uv := $(filter .tools/bin/uv,$(uv))
bin := .venv/bin
recipe := pyproject.toml uv.lock hatch_build.py $(wildcard src/rexian/locale/*/LC_MESSAGES/*.po)
export UV := $(uv)

.PHONY: run
run: .venv/.run ## Start the server, with a demonstration at the first start, and people who play in it.
	@exec $(bin)/rexian serve --port $(PORT) --simulate

.PHONY: test
test: format-check lint types contracts tests ## Everything that a change must pass.

.PHONY: format-check
format-check: .venv/.dev
	$(bin)/ruff format --check .

.PHONY: lint
lint: .venv/.dev
	$(bin)/ruff check .

.PHONY: types
types: .venv/.dev
	$(bin)/mypy

.PHONY: contracts
contracts: .venv/.dev
	$(bin)/lint-imports --no-logo

.PHONY: tests
tests: .venv/.dev ## The tests alone: on SQLite, and what needs a database on PostgreSQL again.
	$(bin)/python scripts/run_tests.py

.PHONY: bench
bench: .venv/.dev ## Measure speed, as tables of ratios; PARTS="hearing replay" measures these alone.
	$(bin)/python bench/run.py $(PARTS)

.PHONY: format
format: .venv/.dev ## Format the code and mend what can be mended by machine.
	$(bin)/ruff check --fix-only .
	$(bin)/ruff format .

.PHONY: messages
messages: .venv/.dev ## Collect the interface's messages into the catalogues, for translation.
	$(bin)/python scripts/collect_messages.py

.PHONY: clean
clean: ## Remove everything that these rules have made.
	rm -rf .venv .tools build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f report.html src/rexian/locale/*/LC_MESSAGES/*.mo
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

.PHONY: help
help: ## This list.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

# The package is installed anew whenever its recipe or a catalogue changes: its build compiles them.
# Where uv cannot be had or cannot reach what the lock names, pip must do, without the lock.
.venv/.run: $(recipe) | $(own_uv)
	@echo "Setting up .venv ..."
	@$(call synchronise,--no-dev) || { $(say_pip); $(PYTHON) -m venv --clear .venv \
	    && $(bin)/python -m pip install --quiet --editable .; }
	@touch $@

.venv/.dev: $(recipe) | $(own_uv)
	@echo "Setting up .venv, with what developing needs ..."
	@$(call synchronise,) || { $(say_pip); $(PYTHON) -m venv --clear .venv \
	    && $(bin)/python -m pip install --quiet --upgrade "pip>=25.1" \
	    && $(bin)/python -m pip install --quiet --group dev --editable .; }
	@touch $@ .venv/.run

synchronise = { command -v $(uv) >/dev/null \
    && $(uv) sync --locked --inexact --reinstall-package rexian --quiet $(1); }
say_pip = echo "Not to be had with uv; going on with pip." >&2

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Rexian needs Python 3.11 or newer.")'
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install --quiet "uv>=0.8" || $(say_pip)
