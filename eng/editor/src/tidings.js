// What is said of files: all that came of one drop or paste stands together, a line each, until the next one begins.

/** @param {(words: string) => void} say */
export function makeTidings(say) {
  let lines = [];
  let waiting = 0;
  const tell = (words) => { lines.push(words); say(lines.join("\n")); };
  return {
    tell,
    /** Of a drop or paste. @returns {(words: string) => void} */
    begin() {
      // While files of the one before are on their way, theirs stay.
      if (waiting === 0) lines = [];
      return tell;
    },
    /** @template T @param {Promise<T>} work @returns {Promise<T>} */
    during(work) {
      waiting++;
      return work.finally(() => waiting--);
    },
  };
}
