"use strict";
// Text from plans is data: it reaches the page through textContent alone.
const { nodes, edges, words } = JSON.parse(document.getElementById("data").textContent);
const ROLES = ["leads", "supports", "joint"];
const RANKS = ["jurisdiction", "plan", "bureau", "task", "target", "indicator", "year", "document"];
const WIDTH = { jurisdiction: 90, plan: 200, bureau: 200, task: 260, target: 300, indicator: 200, year: 60, document: 240 };
const FILL = { jurisdiction: "#c5d9ed", plan: "#f3e6f5", bureau: "#dde8f3", task: "#fdf1d6", target: "#eef3e2",
  indicator: "#e2f3ea", year: "#f2f2f2", document: "#ececdc" };
const ROW = 26, GAP = 90, LISTED = 150, DRAWN = 300;

const byId = new Map(nodes.map((node, index) => [node.id, index]));
const out = nodes.map(() => []), into = nodes.map(() => []);
edges.forEach(([start, end, kind]) => { out[start].push([end, kind]); into[end].push([start, kind]); });
const state = { chosen: null, search: "", plan: "", role: "", year: "" };
const at = (id) => document.getElementById(id);

function element(tag, attributes, ...children) {
  const svg = ["svg", "g", "path", "rect", "text", "title"].includes(tag) && attributes && attributes.svg;
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) if (name !== "svg") made.setAttribute(name, value);
  for (const child of children) made.append(child);
  return made;
}

const years = (node) => (node.years || "").split("、").map((time) => time.slice(0, 4)).filter(Boolean);
const rolesOf = (task) => into[task].filter(([, kind]) => ROLES.includes(kind));

function taskShown(index) {
  const node = nodes[index];
  return (!state.plan || node.plan === state.plan) && (!state.year || years(node).includes(state.year)) &&
    (!state.role || rolesOf(index).some(([, kind]) => kind === state.role));
}

function shown(index) {
  const node = nodes[index];
  if (node.kind === "task") return taskShown(index);
  if (node.kind === "bureau") return out[index].some(([task, kind]) =>
    ROLES.includes(kind) && (!state.role || kind === state.role) && taskShown(task));
  if (node.kind === "target") return (!state.plan || node.plan === state.plan) && (!state.year || years(node).includes(state.year));
  if (node.kind === "plan") return !state.plan || node.id === "plan:" + state.plan;
  return true;
}

function matches(node) {
  const text = [node.label, node.names, node.section, node.quote].join("\n").toLowerCase();
  return state.search.toLowerCase().split(/\s+/).every((part) => text.includes(part));
}

function item(index, extra) {
  const button = element("button", { class: "item" + (index === state.chosen ? " chosen" : ""), type: "button" }, nodes[index].label);
  if (extra) button.append(element("span", { class: "count" }, " " + extra));
  button.addEventListener("click", () => choose(index));
  return button;
}

function load(index) {
  return out[index].filter(([task, kind]) => ROLES.includes(kind) && (!state.role || kind === state.role) && taskShown(task)).length;
}

function drawList() {
  const list = at("list");
  list.replaceChildren();
  for (const kind of state.search ? ["bureau", "task", "target", "indicator", "document", "plan"] : ["plan", "bureau", "task"]) {
    const found = nodes.map((_, index) => index)
      .filter((index) => nodes[index].kind === kind && shown(index) && (!state.search || matches(nodes[index])));
    if (kind === "bureau") found.sort((one, other) => load(other) - load(one));
    if (!found.length) continue;
    list.append(element("h2", {}, `${words.node[kind]} ${found.length}`));
    for (const index of found.slice(0, LISTED)) list.append(item(index, kind === "bureau" ? String(load(index)) : ""));
    if (found.length > LISTED) list.append(element("p", { class: "remark" }, words.ui.more.replace("{n}", found.length - LISTED)));
  }
  if (!list.childElementCount) list.append(element("p", { class: "remark" }, words.ui.none));
}

// What is drawn: nodes by rank, and edges [start, end, kind, weight].
function overview() {
  const weights = new Map();
  nodes.forEach((node, task) => {
    if (node.kind !== "task" || !taskShown(task)) return;
    for (const [bureau, kind] of rolesOf(task)) {
      if (state.role && kind !== state.role) continue;
      const key = byId.get("plan:" + node.plan) + " " + bureau;
      weights.set(key, (weights.get(key) || 0) + 1);
    }
  });
  return [...weights].map(([key, weight]) => [...key.split(" ").map(Number), "sum", weight]);
}

