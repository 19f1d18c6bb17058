# shellcheck shell=bash disable=SC2154
# What is measured of whom; to be sourced by run.sh. A line of the plan is ROW, WHO, KIND, PIDS, WHAT, MORE (see side/Plan.cs).
gz='-H|Accept-Encoding: gzip'; br='-H|Accept-Encoding: br'
draft=""; sq="Broadsheet, SQLite"; pg="Broadsheet, PostgreSQL"; alone="Broadsheet, PostgreSQL (without the server's own)"

# Whoever has no processes did not start: the row says why.
plan() {
  local who why=""
  [ "$3" = figure ] || [ -n "$draft$4" ] || { for who in "${!failed[@]}"; do [[ "$1, $2" != *"$who"* ]] || why=${failed[$who]}; done; set -- "$1" "$2" failed "" "${why:-it was not started}" ""; }
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$plan"
}
ask() { plan "$1" "$2" ask "$3" "$4" "${5:-}"; }
figure() { plan "$1" "$2" figure "" "$3" "$4"; }
everywhere() { # ROW PATH NGINX-NAME: cached pages, gzip
  ask "$1" "$sq" "$sqlite" "$ours$2" "$gz"; ask "$1" "$pg" "$postgresql" "$on_pg$2" "$gz"
  [ -z "${3:-}" ] || ask "$1" nginx "$nginx" "http://127.0.0.1:6106/$3.html" "$gz"
  without wordpress || { ask "$1" WordPress "$wordpress" "$wp$2" "$gz"; ask "$1" "WordPress, nginx's page cache" "$wordpress" "$cached$2" "$gz"; }
}
plain() { # ROW PATH [PATH-OF-GHOST]: rendered for each request
  ask "$1" "$sq" "$uncached" "$off$2"; ask "$1" "$pg" "$uncached_postgresql" "$off_pg$2"; without wordpress || ask "$1" WordPress "$wordpress" "$wp$2"
}

pages() {
  local row="article with 200 comments, gzip"; everywhere "$row" "$article" article; ask "$row" "bare Kestrel" "$bare" http://127.0.0.1:6105/ "$gz"
  without ghost || ask "$row" "Ghost (page without comments)" "$ghost" "$gh/story-$two_hundred/" "$gz"
  ask "the same, brotli" "$sq" "$sqlite" "$ours$article" "$br"; ask "the same, brotli" "$pg" "$postgresql" "$on_pg$article" "$br"
  plain "the same, not cached, as text" "$article"
  everywhere "home, gzip" / home; without ghost || ask "home, gzip" Ghost "$ghost" "$gh/" "$gz"
  everywhere "feed, gzip" /feed/ feed; without ghost || ask "feed, gzip" Ghost "$ghost" "$gh/rss/" "$gz"
  everywhere "search for a word, gzip" "/?s=$word"
  plain "search, not cached, as text" "/?s=$word"
  row="REST, 100 comments of an article"; local rest="/wp-json/wp/v2/comments?post=$two_hundred&per_page=100"
  ask "$row" "$sq" "$sqlite" "$ours$rest"; ask "$row" "$pg" "$postgresql" "$on_pg$rest"; without wordpress || ask "$row" WordPress "$wordpress" "$wp$rest"
  without ghost || ask "$row" Ghost "$ghost" "$gh/members/api/comments/post/$(printf 'a%023x' "$two_hundred")/?limit=100"
  plain "permalink deep in a thread of 1,000 (its fourth page), not cached" "${long}comment-page-4/"
}

long_threads() {
  local n e who r
  for r in first last permalink; do for e in sqlite postgresql; do
    who=$([ $e = sqlite ] && echo "$sq" || echo "$pg")
    for n in "${threads[@]}"; do
      [ "$n" != "${threads[0]}" ] || [ $r != first ] || ask "page of 200 comments, not cached: a thread of 200" "$who" "${thread_pids[$e-$n]:-}" "${thread_site[$e-$n]:-}${thread_path[$e-$n-short]:-}"
      ask "page of 200 comments, not cached: $([ $r = permalink ] && echo "permalink in the middle" || echo "$r page") of a thread of $n" "$who" "${thread_pids[$e-$n]:-}" "${thread_site[$e-$n]:-}${thread_path[$e-$n-$r]:-}"
    done
  done; done
}

