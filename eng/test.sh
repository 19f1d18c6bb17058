#!/usr/bin/env bash
# Builds everything, checks the formatting, runs all tests. Installs what they need from Debian's packages and npm.
#   eng/test.sh          the suite (under 15 minutes on two cores)
#   eng/test.sh --full   what takes longer, too: a hundred kills, writers beside a long import, memory over a million comments, Lighthouse on three pages
# The last line is: N passed, N failed, N skipped
set -uo pipefail
cd "$(dirname "$0")/.."
full=0
[ "${1:-}" = "--full" ] && full=1

fail() { echo "test.sh: $1" >&2; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# --- what the tests need -------------------------------------------------------------------------------------------
need=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
command -v chromium >/dev/null || need+=(chromium)
[ -x /usr/sbin/varnishd ] || need+=(varnish)
ls /usr/lib/*/varnish/vmods/libvmod_xkey.so >/dev/null 2>&1 || need+=(varnish-modules)
command -v redis-server >/dev/null || need+=(redis-server)
command -v java >/dev/null || need+=(default-jre-headless)
fc-list 2>/dev/null | grep -qi "noto" || need+=(fontconfig fonts-noto-core)
if [ ${#need[@]} -gt 0 ]; then
  sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo"
  $sudo apt-get -o DPkg::Lock::Timeout=240 update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get -o DPkg::Lock::Timeout=240 install -y -qq "${need[@]}" >/dev/null || fail "could not install: ${need[*]}"
fi
if [ -f tests/tools/package-lock.json ]; then
  (cd tests/tools && npm ci --ignore-scripts --no-audit --no-fund --silent) || fail "npm ci in tests/tools failed"
fi
# The editor's bundle is what its sources give, to the byte.
if [ -f eng/editor/package-lock.json ]; then
  eng/editor/build.sh --check || fail "wwwroot/editor is not what eng/editor builds"
fi

# --- build --------------------------------------------------------------------------------------------------------
dotnet restore --locked-mode || fail "restore failed: run dotnet restore and commit the lock files"
dotnet build --no-restore -c Release || fail "the build failed"

# With --full, tests of the command line start the program as its users have it.
if [ "$full" = 1 ]; then
  dotnet publish src/Broadsheet.Web -c Release -o artifacts/published --nologo -v q || fail "the program could not be published"
  export BROADSHEET_PROGRAM="$PWD/artifacts/published/broadsheet"
fi

# --- tests, and the formatting beside them ---------------------------------------------------------------------------
results=$(mktemp -d)
# Whitespace only: rules of style are warnings of the build, and so errors (EnforceCodeStyleInBuild).
{ dotnet format whitespace --verify-no-changes --no-restore || { echo "formatting: run dotnet format"; false; }; } >"$results/format.log" 2>&1 &
format=$!
export BROADSHEET_FULL_TESTS=$full
status=0
# Tests wait for databases, mail and clocks half of their time: so three at once on two cores. Chromium has the machine to itself: a page that waits for its processor looks like one that is broken.
run() {
  local project=$1; shift
  local filter=(-trait- "Category=Full"); [ "$full" = 1 ] && filter=()
  dotnet run --no-build -c Release --project "tests/$project" -- -noLogo -noColor -quiet "${filter[@]}" "$@" -xml "$results/$project.xml"
}
run Broadsheet.Core.Tests || status=1
run Broadsheet.Web.Tests -maxThreads 1.5x || status=1
run Broadsheet.Browser.Tests -maxThreads 2 || status=1
for project in Broadsheet.Core.Tests Broadsheet.Web.Tests Broadsheet.Browser.Tests; do
  [ -f "$results/$project.xml" ] || { echo "$project gave no results" >&2; status=1; }
done
wait "$format" || { cat "$results/format.log" >&2; status=1; }
# Last, when nothing runs beside it: Lighthouse measures.
[ "$full" = 0 ] || eng/lighthouse.sh "$BROADSHEET_PROGRAM" || { echo "lighthouse: a score is below 100" >&2; status=1; }

# --- totals --------------------------------------------------------------------------------------------------------
passed=0; failed=0; skipped=0
for file in "$results"/*.xml; do
  [ -f "$file" ] || continue
  while read -r p f s; do passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s)); done < <(
    grep -o '<assembly [^>]*>' "$file" | sed -E 's/.* passed="([0-9]+)".*/\1 &/; s/^([0-9]+) .* failed="([0-9]+)".*/\1 \2 &/; s/^([0-9]+ [0-9]+) .* skipped="([0-9]+)".*/\1 \2/')
  grep -o '<test [^>]*result="Skip"[^>]*>' "$file" | sed -E 's/.* name="([^"]*)".*/skipped: \1/' >&2
done
[ "$status" = 0 ] || [ "$failed" -gt 0 ] || failed=1
# Once more at the end, where whoever reads the log looks first.
[ "$failed" = 0 ] || node eng/failures.mjs "$results"/*.xml || true
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
