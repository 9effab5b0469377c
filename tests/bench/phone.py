"""The site on a cheap phone: Chromium with a slow line and a slow processor; what it loads is counted by the server."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.clock import figure
from tests.site.conftest import CHROMIUM

LINE = 400_000 / 8  # bytes a second
LATENCY = 150  # ms there and back
SLOWER = 4  # times slower than this machine
TURNS = 3
PACKED = (".woff2", ".png", ".pdf", ".pagefind", ".pf_index", ".pf_meta", ".pf_filter", ".pf_fragment")
LARGEST = """() => new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
        .observe({type: 'largest-contentful-paint', buffered: true});
})"""


class Server(ThreadingHTTPServer):
    """Counts the bytes of the bodies that it sends, and the answers that are no success."""

    sent = 0
    failed = 0


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.server.failed += 1
            self.send_error(404)
            return
        content = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if not file.name.endswith(PACKED):
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        if "assets/" in self.path:
            self.send_header("Cache-Control", "max-age=31536000, immutable")
        self.send_header("Content-Length", str(len(content)))
        # A visitor who goes on to the next page does not wait for the rest of this one.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.end_headers()
            self.wfile.write(content)
            self.server.sent += len(content)


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Server, str]]:
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server, f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def phone(browser: Browser, *, slow: bool) -> Iterator[Page]:
    """A fresh visitor's page on a small phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    if slow:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": LATENCY, "downloadThroughput": LINE, "uploadThroughput": LINE},
        )
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page
    context.close()


def settle(page: Page) -> None:
    """Until the service worker has what it keeps, and nothing more is loaded."""
    page.wait_for_load_state("networkidle")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_timeout(500)


def run(site: Path, module: str, further: str) -> None:
    """Time and bytes of a module's page, of a further one, and of the first search."""
    with serving(site) as (server, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path in ("", "modules/", f"modules/{module}/", f"en/modules/{module}/"):
            times = []
            for _ in range(TURNS):
                with phone(browser, slow=True) as page:
                    page.goto(address + path, wait_until="load", timeout=120_000)
                    times.append(page.evaluate(LARGEST) / 1000)
            goal = "goal 2.0" if "modules/" + module in path else ""
            figure(f"/{path}: largest paint at 400 kbit/s, {SLOWER}× slower", median(times), goal=goal)
        with phone(browser, slow=False) as page:
            before = server.sent
            page.goto(f"{address}modules/{module}/")
            settle(page)
            figure("first load of a module's page, all told", (server.sent - before) / 1024, "kB", "goal 100")
            before = server.sent
            page.goto(f"{address}modules/{further}/", wait_until="networkidle")
            figure("next page", (server.sent - before) / 1024, "kB", "goal 16")
            page.goto(f"{address}search/", wait_until="networkidle")
            before = server.sent
            page.locator("#q").press_sequentially("derechos laborales", delay=60)
            page.locator(".found h2").first.wait_for()
            page.wait_for_load_state("networkidle")
            figure("first search", (server.sent - before) / 1024, "kB", "goal 150")
        figure("requests that ended in an error", server.failed, "", "goal 0")
        browser.close()
