"use strict";
// The form for notes.yaml: it shows where the page is opened from a folder, and writes nothing by itself.
(() => {
  const form = document.getElementById("notes-form");
  if (!form || location.protocol !== "file:") return;
  const notes = JSON.parse(form.dataset.notes);
  const say = JSON.parse(form.dataset.labels);
  const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const LANGUAGES = ["zh", "en"];
  const PARTS = ["title", "cause", "action", "stop_rule"];
  const drafts = new Map();
  let saved = "";

  const set = (name) => form.querySelector(`fieldset[name="${name}-set"]`);
  const field = (box, name) => box.querySelector(`[name="${name}"]`);
  const readPair = (box, name) => Object.fromEntries(LANGUAGES.map((l) => [l, field(box, `${name}_${l}`).value.trim()]));
  const fillPair = (box, name, said, hint) => LANGUAGES.forEach((l) => {
    const input = field(box, `${name}_${l}`);
    input.value = said[l];
    input.placeholder = hint ? hint[l] : "";
  });
  const isEmpty = (said) => !said.zh && !said.en;
  // One language typed stands for both, unless the other keeps the words that it has.
  const join = (said, other = { zh: "", en: "" }) => {
    const zh = said.zh || other.zh || said.en;
    const en = said.en || other.en || said.zh;
    return zh === en ? zh : { zh, en };
  };
  const fillChoice = (select, items, first) => {
    const options = items.map((item) => new Option(item.label, item.value));
    select.replaceChildren(...(first === undefined ? [] : [new Option(first, "")]), ...options);
  };

  // YAML reads JSON, but not the characters that can't be seen.
  const quote = (value) => JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (one) =>
    `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

  const write = () => {
    const lists = { withdraw: [], accept: [], drop: [], reword: [], add: [] };
    const maps = { comments: {}, ratings: {} };
    for (const draft of drafts.values()) {
      if (draft.lacks) continue;
      for (const [list, entry] of draft.entries ?? []) lists[list].push(entry);
      if (draft.map) maps[draft.map][draft.id] = draft.value;
    }
    const lines = [];
    for (const [name, entries] of Object.entries(lists)) {
      if (entries.length) lines.push(`${name}:`, ...entries.map((entry) => `  - ${quote(entry)}`));
    }
    for (const [name, entries] of Object.entries(maps)) {
      const keys = Object.keys(entries);
      if (keys.length) lines.push(`${name}:`, ...keys.map((key) => `  ${quote(key)}: ${quote(entries[key])}`));
    }
    if (!lines.length) return "";
    return [`# ${new Date().toISOString().slice(0, 10)} · ${notes.run}`, ...lines, ""].join("\n");
  };
  const addPart = (text) => {
    const base = notes.base ?? "";
    if (!base.trim()) return text;
    return `${base}${base.endsWith("\n") ? "" : "\n"}---\n${text}`;
  };

  const tell = (key) => {
    const told = form.querySelector(".dirty");
    const unsaved = key === "dirty";
    told.textContent = say[key].replace("{n}", drafts.size);
    told.classList.toggle("unsaved", unsaved);
  };
  const isUnsaved = () => write() !== saved || [...drafts.values()].some((draft) => draft.lacks);
  const refresh = () => {
    const text = write();
    form.querySelector("#notes-text").value = text;
    const rows = [...drafts].map(([key, draft]) => {
      const row = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = draft.lacks ? `${draft.name} — ${say.incomplete.replace("{fields}", draft.lacks)}` : draft.name;
      const undo = document.createElement("button");
      undo.type = "button";
      undo.textContent = say.undo;
      undo.setAttribute("aria-label", `${say.undo}: ${draft.name}`);
      undo.addEventListener("click", () => { drafts.delete(key); draft.reload(); refresh(); });
      row.append(name, undo);
      return row;
    });
    form.querySelector(".changes").replaceChildren(...rows);
    tell(!drafts.size ? "clean" : isUnsaved() ? "dirty" : "saved");
  };
  const keep = (key, draft) => {
    if (draft) drafts.set(key, draft); else drafts.delete(key);
    refresh();
  };

  // A finding: the whole of what is decided on it replaces what was decided on it before.
  const findings = set("finding");
  const chosen = () => notes.findings[field(findings, "finding").value];
  const readFinding = () => ({
    state: findings.querySelector('[name="state"]:checked')?.value ?? "open",
    reason: readPair(findings, "reason"),
    words: Object.fromEntries(PARTS.map((part) => [part, readPair(findings, part)])),
    owner: field(findings, "owner").value,
  });
  const showFinding = () => {
    const finding = chosen();
    findings.querySelector(".chosen").hidden = !finding;
    if (!finding) return;
    const now = drafts.get(`finding ${field(findings, "finding").value}`)?.now ?? finding;
    findings.querySelectorAll('[name="state"]').forEach((tick) => { tick.checked = tick.value === now.state; });
    fillPair(findings, "reason", now.reason);
    PARTS.forEach((part) => fillPair(findings, part, now.words[part], finding.now[part]));
    field(findings, "owner").value = now.owner;
    findings.querySelector(".wide-note").hidden = !finding.wide;
  };
  const listEntries = (finding, now) => {
    const spot = { code: finding.code, scope: finding.scope };
    const entries = finding.typed ? [["withdraw", spot]] : [];
    if (now.state === "accept") entries.push(["accept", spot]);
    if (now.state === "drop") entries.push(["drop", { ...spot, reason: join(now.reason) }]);
    const words = PARTS.filter((part) => !isEmpty(now.words[part])).map((part) => [part, join(now.words[part], finding.now[part])]);
    if (words.length || now.owner) {
      entries.push(["reword", { ...spot, ...Object.fromEntries(words), ...(now.owner ? { owner: now.owner } : {}) }]);
    }
    return entries;
  };
  const storeFinding = () => {
    const finding = chosen();
    if (!finding) return;
    const now = readFinding();
    const { state, reason, words, owner } = finding;
    const changed = JSON.stringify(now) !== JSON.stringify({ state, reason, words, owner });
    const lacks = now.state === "drop" && isEmpty(now.reason) ? say.reason : "";
    LANGUAGES.forEach((l) => field(findings, `reason_${l}`).setAttribute("aria-invalid", Boolean(lacks)));
    const entries = lacks ? [] : listEntries(finding, now);
    const key = `finding ${field(findings, "finding").value}`;
    keep(key, changed ? { name: finding.now.title[language], now, entries, lacks, reload: showFinding } : null);
  };

  const sections = set("comment");
  const showComment = () => {
    const section = notes.sections[field(sections, "section").value];
    sections.querySelector(".chosen").hidden = !section;
    if (section) fillPair(sections, "comment", drafts.get(`section ${section.id}`)?.said ?? section.said);
  };
  const storeComment = () => {
    const section = notes.sections[field(sections, "section").value];
    if (!section) return;
    const said = readPair(sections, "comment");
    const changed = JSON.stringify(said) !== JSON.stringify(section.said);
    const value = isEmpty(said) ? null : join(said);
    keep(`section ${section.id}`, changed
      ? { name: section.name[language], said, map: "comments", id: section.id, value, reload: showComment } : null);
  };

  const ratings = set("rating");
  const showRating = () => {
    const rubric = notes.rubrics[field(ratings, "rubric").value];
    ratings.querySelector(".chosen").hidden = !rubric;
    if (!rubric) return;
    ratings.querySelector(".asks").textContent =
      `${rubric.asks[language]} 1 = ${rubric.low[language]}; 5 = ${rubric.high[language]}`;
    const now = drafts.get(`rating ${rubric.id}`)?.now ?? rubric;
    field(ratings, "score").value = now.score ?? "";
    fillPair(ratings, "why", now.reason);
    field(ratings, "by").value = now.by;
  };
  const storeRating = () => {
    const rubric = notes.rubrics[field(ratings, "rubric").value];
    if (!rubric) return;
    const score = Number(field(ratings, "score").value) || null;
    const now = { score, reason: readPair(ratings, "why"), by: field(ratings, "by").value.trim() };
    const changed = JSON.stringify(now) !== JSON.stringify({ score: rubric.score, reason: rubric.reason, by: rubric.by });
    const gaps = [...(isEmpty(now.reason) ? [say.why] : []), ...(now.by ? [] : [say.by]), ...(score ? [] : [say.score])];
    const lacks = !gaps.length || (!score && rubric.score) ? "" : gaps.join(", ");
    const value = score ? { score, reason: join(now.reason), by: now.by } : null;
    keep(`rating ${rubric.id}`, changed
      ? { name: rubric.name[language], now, map: "ratings", id: rubric.id, value, lacks, reload: showRating } : null);
  };

  const addition = set("addition");
  let added = 0;
  const putAddition = () => {
    const text = (name) => field(addition, name).value.trim();
    const words = Object.fromEntries(PARTS.map((part) => [part, readPair(addition, part)]));
    const money = ["low", "mid", "high"].map(text);
    const missing = [
      ...["code", "owner", "metric"].filter((name) => !text(name)),
      ...PARTS.filter((part) => isEmpty(words[part])),
      ...(money.some(Boolean) && !money.every(Boolean) ? ["money"] : []),
      ...(money.some(Boolean) && isEmpty(readPair(addition, "basis")) ? ["basis"] : []),
      ...(Number(money[0]) <= Number(money[1]) && Number(money[1]) <= Number(money[2]) ? [] : ["money"]),
    ];
    addition.querySelector(".missing-fields").textContent =
      missing.length ? say.incomplete.replace("{fields}", missing.map((name) => say[name]).join(", ")) : "";
    if (missing.length) return;
    const entry = { code: text("code"), scope: text("place") && text("place_value") ? { [text("place")]: text("place_value") } : {} };
    PARTS.forEach((part) => { entry[part] = join(words[part]); });
    Object.assign(entry, { owner: text("owner"), metric: text("metric"), direction: text("direction") });
    Object.assign(entry, { window_days: Number(text("window")) || 90, confidence: Number(text("confidence")) });
    if (money.every(Boolean)) {
      entry.money = { low: Number(money[0]), mid: Number(money[1]), high: Number(money[2]), basis: join(readPair(addition, "basis")) };
    }
    added += 1;
    keep(`addition ${added}`, { name: words.title[language] || words.title.zh || words.title.en, entries: [["add", entry]], reload: () => {} });
    [...PARTS, "basis"].forEach((part) => fillPair(addition, part, { zh: "", en: "" }));
    ["low", "mid", "high", "place_value"].forEach((name) => { field(addition, name).value = ""; });
  };

  const named = (items) => items.map((item) => ({ value: item.id, label: item.name[language] }));
  const placed = (items, label) => items.map((item, place) => ({ value: String(place), label: label(item) }));
  const labelFinding = (finding) => [finding.now.title[language], finding.place[language]].filter(Boolean).join(" · ");
  fillChoice(field(findings, "finding"), placed(notes.findings, labelFinding), say.choose);
  fillChoice(field(findings, "owner"), named(notes.roles), say.unchanged);
  fillChoice(field(sections, "section"), placed(notes.sections, (section) => section.name[language]), say.choose);
  fillChoice(field(ratings, "rubric"), placed(notes.rubrics, (rubric) => rubric.name[language]), say.choose);
  fillChoice(field(ratings, "score"), [1, 2, 3, 4, 5].map((mark) => ({ value: mark, label: mark })), say.none);
  fillChoice(field(addition, "code"), notes.codes.map((code) => ({ value: code, label: code })), say.choose);
  fillChoice(field(addition, "owner"), named(notes.roles), say.choose);
  fillChoice(field(addition, "place"), named(notes.places), say.none);
  fillChoice(field(addition, "metric"), named(notes.metrics), say.choose);
  fillChoice(field(addition, "direction"), ["up", "down"].map((way) => ({ value: way, label: say[way] })));

  const bind = (box, choice, show, store) => {
    field(box, choice).addEventListener("change", show);
    box.addEventListener("input", (event) => { if (event.target.name !== choice) store(); });
  };
  bind(findings, "finding", showFinding, storeFinding);
  bind(sections, "section", showComment, storeComment);
  bind(ratings, "rubric", showRating, storeRating);
  field(addition, "put").addEventListener("click", putAddition);

  const markSaved = (key) => { saved = write(); tell(isUnsaved() ? "dirty" : saved ? key : "clean"); };
  field(form, "download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([addPart(write())], { type: "text/yaml" }));
    link.download = "notes.yaml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    markSaved("saved");
  });
  field(form, "copy").addEventListener("click", async () => {
    const box = form.querySelector("#notes-text");
    box.select();
    const part = notes.base && notes.base.trim() ? `---\n${box.value}` : box.value;
    const copied = await (navigator.clipboard?.writeText(part).then(() => true, () => false) ?? false);
    if (copied) markSaved("copied"); else tell("selected");
  });
  window.addEventListener("beforeunload", (event) => {
    if (drafts.size && isUnsaved()) event.preventDefault();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  const isWhole = notes.base !== null;
  form.querySelectorAll("[data-when]").forEach((part) => { part.hidden = (part.dataset.when === "whole") !== isWhole; });
  form.hidden = false;
})();
