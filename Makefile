# Two commands for a newcomer: `make run` and `make test`. Everything lives in .venv and ./data.

PYTHON ?= python3
BIN := .venv/bin
SAMPLE := tests/gold/shanxi-2023/shanxi-2023.txt

.DEFAULT_GOAL := help
.PHONY: help setup run test check eval docs bench bench-sources bench-views clean

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/ready ## .venv with exactly the packages of constraints.txt

.venv/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "jianbao needs Python 3.11 or newer; name one with: make PYTHON=python3.12 run"; exit 1; }
	@echo "Setting up .venv (once; a minute or two)"
	@$(PYTHON) -m venv .venv
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $@

run: setup ## ingest the sample issue and show what came out
	@$(BIN)/jianbao run $(SAMPLE)

# One process more than there are processors: a third of the time of the long tests is waiting for servers.
test: setup ## every test
	@$(BIN)/python -m pytest --numprocesses $$($(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)') \
		--dist loadfile --no-loadscope-reorder

check: setup ## style, types, and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

eval: setup ## precision and recall on every gold folder
	@$(BIN)/jianbao eval tests/gold/*/

docs: setup ## docs/tables.md, from the schema
	@$(BIN)/python -m warehouse.handbook > docs/tables.md

bench-views: setup ## every view with a million metrics, beside plain DuckDB
	@$(BIN)/python -m benchmarks.views

bench-sources: setup ## what unchanged listings of 100,000 documents cost
	@$(BIN)/python -m benchmarks.sources

bench: setup .bench/ready ## speed and growth, beside the peers (TEXTS=folder: on texts of yours)
	@$(BIN)/python -m benchmarks $(TEXTS)
	@$(BIN)/python -m benchmarks.cleaning
	@$(BIN)/python -m benchmarks.pages

.bench/ready: benchmarks/requirements.txt benchmarks/recognizers/package.json
	@echo "Installing the peers into .bench (once; a minute or two)"
	@$(PYTHON) -m venv .bench/python
	@PIP_DISABLE_PIP_VERSION_CHECK=1 .bench/python/bin/pip install --quiet --requirement benchmarks/requirements.txt
	@mkdir -p .bench/node && cp benchmarks/recognizers/package.json .bench/node
	@if command -v npm >/dev/null; then \
		npm install --prefix .bench/node --no-package-lock --no-audit --no-fund --silent; \
	else echo "npm was not found: Recognizers-Text is left out."; fi
	@touch $@

clean: ## remove .venv, the peers of `make bench` and the data of `make run`
	rm -rf .venv .bench data
