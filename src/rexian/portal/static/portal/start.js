// The first page: whoever has a conversation open finds it again; a form is sent once.

import { framed } from "./framed.js";
import { openVisit, token, visitor } from "./kept.js";

const { code, suffix, sites } = document.body.dataset;
const OPEN = ["queued", "offered", "connected", "held", "after"];
document.documentElement.classList.add("scripted");

function goOn() {
  const key = openVisit.of(code);
  if (!key) return;
  const address = "/chat/c/" + encodeURIComponent(key) + "/";
  fetch(address + "news?after=999999999", { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : answer.status === 404 ? { state: "ended" } : null))
    .then((told) => {
      if (told && OPEN.indexOf(told.state) >= 0) location.replace(address + suffix);
      else if (told) openVisit.forget(code, key);
    })
    .catch(() => {}); // without network the page still says whom to ring
}

function prepare(form) {
  form.elements.visitor.value = visitor();
  form.elements.sent_as.value = token();
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); return; }
    sent = true;
    for (const button of form.querySelectorAll("button")) button.classList.add("busy");
    setTimeout(release, 15000);
  });
  function release() {
    sent = false;
    for (const button of form.querySelectorAll("button")) button.classList.remove("busy");
  }
  addEventListener("pageshow", release);
}

for (const form of document.querySelectorAll("[data-begins]")) prepare(form);
addEventListener("pageshow", ({ persisted }) => { if (persisted) goOn(); });
goOn();
framed(sites.split(" ").filter(Boolean), () => {});
