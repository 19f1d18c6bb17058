#!/usr/bin/env bash
# What one post a second to the hottest article (200 comments on its page, cached, gzip) costs those who read it over 16 connections: reading alone and
# reading beside the posts, rounds interleaved, on SQLite. Each post evicts the page; it is rendered and compressed anew once, while readers wait.
#   ROUNDS=5 SECONDS_EACH=10 bench/load/hot.sh
. "$(dirname "$0")/measuring.sh"
rounds=${ROUNDS:-5}; seconds=${SECONDS_EACH:-10}
build
# A thread of its own for each round, so that the page is as long for those who read alone as for those who read beside posts.
seed --data "$work/hot" --comments 200 --beside $((rounds * 2 + 1)) >/dev/null
serve 6095 "$work/hot"
site=http://127.0.0.1:6095
path() { curl -s -o /dev/null -w '%{redirect_url}' "$site/?p=$1"; }
one() { # NAME ARTICLE SECONDS KEEP
  local url from to out pid=''
  url=$(path "$2"); curl -s -o /dev/null --compressed "$url"
  # The program that posts has started before it counts, since its start takes as much of the processor as all its posts.
  [ "$1" != beside ] || { post "$site/" --articles "$2" --every 1000 --seconds "$(($3 + 3))" >"$work/posted" & pid=$!; sleep 2; }
  from=$(ticks "$served"); out=$(wrk -t1 -c16 -d"${3}s" --latency -H 'Accept-Encoding: gzip' "$url"); to=$(ticks "$served")
  [ -z "$pid" ] || { wait "$pid" || { echo "a post was not stored" >&2; exit 1; }; }
  ! grep -q "Non-2xx\|Socket errors" <<<"$out" || { echo "$out" >&2; exit 1; }
  [ "$4" != keep ] || echo "$1 $(awk '/Requests\/sec/{print $2}' <<<"$out") $(awk '/99%/{print $2}' <<<"$out" | awk '{v=$1; u=v; sub(/[0-9.]+/,"",u); sub(/[a-z]+/,"",v); print u=="us" ? v/1000 : u=="s" ? v*1000 : v}') $([ "$1" = beside ] && cut -d' ' -f1 "$work/posted" || echo 0) $((to - from))" >>"$work/rows"
}
# A publication that has been up for a while: what is compiled once, on first use, is no post's cost.
post "$site/" --articles 1 --every 20 --count 300 >/dev/null & warming=$!
for _ in $(seq 200); do curl -s -o /dev/null --compressed "$(path 1)"; done; wait "$warming"
one alone 1 5 drop; one beside 1 5 drop
for i in $(seq "$rounds"); do one alone $((i * 2)) "$seconds" keep; one beside $((i * 2 + 1)) "$seconds" keep; done
echo "| 16 readers of one cached page, gzip | requests/s | p99 ms | posts in $((seconds + 3)) s |"
echo "|---|---:|---:|---:|"
for n in alone beside; do echo "| $([ $n = alone ] && echo "alone" || echo "beside one post a second") | $(median "$work/rows" $n 2) | $(median "$work/rows" $n 3) | $(median "$work/rows" $n 4) |"; done
awk -v a="$(median "$work/rows" alone 2)" -v b="$(median "$work/rows" beside 2)" 'BEGIN{printf "\nreaders lose %.1f %% of their throughput\n", (1 - b/a) * 100}'
machine
