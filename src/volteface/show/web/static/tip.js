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

// Many marks are one stop of the Tab key: arrows, Home and End go through them (data-rove).
const marksOf = (group) => [...group.querySelectorAll("[data-tip]")];
export function rove(within) {
  for (const group of within.querySelectorAll("[data-rove]")) {
    marksOf(group).forEach((mark, n) => mark.setAttribute("tabindex", n ? "-1" : "0"));
  }
}
document.addEventListener("keydown", (event) => {
  const group = event.target.closest?.("[data-rove]");
  const marks = group ? marksOf(group) : [], at = marks.indexOf(event.target);
  const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  const mark = marks[Math.min(Math.max(next, 0), marks.length - 1)];
  marks[at].setAttribute("tabindex", "-1");
  mark.setAttribute("tabindex", "0");
  mark.focus();
});

document.documentElement.classList.add("scripted");
document.body.append(tip);
tips(document);
rove(document);
