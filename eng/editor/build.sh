#!/usr/bin/env bash
# Builds the newsroom's editor anew: eng/editor/build.sh        writes src/Broadsheet.Web/wwwroot/editor
#                                   eng/editor/build.sh --check  fails where what is committed differs
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --silent
if [ "${1:-}" = "--check" ]; then
  out=$(mktemp -d)
  trap 'rm -r "$out"' EXIT
  node build.mjs "$out"
  for file in editor.js LICENCES.txt; do cmp "$out/$file" "../../src/Broadsheet.Web/wwwroot/editor/$file" || { echo "run eng/editor/build.sh and commit what it writes" >&2; exit 1; }; done
else
  node build.mjs
fi
