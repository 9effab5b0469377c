// The search. Its engine is loaded with the first key that is pressed, or with a question that the address brings.
(function () {
  "use strict";
  var form = document.querySelector("form.find");
  if (!form) return;
  var say = form.dataset;
  var box = form.elements.q, theme = form.elements.theme, kind = form.elements.kind;
  var status = document.querySelector(".found-count"), list = document.querySelector(".found");
  var more = document.querySelector(".more"), button = more.querySelector("button");
  var step = +say.step, turn = 0, engine = null, waiting = 0;

  var el = function (name, text, cls) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (cls) made.className = cls;
    return made;
  };
  var label = function (select, value) {
    var option = Array.prototype.filter.call(select.options, function (one) { return one.value === value; })[0];
    return option && value ? option.textContent : "";
  };

  // From http the whole text is searched; a page opened from a disk may load scripts only, so there it is a short list.
  var load = function () {
    if (engine) return engine;
    engine = location.protocol === "file:" ? folded() : import(new URL(say.engine, location.href).href).then(function (made) {
      return made.createInstance({ noWorker: true, baseUrl: new URL(say.root, location.href).pathname, excerptLength: 24 });
    });
    engine.catch(function () { engine = null; });
    return engine;
  };
  var folded = function () {
    return new Promise(function (done, failed) {
      var script = el("script");
      script.src = say.list;
      script.onload = function () { done(window.curriculumSearch); };
      script.onerror = failed;
      document.head.appendChild(script);
    });
  };

  // Words that stand in every text find nothing and cost a download each.
  var skip = say.skip.split(" ");
  var wanted = function (text) {
    var words = text.trim().split(/\s+/);
    var rare = words.filter(function (word) { return skip.indexOf(word.toLowerCase()) < 0; });
    return (rare.length ? rare : words).join(" ");
  };

  // Of what the engine answers, only text and marks reach the page.
  var excerpt = function (html) {
    var made = el("p", "… ");
    new DOMParser().parseFromString(html, "text/html").body.childNodes.forEach(function (node) {
      made.appendChild(node.nodeName === "MARK" ? el("mark", node.textContent) : document.createTextNode(node.textContent));
    });
    made.appendChild(document.createTextNode(" …"));
    return made;
  };
  var item = function (data) {
    var made = el("li"), head = el("h2"), link = el("a", data.meta.title);
    link.href = data.url;
    head.appendChild(link);
    made.appendChild(head);
    var filters = data.filters || {};
    var about = [].concat((filters.kind || []).map(function (one) { return label(kind, one); }),
      (filters.theme || []).map(function (one) { return label(theme, one); })).filter(Boolean);
    made.appendChild(el("p", about.join(" · "), "small"));
    if (data.summary) made.appendChild(el("p", data.summary));
    if (data.excerpt) made.appendChild(excerpt(data.excerpt));
    var parts = (data.sub_results || []).filter(function (part) { return part.url.indexOf("#") >= 0; }).slice(0, 3);
    if (parts.length) {
      var inside = el("ul");
      parts.forEach(function (part) {
        var line = el("li"), to = el("a", part.title);
        to.href = part.url;
        line.appendChild(to);
        inside.appendChild(line);
      });
      made.appendChild(inside);
    }
    return made;
  };

  var address = function () {
    var query = new URLSearchParams();
    [["q", box.value.trim()], ["theme", theme.value], ["kind", kind.value]].forEach(function (pair) {
      if (pair[1]) query.set(pair[0], pair[1]);
    });
    history.replaceState(null, "", location.pathname + (String(query) ? "?" + query : ""));
  };
  var clear = function (text) {
    list.textContent = "";
    more.hidden = true;
    status.textContent = text || "";
  };
  var show = function (found, from, mine, focus) {
    return Promise.all(found.slice(from, from + step).map(function (one) { return one.data(); })).then(function (all) {
      if (mine !== turn) return;
      if (!from) clear(say.count + " " + found.length);
      all.forEach(function (data, at) {
        var made = item(data);
        list.appendChild(made);
        if (focus && !at) made.querySelector("a").focus();
      });
      more.hidden = found.length <= from + step;
      button.onclick = function () { show(found, from + step, mine, true).catch(fail); };
    });
  };
  var fail = function () { clear(say.failed); };
  var search = function () {
    var mine = ++turn, text = wanted(box.value), filters = {};
    address();
    if (!text) return clear();
    if (theme.value) filters.theme = theme.value;
    if (kind.value) filters.kind = kind.value;
    if (!list.children.length) status.textContent = say.busy;
    load().then(function (made) { return made.search(text, { filters: filters, root: say.root }); }).then(function (answer) {
      if (mine !== turn) return null;
      if (!answer.results.length) return clear(say.none);
      return show(answer.results, 0, mine);
    }).catch(function () { if (mine === turn) fail(); });
  };
  var soon = function () {
    clearTimeout(waiting);
    waiting = setTimeout(search, 300);
    load().catch(function () {});
  };

  Array.prototype.forEach.call(form.querySelectorAll("[hidden]"), function (one) { one.hidden = false; });
  box.addEventListener("input", soon);
  theme.addEventListener("change", search);
  kind.addEventListener("change", search);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });
  var asked = new URLSearchParams(location.search);
  theme.value = asked.get("theme") || "";
  kind.value = asked.get("kind") || "";
  if (asked.get("q")) {
    box.value = asked.get("q");
    search();
  } else if (matchMedia("(hover: hover)").matches) {
    box.focus();
  }
})();
