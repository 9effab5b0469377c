"""Paper: every kind as a PDF that is PDF/A-3a and PDF/UA-1 at once, but what is folded. `print_all` is the door."""

from curriculum.print.press import EDITIONS, KINDS, PAPERS, Wish, print_all, print_packet, wishes
from curriculum.print.sheet import Fault, Order, Sheet

__all__ = ["EDITIONS", "KINDS", "PAPERS", "Fault", "Order", "Sheet", "Wish", "print_all", "print_packet", "wishes"]
