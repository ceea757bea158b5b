// A case is fetched anew when something has happened in it, unless somebody is writing here: then it
// says so, and what is typed stays. A move's letter opens its form, or presses its button.

const place = document.querySelector("[data-case]");
const within = place?.querySelector("[data-part]");
const news = place?.querySelector("[data-news]");
const GATHERS = 250; // a move brings several events
let waiting = 0;
let isTyped = Boolean(within?.querySelector(".faults"));

within?.addEventListener("input", () => { isTyped = true; });

async function fetchAnew() {
  if (isTyped) { news.hidden = false; return; }
  const answer = await fetch(place.dataset.case);
  if (!answer.ok || answer.redirected) return; // signed out, or no longer ours: the next page says so
  const focus = within.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...within.querySelectorAll("details[open][id]")].map((one) => one.id);
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  within.replaceChildren(template.content);
  for (const id of open) { const one = document.getElementById(id); if (one) one.open = true; }
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

place?.addEventListener("rexian:change", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => fetchAnew().catch(() => {}), GATHERS);
});

function keysAreOff() {
  try { return localStorage.getItem("look.keys") === "off"; } catch { return false; }
}
const isWriting = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
let went = 0;

document.addEventListener("keydown", (event) => {
  const isGoing = went && event.timeStamp - went < 2_500;
  went = event.key === "g" ? event.timeStamp : 0;
  if (!place || isGoing || event.key.length !== 1 || keysAreOff()) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
  const one = within.querySelector(`[data-move-key="${CSS.escape(event.key)}"]`);
  if (!one) return;
  event.preventDefault();
  const form = one.closest("details");
  if (!form) { one.focus(); one.scrollIntoView({ block: "nearest" }); return; } // Enter then presses it
  form.open = true;
  form.querySelector("input:not([type=hidden]), textarea, select, button")?.focus();
  form.scrollIntoView({ block: "nearest" });
});
