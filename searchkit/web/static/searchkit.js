// A little better with a script: "/" finds the search box, a drag over the timeline chooses years, a button copies.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.getElementById("q").select();
});

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
  });
}

for (const drawing of document.querySelectorAll("[data-timeline]")) {
  const bars = [...drawing.querySelectorAll("[data-period]")];
  let from = null;
  let to = null;
  const span = () => [from, to].map((bar) => bars.indexOf(bar)).sort((one, other) => one - other);
  const paint = () => {
    const [low, high] = span();
    bars.forEach((bar, at) => bar.classList.toggle("within", from !== null && at >= low && at <= high));
  };
  const choose = () => {
    const [low, high] = span();
    const address = new URL(location.href);
    for (const name of ["year", "month", "offset"]) address.searchParams.delete(name);
    address.searchParams.set("from", bars[low].dataset.period);
    address.searchParams.set("to", bars[high].dataset.period);
    location.assign(address);
  };

  // By hand: a drag chooses, from where it began to where it ends.
  const barAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-period]") ?? null;
  drawing.addEventListener("pointerdown", (event) => { from = to = barAt(event); });
  drawing.addEventListener("pointermove", (event) => {
    if (from === null || event.buttons === 0) return;
    to = barAt(event) ?? to;
    if (to !== from) paint();
  });
  document.addEventListener("pointerup", () => {
    if (from === null) return;
    if (to !== from) {
      drawing.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      choose();
    }
    from = to = null;
  });
  drawing.addEventListener("dragstart", (event) => event.preventDefault());

  // By keys: the drawing is one stop; arrows go along it, with Shift they choose, Enter takes what is chosen.
  const stops = (here) => bars.forEach((bar) => bar.setAttribute("tabindex", bar === here ? "0" : "-1"));
  stops(bars.find((bar) => bar.classList.contains("chosen")) ?? bars[0]);
  drawing.addEventListener("keydown", (event) => {
    const at = bars.indexOf(event.target.closest("[data-period]"));
    if (event.key === "Enter" && from !== null && to !== from) {
      event.preventDefault();
      choose();
      return;
    }
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key];
    if (at < 0 || bars[next] === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey) {
      from ??= bars[at];
      to = bars[next];
    } else {
      from = to = null;
    }
    paint();
    stops(bars[next]);
    bars[next].focus();
  });
}
