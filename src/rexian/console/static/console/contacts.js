// A contact that lasts is fetched anew when something has happened in it: what one may see of it is
// one's own. c, r and e confirm, reject and change the finding that one is at, or the first that waits.

const place = document.querySelector("[data-contact]");
const within = place?.querySelector("[data-part]");
const GATHERS = 250; // a line often brings several events
let waiting = 0;

async function fetchAnew() {
  const answer = await fetch(place.dataset.contact);
  if (!answer.ok || answer.redirected) return; // signed out, or no longer ours: the next page says so
  const focus = within.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...within.querySelectorAll("details[open]")].map((one) => one.id || one.dataset.remember);
  const atTheEnd = innerHeight + scrollY >= document.body.scrollHeight - 80;
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  within.replaceChildren(template.content);
  within.dispatchEvent(new Event("rexian:replaced", { bubbles: true }));
  for (const one of within.querySelectorAll("details")) if (open.includes(one.id || one.dataset.remember)) one.open = true;
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  if (atTheEnd) scrollTo(0, document.body.scrollHeight);
}

place?.addEventListener("rexian:change", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => fetchAnew().catch(() => {}), GATHERS);
});

function keysAreOff() {
  try { return localStorage.getItem("look.keys") === "off"; } catch { return false; }
}
const isWriting = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
const current = () =>
  document.activeElement?.closest?.(".finding") ?? place.querySelector(".finding.near, .finding:target") ?? place.querySelector(".finding.waits");

document.addEventListener("keydown", (event) => {
  if (!place || !"cre".includes(event.key) || event.key.length !== 1) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || keysAreOff()) return;
  if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
  current()?.querySelector(`[data-review="${event.key}"]`)?.click();
});

// Whoever comes from the review before goes on at the finding that the address names.
if (location.hash.startsWith("#f")) document.getElementById(location.hash.slice(1))?.focus();
