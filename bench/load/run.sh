#!/usr/bin/env bash
# Broadsheet (as published, on SQLite and on PostgreSQL) side by side with what a publication would run instead, in one run on one machine, rounds interleaved:
# WordPress (Debian's; php-fpm, opcache, MariaDB, nginx, a classic theme; without and with nginx's page cache), Ghost (npm; MariaDB), nginx with our own pages as
# gzip files (the far limit), a bare Kestrel endpoint with our article's bytes in memory (the near one). The same content in each: seed-content.
# Prints a table in Markdown; --chart FILE.svg draws it. Run as root on Debian: installs what it needs.
#   ROUNDS=5 SECONDS_EACH=4 ARTICLES=2000 WITHOUT="ghost wordpress" bench/load/run.sh [--chart FILE.svg]
. "$(dirname "$0")/measuring.sh"
rounds=${ROUNDS:-5}; seconds=${SECONDS_EACH:-4}; articles=${ARTICLES:-2000}; chart=(); [ "${1:-}" != --chart ] || chart=(--chart "$2")
without() { [[ " ${WITHOUT:-} " == *" $1 "* ]]; }
need wrk nginx:nginx-light psql:postgresql-client pgrep:procps
build
for p in side bare empty; do dotnet publish "bench/load/$p" -c Release -o "$work/$p" --nologo -v q >/dev/null; done
side() { dotnet "$work/side/Side.dll" "$@"; }
bench seed-content --out "$work/content" --articles "$articles" >&2
two_hundred=$((articles + 1)); thousand=$((articles + 2))

# --- the publications ------------------------------------------------------------------------------------------------
open="--Limits:ExemptNetworks=0.0.0.0/0 --Hosting:TrustedProxies=127.0.0.1"
fill() { # FOLDER [MORE…]: what the import takes, in comments a second, stands in FOLDER.import
  local folder=$1 report; shift
  report=$("$work/app/broadsheet" import wordpress "$work/content/content.xml" --data "$folder" --json "$@")
  sed -E 's/.*"comments":\{[^}]*"written":([0-9]+).*"seconds":([0-9.]+).*/\1 \2/' <<<"$report" | awk '{printf "%.0f", $1/$2}' >"$folder.import"
}
fill "$work/sqlite"; bench open-publication --data "$work/sqlite" >&2
start_postgres; sql postgres 'CREATE DATABASE news' >/dev/null
on_postgres=(--Database:Provider=PostgreSql "--Database:ConnectionString=$(connection news)")
fill "$work/postgresql" "${on_postgres[@]}"; bench open-publication --data "$work/postgresql" --postgres "$(connection news)" >&2
cp -r "$work/sqlite" "$work/uncached"; cp -r "$work/sqlite" "$work/starting"
# shellcheck disable=SC2086
{ serve 6101 "$work/sqlite" $open; sqlite=$served; serve 6102 "$work/postgresql" $open "${on_postgres[@]}"; postgresql="$served $postgres"
  serve 6103 "$work/uncached" $open --Cache:Pages=false; uncached=$served; serve 6104 "$work/postgresql" $open --Cache:Pages=false "${on_postgres[@]}"; uncached_postgresql="$served $postgres"; }
ours=http://127.0.0.1:6101; on_pg=http://127.0.0.1:6102; off=http://127.0.0.1:6103; off_pg=http://127.0.0.1:6104
path() { local url; url=$(curl -s -o /dev/null -w '%{redirect_url}' "$ours/?p=$1"); echo "${url#"$ours"}"; }
article=$(path "$two_hundred"); long=$(path "$thousand"); deep="${long}comment-page-4/"; word=$(grep -o 'Story 7: [A-Za-z]*' "$work/content/content.xml" | head -1 | cut -d' ' -f3)

# --- the limits ------------------------------------------------------------------------------------------------------
mkdir -p "$work/www"
for page in "article $article" "home /" "feed /feed/"; do
  read -r name at <<<"$page"
  for _ in 1 2; do curl -s -H 'Accept-Encoding: gzip' "$ours$at" -o "$work/www/$name.html.gz"; done
  gunzip -kf "$work/www/$name.html.gz"
