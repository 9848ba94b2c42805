# Two commands are all a newcomer needs: `make run` and `make test`.
VENV ?= .venv
BIN := $(VENV)/bin
NEEDS := pyproject.toml Makefile

# The first Python that really runs and fits; a version manager's shim may exist and still fail.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$python && break; done)

.PHONY: run test check bench accuracy docs lock clean

run: $(VENV)/.installed ## load the sample journal (and your own sources) into the warehouse
	@$(BIN)/etl run

test: $(VENV)/.installed-dev ## all tests
	@$(BIN)/python -m pytest --doctest-modules src tests

check: $(VENV)/.installed-dev ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.installed-dev ## fetching, reading, parsing and loading beside limits and peers
	$(BIN)/python -m benchmarks.fetch
	$(BIN)/python -m benchmarks.read
	$(BIN)/python -m benchmarks.citations
	$(BIN)/python benchmarks/load.py
	$(BIN)/python benchmarks/reload.py

accuracy: $(VENV)/.installed-dev ## scores on the development sets, shared and our own
	$(BIN)/python -m tests.accuracy.pages
	$(BIN)/python -m tests.accuracy.entries
	$(BIN)/python -m tests.accuracy.entities
	$(BIN)/python -m tests.accuracy.citations

docs: $(VENV)/.installed-dev ## write the generated pages of docs/ anew
	$(BIN)/python -m etl.schema.dictionary > docs/tables.md

lock: $(VENV)/.installed-dev ## resolve both lock files anew
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header pyproject.toml --group dev \
		-c requirements.lock -o requirements-dev.lock

$(VENV)/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found. Name one: make run PYTHON=/path/to/python3.12" >&2; exit 2; }
	@echo "Making $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "No virtual environment could be made; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.installed: requirements.lock $(NEEDS) | $(VENV)/bin/pip
	@echo "Installing about 150 packages, once ..."
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean: ## forget the virtual environment and the local warehouse
	rm -rf $(VENV) .etl
