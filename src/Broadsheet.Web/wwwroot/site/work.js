// While a flood of comments lasts, the browser of somebody new here works out a sum as they write. They need not know: only if they are quicker than it, they read that it takes a moment.
// What comes without it (no script, no time) is taken all the same, and waits for a moderator.
const form = byId("commentform");
const address = form?.dataset.work;

if (address && window.Worker) {
  const minutes = 60_000;
  // The server takes a sum for an hour.
  const solvedFor = 40 * minutes;
  const patience = 20_000;
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const status = element("p", { role: "status" });
  byId("submit").parentElement.after(status);

  let task = null;
  let isWaiting = false;
  let isSending = false;

  // What was asked for is done, or comes soon; asked for anew once it is older than this.
  function prepare(unaskedFor) {
    if (task && Date.now() - task.at < (task.bits ? solvedFor : unaskedFor)) return;
    task?.worker?.terminate();
    const mine = (task = { at: Date.now() });
    mine.ended = solve(mine).catch(() => {}).then(() => (mine.isDone = true));
  }

  async function solve(mine) {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    const { bits, token, seed, script } = await answer.json();
    mine.bits = bits;
    if (!bits) return;
    const worker = (mine.worker = new Worker(script));
    const found = await new Promise((resolve, reject) => {
      worker.addEventListener("message", (event) => resolve(event.data));
      worker.addEventListener("error", reject);
      worker.postMessage({ seed, bits });
    });
    worker.terminate();
    if (task !== mine) return;
    form.elements.reply_token.value = token;
    form.elements.work?.remove();
    form.append(element("input", { type: "hidden", name: "work", value: found }));
  }

  form.addEventListener("input", (event) => {
    if (event.target.id === "comment") prepare(minutes);
  });

  form.addEventListener("submit", (event) => {
    const by = event.submitter;
    if (isSending || by?.name === "preview" || by?.hasAttribute("formaction")) return;
    prepare(minutes / 6);
    if (task.isDone) return;
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    status.textContent = "One moment: your comment is sent in a second or two.";
    Promise.race([task.ended, wait(patience)]).then(() => {
      [isWaiting, isSending] = [false, true];
      form.requestSubmit(by);
    });
  });

  // Back from the answer: what was sent is used up.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    form.elements.work?.remove();
    [task, isSending] = [null, false];
    status.textContent = "";
  });
}
