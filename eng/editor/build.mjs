// Bundles the newsroom's editor: src/ and what it stands on, into the one file that is committed. Same sources, same bytes.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const to = process.argv[2] ?? "../../src/Broadsheet.Web/wwwroot/editor";
const made = await build({
  entryPoints: ["src/main.js"], outfile: `${to}/editor.js`, bundle: true, minify: true, format: "iife", globalName: "BroadsheetEditor", target: "es2022", charset: "utf8", legalComments: "none", metafile: true,
});

// Whose work is in it: the licence of every package of which a line is in the bundle.
const names = new Set(Object.keys(made.metafile.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
const licences = [...names].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(`${folder}/${file}`, "utf8").trim() : ""}\n`;
});
writeFileSync(`${to}/LICENCES.txt`, `editor.js holds code of these packages.\n\n${licences.join("\n----------------------------------------\n\n")}`);
