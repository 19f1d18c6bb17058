#!/usr/bin/env bash
# A cluster on this machine: PostgreSQL (a primary and a streaming replica), Redis, three nodes of Broadsheet, HAProxy before them. All it makes lies in one folder.
#   eng/cluster.sh up                starts it (publishes the program and fills a publication where that was not done yet), and says where it is
#   eng/cluster.sh status            what runs, and what HAProxy thinks of each node
#   eng/cluster.sh roll              stops and starts one node after the other, as an upgrade does
#   eng/cluster.sh down [--purge]    stops it; with --purge the folder goes, too
#   eng/cluster.sh start|stop|kill WHAT   one of: node1 node2 node3 node4 redis primary replica haproxy (kill: as a machine that loses its power)
#   eng/cluster.sh halt|go-on redis       as a program that hangs
#   eng/cluster.sh halt|go-on cable2      as a network that loses all between node2 and the database
#   eng/cluster.sh env               addresses and paths, for programs
# CLUSTER names the folder (default: broadsheet-cluster in the temporary folder); CLUSTER_PORT the first of a dozen ports (default 8400);
# CLUSTER_PROGRAM a published program to use. Needs Debian's postgresql, redis-server and haproxy; run as root, PostgreSQL runs as its own user.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
dir=${CLUSTER:-${TMPDIR:-/tmp}/broadsheet-cluster}
port=${CLUSTER_PORT:-8400}
program=${CLUSTER_PROGRAM:-$dir/program}
primary=$((port + 5)) replica=$((port + 6)) redis=$((port + 7)) stats=$((port + 8))
# Each node reaches the database through a cable of its own (HAProxy, by TCP), which can be cut.
database() { echo "Host=127.0.0.1;Port=${1:-$primary};Username=postgres;Database=broadsheet;Maximum Pool Size=30;Timeout=3;Command Timeout=15"; }

fail() { echo "cluster.sh: $1" >&2; exit 1; }
pg=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
for need in redis-server haproxy curl; do command -v "$need" >/dev/null || [ -x "/usr/sbin/$need" ] || fail "$need is not installed"; done
[ -n "$pg" ] || fail "postgresql is not installed"
haproxy=$(command -v haproxy || echo /usr/sbin/haproxy)
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

alive() { [ -f "$dir/$1.pid" ] && kill -0 "$(cat "$dir/$1.pid")" 2>/dev/null; }
# In a session of its own: it outlives this script and whoever called it.
launch() { local name=$1; shift; setsid nohup "$@" >>"$dir/$name.log" 2>&1 </dev/null & echo $! >"$dir/$name.pid"; }
wait_for() { local what=$1 i; shift; for i in $(seq 600); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done; fail "$what does not come up; see $dir/*.log"; }
wait_end() { local i; for i in $(seq 1200); do kill -0 "$1" 2>/dev/null || return 0; sleep 0.1; done; fail "process $1 does not end"; }
is_up() { curl -fsS -m 2 "http://127.0.0.1:$1/readyz"; }

configure() {
  mkdir -p "$dir/media"
  {
    cat <<EOF
global
    maxconn 4000
defaults
    mode http
    timeout connect 1s
    timeout client 75s
    timeout server 75s
    timeout check 2s
    option redispatch
    retries 3
    # Only what may safely be asked twice is asked twice.
    retry-on conn-failure empty-response
frontend readers
    bind 127.0.0.1:$port
    option forwardfor
    http-request set-header X-Forwarded-Proto http
    http-request disable-l7-retry if ! METH_GET
    # Without a database no node is ready: what they hold of pages is read on.
    use_backend reading if { nbsrv(nodes) eq 0 }
    default_backend nodes
backend nodes
    balance roundrobin
    option httpchk GET /readyz
    default-server inter 500ms fall 2 rise 2
EOF
    for n in 1 2 3 4; do echo "    server node$n 127.0.0.1:$((port + n)) check"; done
    printf 'backend reading\n    balance roundrobin\n    option httpchk GET /healthz\n    default-server inter 1s fall 2 rise 1\n'
    for n in 1 2 3 4; do echo "    server node$n 127.0.0.1:$((port + n)) check"; done
    printf 'frontend stats\n    bind 127.0.0.1:%s\n    stats enable\n    stats uri /\n' "$stats"
  } >"$dir/haproxy.cfg"
  for n in 1 2 3 4; do
    printf 'defaults\n    mode tcp\n    timeout connect 3s\n    retries 0\n    timeout client 1h\n    timeout server 1h\nlisten cable\n    bind 127.0.0.1:%s\n    server primary 127.0.0.1:%s\n' $((port + 10 + n)) "$primary" >"$dir/cable$n.cfg"
  done
}

