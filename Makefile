# make report   check every claim and write the site to reports/site
# make test     all tests; installs what they need where it can, says what it skips where it cannot
# make lint     formatting, clippy, documentation; warnings are errors
# make bench    time the kernels, about two minutes
# make clean    remove what is generated

CARGO ?= cargo
FLAGS ?=

.PHONY: report test lint bench clean tools

report:
	$(CARGO) build --release --locked
	./target/release/modewise report $(FLAGS)

test: tools
	$(CARGO) test --locked
	@sh tests/browser/run.sh target/debug/modewise target/tmp/site-of-every-verdict

lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" $(CARGO) doc --locked --no-deps --document-private-items

bench:
	$(CARGO) bench --locked --bench kernels

clean:
	$(CARGO) clean
	rm -rf reports/site reports/record.json reports/timing.json .modewise

# xmllint checks junit.xml against the Jenkins schema; the others look at the site in a browser, java at its HTML.
tools:
	@sh tests/tools/install.sh xmllint:libxml2-utils chromium:chromium node:nodejs npm:npm java:default-jre-headless
