"""What the program says it did not understand about who answers."""

from __future__ import annotations

import pytest

from plankb.model import Doubt, Plan
from tests.text import read_plan


def doubts(text: str, jurisdiction: str | None = "遵义市", date: str | None = None) -> list[tuple[str, str]]:
    reading = read_plan(text, Plan(id="draft", title="方案", jurisdiction=jurisdiction, date=date))
    found = [fact for fact in reading.facts if isinstance(fact, Doubt)]
    assert all(reading.clean.text[slice(*fact.span)] == fact.quote for fact in found)
    assert all(fact.message.zh and fact.message.en for fact in found)
    return [(fact.reason, fact.quote) for fact in found if fact.reason.startswith(("note", "bureau", "table"))]


@pytest.mark.parametrize(
    ("text", "reason", "quote"),
    [
        ("一、任务\n（一）办学。建校。（市教育局牵头，那个谁配合）", "note-part", "那个谁"),
        ("一、任务\n（一）办学。建校。（由专人牵头）", "note-unread", "（由专人牵头）"),
        ("一、任务\n（一）办学。建校。（市教育局兜底，市财政局过目）", "note-unread", "（市教育局兜底，市财政局过目）"),
        ("一、任务\n（一）办学。建校。（市教育局、市财政局过目，市科技局牵头）", "note-role", "市教育局、市财政局过目"),
        ("一、任务\n（一）办学。建校。（牵头单位：市教育局；督办单位：市审计局）", "note-role", "督办单位：市审计局"),
        ("一、任务\n（一）办学。建校。（督导单位：市审计局；责任单位：市教育局）", "note-role", "督导单位：市审计局；"),
        (
            "一、任务\n（一）办学。建校。责任单位：市教育局\n监管单位：市审计局、市财政局",
            "note-unread",
            "监管单位：市审计局、市财政局",
        ),
        ("一、任务\n（一）办学。建校。（业务指导：市教育局）", "note-unread", "（业务指导：市教育局）"),
        ("一、任务\n（一）办学。建校。（市教育局★、市财政局）", "note-role", "市教育局"),
        ("一、任务\n（一）办学。建校。（市某某办牵头）", "bureau-unknown", "市某某办"),
        ("一、任务\n（一）办学。建校。（市教育局、市教育剧牵头，市教竞局配合）", "bureau-like", "市教竞局"),
        ("一、任务\n序号\t工作任务\t责任单位\n1\t\t市教育局\n", "table-unread", "序号\t工作任务\t责任单位"),
        ("（市教育局负责）\n一、任务\n（一）办学。建校。", "note-loose", "（市教育局负责）"),
    ],
)
def test_what_was_not_understood_is_kept_with_its_reason(text: str, reason: str, quote: str) -> None:
    assert (reason, quote) in doubts(text)


def test_a_body_of_no_certain_place_is_doubted() -> None:
    assert doubts("一、任务\n（一）办学。建校。（市教育局负责）", jurisdiction=None) == [("bureau-place", "市教育局")]


def test_a_name_out_of_use_in_the_year_of_the_plan_is_doubted_with_its_reform() -> None:
    text = "一、任务\n（一）治水。清淤。（市环保局负责）"
    assert doubts(text, date="2016-05") == []
    ((reason, quote),) = doubts(text, date="2024-05")
    assert (reason, quote) == ("bureau-former", "市环保局")


def test_a_note_read_whole_leaves_no_doubt() -> None:
    text = "一、任务\n（一）办学。建校。（市教育局牵头，市财政局等按职责分工负责；各区人民政府落实）"
    assert doubts(text) == []


def test_an_office_inside_the_body_that_plans_is_not_doubted() -> None:
    assert doubts("一、任务\n（一）办学。建校。（责任处室：基础教育处、财务处）") == []


def test_a_salutation_is_no_label() -> None:
    assert doubts("各有关单位：\n一、任务\n（一）办学。建校。（市教育局负责）") == []


def test_a_bracket_that_names_its_source_is_no_note() -> None:
    assert doubts("一、任务\n（一）办学。建校。（数据来源：市教育局）") == []
