# Two commands: `make run` and `make test`. Both make .venv the first time and again only when what it is made of has changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 7860
# On Linux, pip's ordinary torch brings gigabytes of CUDA. TORCH_INDEX is passed to pip as --index-url for torch alone (see README).
TORCH_INDEX ?=
PARTS := pyproject.toml constraints.txt

.PHONY: run test lint unit eval bench clean

run: $(VENV)/.ready
	@$(BIN)/assistant ui --samples --port $(PORT)

test: lint unit

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

unit: $(VENV)/.ready-dev
	$(BIN)/pytest -n 2 --dist loadfile

eval: $(VENV)/.ready
	$(BIN)/assistant eval --report eval/results

# Half an hour on two cores, and the peers need a network. `.venv/bin/python -m eval.bench NAMN --quick` is a taste of one.
bench: $(VENV)/.ready
	$(BIN)/python -m eval.bench

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 eller senare behövs; kör t.ex. make run PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

# torch first and alone: what depends on it then finds it and asks for no other build.
$(VENV)/.torch: $(VENV)/.python constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch
	@touch $@

$(VENV)/.ready: $(VENV)/.torch $(PARTS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist
