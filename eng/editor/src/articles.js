// The publication's own articles and pages, by words of their headlines.

/** @returns {Promise<{title: string, url: string, status: string}[]>} empty without a connection */
export async function findArticles(words) {
  try {
    const answer = await fetch(`/newsroom/articles/titles/?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" }, redirect: "error" });
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}

/** What an offer says: the headline, and how the article stands where readers do not see it. */
export function offerWords(article) {
  return article.status === "Published" ? [article.title] : [article.title, Object.assign(document.createElement("small"), { textContent: ` ${article.status}` })];
}