start() {
  alive "$1" && return
  case $1 in
    primary | replica)
      as_postgres "$pg/pg_ctl" -D "$dir/pg/$1" -w -l "$dir/pg/$1.log" start >/dev/null || fail "the $1 does not start; see $dir/pg/$1.log"
      as_postgres head -1 "$dir/pg/$1/postmaster.pid" >"$dir/$1.pid" ;;
    redis)
      # Nothing in it is missed: it keeps nothing, and what is old goes where there is no room.
      launch redis redis-server --port "$redis" --bind 127.0.0.1 --save '' --appendonly no --maxmemory 128mb --maxmemory-policy allkeys-lru --dir "$dir"
      wait_for Redis redis-cli -p "$redis" ping ;;
    cable[1-4]) launch "$1" "$haproxy" -db -f "$dir/$1.cfg" ;;
    haproxy) launch haproxy "$haproxy" -db -f "$dir/haproxy.cfg" ;;
    node[1-4])
      local n=${1#node}
      mkdir -p "$dir/$1"
      start "cable$n"
      # Media lie in one folder here; on several machines, in a bucket (Media:Store=S3).
      [ -e "$dir/$1/media" ] || ln -s ../media "$dir/$1/media"
      launch "$1" "$program/broadsheet" serve --data "$dir/$1" --urls "http://127.0.0.1:$((port + n))" --Database:Provider=PostgreSql "--Database:ConnectionString=$(database $((port + 10 + n)))" \
        "--Cache:Redis=127.0.0.1:$redis" --Hosting:DrainSeconds=3 --Hosting:TrustedProxies=127.0.0.1 "--Hosting:PublicUrl=http://127.0.0.1:$port" --Limits:ExemptNetworks=127.0.0.0/8
      ;;
    *) fail "there is no $1" ;;
  esac
}

stop() {
  alive "$1" || { rm -f "$dir/$1.pid"; return 0; }
  local pid; pid=$(cat "$dir/$1.pid")
  case $1 in
    primary | replica) as_postgres "$pg/pg_ctl" -D "$dir/pg/$1" -m fast -w stop >/dev/null ;;
    *) kill -TERM "$pid"; wait_end "$pid" ;;
  esac
  rm -f "$dir/$1.pid"
}

crash() {
  alive "$1" || return 0
  local pid; pid=$(cat "$dir/$1.pid")
  case $1 in
    primary | replica) as_postgres "$pg/pg_ctl" -D "$dir/pg/$1" -m immediate -w stop >/dev/null ;;
    *) kill -KILL "$pid"; wait_end "$pid" ;;
  esac
  rm -f "$dir/$1.pid"
}

create() {
  mkdir -p "$dir/pg"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir/pg"; fi
  as_postgres "$pg/initdb" -D "$dir/pg/primary" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >/dev/null
  as_postgres sh -c "printf 'port = %s\nlisten_addresses = %s\nunix_socket_directories = %s\nmax_connections = 200\n' $primary \"'127.0.0.1'\" \"'$dir/pg'\" >>'$dir/pg/primary/postgresql.conf'"
  start primary
  as_postgres "$pg/psql" -q -h 127.0.0.1 -p "$primary" -U postgres -c 'CREATE DATABASE broadsheet'
  as_postgres "$pg/pg_basebackup" -D "$dir/pg/replica" -h 127.0.0.1 -p "$primary" -U postgres -R -X stream -c fast
  as_postgres sh -c "printf 'port = %s\n' $replica >>'$dir/pg/replica/postgresql.conf'"
  start replica
  # Who comments as this sample's reader is known: their comments are shown at once.
  "$program/broadsheet" import wordpress "$here/eng/cluster/sample.xml" --data "$dir/import" --Database:Provider=PostgreSql "--Database:ConnectionString=$(database)" >"$dir/import.log" 2>&1 || fail "the sample could not be imported; see $dir/import.log"
}

up() {
  mkdir -p "$dir"
  chmod 755 "$dir"
  [ -x "$program/broadsheet" ] || dotnet publish "$here/src/Broadsheet.Web" -c Release -o "$program" --nologo -v q || fail "the program could not be published"
  configure
  if [ -d "$dir/pg/replica" ]; then start primary; start replica; else create; fi
  start redis
  for n in 1 2 3; do start "node$n"; wait_for "node$n" is_up $((port + n)); done
  start haproxy
  wait_for HAProxy is_up "$port"
  echo "Readers: http://127.0.0.1:$port/   HAProxy's view: http://127.0.0.1:$stats/   logs: $dir/*.log"
}

roll() {
  local n
  for n in 1 2 3 4; do
    alive "node$n" || continue
    stop "node$n"
    start "node$n"
    wait_for "node$n" is_up $((port + n))
    # Until HAProxy has seen it twice.
    wait_for "node$n at HAProxy" sh -c "curl -fsS 'http://127.0.0.1:$stats/;csv' | grep -q '^nodes,node$n,.*,UP,'"
    echo "node$n is back"
  done
}

status() {
  local what
  for what in haproxy node1 node2 node3 node4 redis primary replica; do printf '%-8s %s\n' "$what" "$(alive "$what" && echo "runs ($(cat "$dir/$what.pid"))" || echo "-")"; done
  curl -fsS -m 2 "http://127.0.0.1:$stats/;csv" 2>/dev/null | grep -E '^(nodes|reading),' | cut -d, -f1,2,18 || true
}

case ${1:-} in
  up) up ;;
  status) status ;;
  roll) roll ;;
  down)
    for what in haproxy node1 node2 node3 node4 cable1 cable2 cable3 cable4 redis replica primary; do stop "$what"; done
    if [ "${2:-}" = --purge ]; then rm -rf "$dir"; fi ;;
  start) start "${2:?what}"; case $2 in node*) wait_for "$2" is_up $((port + ${2#node})) ;; esac ;;
  stop) stop "${2:?what}" ;;
  kill) crash "${2:?what}" ;;
  halt) kill -STOP "$(cat "$dir/${2:?what}.pid")" ;;
  go-on) kill -CONT "$(cat "$dir/${2:?what}.pid")" ;;
  env) printf 'DIR=%s\nURL=http://127.0.0.1:%s\nSTATS=http://127.0.0.1:%s\nDATABASE=%s\nPORT=%s\n' "$dir" "$port" "$stats" "$(database)" "$port" ;;
  *) sed -n '2,13p' "$0"; exit 2 ;;
esac
