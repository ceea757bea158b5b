// The narrow column: what is offered, with its countdown; one's own contacts; who waits.

import { given, say } from "./given.js";
import { $, badge, deed, make, replace } from "./dom.js";
import { count, left, everySecond, since } from "./clock.js";
import { choose, chosen, contacts, desk, nameOf, on, ordered, unread, waitsSince } from "./store.js";
import { goTo } from "./panes.js";

let waiting = given.waiting;
export const offers = () => desk.order.map((id) => contacts.get(id)).filter((one) => one.brief.state === "offered");
export const own = () => desk.order.map((id) => contacts.get(id)).filter((one) => one.brief.state !== "offered");

function offer(one) {
  const { brief } = one;
  return make("article", { class: `offer${brief.urgent ? " urgent" : ""}` },
    make("p", { class: "offer-who" }, make("b", {}, nameOf(brief)), brief.urgent && badge("bad", say("urgent")), make("span", { class: "soft" }, given.queues[brief.queue] ?? brief.queue)),
    make("p", { class: "small" }, brief.matter, " ", say("waited", { time: since(brief.queued_at ?? brief.arrived_at) })),
    make("p", { class: "offer-left" }, make("b", { class: "figures", "data-until": brief.offer_until }, String(Math.max(0, left(brief.offer_until)))), make("span", { class: "small soft" }, " s")),
    make("div", { class: "buttons" },
      deed("accept", say("take"), { kind: "primary", hint: "F8", focus: `accept-${brief.id}`, "data-contact": brief.id }),
      deed("decline", say("decline"), { kind: "quiet", focus: `decline-${brief.id}`, "data-contact": brief.id })));
}

function lastWords(one) {
  const last = ordered(one).reverse().find((line) => !line.signal && !line.automatic && !line.whisper);
  return last ? last.text || last.file?.name || say("picture") : "";
}

function contact(one, at) {
  const { brief } = one;
  const fresh = unread(one);
  const waits = waitsSince(one);
  return make("li", {},
    make("button", { type: "button", class: `contact${fresh ? " fresh-lines" : ""}`, "data-contact": brief.id, "data-focus": `contact-${brief.id}`, "aria-current": brief.id === chosen ? "true" : false, onclick: () => { choose(brief.id); goTo("talk"); } },
      make("span", { class: "contact-key" }, String(at + 1)),
      make("span", { class: "contact-who" }, nameOf(brief), brief.urgent && badge("bad", say("urgent"))),
      fresh > 0 && make("span", { class: "count" }, String(fresh)),
      make("span", { class: "contact-words" }, lastWords(one)),
      make("span", { class: "contact-state" },
        brief.state === "connected" ? (waits ? make("span", { class: "waits" }, make("span", { class: "figures", "data-since": waits })) : say("answered-now")) : say(brief.state),
        brief.state === "held" && make("span", { class: "figures", "data-since": brief.held_at }),
        brief.state === "after" && make("span", { class: "figures", "data-since": brief.talked_until }))));
}

export function show() {
  replace($("offers"), offers().map(offer));
  const mine = own();
  replace($("contacts"), mine.map(contact));
  $("no-contacts").hidden = mine.length > 0;
  $("own-count").textContent = String(mine.length);
  const fresh = mine.reduce((sum, one) => sum + (one.id === chosen ? 0 : unread(one)), 0) + offers().length;
  const mark = document.querySelector("[data-count=list]");
  mark.hidden = !fresh;
  mark.textContent = String(fresh);
  count();
}

function showQueue() {
  const rows = waiting.map((one) => make("li", {},
    make("span", {}, given.queues[one.queue] ?? one.queue),
    make("b", { class: "figures" }, String(one.count)),
    make("time", { class: "figures soft", "data-since": one.since, "data-late": (Date.now() - Date.parse(one.since)) / 1000 > given.target_wait })));
  replace($("queue"), rows.length ? rows : make("li", { class: "soft" }, say("nobody-waits")));
  count();
}
$("queue-live").addEventListener("rexian:change", ({ detail }) => { if (detail.state) { waiting = detail.state.queues; showQueue(); } });

// To whoever waits longest for an answer; else to the next contact.
export function toWaiting() {
  const mine = own();
  const waits = mine.filter((one) => waitsSince(one) && one.id !== chosen).sort((a, b) => waitsSince(a).localeCompare(waitsSince(b)));
  const next = waits[0] ?? mine[(mine.findIndex((one) => one.id === chosen) + 1) % Math.max(mine.length, 1)];
  if (next) choose(next.id);
}

for (const name of ["desk", "contact", "lines", "chosen", "read"]) on(name, show);
everySecond(() => {});
show();
showQueue();
