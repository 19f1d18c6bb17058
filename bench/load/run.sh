#!/usr/bin/env bash
# Broadsheet (as published, on SQLite and on PostgreSQL) side by side with what a publication would run instead, in one run on one machine, rounds interleaved:
# WordPress (Debian's; php-fpm, opcache, MariaDB, nginx, a classic theme; without and with nginx's page cache), Ghost (npm; MariaDB), nginx with our own pages as
# gzip files (the far limit), a bare Kestrel endpoint with our article's bytes in memory (the near one). The same content in each: seed-content. Broadsheet alone
# has threads of 100,000 and 1,000,000 comments besides. Prints a table in Markdown; --chart FILE.svg draws it. What fails says so in the table, and the rest goes on.
# Run as root on Debian: installs what it needs.
#   ROUNDS=5 SECONDS_EACH=2 ARTICLES=2000 THREADS="100000 1000000" WATCHERS=1000 WITHOUT="ghost wordpress" bench/load/run.sh [--chart FILE.svg]   (WORK=DIR keeps what was seeded)
# shellcheck disable=SC2034
. "$(dirname "$0")/measuring.sh"
rounds=${ROUNDS:-5}; seconds=${SECONDS_EACH:-2}; articles=${ARTICLES:-2000}; watchers=${WATCHERS:-1000}; read -ra threads <<<"${THREADS-100000 1000000}"
chart=(); [ "${1:-}" != --chart ] || chart=(--chart "$2")
two_hundred=$((articles + 1)); thousand=$((articles + 2))
. bench/load/publications.sh; . bench/load/run/ours.sh; . bench/load/run/limits.sh; . bench/load/run/peers.sh; . bench/load/run/plan.sh
need wrk nginx:nginx-light psql:postgresql-client pgrep:procps
begun=$SECONDS
build_side bare empty
tell_duration
build

bench seed-content --out "$work/content" --articles "$articles" >&2
start_postgres
start_ours
attempt "nginx" start_nginx
attempt "bare Kestrel" start_bare
without wordpress || attempt "WordPress" start_wordpress
without ghost || attempt "Ghost" start_ghost
for n in "${threads[@]}"; do attempt "thread of $n" start_thread "$n"; done
look_idle
make_plan "$work/plan"
echo "set up in $(((SECONDS - begun + 30) / 60)) minutes; now about $((($(side "$work/plan" --estimate --rounds "$rounds" --seconds "$seconds") + 30) / 60)) minutes of measuring" >&2

side "$work/plan" --post artifacts/bin/Post/release/Post.dll --rounds "$rounds" --seconds "$seconds" "${chart[@]}"
echo; echo "Medians of $rounds rounds of $seconds s at 16 connections and half as long at one (a second at least); whoever is slow has up to three times as long. Processor time without what each takes while nothing is asked. $((articles + 2)) articles. $(machine). $(((SECONDS - begun + 30) / 60)) minutes."
