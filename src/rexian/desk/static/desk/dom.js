// Elements, made in one line each; text is always text.

export const $ = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

const ICONS = document.body.dataset.icons;
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.append(use);
  return svg;
}

export const badge = (tone, text) => make("span", { class: `badge tone-${tone}` }, icon(tone), text);
export const key = (text) => make("kbd", {}, text);

// Put new content in the place of the old; the focus stays where it was, by data-focus.
export function replace(container, ...children) {
  const held = container.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  container.replaceChildren(...children.flat().filter(Boolean));
  if (held) container.querySelector(`[data-focus="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

export const deed = (name, text, { kind = "", hint = "", focus = name, ...data } = {}) =>
  make("button", { type: "button", class: `button small ${kind}`, "data-deed": name, "data-focus": focus, ...data },
    make("span", {}, text), hint && key(hint));
