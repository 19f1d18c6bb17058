// What came since the reader was last here is marked, counted and one jump away.
if (discussion && document.querySelector(".comment-list")) {
  const key = `visit:${article}`;
  const now = Date.now();
  me.then((reader) => {
    const last = reader?.last_visit ?? stored(key, null);
    const own = new Set(reader?.own ?? []);
    if (last) show(last, own);
    // Read, once it was looked at for a moment: a page that was opened and left is not.
    setTimeout(() => {
      if (document.hidden) return;
      store(key, now);
      if (reader?.person) navigator.sendBeacon("/wp-json/broadsheet/v1/visits", new URLSearchParams({ post: article }));
      prune();
    }, 4000);
  });
}

function show(last, own) {
  const fresh = [...document.querySelectorAll(".comment-list li.comment:not(.held)")].filter((item) => {
    const time = item.querySelector(":scope > .comment-body time, :scope > details.muted > .comment-body time");
    return time && Date.parse(time.dateTime) > last && !own.has(idOf(item));
  });
  if (fresh.length === 0) return;
  fresh.forEach((item) => markNew(item, "new since your last visit"));
  const words = fresh.length === 1 ? "1 new comment since your last visit" : `${fresh.length} new comments since your last visit`;
  const jump = element("a", { href: `#${fresh[0].id}`, text: "Go to the first" });
  jump.addEventListener("click", () => setTimeout(() => fresh[0].querySelector(".comment-body")?.focus()));
  byId("comments-title").after(element("p", { class: "since" }, `${words}. `, jump));
}

// A browser remembers the last few hundred discussions.
function prune() {
  if (!storage) return;
  const visits = Object.keys(storage).filter((name) => name.startsWith("visit:")).sort((a, b) => stored(b, 0) - stored(a, 0));
  visits.slice(300).forEach((name) => storage.removeItem(name));
}
