"""Bytes that people and machines really send: each ends in problems with a place, or works; no traceback, no hang."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from curriculum.frontmatter import compose, read_page, read_yaml
from curriculum.markdown import prepare, render, scan
from curriculum.problem import as_text
from curriculum.words import words
from tests.conftest import lines, problems

META = "modules/uno/module.yml"
PAGE = "modules/uno/index.es.md"

Edit = Callable[[bytes], bytes]


def replaced(old: str, new: str) -> Edit:
    return lambda raw: raw.replace(old.encode(), new.encode(), 1)


BOMB = "\n".join([f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]" for n in range(9)]) + "\n"

BYTES: list[tuple[str, str, Edit, list[str]]] = [
    ("Latin-1", PAGE, lambda raw: raw.decode().encode("latin-1"), [f"{PAGE}:3:19: encoding.not-utf-8"]),
    ("UTF-16", PAGE, lambda raw: raw.decode().encode("utf-16"), [f"{PAGE}:1:1: encoding.utf-16"]),
    ("UTF-8 with a byte order mark", PAGE, lambda raw: b"\xef\xbb\xbf" + raw, []),
    ("CRLF", PAGE, lambda raw: raw.replace(b"\n", b"\r\n"), []),
    ("lone CR", PAGE, lambda raw: raw.replace(b"\n", b"\r"), []),
    ("NUL", PAGE, replaced("Haga", "Ha\0ga"), [f"{PAGE}:20:6: encoding.invisible"]),
    ("line separator in YAML", META, replaced("[wall]", "[\u2028wall]"), [f"{META}:14:13: encoding.invisible"]),
    ("no-break spaces in text", PAGE, replaced("Haga un", "Haga\u00a0un"), []),
    ("50 MB", PAGE, lambda raw: raw + b"x" * 50_000_000, [f"{PAGE}:1:1: encoding.too-large"]),
    ("empty", PAGE, lambda _: b"", [f"{PAGE}:1:1: yaml-syntax.no-front-matter"]),
    ("empty metadata", PAGE, lambda _: b"---\n---\n", [f"{PAGE}:1:1: yaml-syntax.no-front-matter"]),
    ("list as metadata", META, lambda _: b"- a\n", [f"{META}:1:1: field-invalid.not-mapping"]),
    ("2,000 brackets", META, replaced("[wall]", "[" * 2000), [f"{META}:14:23: yaml-syntax.too-deep"]),
    ("a billion laughs", META, lambda raw: BOMB.encode() + raw, []),
]


@pytest.mark.parametrize(("path", "edit", "expected"), [row[1:] for row in BYTES], ids=[row[0] for row in BYTES])
def test_bytes(path: str, edit: Edit, expected: list[str], small: Path) -> None:
    file = small / path
    file.write_bytes(edit(file.read_bytes()))
    found = problems(small)
    assert all(as_text(found, words(lang)) or not found for lang in ("es", "en"))
    if edit(b"").startswith(b"a0: &a0"):
        assert {p.rule for p in found} == {"yaml-feature", "field-unknown"}
    else:
        assert [line for line in lines(found) if line.startswith(f"{path}:")] == expected


def test_a_folder_with_no_files(small: Path) -> None:
    (small / "modules" / "vacio").mkdir()
    assert lines(problems(small)) == ["modules/vacio/module.yml:1:1: field-missing.file"]


def test_links_in_the_file_system(small: Path) -> None:
    (small / "modules" / "uno" / "images" / "clave.svg").symlink_to("/etc/passwd")
    (small / "modules" / "uno" / "handouts" / "otra.es.md").symlink_to("/etc/passwd")
    (small / "modules" / "solo-es" / "index.en.md").symlink_to("/etc/passwd")
    assert lines(problems(small)) == [
        "modules/solo-es/index.en.md:1:1: asset-outside.symlink",
        "modules/uno/handouts/otra.es.md:1:1: asset-outside.symlink",
        "modules/uno/images/clave.svg:1:1: asset-outside.symlink",
    ]


def test_what_operating_systems_leave_behind(small: Path) -> None:
    (small / "modules" / ".DS_Store").write_bytes(b"\0")
    (small / "modules" / "uno" / "Thumbs.db").write_bytes(b"\0")
    assert problems(small) == []


@pytest.mark.parametrize("name", ["platform", "sectors", "themes"])
def test_missing_data(name: str, small: Path) -> None:
    (small / "data" / f"{name}.yml").unlink()
    assert f"data/{name}.yml:1:1: field-missing.file" in lines(problems(small))


@pytest.mark.parametrize(
    "broken", ["[", "a: b", "- a", "- {id: 1}", "- {id: [x]}", "- {es: x}", "x", "null", "- - -", "{}"]
)
@pytest.mark.parametrize("name", sorted(file.stem for file in Path(__file__).parent.glob("small/data/*.yml")))
def test_broken_data(name: str, broken: str, small: Path) -> None:
    (small / "data" / f"{name}.yml").write_text(broken)
    found = problems(small)
    assert any(p.path == f"data/{name}.yml" for p in found) or broken in ("null", "{}")
    assert as_text(found, words("en"))


YAML = st.text(alphabet=st.sampled_from(list("ab:- \n\t[]{}\"'#&*!|>%@`,?~0.\\é\u00a0")), max_size=60)


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(YAML | st.text(max_size=60))
@example("? [a]\n: b")
@example("a: *x")
@example("*0:")
@example("--- !x\n...")
def test_any_yaml_gives_data_or_problems_inside_the_text(text: str) -> None:
    data, values, _, found = compose(text, "x.yml")
    rows = text.split("\n")
    for place in [*values.values(), *((p.line, p.column) for p in found)]:
        line, column = place
        assert 1 <= line <= len(rows) + 1
        assert column >= 1
    assert data is None or not any(p.rule == "yaml-syntax" for p in found)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=80) | YAML.map(lambda text: f"---\n{text}\n---\n{text}".encode()))
def test_any_bytes_can_be_read(raw: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(raw)
    for read in (read_page, read_yaml):
        document, found = read(file, "x.md")
        assert all(p.line >= 1 and p.column >= 1 for p in found)
        assert not found or as_text(found, words("es"))
        assert document.body_line >= 1


MARKDOWN = st.text(alphabet=st.sampled_from(list("ab[]()!`<>#*_{}@F01:|-\n\\\"' &;/.=")), max_size=80)


@settings(max_examples=1500, deadline=None)
@given(MARKDOWN)
@example("[![a](b)](c)")
@example("<!--> <script> -->")
@example("`` ` `` [x](y)")
def test_any_markdown_can_be_scanned_and_prepared(text: str) -> None:
    found = scan(text)
    for link in found.links:
        assert text[link.start : link.end] == link.target or link.target.startswith("mailto:")
    render(prepare(text, words("en"), lambda mark: mark.name, lambda link: link.target))


@pytest.mark.parametrize(
    "text",
    ["[" * 30_000, "`" * 30_000 + "a", "[a](" * 10_000, "<a " * 10_000, "<a '" * 10_000, "<!--" * 10_000, "[@" * 20_000,
     "#" * 30_000, "> [!say" * 10_000, "`a" * 15_001, "{" * 30_000, "```\n" * 9_999, "a\n=" * 10_000],
    ids=lambda text: text[:5].strip(),
)  # fmt: skip
def test_a_long_text_of_signs_is_scanned_at_once(text: str) -> None:
    scan(text)
