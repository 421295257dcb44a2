# Every command lives here once; .ci/run and the README call it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
SWIFT ?= swift
PATCHBAY := .build/release/patchbay

.PHONY: help try test interop setup build release format lint run sandbox demo soak bench pairs fuzz docs clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

try: release ## the main job: start a sandbox, walk an order and a fault end to end, stop it again
	@scripts/try

test: setup ## every test, on a build of its own
	@scripts/test

interop: ## strangers' tools against a sandbox: five SOAP stacks, OpenAPI and JSON Schema validators
	@scripts/setup interop
	@scripts/interop

setup: ## install the Debian packages that the build needs, if any is missing
	@scripts/setup

build: setup ## a debug build
	$(SWIFT) build

release: setup ## a release build of the program
	$(SWIFT) build -c release --product patchbay

format: ## format all Swift sources in place
	$(SWIFT) format -i -r -p Package.swift Sources Tests Benchmarks Fuzz

lint: ## formatting and style, strictly
	$(SWIFT) format lint --strict -r -p Package.swift Sources Tests Benchmarks Fuzz

run: release ## a sandbox on the real clock, on ports 8080 and 8081
	$(PATCHBAY) sandbox

sandbox: release ## a sandbox on a virtual clock, which POST /sandbox/clock turns
	$(PATCHBAY) sandbox --clock virtual

demo: release ## both journeys against a sandbox that runs already
	$(PATCHBAY) demo

soak: ## long: 200 kills of a busy sandbox, 500 seeds of tenants' days, and schemathesis with PATCHBAY_EXAMPLES cases an operation (200)
	@scripts/setup interop
	PATCHBAY_KILLS=200 scripts/test --filter KillTests
	PATCHBAY_SEEDS=$${PATCHBAY_SEEDS:-500} scripts/test --filter RandomTenancyTests
	PATCHBAY_EXAMPLES=$${PATCHBAY_EXAMPLES:-200} scripts/interop

bench: setup ## durable accepts and whole journeys, beside the raw store
	@scripts/bench

pairs: setup ## speed beside v0.1.0 (Benchmarks/baseline), in seven alternating pairs: PARTS="accepts kcis soap-accepts jobs-dispatch"
	@scripts/bench-pairs $(PARTS)

fuzz: setup ## an hour (FUZZ_SECONDS) of bytes of chance for everything that reads another party's bytes
	@scripts/fuzz

docs: ## where the documents are
	@ls README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md docs/*.md docs/*/*.md

clean: ## remove what was built
	rm -rf .build