done
curl -s -i -H 'Accept-Encoding: gzip' "$ours$article" -o "$work/response"
dotnet "$work/bare/Bare.dll" "$work/response" http://127.0.0.1:6105 >/dev/null & bare=$!; started+=("$bare")
cat >"$work/nginx.conf" <<N
worker_processes 2; pid $work/nginx.pid; error_log $work/nginx.log; daemon off;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush off; keepalive_requests 1000000; gzip_static on; types { text/html html; }
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:6106; root $work/www; } }
N
nginx -c "$work/nginx.conf" & nginx=$!; started+=("$nginx")

# --- the peers -------------------------------------------------------------------------------------------------------
peer() { # NAME PORT SECONDS: starts it and waits until it answers
  local p; "bench/load/$1.sh" "$work/$1" "$2" >"$work/$1.log" 2>&1 & p=$!; started+=("$p")
  for _ in $(seq "$3"); do [ -f "$work/$1/ready" ] && return; kill -0 "$p" 2>/dev/null || break; sleep 1; done
  echo "$1 does not answer:" >&2; tail -5 "$work/$1.log" | cut -c1-300 >&2; exit 1
}
without wordpress || { CONTENT="$work/content/wordpress.sql" CACHE_PORT=6108 peer wordpress 6107 300; wordpress=$(paste -sd' ' "$work/wordpress/pids"); }
without ghost || { CONTENT="$work/content/ghost.sql" peer ghost 6109 1800; ghost=$(paste -sd' ' "$work/ghost/pids"); }

