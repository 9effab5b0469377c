// The little that needs a script. Without it every page still says all it has to say.
(function () {
  "use strict";
  var root = document.documentElement;
  var store = function (area, key, value) {
    try { return value === undefined ? area.getItem(key) : area.setItem(key, value); } catch (_) { return null; }
  };
  root.className = "js";

  // What was visited opens again without internet (sw.js).
  if ("serviceWorker" in navigator && location.protocol !== "file:") {
    var worker = new URL("../sw.js", document.currentScript.src).href;
    addEventListener("load", function () {
      navigator.serviceWorker.register(worker).catch(function () {});
      if (!navigator.serviceWorker.controller) navigator.serviceWorker.ready.then(function (there) {
        var shown = performance.getEntriesByType("resource").map(function (one) { return one.name; });
        there.active.postMessage([location.href.split("?")[0]].concat(shown));
      });
    });
  }

  // Light or dark: what the reader chose here, else what their device asks for.
  var chosen = store(localStorage, "theme");
  if (chosen) root.dataset.theme = chosen;

  document.addEventListener("DOMContentLoaded", function () {
    var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };
    var one = function (selector, within) { return (within || document).querySelector(selector); };

    var button = one("button.theme");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
        root.dataset.theme = dark ? "light" : "dark";
        store(localStorage, "theme", root.dataset.theme);
      });
    }

    // A fact is due on the reader's calendar, not on the day the site was built.
    var now = new Date();
    var today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    all("[data-until]").forEach(function (amount) {
      // What the page was built with is no longer so: better a blank than last year's money.
      if (amount.dataset.until < today) amount.textContent = amount.textContent.replace(/\$\s?[\d,.]*\d/g, "$$________");
    });
    all("[data-review-by]").forEach(function (item) {
      if (item.dataset.reviewBy < today) all(".due", item).forEach(function (due) { due.hidden = false; });
    });

    // Nor does a session stay in the calendar once its day is past.
    all(".calendar").forEach(function (calendar) {
      all("[data-last-day]", calendar).forEach(function (day) { if (day.dataset.lastDay < today) day.remove(); });
      if (!one("[data-last-day]", calendar)) one(".no-sessions", calendar).hidden = false;
    });

    // The table of contents stands open where there is room for it.
    var contents = one(".toc details");
    if (contents) {
      var wide = matchMedia("(min-width: 70em)");
      var fit = function () { contents.open = wide.matches; };
      fit();
      wide.addEventListener("change", fit);
      contents.addEventListener("click", function (event) {
        if (event.target.closest("a") && !wide.matches) contents.open = false;
      });
    }

    // From minutes since the start to the time on the wall.
    var starts = one("#starts");
    if (starts) {
      var key = "starts " + location.pathname;
      var clock = function () {
        var parts = starts.value.split(":");
        store(sessionStorage, key, starts.value);
        all("[data-at]").forEach(function (cell) {
          if (!cell.dataset.elapsed) cell.dataset.elapsed = cell.textContent;
          if (parts.length < 2) { cell.textContent = cell.dataset.elapsed; return; }
          var minutes = (+parts[0] * 60 + +parts[1] + +cell.dataset.at) % 1440;
          cell.textContent = Math.floor(minutes / 60) + ":" + ("0" + minutes % 60).slice(-2);
        });
      };
      starts.parentNode.hidden = false;
      starts.value = store(sessionStorage, key) || "";
      if (starts.value) clock();
      starts.addEventListener("input", clock);
    }
  });
})();
