// Tells the publication that this page is looked at, from where, and for how long: no cookie, nothing about the reader.
const post = article ?? /[?&]p=(\d+)/.exec(document.querySelector("link[rel=shortlink]")?.href)?.[1];
const tell = (fields) => navigator.sendBeacon?.("/wp-json/broadsheet/v1/views", new URLSearchParams(fields));
let [seen, told, since] = [0, 0, null];

function begin() {
  if (navigator.webdriver) return;
  tell({ post: post ?? "", path: location.pathname, from: document.referrer, s: new URLSearchParams(location.search).get("s") ?? "" });
  if (!post) return;
  look();
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", look);
}

function look({ type } = {}) {
  const isSeen = document.visibilityState === "visible" && type !== "pagehide";
  if (isSeen) since ??= performance.now();
  else if (since !== null) {
    seen += performance.now() - since;
    since = null;
    const more = Math.min(Math.round(seen / 1000), 1800) - told;
    if (more > 0) tell({ post, seconds: more, first: told ? 0 : 1 });
    told += Math.max(more, 0);
  }
}

if (document.prerendering) document.addEventListener("prerenderingchange", begin, { once: true });
else begin();
