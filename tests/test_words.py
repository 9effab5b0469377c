"""The catalogues: both languages say everything that the code asks for, with the same places to fill."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment

from curriculum.problem import RULES
from curriculum.validate import VARIANTS
from curriculum.words import FOLDER, languages, words

ROOT = Path(__file__).parents[1]
SOURCES = [*ROOT.glob("scripts/curriculum/**/*.py"), *ROOT.glob("overrides/**/*.html")]
# Sentences of the library of the command line, translated under its English.
FOREIGN = {"click"}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_languages_have_the_same_files() -> None:
    names = {lang: {p.name.split(".")[0] for p in FOLDER.glob(f"*.{lang}.po")} - FOREIGN for lang in languages()}
    assert names["es"] == names["en"]


def test_every_key_is_in_both_languages_with_the_same_places() -> None:
    es, en = words("es").texts, words("en").texts
    foreign = {message.id for name in FOREIGN for message in read_po((FOLDER / f"{name}.es.po").open("rb"))}
    assert set(es) - foreign == set(en)
    for key in en:
        assert {name for form in es[key] for name in places(form)} == {n for form in en[key] for n in places(form)}, key
        assert all(es[key]), key
        assert all(en[key]), key


@pytest.mark.parametrize("lang", languages())
def test_no_key_is_there_twice(lang: str) -> None:
    """The second would take the place of the first, in another file too."""
    said = "\n".join(file.read_text("utf-8") for file in sorted(FOLDER.glob(f"*.{lang}.po")))
    keys = re.findall(r'^msgid "(.+)"$', said, re.MULTILINE)
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_key_in_the_code_exists() -> None:
    asked = set()
    for source in SOURCES:
        asked |= set(
            re.findall(r"""\b(?:w|say|words\([^()]*\))\(\s*["']([a-z][a-z0-9.-]*)["']""", source.read_text("utf-8"))
        )
    assert len(asked) > 60
    known = words("es").texts
    # A key that ends in a sign is the beginning of one: w("print.depth." ~ depth).
    missing = [
        key for key in asked if key not in known and not (key[-1] in ".-" and any(k.startswith(key) for k in known))
    ]
    assert missing == []


def test_every_rule_is_explained() -> None:
    for family, rules in RULES.items():
        for lang in languages():
            w = words(lang)
            assert f"family.{family}" in w
            for rule in rules:
                assert {f"rule.{rule}.{part}" for part in ("title", "why", "pass", "fail")} <= set(w.texts)


def test_every_problem_that_the_code_can_raise_has_words() -> None:
    rules = {rule for family in RULES.values() for rule in family}
    raised = {f"field-invalid.{variant}" for variant in VARIANTS.values()}
    for source in ROOT.glob("scripts/curriculum/**/*.py"):
        raised |= {
            f"{rule}.{variant}"
            for rule, variant in re.findall(
                r"""\bproblem\([^\n]*?["']((?:[a-z]+-)+[a-z]+|encoding)["'],\s*["']([a-z0-9-]+)["']""",
                source.read_text("utf-8"),
            )
            if rule in rules and variant not in rules
        }
    assert len(raised) > 50
    for lang in languages():
        missing = [
            name for name in raised if f"problem.{name}" not in words(lang) or f"problem.{name}.fix" not in words(lang)
        ]
        assert missing == []


@pytest.mark.parametrize(
    ("lang", "day", "number"),
    [("es", "21 de noviembre de 2026", "1,500.5"), ("en", "21 November 2026", "1,500.5")],
)
def test_dates_and_numbers(lang: str, day: str, number: str) -> None:
    w = words(lang)
    assert w.date(date(2026, 11, 21)) == day
    assert w.number(1500.5) == number
    assert w.elapsed(75) == "1:15"
    assert w.minutes(15) == "15\u00a0min"


# Names of formats and of the tool are the same in every language.
NO_WORDS = {"ID", "PDF", "CSV", "curriculum", "doctype", "html"}
WORD = re.compile(r"[A-Za-zÁÉÍÓÚÑáéíóúñ]{2,}")
SEEN = re.compile(r"\b(?:title|alt|placeholder|aria-label|content)=[\"']([^\"']*)[\"']")


def literal_html(html: str) -> set[str]:
    """The words that a reader would see or hear of a piece of HTML."""
    html = re.sub(r"<(script|style|svg).*?</\1>|<!--.*?-->", " ", html, flags=re.DOTALL)
    spoken = " ".join(SEEN.findall(re.sub(r"<meta[^>]*>", " ", html)))
    text = re.sub(r"&#?\w+;", " ", re.sub(r"<[^<>]*>", " ", html))
    text = re.sub(r"""[\w-]+=["'][^"']*["']?""", " ", text)  # a part of a tag
    return set(WORD.findall(f"{text} {spoken}")) - NO_WORDS


@pytest.mark.parametrize("template", [*ROOT.glob("overrides/**/*.html")], ids=lambda path: path.stem)
def test_no_template_says_anything_itself(template: Path) -> None:
    tokens = list(Environment().lex(template.read_text("utf-8")))
    # What the engine fills in is a 0: it may stand in the middle of a tag.
    parts = ["0" if kind in ("variable_begin", "block_begin") else text for _, kind, text in tokens
             if kind in ("data", "variable_begin", "block_begin")]  # fmt: skip
    assert literal_html("".join(parts)) == set()


def test_no_style_and_no_script_says_anything_itself() -> None:
    said = []
    for path in ROOT.glob("overrides/**/*.css"):
        said += re.findall(r'content:[^;}\n]*?"([^"\n]*[A-Za-z]{2,}[^"\n]*)"', path.read_text("utf-8"))
    for path in ROOT.glob("overrides/**/*.js"):
        code = re.sub(r"//[^\n]*", "", path.read_text("utf-8"))
        # A field of a file, such as "minutes:", is no word to a reader.
        said += re.findall(r'(?:textContent|innerText|title|ariaLabel)\s*=\s*"([^":\n]*[A-Za-z]{2,}[^":\n]*)"', code)
        said += re.findall(r'(?:alert|confirm|prompt)\(\s*"([^"\n]+)"', code)
    assert said == []


def shown(tree: ast.AST) -> Iterator[ast.expr]:
    """What the code prints, refuses with or says."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("print", "echo", "Refusal", "ClickException", "UsageError", "secho", "prompt", "confirm"):
                yield from node.args
            yield from (word.value for word in node.keywords if word.arg in ("help", "metavar", "short_help"))


def literals(expression: ast.expr) -> Iterator[str]:
    """The literal text of an expression; keys of catalogues that it asks for are none."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.JoinedStr):
        yield from (part.value for part in expression.values if isinstance(part, ast.Constant))
    elif isinstance(expression, ast.BinOp):
        yield from literals(expression.left)
        yield from literals(expression.right)
    elif isinstance(expression, ast.IfExp):
        yield from literals(expression.body)
        yield from literals(expression.orelse)


def written(tree: ast.AST) -> Iterator[str]:
    """The HTML that code writes itself, with a 0 for what is filled in."""
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | inside:
            text = node.value
        if re.search(r"<(?:p|h\d|td|th|li|b|title|a|span)\b[^<>]*>", text) and "(?" not in text:
            yield text


def test_no_code_says_anything_itself() -> None:
    said = []
    for path in ROOT.glob("scripts/curriculum/**/*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for expression in shown(tree):
            said += [(path.name, text) for text in literals(expression) if WORD.search(text) and text not in NO_WORDS]
        said += [(path.name, word) for html in written(tree) for word in literal_html(html)]
    assert said == []


def test_these_tests_would_find_a_literal() -> None:
    assert literal_html("<p>Hola 0</p>") == {"Hola"}
    assert literal_html('<a title="Ver más" href="0">0</a>') == {"Ver", "más"}
    tree = ast.parse("print(f'Listo: {n}')\nraise Refusal('No se ' + x)\nprint(w('cli.ok'))")
    assert [text for expression in shown(tree) for text in literals(expression)] == ["Listo: ", "No se "]
