#!/bin/sh
# Prints the path of a Chromium: $CHROMIUM, one on PATH, or the Debian package, installed when that is possible.
set -eu

for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$name" ] && command -v "$name"; then
        exit
    fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing Debian's chromium" >&2
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
    } >&2
    command -v chromium && exit
fi

echo 'no Chromium found: install one (Debian: "sudo apt-get install chromium"), or set CHROMIUM to its path' >&2
exit 1
