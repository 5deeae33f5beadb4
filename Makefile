# The one door. `make demo` runs the main job, `make test` passes the tests; both install what they need.

SHELL := /bin/bash -o pipefail
.DEFAULT_GOAL := help
UV_VERSION := 0.13.9
CLIENT_VERSION := 0.29.1
UV ?= .tools/bin/uv
RUN = $(UV) run --frozen --no-sync
export UV_PYTHON_PREFERENCE ?= only-system

.PHONY: help install needs demo test check bench nightly policy schemas client clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.tools/bin/uv:
	@python3 -m venv .tools
	@.tools/bin/python -m pip install --quiet 'uv==$(UV_VERSION)'

install: $(if $(filter .tools/bin/uv,$(UV)),.tools/bin/uv) ## Install claimwright and its tools into .venv
	@$(UV) sync --quiet --frozen

demo: install ## Check a clinic's week of claims and write out/clinic-week.html
	@$(RUN) claimwright check examples/clinic-week.837 --no-store --as-of 2026-03-20 --limit 6 --out out/clinic-week.html \
	  || test $$? -eq 1  # 1 says that there are lines to fix, and there are

needs: ## Install what the tests need beside Python: PostgreSQL and Chromium
	@tests/needs.sh

test: check needs ## Everything CI asks for
	@$(RUN) pytest -m 'not nightly'

check: install ## Format, lint, types, layers, policies and what they are traced to
	@$(RUN) ruff format --check --quiet .
	@$(RUN) ruff check --quiet .
	@$(RUN) mypy
	@$(RUN) lint-imports | tail -n 2
	@$(RUN) claimwright policy lint
	@$(RUN) claimwright policy lock --check
	@$(RUN) claimwright policy trace --lost

policy: install ## Lint, prove and lock the policies; regenerate what is compiled from them
	@$(RUN) claimwright policy lock
	@$(RUN) claimwright policy lint
	@$(RUN) claimwright policy test

schemas: install ## Regenerate the published JSON Schemas
	@$(RUN) python -m claimwright.report.schema schemas
	@$(RUN) python -m claimwright.api.publish schemas

client: install schemas ## Generate clients/python from the schema of the API
	@cd clients && $(if $(filter .tools/bin/uv,$(UV)),../)$(UV) tool run --from 'openapi-python-client==$(CLIENT_VERSION)' \
	  openapi-python-client generate --path ../schemas/openapi-1.json --output-path python --overwrite --config generator.yaml \
	  --custom-template-path templates
	@$(RUN) python clients/digest.py > clients/python/made-of.sha256

bench: install ## Measure against peers in the same run; ARGS passes options
	@$(RUN) python benchmarks/run.py $(ARGS)

nightly: check needs ## All tests, the long ones too
	@$(RUN) pytest

clean: ## Remove what was made
	@rm -rf .venv .tools out dist
