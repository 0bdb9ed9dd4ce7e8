"use strict";
const $ = (id) => document.getElementById(id);
const FILTERS = ["config", "kind", "theme", "language"];
const LAYERS = ["texts", "marks", "points"];
const KEYS = { t: "texts", m: "marks", p: "points", f: "full" };

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
const draw = (tag, attributes, title) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (title) {
    const words = document.createElementNS("http://www.w3.org/2000/svg", "title");
    words.textContent = title;
    node.append(words);
  }
  return node;
};
const stored = (id) => JSON.parse($(id).textContent);

// The pictures, by their number.
const cards = [];
for (let at = 0; $("c" + at); at++) cards.push(stored("c" + at));
for (const card of cards) card.words = [card.id, card.topic, ...card.asked].join("\n").toLowerCase();

// A picture becomes a URL when it is first looked at; far ones are let go again.
const urls = new Map();
const urlOf = (at) => {
  if (!urls.has(at)) {
    const bytes = Uint8Array.from(atob($("i" + at).textContent), (c) => c.charCodeAt(0));
    urls.set(at, URL.createObjectURL(new Blob([bytes], { type: "image/png" })));
  }
  return urls.get(at);
};
const near = new IntersectionObserver((seen) => {
  for (const entry of seen) {
    const img = entry.target.querySelector("img");
    const at = Number(entry.target.dataset.at);
    if (entry.isIntersecting) {
      img.src = urlOf(at);
    } else if (img.src && at !== current) {
      img.removeAttribute("src");
      URL.revokeObjectURL(urls.get(at));
      urls.delete(at);
    }
  }
}, { rootMargin: "600px" });

// The sheet.
const sheet = $("sheet");
const nodes = cards.map((card, at) => {
  const img = make("img", { alt: "", decoding: "async" });
  const about = make("small", {}, [card.topic, card.theme, card.language].filter(Boolean).join(" · "));
  const words = make("span", { class: "words" }, make("b", {}, card.kind), about);
  const node = make("button", { class: "card", type: "button", "data-at": at, title: card.id }, make("span", { class: "thumb" }, img), words);
  node.addEventListener("click", () => show(at));
  return node;
});
const none = make("p", { class: "none", hidden: "" }, "No picture fits; clear a filter or search for fewer words.");
sheet.append(...nodes, none);
nodes.forEach((node) => near.observe(node));

