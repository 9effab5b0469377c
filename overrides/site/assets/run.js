// The session while it is held: one step at a time, in large type, with the time of the step and of the whole. It works on
// what the page holds already, so it needs no network. The clock survives a reload and a phone that was switched off.
(function () {
  "use strict";
  var panel = document.getElementById("m-run");
  var article = document.querySelector("article.text");
  if (!panel || !article) return;
  var words = ({/* words of run */})[document.documentElement.lang];
  var key = "run " + location.pathname;
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };
  var part = function (name) { return panel.querySelector("[data-run=" + name + "]"); };
  var say = function (name, values) {
    var forms = words[name];
    var text = forms[values && values.n !== undefined && values.n !== 1 ? forms.length - 1 : 0];
    return text.replace(/\{(\w+)\}/g, function (_, place) { return values[place]; });
  };

  // What is on every module's page alike comes with this file, once, and not with each of them.
  panel.innerHTML =
    '<div class="run-bar">' +
    '<p class="run-whole"><span role="timer" data-run="whole"></span> <span data-run="awake" class="small"></span></p>' +
    '<button type="button" class="button" data-run="exit">[exit]</button>' +
    '<p class="run-late" role="status" data-run="late"></p>' +
    '<details class="run-cut" hidden><summary>[cut]</summary><p>[cut.text]</p><ul></ul></details></div>' +
    '<div class="run-done" hidden><h2 tabindex="-1">[done]</h2><p>[done.text]</p>' +
    '<table><thead><tr><th scope="col">[column.step]</th><th scope="col">[column.planned]</th><th scope="col">[column.real]</th></tr></thead><tbody></tbody></table>' +
    '<pre></pre><ul class="buttons"><li><button type="button" class="button" data-run="copy">[copy]</button></li>' +
    '<li><button type="button" class="button" data-run="again">[again]</button></li></ul></div>' +
    '<div class="run-foot"><p class="run-step"><span data-run="step"></span> <b role="timer" data-run="left"></b></p>' +
    '<svg class="run-gauge" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="0" height="4"/></svg>' +
    '<button type="button" class="button" data-run="back">[back]</button>' +
    '<button type="button" class="button" data-run="next">[next]</button></div>';
  all("summary, p, h2, th, button", panel).forEach(function (node) {
    if (!node.firstElementChild) node.textContent = node.textContent.replace(/^\[(.+)\]$/, function (_, name) { return say(name); });
  });

  // The slots: each step with what stands between its heading and the next, each pause.
  var slots = all(".when[data-slot]", article).map(function (when) {
    var heading = when.previousElementSibling;
    var step = heading && heading.matches("h2") && !when.matches(".rest");
    var nodes = [when];
    if (step) {
      nodes.unshift(heading);
      for (var next = when.nextElementSibling; next && !next.matches("h2, .when"); next = next.nextElementSibling) nodes.push(next);
    }
    return { id: when.dataset.slot, start: +when.dataset.start, minutes: +when.dataset.minutes, nodes: nodes,
      rest: when.matches(".rest"), title: step ? heading.textContent : when.querySelector(".nth").textContent };
  });
  if (!slots.length) return;
  var steps = slots.filter(function (slot) { return !slot.rest; });
  var total = slots.reduce(function (sum, slot) { return sum + slot.minutes; }, 0);

  var state = null;  // started, entered: milliseconds; at: index of the slot; spent: milliseconds in each; done
  var shown = -1;
  var lock = null;
  var ticking = 0;
  var load = function () { try { return JSON.parse(localStorage.getItem(key)); } catch (_) { return null; } };
  var save = function () { try { localStorage.setItem(key, JSON.stringify(state)); } catch (_) { /* a private window keeps nothing */ } };
  var fresh = function () { return { started: Date.now(), entered: Date.now(), at: 0, spent: {}, done: false }; };
  var kept = function () {
    var old = load();
    return old && old.at < slots.length && Date.now() - old.started < 12 * 3600000 ? old : null;
  };

  var minutes = function (milliseconds) {
    var seconds = Math.floor(Math.abs(milliseconds) / 1000);
    return Math.floor(seconds / 60) + ":" + ("0" + seconds % 60).slice(-2);
  };
  var clock = function (time) { var day = new Date(time); return day.getHours() + ":" + ("0" + day.getMinutes()).slice(-2); };
  var spent = function (index) { return (state.spent[index] || 0) + (index === state.at && !state.done ? Date.now() - state.entered : 0); };

  // How late it would end if the rest went as planned.
  var late = function () {
    var now = Date.now() - state.started;
    var ahead = slots.reduce(function (sum, slot, index) {
      return sum + (index > state.at ? slot.minutes * 60000 : index === state.at ? Math.max(0, slot.minutes * 60000 - spent(index)) : 0);
    }, 0);
    return now + ahead - total * 60000;
  };

  var tick = function () {
    if (state.done) return;
    var slot = slots[state.at];
    var left = slot.minutes * 60000 - spent(state.at);
    var timer = part("left");
    timer.textContent = left >= 0 ? say("left", { time: minutes(left + 999) }) : say("over", { time: minutes(left) });
    panel.classList.toggle("over", left < 0);
    panel.querySelector(".run-gauge rect").setAttribute("width", Math.min(100, 100 * spent(state.at) / (slot.minutes * 60000)));
    if (left < 0 && state.rung !== state.at) {
      state.rung = state.at;
      save();
      if (navigator.vibrate) navigator.vibrate([300, 150, 300]);
    }
    part("whole").textContent = say("whole", { time: minutes(Date.now() - state.started), total: total });
    var behind = late();
    var n = Math.round(Math.abs(behind) / 60000);
    var name = n === 0 ? "on-time" : behind > 0 ? "late" : "early";
    var text = say(name, { n: n, end: clock(state.started + total * 60000 + behind) });
    var status = part("late");
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("behind", name === "late");
    cut(n >= 2 && name === "late");
  };

  // Which of the steps to come say what to leave out.
  var cut = function (needed) {
    var box = panel.querySelector(".run-cut");
    var shorter = slots.filter(function (slot, index) {
      return index >= state.at && slot.nodes.some(function (node) { return node.matches(".short") || node.querySelector(".short"); });
    });
    var ids = shorter.map(function (slot) { return slot.id; }).join(" ");
    box.hidden = !needed || !shorter.length;
    if (box.hidden || box.dataset.ids === ids) return;
    box.dataset.ids = ids;
    box.querySelector("ul").replaceChildren.apply(box.querySelector("ul"), shorter.map(function (slot) {
      var item = document.createElement("li");
      item.lang = slot.nodes[0].closest("[lang]").lang;
      item.textContent = slot.title;
      return item;
    }));
  };

  var awake = function (on) {
    if (!on) { if (lock) lock.release(); lock = null; return; }
    if (!navigator.wakeLock) { part("awake").textContent = say("asleep"); return; }
    navigator.wakeLock.request("screen").then(function (held) {
      lock = held;
      part("awake").textContent = "";
    }, function () { part("awake").textContent = say("asleep"); });
  };

  // Only the current step stays in sight; its neighbours and the rest of the page are put away.
  var show = function () {
    var inside = state.done ? [] : slots[state.at].nodes;
    all(".run-now", article).forEach(function (node) { node.classList.remove("run-now"); });
    inside.forEach(function (node) { node.classList.add("run-now"); });
    var box = inside.length && inside[0].parentNode !== article ? inside[0].parentNode : null;
    all("div[lang]", article).forEach(function (node) { if (node.parentNode === article) node.classList.toggle("run-box", node === box); });
    panel.querySelector(".run-done").hidden = !state.done;
    panel.classList.toggle("done", state.done);
    if (state.done) { report(); return; }
    var slot = slots[state.at];
    part("step").textContent = slot.rest ? slot.title : say("step", { i: steps.indexOf(slot) + 1, of: steps.length });
    part("back").disabled = state.at === 0;
    part("next").textContent = say(state.at === slots.length - 1 ? "finish" : "next");
    tick();
    if (shown !== state.at) {
      shown = state.at;
      var heading = slot.nodes[0];
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      scrollTo({ top: 0, behavior: "instant" });
    }
  };

  var go = function (by) {
    state.spent[state.at] = spent(state.at);
    state.entered = Date.now();
    if (state.at + by >= slots.length) state.done = true;
    else state.at = Math.max(0, state.at + by);
    save();
    show();
  };

  // What the session's record wants: real minutes by step.
  var report = function () {
    var rows = slots.map(function (slot, index) { return [slot.title, slot.minutes, Math.round((state.spent[index] || 0) / 60000), slot.id]; });
    var body = panel.querySelector(".run-done tbody");
    body.replaceChildren.apply(body, rows.map(function (row) {
      var line = document.createElement("tr");
      row.slice(0, 3).forEach(function (text, place) {
        var cell = document.createElement(place ? "td" : "th");
        if (!place) cell.scope = "row";
        cell.textContent = text;
        line.appendChild(cell);
      });
      return line;
    }));
    panel.querySelector(".run-done pre").textContent = "minutes:\n  " + panel.dataset.module + ": {" +
      rows.map(function (row) { return row[3] + ": " + row[2]; }).join(", ") + "}";
    var heading = panel.querySelector(".run-done h2");
    if (document.activeElement !== heading) { heading.focus({ preventScroll: true }); scrollTo({ top: 0, behavior: "instant" }); }
  };

  var enter = function () {
    article.prepend(panel);
    state = kept() || fresh();
    save();
    shown = -1;
    document.body.classList.add("running");
    panel.hidden = false;
    clearInterval(ticking);
    ticking = setInterval(tick, 1000);
    awake(true);
    show();
  };
  var leave = function () {
    if (panel.hidden) return;
    document.body.classList.remove("running");
    panel.hidden = true;
    clearInterval(ticking);
    awake(false);
    label();
  };
  var follow = function () { if (location.hash !== "#m-run") leave(); else if (panel.hidden) enter(); };

  var button = document.querySelector("[data-run=start]");
  var label = function () {
    var text = button.querySelector("span");
    if (!text.dataset.start) text.dataset.start = text.textContent;
    var old = kept();
    text.textContent = old && !old.done ? button.dataset.resume : text.dataset.start;
  };
  button.parentNode.hidden = false;
  label();
  button.addEventListener("click", function () {
    var old = load();
    if (old && old.done) try { localStorage.removeItem(key); } catch (_) { /* nothing was kept */ }
  });

  var exit = function () {
    history.pushState(null, "", location.pathname + location.search);
    leave();
    button.focus();
  };
  part("exit").addEventListener("click", exit);
  part("back").addEventListener("click", function () { go(-1); });
  part("next").addEventListener("click", function () { go(1); });
  part("again").addEventListener("click", function () {
    if (!confirm(say("again.sure"))) return;
    state = fresh();
    save();
    shown = -1;
    show();
  });
  part("copy").addEventListener("click", function () {
    var box = panel.querySelector("pre");
    var done = function () { part("copy").textContent = say("copied"); };
    if (navigator.clipboard) navigator.clipboard.writeText(box.textContent).then(done, function () { getSelection().selectAllChildren(box); });
    else getSelection().selectAllChildren(box);
  });
  document.addEventListener("keydown", function (event) {
    if (panel.hidden || event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, summary")) return;
    if (event.key === "Escape") exit();
    else if (state.done) return;
    else if (event.key === "ArrowRight") go(1);
    else if (event.key === "ArrowLeft" && state.at) go(-1);
  });
  document.addEventListener("visibilitychange", function () {
    if (document.hidden || panel.hidden) return;
    awake(true);
    tick();
  });
  // Not popstate: that comes before the browser goes to the fragment, which would take the focus away again.
  addEventListener("hashchange", follow);
  follow();
})();
