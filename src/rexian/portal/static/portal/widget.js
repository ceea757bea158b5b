// The chat of a hotline on another site: <script src="…/widget/CODE.js" async></script>
// data-position="left|right" data-language="zh-Hans|zh-Hant|en" data-colour="#0b5a8c" data-label="…"
// One global (rexianChat: open, close), one element, no cookies. In the site's own sessionStorage it
// notes that the chat was opened, so that the next page can tell of new messages; and the key of the
// conversation where the browser lets the chat itself keep nothing.
(function (words) {
  "use strict";
  var script = document.currentScript;
  if (window.rexianChat || !script) return;
  var source = new URL(script.src);
  var code = source.pathname.split("/").pop().replace(/\.js$/, "");
  var given = script.dataset;
  var wanted = given.language || document.documentElement.lang || "zh-Hans";
  var language = /^zh-(Hant|TW|HK|MO)/i.test(wanted) ? "zh-Hant" : /^en/i.test(wanted) ? "en" : "zh-Hans";
  var say = words[language];
  var side = given.position === "left" ? "left" : "right";
  var colour = /^#[0-9a-f]{6}$/i.test(given.colour || "") ? given.colour : "#0b5a8c";
  var chat = source.origin + source.pathname.replace(/\/widget\/.*$/, "/chat/");
  var mark = "rexian-chat:" + code;
  var note = remembered();
  var frame = null;
  var isLoaded = false;
  var unread = 0;

  function remembered() {
    try { return sessionStorage.getItem(mark) || ""; } catch (refused) { return ""; }
  }
  function remember(text) {
    note = text;
    try { sessionStorage.setItem(mark, text); } catch (refused) { /* the next page knows nothing */ }
  }

  // Dark words on a light colour, light words on a dark one (WCAG's luminance).
  function ink(hex) {
    var light = [1, 3, 5].map(function (at) {
      var part = parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179 ? "#000" : "#fff";
  }

  var style = "\
:host { all: initial; }\
.button, .panel { position: fixed; z-index: 2147483000; " + side + ": calc(16px + env(safe-area-inset-" + side + ")); font: 500 16px/1.4 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; }\
.button { bottom: calc(16px + env(safe-area-inset-bottom)); display: flex; align-items: center; gap: 8px; min-height: 52px; padding: 0 20px; border: 0; border-radius: 26px; background: " + colour + "; color: " + ink(colour) + "; box-shadow: 0 4px 16px rgba(0,0,0,.3); cursor: pointer; }\
.button:focus-visible { outline: 3px solid " + colour + "; outline-offset: 3px; }\
.button svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }\
.badge { min-width: 24px; padding: 0 6px; border-radius: 12px; background: #b1221a; color: #fff; font-size: 14px; text-align: center; box-sizing: border-box; }\
.panel { bottom: calc(84px + env(safe-area-inset-bottom)); width: 400px; max-width: calc(100vw - 32px); height: 640px; max-height: calc(100vh - 108px); border-radius: 12px; overflow: hidden; background: Canvas; box-shadow: 0 8px 32px rgba(0,0,0,.35); }\
.panel iframe { width: 100%; height: 100%; border: 0; display: block; }\
[hidden] { display: none !important; }\
@media (max-width: 480px) { .open { position: fixed; top: 0; right: 0; bottom: 0; left: 0; z-index: 2147483000; background: Canvas; } .panel { left: 0; right: 0; top: calc(56px + env(safe-area-inset-top)); bottom: 0; width: auto; max-width: none; height: auto; max-height: none; border-radius: 0; box-shadow: none; } .open .button { bottom: auto; top: calc(6px + env(safe-area-inset-top)); right: 8px; left: auto; min-height: 44px; padding: 0 12px; border-radius: 22px; } .open .button span { display: none; } }\
@media (prefers-reduced-motion: no-preference) { .panel { animation: rise .16s ease-out; } @keyframes rise { from { opacity: 0; transform: translateY(12px); } } }";

  // Made piece by piece: a site may forbid text that becomes elements.
  function make(name, attributes, parent) {
    var made = name === "svg" || name === "path" ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    Object.keys(attributes).forEach(function (one) { made.setAttribute(one, attributes[one]); });
    if (parent) parent.appendChild(made);
    return made;
  }
  var host = document.createElement("rexian-chat");
  var root = host.attachShadow({ mode: "open" });
  var page = make("div", {});
  var panel = make("div", { "class": "panel", id: "panel", role: "dialog", "aria-label": say.title, hidden: "" }, page);
  var button = make("button", { "class": "button", type: "button", "aria-controls": "panel" }, page);
  var drawing = make("path", {}, make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, button));
  var label = make("span", {}, button);
  var badge = make("b", { "class": "badge" }, button);
  // A style element could be against the site's policy; a sheet made by script is not.
  try {
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch (old) {
    var element = document.createElement("style");
    element.textContent = style;
    root.appendChild(element);
  }
  root.appendChild(page);

  function draw() {
    var isOpen = !panel.hidden;
    page.className = isOpen ? "open" : "";
    button.setAttribute("aria-expanded", String(isOpen));
    drawing.setAttribute("d", isOpen ? "M6 6l12 12M18 6L6 18" : "M3.5 4.5h17v12H11l-4.5 4v-4h-3z");
    label.textContent = isOpen ? say.close : given.label || say.open;
    badge.hidden = isOpen || !unread;
    badge.textContent = unread > 99 ? "99+" : unread;
    button.setAttribute("aria-label", label.textContent + (badge.hidden ? "" : ", " + say.unread.replace("{count}", unread)));
  }

  // allow-same-origin is the chat's own origin, not the site's: without it the chat could keep nothing
  // and its own requests would come from nowhere. The other site's page stays out of its reach.
  function load() {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = say.title;
    frame.setAttribute("sandbox", "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads");
    frame.referrerPolicy = "no-referrer";
    frame.src = chat + (/^\d+-[0-9a-f]{40}$/.test(note) ? "c/" + note : code) + "/?language=" + language;
    frame.addEventListener("load", function () { isLoaded = true; tell(); });
    panel.appendChild(frame);
  }
  function tell() {
    if (isLoaded) frame.contentWindow.postMessage({ rexian: panel.hidden ? "hidden" : "shown" }, source.origin);
  }
  function open() {
    load();
    panel.hidden = false;
    unread = 0;
    if (!note) remember("yes");
    draw();
    tell();
    frame.focus();
  }
  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    draw();
    tell();
    button.focus();
  }
  button.addEventListener("click", function () { if (panel.hidden) open(); else close(); });
  root.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
  window.addEventListener("message", function (event) {
    if (!frame || event.source !== frame.contentWindow || event.origin !== source.origin) return;
    var told = event.data || {};
    if (told.rexian === "close") close();
    if (told.rexian === "unread" && panel.hidden) { unread = Number(told.value) || 0; draw(); }
    if (told.rexian === "keep" && typeof told.value === "string") remember(told.value || "yes");
  });
  window.rexianChat = { open: open, close: close };
  function begin() {
    document.body.appendChild(host);
    draw();
    if (note) load();
  }
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})(__WORDS__);
