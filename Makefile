# From a bare machine (Python 3.11 or newer, make, git) to a chat that runs and tests that pass.
# Written for GNU make 3.81 as well, which is what macOS has.

.DEFAULT_GOAL := help
.PHONY: help install research run test test-system stress bench pictures lock clean

VENV := .venv
PEERS := .venv-peers
READERS := .venv-readers
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
PYTHONS := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
UV ?= $(firstword $(wildcard $(BIN)/uv) uv)
LOCK := $(UV) --no-config --quiet pip compile --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(ARGS)

apart = $(BIN)/python -m venv $(1) && $(1)/bin/python -m pip -qq --disable-pip-version-check --no-input install \
	--require-hashes --requirement $(2)

help: ## Deze lijst
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

install: $(VENV)/.project ## Zet alles klaar in .venv (doet niets als dat al zo is)
	@:

research: install $(VENV)/.research ## Zet ook klaar wat alleen onderzoekers nodig hebben (SPSS, Parquet, namen weghalen)
	@:

run: install ## Start Vertelbot (meer opties: make run ARGS="--config bestand")
	@$(BIN)/vertelbot start $(ARGS)

test: install $(VENV)/.tests $(READERS)/.packages ## Controleer alles (een deel: make test ARGS="-k export")
	@echo "· opmaak"
	@$(BIN)/ruff format --quiet --check
	@echo "· regels"
	@$(BIN)/ruff check --quiet
	@echo "· typen"
	@$(BIN)/mypy --no-error-summary
	@echo "· kamers"
	@report="$$($(BIN)/lint-imports --no-logo 2>&1)" || { echo "$$report"; exit 1; }
	@echo "· tests"
	@$(BIN)/pytest -n 4 --ignore tests/system $(ARGS)

test-system: install $(VENV)/.tests $(READERS)/.packages ## Met programma's van deze machine: een browser, LibreOffice, PSPP en R
	@$(BIN)/python -m tests.system.machine
	@$(BIN)/pytest -n 2 tests/system $(ARGS)

stress: install $(VENV)/.tests ## Beproef het zoals op de slechtste dag: storingen, volle schijf, onzin (urenlang)
	@$(BIN)/python -m pytest tests/stress --full -v $(ARGS)

bench: install $(VENV)/.tests $(PEERS)/.packages ## Meet hoe snel het is, naast anderen (ruim een uur; kort: make bench ARGS=--short)
	@$(BIN)/python -m tests.load bench $(ARGS)

pictures: install $(VENV)/.tests ## Teken het plaatje van de README opnieuw, en maak de foto's (vraagt om Chromium)
	@$(BIN)/python -m docs.pictures.draw_chat
	@$(BIN)/python -m docs.pictures.picture_paper
	@$(BIN)/python -m docs.pictures.photograph_web
	@$(BIN)/python -m docs.pictures.photograph_visit

lock: ## Leg de versies opnieuw vast (nieuwere: make lock ARGS=--upgrade; vraagt om uv)
	@command -v $(UV) >/dev/null || { echo "Hiervoor is uv nodig: $(BIN)/pip install uv"; exit 1; }
	@mkdir -p requirements
	@echo "· requirements/build.txt"
	@$(LOCK) --group build --output-file requirements/build.txt >/dev/null
	@echo "· requirements/run.txt"
	@$(LOCK) --group build --output-file requirements/run.txt pyproject.toml >/dev/null
	@echo "· requirements/test.txt"
	@$(LOCK) --group build --group dev --constraint requirements/run.txt \
		--all-extras --output-file requirements/test.txt pyproject.toml >/dev/null
	@echo "· requirements/research.txt"
	@$(LOCK) --group build --constraint requirements/run.txt \
		--all-extras --output-file requirements/research.txt pyproject.toml >/dev/null
	@echo "· requirements/peers.txt"
	@$(LOCK) --group peers --output-file requirements/peers.txt >/dev/null
	@echo "· requirements/readers.txt"
	@$(LOCK) --group readers --output-file requirements/readers.txt >/dev/null
	@echo "· requirements/schemas.txt"
	@$(LOCK:3.11=3.13) --no-deps --group schemas --output-file requirements/schemas.txt >/dev/null

clean: ## Haal .venv en alles wat gemaakt is weg (gegevens en geheimen blijven)
	@rm -rf $(VENV) $(PEERS) $(READERS) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis
	@find bot console counting dialogs disclosure docs pages printing research storage tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.python:
	@for python in $(PYTHONS); do \
		if "$$python" -c "$(NEW_ENOUGH)" 2>/dev/null; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Vertelbot heeft Python 3.11 of nieuwer nodig; hier is alleen:" \
			"$$(python3 --version 2>/dev/null || echo 'geen python3')."; \
		echo "Vertelbot needs Python 3.11 or newer. Have it elsewhere? make install PYTHON=/path/to/python"; \
		exit 1; \
	fi; \
	echo "· .venv met $$("$$found" --version)"; \
	"$$found" -m venv $(VENV) || { \
		echo "Python kan geen .venv maken. Op Debian en Ubuntu: apt install python3-venv"; \
		exit 1; \
	}
	@touch $@

# What builds a package that comes as source is pinned with a hash too, and installed before it is needed.
$(VENV)/.build: requirements/build.txt $(VENV)/.python
	@$(PIP) install --require-hashes --requirement requirements/build.txt
	@touch $@

$(VENV)/.packages: requirements/run.txt $(VENV)/.build
	@echo "· pakketten (de eerste keer duurt dit even)"
	@$(PIP) install --require-hashes --no-build-isolation --requirement requirements/run.txt
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.packages
	@echo "· Vertelbot zelf"
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.research: requirements/research.txt $(VENV)/.packages
	@echo "· pakketten voor onderzoekers (de eerste keer duurt dit even)"
	@$(PIP) install --require-hashes --no-build-isolation --requirement requirements/research.txt
	@touch $@

# What we are measured beside, and what opens what is exported, each in an environment of its own.
$(PEERS)/.packages: requirements/peers.txt $(VENV)/.python
	@echo "· pakketten om mee te vergelijken"
	@$(call apart,$(PEERS),requirements/peers.txt)
	@touch $@

$(READERS)/.packages: requirements/readers.txt requirements/schemas.txt $(VENV)/.python
	@echo "· programma's die de uitvoer openen (de eerste keer duurt dit even)"
	@$(call apart,$(READERS),requirements/readers.txt)
	@rm -rf $(READERS)/schemas
	@$(PIP) install --require-hashes --no-deps --only-binary :all: --ignore-requires-python \
		--target $(READERS)/schemas --requirement requirements/schemas.txt
	@touch $@

$(VENV)/.tests: requirements/test.txt $(VENV)/.packages
	@echo "· pakketten voor de tests (de eerste keer duurt dit even)"
	@$(PIP) install --require-hashes --no-build-isolation --requirement requirements/test.txt
	@touch $@
