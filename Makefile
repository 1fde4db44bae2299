# Every target first makes the clone ready for itself; see .ci/setup.sh. PYTHON=... chooses the interpreter.
.DEFAULT_GOAL := help
.PHONY: help sim sim-window test check bench golden fonts pinyin lock clean

RUN := .venv/bin/python
SETUP := @./.ci/setup.sh
COMPILE := uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --no-annotate

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

sim: ## the kiosk, its reader, cards and HQ in the browser; ARGS="..." is passed on
	$(SETUP) venv fonts pinyin
	$(RUN) -m sim $(ARGS)

sim-window: ## the same with the kiosk in a window of its own
	$(SETUP) venv fonts pinyin
	$(RUN) -m sim --window $(ARGS)

test: ## every test; ARGS="tests/ui -k text" for some
	$(SETUP) venv fonts pinyin browser systemd postgresql
	$(RUN) -m pytest $(ARGS)

check: ## formatter, linter, types
	$(SETUP) venv
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy

bench: ## the promised figures as a table
	$(SETUP) venv fonts pinyin
	$(RUN) -m bench $(ARGS)

golden: ## draw the golden pictures anew; look at every one before you commit it
	$(SETUP) venv fonts pinyin
	GOLDEN=rewrite $(RUN) -m pytest tests/golden $(ARGS)

fonts: ## the screen's fonts, in build/fonts
	$(SETUP) venv fonts

pinyin: ## the index for typing Chinese, in build/pinyin.index
	$(SETUP) venv pinyin

lock: ## requirements*.lock anew from pyproject.toml; needs uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra sim --extra dev -o requirements-dev.lock

clean: ## back to a fresh clone
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
