"""What was said or seen about a theme, as a page may show it: with permission only, without organisation or day."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from curriculum.consultation import Consultation, Evidence
from curriculum.library import Library
from curriculum.needs import Round
from curriculum.words import Words


@dataclass(frozen=True)
class Voice:
    """`lang` is the language of `text`; `translated_from` names the one it was said in where that is another."""

    kind: str
    text: str
    lang: str
    translated_from: str
    sectors: str
    illustrative: bool


def voices(library: Library, held: Round, theme: str, w: Words) -> tuple[list[Voice], int]:
    """The evidence of a round on a theme, quotes first, and how much of it has no permission to be shown."""
    about = [(one, evidence) for one in held.consultations for evidence in one.evidence if evidence.theme == theme]
    shown = [_voice(library, one, evidence, w) for one, evidence in about if _allowed(one, evidence)]
    return sorted(shown, key=lambda voice: voice.kind != "quote"), len(about) - len(shown)


def sectors_of(library: Library, one: Consultation, w: Words) -> str:
    organisation = library.organisations.get(one.organisation)
    names = organisation.sectors if organisation else []
    return w.join([library.sectors[name].title[w.lang] for name in names if name in library.sectors])


def _allowed(one: Consultation, evidence: Evidence) -> bool:
    """Both the group and who said it agreed."""
    return evidence.consent != "none" and one.consent.quotes != "none" and one.consent.notice != "none"


def _voice(library: Library, one: Consultation, evidence: Evidence, w: Words) -> Voice:
    lang = next(code for code in (w.lang, evidence.lang, *evidence.text) if code in evidence.text)
    return Voice(
        kind=evidence.kind,
        text=evidence.text[lang],
        lang=lang,
        translated_from="" if lang == evidence.lang else language_of(evidence.lang, w),
        sectors=sectors_of(library, one, w),
        illustrative=one.illustrative,
    )


def language_of(code: str, w: Words) -> str:
    """What a language is called in that of `w`; its code where nobody knows."""
    return str(Locale.parse(w.locale).languages.get(code, code))
