// Makes src/Broadsheet.Core/People/confusables.txt of Unicode's own file (UTS 39, https://www.unicode.org/Public/security/latest/confusables.txt):
//   node eng/make-confusables.mjs PATH-TO/confusables.txt > src/Broadsheet.Core/People/confusables.txt
// Kept are letters, digits and symbols that look like letters or digits and that folding case, diacritics and compatibility forms does not make the same.
import { readFileSync } from "node:fs";

const text = (hex) => String.fromCodePoint(...hex.trim().split(/\s+/).map((h) => parseInt(h, 16)));
const fold = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const lines = readFileSync(process.argv[2], "utf8").split("\n");
const version = lines.find((l) => l.startsWith("# Version:"))?.slice(10).trim() ?? "unknown";
const out = lines.map((l) => l.split("#")[0].split(";")).filter((p) => p.length >= 2).map(([from, to]) => [text(from), text(to)])
  .filter(([from, to]) => /^[\p{L}\p{N}\p{S}]/u.test(from) && /^[\p{L}\p{N}]+$/u.test(to.normalize("NFKD").replace(/\p{M}/gu, "")) && fold(from) !== fold(to))
  .map(([from, to]) => `${from.codePointAt(0).toString(16)} ${to.normalize("NFKD").replace(/\p{M}/gu, "")}`);
console.log(`# Of Unicode's confusables.txt ${version} (UTS 39). © Unicode, Inc., used under the Unicode License: https://www.unicode.org/license.txt. Made by eng/make-confusables.mjs.`);
console.log([...new Set(out)].sort().join("\n"));
