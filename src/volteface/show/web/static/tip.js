// What a mark of a picture says (data-tip), beside it as soon as it is pointed at or has the focus, instead of the
// browser's own slow <title>; Escape hides it.
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true"); // the mark's own label says the same

function show(mark) {
  tip.textContent = mark.dataset.tip;
  tip.hidden = false;
  const box = mark.getBoundingClientRect();
  const left = Math.min(Math.max(box.left + box.width / 2 - tip.offsetWidth / 2, 4), innerWidth - tip.offsetWidth - 4);
  const above = box.top - tip.offsetHeight - 6;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(above > 0 ? above : box.bottom + 6) + scrollY}px`;
}

const markOf = (event) => event.target.closest?.("[data-tip]");
document.addEventListener("pointerover", (event) => { const mark = markOf(event); if (mark) show(mark); });
document.addEventListener("pointerout", (event) => { if (markOf(event)) tip.hidden = true; });
document.addEventListener("focusin", (event) => { const mark = markOf(event); if (mark) show(mark); else tip.hidden = true; });
document.addEventListener("focusout", () => { tip.hidden = true; });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });

export function tips(within) {
  within.querySelectorAll("[data-tip] > title").forEach((title) => title.remove());
}

document.body.append(tip);
tips(document);
