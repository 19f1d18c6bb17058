#!/usr/bin/env bash
# What a flood of comments costs those who read: 16 connections read one cached page (200 comments, gzip), while 16 others post without end, all from one
# network, so that all but two a second are turned away. Beside it the same readers while the same posts go to a bare endpoint that answers 429 with the same bytes,
# so that what the flood's own programs take of the machine is in both. Rounds interleaved, on SQLite.
#   ROUNDS=5 SECONDS_EACH=10 bench/load/flood.sh
. "$(dirname "$0")/measuring.sh"
rounds=${ROUNDS:-5}; seconds=${SECONDS_EACH:-10}
build
dotnet build bench/load/bare -c Release --nologo -v q >/dev/null
seed --data "$work/flood" --comments 200 --beside 1 >/dev/null
# Nobody is exempt here.
serve 6097 "$work/flood" --Limits:ExemptNetworks=192.0.2.0/24
site=http://127.0.0.1:6097
url=$(curl -s -o /dev/null -w '%{redirect_url}' "$site/?p=1")
cat >"$work/post.lua" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.body = "comment_post_ID=1&comment=Buy+our+watches+today%2C+they+are+the+best+of+all+watches&author=Flo&email=flo%40example.org"
LUA
# What is turned away looks like this; the bare endpoint says the same.
for _ in $(seq 200); do curl -s -o /dev/null -X POST -d 'comment_post_ID=1&comment=x&author=a&email=a%40example.org' "$site/wp-comments-post.php"; done
curl -s -i -X POST -d 'comment_post_ID=1&comment=x&author=a&email=a%40example.org' "$site/wp-comments-post.php" | sed '/^Connection/d' >"$work/refused"
grep -q '^HTTP/1.1 429' "$work/refused" || { echo "no comment is turned away:" >&2; head -3 "$work/refused" >&2; exit 1; }
dotnet artifacts/bin/Bare/release/Bare.dll "$work/refused" http://127.0.0.1:6098 429 & started+=($!)
for _ in $(seq 100); do [ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:6098/)" = 429 ] && break; sleep 0.2; done
ms() { awk '{v=$1; u=v; sub(/[0-9.]+/,"",u); sub(/[a-z]+/,"",v); print u=="us" ? v/1000 : u=="s" ? v*1000 : v}'; }
one() { # NAME FLOODED SECONDS KEEP
  local out flooded=''
  if [ -n "$2" ]; then wrk -t1 -c16 -d"$(($3 + 2))s" -s "$work/post.lua" "$2/wp-comments-post.php" >"$work/flooded" & flooded=$!; sleep 1; fi
  out=$(wrk -t1 -c16 -d"${3}s" --latency -H 'Accept-Encoding: gzip' "$url")
  [ -z "$flooded" ] || wait "$flooded"
  ! grep -q "Non-2xx\|Socket errors" <<<"$out" || { echo "$out" >&2; exit 1; }
  [ "$4" != keep ] || echo "$1 $(awk '/Requests\/sec/{print $2}' <<<"$out") $(awk '/99%/{print $2}' <<<"$out" | ms) $([ -n "$2" ] && awk '/Requests\/sec/{print $2}' "$work/flooded" || echo 0)" >>"$work/rows"
}
one alone '' 3 drop; one bare http://127.0.0.1:6098 3 drop; one broadsheet "$site" 3 drop
for _ in $(seq "$rounds"); do one alone '' "$seconds" keep; one bare http://127.0.0.1:6098 "$seconds" keep; one broadsheet "$site" "$seconds" keep; done
echo "| 16 readers of one cached page, gzip | pages/s | p99 ms | posts/s |"
echo "|---|---:|---:|---:|"
for n in alone bare broadsheet; do echo "| $(case $n in alone) echo "nobody posts";; bare) echo "16 post to a bare endpoint that answers 429";; *) echo "16 post to Broadsheet, which answers 429";; esac) | $(median "$work/rows" $n 2) | $(median "$work/rows" $n 3) | $(median "$work/rows" $n 4) |"; done
awk -v a="$(median "$work/rows" bare 3)" -v b="$(median "$work/rows" broadsheet 3)" 'BEGIN{printf "\nreaders’ p99: %.2f × that beside the bare endpoint\n", b/a}'
machine