writing() {
  local w row posted; posted=$(seq -s, 1 200)
  for w in 64 1; do
    row="comment posted, $([ $w = 1 ] && echo "one writer" || echo "$w writers")"
    plan "$row" "$sq" post "$sqlite" "$ours/ --articles $posted --writers $w"; plan "$row" "$pg" post "$postgresql" "$on_pg/ --articles $posted --writers $w"
    without wordpress || plan "$row" WordPress post "$wordpress" "$wp/ --articles $posted --writers $w"
  done
  without ghost || ask "comment posted, 16 writers" Ghost "$ghost" "$gh/" "-s|$work/ghost/post.lua"
  cat >"$work/like.lua" <<LUA
-- Readers of many networks, each of whom likes a comment.
math.randomseed(os.time() * 1000 + math.floor((os.clock() * 1e6) % 1000))
function request()
  wrk.headers["X-Forwarded-For"] = string.format("%d.%d.%d.%d", math.random(11, 99), math.random(0, 255), math.random(0, 255), math.random(1, 254))
  return wrk.format("POST", "/wp-json/broadsheet/v1/comments/" .. math.random(1, $articles * 20) .. "/likes")
end
LUA
  row="a guest likes a comment"; ask "$row" "$sq" "$sqlite" "$ours/" "-s|$work/like.lua"; ask "$row" "$pg" "$postgresql" "$on_pg/" "-s|$work/like.lua"
}

memory() { # WHO KEY PIDS
  [ -n "$draft${3:-}" ] || { plan "memory" "$1" failed "" "it was not started" ""; return; }
  figure "memory after 60 s idle" "$1" "echo ${idle_memory[$2]:-0}" MB; figure "memory under load" "$1" "bench/load/pss.sh $3" MB
}

figures() {
  local row render
  figure "import" "$sq" "cat $work/sqlite.import" "comments a second"; figure "import" "$pg" "cat $work/postgresql.import" "comments a second"
  row="first rendering after a change, processor time"; render="dotnet artifacts/bin/Broadsheet.Benchmarks/release/Broadsheet.Benchmarks.dll first-render --rounds ${RENDERINGS:-1000} --article $two_hundred"
  figure "$row" "$sq" "$render --data $work/uncached" ms; figure "$row" "$alone" "$render --data $work/postgresql --postgres '$(connection news)'" ms
  figure "start to first page" "$sq" "dotnet $work/side-built/Side.dll first-page http://127.0.0.1:6111$article $work/app/broadsheet serve --data $work/starting --urls http://127.0.0.1:6111" ms
  figure "start to first page" "empty ASP.NET Core app" "dotnet $work/side-built/Side.dll first-page http://127.0.0.1:6112/ $work/empty-built/Empty --urls http://127.0.0.1:6112" ms
  memory "$sq" sqlite "$sqlite"; memory "$alone" postgresql "${postgresql% *}"
  without wordpress || memory "WordPress, all of it" wordpress "$wordpress"; without ghost || memory "Ghost, all of it" ghost "$ghost"
  row="$watchers readers watch an article"; local units="memory of each=KB|while nothing is said, processor time a second=ms|until half have heard of a comment=ms|until all have=ms|processor time of a comment=ms"
  figure "$row" "$sq" "dotnet $work/side-built/Side.dll watch $off $((articles / 2)) $watchers 5 $uncached" "$units"
  figure "$row" "$pg" "dotnet $work/side-built/Side.dll watch $off_pg $((articles / 2)) $watchers 5 $uncached_postgresql" "$units"
}

make_plan() { plan=$1; rm -f "$plan"; pages; [ ${#threads[@]} = 0 ] || long_threads; writing; figures; }

# Before anything is set up: about how long it will take all together.
tell_duration() {
  local setup=150 measuring n
  (draft=1; make_plan "$work/draft")
  measuring=$(side "$work/draft" --estimate --rounds "$rounds" --seconds "$seconds")
  [ -x "$work/app/broadsheet" ] || setup=$((setup + 150)); without wordpress || setup=$((setup + 30)); without ghost || setup=$((setup + 90))
  for n in "${threads[@]}"; do [ -f "$work/thread$n.json" ] || setup=$((setup + 15 + n / 4500)); done
  echo "about $(((setup + measuring + 30) / 60)) minutes: $(((setup + 30) / 60)) to set up, $(((measuring + 30) / 60)) to measure" >&2
}
