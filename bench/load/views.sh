#!/usr/bin/env bash
# What it costs to count views: 16 connections read one cached article page (200 comments, gzip); the same where each reading is followed by the word
# of the reader's script that the page is looked at (rounds interleaved, SQLite). Counts what was counted: a word that is left out would be cheap.
#   ROUNDS=5 SECONDS_EACH=10 bench/load/views.sh
. "$(dirname "$0")/measuring.sh"
rounds=${ROUNDS:-5}; seconds=${SECONDS_EACH:-10}
build
seed --data "$work/views" --comments 200 >/dev/null
serve 6095 "$work/views"
site=http://127.0.0.1:6095
url=$(curl -s -o /dev/null -w '%{redirect_url}' "$site/?p=1"); path=/${url#"$site"/}
cat >"$work/both.lua" <<LUA
local page = wrk.format("GET", "$path", { ["Host"] = "127.0.0.1:6095", ["Accept-Encoding"] = "gzip" })
local word = wrk.format("POST", "/wp-json/broadsheet/v1/views", { ["Host"] = "127.0.0.1:6095", ["Content-Type"] = "application/x-www-form-urlencoded", ["Origin"] = "$site", ["Sec-Fetch-Site"] = "same-origin", ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" }, "post=1&path=%2F&from=")
local words = false
request = function() words = not words; return words and page or word end
LUA
one() { # NAME SECONDS KEEP
  local from to out script=(); [ "$1" = alone ] || script=(-s "$work/both.lua")
  from=$(ticks "$served"); out=$(wrk -t1 -c16 -d"${2}s" --latency -H 'Accept-Encoding: gzip' "${script[@]}" "$url"); to=$(ticks "$served")
  ! grep -q "Non-2xx\|Socket errors" <<<"$out" || { echo "$out" >&2; exit 1; }
  requests=$(awk '/requests in/{print $1}' <<<"$out"); [ "$1" = alone ] || told=$((told + requests / 2))
  [ "$3" != keep ] || echo "$1 $(awk '/Requests\/sec/{print $2}' <<<"$out") $(awk '/99%/{v=$2; u=v; sub(/[0-9.]+/,"",u); sub(/[a-z]+/,"",v); print u=="us" ? v/1000 : u=="s" ? v*1000 : v}' <<<"$out") $(awk -v t=$((to - from)) -v n="$requests" 'BEGIN{printf "%.4f", t * 10 / n}')" >>"$work/rows"
}
told=0
one alone 5 drop; one both 5 drop
for _ in $(seq "$rounds"); do one alone "$seconds" keep; one both "$seconds" keep; done
sleep 12
counted=$(python3 -c 'import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT coalesce(sum(views), 0) FROM stats WHERE kind = 0").fetchone()[0])' "$work"/views/*.db)
awk -v c="$counted" -v t="$told" 'BEGIN{exit !(c > t * 0.99 && c < t * 1.01 + 200)}' || { echo "of $told views $counted were counted" >&2; exit 1; }
echo "| 16 connections, cached page, gzip | requests/s | p99 ms | CPU ms a request |"
echo "|---|---:|---:|---:|"
for n in alone both; do echo "| $([ $n = alone ] && echo "readings" || echo "readings and words in turn") | $(median "$work/rows" $n 2) | $(median "$work/rows" $n 3) | $(median "$work/rows" $n 4) |"; done
awk -v a="$(median "$work/rows" alone 4)" -v b="$(median "$work/rows" both 4)" 'BEGIN{w=2*b-a; printf "\na word costs %.4f ms of CPU, %.2f times a reading of the page from the cache\n", w, w/a}'
echo "$counted of $told views counted"
machine
