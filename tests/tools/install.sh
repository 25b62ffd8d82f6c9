#!/bin/sh
# install.sh COMMAND:PACKAGE ...
# Installs the Debian package of each command that is missing, where that can be done without asking; says which tests
# are skipped otherwise. Never fails: a missing tool skips its tests, it does not break them.
missing=""
for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    apt-get update -qq >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null 2>&1
fi
for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null 2>&1 ||
        echo "skipped: tests that need \`${pair%%:*}\` (Debian package ${pair#*:})"
done
exit 0
