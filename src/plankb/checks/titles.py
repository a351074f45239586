"""Rule `broken-heading`: headings that lost their first or last character."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plankb import rules, segment
from plankb.checks.registry import Draft, Remark, rule
from plankb.document import INLINE, Section

_SHORT = 16
"""Characters of a heading that runs on in its paragraph, beyond which it may be a sentence."""


@rule(
    "broken-heading",
    severity="warning",
    zh="标题残缺：首字或末字脱落",
    en="a heading that lost its first or last character",
    example="三、强燃煤锅炉治理（应为“加强”）",
)
def broken_heading(draft: Draft) -> Iterator[Remark]:
    """A heading that ends in a conjunction, or begins with the second half of a verb where its siblings do not."""
    endings = rules.one("checks", "broken.endings")
    siblings: dict[tuple[int | None, str], list[Section]] = defaultdict(list)
    for section in draft.reading.outline.sections:
        whole = not section.run_in or (len(section.title) <= _SHORT and "，" not in section.title)
        if section.form not in (*INLINE, "table", "annex") and whole and section.title:
            siblings[section.parent, section.form].append(section)
    for group in siblings.values():
        for section in group:
            if endings.search(section.title):
                yield Remark(section.span, "E414", {"end": section.title[-1]})
            elif _begins_broken(section) and not any(_alone(other) for other in group if other is not section):
                yield Remark(section.span, "E415", {"start": section.title[0]})


def _begins_broken(section: Section) -> bool:
    halves, works = rules.words("checks", "broken.halves"), rules.one("checks", "broken.works")
    return _alone(section) and section.title[0] in halves and works.search(section.title) is not None


def _alone(section: Section) -> bool:
    """Whether the first character is a word of its own."""
    return len(next(iter(segment.words(section.title)), "")) == 1
