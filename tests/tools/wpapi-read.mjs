// Reads a publication as a program that knows WordPress does, by the npm client wpapi, and prints what it saw as JSON.
// Usage: node wpapi-read.mjs <address of the publication> <id of an article with comments> <a word to search>
import WPAPI from 'wpapi';

const [site, article, word] = process.argv.slice(2);
const wp = await WPAPI.discover(site);
const titles = (items) => items.map((item) => item.title.rendered);

// Page by page, as the Link header leads.
const walked = [];
let page = await wp.posts().perPage(2).order('asc').orderby('id').embed();
const first = { total: page._paging.total, totalPages: page._paging.totalPages, links: Object.keys(page._paging.links), embedded: page[0]._embedded };
for (;;) {
  walked.push(...titles(page));
  if (!page._paging.next) break;
  page = await page._paging.next;
}

const one = await wp.posts().id(Number(article));
const byTag = await wp.posts().tags((await wp.tags().slug('ferries'))[0].id);
let problem;
try {
  await wp.posts().perPage(101);
} catch (error) {
  problem = { code: error.code, status: error.data?.status };
}

console.log(JSON.stringify({
  first,
  walked,
  one: { title: one.title.rendered, content: one.content.rendered, credit: one.broadsheet_credit },
  byTag: titles(byTag),
  bySlug: titles(await wp.posts().slug('two')),
  comments: (await wp.comments().forPost(Number(article))).map((comment) => ({ author: comment.author_name, content: comment.content.rendered, parent: comment.parent })),
  categories: (await wp.categories()).map((term) => `${term.slug}:${term.count}`),
  tags: (await wp.tags()).map((term) => term.slug),
  users: (await wp.users()).map((user) => user.name),
  media: (await wp.media()).map((item) => ({ source: item.source_url, alt: item.alt_text, type: item.media_type })),
  pages: titles(await wp.pages().orderby('title').order('asc')),
  searched: titles(await wp.posts().search(word)),
  found: (await wp.search().search(word)).map((hit) => `${hit.subtype}:${hit.title}`),
  types: Object.keys(await wp.types()),
  statuses: Object.keys(await wp.statuses()),
  taxonomies: Object.keys(await wp.taxonomies()),
  problem,
}));
