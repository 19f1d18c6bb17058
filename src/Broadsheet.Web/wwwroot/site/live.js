// New comments are announced by a button; nothing on the page moves until it is pressed.
if (discussion) {
  let source = null;
  let lastSeen = null;
  let timer = null;
  let turn = 0;
  const fresh = new Set();
  const state = { known: Number(discussion.dataset.count) };
  const address = `/wp-json/broadsheet/v1/`;

  const told = (news) => {
    lastSeen = news.last;
    news.new.filter((id) => !byId(`comment-${id}`)).forEach((id) => fresh.add(id));
    for (const [id, count] of Object.entries(news.liked)) likes(id, count);
    const link = document.querySelector(".post-likes a.likes");
    if (link) {
      link.hidden = news.likes === 0;
      if (news.likes) link.textContent = news.likes === 1 ? "One reader likes this" : `${news.likes.toLocaleString(document.documentElement.lang)} readers like this`;
    }
    const own = [...fresh].filter((id) => byId(`comment-${id}`));
    own.forEach((id) => fresh.delete(id));
    const count = Math.max(fresh.size, news.comments - state.known);
    state.total = news.comments;
    if (count > 0) announce(count);
    else document.querySelector(".news")?.remove();
  };

  const likes = (id, count) => {
    const actions = document.querySelector(`#div-comment-${id} > .comment-actions`);
    if (!actions) return;
    let link = actions.querySelector("a.likes");
    if (!link && count) actions.append(" ", link = element("a", { class: "likes", rel: "nofollow", href: `/discussion/likes/?comment=${id}` }));
    if (link) { link.hidden = !count; link.textContent = count === 0 ? "" : count === 1 ? "Liked by 1 person" : `Liked by ${count.toLocaleString(document.documentElement.lang)} people`; }
  };

  const announce = (count) => {
    const words = count === 1 ? "1 new comment" : `${count} new comments`;
    let button = document.querySelector(".news button");
    if (!button) {
      button = element("button", { type: "button" });
      button.addEventListener("click", show);
      discussion.append(element("p", { class: "news" }, button));
    }
    if (button.textContent === words) return;
    button.textContent = words;
    say(words);
  };

  // The page as it is now: what is missing here comes in at its place.
  const show = async () => {
    const wanted = [...fresh];
    try {
      const answer = await fetch(location.href.split("#")[0], { credentials: "same-origin", cache: "no-cache" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const brought = bringIn(page);
      state.known = Number(page.getElementById("comments")?.dataset.count ?? state.total);
      byId("comments-title").textContent = page.getElementById("comments-title")?.textContent ?? "";
      fresh.clear();
      document.querySelector(".news")?.remove();
      if (brought.length) {
        const [first] = brought;
        brought.forEach((item) => markNew(item, "new"));
        document.dispatchEvent(new CustomEvent("broadsheet:comments"));
        first.scrollIntoView({ block: "center" });
        first.querySelector(".comment-body")?.focus({ preventScroll: true });
      } else await go(wanted.length ? `/${wanted[wanted.length - 1]}` : `?post=${article}&per_page=1`);
    } catch {
      location.reload();
    }
  };

  // It stands on another page. Which one it is, is not always told: then it is the last of all.
  const go = async (which) => {
    const answer = await fetch(`/wp-json/wp/v2/comments${which}`);
    const comment = answer.ok && [await answer.json()].flat()[0];
    if (comment) location.href = new URL(comment.link).href.replace(/^https?:\/\/[^/]+/, location.origin);
  };

  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${address}discussion?post=${article}${lastSeen ? `&since=${lastSeen}` : ""}`, { cache: "no-cache" });
      if (answer.ok) told(await answer.json());
    } catch { /* the next time */ }
  };

  const close = () => {
    source?.close();
    source = null;
    clearInterval(timer);
  };

  const poll = () => {
    close();
    timer = setInterval(ask, 30_000);
  };

  const open = () => {
    if (source || !window.EventSource) return window.EventSource ? undefined : poll();
    source = new EventSource(`${address}live?post=${article}${lastSeen ? `&since=${lastSeen}` : ""}`);
    source.onmessage = (event) => told(JSON.parse(event.data));
    // The browser tries again by itself, unless it was told that there is nothing: a full house, or a proxy that knows no streams.
    source.onerror = () => { if (source?.readyState === EventSource.CLOSED) poll(); };
  };

  // One stream a browser: the tab that is looked at last has it, others ask now and then.
  const watch = () => {
    const mine = ++turn;
    if (document.hidden) return close();
    clearInterval(timer);
    if (!navigator.locks) return open();
    navigator.locks.request("broadsheet-live", { steal: true }, () => {
      open();
      return new Promise((release) => document.addEventListener("visibilitychange", () => document.hidden && release(), { once: true }));
    }).catch(() => mine === turn && (document.hidden ? close() : poll()));
  };

  document.addEventListener("visibilitychange", watch);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => event.persisted && watch());
  watch();
}
