# make run: the whole venue on this machine. make test: every test. make help: the rest.
# Arguments: make run DEMO="--port 8123", make test TESTS="tests/people -k ticket", make bench BENCH=frames.
# JOBS files of tests run at a time: most of them wait for real processes.
# Each step leaves a stamp in the virtual environment, so that a second start installs nothing and asks no network.
SHELL := /bin/sh
VENV ?= .venv
JOBS ?= 2
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
export EXAMSERVER_MODELS ?= $(CURDIR)/var/models
SOURCES := examserver proctor itembank scoring tests tools benchmarks
LOCK := $(PY) -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

.PHONY: help run test conformance check requirements bench lock locale models chromium screenshots clean
.DEFAULT_GOAL := help
.NOTPARALLEL:

help: ## what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

run: $(VENV)/.run locale ## the demo venue: server, proctor, candidates who answer and stream
	@exec $(PY) -m examserver demo $(DEMO)

test: $(VENV)/.dev locale models chromium ## every test, in a real Chromium and on real servers too
	$(PY) -m pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder $(TESTS)

conformance: $(VENV)/.dev locale ## the tests against files that others wrote (EXAMSERVER_FIXTURES names their folder)
	$(PY) -m pytest -m conformance $(TESTS)

check: $(VENV)/.dev locale ## ruff, mypy, import contracts, sizes
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m pytest -q tests/architecture/test_sizes.py

requirements: $(VENV)/.dev ## which tests show which requirement (LEDGER=--strict fails on a gap)
	@$(PY) -m tools.requirements_ledger $(LEDGER)

bench: $(VENV)/.dev locale models ## the speed figures, each a ratio to a limit of the same run
	$(PY) -m benchmarks $(BENCH)

screenshots: $(VENV)/.dev locale models chromium ## the pictures of docs/screenshots, from a running day
	$(PY) -m tools.screenshots

lock: $(VENV)/.dev ## write the hashed requirement files anew
	$(LOCK) --output-file requirements.txt requirements.in
	$(LOCK) -c requirements.txt --output-file requirements-postgres.txt requirements-postgres.in
	$(LOCK) -c requirements-postgres.txt --output-file requirements-dev.txt requirements-dev.in

locale: $(VENV)/.run
	@$(PY) -m tools.compile_locale

models: $(VENV)/.run
	@$(PY) -m proctor models pull

chromium: $(VENV)/.dev
	@$(PY) -m tools.chromium --install

clean: ## remove what was installed and built; the venue's data in var/ stays
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find examserver itembank scoring -name '*.mo' -delete

$(VENV)/.made:
	@python=$$(tools/find_python) && echo "venv: $$python -> $(VENV)" && "$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/.made
	@echo "install: the product's packages (requirements.txt, every file checked by its hash)"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "install: what tests, checks and benchmarks need (requirements-dev.txt)"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
