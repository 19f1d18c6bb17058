# shellcheck shell=bash
# What the scripts here share; to be sourced. $work is the script's temporary folder, thrown away at its end with all that it started.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=${WORK:-$(mktemp -d)}; mkdir -p "$work"; chmod 755 "$work"; started=()
cleanup() { local p; for p in "${started[@]}"; do kill "$p" 2>/dev/null || true; done; for p in "${started[@]}"; do wait "$p" 2>/dev/null || true; done; [ -n "${WORK:-}" ] || rm -rf "$work"; }
trap cleanup EXIT

# need COMMAND[:PACKAGE]…: installs Debian's packages of the commands that are not there.
need() {
  local n missing=()
  for n in "$@"; do command -v "${n%%:*}" >/dev/null || missing+=("${n##*:}"); done
  [ ${#missing[@]} = 0 ] || { apt-get -o DPkg::Lock::Timeout=240 update -qq; DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=240 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }
}

# The program as it is published (anew, but in a folder that is kept), the seeder and the program that posts.
build() {
  [ -x "$work/app/broadsheet" ] || quietly dotnet publish src/Broadsheet.Web -c Release -o "$work/app" --nologo -v q
  quietly dotnet build bench/Broadsheet.Benchmarks -c Release --nologo -v q
  quietly dotnet build bench/load/post -c Release --nologo -v q
}
quietly() { "$@" >"$work/said" 2>&1 || { echo "$* failed:" >&2; tail -20 "$work/said" >&2; return 1; }; }
# The program that measures plans in rounds, and the apps beside it.
build_side() { local p; for p in side "$@"; do [ -z "$p" ] || [ -d "$work/$p-built" ] || { quietly dotnet publish "bench/load/$p" -c Release -o "$work/$p-built" --nologo -v q; }; done; }
side() { dotnet "$work/side-built/Side.dll" "$@"; }
bench() { dotnet artifacts/bin/Broadsheet.Benchmarks/release/Broadsheet.Benchmarks.dll "$@"; }
seed() { bench seed-thread "$@"; }
post() { dotnet artifacts/bin/Post/release/Post.dll "$@"; }

# serve PORT FOLDER [MORE…]: starts the program; its process id is in $served.
serve() {
  local port=$1 folder=$2; shift 2
  "$work/app/broadsheet" serve --data "$folder" --urls "http://127.0.0.1:$port" --Limits:ExemptNetworks=127.0.0.0/8 "$@" 2>"$folder/log" & served=$!; started+=("$served")
  for _ in $(seq 300); do curl -sf "http://127.0.0.1:$port/readyz" >/dev/null && return; sleep 0.2; done
  echo "it does not answer at port $port:" >&2; tail -3 "$folder/log" >&2; return 1
}
# address SITE ARTICLE: the path of its page; permalink SITE COMMENT: of the page that shows it.
address() { local url; url=$(curl -s -o /dev/null -w '%{redirect_url}' "$1/?p=$2"); echo "${url#"$1"}"; }
permalink() { local link; link=$(curl -s "$1/wp-json/wp/v2/comments/$2" | grep -o '"link":"[^"]*' | head -1 | cut -d'"' -f4 | tr -d '\\'); link=${link#"$1"}; echo "${link%%#*}"; }

# A PostgreSQL cluster of this script's own with the server's usual values (durable commits), on a socket in $work/pg; its process id is in $postgres.
start_postgres() {
  local bin; bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  local as=(); [ "$(id -u)" = 0 ] && as=(runuser -u postgres --)
  mkdir -p "$work/pg"; [ "$(id -u)" = 0 ] && chown postgres "$work/pg"
  [ -d "$work/pg/data" ] || "${as[@]}" "$bin/initdb" -D "$work/pg/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >/dev/null
  "${as[@]}" "$bin/postgres" -D "$work/pg/data" -k "$work/pg" -c listen_addresses= -c max_connections=200 >"$work/pg.log" 2>&1 &
  started+=($!)
  for _ in $(seq 100); do "$bin/pg_isready" -q -h "$work/pg" && break; sleep 0.2; done
  postgres=$(head -1 "$work/pg/data/postmaster.pid")
}
sql() { psql -h "$work/pg" -U postgres -d "$1" -Atc "$2"; }
connection() { echo "Host=$work/pg;Username=postgres;Database=$1"; }

# Ticks of a hundredth second that processes have taken: of each its own, of its children, and of its children that have ended.
ticks() { local p c t=0; for p in "$@"; do for c in "$p" $(pgrep -P "$p" || true); do t=$((t + $(awk '{print $14+$15}' "/proc/$c/stat" 2>/dev/null || echo 0))); done; t=$((t + $(awk '{print $16+$17}' "/proc/$p/stat"))); done; echo $t; }
# median FILE KEY COLUMN: of the rows that begin with KEY.
median() { awk -v k="$2" -v c="$3" '$1==k{print $c}' "$1" | sort -g | awk '{a[NR]=$1} END{print NR ? a[int((NR+1)/2)] : "-"}'; }
machine() { echo "$(awk -F': ' '/^model name/{print $2; exit}' /proc/cpuinfo), $(nproc) cores, $(awk '/MemTotal/{printf "%.0f GiB", $2/1048576}' /proc/meminfo), .NET $(dotnet --version), $(date -u +%F), load before $load_before and after $(cut -d' ' -f1 /proc/loadavg), commit $(git rev-parse --short HEAD)"; }
load_before=$(cut -d' ' -f1 /proc/loadavg)
