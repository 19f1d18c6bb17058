# shellcheck shell=bash disable=SC2034,SC2154
# Our own publications; to be sourced by run.sh, after publications.sh. Their processes stand in $sqlite, $postgresql, $uncached and $uncached_postgresql, those of the threads in $thread_pids.
ours=http://127.0.0.1:6101; on_pg=http://127.0.0.1:6102; off=http://127.0.0.1:6103; off_pg=http://127.0.0.1:6104
sqlite=""; postgresql=""; uncached=""; uncached_postgresql=""; article=/; long=/; word=word
declare -A failed=() thread_pids=() thread_site=() thread_path=() idle_memory=()
without() { [[ " ${WITHOUT:-} " == *" $1 "* ]]; }

# attempt WHO COMMAND…: where it fails, the rows of WHO say so.
attempt() {
  local who=$1; shift
  "$@" 2> >(tee "$work/trouble" >&2) && return
  sleep 0.2; failed[$who]=$(tail -1 "$work/trouble" | tr '\t' ' ' | cut -c1-200); failed[$who]=${failed[$who]:-it could not be started}
  echo "$who is left out: ${failed[$who]}" >&2
}

fill() { # FOLDER [MORE…]: what the import takes, in comments a second, stands in FOLDER.import
  local folder=$1 report; shift
  report=$("$work/app/broadsheet" import wordpress "$work/content/content.xml" --data "$folder" --json "$@")
  sed -E 's/.*"comments":\{[^}]*"written":([0-9]+).*"seconds":([0-9.]+).*/\1 \2/' <<<"$report" | awk '{printf "%.0f", $1/$2}' >"$folder.import"
}

start_ours() {
  on_postgres=(--Database:Provider=PostgreSql "--Database:ConnectionString=$(connection news)")
  [ -f "$work/sqlite.import" ] || { fill "$work/sqlite"; bench open-publication --data "$work/sqlite" >&2; }
  [ -f "$work/postgresql.import" ] || { sql postgres 'CREATE DATABASE news' >/dev/null; fill "$work/postgresql" "${on_postgres[@]}"; bench open-publication --data "$work/postgresql" --postgres "$(connection news)" >&2; }
  rm -rf "$work/uncached" "$work/starting"; cp -r "$work/sqlite" "$work/uncached"; cp -r "$work/sqlite" "$work/starting"
  serve 6101 "$work/sqlite" "${open[@]}"; sqlite=$served
  serve 6102 "$work/postgresql" "${open[@]}" "${on_postgres[@]}"; postgresql="$served $postgres"
  serve 6103 "$work/uncached" "${open[@]}" --Cache:Pages=false; uncached=$served
  serve 6104 "$work/postgresql" "${open[@]}" --Cache:Pages=false "${on_postgres[@]}"; uncached_postgresql="$served $postgres"
  article=$(address "$ours" "$two_hundred"); long=$(address "$ours" "$thousand"); word=$(grep -o 'Story 7: [A-Za-z]*' "$work/content/content.xml" | head -1 | cut -d' ' -f3)
  [ "${article:+x}${long:+x}" = xx ] || { echo "the articles with long threads are not there" >&2; return 1; }
}

# A thread of $1 comments on each engine; its page cache off.
start_thread() {
  local n=$1 e port; local -A from=([sqlite]=6120 [postgresql]=6140)
  thread_pair "$n" || return 1
  for e in sqlite postgresql; do
    port=$((from[$e] + ${#thread_pids[@]})); start "thread$n" $e "$port" --Cache:Pages=false || return 1
    thread_pids[$e-$n]=$pids; site_of_thread $e "$n" "http://127.0.0.1:$port"
  done
}
site_of_thread() { # ENGINE SIZE SITE
  local page; page=$(address "$3" "$(told "thread$2" article)")
  thread_site[$1-$2]=$3; thread_path[$1-$2-first]=$page; thread_path[$1-$2-last]=${page}comment-page-$(($2 / 200))/
  thread_path[$1-$2-permalink]=$(permalink "$3" "$(told "thread$2" middle)"); thread_path[$1-$2-short]=$(address "$3" 1)
}

# What each takes a minute after it was last asked. A page that has not changed for so long is compressed once more, better.
look_idle() {
  local s e who
  for s in "$ours" "$on_pg"; do for e in gzip br; do curl -s -o /dev/null -H "Accept-Encoding: $e" "$s$article"; done; done
  sleep "${IDLE:-60}"
  # shellcheck disable=SC2086
  for who in "sqlite $sqlite" "postgresql ${postgresql% *}" "wordpress $wordpress" "ghost $ghost"; do [ -z "${who#* }" ] || idle_memory[${who%% *}]=$(bench/load/pss.sh ${who#* }); done
}
