# shellcheck shell=bash disable=SC2034,SC2154
# Whether work in the background shows in readers' times; to be sourced by curves.sh.

# asked NAME ENGINE SQL: what the database answers.
asked() { if [ "$2" = sqlite ]; then sqlite3 -cmd '.timeout 60000' "$work/$1-sqlite/broadsheet.db" "$3"; else sql "$1" "$3"; fi; }
# until_true SECONDS COMMAND…
until_true() { local i; for i in $(seq $(($1 * 2))); do "${@:2}" && return; sleep 0.5; done; echo "it did not end within $1 s" >&2; return 1; }

follow() { # NAME ENGINE ARTICLE: so many addresses follow its discussion
  local now; now=$([ "$2" = sqlite ] && echo "unixepoch() * 1000" || echo "now()")
  asked "$1" "$2" "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < $followers) INSERT INTO subscriptions (email, email_folded, kind, article_id, frequency, state, origin, ask, asked_at, confirmed_at)
    SELECT 'follower' || n || '@example.org', 'follower' || n || '@example.org', 1, $3, 0, 1, '$site', 0, $now, $now FROM c WHERE n > 0 ON CONFLICT DO NOTHING"
}
letters() { cat "$work/letters" 2>/dev/null || echo 0; }
have_come() { [ "$(letters)" -ge "$1" ]; }
notify() { local all=$(($(letters) + followers)); post "$site/" --articles 9 --count 1 && until_true 600 have_come $all; }
# A reader's script tells that a page is looked at; 800 a second, for so long that they are written down twice.
count_views() {
  cat >"$work/words.lua" <<LUA
function delay() return 5 end
function request() return wrk.format("POST", "/wp-json/broadsheet/v1/views", { ["Content-Type"] = "application/x-www-form-urlencoded", ["Origin"] = "$site", ["Sec-Fetch-Site"] = "same-origin", ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" }, "post=" .. math.random(1, 12) .. "&path=%2F&from=") end
LUA
  wrk -t1 -c4 -d"${COUNTING:-24}s" -s "$work/words.lua" "$site/"
}
is_indexed() { [ "$(asked "$1" "$2" 'SELECT count(*) FROM search_pending')" = 0 ]; }
# As many comments wait for the index as a publication gets in a day of storm.
index() { asked "$1" "$2" "INSERT INTO search_pending (article_id, comment_id) SELECT article_id, id FROM comments ORDER BY id LIMIT ${INDEXED:-20000}" && until_true 900 is_indexed "$1" "$2"; }

background() { # ENGINE
  local e=$1 name=thread${made_threads[0]} n=${made_threads[0]} look=${LOOK:-3} i
  rm -f "$work/letters"; dotnet "$work/side-built/Side.dll" mail-sink 6190 "$work/letters" & started+=($!)
  until_true 10 test -s "$work/letters" || return 1
  up "$name" "$e" --Mail:From=news@example.org --Mail:Smtp:Host=127.0.0.1 --Mail:Smtp:Port=6190 --Mail:Smtp:Security=None || return 1
  follow "$name" "$e" 9 || return 1
  readers "$(address "$site" 11)" "$(address "$site" "$(told "$name" article)")" $((n / 200)) 10
  rm -f "$work/beside.rows"
  look warm "$look"; beside_head >"$work/table"
  for i in notify count_views "index $name $e"; do
    look "alone-${i%% *}" "$look"; look "alone-${i%% *}" "$look"
    # shellcheck disable=SC2086
    beside "${i%% *}" "$look" $i
    look "alone-${i%% *}" "$look"
    case $i in notify) words="$followers followers of a thread are told by mail";; count_views) words="800 views a second are counted";; *) words="${INDEXED:-20000} comments are indexed for the search";; esac
    beside_row "$words" "$took" "${i%% *}" "alone-${i%% *}" >>"$work/table"
  done
  echo "**Work in the background, ${who[$e]}** (readers of all kinds one after the other, a writer beside them; beside a thread of $n)"; echo
  cat "$work/table"; echo
}
