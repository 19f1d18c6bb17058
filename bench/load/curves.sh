#!/usr/bin/env bash
# What a thing costs as the publication grows: articles (1,000 to 100,000), comments (10,000 to 1,000,000 in one thread), the thread itself (200 to 1,000,000), readers
# who watch (10 to 1,000); and whether work in the background shows in readers' times. On SQLite and on PostgreSQL, rounds interleaved, one request at a time. Of each row
# the largest beside the smallest: a ratio above 1.25 stands in bold, and needs a reason. What fails says so, and the rest goes on.
#   ROUNDS=3 SECONDS_EACH=1 ARTICLES="1000 10000 100000" THREADS="10000 100000 1000000" WATCHERS="10 100 1000" FOLLOWERS=10000 bench/load/curves.sh [articles] [comments] [threads] [watchers] [background]
#   WORK=DIR keeps what was seeded, for this script, run.sh and upkeep.sh.
# shellcheck disable=SC2034
. "$(dirname "$0")/measuring.sh"
rounds=${ROUNDS:-3}; seconds=${SECONDS_EACH:-1}; followers=${FOLLOWERS:-10000}
read -ra articles <<<"${ARTICLES:-1000 10000 100000}"; read -ra threads <<<"${THREADS:-10000 100000 1000000}"; read -ra watchers <<<"${WATCHERS:-10 100 1000}"
parts=("$@"); [ $# -gt 0 ] || parts=(articles comments threads watchers background)
. bench/load/publications.sh; . bench/load/beside.sh; . bench/load/curves/plans.sh; . bench/load/curves/background.sh
need wrk psql:postgresql-client pgrep:procps sqlite3
begun=$SECONDS
has() { [[ " ${parts[*]} " == *" $1 "* ]]; }
tell_duration
build_side ""; build; start_postgres

# Seeded first, so that no seeding runs beside what is measured.
made_articles=(); made_threads=()
! has articles || for n in "${articles[@]}"; do if articles_pair "$n"; then made_articles+=("$n"); else echo "$n articles are left out" >&2; fi; done
if has comments || has threads || has watchers || has background; then for n in "${threads[@]}"; do if thread_pair "$n"; then made_threads+=("$n"); else echo "the thread of $n is left out" >&2; fi; done; fi
echo "seeded in $((SECONDS - begun)) s" >&2

curve() { # TITLE PLAN-FUNCTION ROUNDS
  local plan=$work/plan.$2; rm -f "$plan"; : >"$plan"
  echo "$1: $(date -u +%T)" >&2; echo "**$1**"; echo
  "$2" "$plan" || echo "not all of it could be started" >&2
  side "$plan" --post artifacts/bin/Post/release/Post.dll --rounds "$3" --seconds "$seconds" --curves || echo "It could not be measured."
  stop_all; echo
}
! has articles || curve "Articles" plan_articles "$rounds"
! has comments || curve "Comments in the publication" plan_comments "$rounds"
! has threads || curve "Comments in the thread" plan_threads "$rounds"
! has watchers || curve "Readers who watch one article" plan_watchers 1
if has background; then for e in sqlite postgresql; do background $e || echo "Background on $e could not be measured."; stop_all; done; beside_faults; echo; fi
echo "Medians of $rounds rounds of $seconds s at one connection. $(machine). $(((SECONDS - begun + 30) / 60)) minutes."
