# shellcheck shell=bash disable=SC2034,SC2154
# The limits: nginx and a bare Kestrel endpoint with our own bytes; to be sourced by run.sh.
nginx=""; bare=""

start_bare() {
  curl -s -i -H 'Accept-Encoding: gzip' "$ours$article" -o "$work/response"
  dotnet "$work/bare-built/Bare.dll" "$work/response" http://127.0.0.1:6105 >/dev/null & local p=$!; started+=("$p")
  answers http://127.0.0.1:6105/ && bare=$p
}

start_nginx() {
  local page name at p
  mkdir -p "$work/www"
  for page in "article $article" "home /" "feed /feed/"; do
    read -r name at <<<"$page"
    for _ in 1 2; do curl -s -H 'Accept-Encoding: gzip' "$ours$at" -o "$work/www/$name.html.gz"; done
    gunzip -kf "$work/www/$name.html.gz" || return 1
  done
  cat >"$work/nginx.conf" <<N
worker_processes 2; pid $work/nginx.pid; error_log $work/nginx.log; daemon off;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush off; keepalive_requests 1000000; gzip_static on; types { text/html html; }
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:6106; root $work/www; } }
N
  nginx -c "$work/nginx.conf" & p=$!; started+=("$p")
  answers http://127.0.0.1:6106/home.html && nginx=$p
}

answers() {
  for _ in $(seq 50); do curl -sf -o /dev/null "$1" && return; sleep 0.2; done
  echo "$1 does not answer" >&2; return 1
}