function around(chosen) {
  const near = new Set([chosen]);
  const add = (index) => { if (shown(index) || !["task", "target"].includes(nodes[index].kind)) near.add(index); };
  for (const [index, kind] of [...out[chosen], ...into[chosen]])
    if (!state.role || !ROLES.includes(kind) || kind === state.role) add(index);
  if (nodes[chosen].kind !== "task") // those who answer for the tasks, and what the tasks must reach
    for (const index of [...near]) if (nodes[index].kind === "task")
      for (const [other, kind] of [...into[index], ...out[index]]) if (ROLES.includes(kind) || kind === "sets") add(other);
  const kept = new Set([...near].slice(0, DRAWN));
  return edges.filter(([start, end, kind]) => kept.has(start) && kept.has(end) && !(kind === "part-of" && nodes[start].kind === "target"))
    .map(([start, end, kind]) => [start, end, kind, 1]);
}

function arranged(drawn, chosen) {
  const present = new Set(drawn.flatMap(([start, end]) => [start, end]));
  if (chosen !== null) present.add(chosen);
  const ranks = RANKS.map((kind) => [...present].filter((index) => nodes[index].kind === kind)).filter((rank) => rank.length);
  const beside = new Map([...present].map((index) => [index, []]));
  for (const [start, end] of drawn) { beside.get(start).push(end); beside.get(end).push(start); }
  for (let sweep = 0; sweep < 6; sweep++) {
    const share = new Map(ranks.flatMap((rank) => rank.map((index, row) => [index, (row + 1) / (rank.length + 1)])));
    for (const rank of sweep % 2 ? [...ranks].reverse() : ranks) {
      const wanted = new Map(rank.map((index) => {
        const near = beside.get(index).filter((other) => nodes[other].kind !== nodes[index].kind);
        return [index, near.length ? near.reduce((sum, other) => sum + share.get(other), 0) / near.length : share.get(index)];
      }));
      rank.sort((one, other) => wanted.get(one) - wanted.get(other));
      rank.forEach((index, row) => share.set(index, (row + 1) / (rank.length + 1)));
    }
  }
  return ranks;
}

// Rows of all nodes: the tallest rank fills the height, a node of another stands beside its neighbours, a row apart.
function rowsOf(ranks, drawn) {
  const most = Math.max(...ranks.map((rank) => rank.length), 1), rows = new Map(), beside = new Map();
  for (const [start, end] of drawn)
    for (const [one, other] of [[start, end], [end, start]]) beside.set(one, [...(beside.get(one) || []), other]);
  for (const rank of [...ranks].sort((one, other) => other.length - one.length)) {
    let free = 0;
    const wanted = rank.map((index, at) => {
      const near = (beside.get(index) || []).filter((other) => rows.has(other));
      return near.length ? near.reduce((sum, other) => sum + rows.get(other), 0) / near.length
        : (at + 0.5) * most / rank.length - 0.5;
    });
    rank.forEach((index, at) => { rows.set(index, Math.max(wanted[at], free)); free = rows.get(index) + 1; });
    let last = most - 1;
    for (const index of [...rank].reverse()) { rows.set(index, Math.min(rows.get(index), last)); last = rows.get(index) - 1; }
  }
  return rows;
}

function shortened(text, room) {
  let used = 0;
  for (let i = 0; i < text.length; i++) {
    used += text.charCodeAt(i) > 0x2e7f ? 12 : 7;
    if (used > room) return text.slice(0, Math.max(i - 1, 0)) + "…";
  }
  return text;
}

