// Live updates, clocks, the alarm and the flow graph. Everything else is HTML from the server.
"use strict";
(() => {
  const body = document.body;
  let now = Number(body.dataset.now);
  const place = "Asia/Shanghai";
  const format = new Intl.DateTimeFormat("zh-CN", { timeZone: place, hour12: false, month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });

  const chinese = document.documentElement.lang.startsWith("zh");

  // How long ago, with units: "8:00" reads like a time of day.
  function ago(ms) {
    const m = Math.floor(ms / 60000), h = Math.floor(m / 60), d = Math.floor(h / 24);
    const [day, hour, minute, second] = chinese ? [" 天 ", " 小时 ", " 分", " 秒"] : [" d ", " h ", " min", " s"];
    if (m < 1) return Math.floor(ms / 1000) + second;
    if (h < 1) return m + minute;
    return d < 3 ? h + hour + m % 60 + minute : d + day + h % 24 + hour;
  }

  // Terms of months in days: nobody reads 3,693 hours. Those of a stop, 48 hours, keep their seconds.
  function span(ms) {
    const s = Math.floor(Math.abs(ms) / 1000), h = Math.floor(s / 3600), m = Math.floor(s % 3600 / 60);
    if (h >= 72) {
      return Math.floor(h / 24) + (chinese ? " 天 " : " d ") + h % 24 + (chinese ? " 小时" : " h");
    }
    const two = n => String(n).padStart(2, "0");
    return (h > 0 ? h + ":" + two(m) : m) + ":" + two(s % 60);
  }

  // Clocks count the engine's ticks, not this machine's time: they stand still when the ticks do.
  function showClocks() {
    const clock = document.getElementById("clock");
    if (clock && now > 0) clock.textContent = format.format(new Date(now));
    document.querySelectorAll("[data-until]").forEach(one => {
      const left = Number(one.dataset.until) - now;
      one.textContent = (left < 0 ? (chinese ? "已过 " : "over by ") : "") + span(left);
      one.classList.toggle("soon", left >= 0 && left < Number(one.dataset.warn || 4 * 3600 * 1000));
      one.classList.toggle("over", left < 0);
    });
    document.querySelectorAll("[data-since]").forEach(one => {
      one.textContent = ago(Math.max(0, now - Number(one.dataset.since)));
    });
  }

  // Without ticks nothing falls due and nothing new comes: a page that looks calm would be wrong.
  let heard = Date.now();
  function silence() {
    show("silent", Date.now() - heard >= Number(body.dataset.silent));
  }

  // The alarm sounds until somebody acknowledges. Browsers let a page sound only after a key or click: until then it is
  // suspended, and does not begin by itself when the hand comes.
  let sound;
  function alarm() {
    const stands = document.querySelector("button.alarm") !== null || unread();
    if (stands) beep();
    const mute = document.getElementById("mute");
    if (mute) mute.hidden = !stands || sound === undefined || sound.state !== "suspended";
  }

  // Where nothing new can be heard of, that is heard: until somebody has read it, for whoever hears alarms at all.
  function unread() {
    return [...document.querySelectorAll("[data-quiet]")].some(one => !one.closest(".silent").hidden && one.dataset.quiet === "");
  }

  function awake() {
    if (sound !== undefined && sound.state === "suspended") sound.resume().then(alarm);
  }

  function beep() {
    try {
      if (sound === undefined) {
        sound = new AudioContext();
        sound.onstatechange = () => { body.dataset.sound = sound.state; };
        body.dataset.sound = sound.state;
      }
      // What is begun while nothing can be heard would be heard all at once.
      if (sound.state === "suspended") return;
      const tone = sound.createOscillator(), gain = sound.createGain();
      tone.frequency.value = 880;
      gain.gain.value = 0.06;
      tone.connect(gain).connect(sound.destination);
      tone.start();
      tone.stop(sound.currentTime + 0.25);
    } catch (e) { /* a browser without sound still shows the button */ }
  }

  let graph;
  // Hops from left to right in columns, each account beside those that paid it: as wide as the box where that
  // leaves room for the amounts between, so that a small flow is read without zooming.
  function places(elements, box) {
    const columns = [], row = {}, payers = {};
    elements.forEach(({ data }) => {
      if (data.source) (payers[data.target] = payers[data.target] || []).push(data.source);
      else (columns[data.hop] = columns[data.hop] || []).push(data.id);
    });
    const used = columns.filter(Boolean);
    const wide = Math.max(100, (box.clientWidth - 110) / Math.max(1, used.length - 1));
    const tall = Math.max(64, (box.clientHeight - 90) / Math.max(1, Math.max(...used.map(ids => ids.length)) - 1));
    const place = {};
    used.forEach((ids, x) => {
      const wish = id => {
        const known = (payers[id] || []).filter(from => from in row);
        return known.length ? known.reduce((sum, from) => sum + row[from], 0) / known.length : 0;
      };
      const sorted = ids.map((id, i) => [wish(id), i, id]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      sorted.forEach(([, , id], i) => {
        row[id] = i - (ids.length - 1) / 2;
        place[id] = { x: x * wide, y: row[id] * Math.min(tall, 130) };
      });
    });
    return place;
  }

  function drawFlow() {
    const box = document.getElementById("flow");
    if (!box || typeof cytoscape === "undefined") return;
    fetch(box.dataset.source, { credentials: "same-origin" }).then(r => r.ok ? r.json() : []).then(elements => {
      const told = JSON.stringify(elements);
      if (graph && box.dataset.told === told) return;
      box.dataset.told = told;
      if (graph) graph.destroy();
      graph = cytoscape({
        container: box,
        elements,
        userZoomingEnabled: true,
        maxZoom: 1.4,
        style: [
          { selector: "node", style: { "background-color": "#7db7ff", label: "data(label)", color: "#e8e3d8", "font-size": 11, "text-valign": "bottom", "text-margin-y": 5, width: 26, height: 26 } },
          { selector: "node[kind='victim']", style: { "background-color": "#6fd08c", shape: "round-rectangle" } },
          { selector: "node[kind='outside']", style: { "background-color": "#ff6b6b", shape: "diamond" } },
          { selector: "node[stop='asked']", style: { "border-width": 3, "border-color": "#ff8f5a" } },
          { selector: "node[stop='stopped']", style: { "border-width": 4, "border-color": "#6fd08c" } },
          { selector: "node[stop='never']", style: { "background-color": "#263240", "border-width": 3, "border-style": "dashed", "border-color": "#b9b2a4", shape: "hexagon", "text-wrap": "wrap" } },
          { selector: "edge", style: { width: 2, "line-color": "#4a5a6c", "target-arrow-color": "#f3c969", "target-arrow-shape": "triangle", "curve-style": "bezier", label: "data(label)", "text-wrap": "wrap", color: "#f3c969", "font-size": 10, "text-background-color": "#0b0f14", "text-background-opacity": 1, "text-background-padding": 2 } }
        ],
        layout: { name: "preset", fit: false, positions: places(elements, box) }
      });
      const drawn = graph.elements().boundingBox();
      if (drawn.w > box.clientWidth || drawn.h > box.clientHeight) graph.fit(undefined, 12); else graph.center();
      box.dataset.nodes = String(graph.nodes().length);
    });
  }

  // Charts of the wall. No tooltips: the policy forbids the styles that they would bring.
  const charts = {};
  function drawCharts() {
    const boxes = [...document.querySelectorAll("[data-chart]")];
    if (boxes.length === 0 || typeof echarts === "undefined") return;
    fetch("/wall/charts.json", { credentials: "same-origin" }).then(r => r.json()).then(data => {
      const text = { color: "#e8e3d8", fontSize: 14 };
      const axis = { axisLabel: { ...text, interval: 0 }, axisLine: { lineStyle: { color: "#4a5a6c" } }, splitLine: { lineStyle: { color: "#263240" } } };
      const shades = ["#6fd08c", "#f3c969", "#ff8f5a", "#ff6b6b"];
      const bar = (names, series, extra) => ({
        animation: false, textStyle: text, grid: { left: 12, right: 16, top: 36, bottom: 10, containLabel: true },
        xAxis: { type: "category", data: names, ...axis }, yAxis: { type: "value", minInterval: 1, ...axis }, series, ...extra
      });
      const one = values => [{ type: "bar", barMaxWidth: 70, label: { show: true, position: "top", ...text }, data: values }];
      const options = {
        clocks: bar(data.clocks.names, one(data.clocks.values.map((value, i) => ({ value, itemStyle: { color: shades[i] } })))),
        levels: bar(data.levels.names, one(data.levels.values.map(value => ({ value, itemStyle: { color: "#7db7ff" } })))),
        banks: bar(data.banks.names, [
          { name: data.banks.words[0], type: "bar", barMaxWidth: 40, data: data.banks.median, itemStyle: { color: "#7db7ff" } },
          { name: data.banks.words[1], type: "bar", barMaxWidth: 40, data: data.banks.longest, itemStyle: { color: "#ff8f5a" } }
        ], { legend: { textStyle: text, top: 4 } })
      };
      boxes.forEach(box => {
        const name = box.dataset.chart;
        charts[name] = charts[name] || echarts.init(box);
        charts[name].setOption(options[name]);
      });
      body.dataset.charts = "true";
    });
  }

  // At most one in 600 ms, and never without the last: htmx's own throttle drops what comes in between.
  function spaced(act) {
    let last = 0, timer = null;
    return () => {
      if (timer !== null) return;
      timer = setTimeout(() => { timer = null; last = Date.now(); act(); }, Math.max(0, last + 600 - Date.now()));
    };
  }

  // Without a line nothing pressed arrives and nothing new is shown. A line that breaks is opened anew by the browser, but not
  // one that was answered with an error, as whatever ends TLS before the desk answers while the desk starts anew.
  const RETRY = 3000, AWAY_AFTER = 6000, PATIENCE = 5000;
  const missing = new Set();
  let away = null;
  function lost(what) {
    missing.add(what);
    if (away === null) away = setTimeout(() => { show("away", true); }, AWAY_AFTER);
  }
  function found(what) {
    missing.delete(what);
    if (missing.size > 0) return;
    clearTimeout(away);
    away = null;
    show("away", false);
  }
  function show(id, shown) {
    const banner = document.getElementById(id);
    if (!banner || banner.hidden === !shown) return;
    banner.hidden = !shown;
    banner.querySelectorAll("[data-quiet]").forEach(one => { one.dataset.quiet = ""; });
    if (shown) alarm();
  }

  // A session that is over: a page leads to the login, but not one on which somebody has typed for minutes.
  function ended() {
    if (document.querySelector("form[data-typed]")) show("ended", true); else location.assign("/login");
  }

  // Nobody's hand for as long as a session may rest: the page is covered, the alarm goes on (ADR-0177). The wall shows sums alone
  // and hangs where nobody touches it.
  const TELL_EVERY = 60000;
  let hand = Date.now(), told = Date.now(), touched = false;
  ["keydown", "pointerdown", "wheel"].forEach(name => document.addEventListener(name, () => { hand = Date.now(); touched = true; }, { capture: true, passive: true }));
  function byItself(event) {
    return !event || /^(desk-|load)/.test(event.type);
  }
  function lock() {
    if (body.dataset.live !== "true" || document.querySelector("[data-chart]")) return;
    body.dataset.locked = "true";
    show("locked", true);
  }
  function unlock() {
    delete body.dataset.locked;
    show("locked", false);
    if (!document.querySelector("form[data-typed]")) location.reload();
  }
  function tell() {
    touched = false;
    told = Date.now();
    return fetch("/live", { credentials: "same-origin", cache: "no-store", redirect: "error", headers: { "X-By-Hand": "1" } }).then(answer => {
      if (answer.body) answer.body.cancel();
      return answer;
    });
  }
  function attended() {
    if (body.dataset.live !== "true" || body.dataset.locked) return;
    if (Date.now() - hand >= Number(body.dataset.idle)) lock();
    else if (touched && Date.now() - told >= TELL_EVERY) tell().then(answer => { if (answer.status === 401) over(); }, () => {});
  }
  function over() {
    fetch("/alarms/bell", { credentials: "same-origin", cache: "no-store", redirect: "error", headers: { "X-By-Itself": "1" } })
      .then(answer => { if (answer.status === 401) ended(); else lock(); }, () => {});
  }
  // Somebody has logged in beside this page and comes back to it.
  window.addEventListener("focus", () => { if (body.dataset.locked) tell().then(answer => { if (answer.ok) unlock(); }, () => {}); });

  function again() {
    fetch("/live", { credentials: "same-origin", cache: "no-store", redirect: "error" }).then(answer => {
      // Asked only whether there is a line: one that is left open would be a second one of this page.
      if (answer.body) answer.body.cancel();
      if (answer.status === 401) ended(); else if (answer.ok) live(); else setTimeout(again, RETRY);
    }, () => setTimeout(again, RETRY));
  }

  function live() {
    if (body.dataset.live !== "true") return;
    const source = new EventSource("/live?case=" + encodeURIComponent(body.dataset.case || "") + "&made=" + encodeURIComponent(body.dataset.made));
    source.addEventListener("clock", e => { now = Number(e.data) || now; heard = Date.now(); silence(); showClocks(); });
    ["queue", "acts", "case"].forEach(name => source.addEventListener(name, spaced(() => htmx.trigger(body, "desk-" + name))));
    source.addEventListener("open", () => { body.dataset.connected = "true"; found("line"); });
    source.addEventListener("error", () => {
      body.dataset.connected = "false";
      lost("line");
      if (source.readyState === EventSource.CLOSED) setTimeout(again, RETRY);
    });
  }

  // What was pressed and has no answer after five seconds, or a broken one, is not sent as far as anybody knows: the page says
  // so and whom to phone, as it does of an act without the job's word. An answer that comes later takes it back.
  const pressed = new Map();
  let unheard = null;
  function sayUnheard(xhr) {
    const form = pressed.get(xhr), box = document.getElementById("unheard");
    if (!form || !box) return;
    unheard = xhr;
    box.querySelector("[data-pressed]").textContent = form.label;
    const list = box.querySelector("ul"), near = form.near.isConnected ? form.near : document;
    const duty = near.matches && near.matches("[data-duty]") ? [near] : [...near.querySelectorAll("[data-duty]")];
    const places = (duty.length ? duty : [...document.querySelectorAll("[data-duty]")])
      .map(one => one.dataset.duty + " " + (one.dataset.phone || box.dataset.none));
    list.replaceChildren(...[...new Set(places)].map(place => {
      const line = document.createElement("li");
      line.textContent = place;
      return line;
    }));
    box.hidden = false;
  }
  body.addEventListener("htmx:beforeSend", e => {
    const by = e.detail.requestConfig.triggeringEvent;
    // What goes along with typing is no press.
    if (e.detail.requestConfig.verb === "get" || !by || !/^(submit|click)$/.test(by.type)) return;
    const form = { label: (by.submitter || e.detail.elt).textContent.trim().slice(0, 40), near: e.detail.elt.closest("article") || document };
    pressed.set(e.detail.xhr, form);
    form.timer = setTimeout(() => sayUnheard(e.detail.xhr), PATIENCE);
  });
  body.addEventListener("htmx:afterRequest", e => {
    const xhr = e.detail.xhr, answered = xhr.status > 0 && xhr.status < 500;
    if (answered) found("answer"); else lost("answer");
    if (!pressed.has(xhr)) return;
    clearTimeout(pressed.get(xhr).timer);
    if (!answered) sayUnheard(xhr);
    else if (unheard === xhr) show("unheard", false);
    pressed.delete(xhr);
  });
  body.addEventListener("htmx:configRequest", e => {
    const alone = byItself(e.detail.triggeringEvent) && !touched;
    if (alone) e.detail.headers["X-By-Itself"] = "1"; else { touched = false; told = Date.now(); }
  });
  body.addEventListener("htmx:beforeOnLoad", e => {
    if (e.detail.xhr.status !== 401) return;
    const alone = byItself(e.detail.requestConfig.triggeringEvent);
    if (!alone && !document.querySelector("form[data-typed]")) return;
    e.preventDefault();
    if (alone) over(); else ended();
  });

  // Transfers beyond the first appear when the one before is begun.
  function rows() {
    const all = [...document.querySelectorAll("fieldset.transfer")];
    const begun = row => [...row.querySelectorAll("input")].some(input => input.value !== "");
    all.forEach((row, i) => { row.hidden = i > 0 && !begun(row) && !begun(all[i - 1]); });
  }

  // A person in the middle of choosing must not have the form swapped away under the hand, nor one that is unfolded to be filled.
  function underTheHand(e) {
    const target = e.detail.target;
    if (!target || !byItself(e.detail.requestConfig.triggeringEvent)) return false;
    const active = document.activeElement;
    return target.querySelector("details[data-form][open]") !== null
      || active && target.contains(active) && /^(SELECT|INPUT|TEXTAREA)$/.test(active.tagName) && active.type !== "checkbox";
  }
  body.addEventListener("htmx:beforeRequest", e => { if (underTheHand(e)) e.preventDefault(); });
  // What was asked for before the hand came may answer after it.
  body.addEventListener("htmx:beforeSwap", e => { if (underTheHand(e)) e.detail.shouldSwap = false; });

  // Answers for one part may come in another order than they were asked in, and the older one would put back what is over. It is
  // dropped and the part asked for once more: what the press behind it did is then surely shown.
  let asking = 0;
  const askedAs = new WeakMap(), shownAs = new Map();
  body.addEventListener("htmx:beforeSend", e => askedAs.set(e.detail.xhr, ++asking));
  body.addEventListener("htmx:beforeSwap", e => {
    const part = e.detail.target, as = askedAs.get(e.detail.xhr);
    if (!e.detail.shouldSwap || !part.id || !part.hasAttribute("hx-get")) return;
    if (as >= (shownAs.get(part.id) || 0)) {
      shownAs.set(part.id, as);
      return;
    }
    e.detail.shouldSwap = false;
    htmx.ajax("GET", part.getAttribute("hx-get"), { source: part, target: part });
  });

  // What somebody has unfolded to read stays so when its part is exchanged.
  let unfolded = [];
  body.addEventListener("htmx:beforeSwap", e => {
    unfolded = [...e.detail.target.querySelectorAll("details[open][data-key]")].map(one => one.dataset.key);
  });
  body.addEventListener("htmx:afterSwap", e => {
    e.detail.target.querySelectorAll("details[data-key]").forEach(one => { if (unfolded.includes(one.dataset.key)) one.open = true; });
    showClocks();
    if (e.detail.target.id === "flow-table") drawFlow();
    if (e.detail.target.id === "bell") alarm();
  });
  // Access keys in every browser alike: Alt and the letter.
  document.addEventListener("keydown", e => {
    if (!e.altKey || e.ctrlKey || e.metaKey) return;
    const target = document.querySelector(`[accesskey="${CSS.escape(e.key.toLowerCase())}"]`);
    if (!target) return;
    e.preventDefault();
    if (target.tagName === "INPUT") target.focus(); else target.click();
  });
  ["keydown", "click"].forEach(name => document.addEventListener(name, awake, true));
  document.addEventListener("input", rows);
  document.addEventListener("click", e => {
    if (e.target.matches("[data-print]")) window.print();
    if (e.target.matches("[data-read]")) show("unheard", false);
    if (e.target.matches("[data-quiet]")) e.target.dataset.quiet = "true";
    document.querySelectorAll("details.more[open]").forEach(one => { if (!one.contains(e.target)) one.open = false; });
  });
  showClocks();
  rows();
  drawFlow();
  drawCharts();
  if (document.querySelector("[data-chart]")) setInterval(drawCharts, 5000);
  live();
  alarm();
  setInterval(alarm, 4000);
  setInterval(silence, 1000);
  setInterval(attended, 1000);
  // htmx takes up the page's forms on this event, in a listener of its own that was there first: before it a button would send its form as a
  // plain request and the act would be lost, so that the style sheet keeps buttons dead until then.
  const ready = () => { body.dataset.ready = "true"; };
  if (document.readyState === "complete") ready(); else document.addEventListener("DOMContentLoaded", ready);
})();
