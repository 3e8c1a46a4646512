// The slider of the coalitions: windows follow it while it is moved, and actors glide from where they stood to where
// they stand. Without this script it is a form with a button, and links.
import { sendForm } from "./live.js";

const GLIDE = 450;
const still = matchMedia("(prefers-reduced-motion: reduce)");
let waiting = 0;

document.addEventListener("input", (event) => {
  if (event.target.id !== "at") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => { waiting = 0; sendForm(event.target.form, null); }, 120);
});

const placesOf = (part) => new Map([...part.querySelectorAll("[data-actor]")].map((each) => {
  const { e, f } = each.transform.baseVal.consolidate().matrix;
  return [each.dataset.actor, [e, f]];
}));

// The slider itself stays, or it would be lost while it is drawn; what stands beside it follows.
function follow(page) {
  const slider = document.getElementById("at"), told = page.getElementById("at");
  slider.setAttribute("aria-valuetext", told.getAttribute("aria-valuetext"));
  if (!waiting) slider.value = told.value;
  for (const each of slider.form.querySelectorAll("[data-key]")) {
    const other = told.form.querySelector(`[data-key=${each.dataset.key}]`);
    each.textContent = other.textContent;
    each.hidden = other.hidden;
    if (other.href) each.setAttribute("href", other.getAttribute("href"));
  }
  document.querySelectorAll("ol a[aria-current]").forEach((each) => each.removeAttribute("aria-current"));
  const here = page.querySelector("ol a[aria-current]")?.getAttribute("href");
  if (here) [...document.querySelectorAll("ol a")].find((each) => each.getAttribute("href") === here)?.setAttribute("aria-current", "true");
}

document.addEventListener("replaced", ({ detail: { old, fresh, page } }) => {
  follow(page);
  if (still.matches) return;
  const before = placesOf(old), after = placesOf(fresh);
  const begin = performance.now();
  const at = (actor, share) => {
    const [x, y] = after.get(actor), [x0, y0] = before.get(actor) ?? [x, y];
    return [x0 + (x - x0) * share, y0 + (y - y0) * share];
  };
  const step = (now) => {
    const t = Math.min((now - begin) / GLIDE, 1), share = 1 - (1 - t) ** 3;
    for (const each of fresh.querySelectorAll("[data-actor]")) {
      each.setAttribute("transform", `translate(${at(each.dataset.actor, share).join(" ")})`);
    }
    for (const line of fresh.querySelectorAll("[data-one]")) {
      const [[x1, y1], [x2, y2]] = [at(line.dataset.one, share), at(line.dataset.other, share)];
      for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) line.setAttribute(name, value);
    }
    if (t < 1 && fresh.isConnected) requestAnimationFrame(step);
  };
  step(begin);
});
