# make serve: sets everything up and serves the French edition, reloading as you write; EDITION=en the English one.
# make test:  sets everything up, a browser included, and runs all tests; BUILT_SITE=site looks at a site just built.
# make build: writes the static site to site/, its English edition to site/en/.
# make translated: records that each paragraph of docs/en says what docs/fr does, after one has been mended.
# make pdf:   writes the whole derivation to derivation.pdf and derivation.en.pdf, with contents and numbered pages.
# make test-ecosystem: builds small sites beside other plugins and themes, in either order, and looks at them in a browser.
# make test-peers: compares what verimath evaluates with JAX, PyTorch, SciPy and scikit-learn, in an environment of its own.
# make fuzz:  tries expressions, formulas and pages made by chance, for half an hour; `make test` tries a few.

VENV := .venv
BIN := $(VENV)/bin
PEERS := $(VENV)/peers
VENDORED := src/verimath/vendor/katex/VERSION src/verimath/vendor/type/VERSION
DICTIONARIES := $(VENV)/dictionaries/node_modules
PACKAGE := pyproject.toml hatch_build.py npm/package-lock.json
PIP := -m pip --disable-pip-version-check install --quiet
INSTALL := $(BIN)/python $(PIP)
PORT ?= 8000
# Material announces its end and its successor at each start; the README says it once.
export NO_MKDOCS_2_WARNING := 1

# The configuration of an edition; each knows the address at which it will be.
EDITION ?= fr
CONFIG = $(if $(filter fr,$(EDITION)),mkdocs.yml,mkdocs.$(EDITION).yml)
ADDRESS = $(if $(SITE_URL),$(patsubst %/,%,$(SITE_URL))/)

.PHONY: serve build audit editions package test-package test-examples publish-check workflows translated test test-ecosystem test-peers fuzz lint figures pictures pdf lock clean

serve: $(VENV)/.site $(VENDORED)
	$(BIN)/mkdocs serve --config-file $(CONFIG) --dev-addr localhost:$(PORT)

# Built beside and exchanged when it is whole: a build that fails or is killed leaves the last good site as it was.
build: $(VENV)/.site $(VENDORED)
	$(BIN)/python -m verimath.site.exchange site $(MAKE) --no-print-directory editions INTO={}

editions:
	SITE_URL=$(ADDRESS) $(BIN)/mkdocs build --strict --site-dir $(INTO)
	SITE_URL=$(if $(ADDRESS),$(ADDRESS)en/) $(BIN)/mkdocs build --config-file mkdocs.en.yml --strict --site-dir $(INTO)/en

# The wheel and the sdist, in dist/; then the wheel alone in empty environments, which come from a registry.
package: $(VENV)/.site $(VENDORED)
	$(BIN)/python -m bench.package

test-package: $(VENV)/.site
	$(BIN)/python -m bench.package --test

# The sites under examples/, and new ones in each language, installed and built from the wheel alone.
test-examples: package
	$(BIN)/python -m bench.package --examples

# What is missing before a first publication, or before a tag VERSION=v0.2.0.
publish-check: $(VENV)/.site $(VENDORED)
	SITE_URL=$(ADDRESS) $(BIN)/python -m bench.publish_check

# The steps of each workflow, run as far as a machine without GitHub can; WORKFLOW=publish only those of one.
workflows: $(VENV)/.site
	$(BIN)/python -m bench.workflows $(WORKFLOW)

# What Lighthouse and html-validate say of the site, which come from npm, and how a Firefox that is there sets its formulas.
audit: build $(VENV)/.test
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m bench.audit

translated: $(VENV)/.site
	$(BIN)/python -m bench.editions --confirm

# Twice, since the browser's driver leaves its event loop running in the process.
test: lint $(DICTIONARIES)
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m pytest --ignore tests/browser --ignore tests/peers --ignore tests/ecosystem
	$(BIN)/python -m pytest tests/browser

# Apart, since JAX and PyTorch are large: nothing else here needs them.
test-peers: $(PEERS)/.whole $(VENDORED)
	PYTHONPATH=src $(PEERS)/bin/python -m pytest tests/peers

# Apart too: it installs some twenty plugins.
test-ecosystem: $(VENV)/.ecosystem $(VENDORED)
	$(BIN)/python -m pytest tests/ecosystem

# Others on every run; what fails is kept in .hypothesis and tried first on the next one.
fuzz: $(VENV)/.test $(VENDORED)
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest tests/fuzz

