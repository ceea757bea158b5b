// Callbacks: the list shows what others have taken meanwhile; on a callback's page keys do what its
// buttons do. Without this script both are complete.

const list = document.getElementById("callbacks");

// What has changed is fetched anew; the focus stays where it was.
let waits = 0;
async function renew() {
  waits = 0;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("callbacks");
  if (!fresh || list.querySelector("[data-sent]")) return;
  const held = list.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
  list.replaceChildren(...fresh.childNodes);
  if (held) list.querySelector(`[data-focus="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  const counts = page.querySelectorAll(".tabs .count");
  document.querySelectorAll(".tabs .count").forEach((one, at) => { one.textContent = counts[at]?.textContent ?? ""; });
}
for (const one of document.querySelectorAll("[data-callbacks-of]")) {
  one.addEventListener("rexian:change", () => { waits ||= setTimeout(renew, 200); });
}

function lettersAreOff() {
  try { return localStorage.getItem("look.keys") === "off"; } catch { return false; }
}
const isWriting = (target) => target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
let goingUntil = 0; // "g" and a letter go to a section
addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
  if (event.key === "Escape" && isWriting(event.target)) { event.target.blur(); return; }
  if (lettersAreOff() || isWriting(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "g") { goingUntil = event.timeStamp + 2500; return; }
  if (event.timeStamp < goingUntil) { goingUntil = 0; return; }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  if (wanted.matches("button, [type=radio]")) wanted.click();
});
