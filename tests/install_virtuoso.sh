#!/bin/sh
# Install Debian's Virtuoso 7 for the tests of endpoints where there is none and we may. Only the server and its
# console are needed: the package brings no service, and none is started.
set -e
command -v "${VIRTUOSO:-virtuoso-t}" >/dev/null 2>&1 && command -v isql-vt >/dev/null 2>&1 && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "no Virtuoso here: install version 7, or the tests on it are skipped"
    exit 0
fi
if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo"
else
    echo "no Virtuoso here, and no right to install it: apt install virtuoso-opensource-7-bin, or the tests on it are skipped"
    exit 0
fi
$as_root apt-get update -qq
if [ -z "$(apt-cache search --names-only '^virtuoso-opensource-7-bin$')" ]; then
    echo "no Virtuoso here, and none in this system's packages: the tests on it are skipped"
    exit 0
fi
echo "installing Virtuoso for the tests of endpoints (once) …"
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin >/dev/null
