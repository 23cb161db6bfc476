// The page works as plain links without this. With it: a click opens the details beside the text, and the filters filter.
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  const marks = all("a.m[data-ids]");
  const rows = all("tr[data-metric]");
  const idsOf = (mark) => mark.dataset.ids.split(" ");
  let current = null;

  // The mark that begins a metric; one that shares its place with another metric has an anchor in front of it.
  const markOf = (id) => marks.find((mark) => idsOf(mark).includes(id));

  function clear() {
    all("[aria-current]").forEach((element) => element.removeAttribute("aria-current"));
    all(".detail.shown").forEach((element) => element.classList.remove("shown"));
    document.body.classList.remove("open");
    current = null;
  }

  function select(id) {
    const mark = markOf(id);
    if (!mark) return;
    clear();
    const ids = idsOf(mark);
    for (const one of [id, ...ids.filter((other) => other !== id)]) by("d-" + one).classList.add("shown");
    marks.filter((other) => idsOf(other).includes(id)).forEach((part) => part.setAttribute("aria-current", "true"));
    by("r-" + id).setAttribute("aria-current", "true");
    by("panel").scrollTop = 0;
    document.body.classList.add("open");
    current = mark;
  }

  function close() {
    const mark = current;
    clear();
    if (mark) mark.focus({ preventScroll: true });
  }

  // What the address names: a mark is selected and seen, a row or a check is lit by the style sheet.
  function follow() {
    const [, what, id] = location.hash.match(/^#([md])-(.+)$/) || [];
    if (!what) return;
    select(id);
    if (!current) return;
    current.scrollIntoView({ block: "center" });
    current.focus({ preventScroll: true });
  }

  marks.forEach((mark) => mark.addEventListener("click", (event) => {
    event.preventDefault();
    const id = idsOf(mark)[0];
    if (current === mark) return by("d-" + id).focus();
    history.pushState(null, "", location.search + "#m-" + id);
    select(id);
  }));
  by("close").addEventListener("click", close);
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);

  function step(by_) {
    const seen = marks.filter((mark) => !mark.classList.contains("off"));
    if (!seen.length) return;
    const place = current ? seen.indexOf(current) : by_ > 0 ? -1 : 0;
    const next = seen[(place + by_ + seen.length) % seen.length];
    select(idsOf(next)[0]);
    next.scrollIntoView({ block: "center" });
    next.focus({ preventScroll: true });
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (typing) event.target.blur();
      else close();
    } else if (!typing && event.key === "/") {
      event.preventDefault();
      by("q").focus();
    } else if (!typing && event.key.toLowerCase() === "n") step(1);
    else if (!typing && event.key.toLowerCase() === "p") step(-1);
  });

  const form = document.querySelector(".filters");
  const selects = all(".filters select");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  function filter() {
    const words = by("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = selects.filter((select_) => select_.value);
    const kept = new Set();
    const counts = {};
    for (const row of rows) {
      const fits = wanted.every((select_) => row.dataset[select_.name] === select_.value)
        && words.every((word) => texts.get(row).includes(word));
      row.hidden = !fits;
      counts[row.dataset.article] = (counts[row.dataset.article] || 0) + fits;
      if (fits) kept.add(row.dataset.metric);
    }
    marks.forEach((mark) => mark.classList.toggle("off", !idsOf(mark).some((id) => kept.has(id))));
    all("[data-count]").forEach((element) => { element.textContent = counts[element.dataset.count] || 0; });
    by("found").textContent = kept.size === rows.length ? `${rows.length}` : `${kept.size} / ${rows.length}`;
    by("none").hidden = kept.size > 0;
  }

  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  if (matchMedia("(min-width: 52.01rem)").matches) all(".filters details").forEach((part) => { part.open = true; });

  // The way back to the row of the overview that led here.
  const back = new URLSearchParams(location.search).get("back");
  if (back) {
    by("back").href = "../index.html#" + encodeURIComponent(back);
    by("back").firstChild.textContent = "← 回到总览中的这一行 ";
  }
  follow();
})();
