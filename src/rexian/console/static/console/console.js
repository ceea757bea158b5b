// Keys of the pages that stand in a row: j and k to the next and the previous one, n and p from
// finding to finding. They rest while one writes, and where single keys are switched off.

const step = (name) => document.querySelector(`[data-step="${name}"]`)?.click();
const findings = () => [...document.querySelectorAll(".conversation .finding[id]")].filter((one) => one.offsetParent);
let place = -1;

function walk(by) {
  const all = findings();
  if (!all.length) return;
  place = Math.min(Math.max(place + by, 0), all.length - 1);
  const finding = all[place];
  const words = document.querySelector(finding.querySelector("a.sign")?.getAttribute("href") ?? null);
  words?.scrollIntoView({ block: "center" });
  for (const one of all) one.classList.toggle("near", one === finding);
  finding.focus({ preventScroll: Boolean(words) });
  finding.scrollIntoView({ block: "nearest" });
}

function keysAreOff() {
  try { return localStorage.getItem("look.keys") === "off"; } catch { return false; }
}
const isWriting = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
const KEYS = {
  j: () => step("next"),
  k: () => step("previous"),
  u: () => step("up"),
  n: () => walk(1),
  p: () => walk(-1),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keysAreOff()) return;
  if (isWriting(event.target) || document.querySelector("dialog[open], [data-rows]")) return;
  KEYS[event.key]?.();
});

// Once a batch is inspected, or a replay is through, its conversations are there: the page is shown anew.
const batch = document.querySelector("[data-batch=waiting], [data-batch=running]");
batch?.addEventListener("rexian:replaced", () => {
  if (!batch.querySelector("progress")) location.reload();
});
