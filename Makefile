# Two targets do everything on a fresh machine: `make run` and `make test`. `make check` adds lint, types and import contracts.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PLANKB_KB ?= $(CURDIR)/.kb

.PHONY: bench extras run test test-slow check wheel marks marks-record docs snapshots screenshots clean
.DEFAULT_GOAL := run

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

# What is used where it is there: reading on a cluster, the fast segmenter.
extras: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,cluster,fast]'

run: $(VENV)/.ready
	@$(BIN)/plankb build corpus
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/plankb; else sh scripts/samples.sh $(BIN)/plankb; fi

# On all cores; a file's tests stay in one process, so that they share what they built.
test: $(VENV)/.ready
	$(BIN)/python -m pytest -n auto --dist loadfile

# What takes seconds by its nature: LibreOffice, clusters, kills, whole plans.
test-slow: $(VENV)/.ready
	$(BIN)/python -m pytest -n auto --dist loadfile -m slow

check: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel: $(VENV)/.ready
	$(BIN)/python -m pytest -m wheel tests/test_wheel.py

# The pages of docs/ that are made of the program.
docs: $(VENV)/.ready
	$(BIN)/python scripts/docs.py
	$(BIN)/python -m plankb.checks.page > docs/rules.md

# How well the annotated plans beside the repository are read, against the figures recorded here; and a new record.
marks: $(VENV)/.ready
	$(BIN)/python benchmarks/marks.py

marks-record: $(VENV)/.ready
	$(BIN)/python benchmarks/marks.py --record

# Figures by stage for 10, 100 and 1,000 generated plans: benchmarks/out/bench.json and a page that plots them.
SIZES ?= 10,100,1000
bench: $(VENV)/.ready
	$(BIN)/python benchmarks/bench.py --sizes $(SIZES)

# Pictures of the screens: those the tests compare with, and those of the README.
snapshots: $(VENV)/.ready
	$(BIN)/python -m pytest tests/tui/test_snapshots.py --snapshot-update

screenshots: $(VENV)/.ready
	$(BIN)/python scripts/screenshots.py docs

clean:
	rm -rf $(VENV) .kb build dist .mypy_cache .pytest_cache .ruff_cache
