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
  const bars = [...drawing.querySelectorAll("[data-year]")];
  const yearAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-year]")?.dataset.year;
  let from = null;
  let to = null;
  const paint = () => {
    const [low, high] = [from, to].sort();
    for (const bar of bars) bar.classList.toggle("within", from !== null && bar.dataset.year >= low && bar.dataset.year <= high);
  };
  drawing.addEventListener("pointerdown", (event) => { from = to = yearAt(event) ?? null; });
  drawing.addEventListener("pointermove", (event) => {
    if (from === null) return;
    to = yearAt(event) ?? to;
    if (to !== from) paint();
  });
  document.addEventListener("pointerup", () => {
    if (from !== null && to !== from) {
      const [low, high] = [from, to].sort();
      const address = new URL(location.href);
      for (const name of ["year", "offset"]) address.searchParams.delete(name);
      address.searchParams.set("from", low);
      address.searchParams.set("to", high);
      drawing.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      location.assign(address);
    }
    from = to = null;
  });
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
}
