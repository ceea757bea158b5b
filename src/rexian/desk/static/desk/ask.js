// Questions to the server. What is refused is an error with a sentence; a network that is gone, too.

import { given, say } from "./given.js";
import { learn } from "./clock.js";

export class Refusal extends Error {
  constructor(status, told) {
    super(told.sentence);
    this.status = status;
    this.code = told.code;
    this.field = told.field;
  }
  // Whether the same may be asked again later: nobody has said no.
  get isPassing() { return this.status === 0 || this.status === 429 || this.status >= 500; }
}

const PATIENCE = 15_000;

async function ask(address, options) {
  const began = performance.now();
  let answer;
  try {
    answer = await fetch(given.root + address, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Refusal(0, { code: "no-network", sentence: say("no-network") });
  }
  if (answer.redirected) {
    document.dispatchEvent(new CustomEvent("desk:signed-out"));
    throw new Refusal(401, { code: "signed-out", sentence: say("signed-out") });
  }
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  if (!answer.ok) {
    const told = isJson ? (await answer.json()).refused : null;
    throw new Refusal(answer.status, told ?? { code: "failed", sentence: say("not-done") });
  }
  if (!isJson) return answer.text();
  const found = await answer.json();
  learn(found.now ?? found.desk?.now, performance.now() - began);
  return found;
}

export const get = (address) => ask(address, { headers: { Accept: "application/json" } });
export function post(address, fields = {}) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  return ask(address, { method: "POST", body, headers: { "X-CSRFToken": given.csrf } });
}
