"use strict";
const $ = (id) => document.getElementById(id);

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

// What is particular to the dataset: fields of the cards by which lists filter, and what can be laid over a picture.
const looks = stored("looks");
const FILTERS = looks.filters.map(([name]) => name);
const LAYERS = looks.layers.map((layer) => layer.name);
const KEYS = { f: "full" };
for (const [name, words] of looks.filters) {
  const list = make("select", { id: "f-" + name });
  $("filters").querySelector("[type=reset]").before(make("label", {}, make("span", {}, words), list));
}
for (const { name, key } of looks.layers) {
  KEYS[key] = name;
  $("layers").append(make("label", { class: key }, make("input", { type: "checkbox", id: name, "aria-keyshortcuts": key }), name));
}
const listed = (words) => words.slice(0, -1).join(", ") + (words.length > 1 ? " and " : "") + words.at(-1);
$("layer-keys").append(...looks.layers.flatMap(({ key }) => [make("kbd", {}, key), " "]), `lay ${listed(LAYERS)}`);

// The pictures, by their number.
const cards = [];
for (let at = 0; $("c" + at); at++) cards.push(stored("c" + at));
for (const card of cards) {
  card.words = [...looks.words.map((name) => card[name]), ...card.asked].join("\n").toLowerCase();
  card.small = looks.small.map((name) => card[name]).filter(Boolean);
}

