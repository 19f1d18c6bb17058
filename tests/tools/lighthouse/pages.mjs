// What Lighthouse says of a publication's front page, its longest discussion and an archive, as a phone sees them.
//   node pages.mjs SITE [PAGE…]      SITE such as http://127.0.0.1:5000; without pages, it finds the three itself
// Prints the four scores of each page, and of a score below 100 the audits that cost it. Exit 1 where one is below 100.
// A score for speed depends on what else the machine does: of up to three looks, the best counts.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const looks = 3;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

const [site, ...given] = process.argv.slice(2);
if (!site) { console.error('pages.mjs SITE [PAGE…]'); process.exit(2); }

async function longestDiscussion() {
  const posts = await (await fetch(`${site}/wp-json/wp/v2/posts?per_page=50`)).json();
  const counts = await Promise.all(posts.map(async post => Number((await fetch(`${site}/wp-json/wp/v2/comments?post=${post.id}&per_page=1`)).headers.get('X-WP-Total'))));
  return posts[counts.indexOf(Math.max(...counts))].link;
}

async function archive() {
  const sections = await (await fetch(`${site}/wp-json/wp/v2/categories?orderby=count&order=desc&per_page=1`)).json();
  return sections[0].link;
}

async function look(page, only) {
  const chrome = await launch({ chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    return (await lighthouse(page, { port: chrome.port, onlyCategories: only, logLevel: 'error' })).lhr;
  } finally {
    await chrome.kill();
  }
}

// The best of some looks, of each category by itself.
async function best(page) {
  const found = new Map();
  let missing = categories;
  for (let i = 0; i < looks && missing.length > 0; i++) {
    const report = await look(page, missing);
    if (report.runtimeError) throw new Error(`${page}: ${report.runtimeError.message}`);
    for (const name of missing) if (!found.has(name) || report.categories[name].score > found.get(name).score) found.set(name, { score: report.categories[name].score, report });
    missing = missing.filter(name => found.get(name).score < 1);
  }
  return found;
}

function faults(name, { report }) {
  const costs = report.categories[name].auditRefs.filter(ref => ref.weight > 0 && report.audits[ref.id].score !== null && report.audits[ref.id].score < 1);
  return costs.map(({ id }) => {
    const audit = report.audits[id];
    const where = (audit.details?.items ?? []).slice(0, 3).map(item => item.node?.snippet ?? item.url ?? item.description ?? '').filter(Boolean);
    return `    ${id} (${Math.round(audit.score * 100)}): ${audit.title}${audit.displayValue ? `, ${audit.displayValue}` : ''}${where.map(w => `\n      ${w}`).join('')}`;
  });
}

let failed = 0;
for (const page of given.length > 0 ? given : [`${site}/`, await longestDiscussion(), await archive()]) {
  const found = await best(page);
  console.log(`${page}: ${categories.map(name => `${name} ${Math.round(found.get(name).score * 100)}`).join(', ')}`);
  for (const name of categories) {
    if (found.get(name).score === 1) continue;
    failed++;
    console.log(`  ${name}:\n${faults(name, found.get(name)).join('\n')}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
