"""A lazy pattern finds what the compiled one finds, and compiles nothing for a text that cannot hold a match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb import rules
from plankb.rules.kinds import OutcomeForm
from plankb.rules.lazy import LazyPattern
from plankb.rules.model import Rule
from plankb.rules.needs import could_match, needs, sieve

CHARS = "牵头的一kKs市"
literals = st.text("牵头的一ks", min_size=1, max_size=3)
sets = st.sampled_from(["[牵头]", "[^牵]", "[一-龥]", r"[\d的]", "[ks]", "[]的]", "."])
escapes = st.sampled_from([r"\d", r"\w", r"\b", r"\x00", "\\u7684", r"\.", "^", "$", "(?!头)", "(?<!的)", "(?=头|的)"])
repeats = st.sampled_from(["", "", "?", "*", "+", "{0,2}", "{1,2}", "{2}", "{,2}", "*?", "+?", "??"])


def _groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    opened = st.sampled_from(["(?:{})", "({})", "(?={})", "(?!{})", "(?i:{})", "(?>{})"])
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map("|".join).map("(?:{})".format),
        st.builds(lambda form, said: form.format(said), opened, inner),
        st.builds(lambda said, times: f"(?:{said}){times}", inner, repeats),
    )


expressions = st.recursive(
    st.one_of(literals, escapes, st.builds(lambda said, times: said + times, sets, repeats)), _groups, max_leaves=8
)


@given(expressions, st.text(CHARS + ".\x00", max_size=8), st.sampled_from([re.compile, lambda e: re.compile(e, re.I)]))
def test_it_finds_what_the_compiled_pattern_finds(expression: str, text: str, compiled: object) -> None:
    try:
        pattern = compiled(expression)  # type: ignore[operator]
    except re.error:
        return
    for kind in ("search", "match", "fullmatch"):
        lazy = LazyPattern(expression, compiled)  # type: ignore[arg-type]
        assert repr(getattr(lazy, kind)(text)) == repr(getattr(pattern, kind)(text))
    spans = [match.span() for match in LazyPattern(expression, compiled).finditer(text)]  # type: ignore[arg-type]
    assert spans == [match.span() for match in pattern.finditer(text)]
    assert LazyPattern(expression, compiled).sub("-", text) == pattern.sub("-", text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        ("(?:由|归)?(?:哪个|谁)(?:单位|部门|局)(?:来)?", [{"哪个", "谁"}, {"单位", "部门", "局"}]),
        ("(?:多少|几)(?:项|个)?|数量", [{"多少", "几", "数量"}]),
        ("(?<![没有])牵头(?!单位)", [{"牵头"}]),
        ("第[一二]节", [{"第"}, {"一", "二"}, {"节"}]),
        (r"\d+项(?=任务|工作)", [{"项"}, {"任务", "工作"}]),
        ("(?:牵头|配合)+", [{"牵头", "配合"}]),
        ("(?P<what>哪些目标)|(?P<who>单位)", [{"哪些目标", "单位"}]),
        ("(?:牵头单位)?的(?:谁(?:来)?管)", [{"的"}, {"谁"}, {"管"}]),
        ("牵头?", [{"牵"}]),
        (r"\x00市", [{"\x00"}, {"市"}]),
    ],
)
def test_what_every_match_needs_is_read_off(expression: str, needed: list[set[str]]) -> None:
    assert [set(one) for one in needs(expression)] == needed


@pytest.mark.parametrize(
    "expression", ["(?:牵头)?", "牵头|", r"\d+", "[^的]", "牵*", "(?x)牵 头", "(?P<a>牵)?(?(a)头|的)", "μ"]
)
def test_what_it_does_not_tell_is_held_against_every_text(expression: str) -> None:
    assert needs(expression) == ()
    assert LazyPattern(expression).can_match("。")


def test_nothing_is_compiled_for_a_text_without_what_it_needs() -> None:
    asked: list[str] = []

    def compiled(expression: str) -> re.Pattern[str]:
        asked.append(expression)
        return re.compile(expression)

    pattern = LazyPattern("(?:由)?谁(?:来)?牵头", compiled)
    assert pattern.search("有哪些目标？") is None
    assert pattern.search("谁来配合？") is None
    assert asked == []
    assert pattern.search("由谁牵头？")
    assert pattern.search("谁来牵头？")
    assert len(asked) == 1


@given(expressions, st.text(CHARS + ".\x00", max_size=8))
def test_a_sieve_lets_through_every_text_with_a_match(expression: str, text: str) -> None:
    try:
        pattern = re.compile(expression)
    except re.error:
        return
    assert could_match(sieve(expression), text) or not pattern.search(text)


def test_a_sieve_asks_for_a_string_of_every_row() -> None:
    rows = sieve("(?:出现|发生)新(?:的)?(?:变化|进展)")
    assert could_match(rows, "发生新变化")
    assert not could_match(rows, "发生变化")
    assert not could_match(rows, "新进展")


@pytest.mark.parametrize(("file", "section"), [("times", "core"), ("qualitative", "ends")])
def test_a_sieve_lets_through_what_a_rule_finds(file: str, section: str) -> None:
    for rule in rules.many(file, section, OutcomeForm if section == "ends" else Rule):
        rows = sieve(rule.expression)
        assert all(could_match(rows, example) for example in rule.examples), rule.name
        assert rows == () or not could_match(rows, "。")
