"""The page of a plan as it was read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from plankb.document import outline
from plankb.errors import Language
from plankb.exports.html import reading as page
from plankb.exports.reading import Card, blocks
from plankb.extractors import Reading
from plankb.model import Plan
from tests.samples import sample
from tests.text import clean


def reading(plan: str = "plan") -> Reading:
    one = sample(plan)
    return Reading(one.plan, one.clean, outline(one.clean), one.facts, one.bureaus)


class _Page(HTMLParser):
    """Text by class of the innermost element, and all tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.classes: list[str] = []
        self.marked: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self.classes.append(dict(attrs).get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        self.classes.pop()

    def handle_data(self, data: str) -> None:
        if self.classes:
            self.marked.append((self.classes[-1], data))


def parsed(content: bytes) -> _Page:
    found = _Page()
    found.feed(content.decode())
    assert not found.classes
    return found


def test_no_character_of_the_plan_is_lost_or_doubled() -> None:
    one = reading()
    shown = "\n".join("\t".join("".join(p.text for p in cell) for cell in block.cells) for block in blocks(one, "zh"))
    assert shown == one.clean.text


def test_what_was_seen_is_marked_where_it_stands() -> None:
    marked = parsed(page(reading())).marked
    for kind, text in [
        ("target", "铁路货运量占比提高"), ("time", "到2025年"), ("quantity", "1个百分点"), ("bureau", "市交委"),
        ("citation", "公路条例"), ("note", "牵头，"),
    ]:  # fmt: skip
        assert any(kind in classes.split() and text in words for classes, words in marked), kind


def test_every_fact_has_one_card_beside_the_paragraph_where_it_begins() -> None:
    one = reading()
    cards: list[Card] = [card for block in blocks(one, "zh") for card in block.cards]
    assert [card.number for card in cards] == list(range(1, len(one.facts) + 1))
    assert {text for card in cards for name, text in card.fields if name == "编号"} == {fact.id for fact in one.facts}
    for block in blocks(one, "zh"):
        said = "".join(piece.text for cell in block.cells for piece in cell)
        assert all(one.facts[card.number - 1].quote.split("\n")[0][:5] in said for card in block.cards)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_needs_nothing_else(lang: Language) -> None:
    content = page(reading(), lang=lang).decode()
    assert not re.search(r"(?:src|href)=\"(?!#)", content)
    assert "<script" not in content
    assert "@import" not in content
    assert "prefers-color-scheme: dark" in content
    assert "@media print" in content


def test_markup_in_a_plan_is_text() -> None:
    evil = "<script>alert(1)</script>\"' onload=x {{ 7*7 }} {% raw %} &lt; \x1b[31m\x00"
    text = clean(f"{evil}方案\n\n一、任务\n\n{evil}到2025年达到80%。\n甲{evil}\t乙\t丙\n")
    plan = Plan(id="x", title=evil, issuer=evil)
    content = page(Reading(plan, text, outline(text), (), ()))
    found = parsed(content)
    assert "script" not in found.tags
    assert b"\x1b" not in content
    assert b"\x00" not in content
    shown = "".join(words for _, words in found.marked)
    assert "<script>alert(1)</script>" in shown
    assert "{{ 7*7 }}" in shown


def test_a_plan_without_facts_or_text() -> None:
    empty = clean("")
    assert b"<h1>" in page(Reading(Plan(id="x", title="空"), empty, outline(empty), (), ()))
