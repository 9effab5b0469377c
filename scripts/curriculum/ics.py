"""The sessions to come as a calendar that phones can follow (RFC 5545): only those that are public."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from curriculum.address import page_address
from curriculum.evaluation import shown
from curriculum.library import Library
from curriculum.schedule import begin, schedule
from curriculum.session import Session
from curriculum.tally import module_name, session_organisations
from curriculum.words import Words

FOLD = 75  # bytes in a line, without the end of line


def upcoming(library: Library) -> dict[str, Session]:
    """Sessions of today or later that may be shown before they are held, soonest first."""
    return {
        name: one
        for name, one in shown(library).items()
        if one.public and one.record is None and one.date >= library.today
    }


def calendar(library: Library, w: Words) -> str:
    """The feed in one language; times in UTC, so that no phone needs to know the zone's history."""
    name = library.platform.short_name[w.lang]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//curriculum//sessions//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(w('ics.name', name=name))}",
        f"X-WR-TIMEZONE:{library.platform.timezone}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for key, one in upcoming(library).items():
        lines += _event(library, key, one, w)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(library: Library, key: str, one: Session, w: Words) -> list[str]:
    planned = schedule(library, one)
    titles = "; ".join(module_name(library, name, w) for name in one.modules)
    said = [w("ics.who", organisations=session_organisations(library, one, w)), w(f"session.place.{one.place}")]
    if one.illustrative:
        said.insert(0, w("illustrative"))
    if one.cancelled:
        said.append(w("session.cancelled", reason=one.cancelled[w.lang]))
    host = (library.platform.site_url or "https://curriculum.invalid/").split("/")[2]
    address = page_address(library, "sessions/", w.lang)
    # The stamp comes from the plan and not from the clock: the same input gives the same bytes.
    stamp = datetime.combine(one.date, datetime.min.time(), UTC)
    return [
        "BEGIN:VEVENT",
        f"UID:{key}@{host}",
        f"DTSTAMP:{_utc(stamp)}",
        f"DTSTART:{_utc(begin(one, ZoneInfo(library.platform.timezone)))}",
        f"DTEND:{_utc(planned.end)}",
        f"SUMMARY:{_escaped(titles)}",
        f"DESCRIPTION:{_escaped(chr(10).join(said))}",
        *([f"URL:{address}"] if address else []),
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
        f"SEQUENCE:{int(bool(one.cancelled))}",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line in pieces of at most 75 bytes, no letter cut in two; a piece goes on after a space."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len(f"{piece}{letter}".encode()) > FOLD - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
