# Countinghouse: set-up and everyday commands. Needs Python 3.11 or later, git and make; everything else comes from the lock.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
AS_OF ?= 2025-12-31
BIN := .venv/bin
INSTALLED := .venv/.installed

export COUNTINGHOUSE_HOME ?= $(CURDIR)/data
# A back office does not report home.
export GX_ANALYTICS_ENABLED := false
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Countinghouse needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Say which: make PYTHON=python3.12 ...")'
	@echo "Setting up .venv from requirements.lock (a few minutes the first time)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: install
install: $(INSTALLED) ## Create .venv, pinned and hash-checked

.PHONY: run
run: $(INSTALLED) ## Simulate the sample company and run its business day
	@$(BIN)/countinghouse simulate
	@$(BIN)/countinghouse run --source 'mail_order_*' --as-of $(AS_OF)

.PHONY: test
test: $(INSTALLED) ## Run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: ui
ui: $(INSTALLED) ## Start the Prefect pages, the deployments with their schedules, and a worker
	@$(BIN)/python -m flows.ui

.PHONY: check
check: $(INSTALLED) ## Lint, types, who may import whom, SQL style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint --disable-progress-bar warehouse/models warehouse/posting

.PHONY: demo
demo: $(INSTALLED) ## Ask two databases, an API, a mailbox, a bank and suppliers; then again, for what has changed
	@$(BIN)/python -m tests.demonstration

.PHONY: bench
bench: $(INSTALLED) ## Measure the whole path, the statements and extraction from PostgreSQL (an hour, 12 GB of disk)
	@$(BIN)/python tests/benchmarks/bench.py

.PHONY: clean
clean: ## Remove .venv and what tools left behind; the home folder stays
	rm -rf .venv build dist *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
