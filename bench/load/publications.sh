# shellcheck shell=bash disable=SC2034,SC2154
# Seeded publications, each on SQLite and on PostgreSQL; to be sourced after measuring.sh, with PostgreSQL started. What is there already, in a $work that was kept, is taken up.
open=(--Limits:ExemptNetworks=0.0.0.0/0 --Hosting:TrustedProxies=127.0.0.1)

# on NAME ENGINE: the arguments that let the program find that publication's database; their folder is $work/NAME-ENGINE.
on() { [ "$2" = sqlite ] || printf '%s\n' --Database:Provider=PostgreSql "--Database:ConnectionString=$(connection "$1")"; }
# start NAME ENGINE PORT [MORE…]: serves it; its processes, the database server's among them, are in $pids.
start() {
  local name=$1 engine=$2 port=$3 found; shift 3
  mapfile -t found < <(on "$name" "$engine")
  serve "$port" "$work/$name-$engine" "${open[@]}" "${found[@]}" "$@" || return 1
  pids=$served; [ "$engine" = sqlite ] || pids="$served $postgres"
}

# pair NAME COMMAND…: makes both at once, by COMMAND with --data and, for PostgreSQL, --postgres; what it says is in $work/NAME.json.
pair() {
  local name=$1 other; shift
  [ -f "$work/$name.json" ] && return
  rm -rf "$work/$name-sqlite" "$work/$name-postgresql"; sql postgres "DROP DATABASE IF EXISTS $name" >/dev/null 2>&1; sql postgres "CREATE DATABASE $name" >/dev/null
  "$@" --data "$work/$name-sqlite" >"$work/$name.part" & other=$!
  "$@" --data "$work/$name-postgresql" --postgres "$(connection "$name")" >"$work/$name.other" || { wait $other || true; echo "$name could not be made on PostgreSQL" >&2; return 1; }
  wait $other || { echo "$name could not be made on SQLite" >&2; return 1; }
  echo "$name: $(cat "$work/$name.part"), on PostgreSQL $(cat "$work/$name.other")" >&2
  mv "$work/$name.part" "$work/$name.json"
}
# A thread of $1 comments under the newest article; a dozen older ones with 200 each.
thread_pair() { pair "thread$1" seed --comments "$1" --beside 12; }
told() { grep -o "\"$2\":[0-9]*" "$work/$1.json" | cut -d: -f2; }

# $1 articles in 8 sections and with 40 tags; 20 comments under each of the newest thousand, 200 under the last but one.
articles_pair() {
  [ -f "$work/articles$1.json" ] && return
  [ -f "$work/thousand/content.xml" ] || bench seed-content --out "$work/thousand" --articles 998 >/dev/null
  pair articles1000 import_thousand || return 1
  [ "$1" = 1000 ] || pair "articles$1" multiplied $(($1 / 1000))
}
import_thousand() { # --data FOLDER [--postgres CONNECTION]
  local more=(); [ -z "${4:-}" ] || more=(--Database:Provider=PostgreSql "--Database:ConnectionString=$4")
  "$work/app/broadsheet" import wordpress "$work/thousand/content.xml" --data "$2" --json "${more[@]}" >&2
  bench open-publication "$@" >&2; bench multiply-articles --by 1 "$@"
}
multiplied() { # BY --data FOLDER [--postgres CONNECTION]
  local by=$1; shift
  if [ -z "${4:-}" ]; then cp -r "$work/articles1000-sqlite" "$2"
  else mkdir -p "$2"; local name=${4##*Database=}; sql postgres "DROP DATABASE $name" >/dev/null; sql postgres "CREATE DATABASE $name TEMPLATE articles1000" >/dev/null; fi
  bench multiply-articles --by "$by" "$@"
}
