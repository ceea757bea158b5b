// One stream of server-sent events: reads it, comes back where it broke off, gives way when refused.
// Shared by the worker of all tabs and, where there is none, by a single tab.

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const SILENCE = 45_000; // three heartbeats missed: the line is dead, whatever TCP believes
const DOUBT = 20_000; // more than one: after a sleep, it may well be
const SETTLE = 50;
const FOR_GOOD = new Set([204, 400, 401, 403, 404]);

// Asks for watches from a cursor on, in a language where the session says none. tell({ name, data })
// hears every event, and of our own making "online", "offline" and "refused".
export class Stream {
  #address;
  #tell;
  #language;
  #heardAt = 0;
  #ended = false; // by the server, which wants us no more
  #watches = new Set();
  #cursor = -1;
  #since = Infinity; // from where on nothing of what is watched was missed
  #pause = FIRST_PAUSE;
  #line = null;
  #timer = 0;

  constructor(address, tell, language = "") {
    this.#address = address;
    this.#tell = tell;
    this.#language = language;
  }

  // Watch exactly these from now on; what is new among them is wanted from `after` on. Several
  // changes in a row make one new request.
  watch(watches, after) {
    const wanted = new Set(watches);
    const fresh = [...wanted].some((one) => !this.#watches.has(one));
    this.#watches = wanted;
    if (wanted.size === 0) { this.close(); return; }
    if (!fresh && this.#line && after >= this.#since) return;
    this.#cursor = this.#since === Infinity ? after : Math.min(this.#cursor, after);
    this.#since = this.#cursor;
    this.#again(SETTLE);
  }

  close() {
    clearTimeout(this.#timer);
    this.#line?.abort();
    this.#line = null;
  }

  // Try at once, as when the network is back, or somebody looks again after a sleep: a clock that
  // stood still has not counted the silence.
  hurry() {
    const silent = Date.now() - this.#heardAt > DOUBT;
    if (this.#watches.size && (!this.#line || silent)) { this.#pause = FIRST_PAUSE; this.#again(0); }
  }

  #again(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), pause);
  }

  async #open() {
    this.#line?.abort();
    const line = new AbortController();
    this.#line = line;
    this.#ended = false;
    let dead = 0;
    const alive = () => {
      this.#heardAt = Date.now();
      clearTimeout(dead);
      dead = setTimeout(() => line.abort(), SILENCE);
    };
    let status = 0;
    try {
      alive();
      const query = new URLSearchParams([...this.#watches].sort().map((one) => ["watch", one]));
      if (this.#language) query.set("language", this.#language);
      const answer = await fetch(`${this.#address}?${query}`, {
        headers: { Accept: "text/event-stream", "Last-Event-ID": String(this.#cursor) },
        cache: "no-store",
        signal: line.signal,
      });
      status = answer.status;
      if (status === 200) await this.#read(answer.body, alive);
    } catch { /* broken off, or never there: tried again below */ }
    clearTimeout(dead);
    if (this.#line !== line) return; // another has taken its place
    this.#line = null;
    if (this.#ended) return;
    if (FOR_GOOD.has(status)) { this.#tell({ name: "refused", data: [...this.#watches] }); return; }
    if (this.#watches.size === 0) return;
    this.#tell({ name: "offline" });
    this.#again(this.#pause * (0.75 + Math.random() / 2));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  async #read(body, alive) {
    this.#tell({ name: "online" });
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) if (this.#hear(block)) return;
    }
  }

  // Take one event; true if it says that nothing more will come.
  #hear(block) {
    const fields = {};
    for (const line of block.split("\n")) {
      const at = line.indexOf(": ");
      if (at > 0) fields[line.slice(0, at)] = line.slice(at + 2);
    }
    const data = fields.data === undefined ? undefined : JSON.parse(fields.data);
    if (fields.event) this.#tell({ name: fields.event, data });
    if (fields.id !== undefined) { this.#cursor = Number(fields.id); this.#pause = FIRST_PAUSE; }
    if (fields.event !== "end") return false;
    // Crowded out by newer pages with the same key: back when somebody looks here, else they would
    // crowd each other out for ever.
    this.#ended = data.reason === "signed-out" || data.reason === "crowded";
    if (this.#ended) this.#tell({ name: "refused", data: [...this.#watches] });
    if (data.reason === "signed-out") this.#watches = new Set();
    return true;
  }
}
