// A list of notices is fetched anew when one is put up, taken down or expires: what one has read is
// one's own, so the stream only tells that there is something new. r says that the first is read.

const list = document.querySelector("[data-notices]");
const within = list?.querySelector("[data-part]");
const SPREAD = 500; // many hear of it in the same moment
let waiting = 0;

async function fetchAnew() {
  const answer = await fetch(list.dataset.notices);
  if (!answer.ok || answer.redirected) return; // signed out: the next page says so
  const focus = within.contains(document.activeElement) ? document.activeElement.id : "";
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  within.replaceChildren(template.content);
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

list?.addEventListener("rexian:change", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => fetchAnew().catch(() => {}), Math.random() * SPREAD);
});

function keysAreOff() {
  try { return localStorage.getItem("look.keys") === "off"; } catch { return false; }
}
const isWriting = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
document.addEventListener("keydown", (event) => {
  if (event.key !== "r" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (keysAreOff() || isWriting(event.target) || document.querySelector("dialog[open]")) return;
  list?.querySelector("[data-reads]")?.click();
});