// Filters: each list counts what the others leave.
let fitting = [];
const wanted = () => {
  const words = $("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  return { words, ...Object.fromEntries(FILTERS.map((name) => [name, $("f-" + name).value])) };
};
const fits = (card, want, except) =>
  FILTERS.every((name) => name === except || !want[name] || card[name] === want[name]) &&
  want.words.every((word) => card.words.includes(word));
const fill = (name, want) => {
  const counts = new Map();
  for (const card of cards) {
    if (!counts.has(card[name])) counts.set(card[name], 0);
    if (fits(card, want, name)) counts.set(card[name], counts.get(card[name]) + 1);
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const options = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const list = $("f-" + name);
  list.replaceChildren(
    make("option", { value: "" }, `all (${all})`),
    ...options.map(([value, count]) => {
      const option = make("option", { value }, `${value} (${count})`);
      option.disabled = count === 0 && value !== want[name];
      return option;
    }),
  );
  list.value = want[name];
};
const filter = () => {
  const want = wanted();
  fitting = cards.map((_, at) => at).filter((at) => fits(cards[at], want));
  const keep = new Set(fitting);
  nodes.forEach((node, at) => { node.hidden = !keep.has(at); });
  none.hidden = fitting.length > 0;
  FILTERS.forEach((name) => fill(name, want));
  $("count").textContent = `${fitting.length} of ${cards.length} pictures`;
};
$("filters").addEventListener("input", filter);
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("filters").addEventListener("reset", (event) => {
  event.preventDefault();
  $("find").value = "";
  FILTERS.forEach((name) => { $("f-" + name).value = ""; });
  filter();
});

// The large view.
let current = -1;
const large = $("large");
const boxes = (name, list, at) => {
  const group = draw("g", { class: "g" + name });
  for (const item of list) {
    const [role, words, x, y, width, height, angle] = item;
    const box = draw("rect", { x, y, width, height }, words ? `${role}: ${words}` : role);
    if (angle) box.setAttribute("transform", `rotate(${angle} ${x + width / 2} ${y + height / 2})`);
    group.append(box);
  }
  return group;
};
const dots = (name, lists, { width, height }) => {
  const group = draw("g", { class: "g" + name });
  for (const list of lists) {
    for (const [x, y] of list.points) {
      group.append(draw("circle", { cx: (x / 100) * width, cy: (y / 100) * height, r: 5 }, list.name));
    }
  }
  return group;
};
const show = (at) => {
  const card = cards[at];
  const rest = stored("r" + at);
  const last = current;
  current = at;
  const img = make("img", { src: urlOf(at), alt: `${card.kind}: ${card.topic}`, width: card.width, height: card.height });
  const svg = draw("svg", { viewBox: `0 0 ${card.width} ${card.height}`, "aria-hidden": "true" });
  const read = draw("g", { class: "gr on" });
  svg.append(boxes("t", rest.texts), boxes("m", rest.marks), dots("p", rest.points, card), read);
  const wrap = make("div", { class: "wrap" }, img, svg);
  $("view").replaceChildren(wrap);
  $("name").textContent = `${card.id} · ${card.kind}`;

  const light = (item, shapes) => {
    read.replaceChildren(...shapes);
    $("about").querySelectorAll(".lit").forEach((other) => other.classList.remove("lit"));
    if (item) item.classList.add("lit");
  };
  const entry = (question, shapes) => {
    const item = make("li", { tabindex: "0" });
    const kind = [question.kind, question.style !== "short" && question.style].filter(Boolean).join(", ");
    item.append(make("span", { class: "k" }, kind), make("div", { class: "q" }, question.q), make("div", { class: "a" }, question.a));
    if (question.e) item.append(make("div", { class: "e" }, question.e));
    if (question.follows >= 0) item.classList.add("then");
    if (question.program) {
      const program = make("pre", {}, JSON.stringify(question.program, null, 1));
      item.append(make("details", {}, make("summary", {}, "program"), program));
    }
    for (const event of ["mouseenter", "focusin"]) item.addEventListener(event, () => light(item, shapes()));
    for (const event of ["mouseleave", "focusout"]) item.addEventListener(event, () => light(null, []));
    return item;
  };
  const marks = (numbers) => [...boxes("r", numbers.map((number) => rest.marks[number])).children];
  const asked = rest.questions.map((question) => entry(question, () => marks(question.reads)));
  const pointed = rest.points.map((list) =>
    entry({ q: list.q, a: `${list.points.length} × ${list.name}`, kind: "points", style: "short" }, () => [...dots("r", [list], card).children]));
  const facts = make("dl");
  for (const [name, value] of rest.facts) facts.append(make("dt", {}, name), make("dd", {}, value));
  $("about").replaceChildren(make("h3", {}, `${asked.length} questions`), make("ol", {}, ...asked));
  if (pointed.length) $("about").append(make("h3", {}, "Answered by pointing"), make("ol", {}, ...pointed));
  $("about").append(make("h3", {}, "About the picture"), facts);
  $("about").scrollTop = 0;
  dress();
  if (!large.open) large.showModal();
  if (last !== at) $("view").scrollTo(0, 0);
  const place = fitting.indexOf(at);
  $("previous").disabled = place <= 0;
  $("next").disabled = place < 0 || place === fitting.length - 1;
};
// What is laid over, and how large the picture is.
const dress = () => {
  const wrap = $("view").querySelector(".wrap");
  if (!wrap) return;
  for (const name of LAYERS) wrap.querySelector(".g" + name[0]).classList.toggle("on", $(name).checked);
  const { width } = cards[current];
  // Every pixel of the picture is one of the page; or the whole picture fits, and is not enlarged.
  wrap.style.width = $("full").checked ? width + "px" : `min(100%, ${width}px)`;
  wrap.style.flex = "none";
};
const turn = (step) => {
  const next = fitting[fitting.indexOf(current) + step];
  if (next !== undefined) show(next);
};
[...LAYERS, "full"].forEach((name) => $(name).addEventListener("change", dress));
$("previous").addEventListener("click", () => turn(-1));
$("next").addEventListener("click", () => turn(1));
$("close").addEventListener("click", () => large.close());
large.addEventListener("close", () => {
  const node = nodes[current];
  current = -1;
  $("view").replaceChildren();
  if (node && !node.hidden) node.focus();
});

// Keys. In the sheet arrows go to the card that lies there.
const step = (key) => {
  const shown = fitting.map((at) => nodes[at]);
  const here = shown.indexOf(document.activeElement);
  if (here < 0) return shown[0];
  if (key === "ArrowLeft") return shown[here - 1];
  if (key === "ArrowRight") return shown[here + 1];
  const { left, top } = shown[here].getBoundingClientRect();
  const below = key === "ArrowDown";
  const others = (below ? shown.slice(here + 1) : shown.slice(0, here).reverse());
  return others.find((node) => {
    const box = node.getBoundingClientRect();
    return Math.abs(box.left - left) < 2 && (below ? box.top > top : box.top < top);
  });
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input[type=search], select");
  if (large.open) {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      if (event.target === $("view") && $("full").checked) return;
      event.preventDefault();
      turn(event.key === "ArrowLeft" ? -1 : 1);
    } else if (KEYS[event.key]) {
      $(KEYS[event.key]).click();
    } else if (event.key === "/") {
      event.preventDefault();
      large.close();
      $("find").focus();
    }
    return;
  }
  if (event.key === "/" && !typing) {
    event.preventDefault();
    $("find").focus();
    $("find").select();
  } else if (event.key === "Escape" && event.target === $("find")) {
    $("find").value = "";
    filter();
    $("find").blur();
  } else if (event.key.startsWith("Arrow") && !typing) {
    const next = step(event.key);
    if (next) {
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
  }
});
filter();
