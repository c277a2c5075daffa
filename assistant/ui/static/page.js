// What the page does by itself in the browser: says that it reads Swedish, sends clicks on our own markup to the program,
// shows the conversation, opens dialogs, copies, and keeps what is typed until it is saved. Asks nothing of any other host.
(() => {
  "use strict";

  // Gradio chooses its own texts, and the page's lang, by the browser's language; this page is Swedish for everyone.
  for (const [name, value] of [["language", "sv"], ["languages", ["sv"]]]) {
    Object.defineProperty(Navigator.prototype, name, { get: () => value, configurable: true });
  }

  const STORE = "uppfoljning:";
  const store = {
    get(key) { try { return localStorage.getItem(STORE + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(STORE + key, value); } catch { /* full or forbidden: typing goes on */ } },
    drop(key) { try { localStorage.removeItem(STORE + key); } catch { /* as above */ } },
  };

  // Light or dark: the system's choice, until the person makes her own.
  function paint() {
    const chosen = store.get("tema");
    const dark = chosen ? chosen === "mork" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.body?.classList.toggle("dark", dark);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }
  // Labels that Gradio writes into its widgets in English whatever the language.
  const LABELS = {
    "More tabs": "Fler flikar", "Close": "Stäng", "Clear": "Rensa", "Remove this file": "Ta bort filen", "Clear all": "Rensa alla",
    "Options": "Val", "Dropdown": "Lista", "Loading": "Läser in", "Error": "Fel", "Warning": "Obs", "Info": "Upplysning", "Upload": "Ladda upp",
    "Click to upload or drop files": "Klicka för att välja filer, eller släpp dem här", "File upload": "Filer att läsa in",
  };
  // What Gradio says in its boxes in English.
  const SAID = {
    "Connection to the server was lost. Attempting reconnection...": "Förbindelsen med programmet bröts. Sidan försöker igen …",
    "Connection errored out.": "Programmet svarar inte.",
  };
  const TOASTS = { Error: "Det gick inte", Info: "Klart", Warning: "Obs" };
  function mend(root) {
    for (const title of root.querySelectorAll?.(".toast-title") ?? []) {
      const word = title.firstChild?.nodeValue?.trim();
      if (TOASTS[word]) title.firstChild.nodeValue = `${TOASTS[word]} `;
    }
    for (const text of root.querySelectorAll?.(".toast-body *") ?? []) {
      const swedish = text.childElementCount ? "" : SAID[text.textContent.trim()];
      if (swedish) text.textContent = swedish;
    }
    // A button inside a button is neither to a screen reader; the inner one, which closes, is the one that matters.
    for (const header of root.querySelectorAll?.(".toast-header[role=button]") ?? []) {
      for (const name of ["role", "tabindex", "aria-expanded"]) header.removeAttribute(name);
    }
    for (const element of root.querySelectorAll?.("[aria-label], [title]") ?? []) {
      for (const name of ["aria-label", "title"]) {
        const swedish = LABELS[element.getAttribute(name)];
        if (swedish) element.setAttribute(name, swedish);
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) mend(node.parentNode ?? node);
    }).observe(document.body, { childList: true, subtree: true });
    paint();
    follow_tabs();
    // Gradio sets the class by itself as it starts; the person's own choice wins.
    new MutationObserver(() => {
      const chosen = store.get("tema");
      if (chosen && document.body.classList.contains("dark") !== (chosen === "mork")) paint();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);

  const say = (text) => {
    let place = document.getElementById("sagt");
    if (!place) {
      place = Object.assign(document.createElement("div"), { id: "sagt", className: "sr" });
      place.setAttribute("role", "status");
      document.body.append(place);
    }
    place.textContent = "";
    setTimeout(() => { place.textContent = text; }, 50);
  };

  function fields(form) {
    const data = {};
    for (const [name, value] of new FormData(form).entries()) {
      if (name in data) data[name] = [].concat(data[name], value); else data[name] = value;
    }
    return data;
  }

  // A sentence that is being replaced keeps her words while the others are drawn anew: what she has written, by the sentence.
  const replacing = new Map();
  function put_back(root) {
    for (const area of root.querySelectorAll("form.put textarea")) {
      if (!replacing.has(area.defaultValue)) continue;
      area.value = replacing.get(area.defaultValue);
      area.form.hidden = false;
      document.querySelector(`[aria-controls="${area.form.id}"]`)?.setAttribute("aria-expanded", "true");
    }
  }
  document.addEventListener("input", (event) => {
    if (event.target.closest?.("form.put")) replacing.set(event.target.defaultValue, event.target.value);
  });
  const give_up = (event) => {
    const form = event.target.closest?.("form.put");
    if (form && (event.type === "submit" || event.target.closest("[data-toggle]"))) replacing.delete(form.querySelector("textarea").defaultValue);
  };
  for (const kind of ["submit", "click"]) document.addEventListener(kind, give_up, true);

  // A panel of our own markup: whatever carries data-do sends that event, with its other data- fields.
  function panel(element, trigger, props, watch) {
    element.closest("#utkast-meningar")?.addEventListener("typed", (event) => trigger("follow", event.detail));
    // What is drawn anew while it has the focus keeps it: a button to stop with is drawn anew with every look at the work.
    let focused = null;
    document.addEventListener("focusin", (event) => {
      focused = element.contains(event.target) ? { ...event.target.closest("[data-do]")?.dataset } : null;
    });
    const again = () => {
      const alike = [...element.querySelectorAll(`[data-do="${focused.do}"]`)];
      return alike.find((other) => other.dataset.number === focused.number) ?? alike.at(-1);
    };
    // A file that the program has made ready is fetched once.
    watch("value", () => {
      if (focused?.do && document.activeElement === document.body) again()?.focus();
      const ready = element.querySelector("a[data-fetch]");
      if (ready) { ready.removeAttribute("data-fetch"); ready.click(); }
      ticks(element);
      put_back(element);
      mark_unsaved(element);
    });
    const send = (source, extra) => {
      const { do: name, ...data } = source.dataset;
      trigger(name, { ...data, ...extra });
    };
    element.addEventListener("click", (event) => {
      const source = event.target.closest("[data-do]");
      if (!source || source.tagName === "FORM" || source.tagName === "SELECT" || source.disabled || !element.contains(source)) return;
      event.preventDefault();
      if (source.dataset.confirm && !source.dataset.sure) return ask_first(source, () => send(source));
      if (source.dataset.do === "go") return go(source.dataset.tab);
      send(source, source.form && source.dataset.fields !== undefined ? fields(source.form) : {});
    });
    element.addEventListener("submit", (event) => {
      const form = event.target.closest("form[data-do]");
      if (!form) return;
      event.preventDefault();
      send(form, fields(form));
    });
    // What the browser says of a field that is not right, in Swedish.
    element.addEventListener("invalid", (event) => {
      const field = event.target;
      field.setCustomValidity("");
      if (field.validity.valueMissing) field.setCustomValidity("Fyll i det här fältet.");
      else if (field.validity.patternMismatch) field.setCustomValidity(field.title);
    }, true);
    element.addEventListener("input", (event) => event.target.setCustomValidity?.(""));
    element.addEventListener("change", (event) => {
      const source = event.target.closest("select[data-do]");
      if (source) send(source, { value: source.value });
    });
  }

  // The conversation: turns are added, replaced or taken away; what is open in older turns stays as it is.
  function thread(element, trigger, props, watch) {
    panel(element, trigger, props, watch);
    const list = element.querySelector(".thread-list");
    const apply = () => {
      const step = props.value;
      if (!step || !step.op) return;
      if (step.op === "set") list.innerHTML = step.html;
      else if (step.op === "restore") {
        if (list.querySelector(".turn") || !step.html) return;
        list.innerHTML = step.html;
        list.lastElementChild.scrollIntoView({ block: "start" });
      } else {
        const waiting = list.querySelector(".turn.waiting");
        const known = step.turn ? list.querySelector(`.turn[data-turn="${CSS.escape(String(step.turn))}"]`) : null;
        const made = document.createElement("template");
        made.innerHTML = step.html;
        const turn = made.content.firstElementChild;
        if (known) known.replaceWith(turn); else { waiting?.remove(); list.append(turn); }
        if (step.op === "add") {
          turn.scrollIntoView({ block: "start", behavior: calm() });
          say(turn.querySelector(".say, .remark")?.textContent ?? "Svaret är klart.");
          if ("summarise" in turn.dataset) setTimeout(() => trigger("summarise", { turn: step.turn }), 100);
        }
      }
    };
    watch("value", apply);
    apply();
  }
  // What a model writes above an answer. The turn may have been taken away meanwhile.
  function above(element, trigger, props, watch) {
    watch("value", () => {
      const step = props.value;
      const place = step?.turn && document.querySelector(`.turn[data-turn="${CSS.escape(String(step.turn))}"] .summary-place`);
      if (!place) return;
      const begun = place.childElementCount > 0;
      const stop = document.activeElement?.closest(".summary-place [data-do=stop]") !== null;
      place.innerHTML = step.html;
      const button = place.querySelector("[data-do=stop]");
      if (stop) button?.focus();  // it is drawn anew with every look
      if (!begun || !button) say(place.querySelector("h3, .flag")?.textContent ?? "");
    });
  }
  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // Shown at once while the program looks.
  function waiting(text) {
    const list = document.querySelector(".thread-list");
    if (!list || !text || !text.trim()) return;
    list.querySelector(".turn.waiting")?.remove();
    const turn = document.createElement("article");
    turn.className = "turn waiting";
    const asked = document.createElement("h2");
    asked.className = "asked";
    asked.textContent = text.trim();
    const note = document.createElement("p");
    note.className = "remark";
    note.textContent = "Letar i rapporterna …";
    turn.append(asked, note);
    list.append(turn);
    turn.scrollIntoView({ block: "start", behavior: calm() });
  }

  // An answer that could not be had leaves no empty turn behind.
  const settle = () => document.querySelector(".turn.waiting")?.remove();

  // A dialog whose content the program sends: opened when new content comes, at the mark it holds.
  function dialog(element, trigger, props, watch) {
    panel(element, trigger, props, watch);
    const box = element.querySelector("dialog");
    let opener = null;
    const inside = box.querySelector(".dialog-inside");
    box.addEventListener("click", (event) => {
      if (event.target === box || event.target.closest("[data-close]")) box.close();
    });
    box.addEventListener("close", () => opener?.focus?.());
    watch("value", () => {
      const step = props.value;
      if (!step || !step.html) return;
      inside.innerHTML = step.html;
      opener = document.activeElement;
      if (!box.open) box.showModal();
      const target = inside.querySelector("mark, [data-here]");
      requestAnimationFrame(() => (target ? target.scrollIntoView({ block: "center" }) : inside.scrollTo(0, 0)));
    });
  }

  // "Är du säker?" in a dialog of its own before something is taken away.
  function ask_first(source, then) {
    const box = document.createElement("dialog");
    box.className = "sure";
    const text = document.createElement("p");
    text.textContent = source.dataset.confirm;
    text.id = "sure-text";
    box.setAttribute("aria-labelledby", "sure-text");
    const row = document.createElement("div");
    row.className = "row";
    const no = Object.assign(document.createElement("button"), { type: "button", className: "act", textContent: "Avbryt" });
    const yes = Object.assign(document.createElement("button"), { type: "button", className: "act danger", textContent: source.dataset.yes || "Ta bort" });
    no.onclick = () => box.close();
    yes.onclick = () => { box.close(); then(); };
    row.append(no, yes);
    box.append(text, row);
    box.addEventListener("close", () => { box.remove(); source.focus(); });
    (document.querySelector(".gradio-container") ?? document.body).append(box);
    box.showModal();
    no.focus();
  }

  // On a narrow screen some tabs are in a menu of their own, where only their names tell them apart.
  const plain = (text) => text.trim().toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const folded = (tab) => [...document.querySelectorAll(".overflow-dropdown button")].find((item) => plain(item.textContent) === tab);
  const go = (tab) => (document.getElementById(`flik-${tab}-button`) ?? folded(tab))?.click();

  // Each tab has an address (#utkast), so that the browser's back button goes to the tab before and a reload stays where one is.
  const shown_tab = () => [...document.querySelectorAll('#flikar > [role="tabpanel"]')].find((part) => part.offsetParent !== null)?.id.replace("flik-", "");
  function follow_tabs() {
    const first = location.hash.slice(1);
    const started = setInterval(() => {
      if (!shown_tab()) return;
      clearInterval(started);
      if (first && first !== shown_tab()) go(first);
      new MutationObserver(() => {
        const tab = shown_tab();
        if (!tab || tab === (location.hash.slice(1) || "fraga")) return;
        history.pushState(null, "", `#${tab}`);
        mark_unsaved(document);
      }).observe(document.getElementById("flikar"), { attributes: true, attributeFilter: ["style", "aria-selected"], childList: true, subtree: true });
    }, 50);
    addEventListener("popstate", () => {
      document.querySelectorAll("dialog[open]").forEach((box) => box.close());
      go(location.hash.slice(1) || "fraga");
    });
  }

  // Copying: the text of the nearest hidden field.
  async function copy(button) {
    const field = button.closest(".card, .turn, .copy-area")?.querySelector(":scope > footer > textarea.plain, :scope > textarea.plain");
    const text = button.dataset.copyFrom ? document.querySelector(button.dataset.copyFrom)?.value ?? "" : field?.value ?? "";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = button.innerHTML;
    button.textContent = "Kopierat";
    say("Kopierat.");
    setTimeout(() => { button.innerHTML = before; }, 1600);
  }

  // The conversation as a text file, made here.
  function saveTalk() {
    const turns = [...document.querySelectorAll(".thread-list .turn")].map((turn) => {
      const asked = turn.querySelector(".asked")?.lastChild?.textContent ?? "";
      const answer = turn.querySelector(".turn-foot > textarea.plain")?.value ?? "";
      const summary = turn.querySelector(".summary-text")?.innerText.trim();
      return `Fråga: ${asked.trim()}\n\n${summary ? `Sammanfattning: ${summary}\n\n` : ""}${answer}`;
    });
    if (!turns.length) return say("Det finns inget samtal att spara.");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([turns.join("\n\n\n") + "\n"], { type: "text/plain;charset=utf-8" }));
    link.download = `samtal ${new Date().toISOString().slice(0, 10)}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 5000);
  }

  // What was said is of the tab that is left, and on a narrow screen it lies over the menu with the others.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".tab-wrapper")) document.querySelectorAll(".toast-close").forEach((close) => close.click());
  }, true);

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-copy], [data-copy-from], [data-toggle], [data-theme-switch], [data-forget], [data-drop], [data-focus]");
    if (!target) return;
    if (target.dataset.focus) return document.querySelector(target.dataset.focus)?.focus();
    if ("drop" in target.dataset) return target.closest("fieldset").remove();
    if ("forget" in target.dataset) {
      for (const key of Object.keys(localStorage)) if (key.startsWith(STORE)) localStorage.removeItem(key);
      return location.reload();
    }
    if ("themeSwitch" in target.dataset) {
      store.set("tema", document.body.classList.contains("dark") ? "ljus" : "mork");
      paint();
    } else if (target.dataset.toggle) {
      const part = document.getElementById(target.dataset.toggle);
      if (!part) return;
      part.hidden = !part.hidden;
      target.setAttribute("aria-expanded", String(!part.hidden));
      (part.hidden ? document.querySelector(`[aria-controls="${part.id}"]`) : part.querySelector("textarea, input, button"))?.focus();
      document.querySelector(`[aria-controls="${part.id}"]`)?.setAttribute("aria-expanded", String(!part.hidden));
    } else copy(target);
  });

  // What is typed and chosen in the draft is kept in this browser, by item and year, until it is saved.
  const KEPT = ["anteckningar", "text", "svar", "lage"];
  const BOXES = { "utkast-anteckningar": 0, "utkast-text": 1, "utkast-svar": 2, "utkast-lage": 3 };
  const place = () => document.querySelector("#utkast-plats [data-place]")?.dataset.place ?? "";
  const remark = (text) => {
    const note = document.getElementById("utkast-sparat");
    if (note) note.textContent = text;
  };
  document.addEventListener("input", (event) => {
    const box = event.target.closest?.(Object.keys(BOXES).map((id) => `#${id}`).join());
    if (!box || !place()) return;
    store.set(`${KEPT[BOXES[box.id]]}:${place()}`, event.target.value);
    remark("Sparas i den här webbläsaren medan du skriver.");
    if (box.id === "utkast-text") trace_soon();
  });
  // Once she has stopped typing, the sentences below are traced to their sources anew.
  let tracing;
  function trace_soon() {
    clearTimeout(tracing);
    const detail = { place: place() };
    tracing = setTimeout(() => document.getElementById("utkast-meningar")?.dispatchEvent(new CustomEvent("typed", { detail })), 1200);
  }
  // A draft that was made or changed by a button is kept like one that was typed: notes, text, answer and state.
  function keep(typed) {
    const where = place();
    if (where) KEPT.forEach((name, at) => store.set(`${name}:${where}`, typed[at] ?? ""));
  }
  // In the overview: the items with text that this browser alone has, which no file and no colleague gets.
  function mark_unsaved(root) {
    const told = root.querySelector("[data-unsaved]");
    if (!told) return;
    const cells = [...root.querySelectorAll('[data-do="draft"][data-year]')].filter(({ dataset }) =>
      store.get(`text:${dataset.item.replace(/[^/]*$/, "")}${dataset.year}`)?.trim());
    root.querySelectorAll(".mark-unsaved").forEach((mark) => mark.remove());
    for (const cell of cells) cell.append(Object.assign(document.createElement("span"), { className: "mark-flip mark-unsaved", textContent: "osparat" }));
    told.hidden = !cells.length;
    const many = cells.length === 1 ? "En punkt" : `${cells.length} punkter`;
    told.textContent = `⚑ ${many} har text som bara finns i den här webbläsaren. Öppna och spara, så kommer den med i filer och räkning.`;
  }
  // Given what the library holds for an item and year, what was typed here and never saved comes first.
  function unsaved(held) {
    const where = place();
    if (!where) return held;
    const typed = KEPT.map((name) => store.get(`${name}:${where}`));
    remark(typed.some((value, at) => value !== null && value !== (held[at] ?? "")) ? "Det du skrev senast, och inte sparade, är tillbaka." : "");
    const back = held.map((value, at) => (at < 2 ? typed[at] ?? value : typed[at] || value));
    // Notes that came into the library meanwhile, from a file or a colleague, stand with those typed here.
    const lines = (text) => (text ?? "").split("\n").map((line) => line.replace(/^\s*[-*•]\s*/, "").trim()).filter(Boolean);
    const more = lines(held[0]).filter((line) => !lines(back[0]).includes(line));
    back[0] = [...(back[0]?.trim() ? [back[0].trimEnd()] : []), ...more].join("\n");
    return back;
  }
  // The item and year that were open last, for when the page is opened again.
  function remember(item, year) {
    if (item) store.set("oppet", JSON.stringify([item, year]));
    return [];
  }
  function last() {
    try { return JSON.parse(store.get("oppet")); } catch { return null; }
  }

  // What is saved is what stood there at the click; what is typed while that goes on is kept as before.
  let sent = [];
  function saving(values) {
    sent = KEPT.map((name) => [`${name}:${place()}`, store.get(`${name}:${place()}`)]);
    return values;
  }
  function saved() {
    const done = sent.filter(([key, value]) => store.get(key) === value);
    for (const [key] of done) store.drop(key);
    if (done.length === sent.length) remark("");
  }

  // What the officer ticks off of earlier promises, kept by item and year as well.
  function ticks(root) {
    const boxes = [...root.querySelectorAll("[data-tick]")];
    if (!boxes.length) return;
    const key = `bockat:${boxes[0].dataset.tickPlace}`;
    const known = JSON.parse(store.get(key) ?? "{}");
    const count = () => {
      const shown = root.querySelector("[data-tick-count]");
      if (shown) shown.textContent = `${boxes.filter((box) => box.checked).length} av ${boxes.length} avbockade.`;
    };
    for (const box of boxes) {
      box.checked = known[box.dataset.tick] ?? box.checked;
      box.onchange = () => {
        known[box.dataset.tick] = box.checked;
        store.set(key, JSON.stringify(known));
        count();
      };
    }
    count();
  }

  const show = (id) => document.getElementById(id)?.scrollIntoView({ block: "nearest", behavior: calm() });

  // Gradio shows no error of what goes beside its queue, and says in English that the program does not answer.
  function alarm(text) {
    let place = document.getElementById("fel");
    if (!place) {
      place = Object.assign(document.createElement("div"), { id: "fel" });
      place.setAttribute("role", "alert");
      const close = Object.assign(document.createElement("button"), { type: "button", className: "act", textContent: "Stäng" });
      close.onclick = () => { place.hidden = true; };
      place.append(document.createElement("p"), close);
      (document.querySelector(".gradio-container") ?? document.body).append(place);
    }
    place.hidden = false;
    place.firstElementChild.textContent = text;
  }
  const unescaped = (text) => new DOMParser().parseFromString(text, "text/html").documentElement.textContent;
  const asked = window.fetch;
  window.fetch = async (...request) => {
    const address = String(request[0]?.url ?? request[0]);
    let answer;
    try { answer = await asked(...request); } catch (error) {
      if (error?.name !== "AbortError" && /\/gradio_api\/(run|queue\/join)/.test(address)) {
        alarm("Programmet svarar inte. Är det stängt? Starta det igen och ladda om sidan; det du har skrivit finns kvar i den här webbläsaren.");
      }
      throw error;
    }
    if (answer.status >= 400 && /\/gradio_api\/run\//.test(address)) {
      const said = await answer.clone().json().then((body) => body.error, () => null);
      alarm(said ? unescaped(said) : "Något gick fel i programmet. Ladda om sidan och försök igen.");
    }
    return answer;
  };

  window.sida = { show, panel, thread, above, dialog, waiting, settle, saveTalk, keep, unsaved, remember, last, saving, saved, say, go };
})();