function drawView() {
  const drawn = state.chosen === null ? overview() : around(state.chosen);
  const ranks = arranged(drawn, state.chosen);
  const height = Math.max(...ranks.map((rank) => rank.length), 1) * ROW + 20;
  const rows = rowsOf(ranks, drawn);
  const places = new Map();
  let x = 10;
  for (const rank of ranks) {
    const width = WIDTH[nodes[rank[0]].kind];
    for (const index of rank) places.set(index, { x, width, y: (rows.get(index) + 0.5) * ROW + 10 });
    x += width + GAP;
  }
  const svg = element("svg", { svg: 1, width: Math.max(x - GAP + 10, 100), height });
  for (const [start, end, kind, weight] of drawn) {
    const [first, second] = [places.get(start), places.get(end)].sort((one, other) => one.x - other.x);
    const from = first.x + first.width, bend = (second.x - from) / 2;
    const path = element("path", { svg: 1, class: kind, fill: "none", "stroke-width": Math.min(0.6 + weight / 4, 6), "stroke-opacity": state.chosen === null || start === state.chosen || end === state.chosen ? 0.8 : 0.2,
      d: `M${from} ${first.y}C${from + bend} ${first.y} ${second.x - bend} ${second.y} ${second.x} ${second.y}` });
    path.append(element("title", { svg: 1 }, weight > 1 ? String(weight) : words.edge[kind] || ""));
    svg.append(path);
  }
  for (const [index, place] of places) {
    const node = nodes[index];
    const group = element("g", { svg: 1, class: "node", tabindex: 0, role: "button", "data-id": node.id });
    group.append(element("title", { svg: 1 }, node.label),
      element("rect", { svg: 1, x: place.x, y: place.y - 10, width: place.width, height: 20, rx: 3, fill: FILL[node.kind],
        stroke: index === state.chosen ? "#1f4e79" : "#8a9bab", "stroke-width": index === state.chosen ? 2 : 0.6 }),
      element("text", { svg: 1, x: place.x + 6, y: place.y + 4 }, shortened(node.label, place.width - 12)));
    group.addEventListener("click", () => choose(index));
    group.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(index); });
    svg.append(group);
  }
  at("view").replaceChildren(svg);
}

function drawFacts() {
  const facts = at("facts");
  facts.replaceChildren();
  if (state.chosen === null) { facts.append(element("p", { class: "remark" }, words.ui.hint)); return; }
  const node = nodes[state.chosen];
  facts.append(element("p", { class: "remark" }, words.node[node.kind]), element("h3", {}, node.label));
  const plan = byId.get("plan:" + node.plan);
  if (plan !== undefined) facts.append(item(plan));
  for (const key of ["section", "names", "years", "review"])
    if (node[key]) facts.append(element("p", {}, element("span", { class: "remark" }, words.ui[key] + " "), node[key]));
  if (node.quote) facts.append(element("h2", {}, words.ui.quote), element("blockquote", {}, node.quote));
  for (const [links, heading] of [[out[state.chosen], ""], [into[state.chosen], "← "]]) {
    for (const kind of Object.keys(words.edge)) {
      const ends = links.filter(([end, linked]) => linked === kind && end !== plan && (nodes[end].kind !== "task" || taskShown(end)));
      if (!ends.length) continue;
      facts.append(element("h2", {}, `${heading}${words.edge[kind]} ${ends.length}`));
      for (const [end] of ends) {
        facts.append(item(end, years(nodes[end]).join("、")));
        if (nodes[end].quote && nodes[end].kind === "target") facts.append(element("blockquote", {}, nodes[end].quote));
      }
    }
  }
}

function draw() { drawList(); drawView(); drawFacts(); }

function choose(index) {
  state.chosen = index;
  history.replaceState(null, "", index === null ? "#" : "#" + encodeURIComponent(nodes[index].id));
  draw();
}

function options(select, all, pairs) {
  select.append(element("option", { value: "" }, all));
  for (const [value, label] of pairs) select.append(element("option", { value }, label));
  select.addEventListener("change", () => { state[select.id] = select.value; draw(); });
}

at("search").placeholder = words.ui.search;
at("search").addEventListener("input", (event) => { state.search = event.target.value.trim(); drawList(); });
options(at("plan"), words.ui.all_plans, nodes.filter((node) => node.kind === "plan").map((node) => [node.id.slice(5), node.label]));
options(at("role"), words.ui.all_roles, ROLES.map((role) => [role, words.edge[role]]));
options(at("year"), words.ui.all_years, nodes.filter((node) => node.kind === "year").map((node) => [node.label, node.label]).sort());
at("overview").textContent = words.ui.overview;
at("overview").addEventListener("click", () => choose(null));
const asked = byId.get(decodeURIComponent(location.hash.slice(1)));
choose(asked === undefined ? null : asked);
