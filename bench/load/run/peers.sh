# shellcheck shell=bash disable=SC2034,SC2154
# What a publication would run instead; to be sourced by run.sh.
wp=http://127.0.0.1:6107; cached=http://127.0.0.1:6108; gh=http://127.0.0.1:6109
wordpress=""; ghost=""

peer() { # NAME PORT SECONDS: starts it and waits until it answers
  local p; rm -f "$work/$1/ready" "$work/$1/pids"; "bench/load/$1.sh" "$work/$1" "$2" >"$work/$1.log" 2>&1 & p=$!; started+=("$p")
  for _ in $(seq "$3"); do [ -f "$work/$1/ready" ] && return; kill -0 "$p" 2>/dev/null || break; sleep 1; done
  kill "$p" 2>/dev/null || true
  echo "$1 does not answer: $(tail -3 "$work/$1.log" | paste -sd' ')" >&2; return 1
}
start_wordpress() { rm -rf "$work/wordpress"; CONTENT="$work/content/wordpress.sql" CACHE_PORT=6108 peer wordpress 6107 300 && wordpress=$(paste -sd' ' "$work/wordpress/pids"); }
start_ghost() { rm -rf "$work/ghost/db" "$work/ghost/content"; CONTENT="$work/content/ghost.sql" peer ghost 6109 900 && ghost=$(paste -sd' ' "$work/ghost/pids"); }
