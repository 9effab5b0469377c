"""Paper: facilitator guides as PDFs that are PDF/A-3a and PDF/UA-1 at once. `print_all` is the door."""

from curriculum.print.press import EDITIONS, KINDS, PAPERS, print_all
from curriculum.print.sheet import Fault, Sheet

__all__ = ["EDITIONS", "KINDS", "PAPERS", "Fault", "Sheet", "print_all"]
