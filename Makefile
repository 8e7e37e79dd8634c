# Every recipe that needs a tool first lets .ci/tools.sh install what is missing.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help serve build check test fuzz bench screens pictures clean

PORT ?= 8080
OUT ?= target/screens
HASH ?=
TOOLS := . target/tools.env
step = @printf '\n== %s\n' "$(1)"
# The same random scenarios in each run, so that only a change can fail it; new ones: make fuzz.
check test: export PROPTEST_RNG_SEED ?= 1
# Without the interface there is no browser crate: the fast loop. The command comes along.
PURE := --no-default-features $(if $(shell grep -E '^cli *=' Cargo.toml),--features cli)
# Properties plan thousands of scenarios: our own code is worth optimizing, its libraries are not.
OPTIMIZED := --config 'profile.test.opt-level=1' --config 'profile.test.package."*".opt-level=0'
WASM := --target wasm32-unknown-unknown
DENY := -- -D warnings

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

serve: ## the page on http://127.0.0.1:8080/, rebuilt as you edit (PORT=… for another port)
	@.ci/tools.sh
	@$(TOOLS); PORT=$(PORT) exec node .ci/build.mjs --serve

build: ## the static page in dist/; serve it under any path
	@.ci/tools.sh
	@$(TOOLS); node .ci/build.mjs
	@$(TOOLS); node tests/page/weigh.mjs

check: ## the fast loop: format, lints, and tests of everything but the page
	cargo fmt --check
	cargo clippy $(PURE) --all-targets $(DENY)
	@if [ -f target/tools.env ]; then $(TOOLS); fi; cargo test $(PURE) $(OPTIMIZED)
	cargo clippy --lib --bins --test reactive $(DENY)

test: ## everything, in the order of cost
	$(call step,tools)
	@.ci/tools.sh test
	$(call step,format)
	@cargo fmt --check
	$(call step,lints without the interface)
	@cargo clippy $(PURE) --all-targets $(DENY)
	$(call step,tests without the interface)
	@$(TOOLS); cargo test $(PURE) $(OPTIMIZED)
	$(call step,lints)
	@cargo clippy --lib --bins --test reactive $(DENY)
	$(call step,lints for the browser)
	@cargo clippy $(WASM) --features split,usage,day,timing --lib --bins --test browser $(DENY)
	$(call step,tests)
	@$(TOOLS); cargo test --lib --bins --test reactive
	$(call step,tests in the browser)
	@$(TOOLS); CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
		cargo test $(WASM) --test browser
	$(call step,build)
	@$(TOOLS); node .ci/build.mjs
	$(call step,tests of the built page)
	@$(TOOLS); node --test --test-concurrency=2 --test-reporter=spec tests/page/*.test.mjs
	@$(TOOLS); echo; echo "all passed; skipped for a missing tool: $${SKIPPED:-nothing}"

MINUTES ?= 10
FUZZ ?= 40
FUZZED := --test properties --test said --test uncertainty
fuzz: ## properties on new scenarios, links, files and ranges for MINUTES (10), fast
	@cargo test --profile fuzz $(PURE) --no-run $(FUZZED)
	@end=$$((SECONDS + 60 * $(MINUTES))); round=0; \
	while [ $$SECONDS -lt $$end ]; do \
		round=$$((round + 1)); echo "== round $$round"; \
		FUZZ=$(FUZZ) cargo test --quiet --profile fuzz $(PURE) $(FUZZED) -- --include-ignored; \
	done; \
	echo "no fault in $$round rounds, each with $(FUZZ) times the cases of make test"

TIMING := target/timing
WASM_OPT = $(shell node -p "require('./package.json').config.wasm")

bench: build ## weigh the page, time its loading on a phone and a desktop, then the model
	@.ci/tools.sh test
	@cargo bench $(PURE) --bench evaluate
	@$(TOOLS); cargo bench $(PURE) --profile worker --bench day
	@cargo build --release --no-default-features --features timing --bin timing
	@cargo build --release --no-default-features --features timing --bin timing $(WASM)
	@$(TOOLS); wasm-bindgen --target web --no-typescript --out-dir $(TIMING) \
		target/wasm32-unknown-unknown/release/timing.wasm
	@$(TOOLS); wasm-opt -Oz $(WASM_OPT) -o $(TIMING)/timing_bg.wasm $(TIMING)/timing_bg.wasm
	@$(TOOLS); node tests/page/timing.mjs target/release/timing $(TIMING)
	@$(TOOLS); node tests/page/loading.mjs

screens: ## pictures of the built page (OUT=folder, HASH='#…' for a scenario)
	@.ci/tools.sh test
	@$(TOOLS); [ -e dist/index.html ] || node .ci/build.mjs
	@$(TOOLS); node tests/page/screens.mjs $(OUT) --hash '$(HASH)'

pictures: ## the pictures of the README, again
	@.ci/tools.sh test
	@$(TOOLS); [ -e dist/index.html ] || node .ci/build.mjs
	@$(TOOLS); node tests/page/pictures.mjs

clean: ## remove what was built, keep the tools
	rm -rf dist target
