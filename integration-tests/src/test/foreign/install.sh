#!/bin/sh
# Installs what the foreign-client tests need: kcat from the system's packages, the rest from npm.
set -eu
cd "$(dirname "$0")"
command -v kcat >/dev/null || {
  apt-get update -qq
  apt-get install -y -qq kcat
}
npm ci --no-audit --no-fund
