// Lists that can be narrowed down. Each item says in data- attributes what it is, each field of the form by its data-test
// how it chooses. What was chosen stands in the address after the #, so that the narrowed list can be sent to somebody.
(function () {
  "use strict";
  var all = function (selector, within) { return Array.prototype.slice.call(within.querySelectorAll(selector)); };
  var fold = function (text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };

  var tests = {
    has: function (wanted, held) { return held.split(" ").indexOf(wanted) >= 0; },
    most: function (wanted, held) { return +held <= +wanted; },
    within: function (wanted, held) { var ends = held.split(" "); return +ends[0] <= +wanted && +wanted <= +ends[1]; }
  };

  all("[data-list]", document).forEach(function (list) {
    var form = list.querySelector("form.filters");
    var fields = all("select, input", form);
    var output = form.querySelector("output");
    var forms = JSON.parse(output.dataset.forms);
    var summary = form.querySelector("summary") || form;
    var items = all("[data-theme], [data-item]", list);
    // A row of a table is found by the heading of its group, too.
    var texts = items.map(function (item) {
      var group = item.matches("tbody > tr") && item.parentNode.querySelector("[scope=rowgroup]");
      return fold((group ? group.textContent + " " : "") + item.textContent);
    });

    var wants = function (field) { return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value.trim(); };

    var show = function () {
      var chosen = fields.filter(wants);
      var shown = 0;
      items.forEach(function (item, index) {
        item.hidden = !chosen.every(function (field) {
          if (field.dataset.test === "words") {
            return fold(wants(field)).split(/\s+/).every(function (word) { return texts[index].indexOf(word) >= 0; });
          }
          return tests[field.dataset.test](wants(field), item.dataset[field.name] || "");
        });
        if (!item.hidden) shown += 1;
      });
      all("section:not([data-item]), table, tbody", list).forEach(function (group) { group.hidden = !group.querySelector("[data-theme]:not([hidden]), [data-item]:not([hidden])"); });
      output.textContent = forms[shown === 1 ? 0 : forms.length - 1].replace("{n}", shown);
      summary.dataset.chosen = chosen.length || "";
      list.querySelector(".none").hidden = shown > 0;
    };

    var write = function () {
      var state = new URLSearchParams();
      fields.forEach(function (field) { if (wants(field)) state.append(field.name, wants(field)); });
      var mark = state.toString();
      history.replaceState(null, "", mark ? "#" + mark : location.pathname + location.search);
      show();
    };

    var read = function () {
      var mark = location.hash.slice(1);
      if (mark && mark.indexOf("=") < 0) return;
      var state = new URLSearchParams(mark);
      fields.forEach(function (field) {
        if (field.type === "checkbox") field.checked = state.getAll(field.name).indexOf(field.value) >= 0;
        else field.value = state.get(field.name) || "";
      });
      show();
    };

    form.hidden = false;
    var details = form.querySelector("details[data-roomy]");
    if (details) details.open = matchMedia("(min-width: 48em)").matches;
    form.addEventListener("input", write);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      fields.forEach(function (field) { if (field.type === "checkbox") field.checked = false; else field.value = ""; });
      write();
    });
    addEventListener("hashchange", read);
    read();
    show();
  });
})();
