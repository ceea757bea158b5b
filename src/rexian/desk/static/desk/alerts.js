// An offer is heard of though one looks elsewhere: by a notification and a sound that one has asked
// for with a button, and by the title of the window, which needs no permission.

import { kept, say } from "./given.js";
import { $, make, icon } from "./dom.js";
import { everySecond, left } from "./clock.js";
import { contacts, desk, nameOf, on, unread } from "./store.js";
import { offers } from "./list.js";

const title = document.title;
const button = $("alerts");
const rung = new Set();
let audio = null;

const wanted = () => kept.get("alerts") === true;
function prepareSound() {
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume();
}
function sound() {
  if (!audio || audio.state !== "running") return;
  for (const [at, pitch] of [[0, 660], [0.22, 880]]) {
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, audio.currentTime + at);
    loud.gain.exponentialRampToValueAtTime(0.15, audio.currentTime + at + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + at + 0.2);
    tone.connect(loud).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.22);
  }
}

function showButton() {
  button.hidden = wanted();
}
button.addEventListener("click", async () => {
  kept.set("alerts", true);
  prepareSound();
  sound();
  const answer = "Notification" in globalThis ? await Notification.requestPermission() : "denied";
  button.replaceWith(make("span", { class: "small soft alerts-on" }, icon("bell"), say(answer === "granted" ? "alerts-on" : "alerts-blocked")));
});
// Browsers let a page sound once it has been used: the next key or click is enough.
for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => { if (wanted()) prepareSound(); }, { passive: true });

function ring(one) {
  sound();
  if (!document.hidden || !wanted() || !("Notification" in globalThis) || Notification.permission !== "granted") return;
  const told = new Notification(say("offer-title", { who: nameOf(one.brief) }), { body: say("offer-body", { count: left(one.brief.offer_until) }), tag: `offer-${one.id}`, renotify: true });
  told.addEventListener("click", () => { focus(); told.close(); });
}

on("desk", () => {
  const now = new Set(offers().map((one) => one.id));
  for (const one of offers()) if (!rung.has(one.id)) { rung.add(one.id); ring(one); }
  for (const id of rung) if (!now.has(id)) rung.delete(id);
});
on("lines", ({ fresh }) => { if (document.hidden && fresh.some((line) => line.speaker === "customer" && !line.signal)) sound(); });

let blink = false;
everySecond(() => {
  const offer = offers()[0];
  const fresh = desk.order.reduce((sum, id) => sum + unread(contacts.get(id)), 0);
  blink = !blink;
  if (offer && blink) document.title = say("offer-title", { who: nameOf(offer.brief) });
  else document.title = fresh ? say("turn-title", { count: fresh, title }) : title;
});
showButton();
