// The conversation of the chosen contact: who, the lines, what is under way, typing and reading marks.

import { given, say } from "./given.js";
import { $, badge, deed, icon, make, replace } from "./dom.js";
import { count, timeOf } from "./clock.js";
import { current, fill, nameOf, on, ordered, read } from "./store.js";
import { discard, onOutbox, pendingOf, stateOf } from "./outbox.js";
import { insert } from "./composer.js";

const NEAR = 80;
const list = $("talk-lines");
let showsContact = null;
let typingUntil = 0;
let hiddenFresh = 0;

function head(one) {
  const { brief } = one;
  const is = (...states) => states.includes(brief.state);
  replace($("talk-head"),
    make("div", { class: "talk-who" },
      make("h2", {}, nameOf(brief)), brief.urgent && badge("bad", say("urgent")),
      badge(is("connected") ? "good" : is("held") ? "caution" : "quiet", say(brief.state)),
      is("held") && make("time", { class: "figures", "data-since": brief.held_at }),
      is("after") && make("span", { class: "figures after-work", "data-after-work": brief.talked_until }),
      brief.help_reason && badge("info", say("helped", { reason: reasonTitle(one, brief.help_reason) }))),
    make("div", { class: "buttons" },
      is("connected", "held") && deed("hold", say(is("held") ? "retrieve" : "hold"), { hint: "h" }),
      is("connected", "held") && deed("transfer", say("transfer-deed"), { hint: "m" }),
      is("connected", "held") && deed("help", say("help-deed"), { hint: "s" }),
      is("connected", "held") && deed("end", say("end-deed"), { hint: "e", kind: one.guide?.ending?.allowed ? "primary" : "" }),
      is("after") && deed("record", say("record-deed"), { hint: "l" }),
      is("after") && deed("finish", say("finish-deed"), { hint: "f", kind: "primary" })));
}
export const reasonTitle = (one, code) => one.book?.help.find((reason) => reason.code === code)?.title ?? say(code);

function whoSays(one, line) {
  if (line.speaker === "customer") return say("customer");
  if (line.speaker === "system") return say("system");
  return (line.person ?? one.brief.agent) === given.person ? say("me") : one.people[line.person] ?? say("colleague");
}

function happened(one, line) {
  const text = line.signal === "hang_up" ? say("hang_up", { who: whoSays(one, line) }) : say(line.signal);
  return make("li", { class: "line signal", "data-seq": line.seq }, make("span", {}, text), make("time", {}, timeOf(line.at)));
}

function row(one, line) {
  if (line.signal) return happened(one, line);
  const kind = line.whisper ? "whisper" : line.automatic ? "automatic" : line.speaker;
  const who = line.whisper ? (line.person === given.person ? say("own-note") : say("whisper", { who: whoSays(one, line) })) : whoSays(one, line);
  return make("li", { class: `line ${kind}`, "data-seq": line.seq },
    make("p", { class: "said-by" }, line.whisper && icon("lock"), who, make("time", {}, timeOf(line.at)), make("span", { class: "seen" })),
    line.file && attachment(one, line),
    line.text && make("p", { class: "words" }, line.text));
}

function attachment(one, { file }) {
  const address = `${given.root}contacts/${one.id}/files/${file.id}`;
  const inside = file.is_picture
    ? make("img", { src: address, alt: file.name, loading: "lazy", width: file.width, height: file.height })
    : [icon("file"), file.name, make("span", { class: "soft small" }, ` ${Math.ceil(file.size / 1024)} KB`)];
  return make("p", { class: "words attached" }, make("a", { href: address, target: "_blank", rel: "noopener" }, inside));
}

function pendingRow(one) {
  const refused = one.state === "refused";
  return make("li", { class: `line agent pending${one.kind === "note" ? " whisper" : ""}${refused ? " refused" : ""}`, "data-sent-as": one.sent_as },
    make("p", { class: "said-by" }, say("me"), make("span", { role: refused ? "alert" : null }, stateOf(one))),
    make("p", { class: "words" }, one.text),
    refused && make("p", { class: "buttons" }, make("button", { type: "button", class: "button small", onclick: () => { insert(one.text); discard(one.sent_as); } }, say("take-back"))));
}

