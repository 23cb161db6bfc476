// The overview is a page of links without this. With it the rows of all its tables can be searched and filtered by zone.
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  const rows = all("[data-zones]");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const form = document.querySelector(".filters");
  const selects = all(".filters select");

  function filter() {
    const words = by("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const zone = selects.length ? selects[0].value : "";
    let kept = 0;
    for (const row of rows) {
      const fits = (!zone || row.dataset.zones.split("\u001f").includes(zone))
        && words.every((word) => texts.get(row).includes(word));
      row.hidden = !fits;
      kept += fits;
    }
    by("found").textContent = kept === rows.length ? `${rows.length}` : `${kept} / ${rows.length}`;
    if (words.length || zone) by("all-issues").open = true;
  }

  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input, select")) {
      event.preventDefault();
      by("q").focus();
    }
  });
  if (matchMedia("(min-width: 52.01rem)").matches) all(".filters details").forEach((part) => { part.open = true; });
  function follow() {
    const row = by(decodeURIComponent(location.hash.slice(1)));
    if (!row) return;
    const folded = row.closest("details");
    if (folded) folded.open = true;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  }
  filter();
  addEventListener("hashchange", follow);
  if (location.hash.length > 1) follow();
})();
