# shellcheck shell=bash disable=SC2154
# What curves.sh asks of which publication; to be sourced by it. A line of a plan is ROW, WHO, KIND, PIDS, WHAT, MORE, SIZE (see side/Plan.cs).
declare -A who=([sqlite]=SQLite [postgresql]=PostgreSQL)
port=${FIRST_PORT:-6200}
# up NAME ENGINE [MORE…]: serves it at the next port; $site and $pids tell.
up() { port=$((port + 1)); site=http://127.0.0.1:$port; local name=$1 engine=$2; shift 2; start "$name" "$engine" "$port" "$@"; }
stop_all() {
  local p; for p in "${started[@]}"; do [ "$p" = "${started[0]}" ] || kill "$p" 2>/dev/null || true; done
  for p in "${started[@]:1}"; do wait "$p" 2>/dev/null || true; done; started=("${started[0]}")
}
# row PLAN ROW ENGINE SIZE PATH [MORE]: "not cached", each request is rendered for its reader: what asks for a comment that waits is never kept.
row() {
  local path=$5; [[ "$2" != *"not cached" ]] || path+=$([[ "$5" == *\?* ]] && echo "&unapproved=1" || echo "?unapproved=1")
  [ -n "$5" ] || { printf '%s\t%s\tfailed\t\tthere is no such page\t\t%s\n' "$2" "${who[$3]}" "$4" >>"$1"; return; }
  printf '%s\t%s\task\t%s\t%s\t%s\t%s\n' "$2" "${who[$3]}" "$pids" "$site$path" "${6:-}" "$4" >>"$1"
}
# written PLAN ROW ENGINE SIZE ARTICLES [MORE]: a hundred comments a round, so that a short thread stays short.
written() { printf '%s\t%s\tpost\t%s\t%s\t\t%s\n' "$2" "${who[$3]}" "$pids" "$site/ --articles $5 --count 100${6:+ $6}" "$4" >>"$1"; }
gone() { printf 'all rows\t%s\tfailed\t\tthe publication could not be served\t\t%s\n' "${who[$2]}" "$3" >>"$1"; }
figures() { printf '%s\t%s\tfigure\t%s\t%s\t%s\t%s\n' "$@" >>"$plan"; }

plan_articles() {
  local plan=$1 e n story section
  for e in sqlite postgresql; do for n in "${made_articles[@]}"; do
    up "articles$n" $e || { gone "$plan" $e "$n"; continue; }
    story=$(address "$site" 999); section=/category/section-b/
    row "$plan" "home, not cached" $e "$n" /
    row "$plan" "article with 200 comments, not cached" $e "$n" "$story"
    row "$plan" "section, first page, not cached" $e "$n" "$section"
    row "$plan" "section, tenth page, not cached" $e "$n" "${section}page/10/"
    row "$plan" "a month's archive, not cached" $e "$n" /2025/06/
    row "$plan" "feed, not cached" $e "$n" /feed/
    row "$plan" "search, a frequent word, not cached" $e "$n" "/?s=baba"
    row "$plan" "search, a rare word, not cached" $e "$n" "/?s=tivinren"
    row "$plan" "REST, ten articles" $e "$n" "/wp-json/wp/v2/posts"
    written "$plan" "a comment" $e "$n" 1,2,3,4,5,6,7,8,9,10,11,12
    row "$plan" "home, cached" $e "$n" /
    row "$plan" "article with 200 comments, cached" $e "$n" "$story" '-H|Accept-Encoding: gzip'
  done; done
}

plan_comments() {
  local plan=$1 e n story
  for e in sqlite postgresql; do for n in "${made_threads[@]}"; do
    up "thread$n" $e || { gone "$plan" $e "$n"; continue; }
    story=$(address "$site" 12)
    row "$plan" "home, not cached" $e "$n" /
    row "$plan" "another article with 200 comments, not cached" $e "$n" "$story"
    row "$plan" "a month's archive, not cached" $e "$n" /2026/01/
    row "$plan" "feed of comments, not cached" $e "$n" /comments/feed/
    row "$plan" "search, a frequent word, not cached" $e "$n" "/?s=baba"
    row "$plan" "search, a rare word, not cached" $e "$n" "/?s=tivinren"
    row "$plan" "REST, 100 comments of another article" $e "$n" "/wp-json/wp/v2/comments?post=12&per_page=100"
    row "$plan" "REST, the last 100 comments" $e "$n" "/wp-json/wp/v2/comments?per_page=100"
    written "$plan" "a comment to another article" $e "$n" 1,2,3,4,5,6,7,8,9,10
    row "$plan" "another article, cached" $e "$n" "$story" '-H|Accept-Encoding: gzip'
  done; done
}

# The shortest thread is another article's, of the smallest publication.
plan_threads() {
  local plan=$1 e n long middle name
  for e in sqlite postgresql; do for n in 200 "${made_threads[@]}"; do
    name=$n; [ "$n" != 200 ] || name=${made_threads[0]}
    # The smallest publication serves both.
    [ "$n" = "${made_threads[0]}" ] || up "thread$name" $e || { gone "$plan" $e "$n"; continue; }
    if [ "$n" = 200 ]; then long=$(address "$site" 11); row "$plan" "first page, not cached" $e 200 "$long"; row "$plan" "last page, not cached" $e 200 "$long"; row "$plan" "permalink in the middle, not cached" $e 200 "$(permalink "$site" 2100)"
      row "$plan" "REST, 100 comments of it" $e 200 "/wp-json/wp/v2/comments?post=11&per_page=100"; written "$plan" "a comment to it" $e 200 1,2,3,4,5,6,7,8,9,10; continue
    fi
    long=$(address "$site" "$(told "thread$n" article)"); middle=$(told "thread$n" middle)
    row "$plan" "first page, not cached" $e "$n" "$long"; row "$plan" "last page, not cached" $e "$n" "${long}comment-page-$((n / 200))/"; row "$plan" "permalink in the middle, not cached" $e "$n" "$(permalink "$site" "$middle")"
    row "$plan" "REST, 100 comments of it" $e "$n" "/wp-json/wp/v2/comments?post=$(told "thread$n" article)&per_page=100"
    written "$plan" "a comment to it" $e "$n" "$(told "thread$n" article)"
  done; done
}

plan_watchers() {
  local plan=$1 e n
  for e in sqlite postgresql; do
    up "thread${made_threads[0]}" $e || return 1
    for n in "${watchers[@]}"; do
      figures "readers who watch" "${who[$e]}" "$pids" "dotnet $work/side-built/Side.dll watch $site 12 $n ${IDLE:-26} $pids" "memory of each=KB|while nothing is said, processor time a second=ms|until half have heard of a comment=ms|until all have=ms|processor time of a comment=ms" "$n"
    done
  done
}

# Before anything is made: about how long it will take, on two cores.
tell_duration() {
  local ask post setup=90 measuring=60 n
  ask=$(awk -v s="$seconds" -v r="$rounds" 'BEGIN{print 1.3 + r * (s + 0.5)}'); post=$(awk -v s="$seconds" -v r="$rounds" 'BEGIN{print 6 + r * 4}')
  [ -x "$work/app/broadsheet" ] || setup=$((setup + 150))
  ! has articles || { for n in "${articles[@]}"; do [ -f "$work/articles$n.json" ] || setup=$((setup + 20 + n / 500)); done; measuring=$(awk -v m="$measuring" -v n=${#articles[@]} -v a="$ask" -v p="$post" 'BEGIN{printf "%d", m + 2 * n * (11 * a + p + 6)}'); }
  ! has comments || measuring=$(awk -v m="$measuring" -v n=${#threads[@]} -v a="$ask" -v p="$post" 'BEGIN{printf "%d", m + 2 * n * (9 * a + p + 6)}')
  ! has threads || measuring=$(awk -v m="$measuring" -v n=${#threads[@]} -v a="$ask" -v p="$post" 'BEGIN{printf "%d", m + 2 * (n + 1) * (4 * a + p + 3)}')
  ! has watchers || measuring=$((measuring + 2 * ${#watchers[@]} * (${IDLE:-26} + 28)))
  ! has background || measuring=$((measuring + 2 * 120))
  for n in "${threads[@]}"; do [ -f "$work/thread$n.json" ] || setup=$((setup + 10 + n / 5000)); done
  echo "about $(((setup + measuring + 30) / 60)) minutes: $(((setup + 30) / 60)) to set up, $(((measuring + 30) / 60)) to measure" >&2
}
