// What a link may lead to.
const schemes = /^(https?|mailto|tel):/i;

/** @returns {string | null} what is wrong with the address of a link; nothing at all is no link, and right */
export function linkProblem(href) {
  // A browser reads over blanks and unseen characters.
  const bare = href.replace(/[\u0000-\u0020\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]/g, "");
  return /^[^/?#]*:/.test(bare) && !schemes.test(bare) ? "A link leads to an address on the web (https://…), a path (/about/), a place in the text (#notes), mailto: or tel:." : null;
}

export const cardProblem = (href) => /^https?:\/\/[^\s/]/i.test(href.trim()) ? null : "A card leads to an address on the web: it begins with https:// or http://.";
