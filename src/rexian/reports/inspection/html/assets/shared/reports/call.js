"use strict";
// Plays the calls of a page: what sounds is shown on the lanes and in the words, and whatever has
// an instant (a word, a turn, a finding, a place on the lanes) plays from there. Without this
// script the browser's own controls stand in its place, and everything is there to be read.
(() => {
  const LEAD = 0.8; // seconds before a finding or a turn from which it is heard
  const SKIP = 5;
  const SCALES = [12, 24, 36, 48, 72, 108, 160];
  const LEGIBLE = 72; // below so many pixels a second, words would lie on each other
  const one = (selector, within) => within.querySelector(selector);
  const all = (selector, within) => [...within.querySelectorAll(selector)];
  const calls = new Map();
  let current = null;

  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const two = (number) => String(number).padStart(2, "0");
    return `${hours ? `${hours}:` : ""}${two(minutes)}:${two(rest)}`;
  };

  class Call {
    constructor(root) {
      this.root = root;
      this.length = Number(root.dataset.length);
      this.audio = one("audio", root);
      this.scroller = one(".scroller", root);
      this.track = one(".track", root);
      this.cursor = one(".cursor", root);
      this.seek = one(".seek", root);
      this.words = null;
      this.now = [];
      this.wanted = null;
      this.from = null; // the button from which it plays: pressed again, it pauses
      this.frame = 0;
      this.following = true;
      root.classList.add("ready");
      this.cursor.hidden = false;
      this.listen();
      this.show(0);
    }

    listen() {
      const { root, audio, seek } = this;
      root.addEventListener("click", (event) => this.clicked(event));
      one("[data-speed]", root).addEventListener("change", (event) => { audio.playbackRate = Number(event.target.value); });
      seek.addEventListener("input", () => this.go(Number(seek.value)));
      audio.addEventListener("play", () => this.began());
      audio.addEventListener("pause", () => this.ended());
      audio.addEventListener("ended", () => this.ended());
      audio.addEventListener("timeupdate", () => this.show(audio.currentTime));
      audio.addEventListener("loadedmetadata", () => this.arrive());
      audio.addEventListener("error", () => this.failed());
      for (const kind of ["pointerdown", "wheel"]) {
        this.scroller.addEventListener(kind, () => { this.following = false; }, { passive: true });
      }
      root.addEventListener("focusin", (event) => {
        const finding = event.target.closest(".finding[data-at]");
        if (finding && event.target === finding) this.go(this.before(finding.dataset.at));
      });
      root.addEventListener("rexian:finding", (event) => {
        const at = event.detail?.at;
        if (at !== undefined) this.go(this.before(at));
      });
    }

    before(at) { return Math.max(0, Number(at) - LEAD); }

    clicked(event) {
      const target = event.target;
      const button = target.closest("[data-do]");
      if (button) { this.act(button.dataset.do); return; }
      const from = target.closest("[data-play]");
      if (from) { this.toggle(from); return; }
      const flag = target.closest(".flag");
      if (flag) { this.near(flag.dataset.note); this.play(this.before(flag.dataset.at)); return; }
      const word = target.closest("[data-t]");
      if (word && !target.closest("a")) { this.play(Math.max(0, Number(word.dataset.t) - 0.1)); return; }
      const pin = target.closest("a.pin[data-at]");
      if (pin) { this.play(this.before(pin.dataset.at)); return; }
      const strip = target.closest(".strip");
      if (strip) { this.play(this.length * this.part(event, strip)); return; }
      const segment = target.closest(".segment");
      if (segment) this.play(Number(segment.dataset.start) + 30 * this.part(event, segment));
    }

    toggle(button) {
      if (button === this.from && !this.audio.paused) { this.audio.pause(); return; }
      this.play(this.before(button.dataset.play));
      this.from = button;
    }

    part(event, element) {
      const box = element.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    }

    near(id) {
      for (const flag of all(".flag", this.root)) flag.classList.toggle("near", flag.dataset.note === id);
      for (const note of all(".finding", this.root)) note.classList.toggle("near", note.id === id);
      document.getElementById(id)?.scrollIntoView({ block: "nearest" });
    }

    act(what) {
      const { audio } = this;
      const acts = {
        play: () => (audio.paused ? this.play() : audio.pause()),
        back: () => this.go(this.at() - SKIP),
        ahead: () => this.go(this.at() + SKIP),
        previous: () => this.stepFinding(-1),
        next: () => this.stepFinding(1),
        out: () => this.zoom(-1),
        in: () => this.zoom(1),
        slower: () => this.hurry(-1),
        faster: () => this.hurry(1),
      };
      acts[what]();
    }

    at() { return this.wanted ?? this.audio.currentTime; }

    play(at) {
      current = this;
      this.from = null;
      for (const other of calls.values()) if (other !== this) other.audio.pause();
      this.following = true;
      if (at !== undefined) this.go(at);
      else if (this.audio.ended) this.go(0);
      this.audio.play().catch(() => {});
    }

    go(at) {
      const to = Math.min(Math.max(0, at), Math.max(0, this.length - 0.05));
      this.following = true;
      this.wanted = to;
      if (this.audio.readyState >= HTMLMediaElement.HAVE_METADATA) this.arrive();
      else this.audio.preload = "auto";
      this.show(to);
    }

    arrive() {
      if (this.wanted === null) return;
      this.audio.currentTime = this.wanted;
      this.wanted = null;
    }

    stepFinding(by) {
      const flags = all(".flag", this.root).sort((a, b) => a.dataset.at - b.dataset.at);
      if (!flags.length) return;
      const near = flags.findIndex((flag) => flag.classList.contains("near"));
      const here = this.at() + LEAD + 0.05;
      const after = flags.findIndex((flag) => Number(flag.dataset.at) > here);
      const next = near >= 0 ? near + by : by > 0 ? after : (after < 0 ? flags.length : after) - 1;
      const flag = flags[Math.min(Math.max(next, 0), flags.length - 1)];
      this.near(flag.dataset.note);
      this.play(this.before(flag.dataset.at));
    }

    toNumber(number) {
      const note = one(`.finding[data-number="${number}"][data-at]`, this.root);
      if (!note) return false;
      this.near(note.id);
      this.play(this.before(note.dataset.at));
      return true;
    }

    hurry(by) {
      const speed = one("[data-speed]", this.root);
      speed.selectedIndex = Math.min(Math.max(speed.selectedIndex + by, 0), speed.options.length - 1);
      this.audio.playbackRate = Number(speed.value);
    }

    zoom(by) {
      const now = Number(getComputedStyle(this.track).getPropertyValue("--scale"));
      const place = SCALES.indexOf(now) < 0 ? 4 : SCALES.indexOf(now);
      const scale = SCALES[Math.min(Math.max(place + by, 0), SCALES.length - 1)];
      this.track.style.setProperty("--scale", scale);
      this.track.classList.toggle("far", scale < LEGIBLE);
      this.following = true;
      this.show(this.at());
    }

    began() {
      this.root.classList.add("playing");
      this.name("pause");
      const step = () => {
        this.show(this.at());
        this.frame = requestAnimationFrame(step);
      };
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(step);
    }

    ended() {
      cancelAnimationFrame(this.frame);
      this.root.classList.remove("playing");
      this.name("playWord");
    }

    name(word) {
      const button = one(".main", this.root);
      one(".unseen", button).textContent = button.dataset[word];
    }

    failed() {
      const told = one(".failed", this.root);
      told.textContent = told.dataset.failed;
      this.ended();
    }

    show(at) {
      const scale = Number(getComputedStyle(this.track).getPropertyValue("--scale"));
      const left = at * scale;
      this.cursor.style.transform = `translateX(${left}px)`;
      if (this.following) this.follow(left);
      const text = clock(at);
      const output = one("[data-clock]", this.root);
      if (output.textContent !== text) {
        output.textContent = text;
        this.seek.setAttribute("aria-valuetext", text);
      }
      if (document.activeElement !== this.seek || !this.audio.paused) this.seek.value = at;
      this.highlight(at);
    }

    follow(left) {
      const { scroller } = this;
      const [from, width] = [scroller.scrollLeft, scroller.clientWidth];
      if (left < from + 8 || left > from + width * 0.75) scroller.scrollLeft = Math.max(0, left - width * 0.3);
    }

    highlight(at) {
      this.words ??= all("[data-t]", this.root).map((element) => ({
        element, at: Number(element.dataset.t), end: Number(element.dataset.e),
      })).sort((a, b) => a.at - b.at);
      const sounding = this.audio.paused && at === 0 ? [] : this.between(at);
      for (const word of this.now) if (!sounding.includes(word)) this.mark(word, false);
      for (const word of sounding) if (!this.now.includes(word)) this.mark(word, true);
      this.now = sounding;
    }

    between(at) {
      let [low, high] = [0, this.words.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.words[middle].at <= at) low = middle + 1;
        else high = middle;
      }
      const found = [];
      for (let place = low - 1; place >= 0 && this.words[place].at > at - 8; place -= 1) {
        if (this.words[place].end > at) found.push(this.words[place]);
      }
      return found;
    }

    mark(word, on) {
      word.element.classList.toggle("now", on);
      const turn = word.element.closest(".turns li");
      if (turn) turn.classList.toggle("speaking", on);
    }
  }

  function gather() {
    for (const [root, call] of calls) {
      if (root.isConnected) continue;
      call.audio.pause();
      calls.delete(root);
      if (current === call) current = null;
    }
    for (const root of document.querySelectorAll(".call")) {
      if (!calls.has(root) && one("audio", root)) calls.set(root, new Call(root));
    }
  }

  // The call that keys are for: the one heard last, while it is in sight, else the first in sight.
  function inSight() {
    const seen = (call) => {
      const box = call.root.getBoundingClientRect();
      return box.width > 0 && box.bottom > 60 && box.top < innerHeight - 60;
    };
    if (current && (seen(current) || !current.audio.paused)) return current;
    return [...calls.values()].find(seen) ?? null;
  }

  function keysAreOff() {
    if (document.documentElement.dataset.keys === "off") return true;
    try { return localStorage.getItem("look.keys") === "off"; } catch { return false; }
  }

  const KEYS = { " ": "play", ArrowLeft: "back", ArrowRight: "ahead", "[": "slower", "]": "faster" };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest?.("input, select, textarea, [contenteditable], dialog, audio");
    const pressed = event.target.closest?.("button, summary, a");
    if (field || keysAreOff() || (pressed && event.key === " ")) return;
    const call = inSight();
    if (!call) return;
    if (KEYS[event.key]) call.act(KEYS[event.key]);
    else if (!/^[1-9]$/.test(event.key) || !call.toNumber(event.key)) return;
    event.preventDefault();
  });

  document.addEventListener("rexian:replaced", gather);
  gather();
})();
