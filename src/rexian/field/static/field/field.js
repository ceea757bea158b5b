// Presses in the field: kept on the telephone until the server has them, each under a name that makes
// it one press however often it comes, and with how long ago it was pressed. Without a script the
// forms are sent as ever.

import { prepareSigning } from "../look/signing.js";

const FIRST = 1500;
const LONGEST = 30000;
const PATIENCE = 20000;
const LARGEST = 1600; // pixels of the longer side: what a slip needs, over a poor connection
const place = document.querySelector("[data-part]");
const sending = document.querySelector("[data-sending]");
const refused = document.querySelector("[data-refused]");
const here = location.pathname;
let pause = FIRST;
let busy = false;
let timer = 0;
let photographs = []; // pictures are kept in this page only: storage is too small for them
let sentPictures = 0;

const store = {
  get(name) { try { return JSON.parse(localStorage.getItem(`field:${here}:${name}`)); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`field:${here}:${name}`, JSON.stringify(value)); } catch { /* full, or private */ } },
};
let queue = store.get("queue") || [];

function token() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}
function say(kind, values = {}) {
  sending.hidden = !kind;
  sending.textContent = kind ? sending.dataset[kind].replace(/\{(\w+)\}/g, (_, name) => values[name]) : "";
}
function complain(text) { refused.hidden = !text; refused.textContent = text || ""; }

function press(form) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== "");
  const item = { address: form.action, fields: fields.filter(([name]) => name !== "sent_as"), sent_as: token(), at: Date.now() };
  complain("");
  form.querySelectorAll(".field-error").forEach((one) => one.remove());
  form.querySelectorAll("button:not([type=button])").forEach((one) => { one.disabled = true; });
  const same = (one) => one.address === item.address && pressOf(one) === pressOf(item);
  if (!(busy && queue[0] && same(queue[0]))) { // what is under way already comes back with an answer
    queue = queue.filter((one) => !same(one));
    queue.push(item);
    keep();
  }
  run();
}
const pressOf = (item) => item.fields?.find(([name]) => name === "press")?.[1];
const keep = () => store.set("queue", queue);

function bodyOf(item) {
  const body = item.pictures ? new FormData() : new URLSearchParams();
  if (item.pictures) item.pictures.forEach((one) => body.append("pictures", one, one.name));
  else item.fields.forEach(([name, value]) => body.append(name, value));
  body.append("sent_as", item.sent_as);
  body.append("ago", String(Math.max(0, Math.round((Date.now() - item.at) / 1000))));
  return body;
}

async function run() {
  const item = queue[0] || photographs[0];
  if (busy) return;
  if (!item) { say(""); return; }
  busy = true;
  if (item.pictures) say("busy", { done: sentPictures, total: sentPictures + photographs.length });
  else say("pending");
  try {
    const options = { method: "POST", body: bodyOf(item), headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE * (item.pictures ? 6 : 1)) };
    const answer = await fetch(item.address + location.search, options);
    const told = await answer.json().catch(() => ({}));
    busy = false;
    heard(item, answer.status, told);
  } catch {
    busy = false;
    later();
  }
}

function heard(item, status, told) {
  if (status >= 500 || status === 408 || status === 429) { later(); return; }
  queue = queue.filter((one) => one !== item);
  photographs = photographs.filter((one) => one !== item);
  keep();
  pause = FIRST;
  if (status < 300) {
    if (item.pictures) sentPictures += 1;
    if (item.address.endsWith("/done") || item.address.includes("/done#")) store.set("draft", null);
    show(told.part);
  } else {
    const said = told.fields || {};
    const marked = mark(said);
    complain(marked || status === 404 ? "" : told.detail || "");
    if (status === 404) location.reload();
    document.querySelectorAll("button[disabled]").forEach((one) => { one.disabled = false; });
  }
  run();
}

// What is wrong stands beside its field; what was typed stays.
function mark(said) {
  let first = null;
  for (const [name, sentences] of Object.entries(said)) {
    const box = place.querySelector(`[name="${CSS.escape(name)}"]`)?.closest(".field") || place.querySelector("#done form");
    if (!box) continue;
    const line = document.createElement("p");
    line.className = "field-error";
    line.role = "alert";
    line.textContent = sentences.join(" ");
    box.append(line);
    first ||= line;
  }
  first?.scrollIntoView({ block: "center" });
  return Boolean(first);
}

function later() {
  say("retrying");
  document.querySelectorAll("button[disabled]").forEach((one) => { one.disabled = false; });
  clearTimeout(timer);
  timer = setTimeout(run, pause * (0.75 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST);
}
addEventListener("online", () => { pause = FIRST; clearTimeout(timer); run(); });

function show(part) {
  if (!part) return;
  saveDraft();
  const template = document.createElement("template");
  template.innerHTML = part;
  place.replaceChildren(template.content);
  prepare();
}

// What is half written survives a reload and the next press.
function saveDraft() {
  const form = place.querySelector("[data-draft]");
  if (!form) return;
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["sent_as", "drawing"].includes(name));
  store.set("draft", fields);
}
function restoreDraft(form) {
  for (const [name, value] of store.get("draft") || []) {
    const found = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    found.forEach((one) => {
      if (one.type === "radio" || one.type === "checkbox") one.checked = one.value === value;
      else if (value) one.value = value;
    });
  }
}

async function smaller(file) {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((take) => { canvas.toBlob(take, "image/jpeg", 0.82); });
    return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch { return file; }
}

function prepare() {
  place.querySelectorAll("[data-signing]").forEach(prepareSigning);
  place.querySelectorAll("[data-unscripted]").forEach((one) => { one.hidden = true; });
  place.querySelectorAll("[data-kept]").forEach((one) => { one.value ||= store.get(one.dataset.kept) || ""; });
  const draft = place.querySelector("[data-draft]");
  if (draft && !draft.querySelector(".faults")) restoreDraft(draft);
  place.querySelector("[data-pictures] input[type=file]")?.addEventListener("change", async (event) => {
    const form = event.target.form;
    for (const file of [...event.target.files]) {
      photographs.push({ address: form.action, pictures: [await smaller(file)], sent_as: token(), at: Date.now() });
    }
    event.target.value = "";
    complain("");
    run();
  });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-press]")) return;
  event.preventDefault();
  const who = event.target.querySelector("[data-kept]");
  if (who) store.set(who.dataset.kept, who.value);
  press(event.target);
});
document.addEventListener("input", (event) => { if (event.target.closest("[data-draft]")) saveDraft(); });
prepare();
run();
