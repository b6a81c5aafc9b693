#!/bin/sh
# Install Debian's Chromium for the browser tests where there is none and we may.
set -e
for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "no Chromium here: install one, or the browser tests are skipped"
    exit 0
fi
if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo"
else
    echo "no Chromium here, and no right to install it: apt install chromium, or the browser tests are skipped"
    exit 0
fi
echo "installing Chromium for the browser tests (once) …"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null
