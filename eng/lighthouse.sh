#!/usr/bin/env bash
# Lets Lighthouse look at pages of the sample publication, as a phone sees them: eng/lighthouse.sh PROGRAM [PAGE…]. Exit 1 where a score is below 100.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1; shift; port=${PORT:-6290}; site=http://127.0.0.1:$port
[ -d tests/tools/lighthouse/node_modules ] || (cd tests/tools/lighthouse && npm ci --ignore-scripts --no-audit --no-fund --silent)
log=$(mktemp)
"$program" demo --urls "$site" >"$log" 2>&1 & demo=$!
trap 'kill $demo 2>/dev/null || true; wait $demo 2>/dev/null || true; rm -f "$log"' EXIT
for _ in $(seq 300); do curl -sf -o /dev/null "$site/readyz" && break; kill -0 $demo 2>/dev/null || break; sleep 0.2; done
curl -sf -o /dev/null "$site/" || { echo "lighthouse.sh: the sample does not answer:" >&2; tail -5 "$log" >&2; exit 1; }
CHROME_PATH=$(command -v chromium); export CHROME_PATH
(cd tests/tools/lighthouse && node pages.mjs "$site" "${@/#/$site}")
