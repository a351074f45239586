# Two targets do everything on a fresh machine: `make run` and `make test`. `make check` adds lint, types and import contracts.
# `make run` fetches what the program needs (120 MB), `make test` the tools of the tests too (40 MB more); pip shows how far it is.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PLANKB_KB ?= $(CURDIR)/.kb

.PHONY: audit minimal mutants lock fuzz licences damaged bench extras site bundle wheelhouse release-check run test test-slow check wheel marks marks-record docs snapshots screenshots clean
.DEFAULT_GOAL := run

PIP = $(BIN)/python -m pip --disable-pip-version-check install --constraint constraints.txt

# By the hashes of requirements.lock (scripts/lock.py) where the registry has those files; one that built its own is told
# in a line, and its files are taken by version alone. LOCKED=yes (CI) stops there instead, LOCKED=no does not ask.
LOCKED ?= auto
LOCKED_yes = $(BIN)/python -m pip --disable-pip-version-check install --no-deps --require-hashes --requirement requirements.lock
LOCKED_auto = $(LOCKED_yes) || echo "plankb: 软件源的文件与 requirements.lock 的校验值不符或不全（原因见上），改为只按版本号安装 · the registry's files are not those of requirements.lock (see above); installing by version alone" >&2
LOCKED_no = true

$(VENV)/.ready: pyproject.toml constraints.txt requirements.lock
	@echo "plankb: 正在下载并安装所需的程序包，约 120 MB，只在第一次 · fetching and installing what it needs, about 120 MB, once" >&2
	$(PYTHON) -m venv $(VENV)
	@$(LOCKED_$(LOCKED))
	$(PIP) --editable .
	@$(BIN)/python -m compileall -q src && $(BIN)/python -m plankb.own_tables
	@touch $@

# The tools of tests, lint and types.
$(VENV)/.dev: $(VENV)/.ready
	@echo "plankb: 正在下载测试工具，约 40 MB · fetching the tools of the tests, about 40 MB" >&2
	$(PIP) --quiet --editable '.[dev]'
	@touch $@

# What is used where it is there: reading on a cluster, the fast segmenter, the tools for language models; and what makes pages of docs/.
extras: $(VENV)/.ready
	$(PIP) --quiet --editable '.[dev,cluster,fast,mcp,site]'
	@touch $(VENV)/.dev

run: $(VENV)/.ready
	@$(BIN)/plankb build corpus
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/plankb; else sh scripts/samples.sh $(BIN)/plankb; fi

# On all cores; a file's tests stay in one process, so that they share what they built.
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist loadfile

# What takes seconds by its nature: LibreOffice, clusters, kills, whole plans.
test-slow: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist loadfile -m slow

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Known faults of what is installed (asks the registry's list of advisories), and licences against docs/licences.md.
audit: $(VENV)/.dev
	$(BIN)/python scripts/licences.py --check
	$(BIN)/python scripts/lock.py --check
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet pip-audit
	$(VENV)/audit/bin/pip-audit --strict --no-deps --disable-pip -r constraints.txt || { \
	  echo "audit: 校验值和许可证已查；以上是已知漏洞，或软件源没有漏洞目录（Dependency not found）而没有查到 · licences and hashes hold;" \
	  "above are known faults, or a registry without advisories (Dependency not found), where faults were not looked up" >&2; exit 1; }
	@echo "audit: the pinned Python packages, by the advisories known today. Not looked at: the C libraries inside their wheels" \
	  "(pdfium, libxml2, SQLite, zlib), Python itself, LibreOffice, other versions than the pinned ones (make minimal tests those)."

# What the tests of the checks, exports, readers and store do not notice: small faults put into a sample of their modules,
# one at a time (benchmarks/mutants.toml says which tests must notice which, and explains what may survive).
mutants: $(VENV)/.dev
	$(BIN)/python benchmarks/mutants.py --seconds $(MUTANT_SECONDS)

MUTANT_SECONDS ?= 900

# The fast tests with the lowest versions that pyproject.toml allows, in build/minimal (asks the registry).
minimal: $(VENV)/.dev
	$(BIN)/python scripts/minimal.py

# The hashes of what `make run` installs, for Linux, Windows and macOS, after constraints.txt was changed (asks the registry).
lock: $(VENV)/.dev
	$(BIN)/python scripts/lock.py

licences: $(VENV)/.dev
	$(BIN)/python scripts/licences.py

# 600 damaged files of every format, read or refused in one line: benchmarks/safety.json.
damaged: $(VENV)/.dev
	$(BIN)/python benchmarks/damaged.py --record

# Texts, questions, numerals and workbooks made at random for a bounded time, then bytes led by the branches that they reach
# (atheris, where it can be had); what is a fault is kept in benchmarks/out/fuzz.
fuzz: $(VENV)/.dev
	$(BIN)/python benchmarks/fuzz.py --seconds $(SECONDS)
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --target build/atheris atheris || echo "atheris cannot be had here" >&2
	PYTHONPATH=build/atheris $(BIN)/python benchmarks/fuzz_guided.py --seconds $(SECONDS)

SECONDS ?= 120

wheel: $(VENV)/.dev
	$(BIN)/python -m pytest -m wheel tests/test_wheel.py

# One folder with Python and all libraries for this platform (dist/), tried without network; and, for machines without
# internet that have a Python, all wheels with hashes for Windows x64 and Linux (glibc 2.28 or later) x86_64 and aarch64.
bundle:
	$(PYTHON) scripts/bundle.py

wheelhouse: $(VENV)/.dev
	$(BIN)/python scripts/wheelhouse.py

# The documentation as pages in dist/site: Chinese and English, nothing fetched when it is read.
site: $(VENV)/.dev
	$(PIP) --quiet --editable '.[site]'
	$(BIN)/mkdocs build --strict --quiet --site-dir dist/site

# What must hold before a version is handed on; see scripts/release.py.
release-check: $(VENV)/.dev
	$(BIN)/python scripts/release.py

# The pages of docs/ that are made of the program.
docs: $(VENV)/.dev
	$(BIN)/python scripts/docs.py

# How well the annotated plans beside the repository are read, against the figures recorded here; and a new record.
marks: $(VENV)/.dev
	$(BIN)/python benchmarks/marks.py

marks-record: $(VENV)/.dev
	$(BIN)/python benchmarks/marks.py --record

# Figures by stage for 10, 100 and 1,000 generated plans: benchmarks/out/bench.json and a page that plots them.
SIZES ?= 10,100,1000
bench: $(VENV)/.dev
	$(BIN)/python benchmarks/bench.py --sizes $(SIZES)

# Pictures of the screens: those the tests compare with, and those of the README.
snapshots: $(VENV)/.dev
	$(BIN)/python -m pytest tests/tui/test_snapshots.py --snapshot-update

screenshots: $(VENV)/.dev
	$(BIN)/python scripts/screenshots.py docs

clean:
	rm -rf $(VENV) .kb build dist .mypy_cache .pytest_cache .ruff_cache
