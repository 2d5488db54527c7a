// In previews alone, never in a published page: shows what is wrong, and brings the page up to date.
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const sheets = () => [...document.querySelectorAll('link[rel="stylesheet"]')].filter((link) => !link.href.includes("/__readout__/"));
  const bare = (href) => href.split("?")[0];
  const tag = async (href) => (await fetch(href, { method: "HEAD", cache: "no-store" })).headers.get("etag");
  const looks = new Map();
  const ready = Promise.all(sheets().map(async (link) => looks.set(bare(link.href), await tag(bare(link.href)))));

  const swap = async (link) => {
    const href = bare(link.href);
    const now = await tag(href);
    if (now === looks.get(href)) return;
    looks.set(href, now);
    const next = link.cloneNode();
    next.href = `${href}?${encodeURIComponent(now)}`;
    next.addEventListener("load", () => link.remove());
    link.after(next);
  };

  const refresh = async () => {
    await ready;
    if ((await tag(location.pathname)) !== own.page) {
      sessionStorage.setItem("readout-scroll", JSON.stringify([location.pathname, scrollX, scrollY]));
      location.reload();
      return;
    }
    await Promise.all(sheets().map(swap));
  };

  const kept = JSON.parse(sessionStorage.getItem("readout-scroll") || "null");
  sessionStorage.removeItem("readout-scroll");
  if (kept && kept[0] === location.pathname) addEventListener("load", () => scrollTo(kept[1], kept[2]));

  const line = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const tell = ({ error, problems }) => {
    document.getElementById("readout-told")?.remove();
    if (!error && !problems.length) return;
    const box = Object.assign(document.createElement("aside"), { id: "readout-told" });
    box.setAttribute("role", "status");
    if (error) {
      box.className = "error";
      box.append(line("strong", "The site could not be built; this is the last that could."), line("p", error));
    } else {
      const more = document.createElement("details");
      const list = document.createElement("ul");
      list.append(...problems.map((problem) => line("li", problem)));
      more.append(line("summary", `${problems.length} problem${problems.length === 1 ? "" : "s"}`), list);
      box.append(more);
    }
    document.body.append(box);
  };

  const events = new EventSource("/__readout__/events");
  events.addEventListener("look", refresh);
  events.addEventListener("told", (event) => tell(JSON.parse(event.data)));
  events.addEventListener("open", refresh);
})();
