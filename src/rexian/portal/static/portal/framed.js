// On another site's page: tells the widget what is new, and hears whether it is open. It answers
// only to an origin that the hotline has named, and never before that one has spoken.

export function framed(sites, heard) {
  if (parent === window) return { tell() {}, isShown: () => true };
  let origin = "";
  let shown = true;
  const allowed = (site) => site === location.origin || sites.some((one) => fits(one, site));
  addEventListener("message", (event) => {
    if (event.source !== parent || !event.data || typeof event.data.rexian !== "string") return;
    if (!allowed(event.origin)) return;
    origin = event.origin;
    if (event.data.rexian === "shown" || event.data.rexian === "hidden") {
      shown = event.data.rexian === "shown";
      heard(shown);
    }
  });
  function tell(rexian, value) { if (origin) parent.postMessage({ rexian, value }, origin); }
  addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) tell("close"); });
  return { tell, isShown: () => shown };
}

// "https://*.example.org" stands for every host below example.org.
function fits(pattern, site) {
  if (pattern.indexOf("*.") < 0) return pattern === site;
  const [start, end] = pattern.split("*");
  return site.indexOf(start) === 0 && site.slice(-end.length) === end && site.length > start.length + end.length;
}
