// Keeps what was visited, so that it opens again without internet, and what was saved on purpose.
"use strict";
const CORE = [/* what every page needs, and the page for what is missing */];
const KNOWN = [/* every stylesheet, script and face there is */];
const LANGUAGES = [/* the languages below folders of their own */];
const ROOT = self.registration.scope;
// Several sites may share a host, so each has names of its own.
const NAME = "curriculum " + new URL(ROOT).pathname + " ";
const VISITED = NAME + "visited", ASSETS = NAME + "assets", SAVED = NAME + "saved ";
const KEPT = 120; // files that were visited
const PATIENCE = 4000; // ms, before a stored page is shown instead of a slow one

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(ASSETS).then((cache) => cache.addAll(CORE.map((path) => ROOT + path))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(ASSETS);
    const wanted = new Set([...CORE, ...KNOWN].map((path) => ROOT + path));
    for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
    await self.clients.claim();
  })());
});

// The page that brought the worker was there before it: it names itself and what it shows, and they are kept too.
self.addEventListener("message", (event) => {
  event.waitUntil(Promise.all(event.data.map(async (address) => {
    const url = address.split("#")[0];
    if (!url.startsWith(ROOT) || await caches.match(url, { ignoreVary: true })) return;
    const answer = await fetch(url, { cache: "force-cache" });
    if (answer.ok) await (await caches.open(url.startsWith(ROOT + "assets/") ? ASSETS : VISITED)).put(url, answer);
  })));
});

self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(ROOT)) return;
  const path = url.href.slice(ROOT.length);
  // A zip is a download, and a list must be today's.
  if (/^(copies|saves)\//.test(path)) return;
  event.respondWith(/^assets\//.test(path) ? asset(request, path) : page(event, request, url));
});

// The name of an asset changes with its content. A page kept from an earlier day gets today's.
async function asset(request, path) {
  const found = await caches.match(request, { ignoreVary: true });
  if (found) return found;
  const cache = await caches.open(ASSETS);
  const stem = ROOT + path.split(".")[0] + ".", suffix = path.slice(path.lastIndexOf("."));
  try {
    const answer = await fetch(request);
    // What a page fetches to save it is put away by that page (offline.js).
    if (answer.ok && request.destination) await cache.put(request, answer.clone());
    if (answer.ok) return answer;
  } catch (_) { /* no connection */ }
  const near = (await cache.keys()).find((one) => one.url.startsWith(stem) && one.url.endsWith(suffix));
  return near ? cache.match(near) : Response.error();
}

async function page(event, request, url) {
  const key = url.origin + url.pathname;
  const stored = await caches.match(key, { ignoreVary: true });
  // The server is asked whether a page has changed, whatever the browser thinks of its age.
  const asked = request.mode === "navigate" ? fetch(request.url, { cache: "no-cache", redirect: "manual" }) : fetch(request);
  const fresh = asked.then((answer) => {
    const shown = request.destination || url.href.startsWith(ROOT + "pagefind/");
    if (answer.status === 200 && answer.type === "basic" && shown) event.waitUntil(keep(key, answer.clone()));
    return answer;
  });
  if (stored) {
    const late = new Promise((done) => setTimeout(() => done(stored), PATIENCE));
    event.waitUntil(fresh.catch(() => {}));
    return Promise.race([fresh.catch(() => stored), late]);
  }
  try {
    return await fresh;
  } catch (_) {
    if (request.mode !== "navigate") return Response.error();
    const path = url.href.slice(ROOT.length), lang = LANGUAGES.find((code) => path.startsWith(code + "/"));
    return Response.redirect(ROOT + (lang ? lang + "/" : "") + "offline/?missing=" + encodeURIComponent(path));
  }
}

// A file that was saved on purpose is renewed where it is; any other joins the visited, and the oldest of these go.
async function keep(key, answer) {
  let held = false;
  for (const name of await caches.keys()) {
    if (!name.startsWith(SAVED) && name !== ASSETS) continue;
    const cache = await caches.open(name);
    if (!(await cache.match(key, { ignoreVary: true }))) continue;
    await cache.put(key, answer.clone());
    held = true;
  }
  const visited = await caches.open(VISITED);
  if (held) { await visited.delete(key); return; }
  await visited.put(key, answer);
  const keys = await visited.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - KEPT))) await visited.delete(old);
}