// A picture becomes a URL when it is first looked at; far ones are let go again.
const urls = new Map();
const urlOf = (at) => {
  if (!urls.has(at)) {
    const bytes = Uint8Array.from(atob($("i" + at).textContent), (c) => c.charCodeAt(0));
    urls.set(at, URL.createObjectURL(new Blob([bytes], { type: cards[at].mime || "image/png" })));
  }
  return urls.get(at);
};
const near = new IntersectionObserver((seen) => {
  for (const entry of seen) {
    const img = entry.target.querySelector("img");
    const at = Number(entry.target.dataset.at);
    if (entry.isIntersecting) {
      img.src = urlOf(at);
      dressCard(at);
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
  const about = make("small", {}, card.small.join(" · "));
  const words = make("span", { class: "words" }, make("b", {}, card[looks.title]), about);
  const node = make("button", { class: "card", type: "button", "data-at": at, title: card.id }, make("span", { class: "thumb" }, img), words);
  node.addEventListener("click", () => show(at));
  return node;
});
const none = make("p", { class: "none", hidden: "" }, "No picture fits; clear a filter or search for fewer words.");
// Over the picture of a card lies what the page can lay over all of them, once that is asked for: by the card or for all.
const overs = new Set();
const over = (at) => {
  const node = make("button", { class: "over", type: "button", "aria-pressed": "false", "aria-label": `Lay ${listed(looks.over)} over ${cards[at].id}` }, looks.over.at(-1));
  node.addEventListener("click", () => lay(at, !overs.has(at)));
  return node;
};
const lay = (at, wanted) => {
  if (wanted) overs.add(at);
  else overs.delete(at);
  nodes[at].parentNode.querySelector(".over").setAttribute("aria-pressed", wanted);
  dressCard(at);
  $("over").checked = overs.size === cards.length;
  $("over").indeterminate = overs.size > 0 && overs.size < cards.length;
};
// Only cards that are near the window are drawn on.
const dressCard = (at) => {
  const thumb = nodes[at].querySelector(".thumb");
  const there = thumb.querySelector("svg");
  if (!overs.has(at)) {
    if (there) there.remove();
  } else if (!there && thumb.querySelector("img").src) {
    const shown = drawing(at, stored("r" + at), 15);
    looks.over.forEach((name) => shown.querySelector(".g" + keyOf(name)).classList.add("on"));
    thumb.append(shown);
  }
};
const cells = nodes.map((node, at) => (looks.over.length ? make("div", { class: "cell" }, node, over(at)) : node));
sheet.append(...cells, none);
if (looks.over.length) {
  $("over-all").hidden = false;
  $("over-all").querySelector("span").textContent = `${listed(looks.over)} over all pictures`;
  $("over").addEventListener("change", () => {
    const wanted = $("over").checked;
    cards.forEach((_, at) => lay(at, wanted));
    looks.over.forEach((name) => { $(name).checked = wanted; });
  });
}
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
  nodes.forEach((node, at) => { cells[at].hidden = node.hidden = !keep.has(at); });
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
const boxes = (name, list) => {
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
const paths = (name, list) => {
  const group = draw("g", { class: "g" + name });
  group.append(...list.map(([words, d]) => draw("path", { d }, words)));
  return group;
};
// Each hand is a line from where it turns to its tip, and its letter beyond; `parts` of the longer side is a letter high.
const hands = (name, list, { width, height }, parts) => {
  const group = draw("g", { class: "g" + name });
  const size = Math.max(width, height) / parts;
  const clamped = (value, end) => Math.min(Math.max(value, size * 0.6), end - size * 0.6);
  for (const [letter, [x1, y1, x2, y2], words] of list) {
    const hand = draw("g", { class: "on hand " + letter }, words);
    const line = (kind) => draw("line", { class: kind, x1, y1, x2, y2 });
    const long = Math.hypot(x2 - x1, y2 - y1) || 1;
    const beyond = (from, to) => to + ((to - from) / long) * size * 0.75;
    const tag = draw("text", { x: clamped(beyond(x1, x2), width), y: clamped(beyond(y1, y2), height), "font-size": size });
    tag.append(letter);
    hand.append(line("under"), line("stroke"), draw("circle", { cx: x2, cy: y2, r: size / 6 }), tag, line("near"));
    group.append(hand);
  }
  return group;
};
const FORMS = { boxes, dots, paths, hands };
const keyOf = (name) => looks.layers.find((layer) => layer.name === name).key;
// All layers of a picture, hidden.
const drawing = (at, rest, parts) => {
  const card = cards[at];
  const svg = draw("svg", { viewBox: `0 0 ${card.width} ${card.height}`, "aria-hidden": "true" });
  svg.append(...looks.layers.map(({ name, key, form }) => FORMS[form](key, rest[name], card, parts)));
  return svg;
};
const show = (at) => {
  const card = cards[at];
  const rest = stored("r" + at);
  const last = current;
  current = at;
  const title = card[looks.title];
  const img = make("img", { src: urlOf(at), alt: [title, ...card.small].join(", "), width: card.width, height: card.height });
  const svg = drawing(at, rest, 28);
  const read = draw("g", { class: "gr on" });
  svg.append(read);
  const wrap = make("div", { class: "wrap" }, img, svg);
  $("view").replaceChildren(wrap);
  $("name").textContent = `${card.id} · ${title}`;

  const light = (item, shapes) => {
    read.replaceChildren(...shapes);
    $("about").querySelectorAll(".lit").forEach((other) => other.classList.remove("lit"));
    if (item) item.classList.add("lit");
  };
  const entry = (question, shapes) => {
    const item = make("li", { tabindex: "0" });
    const kind = [question.kind, !["short", question.kind].includes(question.style) && question.style].filter(Boolean).join(", ");
    item.append(make("span", { class: "k" }, kind), make("div", { class: "q" }, question.q), make("div", { class: "a" }, question.a));
    if (question.e) item.append(make("div", { class: "e" }, question.e));
    if (question.follows >= 0) item.classList.add("then");
    if (question.program) {
      const program = make("pre", {}, JSON.stringify(question.program, null, 1));
      item.append(make("details", {}, make("summary", {}, "program"), program));
    }
    if (shapes) for (const event of ["mouseenter", "focusin"]) item.addEventListener(event, () => light(item, shapes()));
    if (shapes) for (const event of ["mouseleave", "focusout"]) item.addEventListener(event, () => light(null, []));
    return item;
  };
  const marks = (numbers) => [...boxes("r", numbers.map((number) => rest.marks[number])).children];
  const asked = rest.questions.map((question) => entry(question, question.reads && (() => marks(question.reads))));
  const pointed = (rest.points || []).map((list) =>
    entry({ q: list.q, a: `${list.points.length} × ${list.name}`, kind: "points", style: "short" }, () => [...dots("r", [list], card).children]));
  const facts = make("dl");
  for (const [name, value] of rest.facts) facts.append(make("dt", {}, name), make("dd", {}, value));
  $("about").replaceChildren(make("h3", {}, `${asked.length} questions`), make("ol", {}, ...asked));
  if (pointed.length) $("about").append(make("h3", {}, "Answered by pointing"), make("ol", {}, ...pointed));
  $("about").append(make("h3", {}, "About the picture"), facts);
  const folded = (rest.parameters || []).map(([name, value]) =>
    make("details", {}, make("summary", {}, name), make("pre", {}, JSON.stringify(value, null, 1))));
  if (folded.length) $("about").append(make("h3", {}, "Parameters"), ...folded);
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
  for (const name of LAYERS) wrap.querySelector(".g" + keyOf(name)).classList.toggle("on", $(name).checked);
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
  } else if (!typing && looks.over.length && KEYS[event.key] === looks.over.at(-1)) {
    $("over").click();
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
