# On a machine with Python 3.11+, make and the public package registries; nothing else, no root.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
GRAPH ?= embedded
SERVE ?= 1
DATA_DIR ?= .creatorgraph
ONLY ?= .

.PHONY: help run test check bench clean lock install-run install-dev

help:
	@echo "make run    load the sample, resolve it, show what was found, serve (SERVE=0 stops before, GRAPH=neo4j)"
	@echo "make test   the whole test suite, real PostgreSQL and Neo4j included"
	@echo "make check  lint, types, import contracts"
	@echo "make bench  benchmarks, or some of them: ONLY=regex"
	@echo "make lock   refresh requirements/*.txt"
	@echo "make clean  remove the environment and all local state"

$(UV):
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
