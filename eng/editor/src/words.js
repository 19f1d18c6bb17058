// How many words, and how long they take to read: counted as the server counts.
const unspaced = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/gu;

/** @returns {{words: number, minutes: number}} */
export function countWords(text) {
  const alone = text.match(unspaced)?.length ?? 0;
  const spaced = text.replace(unspaced, " ").match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
  return { words: spaced + alone, minutes: Math.ceil(spaced / 238 + alone / 400) };
}
