// The search of a copy on a disk: titles, headings and summaries, without accents and with any ending of a word.
var curriculumSearch = {
  pages: [],
  search: function (text, options) {
    var fold = function (one) { return one.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };
    var split = function (one) { return fold(one).split(/[^a-z0-9]+/).filter(Boolean); };
    // A long word also finds what begins like it: mapas and mapeando find mapa.
    var hits = function (text, term) {
      var stem = term.length > 7 ? term.slice(0, -4) : term.length > 4 ? term.slice(0, -2) : term;
      return split(text).reduce(function (best, word) {
        return Math.max(best, word === term ? 3 : word.indexOf(term) === 0 ? 2 : word.indexOf(stem) === 0 ? 1 : 0);
      }, 0);
    };
    var terms = split(text), filters = options.filters || {};
    var found = this.pages.map(function (page) {
      var heads = [];
      var fits = Object.keys(filters).every(function (name) { return (page[name] || []).indexOf(filters[name]) >= 0; });
      var score = fits && terms.length ? terms.reduce(function (sum, term) {
        var inside = page.headings.filter(function (head) { return hits(head[1], term); });
        heads = heads.concat(inside.filter(function (head) { return heads.indexOf(head) < 0; }));
        var best = Math.max(hits(page.title, term) * 4, hits(page.summary, term) * 2, inside.length ? 2 : 0);
        return best && sum !== null ? sum + best : null;
      }, 0) : null;
      return { page: page, score: score, heads: heads };
    }).filter(function (one) { return one.score !== null; });
    found.sort(function (a, b) { return b.score - a.score; });
    return Promise.resolve({ results: found.map(function (one) {
      return { data: function () {
        var url = options.root + one.page.path;
        return Promise.resolve({
          url: url,
          meta: { title: one.page.title },
          filters: { kind: one.page.kind, theme: one.page.theme },
          summary: one.page.summary,
          sub_results: one.heads.map(function (head) { return { url: url + "#" + head[0], title: head[1] }; })
        });
      } };
    }) });
  }
};
