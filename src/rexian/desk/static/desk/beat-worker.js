// Says every few seconds that the desk is open. In a worker, because browsers let the timers of a
// page that nobody looks at sleep for a minute, and the lease is no longer than that.

let told = null;
async function beat() {
  if (!told) return;
  const began = performance.now();
  try {
    const answer = await fetch(told.address, { method: "POST", headers: { "X-CSRFToken": told.csrf }, signal: AbortSignal.timeout(10_000) });
    const found = answer.ok && !answer.redirected ? await answer.json() : null;
    postMessage({ ok: Boolean(found), status: answer.redirected ? 401 : answer.status, took: performance.now() - began, ...found });
  } catch {
    postMessage({ ok: false, status: 0 });
  }
}
addEventListener("message", ({ data }) => {
  const isFirst = told === null;
  told = data;
  if (isFirst) setInterval(beat, data.every);
  if (data.hurry) beat();
});
