#!/usr/bin/env bash
# wordpress.sh DIR PORT [POSTS] [COMMENTS]: WordPress from Debian's packages in DIR, at http://127.0.0.1:PORT, until this script is stopped.
# 200 posts with 20 comments each, unless told otherwise; or, with CONTENT=FILE.sql, what seed-content wrote, threads in pages of 50. With CACHE_PORT=PORT nginx keeps
# its pages for an hour (fastcgi_cache) and answers from there at that port. Its own MariaDB, PHP-FPM and nginx, with Debian's values; the machine's services are left alone.
# DIR/ready tells that it answers, DIR/pids which processes it is made of, DIR/sql SQL… asks its database. Run as root: each server drops to its own user.
# What favours WordPress: opcache on, no flood check, no mail, no cron, no calls to the outside, comments shown unmoderated, a classic theme.
set -euo pipefail
dir=$1; port=$2; posts=${3:-200}; comments=${4:-20}
[ -z "${CONTENT:-}" ] || { posts=0; CONTENT=$(realpath "$CONTENT"); }
packages="wordpress wordpress-theme-twentytwentyone php-fpm php-mysql php-cli mariadb-server nginx-light"
if ! { ls /usr/sbin/php-fpm* /usr/share/wordpress/wp-load.php /usr/sbin/mariadbd && command -v nginx; } >/dev/null 2>&1; then
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=240 install -y -qq --no-install-recommends $packages >/dev/null
fi
fpm=$(ls /usr/sbin/php-fpm* | sort -V | tail -1); version=${fpm##*php-fpm}
mkdir -p "$dir"; dir=$(cd "$dir" && pwd); chmod 755 "$dir"; mkdir -p "$dir/db" "$dir/run" "$dir/tmp"; chown mysql "$dir/db" "$dir/run"
trap 'kill $(cat "$dir/pids" 2>/dev/null) 2>/dev/null || true; wait' EXIT
trap 'exit 0' TERM INT

mariadb-install-db --no-defaults --datadir="$dir/db" --user=mysql --auth-root-authentication-method=normal --skip-test-db >/dev/null
mariadbd --no-defaults --datadir="$dir/db" --user=mysql --socket="$dir/run/db.sock" --pid-file="$dir/run/db.pid" --skip-networking --skip-log-bin --character-set-server=utf8mb4 \
  --innodb-buffer-pool-size=128M --innodb-flush-log-at-trx-commit=1 --query-cache-type=0 2>"$dir/db.log" &
echo $! >"$dir/pids"
printf '#!/bin/sh\nexec mariadb --no-defaults --socket=%s -uroot -N -B wordpress -e "$*"\n' "$dir/run/db.sock" >"$dir/sql"; chmod +x "$dir/sql"
for _ in $(seq 100); do mariadb --no-defaults --socket="$dir/run/db.sock" -uroot -e 'CREATE DATABASE IF NOT EXISTS wordpress' 2>/dev/null && break; sleep 0.2; done

cp -rL /usr/share/wordpress "$dir/www" 2>/dev/null || true
mkdir -p "$dir/www/wp-content/mu-plugins"
cat >"$dir/www/wp-config.php" <<P
<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:$dir/run/db.sock'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as \$k) { define(\$k . '_KEY', "measured \$k key"); define(\$k . '_SALT', "measured \$k salt"); }
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HOME', 'http://127.0.0.1:$port'); define('WP_SITEURL', 'http://127.0.0.1:$port');
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
P
cat >"$dir/www/wp-content/mu-plugins/measured.php" <<'P'
<?php
// Neither side asks its database how quick a writer is, and nothing is mailed.
add_action('init', function () { remove_action('check_comment_flood', 'check_comment_flood_db', 10); });
function wp_mail() { return true; }
P
cat >"$dir/install.php" <<P
<?php
define('WP_INSTALLING', true); \$_SERVER['HTTP_HOST'] = '127.0.0.1:$port'; \$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require '$dir/www/wp-load.php'; require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Measured', 'desk', 'desk@example.org', true, '', 'measured');
foreach (['comment_moderation' => 0, 'comment_previously_approved' => 0, 'comments_notify' => 0, 'moderation_notify' => 0, 'thread_comments' => 1, 'thread_comments_depth' => 5, 'comments_per_page' => 50, 'page_comments' => ${CONTENT:+1}+0, 'default_comments_page' => 'oldest', 'posts_per_page' => 10, 'permalink_structure' => '/%year%/%monthnum%/%day%/%postname%/'] as \$name => \$value) update_option(\$name, \$value);
switch_theme('twentytwentyone');
wp_defer_comment_counting(true);
\$words = 'The harbour was quiet in the morning and the boats came in late, with less than was hoped for. ';
for (\$p = 1; \$p <= $posts; \$p++) {
  \$id = wp_insert_post(['post_title' => "Story \$p", 'post_content' => str_repeat("<p>\$words\$words\$words\$words</p>\n", 8), 'post_status' => 'publish', 'post_author' => 1, 'comment_status' => 'open']);
  echo "\$id\n";
  for (\$c = 1; \$c <= $comments; \$c++) wp_insert_comment(['comment_post_ID' => \$id, 'comment_content' => "\$p.\$c " . str_repeat(\$words, 4), 'comment_author' => "Reader \$c", 'comment_author_email' => "reader\$c@example.org", 'comment_approved' => 1]);
}
wp_defer_comment_counting(false);
flush_rewrite_rules();
P
php -d memory_limit=512M "$dir/install.php" 2>"$dir/install.log" | { grep -E '^[0-9]+$' || true; } >"$dir/posts"
[ -z "${CONTENT:-}" ] || mariadb --no-defaults --socket="$dir/run/db.sock" -uroot --default-character-set=utf8mb4 wordpress <"$CONTENT"

cat >"$dir/fpm.conf" <<F
[global]
daemonize = no
error_log = $dir/fpm.log
[www]
user = www-data
group = www-data
listen = $dir/fpm.sock
listen.owner = www-data
pm = static
pm.max_children = 5
F
"$fpm" --fpm-config "$dir/fpm.conf" -c "/etc/php/$version/fpm/php.ini" -F 2>>"$dir/fpm.log" & echo $! >>"$dir/pids"
cached=""
[ -z "${CACHE_PORT:-}" ] || cached="server { listen 127.0.0.1:$CACHE_PORT; root $dir/www; index index.php;
    location / { try_files \$uri \$uri/ /index.php?\$args; }
    location ~ \.php\$ { include /etc/nginx/fastcgi.conf; fastcgi_param HTTP_HOST 127.0.0.1:$port; fastcgi_param SERVER_PORT $port; fastcgi_pass unix:$dir/fpm.sock; fastcgi_cache pages; fastcgi_cache_key \$request_uri; fastcgi_cache_valid 60m; fastcgi_ignore_headers Cache-Control Expires; } }"