lint: $(VENV)/.test $(VENDORED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The stamps make a second `make serve` install nothing. Wheels only, each of a known hash; the package itself is
# built with what is already there, so that what builds it is pinned and hashed too.
$(VENV)/.site: requirements.txt $(PACKAGE) | $(BIN)/python
	$(INSTALL) --require-hashes --only-binary :all: -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.site
	$(INSTALL) --require-hashes --only-binary :all: -r requirements-test.txt
	@touch $@

# What the tests of spelling read, pinned by their package.json.
$(DICTIONARIES): tests/docs/dictionaries/package-lock.json $(VENV)/.test
	mkdir -p $(dir $@)
	cp tests/docs/dictionaries/package*.json tests/docs/dictionaries/.npmrc $(dir $@)
	PATH=$(abspath $(BIN)):$$PATH npm ci --ignore-scripts --no-audit --no-fund --prefix $(dir $@)
	@touch $@

$(VENV)/.ecosystem: requirements-ecosystem.txt $(VENV)/.test
	$(INSTALL) --require-hashes --only-binary :all: --no-binary csscompressor --no-binary jsmin --no-build-isolation \
	  -r requirements-ecosystem.txt
	@touch $@

# All that is needed stands in the file, with a newer mpmath than SymPy asks for: pip looks for nothing more, and objects
# to nothing. PyTorch is 5 gigabytes on Linux, where what PyPI has of it is for graphics cards too.
$(PEERS)/.whole: requirements-peers.txt | $(BIN)/python
	$(BIN)/python -m venv --clear $(PEERS)
	$(PEERS)/bin/python $(PIP) --require-hashes --only-binary :all: --no-deps -r requirements-peers.txt
	@touch $@

# Vendored when the package is built; built again where someone swept it away.
$(VENDORED): | $(VENV)/.site
	$(INSTALL) --no-deps --no-build-isolation --editable .

# PYTHON=… chooses one; else the first on the PATH that the pinned packages accept.
$(BIN)/python:
	@for python in $(PYTHON) python3.13 python3.14 python3.12 python3.11 python3 python; do \
	  $$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11, 5) <= sys.version_info < (3, 15))' 2>/dev/null || continue; \
	  echo "setting up $(VENV) with $$python"; exec $$python -m venv --clear $(VENV); \
	done; \
	echo "No Python from 3.11.5 to 3.14 with venv was found: install one (Debian, Ubuntu: apt install python3 python3-venv)" >&2; \
	echo "or name it: make PYTHON=/path/to/python3.13 serve" >&2; exit 1

# Writes the pinned and hashed requirements anew, after a change of pyproject.toml, for all Pythons that it accepts.
LOCK := uv pip compile --quiet --universal --python-version 3.11.5 --generate-hashes --no-header --upgrade
lock: $(VENV)/.test
	$(INSTALL) uv
	$(BIN)/$(LOCK) pyproject.toml --extra mkdocs --group site -o requirements.txt
	$(BIN)/$(LOCK) pyproject.toml --extra mkdocs --group test -c requirements.txt -o requirements-test.txt
	$(BIN)/$(LOCK) pyproject.toml --extra mkdocs --group peers -c requirements.txt -c requirements-test.txt \
	  -o requirements-peers.txt
	# Not held to the others: a plugin asks for an older tzdata on Windows.
	$(BIN)/$(LOCK) pyproject.toml --extra mkdocs --group ecosystem -o requirements-ecosystem.txt

# Computes the figures of the page `reliability` anew, but for the comparison of bench/gradchecks, which takes its time,
# the list of names of the page `language`, and what JAX and PyTorch print on the page `gradients-weights`, where
# `make test-peers` has installed them.
figures: $(VENV)/.test $(VENDORED)
	$(BIN)/python -m bench.digits
	$(BIN)/python -m bench.mutation
	$(BIN)/python -m bench.snippets
	$(BIN)/python -m bench.reserved
	PYTHONPATH=src $(or $(wildcard $(PEERS)/bin/python),$(BIN)/python) -m bench.libraries
	$(BIN)/python -m bench.english

# Makes the pictures of the page `display` and the README anew; KaTeX and MathJax come from npm.
pictures: $(VENV)/.test $(VENDORED)
	$(BIN)/python -m bench.display
	$(BIN)/python -m bench.page
	$(BIN)/python -m bench.english
	$(BIN)/python -m bench.card

# The whole derivation as one file for each edition, derivation.pdf and derivation.en.pdf, printed by the browser of the
# tests.
pdf: build $(VENV)/.test
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m bench.pdf site site/en

clean:
	rm -rf $(VENV) .site .site-* .hypothesis site dist src/verimath/vendor
