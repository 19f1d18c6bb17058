// Draws the newsroom's icons for telephones anew: node eng/make-icons.mjs
// A sheet with a headline and two columns. What matters stands in the middle, so that a launcher may cut the picture to a circle.
import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const colours = [0x14507f, 0xfbfaf7, 0x1d1c1a, 0x8a857b];
// Colour, left, top, right and bottom in 96ths of the picture.
const bars = [[1, 26, 20, 70, 76], [2, 32, 26, 64, 33], ...[39, 45, 51, 57, 63, 69].flatMap((y) => [[3, 32, y, 46, y + 2], [3, 50, y, 64, y + 2]])];

for (const size of [192, 512]) {
  const rows = Buffer.alloc(size * (size + 1));
  const at = (part) => Math.round(part * size / 96);
  for (const [colour, left, top, right, bottom] of bars)
    for (let y = at(top); y < at(bottom); y++) rows.fill(colour, y * (size + 1) + 1 + at(left), y * (size + 1) + 1 + at(right));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(colours.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  const file = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("PLTE", palette), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
  writeFileSync(new URL(`../src/Broadsheet.Web/wwwroot/icons/newsroom-${size}.png`, import.meta.url), file);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
