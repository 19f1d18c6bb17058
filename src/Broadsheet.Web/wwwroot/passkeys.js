// Forms that a passkey fills in: on the sign-in page and on the page of one's passkeys. Without script, or in a browser without passkeys, they stay hidden.
"use strict";
{
  const form = document.querySelector("form[data-passkey]");
  const knows = typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";
  const makes = form?.dataset.passkey === "make";
  const problem = form?.querySelector("[data-passkey-problem]");
  // One question to the browser at a time: the button takes over from what waits in the field of the address.
  let asking = null;

  if (form && knows) {
    form.hidden = false;
    for (const missing of document.querySelectorAll("[data-passkey-missing]")) missing.hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(undefined);
    });
    if (form.dataset.offers) offer();
  }

  // In the field of the address, beside what the browser remembers: needs no press of the button.
  async function offer() {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.()) || asking) return;
    ask("conditional");
  }

  async function ask(mediation) {
    asking?.abort();
    const mine = (asking = new AbortController());
    say("");
    try {
      const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form), redirect: "error", signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const options = await answer.json();
      const credential = makes
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal: mine.signal })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), mediation, signal: mine.signal });
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (trouble) {
      if (mine !== asking) return;
      asking = null;
      // What only waited in the background fails in silence.
      if (mediation !== "conditional") say(words(trouble));
    }
  }

  function words(trouble) {
    switch (trouble.name) {
      case "NotAllowedError":
      case "AbortError":
        return makes ? "No passkey was added: it was cancelled, or took too long." : "You are not signed in: it was cancelled, took too long, or there is no passkey for this publication here.";
      case "InvalidStateError":
        return "This device has a passkey for your account already.";
      case "SecurityError":
        return "Passkeys work only at the publication’s own address, and over https.";
      default:
        return "That did not work just now. Load the page anew and try again.";
    }
  }

  function say(text) {
    problem.textContent = text;
    problem.hidden = !text;
  }
}