const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
const toEnd = () => { list.scrollTop = list.scrollHeight; hiddenFresh = 0; $("talk-new").hidden = true; };

function lines(one, fresh = 0) {
  const stays = one.id === showsContact && !isAtEnd();
  const rows = ordered(one);
  const known = new Set(rows.map((line) => line.sent_as).filter(Boolean));
  const has = new Map([...list.querySelectorAll("ol > [data-seq]")].map((row) => [Number(row.dataset.seq), row]));
  const reuse = one.id === showsContact;
  const shown = rows.map((line) => (reuse && has.get(line.seq)) || row(one, line));
  const waiting = pendingOf(one.id).filter((sent) => !known.has(sent.sent_as)).map(pendingRow);
  const older = rows[0]?.seq > 1 && make("button", { type: "button", class: "button small quiet", onclick: () => fill(one.id, Math.max(0, rows[0].seq - 200)) }, say("earlier"));
  list.replaceChildren(...(older ? [older] : []), make("ol", { class: "lines" }, ...shown, ...waiting));
  seen(one);
  showsContact = one.id;
  if (!stays) toEnd();
  else if (fresh) { hiddenFresh += fresh; $("talk-new").hidden = false; $("talk-new").textContent = `↓ ${say("new-lines", { count: hiddenFresh })}`; }
}

// The last of our lines that the customer has read says so.
function seen(one) {
  for (const mark of list.querySelectorAll(".seen")) mark.textContent = "";
  const last = ordered(one).filter((line) => line.speaker === "agent" && !line.signal && !line.whisper && line.seq <= one.brief.seen_by_customer).at(-1);
  const mark = last && list.querySelector(`[data-seq="${last.seq}"] .seen`);
  if (mark) mark.textContent = `✓ ${say("read")}`;
}

let reading = 0;
function tellRead(one) {
  clearTimeout(reading);
  const seq = Math.max(0, ...[...one.lines.values()].filter((line) => line.speaker === "customer").map((line) => line.seq));
  if (document.hidden || !seq || seq <= Math.max(one.brief.seen, one.readTo) || !["connected", "held"].includes(one.brief.state)) return;
  reading = setTimeout(() => read(one, seq), 400);
}

export function show(fresh = 0) {
  const one = current();
  const isThere = Boolean(one?.brief && one.brief.state !== "offered");
  $("nothing").hidden = isThere;
  for (const id of ["talk-head", "talk-lines"]) $(id).hidden = !isThere;
  if (!isThere) { showsContact = null; $("talk-new").hidden = true; return; }
  head(one);
  lines(one, fresh);
  tellRead(one);
  count();
}

function typing(text) { $("typing").textContent = text; }
on("signal", ({ id, kind }) => {
  if (kind !== "typing" || id !== current()?.id) return;
  typingUntil = Date.now() + 4_000;
  typing(say("typing"));
  setTimeout(() => { if (Date.now() >= typingUntil) typing(""); }, 4_050);
});
on("lines", ({ contact, fresh }) => {
  if (contact.id === current()?.id && fresh.some((line) => line.speaker === "customer")) typing("");
  if (contact.id === current()?.id) show(fresh.filter((line) => line.speaker !== "agent").length);
});
on("contact", (one) => { if (one.id === current()?.id) show(); });
on("refilled", (one) => { if (one.id === current()?.id) { showsContact = null; show(); } });
on("read", (one) => { if (one.id === showsContact) seen(one); });
on("desk", () => show());
on("chosen", () => { typing(""); showsContact = null; show(); });
onOutbox(() => { const one = current(); if (one && one.id === showsContact) lines(one); });
document.addEventListener("visibilitychange", () => { const one = current(); if (one?.brief) tellRead(one); });
$("talk-new").addEventListener("click", toEnd);
list.addEventListener("scroll", () => { if (isAtEnd()) { hiddenFresh = 0; $("talk-new").hidden = true; } });
show();
