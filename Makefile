# make report   check every claim and write the site to reports/site
# make test     all tests; installs what they need where it can, says what it skips where it cannot
# make lint     formatting, clippy, documentation, dependencies; warnings are errors; says what it skips
# make bench    time the kernels, about two minutes
# make mutants  break kernels and judging one by one and see which claims and tests notice, about an hour
# make stability   every claim under twenty other master seeds; writes reports/stability.json
# make peers    the same work in NumPy, SciPy, JAX and PyTorch; writes reports/peers.json and peers.md
# make clean    remove what is generated

CARGO ?= cargo
FLAGS ?=

.PHONY: report test lint bench mutants stability peers clean tools

report:
	$(CARGO) build --release --locked
	./target/release/modewise report $(FLAGS)

# What tests write: cargo's own place for it.
WRITTEN := target/tmp

test: tools
	$(CARGO) test --locked
	@sh tests/browser/run.sh target/debug/modewise $(WRITTEN)/site-of-every-verdict

lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" $(CARGO) doc --locked --no-deps --document-private-items
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(CARGO) deny --locked check; \
	else echo "skipped: licences, bans, sources and advisories of dependencies need \`cargo-deny\`"; fi

bench:
	$(CARGO) bench --locked --bench kernels

mutants:
	python3 tests/mutants/run.py

stability:
	$(CARGO) build --release --locked
	./target/release/modewise stability $(FLAGS)

PEERS := target/peers

peers:
	$(CARGO) build --release --locked --bin modewise --example ours
	python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --requirement benches/peers/requirements.txt
	$(PEERS)/bin/python benches/peers/main.py target/release/examples/ours target/release/modewise reports/peers

clean:
	$(CARGO) clean
	rm -rf reports/site reports/record.json reports/timing.json .modewise

# xmllint checks junit.xml against the Jenkins schema; the others look at the site in a browser, java at its HTML.
tools:
	@sh tests/tools/install.sh xmllint:libxml2-utils chromium:chromium node:nodejs npm:npm java:default-jre-headless
