#!/usr/bin/env bash
# What an import takes, search words included: comments of 400 characters with a link, into SQLite and PostgreSQL; and that memory does not grow with the file.
#   SIZES="100000 400000" bench/load/import.sh
. "$(dirname "$0")/measuring.sh"
need psql:postgresql-client /usr/bin/time:time
build; start_postgres
echo "| import | seconds | comments a second | peak memory, MB |"; echo "|---|---:|---:|---:|"
for n in ${SIZES:-100000 400000}; do
  bench/load/wxr.sh 100 $((n / 100)) 5 >"$work/import.xml"
  sql postgres "CREATE DATABASE import$n" >/dev/null
  for engine in SQLite PostgreSQL; do
    more=(); [ $engine = SQLite ] || more=(--Database:Provider=PostgreSql "--Database:ConnectionString=$(connection "import$n")")
    /usr/bin/time -f '%M' -o "$work/peak" "$work/app/broadsheet" import wordpress "$work/import.xml" --data "$work/$engine-$n" --json "${more[@]}" >"$work/report" || { cat "$work/report" >&2; exit 1; }
    s=$(sed -E 's/.*"seconds":([0-9.]+).*/\1/' "$work/report")
    echo "| $n comments into $engine | $s | $(awk -v n="$n" -v s="$s" 'BEGIN{printf "%d", n/s}') | $(($(tail -1 "$work/peak") / 1024)) |"
  done
done
machine
