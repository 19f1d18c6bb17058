// A reader's choice of order is remembered: a bare article is then read in it.
const orders = document.querySelector(".orders");

if (orders) {
  const links = [...orders.querySelectorAll("a")];
  const nameOf = (link) => new URL(link.href).searchParams.get("order") ?? "";
  orders.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) store("order", { [nameOf(link) || "default"]: true });
  });
  const chosen = Object.keys(stored("order", {}))[0];
  const wanted = links.find((link) => nameOf(link) === chosen);
  const isBare = !location.search && !/comment-page-\d+/.test(location.pathname) && !/^#(comment-|respond)/.test(location.hash);
  if (isBare && wanted && !wanted.hasAttribute("aria-current")) location.replace(wanted.href.split("#")[0] + location.hash);
}
