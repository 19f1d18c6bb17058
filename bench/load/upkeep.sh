#!/usr/bin/env bash
# Upkeep of a publication of a million comments: migrating it, backing it up while it serves, vacuum, making the search's words anew. How long each takes, and what those
# who read and write see of it. On SQLite and on PostgreSQL. What fails says so, and the rest goes on.
#   COMMENTS=1000000 REINDEX=200000 LOOK=3 ENGINES="sqlite postgresql" bench/load/upkeep.sh [migration] [backup] [vacuum] [index]    (WORK=DIR keeps what was seeded)
# shellcheck disable=SC2034
. "$(dirname "$0")/measuring.sh"
comments=${COMMENTS:-1000000}; look=${LOOK:-3}; read -ra engines <<<"${ENGINES:-sqlite postgresql}"; followers=0
parts=("$@"); [ $# -gt 0 ] || parts=(migration backup vacuum index)
. bench/load/publications.sh; . bench/load/beside.sh; . bench/load/curves/plans.sh; . bench/load/curves/background.sh
need wrk psql:postgresql-client pgrep:procps sqlite3
begun=$SECONDS; seeded=thread$comments; made_threads=("$comments")
has() { [[ " ${parts[*]} " == *" $1 "* ]]; }
echo "about $((($([ -f "$work/$seeded.json" ] && echo 0 || echo $((comments / 5000 + 10))) + $([ -x "$work/app/broadsheet" ] && echo 60 || echo 240) + ${#engines[@]} * (200 + comments / 2500 + ${REINDEX:-200000} / 1500) + 30) / 60)) minutes" >&2
build_side ""; build; start_postgres
thread_pair "$comments"

# until_ready COMMAND…: starts it, and gives the seconds until it answers; its process id is in $node.
until_ready() {
  local since; since=$(date +%s.%N); port=$((port + 1))
  "$@" --urls "http://127.0.0.1:$port" 2>"$work/node.log" & node=$!; started+=("$node")
  until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do kill -0 $node 2>/dev/null || { tail -3 "$work/node.log" >&2; return 1; }; sleep 0.05; done
  awk -v s="$since" -v n="$(date +%s.%N)" 'BEGIN{printf "%.1f", n - s}' >"$work/ready"
}
end_node() { kill "$node" 2>/dev/null || true; wait "$node" 2>/dev/null || true; }
another() { until_ready "${program[@]}" && end_node; }
step_back() { local more=(); [ "$1" = sqlite ] || more=(--postgres "$(connection "$seeded")"); bench step-back --data "$work/$seeded-$1" --migrations "$2" "${more[@]}"; }
backup() { rm -f "$work/backup"; mapfile -t found < <(on "$seeded" "$1"); "$work/app/broadsheet" backup "$work/backup" --data "$work/$seeded-$1" "${found[@]}"; }
vacuum() { if [ "$1" = sqlite ]; then asked "$seeded" sqlite VACUUM; else asked "$seeded" postgresql 'VACUUM (ANALYZE)'; fi; }

alone() { local i; for i in 1 2 3; do look "alone-$1" "$look"; done; }
during() { # WHAT NAME COMMAND…: alone, then beside it
  local what=$1 key=$2; shift 2
  alone "$key"; beside "$key" "$look" "$@"; beside_row "$what" "$took" "$key" "alone-$key" >>"$work/table"
}

one_engine() {
  local e=$1 before; before=$(asked "$seeded" "$e" 'SELECT count(*) FROM comments')
  mapfile -t found < <(on "$seeded" "$e"); program=("$work/app/broadsheet" serve --data "$work/$seeded-$e" "${open[@]}" "${found[@]}")
  rm -f "$work/beside.rows"; beside_head >"$work/table"; : >"$work/notes"
  if has migration; then
    another && echo "- start until it answers, nothing to migrate: $(cat "$work/ready") s" >>"$work/notes"
    # As far as can be gone back: before the fifth last, SQLite's has tables that EF does not know of.
    step_back "$e" "$([ "$e" = sqlite ] && echo 4 || echo 99)" | sed 's/^/- /' >>"$work/notes" && another && echo "- start until it answers, with those migrations to do: $(cat "$work/ready") s" >>"$work/notes"
  fi
  up "$seeded" "$e" || return 1
  readers "$(address "$site" 11)" "$(address "$site" "$(told "$seeded" article)")" $((comments / 200)) 10
  look warm "$look"
  # A folder with SQLite in it has one program, so nobody reads while it migrates. On PostgreSQL the newer one migrates beside the one that serves; of the search, that one knows the newer tables only.
  if has migration && [ "$e" = postgresql ]; then
    kinds=(cached deep post); alone migration; step_back "$e" 1 | sed 's/^/- beside one that serves: /' >>"$work/notes"
    beside migration "$look" another; beside_row "the last migration and the start around it, while another process serves" "$took" migration alone-migration >>"$work/table"; kinds=(cached deep search post)
  fi
  ! has backup || { during "backup" backup backup "$e"; echo "- the backup has $(($(stat -c %s "$work/backup" 2>/dev/null || echo 0) / 1048576)) MB" >>"$work/notes"; rm -f "$work/backup"; }
  ! has vacuum || during "$([ "$e" = sqlite ] && echo VACUUM || echo "VACUUM (ANALYZE)")" vacuum vacuum "$e"
  ! has index || INDEXED=${REINDEX:-200000} during "search words of ${REINDEX:-200000} comments made anew" index index "$seeded" "$e"
  echo "- $before comments before, $(asked "$seeded" "$e" 'SELECT count(*) FROM comments') after" >>"$work/notes"
}
for e in "${engines[@]}"; do
  echo "$e: $(date -u +%T)" >&2
  one_engine "$e" || echo "- not all of it could be measured" >>"$work/notes"
  stop_all
  echo "**Upkeep of $comments comments, ${who[$e]}**"; echo; cat "$work/table"; echo; cat "$work/notes"; echo
done
beside_faults
echo; echo "Looks of $look s. $(machine). $(((SECONDS - begun + 30) / 60)) minutes."
