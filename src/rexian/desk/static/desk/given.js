// What the server gave the page: settings, first state, and the sentences in the agent's language.

export const given = JSON.parse(document.getElementById("given")?.textContent ?? "null");

// A sentence by its name, its braces filled.
export function say(name, values = {}) {
  const text = given.said[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

// What the browser keeps for this person; a window that may keep nothing goes without.
const PREFIX = `desk.${given?.person}.`;
export const kept = {
  get(name) { try { return JSON.parse(localStorage.getItem(PREFIX + name)); } catch { return null; } },
  set(name, value) {
    try {
      if (value === null || value === "") localStorage.removeItem(PREFIX + name);
      else localStorage.setItem(PREFIX + name, JSON.stringify(value));
    } catch { /* full, or private */ }
  },
  names(start) {
    try { return Object.keys(localStorage).filter((one) => one.startsWith(PREFIX + start)).map((one) => one.slice(PREFIX.length)); } catch { return []; }
  },
  // Hear what another window of the same person has changed.
  hear(start, act) {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(PREFIX + start)) act(event.key.slice(PREFIX.length));
    });
  },
};
