"""Rule `inconsistent-term`: one short form for two things, and a kind outside the kinds that the draft names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from plankb import rules
from plankb.checks import slogans
from plankb.checks.asked import share_said
from plankb.checks.registry import Draft, Remark, rule

_ALIKE, _MOST, _FEW = 0.5, 8, 2
"""Share of the characters of two long forms by which they are one; kinds that a list may have; kinds that end alike."""
_LONG, _NOUN = 24, 4
"""Characters of a long form that a message shows, and of the name of what is divided that stand behind a kind."""
_PLAIN = re.compile(r"[\s“”\"'（）()]|^\d+[.．、]")


@rule(
    "inconsistent-term",
    severity="warning",
    zh="同一简称、口号指两个不同的对象，所称类别不在前面所分的类别中",
    en="one short form or slogan for two things; a kind that is none of the kinds named before",
    example="（以下简称“两网”）两次所指不同",
)
def inconsistent_term(draft: Draft) -> Iterator[Remark]:
    """Short forms against their first definition, then kinds against the list that names them all."""
    yield from _short_forms(draft)
    yield from _kinds(draft)
    yield from slogans.told_twice(draft)


def _short_forms(draft: Draft) -> Iterator[Remark]:
    """（以下简称“两网”） behind two different names: neither name is the other's end, nor mostly of its characters."""
    first: dict[str, str] = {}
    for match in rules.one("terms", "short_form").regex.finditer(draft.text):
        name, long_form = match["name"], _PLAIN.sub("", match["of"])
        known = first.setdefault(name, long_form)
        if known != long_form and not _one_thing(known.removesuffix(name), long_form.removesuffix(name)):
            details: dict[str, object] = {"name": name, "first": known[-_LONG:], "second": long_form[-_LONG:]}
            yield Remark(match.span(), "E348", details)


def _one_thing(one: str, other: str) -> bool:
    """Whether two long forms mean one thing: one closes the other, or holds most of the pairs of its characters."""
    if one.endswith(other) or other.endswith(one):
        return True
    return max(share_said(one, other), share_said(other, one)) > _ALIKE


def _kinds(draft: Draft) -> Iterator[Remark]:
    """场所分为紧急、短期、长期三类, and later 中期场所: a word that ends as the kinds do, before what is so divided."""
    for match in rules.one("terms", "divided").regex.finditer(draft.text):
        listed = [each.strip("“”") for each in rules.pattern("terms", "joins").split(match["kinds"])]
        end, many = Counter(each[-1] for each in listed if each).most_common(1)[0]
        if many < _FEW or len(listed) > _MOST or not rules.one("terms", "kind_end").search(end):
            continue
        noun, size = match["noun"][-_NOUN:], Counter(map(len, listed)).most_common(1)[0][0]
        said = re.compile(rf"(?P<kind>[\u4e00-\u9fffA-Z]{{{max(1, size - 1)}}}{re.escape(end)}){re.escape(noun)}")
        for other in said.finditer(draft.text, match.end()):
            kind = other["kind"]
            if not any(kind.endswith(each) or each.endswith(kind) for each in listed):
                details: dict[str, object] = {"words": other.group(), "listed": "、".join(listed)}
                yield Remark(other.span(), "E347", details)
                break
