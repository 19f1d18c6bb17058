#!/usr/bin/env bash
# What a thread of 100,000 and of 1,000,000 comments costs beside one of 200, with the page cache off: its pages, a permalink in the middle, and posts to it;
# on SQLite and on PostgreSQL, rounds interleaved, one request at a time. Each size is a publication of its own. Pages of 200 comments at every size.
#   SIZES="200 100000 1000000" ROUNDS=5 SECONDS_EACH=2 POSTS=200 READS="first last permalink liked" bench/load/thread.sh   (WORK=DIR keeps and takes up the seeded publications)
. "$(dirname "$0")/measuring.sh"
read -ra sizes <<<"${SIZES:-200 100000 1000000}"; rounds=${ROUNDS:-5}; seconds=${SECONDS_EACH:-2}; posts=${POSTS:-200}
# The thread of 200 is posted to only once each; there are as many of them as rounds.
beside=$((rounds + 2))
build
start_postgres
declare -A port pids middle article
p=6100; small=${sizes[0]}
for n in "${sizes[@]}"; do
  if [ ! -f "$work/sqlite-$n.json" ]; then
    seed --data "$work/sqlite-$n" --comments "$n" --beside $beside >"$work/sqlite-$n.json"
    sql postgres "CREATE DATABASE thread$n" >/dev/null
    seed --data "$work/postgresql-$n" --postgres "$(connection "thread$n")" --comments "$n" --beside $beside >"$work/postgresql-$n.json"
    echo "seeded $n: $(sed 's/.*"seconds"://; s/}//' "$work/sqlite-$n.json") s on SQLite, $(sed 's/.*"seconds"://; s/}//' "$work/postgresql-$n.json") s on PostgreSQL" >&2
  fi
  article[$n]=$(grep -o '"article":[0-9]*' "$work/sqlite-$n.json" | cut -d: -f2); middle[$n]=$(grep -o '"middle":[0-9]*' "$work/sqlite-$n.json" | cut -d: -f2)
  port[sqlite-$n]=$((p++)); serve "${port[sqlite-$n]}" "$work/sqlite-$n" --Cache:Pages=false; pids[sqlite-$n]=$served
  port[postgresql-$n]=$((p++)); serve "${port[postgresql-$n]}" "$work/postgresql-$n" --Cache:Pages=false --Database:Provider=PostgreSql "--Database:ConnectionString=$(connection "thread$n")"; pids[postgresql-$n]="$served $postgres"
done
engines=(sqlite postgresql); read -ra reads <<<"${READS-first last permalink liked}"

# The address that each request asks; empty where this program has no such page yet.
path() { # SITE SIZE REQUEST
  local site="http://127.0.0.1:${port[$1]}" page
  page=$(curl -s -o /dev/null -w '%{redirect_url}' "$site/?p=${article[$2]}"); page=${page#"$site"}
  case $3 in
    first) echo "$page" ;;
    last) [ "$2" -le 200 ] && echo "$page" || echo "${page}comment-page-$(($2 / 200))/" ;;
    permalink) local link; link=$(curl -s "$site/wp-json/wp/v2/comments/${middle[$2]}" | grep -o '"link":"[^"]*' | head -1 | cut -d'"' -f4 | tr -d '\\'); link=${link#"$site"}; echo "${link%%#*}" ;;
    liked) curl -s "$site$page" >"$work/page"; ! grep -q 'order=liked' "$work/page" || echo "$page?order=liked" ;;
  esac
}
declare -A address
for e in "${engines[@]}"; do for n in "${sizes[@]}"; do for r in "${reads[@]}"; do
  address[$e-$n-$r]=$(path "$e-$n" "$n" "$r")
  [ -n "${address[$e-$n-$r]}" ] || continue
  curl -s "http://127.0.0.1:${port[$e-$n]}${address[$e-$n-$r]}" >"$work/page"
  [ "$r" != permalink ] || grep -q "id=\"comment-${middle[$n]}\"" "$work/page" || { echo "$e, $n: comment ${middle[$n]} is not on ${address[$e-$n-$r]}" >&2; exit 1; }
  echo "$e/$n/$r $(grep -o 'id="comment-[0-9]' "$work/page" | wc -l) $(wc -c <"$work/page")" >>"$work/shape"
done; done; done
# Unequal pages would compare nothing.
[ ! -f "$work/shape" ] || [ "$(awk '{print $2}' "$work/shape" | sort -u | wc -l)" = 1 ] || { echo "the pages do not hold the same number of comments:" >&2; cat "$work/shape" >&2; exit 1; }

