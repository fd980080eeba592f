# 同学 Tongxue. `make demo` to try it, `make test` to test it; both set everything up themselves.
PYTHON ?= python3
BIN := .venv/bin
MARK := .venv/.ready

.PHONY: venv demo run test fuzz soak check bench bench-search bench-scale docs clean

venv: $(MARK)

$(MARK): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Tongxue needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $(MARK)

demo: $(MARK)
	$(BIN)/tongxue demo

run: $(MARK)
	$(BIN)/tongxue run --config config.toml

test: $(MARK)
	$(BIN)/python -m pytest -n auto --dist worksteal

fuzz: $(MARK)
	$(BIN)/python -m pytest tests/rules tests/actions tests/texts tests/fuzz --hypothesis-profile=fuzz -k "$(ONLY)"

.venv/.check: $(MARK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[check]'
	touch .venv/.check

soak: $(MARK)
	$(BIN)/python -m tests.soak --minutes $(or $(MINUTES),30) --database $(or $(DATABASE),sqlite)

check: .venv/.check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python deploy/audit.py

.venv/.bench: $(MARK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	touch .venv/.bench

bench: .venv/.bench
	$(BIN)/python -m benchmarks

bench-search: $(MARK)
	$(BIN)/python -m benchmarks.search $(DATA)

bench-scale: $(MARK)
	$(BIN)/python -m benchmarks.scale

docs: $(MARK)
	$(BIN)/python -m bot.docs

clean:
	rm -rf .venv demo-state
