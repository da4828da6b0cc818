# Two commands for everybody: `make demo` and `make test`. Both set up what they need (Python 3.11+, make, git and a package index).
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
UV := .venv-uv/bin/uv
SETUP := .venv/.ready

.PHONY: demo test test-all check bench docs train clean

demo: $(SETUP)
	@$(BIN)/reportedly demo

test: $(SETUP) check
	$(BIN)/pytest -m "not slow" --cov --cov-report=term:skip-covered --cov-fail-under=90

test-all: $(SETUP)
	$(BIN)/pytest

check: $(SETUP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(SETUP)
	$(UV) sync --frozen --quiet --no-build --group bench
	$(BIN)/python -m bench

docs: $(SETUP)
	$(BIN)/python docs/build.py

train:
	bash training/train.sh

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv-uv
	@.venv-uv/bin/pip install --quiet uv==$(UV_VERSION)

$(SETUP): $(UV) pyproject.toml uv.lock
	@echo "Setting up .venv (the first time takes a minute) …" >&2
	@$(UV) sync --frozen --quiet --no-build --python $(PYTHON)
	@touch $@

clean:
	rm -rf .venv .venv-uv .venv-train .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
