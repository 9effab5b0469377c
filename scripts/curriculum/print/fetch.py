"""What a document may open: files below the folders of its order, and data: addresses. Never the network."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

ROOT = re.compile(r"root-(\d{1,4})")


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Opens files below `roots` after following links; refuses everything else with a ValueError.

    A file is named by its path, or from a root as `file:///root-0/images/x.png`.
    """

    def __init__(self, roots: Iterable[Path]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.roots = tuple(root.resolve() for root in roots)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        if parts.scheme != "file" or parts.netloc:
            raise ValueError(f"not on paper: {url}")
        path = Path(url2pathname(parts.path))
        if found := ROOT.fullmatch(path.parts[1] if len(path.parts) > 1 else ""):
            path = self.roots[int(found[1])].joinpath(*path.parts[2:]) if int(found[1]) < len(self.roots) else path
        path = path.resolve()
        if not any(path.is_relative_to(root) for root in self.roots):
            raise ValueError(f"outside the allowed folders: {url}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
