// What was said and the server has not confirmed. It is kept in the browser before it is sent, sent in
// order for each contact, again and again until somebody answers, always under the same name: so it
// is neither lost nor doubled, whatever happens to the network, the page or the laptop.

import { kept, say } from "./given.js";
import { post } from "./ask.js";
import { contacts, on, takeLine } from "./store.js";

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;
const TOO_OLD = 2 * 24 * 3600_000;
const listeners = new Set();
const busy = new Set(); // contacts that something is being sent to
const pauses = new Map();
const timers = new Map();

const read = () => kept.get("outbox") ?? [];
const write = (all) => { kept.set("outbox", all.length ? all : null); tell(); };
const tell = () => listeners.forEach((act) => act());
export const onOutbox = (act) => listeners.add(act);

export const pendingOf = (id) => read().filter((one) => one.contact === id);

function name() {
  return crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

// Say something, or note it for colleagues: at once on the page, soon at the server.
export function send(contact, text, kind = "say") {
  write([...read(), { sent_as: name(), contact, text, kind, at: Date.now(), state: "pending" }]);
  push(contact);
}

function change(sent_as, values) {
  write(read().map((one) => (one.sent_as === sent_as ? { ...one, ...values } : one)));
}
export const discard = (sent_as) => write(read().filter((one) => one.sent_as !== sent_as));

// One sender at a time for a contact, also among the windows of a browser.
function alone(contact, act) {
  return navigator.locks ? navigator.locks.request(`desk.outbox.${contact}`, act) : act();
}

export async function push(contact) {
  if (busy.has(contact)) return;
  busy.add(contact);
  clearTimeout(timers.get(contact));
  try {
    await alone(contact, async () => {
      for (let one = nextOf(contact); one; one = nextOf(contact)) if (!(await deliver(one))) return;
    });
  } finally {
    busy.delete(contact);
  }
}
const nextOf = (contact) => read().find((one) => one.contact === contact && one.state !== "refused");

// Send one; false where it has to be tried again later.
async function deliver(one) {
  try {
    const { line } = await post(`contacts/${one.contact}/${one.kind}`, { text: one.text, sent_as: one.sent_as });
    takeLine(one.contact, line);
    discard(one.sent_as);
    pauses.delete(one.contact);
    return true;
  } catch (refusal) {
    if (!refusal.isPassing && refusal.status !== 401) {
      change(one.sent_as, { state: "refused", why: refusal.message });
      return true;
    }
    change(one.sent_as, { state: "waiting" });
    const pause = Math.min((pauses.get(one.contact) ?? FIRST_PAUSE / 2) * 2, LONGEST_PAUSE);
    pauses.set(one.contact, pause);
    timers.set(one.contact, setTimeout(push, pause, one.contact));
    return false;
  }
}

export function pushAll() {
  pauses.clear();
  for (const contact of new Set(read().map((one) => one.contact))) push(contact);
}

// A line that came by the stream confirms what was sent, whoever's answer was lost.
on("lines", ({ fresh }) => {
  const arrived = new Set(fresh.map((line) => line.sent_as).filter(Boolean));
  if (arrived.size && read().some((one) => arrived.has(one.sent_as))) write(read().filter((one) => !arrived.has(one.sent_as)));
});
kept.hear("outbox", tell);
addEventListener("online", pushAll);
document.addEventListener("rexian:online", pushAll);

export const stateOf = (one) => (one.state === "refused" ? say("not-sent", { why: one.why }) : say(one.state === "waiting" ? "waiting-for-network" : "pending"));

// What was left behind in an earlier day is of no use to anybody.
export function tidy() {
  const fresh = read().filter((one) => Date.now() - one.at < TOO_OLD && (contacts.has(one.contact) || one.state !== "refused"));
  if (fresh.length !== read().length) write(fresh);
}
