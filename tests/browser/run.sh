#!/bin/sh
# run.sh PROGRAM [SITE ...]
# Makes a site of a few cheap claims with PROGRAM and looks at it, and at the other sites, in a browser (check.mjs) and with
# the validator of the W3C. Says in a word what it skips where a tool is missing; fails only where a page is wrong.
set -eu
program=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/browser
mkdir -p "$work"

skip() {
    echo "skipped: tests in a browser ($1)"
    exit 0
}
command -v node >/dev/null 2>&1 || skip "no node"
command -v npm >/dev/null 2>&1 || skip "no npm"
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no chromium"

# The modules, once for each set of versions.
if ! cmp -s "$here/package.json" "$work/package.json" || [ ! -d "$work/node_modules" ]; then
    rm -rf "$work/node_modules" "$work/package.json"
    cp "$here/package.json" "$work/wanted.json"
    (cd "$work" && mv wanted.json package.json && npm install --no-package-lock --no-audit --no-fund --silent >/dev/null 2>&1) || {
        rm -f "$work/package.json"
        skip "npm could not install what is needed; is there a network?"
    }
fi

# A site with real figures. The store of the project is left alone.
(cd "$root" && "$program" report foundations/closed-form foundations/no-local-minima saddles/hessian-index hierarchy/differentiation \
    --profile quick --quiet --store "$work/store" --out "$work/site/pages" --url https://example.org/claims/ >/dev/null 2>"$work/log") || {
    cat "$work/log"
    exit 1
}
# From here on the folder is another: sites that were named from this one get their whole paths.
for site in "$@"; do
    set -- "$@" "$(realpath "$site")"
    shift
done
set -- "$work/site/pages" "$@"
(cd "$work" && node "$here/check.mjs" "$chromium" "$@")

if command -v java >/dev/null 2>&1; then
    for site in "$@"; do
        # MathML Core allows `displaystyle` and `scriptlevel` on every element; the validator knows MathML 3.
        find "$site" -name '*.html' -print0 | xargs -0 java -jar "$work/node_modules/vnu-jar/build/dist/vnu.jar" \
            --errors-only --filterpattern '.*(displaystyle|scriptlevel).*not allowed on element .mrow.*'
    done
    echo "the validator of the W3C finds no error"
else
    echo "skipped: the validator of the W3C (no java)"
fi
