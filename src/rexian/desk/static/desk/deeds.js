// What is done with a contact, by a key or a button of the same name. What is refused is said.

import { given, say } from "./given.js";
import { get, post } from "./ask.js";
import { ask } from "./choices.js";
import { chosen, choose, current, on, ordered, takeDesk } from "./store.js";
import { attempt } from "./told.js";
import * as cases from "./cases.js";
import * as composer from "./composer.js";
import * as guide from "./guide.js";
import * as list from "./list.js";
import * as notices from "./notices.js";
import * as presence from "./presence.js";
import * as record from "./record.js";
import { goTo } from "./panes.js";

const asked = new Set(); // contacts whose customers were asked to wait
const under = new Set(); // what is under way is not begun again by a second press

async function move(id, name, fields = {}) {
  const mark = `${id} ${name}`;
  if (under.has(mark)) return null;
  under.add(mark);
  try {
    const found = await attempt(() => post(`contacts/${id}/${name}`, fields));
    if (found?.desk) takeDesk(found.desk);
    return found;
  } finally {
    under.delete(mark);
  }
}
const is = (...states) => states.includes(current()?.brief.state);

async function accept(id) {
  const offer = id ?? list.offers()[0]?.id;
  if (!offer) return;
  if (!(await move(offer, "accept"))) return;
  choose(offer);
  goTo("talk");
  composer.focus();
}

// Ask first (CC-22), hold once it was asked, and thank on coming back.
async function hold() {
  const one = current();
  const words = one?.book?.hold;
  if (is("held")) {
    if (await move(one.id, "retrieve")) {
      asked.delete(one.id);
      if (words) { composer.insert(words.thanks); composer.hint(say("say-thanks")); }
    }
  } else if (is("connected")) {
    const said = ordered(one).slice(-8).some((line) => line.speaker === "agent" && words && line.text.includes(words.ask));
    if (!words || said || asked.has(one.id)) { await move(one.id, "hold"); return; }
    asked.add(one.id);
    composer.insert(words.ask);
    composer.hint(say("ask-hold"));
  }
}

function end() {
  const one = current();
  if (!is("connected", "held")) return;
  const how = one.guide?.ending;
  const over = (reason) => move(one.id, "end", { reason });
  if (!how || how.allowed || !how.reason_needed) { over(""); return; }
  ask(say("end-reason"), given.endings.map(({ code, title }) => ({ title, do: () => over(code) })), how.why);
}

function help() {
  const one = current();
  if (!is("connected", "held")) return;
  const reasons = (one.book?.help ?? []).map(({ code, title, clause }) => ({ title, note: clause, do: () => move(one.id, "help", { reason: code }) }));
  ask(say("help-reason"), [...reasons, { title: say("other"), do: () => move(one.id, "help", { reason: "other" }) }]);
}

async function transfer() {
  const one = current();
  if (!is("connected", "held")) return;
  const found = await attempt(() => get("colleagues"));
  if (!found) return;
  const queues = Object.entries(given.queues).map(([code, title]) => ({ title, note: say("queue"), do: () => move(one.id, "transfer", { queue: code }) }));
  const people = found.colleagues.map(({ person, name, number }) => ({ title: name, note: number, do: () => move(one.id, "transfer", { agent: person }) }));
  ask(say("transfer-to"), [...people, ...queues], people.length ? "" : say("nobody-free"));
}

async function finish() {
  const one = current();
  if (!is("after")) return;
  if (!(await record.saveNow())) return;
  await move(one.id, "finish");
}

function compose() { goTo("talk"); composer.focus(); }

export const DEEDS = {
  accept: (id) => accept(id),
  decline: (id) => id && move(id, "decline"),
  ready: () => presence.beReady(),
  break: () => presence.chooseBreak(),
  next: () => { list.toWaiting(); goTo("talk"); },
  compose,
  insert: () => { guide.insertWords(); goTo("talk"); },
  another: () => guide.another(),
  clause: () => guide.toggleClause(),
  hold, end, help, transfer, finish,
  record: () => { goTo("record"); record.focus(); },
  urgent: () => { goTo("record"); record.makeUrgent(); },
  number: () => { guide.readBack(); goTo("talk"); },
  promise: () => guide.keepPromise(),
  case: () => { goTo("guide"); cases.take(); },
  press: (id) => cases.press(id),
  add: (id) => cases.add(id),
  withdraw: (id) => cases.withdraw(id),
  note: () => { composer.note(); compose(); },
  phrases: () => { compose(); composer.choosePhrase(); },
  notices: () => notices.readFirst(),
  choose: (at) => { const one = list.own()[at - 1]; if (one) { choose(one.id); goTo("talk"); } },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-deed]");
  if (!button) return;
  DEEDS[button.dataset.deed]?.(Number(button.dataset.contact ?? button.dataset.case) || undefined);
});
// The work after a contact begins with its record.
on("desk", () => {
  const one = current();
  if (one?.brief.state === "after" && !one.wroteUp) { one.wroteUp = true; if (chosen === one.id) record.refresh(); }
});
