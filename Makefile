# make run, make test, make e2e; the others are for who works on Muster. See README.md.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

PYTHON ?= python3
BIN := .venv/bin
RUN_READY := .venv/run.stamp
DEV_READY := .venv/dev.stamp
NODE_READY := node_modules/stamp

.PHONY: help run test check e2e cards bench package lock clean

help: ## Say what there is.
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1 — /p' Makefile

run: $(RUN_READY) ## Start Muster on 3978 and the Agents Playground on 56150.
	@if command -v npm >/dev/null; then $(MAKE) --silent $(NODE_READY) || true; fi
	@$(BIN)/python tools/run.py

test: check ## Check everything and run the tests on SQLite and PostgreSQL.
	$(BIN)/python -m pytest -n 4 --dist worksteal

check: $(DEV_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.alembic_check
	$(BIN)/python tools/extract_texts.py --check
	$(BIN)/python tools/licences.py --check

e2e: $(DEV_READY) $(NODE_READY) ## Drive the Playground in headless Chromium; pictures go to build/e2e.
	@tools/need_chromium
	node --test --test-concurrency=1 tests/e2e/*.test.mjs

cards: $(DEV_READY) $(NODE_READY) ## Draw every card; pictures go to build/cards.
	@tools/need_chromium
	node --test tests/e2e/cards.test.mjs

bench: $(DEV_READY) ## Measure votes per second beside a bare handler and the stock SDK.
	$(BIN)/python -m tests.bench

package: $(RUN_READY) ## Make build/muster.zip, the app package for Teams.
	$(BIN)/python tools/package.py

lock: $(DEV_READY) ## Resolve the dependencies anew.
	$(BIN)/python tools/lock.py
	npm install --package-lock-only --no-audit --no-fund
	node tools/strip_lock.mjs
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python tools/licences.py

clean: ## Remove what was made; the data in var/ stays.
	rm -rf .venv node_modules build

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Muster needs Python 3.11 or later, which $(PYTHON) is not. Try make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

$(RUN_READY): requirements.lock | .venv/made.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(DEV_READY): requirements-dev.lock $(RUN_READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(NODE_READY): package-lock.json
	npm ci --no-audit --no-fund --ignore-scripts
	@touch $@