# --- the plan --------------------------------------------------------------------------------------------------------
gz='-H|Accept-Encoding: gzip'; br='-H|Accept-Encoding: br'
plan() { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$work/plan"; }
ask() { plan "$1" "$2" ask "$3" "$4" "${5:-}"; }
wp=http://127.0.0.1:6107; cached=http://127.0.0.1:6108; gh=http://127.0.0.1:6109
everywhere() { # ROW PATH NGINX-NAME: cached pages, gzip
  ask "$1" "Broadsheet, SQLite" "$sqlite" "$ours$2" "$gz"; ask "$1" "Broadsheet, PostgreSQL" "$postgresql" "$on_pg$2" "$gz"
  [ -z "${3:-}" ] || ask "$1" nginx "$nginx" "http://127.0.0.1:6106/$3.html" "$gz"
  without wordpress || { ask "$1" WordPress "$wordpress" "$wp$2" "$gz"; ask "$1" "WordPress, nginx's page cache" "$wordpress" "$cached$2" "$gz"; }
}
row="article with 200 comments, gzip"; everywhere "$row" "$article" article; ask "$row" "bare Kestrel" "$bare" http://127.0.0.1:6105/ "$gz"
without ghost || ask "$row" "Ghost (page without comments)" "$ghost" "$gh/story-$two_hundred/" "$gz"
ask "the same, brotli" "Broadsheet, SQLite" "$sqlite" "$ours$article" "$br"
row="the same, not cached, as text"; ask "$row" "Broadsheet, SQLite" "$uncached" "$off$article"; ask "$row" "Broadsheet, PostgreSQL" "$uncached_postgresql" "$off_pg$article"; without wordpress || ask "$row" WordPress "$wordpress" "$wp$article"
everywhere "home, gzip" / home; without ghost || ask "home, gzip" Ghost "$ghost" "$gh/" "$gz"
everywhere "feed, gzip" /feed/ feed; without ghost || ask "feed, gzip" Ghost "$ghost" "$gh/rss/" "$gz"
everywhere "search for a word, gzip" "/?s=$word"
row="search, not cached, as text"; ask "$row" "Broadsheet, SQLite" "$uncached" "$off/?s=$word"; ask "$row" "Broadsheet, PostgreSQL" "$uncached_postgresql" "$off_pg/?s=$word"; without wordpress || ask "$row" WordPress "$wordpress" "$wp/?s=$word"
row="REST, 100 comments of an article"; rest="/wp-json/wp/v2/comments?post=$two_hundred&per_page=100"
ask "$row" "Broadsheet, SQLite" "$sqlite" "$ours$rest"; ask "$row" "Broadsheet, PostgreSQL" "$postgresql" "$on_pg$rest"; without wordpress || ask "$row" WordPress "$wordpress" "$wp$rest"
without ghost || ask "$row" Ghost "$ghost" "$gh/members/api/comments/post/$(printf 'a%023x' "$two_hundred")/?limit=100"
row="fourth page of a thread of 1,000, not cached"; ask "$row" "Broadsheet, SQLite" "$uncached" "$off$deep"; ask "$row" "Broadsheet, PostgreSQL" "$uncached_postgresql" "$off_pg$deep"; without wordpress || ask "$row" WordPress "$wordpress" "$wp$deep"
posted=$(seq -s, 1 200)
for w in 64 1; do
  row="comment posted, $([ $w = 1 ] && echo "one writer" || echo "$w writers")"
  plan "$row" "Broadsheet, SQLite" post "$sqlite" "$ours/ --articles $posted --writers $w"; plan "$row" "Broadsheet, PostgreSQL" post "$postgresql" "$on_pg/ --articles $posted --writers $w"
  without wordpress || plan "$row" WordPress post "$wordpress" "$wp/ --articles $posted --writers $w"
done
without ghost || ask "comment posted, 16 writers" Ghost "$ghost" "$gh/" "-s|$work/ghost/post.lua"
cat >"$work/like.lua" <<LUA
-- Readers of many networks, each of whom likes a comment.
local n = 0
math.randomseed(os.time() * 1000 + math.floor((os.clock() * 1e6) % 1000))
function request()
  n = n + 1
  wrk.headers["X-Forwarded-For"] = string.format("%d.%d.%d.%d", math.random(11, 99), math.random(0, 255), math.random(0, 255), math.random(1, 254))
  return wrk.format("POST", "/wp-json/broadsheet/v1/comments/" .. math.random(1, $articles * 20) .. "/likes")
end
LUA
row="a guest likes a comment"; ask "$row" "Broadsheet, SQLite" "$sqlite" "$ours/" "-s|$work/like.lua"; ask "$row" "Broadsheet, PostgreSQL" "$postgresql" "$on_pg/" "-s|$work/like.lua"
figure() { plan "$1" "$2" figure "" "$3" "$4"; }
figure "import" "Broadsheet, SQLite" "cat $work/sqlite.import" "comments a second"; figure "import" "Broadsheet, PostgreSQL" "cat $work/postgresql.import" "comments a second"
row="first rendering after a change, processor time"; render="dotnet artifacts/bin/Broadsheet.Benchmarks/release/Broadsheet.Benchmarks.dll first-render --article $two_hundred"
figure "$row" "Broadsheet, SQLite" "$render --data $work/uncached" ms; figure "$row" "Broadsheet, PostgreSQL (without the server's own)" "$render --data $work/postgresql --postgres '$(connection news)'" ms
figure "start to first page" "Broadsheet, SQLite" "dotnet $work/side/Side.dll first-page http://127.0.0.1:6111$article $work/app/broadsheet serve --data $work/starting --urls http://127.0.0.1:6111" ms
figure "start to first page" "empty ASP.NET Core app" "dotnet $work/side/Side.dll first-page http://127.0.0.1:6112/ $work/empty/Empty --urls http://127.0.0.1:6112" ms
memory() { figure "$1" "$2" "bench/load/pss.sh $3" MB; }
idle() { figure "memory after 60 s idle" "$1" "echo $(bench/load/pss.sh "$2")" MB; }
# A page that has not changed for a minute is compressed once more, better.
for s in "$ours" "$on_pg"; do for e in gzip br; do curl -s -o /dev/null -H "Accept-Encoding: $e" "$s$article"; done; done; sleep 60
# shellcheck disable=SC2086
{ idle "Broadsheet, SQLite" $sqlite; idle "Broadsheet, PostgreSQL (without the server's own)" "${postgresql% *}"; without wordpress || idle "WordPress, all of it" "$wordpress"; without ghost || idle "Ghost, all of it" "$ghost"; }
memory "memory under load" "Broadsheet, SQLite" "$sqlite"; memory "memory under load" "Broadsheet, PostgreSQL (without the server's own)" "${postgresql% *}"
without wordpress || memory "memory under load" "WordPress, all of it" "$wordpress"; without ghost || memory "memory under load" "Ghost, all of it" "$ghost"

side "$work/plan" --post artifacts/bin/Post/release/Post.dll --rounds "$rounds" --seconds "$seconds" "${chart[@]}"
echo; echo "Medians of $rounds rounds of $seconds s at 16 connections and half as long at one. $((articles + 2)) articles. $(machine)"
