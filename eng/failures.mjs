// Prints what failed in xUnit's result files (v2 XML): each test's name, its message and the top of its stack.
// eng/test.sh calls it last, so that the end of a long log says what to mend.
import { readFileSync } from 'node:fs';

const mostLines = 12;
const plain = text => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'")
  .replace(/&#x([0-9A-Fa-f]+);/g, (_, hex) => String.fromCodePoint(parseInt(hex, 16))).replace(/&amp;/g, '&');
const part = (failure, name) => {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`).exec(failure);
  return found ? (found[1] ?? plain(found[2])).trim() : '';
};
const head = text => text.split('\n').slice(0, mostLines).map(line => `    ${line.trimEnd()}`).join('\n');

for (const file of process.argv.slice(2)) {
  const results = readFileSync(file, 'utf8');
  for (const [, attributes, inside] of results.matchAll(/<(?:test|error)\b([^>]*[^/])>([\s\S]*?)<\/(?:test|error)>/g)) {
    if (!inside.includes('<failure')) continue;
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1] ?? 'outside a test';
    console.log(`failed: ${plain(name)}\n${head(part(inside, 'message'))}\n${head(part(inside, 'stack-trace'))}`);
  }
}
