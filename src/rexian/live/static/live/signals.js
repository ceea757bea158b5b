// Tell others what passes and is not kept: that somebody types, has seen, is still there. It goes to
// whoever watches what the server relates to `watch`; it may be lost, and nobody hears it later.

export async function sendSignal(watch, kind, data = {}) {
  try {
    const answer = await fetch("/live/signal", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ watch, kind, data }),
      keepalive: true,
    });
    return answer.ok;
  } catch {
    return false;
  }
}
