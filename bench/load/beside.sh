# shellcheck shell=bash disable=SC2034,SC2154
# What a piece of work costs those who read and write while it runs; to be sourced after measuring.sh. $site is the publication; look at the rows with beside_row.
rm -f "$work/beside.faults" "$work/beside.rows"
ms() { awk '{v=$1; u=v; sub(/[0-9.]+/,"",u); sub(/[a-z]+/,"",v); print u=="us" ? v/1000 : u=="s" ? v*1000 : u=="m" ? v*60000 : v}'; }

# read_for NAME SECONDS CONNECTIONS ARGUMENTS-OF-WRK…: a row of NAME, p50 and p99.
read_for() {
  local name=$1 seconds=$2 connections=$3 out; shift 3
  out=$(wrk -t1 -c"$connections" -d"${seconds}s" --timeout 60s --latency "$@")
  ! grep -q "Non-2xx\|Socket errors" <<<"$out" || { echo "$name: $(grep "Non-2xx\|Socket errors" <<<"$out" | paste -sd' ')" >>"$work/beside.faults"; }
  echo "$name $(awk '$1=="50%"{print $2}' <<<"$out" | ms) $(awk '$1=="99%"{print $2}' <<<"$out" | ms)" >>"$work/beside.rows"
}

# readers PAGE DEEP DEEPEST WRITTEN: the cached page PAGE; pages of a long thread at DEEP, one of DEEPEST; searches for rare words of the seeded ones; comments to the
# article WRITTEN. What asks for a comment that waits is never kept.
readers() {
  page=$1; written=$4
  cat >"$work/deep.lua" <<LUA
math.randomseed(os.time() * 1000 + math.floor((os.clock() * 1e6) % 1000))
function request() return wrk.format("GET", "$2comment-page-" .. math.random(1, $3) .. "/?unapproved=1") end
LUA
  cat >"$work/search.lua" <<'LUA'
math.randomseed(os.time() * 1000 + math.floor((os.clock() * 1e6) % 1000))
local parts = { "lo", "ren", "ti", "mu", "sel", "or", "da", "vin", "ke", "ta", "ros", "ne", "pil", "ga" }
local function part() return parts[math.random(#parts)] end
function request() return wrk.format("GET", "/?s=" .. part() .. part() .. part() .. "&unapproved=1") end
LUA
}
# look NAME SECONDS: one look at each kind of reader that $kinds names, and at a writer beside them all.
kinds=(cached deep search post)
look() {
  local writer; post "$site/" --articles "$written" --every 250 --seconds "$(($2 * (${#kinds[@]} - 1) + 1))" >"$work/beside.posted" 2>"$work/beside.refused" & writer=$!
  sleep 0.7
  read_for "$1/cached" "$2" 16 -H 'Accept-Encoding: gzip' "$site$page"
  read_for "$1/deep" "$2" 2 -s "$work/deep.lua" "$site/"
  [[ " ${kinds[*]} " != *" search "* ]] || read_for "$1/search" "$2" 1 -s "$work/search.lua" "$site/"
  wait "$writer" || echo "$1: a comment was not stored: $(paste -sd' ' "$work/beside.refused")" >>"$work/beside.faults"
  awk -v n="$1/post" '{print n, $4, $5}' "$work/beside.posted" >>"$work/beside.rows"
}
# beside NAME SECONDS COMMAND…: looks until COMMAND has ended, once at least; its seconds stand in $took.
beside() {
  local name=$1 seconds=$2 work_of; shift 2
  local since; since=$(date +%s.%N)
  { "$@" >"$work/beside.said" 2>&1 && echo ok >"$work/beside.ended" || echo failed >"$work/beside.ended"; date +%s.%N >>"$work/beside.ended"; } & work_of=$!
  while :; do look "$name" "$seconds"; kill -0 $work_of 2>/dev/null || break; done
  wait $work_of || true
  took=$(awk -v s="$since" 'NR==2{printf "%.1f", $1 - s}' "$work/beside.ended")
  grep -q '^ok' "$work/beside.ended" || { took="failed"; echo "$name failed: $(tail -1 "$work/beside.said" | cut -c1-200)" >>"$work/beside.faults"; }
}

# The rows of Markdown: of each kind of reader, p50 and p99 alone, p50 and p99 beside, and the longest p99 of any look.
beside_head() { echo "| what | seconds | who | p50 ms alone | beside | p99 ms alone | beside | worst look | p99 ratio |"; echo "|---|---:|---|---:|---:|---:|---:|---:|---:|"; }
beside_row() { # WHAT SECONDS NAME ALONE
  local kind words worst a b
  for kind in "${kinds[@]}"; do
    case $kind in cached) words="a cached page, 16 connections";; deep) words="pages of a long thread, not cached, 2 connections";; search) words="searches, not cached, 1 connection";; *) words="a comment, 4 a second";; esac
    worst=$(awk -v k="$3/$kind" '$1==k{print $3}' "$work/beside.rows" | sort -g | tail -1); a=$(median "$work/beside.rows" "$4/$kind" 3); b=$(median "$work/beside.rows" "$3/$kind" 3)
    echo "| $1 | $2 | $words | $(median "$work/beside.rows" "$4/$kind" 2) | $(median "$work/beside.rows" "$3/$kind" 2) | $a | $b | $worst | $(awk -v a="$a" -v b="$b" 'BEGIN{if (a > 0) printf "%.2f", b/a; else print "-"}') |"
  done
}
beside_faults() { [ ! -f "$work/beside.faults" ] || { echo; echo "What went wrong:"; sort "$work/beside.faults" | uniq -c | sed 's/^ *//; s/^/- /'; }; }
