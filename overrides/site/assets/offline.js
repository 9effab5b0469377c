// "Save this module", "save everything", and the list of what this phone keeps. The service worker (sw.js) shows it.
(function () {
  "use strict";
  var say = ({/* words of saving */})[document.documentElement.lang];
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };
  var root = new URL("../", document.currentScript.src).href;
  var name = "curriculum " + new URL(root).pathname + " ";

  // A copy from an earlier day has no section of its own here, and some browsers keep nothing.
  var missing = document.querySelector(".missing"), left = new URLSearchParams(location.search).get("missing");
  if (missing && left !== null) {
    missing.hidden = false;
    missing.querySelector("a").href = root + left;
  }
  if (!("serviceWorker" in navigator) || !window.caches || location.protocol === "file:") return;
  all(".cannot").forEach(function (one) { one.hidden = true; });

  var file = function (path) { return root + path.replace(/(^|\/)index\.html$/, "$1"); };
  var put = function (cache, path) {
    return fetch(file(path), { cache: "no-cache" }).then(function (answer) {
      if (!answer.ok) throw new Error(path);
      return cache.put(file(path), answer);
    });
  };
  // Each file that is new or has changed; three at a time. What is there stays if one fails, so one can go on later.
  var save = function (list, told) {
    return caches.open(name + "saved " + list).then(function (cache) {
      return Promise.all([fetch(root + list, { cache: "no-cache" }), cache.match(root + list)]).then(function (answers) {
        if (!answers[0].ok) throw new Error(list);
        return Promise.all([answers[0].clone().json(), answers[1] ? answers[1].json() : {}]).then(function (lists) {
          var wanted = lists[0], had = lists[1], paths = Object.keys(wanted), done = 0, sum = 0, failed = false;
          paths.forEach(function (path) { sum += wanted[path][0]; });
          // What is on its way when one fails still arrives, and has nothing more to tell.
          var step = function (path) { done += wanted[path][0]; if (!failed) told(Math.floor(100 * done / sum)); };
          var next = function () {
            var path = paths.shift();
            if (!path || failed) return null;
            return cache.match(file(path)).then(function (there) {
              return there && had[path] && had[path][1] === wanted[path][1] ? null : put(cache, path);
            }).then(function () { step(path); return next(); }, function (error) { failed = true; throw error; });
          };
          return Promise.all([next(), next(), next()]).then(function () {
            var known = {};
            Object.keys(wanted).forEach(function (path) { known[file(path)] = true; });
            return cache.keys().then(function (keys) {
              return Promise.all(keys.filter(function (key) { return !known[key.url]; }).map(function (key) { return cache.delete(key); }));
            });
          }).then(function () { return cache.put(root + list, answers[0]); });
        });
      });
    });
  };

  all("section[data-save]").forEach(function (section) {
    var list = section.dataset.save, keep = section.querySelector("[data-do=save]"), drop = section.querySelector("[data-do=drop]");
    var status = section.querySelector("[role=status]");
    var state = function () {
      return caches.match(root + list).then(function (there) {
        drop.hidden = !there;
        status.textContent = there ? say.done[0] : "";
        return there;
      });
    };
    section.hidden = false;
    keep.addEventListener("click", function () {
      keep.disabled = true;
      status.textContent = say.busy[0];
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
      save(list, function (share) { status.textContent = say.busy[0] + " " + share + " %"; }).then(state, function (error) {
        status.textContent = error && error.name === "QuotaExceededError" ? say.full[0] : say.failed[0];
      }).then(function () { keep.disabled = false; show(); });
    });
    drop.addEventListener("click", function () {
      caches.delete(name + "saved " + list).then(state).then(function () { keep.focus(); show(); });
    });
    state();
  });

  // Everything that opens without internet, by the title of its page.
  var stored = document.querySelector(".stored");
  var show = function () {
    if (!stored) return;
    var found = {};
    caches.keys().then(function (names) {
      return Promise.all(names.filter(function (one) { return one === name + "visited" || one.indexOf(name + "saved ") === 0; }).map(function (one) {
        return caches.open(one).then(function (cache) {
          return cache.keys().then(function (keys) {
            return Promise.all(keys.filter(function (key) { return /\/$/.test(key.url); }).map(function (key) {
              return cache.match(key).then(function (answer) { return answer.text(); }).then(function (text) {
                var page = new DOMParser().parseFromString(text, "text/html");
                if (!page.querySelector("h1") || page.documentElement.lang !== document.documentElement.lang) return;
                found[key.url] = page.title.split(" – ").slice(0, -1).join(" – ") || page.title;
              });
            }));
          });
        });
      }));
    }).then(function () {
      var list = stored.querySelector("ul");
      list.textContent = "";
      Object.keys(found).sort(function (a, b) { return found[a].localeCompare(found[b]); }).forEach(function (url) {
        var line = document.createElement("li"), link = document.createElement("a");
        link.href = url;
        link.textContent = found[url];
        line.appendChild(link);
        list.appendChild(line);
      });
      stored.hidden = !list.children.length;
    });
  };
  if (stored) {
    stored.querySelector("button").addEventListener("click", function () {
      caches.keys().then(function (names) {
        return Promise.all(names.filter(function (one) { return one.indexOf(name) === 0 && one !== name + "assets"; }).map(function (one) { return caches.delete(one); }));
      }).then(function () { location.reload(); });
    });
    show();
  }
})();
