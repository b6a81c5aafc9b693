# One command each. `make demo` and `make test` set up what they need in .venv and leave the system alone
# (but for Chromium and Virtuoso, which `make test` installs where it may and they are missing).

VENV := .venv
RUN := $(VENV)/bin
# the first Python of these that is new enough
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: demo test check bench accuracy docs pictures golden browser virtuoso clean

demo: $(VENV)/.user  ## the main job, on the graph that ships
	@$(RUN)/stpgraph demo

test: $(VENV)/.developer browser virtuoso  ## all tests
	$(RUN)/python -m pytest

check: $(VENV)/.developer  ## style and types
	$(RUN)/ruff check .
	$(RUN)/ruff format --check stpgraph tests benchmarks
	$(RUN)/mypy

bench: $(VENV)/.developer  ## speed and memory beside what else one would use (about an hour for all)
	$(RUN)/python -m benchmarks

accuracy: $(VENV)/.developer  ## how right what is read is, per field and kind of document, both halves of the gold set
	$(RUN)/python -m benchmarks.accuracy --blind

pictures: $(VENV)/.developer browser  ## the pictures of the README
	$(RUN)/python -m tests.write_pictures

golden: $(VENV)/.developer browser  ## the pictures that tests hold pages against; look at them before you keep them
	$(RUN)/python -m tests.write_golden

docs: $(VENV)/.developer  ## docs/queries.md from the headers of the questions
	$(RUN)/python -m tests.write_docs

browser:
	@sh tests/install_chromium.sh

virtuoso:
	@sh tests/install_virtuoso.sh

$(VENV)/.user: pyproject.toml
	@test -n "$(PYTHON)" || { echo "stpgraph needs Python 3.11 or newer with venv (Debian: apt install python3-venv)"; exit 1; }
	@test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (once; a minute or so) …"
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.developer: pyproject.toml
	@test -n "$(PYTHON)" || { echo "stpgraph needs Python 3.11 or newer with venv (Debian: apt install python3-venv)"; exit 1; }
	@test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) for development (once; a minute or two) …"
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/.user $@

clean:
	rm -rf $(VENV) .stpgraph stpgraph-demo build dist .mypy_cache .ruff_cache .hypothesis
