// Comfort for pages that work without it: keys, dialogues, files dropped, forms sent once.

const page = document.documentElement;
const each = (selector, act, within = document) => within.querySelectorAll(selector).forEach(act);
const kept = {
  get(name) { try { return localStorage.getItem(`look.${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`look.${name}`, value); } catch { /* private window */ } },
};

// Without network.
const offline = document.querySelector("[data-offline]");
const tellNetwork = () => { if (offline) offline.hidden = navigator.onLine; };
addEventListener("online", tellNetwork);
addEventListener("offline", tellNetwork);
tellNetwork();

// A form is sent once: a second press while the first is under way does nothing.
const PATIENCE = 20_000;
function release(form) {
  delete form.dataset.sent;
  each(".busy", (button) => { button.classList.remove("busy"); button.removeAttribute("aria-disabled"); }, form);
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "repeatable" in form.dataset) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  const button = event.submitter ?? form.querySelector("button:not([type=button])");
  button?.classList.add("busy");
  button?.setAttribute("aria-disabled", "true");
  setTimeout(release, PATIENCE, form);
});
addEventListener("pageshow", () => each("form[data-sent]", release));

// What is wrong with a form is read out first.
document.querySelector("[data-faults]")?.focus();

// Dialogues: of this page (data-opens), or another page shown in one (data-dialog).
function open(dialog) { if (dialog && !dialog.open) dialog.showModal(); }
async function openPage(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = other.querySelector("main");
  if (!answer.ok || answer.redirected || !main) { location.assign(link.href); return; }
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", other.querySelector("h1")?.textContent.trim() ?? "");
  each("form:not([action]), form[action='']", (form) => form.setAttribute("action", answer.url), main);
  const close = document.querySelector("#keys > header")?.cloneNode(true);
  close?.querySelector("h2").replaceWith(document.createElement("span"));
  dialog.append(...(close ? [close] : []), ...main.childNodes);
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  document.body.append(dialog);
  prepare(dialog);
  dialog.showModal();
}
function closeByVeil(event) {
  if (!(event.target instanceof HTMLDialogElement) || !event.target.open) return;
  const { left, right, top, bottom } = event.target.getBoundingClientRect();
  const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
  if (!inside) event.target.close();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-opens], [data-dialog], [data-closes]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
    closeByVeil(event);
    return;
  }
  event.preventDefault();
  if ("closes" in link.dataset) {
    link.closest("dialog")?.close();
    if (location.hash) location.replace("#main"); // it was opened by its address
  } else if ("opens" in link.dataset) {
    open(document.getElementById(link.dataset.opens));
  } else {
    openPage(link).catch(() => location.assign(link.href));
  }
});

// Menus close when one goes elsewhere.
function closeMenus(except) { each("[data-menu][open], .sections .rest[open]", (menu) => { if (menu !== except) menu.open = false; }); }
document.addEventListener("click", (event) => closeMenus(event.target.closest?.("[data-menu], .rest")));
document.addEventListener("focusin", (event) => closeMenus(event.target.closest?.("[data-menu], .rest")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("[data-menu][open], .rest[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// Theme and density are seen as they are chosen, before they are saved.
document.addEventListener("change", (event) => {
  const { name, value, form } = event.target;
  if (form && "preview" in form.dataset && (name === "theme" || name === "density")) page.dataset[name] = value;
});

// Keys. They rest while one writes, and can be switched off (WCAG 2.1.4).
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr")].map((row) => row.querySelector("a, button, input")).filter(Boolean);
function step(by) {
  const all = rows();
  const at = all.findIndex((one) => one.closest("tr").contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
  next?.closest("tr").scrollIntoView({ block: "nearest" });
}
const go = (selector) => document.querySelector(selector)?.click();
const KEYS = {
  "/": () => { const box = document.querySelector("[data-search], input[type=search]"); box?.focus(); box?.select(); },
  "?": () => open(document.getElementById("keys")),
  j: () => step(1),
  k: () => step(-1),
  "[": () => go(".pages a[rel=prev]"),
  "]": () => go(".pages a[rel=next]"),
};
let going = 0;
const writing = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches?.("[data-search]")) event.target.blur();
  const resting = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || kept.get("keys") === "off";
  if (resting || writing(event.target) || document.querySelector("dialog[open]")) return;
  const act = going && going > event.timeStamp - 2500
    ? () => go(`[data-go="${CSS.escape(event.key)}"]`)
    : KEYS[event.key];
  going = event.key === "g" ? event.timeStamp : 0;
  if (act) { event.preventDefault(); act(); }
});
each("[data-keys-on]", (box) => {
  box.checked = kept.get("keys") !== "off";
  box.addEventListener("change", () => kept.set("keys", box.checked ? "on" : "off"));
});

// A place to drop files on, with what was dropped.
const UNITS = ["B", "KB", "MB", "GB"];
function size(bytes) {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  return `${(bytes / 1024 ** power).toFixed(power ? 1 : 0)} ${UNITS[power]}`;
}
function prepareDrop(zone) {
  const input = zone.querySelector("input[type=file]");
  const told = zone.querySelector("output");
  const tell = () => { told.textContent = [...input.files].map((file) => `${file.name} (${size(file.size)})`).join("\n"); };
  input.addEventListener("change", tell);
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, () => zone.classList.add("over"));
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  tell();
}
function prepareCopy(button) {
  const said = button.querySelector("span");
  const before = said.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copies);
    const lines = source.matches("ol") ? [...source.children].map((one) => one.textContent) : [source.textContent];
    await navigator.clipboard.writeText(lines.join("\n"));
    said.textContent = button.dataset.copied;
    setTimeout(() => { said.textContent = before; }, 2000);
  });
}
function prepareDisclosure(details) {
  const name = `open.${details.dataset.remember}`;
  const before = kept.get(name);
  if (before) details.open = before === "yes";
  details.addEventListener("toggle", () => kept.set(name, details.open ? "yes" : "no"));
}
// A table that becomes cards would lose its meaning to a screen reader: its roles are said aloud.
const ROLES = { table: "table", "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
function prepareTable(table) {
  table.setAttribute("role", "table");
  for (const [selector, role] of Object.entries(ROLES)) each(selector, (one) => one.setAttribute("role", role), table);
}
function prepare(within) {
  each("[data-drop]", prepareDrop, within);
  each("[data-copies]", prepareCopy, within);
  each("details[data-remember]", prepareDisclosure, within);
  each("table.table", prepareTable, within);
}
prepare(document);