cat >"$dir/nginx.conf" <<N
user www-data; worker_processes 2; pid $dir/nginx.pid; error_log $dir/nginx.log; daemon off;
events { worker_connections 1024; }
http { include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush off; keepalive_requests 1000000; gzip on;
  client_body_temp_path $dir/tmp/1; proxy_temp_path $dir/tmp/2; fastcgi_temp_path $dir/tmp/3; uwsgi_temp_path $dir/tmp/4; scgi_temp_path $dir/tmp/5;
  fastcgi_cache_path $dir/cache keys_zone=pages:8m inactive=60m;
  $cached
  server { listen 127.0.0.1:$port; root $dir/www; index index.php;
    location / { try_files \$uri \$uri/ /index.php?\$args; }
    location ~ \.php\$ { include /etc/nginx/fastcgi.conf; fastcgi_pass unix:$dir/fpm.sock; } } }
N
chown -R www-data "$dir/tmp"
nginx -c "$dir/nginx.conf" & echo $! >>"$dir/pids"
for _ in $(seq 100); do curl -sf "http://127.0.0.1:$port/" >/dev/null && break; sleep 0.2; done
curl -sf "http://127.0.0.1:$port/" >/dev/null || { echo "wordpress.sh: it does not answer; see $dir/*.log" >&2; exit 1; }
touch "$dir/ready"
wait
