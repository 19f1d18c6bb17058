#!/usr/bin/env bash
# Our cached article page (200 comments on it, gzip) beside a bare Kestrel endpoint and nginx, all answering the same bytes;
# and the import rate. One run on one machine, rounds interleaved. Needs wrk and nginx (Debian's packages).
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${ROUNDS:-5}; seconds=${SECONDS_EACH:-8}
for p in wrk nginx; do command -v $p >/dev/null || { apt-get install -y -qq wrk nginx-light >/dev/null; break; }; done
work=$(mktemp -d); trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
dotnet publish src/Broadsheet.Web -c Release -o "$work/app" --nologo -v q >/dev/null
dotnet publish bench/load/bare -c Release -o "$work/bare" --nologo -v q >/dev/null
b="$work/app/broadsheet"

bench/load/wxr.sh 1 200 4 >"$work/page.xml"
"$b" import wordpress "$work/page.xml" --data "$work/data" --json >/dev/null
"$b" serve --data "$work/data" --urls http://127.0.0.1:5091 2>/dev/null & ours=$!
until curl -sf http://127.0.0.1:5091/readyz >/dev/null; do sleep 0.2; done
path=/2026/01/01/article-1/
for _ in 1 2 3; do curl -s -i -H 'Accept-Encoding: gzip' "http://127.0.0.1:5091$path" -o "$work/response"; done
dotnet "$work/bare/Bare.dll" "$work/response" http://127.0.0.1:5092 & bare=$!
mkdir -p "$work/www"; curl -s -H 'Accept-Encoding: gzip' "http://127.0.0.1:5091$path" -o "$work/www/page.html.gz"; gunzip -k "$work/www/page.html.gz"
cat >"$work/nginx.conf" <<N
worker_processes 2; pid $work/nginx.pid; error_log $work/error.log; daemon off;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush off; keepalive_requests 1000000; gzip_static on; types { text/html html; }
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:5093; root $work/www; } }
N
nginx -c "$work/nginx.conf" & nginx=$!
sleep 1
bytes=$(curl -s -H 'Accept-Encoding: gzip' "http://127.0.0.1:5091$path" | wc -c)
identity=$(curl -s "http://127.0.0.1:5091$path" | wc -c)

ticks() { local t=0 p; for p in "$1" $(pgrep -P "$1" || true); do t=$((t + $(awk '{print $14+$15}' /proc/$p/stat))); done; echo $t; }
one() { # name url pid
  local before after out; before=$(ticks "$3")
  out=$(wrk -t1 -c16 -d"${seconds}s" --latency -H 'Accept-Encoding: gzip' "$2"); after=$(ticks "$3")
  local n rps p99; n=$(awk '/requests in/{print $1}' <<<"$out"); rps=$(awk '/Requests\/sec/{print $2}' <<<"$out"); p99=$(awk '/99%/{print $2}' <<<"$out")
  echo "$1 $rps $p99 $(awk -v t=$((after - before)) -v n="$n" 'BEGIN{printf "%.4f", t * 10 / n}')" >>"$work/rows"
}
for u in "http://127.0.0.1:5091$path" http://127.0.0.1:5092/ http://127.0.0.1:5093/page.html; do wrk -t1 -c16 -d3s -H 'Accept-Encoding: gzip' "$u" >/dev/null; done
for _ in $(seq "$rounds"); do
  one broadsheet "http://127.0.0.1:5091$path" $ours
  one kestrel http://127.0.0.1:5092/ $bare
  one nginx http://127.0.0.1:5093/page.html $nginx
done
kill $ours $bare $nginx 2>/dev/null || true

median() { awk -v n="$1" -v c="$2" '$1==n{print $c}' "$work/rows" | sort -g | awk '{a[NR]=$1} END{print a[int((NR+1)/2)]}'; }
echo "| article with 200 comments, cached, gzip ($bytes bytes; $identity as text) | requests/s | p99 | CPU ms a request |"
echo "|---|---:|---:|---:|"
for n in broadsheet kestrel nginx; do echo "| $n | $(median $n 2) | $(awk -v n=$n '$1==n{print $3}' "$work/rows" | sort -h | awk '{a[NR]=$1} END{print a[int((NR+1)/2)]}') | $(median $n 4) |"; done
awk -v o="$(median broadsheet 2)" -v k="$(median kestrel 2)" -v x="$(median nginx 2)" 'BEGIN{printf "\nratio to bare Kestrel %.3f, to nginx %.3f\n\n", o/k, o/x}'

for n in 100000 400000; do
  bench/load/wxr.sh 100 $((n / 100)) 5 >"$work/import.xml"
  /usr/bin/time -f '%M' -o "$work/peak" "$b" import wordpress "$work/import.xml" --data "$work/import-$n" >"$work/report" 2>&1 || { cat "$work/report"; exit 1; }
  echo "import of $n comments into SQLite, search words included: $(tail -1 "$work/report") Peak $(($(tail -1 "$work/peak") / 1024)) MB."
done
echo "$(nproc) cores, $(awk '/MemTotal/{printf "%.0f GiB", $2/1048576}' /proc/meminfo), $(dotnet --version), $(date -u +%F)"
