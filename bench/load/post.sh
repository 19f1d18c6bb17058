#!/usr/bin/env bash
# Comments posted by 64 readers at once and by one, to WordPress and to Broadsheet on SQLite and on PostgreSQL: durable before each answer on all three,
# 200 articles with 20 comments each, rounds interleaved. Needs Debian's wordpress, php-fpm, mariadb, nginx and postgresql (installs what wordpress.sh needs).
#   ROUNDS=5 SECONDS_EACH=8 WARM=12 bench/load/post.sh
. "$(dirname "$0")/measuring.sh"
rounds=${ROUNDS:-5}; seconds=${SECONDS_EACH:-8}; warm=${WARM:-12}
build
bench/load/wordpress.sh "$work/wp" 6094 >"$work/wp.log" 2>&1 & started+=($!)
seed --data "$work/sqlite" --comments 20 --beside 199 --comments-beside 20 >/dev/null
start_postgres
sql postgres 'CREATE DATABASE posts' >/dev/null
seed --data "$work/postgres" --postgres "$(connection posts)" --comments 20 --beside 199 --comments-beside 20 >/dev/null
serve 6092 "$work/sqlite"; sqlite=$served
serve 6093 "$work/postgres" --Database:Provider=PostgreSql "--Database:ConnectionString=$(connection posts)"; pgsite=$served
for _ in $(seq 600); do [ -f "$work/wp/ready" ] && break; sleep 0.2; done
[ -f "$work/wp/ready" ] || { cat "$work/wp.log" >&2; exit 1; }

ours=$(seq -s, 1 200); theirs=$(paste -sd, "$work/wp/posts")
declare -A url=([wordpress]=http://127.0.0.1:6094/ [sqlite]=http://127.0.0.1:6092/ [postgresql]=http://127.0.0.1:6093/)
declare -A articles=([wordpress]=$theirs [sqlite]=$ours [postgresql]=$ours)
declare -A pids=([wordpress]="$(paste -sd' ' "$work/wp/pids")" [sqlite]=$sqlite [postgresql]="$pgsite $postgres")
# Reads over the program's own connection to the file: what it has answered must be there.
count() { case $1 in wordpress) "$work/wp/sql" 'SELECT COUNT(*) FROM wp_comments';; sqlite) sqlite3 "$work/sqlite/broadsheet.db" 'SELECT COUNT(*) FROM comments' ;; *) sql posts 'SELECT COUNT(*) FROM comments';; esac; }
command -v sqlite3 >/dev/null || apt-get install -y -qq sqlite3 >/dev/null

declare -A answered before
for s in wordpress sqlite postgresql; do answered[$s]=0; before[$s]=$(count $s); done
one() { # SYSTEM WRITERS SECONDS KEEP
  local from to out; from=$(ticks ${pids[$1]})
  # shellcheck disable=SC2086
  out=$(post "${url[$1]}" --articles "${articles[$1]}" --writers "$2" --seconds "$3") || { echo "$1: a post was not stored" >&2; exit 1; }
  # What is left to do after the answers (the search's words, another's queue) is part of what they cost.
  sleep 2; to=$(ticks ${pids[$1]})
  answered[$1]=$((answered[$1] + $(cut -d' ' -f1 <<<"$out")))
  [ "$4" = keep ] && echo "$1/$2 $out $(awk -v t=$((to - from)) -v o="$out" 'BEGIN{split(o,x," "); printf "%.3f", t*10/x[1]}')" >>"$work/rows" || true
}
for s in wordpress sqlite postgresql; do one $s 64 "$warm" drop; one $s 1 2 drop; done
for _ in $(seq "$rounds"); do for w in 64 1; do for s in wordpress sqlite postgresql; do one $s $w "$seconds" keep; done; done; done
for s in wordpress sqlite postgresql; do
  have=$(($(count $s) - before[$s])); [ "$have" = "${answered[$s]}" ] || { echo "$s answered ${answered[$s]} posts and has $have of them" >&2; exit 1; }
done

echo "| comments posted | posts/s, 64 writers | p50 ms | p99 ms | CPU ms a post | posts/s, one writer | p50 ms | CPU ms a post |"
echo "|---|---:|---:|---:|---:|---:|---:|---:|"
for s in wordpress sqlite postgresql; do
  echo "| $s | $(median "$work/rows" $s/64 4) | $(median "$work/rows" $s/64 5) | $(median "$work/rows" $s/64 6) | $(median "$work/rows" $s/64 9) | $(median "$work/rows" $s/1 4) | $(median "$work/rows" $s/1 5) | $(median "$work/rows" $s/1 9) |"
done
for s in sqlite postgresql; do for w in 64 1; do
  awk -v s=$s -v w=$w -v o="$(median "$work/rows" $s/$w 4)" -v t="$(median "$work/rows" wordpress/$w 4)" -v oc="$(median "$work/rows" $s/$w 9)" -v tc="$(median "$work/rows" wordpress/$w 9)" \
    'BEGIN{printf "%s, %s: %.1f × the posts a second of WordPress, a %.1fth of its CPU a post\n", s, w == 1 ? "one writer" : w " writers", o/t, tc/oc}'
done; done
echo "every answered post was counted in its database: ${answered[wordpress]}, ${answered[sqlite]}, ${answered[postgresql]}"

# One writer waits for its own commit each time: as many syncs as posts, or more.
if command -v strace >/dev/null; then
  for s in wordpress sqlite postgresql; do
    attach=(); for p in ${pids[$s]}; do attach+=(-p "$p"); for c in $(pgrep -P "$p" || true); do attach+=(-p "$c"); done; done
    # The forms of three articles only, so that the posts begin at once.
    strace -f -qq -c -e trace=fsync,fdatasync -o "$work/syncs" "${attach[@]}" 2>/dev/null & tracer=$!
    sleep 1; out=$(post "${url[$s]}" --articles "$(cut -d, -f1-3 <<<"${articles[$s]}")" --writers 1 --count 200); sleep 0.5; kill -INT $tracer; wait $tracer || true
    echo "$s, one writer: $(cut -d' ' -f1 <<<"$out") posts, $(awk '/fsync|fdatasync/{n+=$4} END{print n+0}' "$work/syncs") syncs"
  done
fi
echo "client's CPU: $(median "$work/rows" sqlite/64 8) s of each $seconds s at 64 writers on SQLite; $(machine)"
