// A part of a page that answers without loading the page anew: links and forms within it that lead to the same page
// fetch that page and put its part in place of this one. Without this script they are links and forms.
import { rove, tips } from "./tip.js";

const part = () => document.querySelector("[data-live]");
let running = new AbortController();

async function go(address, { remember = true, focus = null } = {}) {
  running.abort();
  running = new AbortController();
  const old = part();
  old.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: running.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-live]");
    if (!answer.ok || !fresh) return location.assign(address);
    const open = [...old.querySelectorAll("details")].map((each) => each.open);
    fresh.querySelectorAll("details").forEach((each, n) => { each.open = open[n] ?? each.open; });
    old.replaceWith(fresh);
    document.title = page.title;
    if (remember) history.pushState(null, "", address);
    ready(fresh);
    refocus(fresh, focus);
    document.dispatchEvent(new CustomEvent("replaced", { detail: { old, fresh, page } }));
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

// Whoever uses the keyboard stays where he was: at the element of the same name, else at what the part says of itself.
function refocus(fresh, name) {
  if (!name || document.activeElement?.closest("[data-drives]")) return;
  const same = [...fresh.querySelectorAll("a, input, select, button")].find((each) => nameOf(each) === name);
  const target = same ?? fresh.querySelector("[role=status]");
  if (!same) target?.setAttribute("tabindex", "-1");
  target?.focus({ preventScroll: true });
}

function nameOf(element) {
  return element?.dataset?.key ?? element?.dataset?.tip?.split(":")[0] ?? element?.name ?? element?.textContent?.trim();
}

function samePage(address) {
  const there = new URL(address, location.href);
  return there.origin === location.origin && there.pathname === location.pathname;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-live] a, [data-drives] a");
  const address = link?.getAttribute("href");
  if (!address || address.startsWith("#") || !samePage(address)) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(new URL(address, location.href).href, { focus: nameOf(link) });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-live], [data-drives]") || form.method !== "get" || !samePage(form.action)) return;
  event.preventDefault();
  sendForm(form, nameOf(event.submitter));
});

export function sendForm(form, focus) {
  const there = new URL(form.action, location.href);
  there.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();
  return go(there.href, { focus });
}

window.addEventListener("popstate", () => go(location.href, { remember: false }));

// Drawing over a timeline chooses its days.
function brush(timeline) {
  let start = null;
  const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  band.setAttribute("class", "stretch drawn");
  const box = timeline.viewBox.baseVal;
  const at = (event) => {
    const edge = timeline.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - edge.left) / edge.width, 0), 1);
  };
  const day = (share, last) => {
    const [a, b] = ["first", "last"].map((name) => Date.parse(timeline.dataset[name]));
    const days = Math.round((b - a) / 864e5) + 1;
    const n = last ? Math.ceil(share * days) - 1 : Math.floor(share * days);
    return new Date(a + Math.min(Math.max(n, 0), days - 1) * 864e5).toISOString().slice(0, 10);
  };
  timeline.addEventListener("pointerdown", (event) => { if (!event.button && event.pointerType !== "touch") start = at(event); });
  timeline.addEventListener("dragstart", (event) => event.preventDefault());
  timeline.addEventListener("pointermove", (event) => {
    if (start === null || Math.abs(at(event) - start) * box.width < 6) return;
    const [a, b] = [start, at(event)].sort((x, y) => x - y);
    const sizes = { x: a * box.width, y: 0, width: (b - a) * box.width, height: box.height - 20 };
    for (const [name, value] of Object.entries(sizes)) band.setAttribute(name, value);
    if (!band.isConnected) { timeline.append(band); timeline.setPointerCapture(event.pointerId); }
  });
  timeline.addEventListener("pointerup", (event) => {
    if (band.isConnected) {
      const [a, b] = [start, at(event)].sort((x, y) => x - y);
      band.remove();
      timeline.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { once: true, capture: true });
      const there = new URL(location.href);
      there.searchParams.set("since", day(a, false));
      there.searchParams.set("until", day(b, true));
      go(there.href);
    }
    start = null;
  });
  timeline.addEventListener("pointercancel", () => { start = null; band.remove(); });
}

function ready(within) {
  tips(within);
  rove(within.parentNode);
  within.querySelectorAll(".timeline").forEach(brush);
}

if (part()) ready(part());
