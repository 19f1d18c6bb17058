// A local S3 server for tests: node s3-server.mjs FOLDER PORT (0 for any). Prints its port; ends when its standard input does.
// GET /-/count tells how many requests it had; PUT /-/refuse/CODE answers all writing so, PUT /-/refuse/ ends that.
// PUT /-/garble/N: the next N whole objects come with an ETag that no client can read, as this server's own have while another writer is half done.
// PUT /-/deafen: after the next upload that is put, no upload can be read, until another is put.
import { createRequire } from "node:module";

const S3rver = createRequire(import.meta.url)("s3rver");
const server = new S3rver({ address: "127.0.0.1", port: Number(process.argv[3]), directory: process.argv[2], silent: true, configureBuckets: [{ name: "media" }] });
let count = 0;
let refusal = "";
let deaf = 0;
let garbled = 0;
server.middleware.unshift(async (ctx, next) => {
  if (ctx.path.startsWith("/-/")) {
    if (ctx.path.startsWith("/-/refuse/")) refusal = ctx.path.slice("/-/refuse/".length);
    if (ctx.path === "/-/deafen") deaf = 2;
    if (ctx.path.startsWith("/-/garble/")) garbled = Number(ctx.path.slice("/-/garble/".length));
    ctx.body = String(count);
    return;
  }
  count++;
  if (deaf > 0 && ctx.path.includes("/uploads/")) {
    if (ctx.method === "PUT") deaf--;
    else if (ctx.method === "GET" && deaf === 1) {
      ctx.status = 500;
      ctx.type = "application/xml";
      ctx.body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>InternalError</Code><Message>Deaf.</Message></Error>`;
      return;
    }
  }
  if (refusal !== "" && ctx.method !== "GET" && ctx.method !== "HEAD") {
    ctx.status = 403;
    ctx.type = "application/xml";
    ctx.body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${refusal}</Code><Message>Refused.</Message></Error>`;
    return;
  }
  await next();
  if (garbled > 0 && ctx.method === "GET" && !ctx.get("Range")) {
    garbled--;
    ctx.set("ETag", "x");
  }
});
console.log((await server.run()).port);
process.stdin.on("end", () => process.exit(0)).resume();
