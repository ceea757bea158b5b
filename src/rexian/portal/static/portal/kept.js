// What a browser keeps of a conversation, so that a reload and a second tab find the same. Written
// for browsers of many years; where keeping is refused (private, or in another site's frame),
// everything works for as long as the page is open.

const memory = {};

function read(name) {
  try { return localStorage.getItem("rexian." + name); } catch (refused) { return memory[name] || null; }
}
function write(name, text) {
  memory[name] = text;
  try { localStorage.setItem("rexian." + name, text); } catch (refused) { /* kept in memory only */ }
}
function remove(name) {
  delete memory[name];
  try { localStorage.removeItem("rexian." + name); } catch (refused) { /* nothing was kept */ }
}

// Whether this browser lets us keep anything here at all.
export function keeps() {
  try {
    localStorage.setItem("rexian.try", "yes");
    localStorage.removeItem("rexian.try");
    return true;
  } catch (refused) { return false; }
}

// A name that nobody guesses: for this browser, or for one thing that is sent.
export function token() {
  const bytes = new Uint8Array(16);
  crypto.getRandomValues(bytes);
  return Array.from(bytes, (one) => ("0" + one.toString(16)).slice(-2)).join("");
}

export function visitor() {
  const known = read("visitor");
  if (known) return known;
  const made = token();
  write("visitor", made);
  return made;
}

export const openVisit = {
  of: (code) => read("visit." + code),
  keep: (code, key) => write("visit." + code, key),
  forget: (code, key) => { if (read("visit." + code) === key) remove("visit." + code); },
};

// What was written and has not arrived yet.
export const unsent = {
  of(key) {
    try { return JSON.parse(read("unsent." + key)) || []; } catch (broken) { return []; }
  },
  keep(key, items) {
    if (items.length) write("unsent." + key, JSON.stringify(items));
    else remove("unsent." + key);
  },
};
