// The planner of sessions. The plan is in the address after the #, which no browser sends to anybody: it can be shared as a
// link and it leaves this device only if the reader sends it.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var root = document.querySelector(".planner");
  var data = window.curriculum;
  if (!root || !data) return;
  var words = JSON.parse(root.dataset.words);
  var one = function (selector, within) { return (within || root).querySelector(selector); };
  var all = function (selector, within) { return Array.prototype.slice.call((within || root).querySelectorAll(selector)); };
  var fold = function (text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };
  var say = function (name, values) {
    var forms = words[name];
    var text = forms[values && values.n !== undefined && values.n !== 1 ? forms.length - 1 : 0];
    return text.replace(/\{(\w+)\}/g, function (whole, place) { return values && place in values ? values[place] : whole; });
  };
  var make = function (name, text, marks) {
    var element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    Object.keys(marks || {}).forEach(function (mark) { if (marks[mark]) element.setAttribute(mark, marks[mark]); });
    return element;
  };
  var fill = function (element, children) { element.replaceChildren.apply(element, children); };
  var here = document.documentElement.lang;
  var foreign = function (module) { return module.lang === here ? "" : module.lang; };
  var name = function (id) { return data.modules[id].label + " " + data.modules[id].title; };
  var sum = function (numbers) { return numbers.reduce(function (total, number) { return total + number; }, 0); };
  var minutesOf = function (id) { return sum(data.modules[id].steps.map(function (step) { return step[1]; })); };
  var number = function (n) { return n.toLocaleString(data.locale); };
  var span = function (minutes) {
    var hours = Math.floor(minutes / 60);
    var values = { hours: hours, minutes: minutes % 60 };
    return say(!hours ? "minutes" : minutes % 60 ? "hours.minutes" : "hours", values);
  };

  // The plan: modules in order, the pause after each (undefined: as proposed), day, start, people.
  var plan = { modules: [], pauses: {}, date: "", start: "10:00", people: 18 };

  var read = function (mark) {
    var state = new URLSearchParams(mark);
    plan.modules = [];
    plan.pauses = {};
    (state.get("m") || "").split(",").forEach(function (part) {
      var id = part.split("~")[0];
      var pause = part.split("~")[1];
      if (!data.modules[id] || plan.modules.indexOf(id) >= 0) return;
      plan.modules.push(id);
      if (/^\d{1,3}$/.test(pause || "") && +pause <= 240) plan.pauses[id] = +pause;
    });
    plan.date = /^\d{4}-\d\d-\d\d$/.test(state.get("d") || "") ? state.get("d") : "";
    plan.start = /^([01]\d|2[0-3]):[0-5]\d$/.test(state.get("t") || "") ? state.get("t") : "10:00";
    plan.people = Math.min(500, Math.max(1, parseInt(state.get("n"), 10) || 18));
  };
  var mark = function () {
    var modules = plan.modules.map(function (id) { return plan.pauses[id] === undefined ? id : id + "~" + plan.pauses[id]; });
    var parts = [];
    if (modules.length) parts.push("m=" + modules.join(","));
    if (plan.date) parts.push("d=" + plan.date);
    if (plan.start !== "10:00") parts.push("t=" + plan.start);
    if (plan.people !== 18) parts.push("n=" + plan.people);
    return parts.join("&");
  };

  // Nobody sits for longer than data.sitting minutes without a pause; the same rule as the command that plans a session.
  var pauses = function () {
    var sitting = 0;
    return plan.modules.map(function (id, place) {
      data.modules[id].steps.forEach(function (step) { sitting = step[2] ? 0 : sitting + step[1]; });
      var next = plan.modules[place + 1];
      if (!next) return 0;
      var pause = plan.pauses[id];
      if (pause === undefined) {
        var steps = data.modules[next].steps;
        var first = steps.findIndex(function (step) { return step[2]; });
        var ahead = sum((first < 0 ? steps : steps.slice(0, first)).map(function (step) { return step[1]; }));
        pause = sitting + ahead > data.sitting ? data.pause : 0;
      }
      if (pause) sitting = 0;
      return pause;
    });
  };

  var entries = function () {
    var after = pauses();
    var at = 0;
    var rows = [];
    plan.modules.forEach(function (id, place) {
      rows.push({ at: at, minutes: minutesOf(id), module: id });
      data.modules[id].steps.forEach(function (step) {
        rows.push({ at: at, minutes: step[1], text: step[0], rest: step[2], lang: step[2] ? "" : foreign(data.modules[id]), of: id });
        at += step[1];
      });
      if (after[place]) {
        rows.push({ at: at, minutes: after[place], text: say("break"), rest: true });
        at += after[place];
      }
    });
    return { rows: rows, total: at, pauses: after };
  };
  var clock = function (minutes) {
    var parts = plan.start.split(":");
    var time = (+parts[0] * 60 + +parts[1] + minutes) % 1440;
    return Math.floor(time / 60) + ":" + ("0" + time % 60).slice(-2);
  };
  var tables = function () { return Math.ceil(plan.people / data.table); };
  var times = function (count, per) { return count * { session: 1, table: tables(), person: plan.people }[per]; };

  // Materials added up; of what is not used up, the most that one module needs.
  var things = function () {
    var found = {};
    plan.modules.forEach(function (id) {
      data.modules[id].materials.forEach(function (need) {
        (found[need[0]] = found[need[0]] || []).push(times(need[1], need[2]));
      });
    });
    return Object.keys(data.materials).filter(function (id) { return found[id]; }).map(function (id) {
      var material = data.materials[id];
      var count = material.lasting ? Math.max.apply(null, found[id]) : sum(found[id]);
      return number(count) + " " + (count === 1 ? material.one : material.many);
    });
  };
  var copies = function () {
    var rows = [];
    plan.modules.forEach(function (id) {
      var module = data.modules[id];
      module.guide.slice(0, 1).forEach(function (guide) {
        rows.push({ text: say("guide", { title: name(id) }), url: guide.url, count: 1, pages: guide.pages });
      });
      module.handouts.forEach(function (sheet) {
        rows.push({ text: sheet.title, lang: sheet.lang === here ? "" : sheet.lang, count: times(1, sheet.copies), pages: sheet.pages });
      });
    });
    return rows;
  };

  var warnings = function (course) {
    var found = [];
    var warn = function (key, values, add) { found.push({ text: say("warn." + key, values), add: add }); };
    plan.modules.forEach(function (id, place) {
      var module = data.modules[id];
      module.requires.forEach(function (other) {
        var there = plan.modules.indexOf(other);
        if (there < 0) warn("requires", { title: name(id), other: name(other) }, other);
        else if (there > place) warn("after", { title: name(id), other: name(other) });
      });
      if (plan.people < module.group[0]) warn("few", { title: name(id), n: module.group[0] });
      if (plan.people > module.group[1]) warn("many", { title: name(id), n: module.group[1] });
      if (module.care > 1) warn("care", { title: name(id) });
    });
    if (course.total > data.long) warn("long", { total: span(course.total) });
    var sitting = 0;
    var through = [];  // the modules in which nobody has stood up yet
    course.rows.concat({ rest: true }).forEach(function (row) {
      if (row.module) return;
      if (row.rest) {
        var alone = through.length < 2;
        if (sitting > data.sitting) warn(alone ? "sitting.alone" : "sitting", { total: span(sitting), title: name(through[Math.max(0, through.length - 2)]) });
        sitting = 0;
        through = [];
        return;
      }
      sitting += row.minutes;
      if (through.indexOf(row.of) < 0) through.push(row.of);
    });
    var parts = plan.start.split(":");
    if (+parts[0] * 60 + +parts[1] + course.total > 1440) warn("midnight");
    var now = new Date();
    var today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    if (plan.date && plan.date < today) warn("past");
    return found;
  };

  var day = function () {
    return new Date(plan.date + "T12:00:00").toLocaleDateString(data.locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  };
  var caption = function (course) {
    var values = { start: clock(0), end: clock(course.total), total: span(course.total) };
    if (!plan.date) return say("agenda.undated", values);
    values.date = day();
    var text = say("agenda.caption", values);
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  var title = function () { return say("session", { titles: plan.modules.map(function (id) { return data.modules[id].title; }).join(" + ") }); };
  var asText = function (course) {
    var lines = course.rows.map(function (row) {
      return row.module ? "\n" + name(row.module) : clock(row.at) + " " + row.text + " (" + say("minutes", { minutes: row.minutes }) + ")";
    });
    return [title(), caption(course)].concat(lines, [clock(course.total) + " " + say("end")]).join("\n");
  };

  // RFC 5545: lines end with CRLF and are folded after 75 octets. The time has no zone: it is that of the place.
  var calendar = function (course) {
    var stamp = function (minutes) {
      var parts = plan.start.split(":");
      var time = new Date(Date.parse(plan.date + "T00:00:00Z") + (+parts[0] * 60 + +parts[1] + minutes) * 60000);
      return time.toISOString().replace(/[-:]/g, "").slice(0, 15);
    };
    var escaped = function (text) { return text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n"); };
    var encoder = new TextEncoder();
    var folded = function (line) {
      var out = "", size = 0;
      Array.from(line).forEach(function (letter) {
        var length = encoder.encode(letter).length;
        if (size + length > 75) { out += "\r\n "; size = 1; }
        out += letter;
        size += length;
      });
      return out;
    };
    var materials = things();
    var text = [asText(course), say("materials") + ": " + materials.join(", "), location.href].join("\n\n");
    return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//" + escaped(data.site) + "//" + here, "BEGIN:VEVENT",
      "UID:" + stamp(0) + "-" + plan.modules.join("-") + "@" + (location.hostname || "local"),
      "DTSTAMP:" + new Date().toISOString().replace(/[-:]|\.\d+/g, ""), "DTSTART:" + stamp(0), "DTEND:" + stamp(course.total),
      "SUMMARY:" + escaped(title()), "DESCRIPTION:" + escaped(text), "END:VEVENT", "END:VCALENDAR", ""].map(folded).join("\r\n");
  };

  var fileName = function () {
    return (plan.date || "AAAA-MM-DD") + "-" + (one("#p-organisation").value || plan.modules[0]);
  };
  var file = function (course) {
    var breaks = plan.modules.map(function (id, place) {
      return course.pauses[place] ? "\n  - {after: " + id + ", minutes: " + course.pauses[place] + "}" : "";
    }).join("");
    var values = { date: plan.date || "AAAA-MM-DD", start: plan.start, place: one("#p-place").value, organisations: one("#p-organisation").value,
      modules: plan.modules.join(", "), people: plan.people, breaks: breaks || " []" };
    return data.file.replace(/\{(\w+)\}/g, function (whole, place) { return place in values ? values[place] : whole; });
  };

  var rows = function (body, lines) { fill(body, lines); };
  var cells = function (tag, texts, lang, url) {
    var row = make("tr");
    texts.forEach(function (text, place) {
      var cell = make(tag && !place ? "th" : "td", place || !url ? text : undefined, !place && tag ? { scope: "row" } : {});
      if (!place && url) cell.appendChild(make("a", text, { href: url, type: "application/pdf" }));
      if (!place && lang) cell.lang = lang;
      row.appendChild(cell);
    });
    return row;
  };

  var show = function () {
    var course = entries();
    var chosen = plan.modules.length > 0;
    all(".plan-list input").forEach(function (box) { box.checked = plan.modules.indexOf(box.value) >= 0; });
    one(".plan-empty").hidden = chosen;
    one(".plan-result").hidden = !chosen;
    one("#p-date").value = plan.date;
    one("#p-start").value = plan.start;
    if (+one("#p-people").value !== plan.people) one("#p-people").value = plan.people;
    one("#p-tables").textContent = say("tables", { n: tables() });
    order(course);
    // A language link keeps the plan.
    Array.prototype.forEach.call(document.querySelectorAll("a.language"), function (link) { link.hash = mark(); });
    if (!chosen) return;

    var found = warnings(course);
    fill(one(".plan-warnings ul"), found.length ? found.map(function (warning) {
      var item = make("li", warning.text + " ");
      if (warning.add) {
        var button = make("button", say("add"), { type: "button", class: "button", "data-add": warning.add });
        item.appendChild(button);
      }
      return item;
    }) : [make("li", say("fine"), { class: "fine" })]);
    one(".plan-warnings").classList.toggle("calm", !found.length);

    one(".plan-agenda caption").textContent = caption(course);
    var lines = course.rows.map(function (row) {
      var line = make("tr", undefined, { class: row.module ? "module" : row.rest ? "rest" : "" });
      if (row.module) {
        var head = make("th", undefined, { colspan: "3", scope: "colgroup" });
        head.appendChild(make("a", name(row.module), { href: data.modules[row.module].url, lang: foreign(data.modules[row.module]) }));
        head.appendChild(make("small", " " + span(row.minutes)));
        line.appendChild(head);
      } else {
        line.appendChild(make("td", clock(row.at)));
        line.appendChild(make("td", row.minutes));
        line.appendChild(make("td", row.text, { lang: row.lang }));
      }
      return line;
    });
    var end = make("tr", undefined, { class: "end" });
    [clock(course.total), course.total, say("end")].forEach(function (text) { end.appendChild(make("td", text)); });
    rows(one(".plan-agenda tbody"), lines.concat(end));

    var needs = [];
    plan.modules.forEach(function (id) {
      data.modules[id].equipment.forEach(function (need) { if (needs.indexOf(need) < 0) needs.push(need); });
    });
    one(".plan-needs").hidden = !needs.length;
    one(".plan-needs").textContent = say("needs") + " " + needs.map(function (need) { return data.equipment[need]; }).join(", ") + ".";
    var bring = things();
    fill(one(".plan-materials"), bring.length ? bring.map(function (text) { return make("li", text); }) : [make("li", say("materials.none"))]);

    var sheets = copies();
    var sides = sum(sheets.map(function (sheet) { return sheet.count * sheet.pages; }));
    one(".plan-copies caption").textContent = sheets.length ? say("sides", { n: sides }) : say("copies.none");
    rows(one(".plan-copies tbody"), sheets.map(function (sheet) {
      return cells("th", [sheet.text, number(sheet.count), number(sheet.count * sheet.pages)], sheet.lang, sheet.url);
    }));

    one("[data-do=calendar]").disabled = !plan.date;
    one(".plan-undated").hidden = Boolean(plan.date);
    one("[data-do=share]").search = "?text=" + encodeURIComponent(asText(course) + "\n\n" + location.href);
    var text = file(course);
    one(".plan-file").textContent = text;
    var open = one("[data-do=open]");
    if (open) open.href = root.dataset.repo + "?filename=" + encodeURIComponent(fileName() + ".yml") + "&value=" + encodeURIComponent(text);
    var mail = one("[data-do=mail]");
    if (mail) mail.href = "mailto:" + root.dataset.mail + "?subject=" + encodeURIComponent(say("file.subject", { name: fileName() })) +
      "&body=" + encodeURIComponent(text.replace(/\n/g, "\r\n"));
  };

  var order = function (course) {
    fill(one(".plan-order"), plan.modules.map(function (id, place) {
      var item = make("li");
      item.appendChild(make("b", name(id), { lang: foreign(data.modules[id]) }));
      item.appendChild(make("small", span(minutesOf(id))));
      var tools = make("span", undefined, { class: "plan-tools" });
      [["up", "↑", place > 0], ["down", "↓", place < plan.modules.length - 1], ["remove", "×", true]].forEach(function (tool) {
        var button = make("button", tool[1], { type: "button", "data-tool": tool[0], "data-id": id, "aria-label": say(tool[0], { title: name(id) }) });
        button.disabled = !tool[2];
        tools.appendChild(button);
      });
      item.appendChild(tools);
      if (place < plan.modules.length - 1) {
        var label = make("label", say("pause") + " ", { class: "plan-pause" });
        var select = make("select", undefined, { "data-pause": id });
        [0, 5, 10, 15, 20, 30, 45, 60, 90].concat(course.pauses[place]).filter(function (value, at, list) { return list.indexOf(value) === at; })
          .sort(function (a, b) { return a - b; }).forEach(function (value) {
            var option = make("option", value ? say("minutes", { minutes: value }) : say("pause.none"));
            option.value = value;
            option.selected = value === course.pauses[place];
            select.appendChild(option);
          });
        label.appendChild(select);
        item.appendChild(label);
      }
      return item;
    }));
  };

  var write = function () {
    history.replaceState(null, "", mark() ? "#" + mark() : location.pathname + location.search);
    try { sessionStorage.setItem("plan", mark()); } catch (_) { /* a private window keeps nothing */ }
    show();
  };
  var open = function () {
    var state = new URLSearchParams(location.hash.slice(1));
    var kept = "";
    try { kept = sessionStorage.getItem("plan") || ""; } catch (_) { /* nothing was kept */ }
    if (state.get("m") === null) read(kept);
    else read(location.hash.slice(1));
    var added = state.get("add");
    if (added && data.modules[added] && plan.modules.indexOf(added) < 0) plan.modules.push(added);
    write();
  };
  var add = function (id) { if (plan.modules.indexOf(id) < 0) plan.modules.push(id); };
  var remove = function (id) {
    plan.modules = plan.modules.filter(function (other) { return other !== id; });
    delete plan.pauses[id];
  };

  one(".no-script").hidden = true;
  one(".plan-form").hidden = false;
  one(".plan-form").addEventListener("submit", function (event) { event.preventDefault(); });
  one(".plan-list").addEventListener("change", function (event) {
    if (event.target.checked) add(event.target.value);
    else remove(event.target.value);
    write();
  });
  one("#p-search").addEventListener("input", function () {
    var wanted = fold(this.value).split(/\s+/);
    var any = false;
    all(".plan-list .tick").forEach(function (line) {
      var text = fold(line.textContent + " " + line.parentNode.firstElementChild.textContent);
      line.hidden = !wanted.every(function (word) { return text.indexOf(word) >= 0; });
      any = any || !line.hidden;
    });
    all(".plan-list fieldset").forEach(function (group) { group.hidden = !one(".tick:not([hidden])", group); });
    one(".plan-list .none").hidden = any;
  });
  one("#p-date").addEventListener("change", function () { plan.date = this.value; write(); });
  one("#p-start").addEventListener("change", function () { if (this.value) { plan.start = this.value; write(); } });
  one("#p-people").addEventListener("input", function () {
    if (this.value >= 1 && this.value <= 500) { plan.people = Math.floor(this.value); write(); }
  });
  one(".plan-order").addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    var id = button.dataset.id, tool = button.dataset.tool, place = plan.modules.indexOf(id);
    if (tool === "remove") remove(id);
    else plan.modules.splice(place + (tool === "up" ? -1 : 1), 0, plan.modules.splice(place, 1)[0]);
    write();
    var again = one("[data-tool=" + tool + "][data-id='" + id + "']:not(:disabled)") || one("[data-id='" + id + "']:not(:disabled)") || one("#p-search");
    again.focus();
  });
  one(".plan-order").addEventListener("change", function (event) {
    plan.pauses[event.target.dataset.pause] = +event.target.value;
    var id = event.target.dataset.pause;
    write();
    one("[data-pause='" + id + "']").focus();
  });
  one(".plan-warnings").addEventListener("click", function (event) {
    var id = event.target.dataset.add;
    if (!id) return;
    // What is needed before goes first.
    plan.modules.unshift(id);
    write();
    one("[data-id='" + id + "']:not(:disabled)").focus();
  });
  ["#p-place", "#p-organisation"].forEach(function (field) { one(field).addEventListener("change", show); });

  var copied = function (button, text) {
    var done = function () { one("span", button).textContent = say("copied"); };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, function () { prompt("", text); });
    else prompt("", text);
  };
  var does = {
    print: function () { print(); },
    link: function (button) { copied(button, location.href); },
    copy: function (button) { copied(button, one(".plan-file").textContent); },
    clear: function () { plan.modules = []; plan.pauses = {}; plan.date = ""; write(); one("#p-search").focus(); },
    calendar: function () {
      var link = make("a", "", { download: fileName() + ".ics" });
      link.href = URL.createObjectURL(new Blob([calendar(entries())], { type: "text/calendar;charset=utf-8" }));
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    }
  };
  all("button[data-do]").forEach(function (button) {
    button.addEventListener("click", function () { does[button.dataset.do](button); });
  });
  addEventListener("hashchange", open);
  open();
});