read_one() { # ENGINE SIZE REQUEST SECONDS KEEP
  local key="$1-$2" from to out n
  [ -n "${address[$key-$3]}" ] || return 0
  # shellcheck disable=SC2086
  from=$(ticks ${pids[$key]}); out=$(wrk -t1 -c1 -d"${4}s" --latency "http://127.0.0.1:${port[$key]}${address[$key-$3]}"); to=$(ticks ${pids[$key]})
  ! grep -q "Non-2xx" <<<"$out" || { echo "$key $3: $(grep Non-2xx <<<"$out")" >&2; exit 1; }
  n=$(awk '/requests in/{print $1}' <<<"$out")
  [ "$5" != keep ] || echo "$1/$2/$3 $(awk '/50%/{v=$2; u=v; sub(/[0-9.]+/,"",u); sub(/[a-z]+/,"",v); print u=="us" ? v/1000 : u=="s" ? v*1000 : v}' <<<"$out") $(awk -v t=$((to - from)) -v n="$n" 'BEGIN{printf "%.3f", t*10/n}')" >>"$work/rows"
}
post_one() { # ENGINE SIZE REQUEST ROUND KEEP
  local key="$1-$2" from to out to_article=${article[$2]} parent=${middle[$2]} more=()
  # The smallest has an article for each round, so that it stays small.
  [ "$2" != "$small" ] || { to_article=$(($4 + 1)); parent=$(($4 * 200 + 2)); }
  [ "$3" != reply ] || more=(--parents "$parent")
  # shellcheck disable=SC2086
  from=$(ticks ${pids[$key]}); out=$(post "http://127.0.0.1:${port[$key]}/" --articles "$to_article" "${more[@]}" --count "$posts"); sleep 1.5; to=$(ticks ${pids[$key]})
  [ "$5" != keep ] || echo "$1/$2/$3 $(cut -d' ' -f4 <<<"$out") $(awk -v t=$((to - from)) -v n="$posts" 'BEGIN{printf "%.3f", t*10/n}')" >>"$work/rows"
}
for s in 3 2; do for r in "${reads[@]}"; do for e in "${engines[@]}"; do for n in "${sizes[@]}"; do read_one "$e" "$n" "$r" $s drop; done; done; done; done
for _ in $(seq "$rounds"); do for r in "${reads[@]}"; do for e in "${engines[@]}"; do for n in "${sizes[@]}"; do read_one "$e" "$n" "$r" "$seconds" keep; done; done; done; done
keep=$posts; posts=300; for r in post reply; do for e in "${engines[@]}"; do for n in "${sizes[@]}"; do post_one "$e" "$n" $r 0 drop; done; done; done; posts=$keep
for i in $(seq "$rounds"); do for r in post reply; do for e in "${engines[@]}"; do for n in "${sizes[@]}"; do post_one "$e" "$n" $r "$i" keep; done; done; done; done

head="| page cache off | p50 ms"; rule="|---|"
echo "$head, of $(printf '%s / ' "${sizes[@]}" | sed 's, / $,,') comments | ratio | CPU ms a request | ratio |"; echo "$rule---:|---:|---:|---:|"
list() { local n out=""; for n in "${sizes[@]}"; do out+="$(median "$work/rows" "$1/$n/$2" "$3") / "; done; echo "${out% / }"; }
ratios() { local n out="" base; base=$(median "$work/rows" "$1/$small/$2" "$3"); for n in "${sizes[@]:1}"; do out+="$(awk -v a="$(median "$work/rows" "$1/$n/$2" "$3")" -v b="$base" 'BEGIN{printf "%.2f", a/b}') / "; done; echo "${out% / }"; }
for e in "${engines[@]}"; do for r in "${reads[@]}" post reply; do
  grep -q "^$e/$small/$r " "$work/rows" || { echo "| $e, $r | no such page yet | | | |"; continue; }
  echo "| $e, $r | $(list "$e" $r 2) | $(ratios "$e" $r 2) | $(list "$e" $r 3) | $(ratios "$e" $r 3) |"
done; done
echo; [ ! -f "$work/shape" ] || echo "pages of $(awk 'NR==1{print $2}' "$work/shape") comments, $(awk '{print $3}' "$work/shape" | sort -n | sed -n '1p;$p' | paste -sd- ) bytes"; machine
