"""The quick look that spares most texts the patterns of persons never hides what the patterns would find."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from curriculum.personal import PATTERNS, worth_looking

PIECES = st.lists(
    st.sampled_from(
        ["Calle", "calle", "CALLE", "av.", "Avenida", "callejón", "street", "Rosas", "Ángeles", "col.", "Colonia",
         "núm.", "No.", "#", "Don", "DOÑA", "señora", "Lic.", "mr", "Miss", "me llamo", "Is called", "Rosa", "Íñigo",
         "x", "_", "ABCD900101HDFLRS09", "abcd900101mdflrs01", "XAXX900101AB1", "&", "55", "1234", "5678", "12",
         "+52", "(55)", "@", "ana", "correo.mx", "4", ",", ".", "-", " ", "  ", "\n", "\t", "\u00a0", "٣٤٥٦"]
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(PIECES)
@example(["calle", "\n", "Rosas", " ", "12"])
@example(["+52", " ", "(55)", " ", "1234", " ", "5678"])
def test_the_quick_look_hides_nothing(pieces: list[str]) -> None:
    text = "".join(pieces)
    worth = worth_looking(text, tuple(PATTERNS))
    for kind, (pattern, really) in PATTERNS.items():
        if kind not in worth:
            assert not [match[0] for match in pattern.finditer(text) if really(match[0])], (kind, text)
