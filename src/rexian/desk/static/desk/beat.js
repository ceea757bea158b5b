// The lease: renewed while the page is open; what the server answers shows whether it still holds.

import { given } from "./given.js";
import { learn } from "./clock.js";
import { desk, reload } from "./store.js";

const message = { address: `${given.root}beat`, csrf: given.csrf, every: given.beat * 1000 };
const worker = new Worker(new URL("./beat-worker.js", import.meta.url), { type: "module" });
worker.addEventListener("message", ({ data }) => {
  if (data.status === 401) { document.dispatchEvent(new CustomEvent("desk:signed-out")); return; }
  if (!data.ok) return;
  learn(data.now, data.took);
  if (desk.presence && data.state !== desk.presence.state) reload();
});

export const hurry = () => worker.postMessage({ ...message, hurry: true });
hurry();

// Back from elsewhere, or from a laptop that was closed: look at once how things are.
document.addEventListener("visibilitychange", () => { if (!document.hidden) hurry(); });
addEventListener("online", hurry);
addEventListener("pageshow", ({ persisted }) => { if (persisted) { hurry(); reload(); } });
