"""The content security policy of the pages: everything from the site itself, nothing inline, no third party."""

from __future__ import annotations

RULES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    # The stylesheet holds its drawings.
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
# The search is a small program in WebAssembly, which scripts may compile; evaluating text stays forbidden.
COMPILING = {"script-src": "'self' 'wasm-unsafe-eval'"}


def policy(kind: str = "") -> str:
    """The policy of a kind of page, as the content of a meta tag."""
    return "; ".join(f"{name} {value}" for name, value in (RULES | (COMPILING if kind == "search" else {})).items())
