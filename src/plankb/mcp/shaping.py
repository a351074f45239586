"""Records as a model gets them: bounded in size, without control characters, with the title of their plan.

What is left out is said: `cut` names the fields of a record that were shortened, and `source` gives them whole.
Nothing is added to what a plan says: a shortened quotation is its beginning, letter by letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plankb.errors import Language
from plankb.kb import safe
from plankb.model import Finding, Passage, Record

MOST = 50
"""Records of one page."""
LONGEST = 600
"""Characters of one text."""
MANY = 30
"""Values of one list."""

Shaped = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """How records are shown: titles of plans by id, the language of what the program says, and the longest text."""

    titles: Mapping[str, str]
    lang: Language = "zh"
    longest: int = LONGEST

    def page(self, records: Sequence[Record], *, limit: int, offset: int) -> Shaped:
        """A page of records: `count` of all, `next` is the offset of the page after it, None on the last one."""
        limit, offset = min(max(limit, 1), MOST), max(offset, 0)
        end = offset + limit
        return {
            "count": len(records),
            "offset": offset,
            "next": end if end < len(records) else None,
            "facts": [self.record(one) for one in records[offset:end]],
        }

    def record(self, record: Record) -> Shaped:
        """One record."""
        data = record.model_dump(mode="json")
        if isinstance(record, Passage):
            data = {"id": passage_id(record), **data}
        if isinstance(record, Finding):
            data = {"id": f"{record.rule}@{record.line}", **data}
        return self.fields(data)

    def fields(self, data: Mapping[str, object]) -> Shaped:
        """The fields that say something; a task's text is left out, since its quotation holds it."""
        shaped: Shaped = {}
        cut: list[str] = []
        for name, value in data.items():
            if value in (None, (), [], {}, "") or (name == "text" and data.get("kind") == "task"):
                continue
            shaped[name] = self._value(value)
            if _is_longer(value, shaped[name]):
                cut.append(name)
        if title := self.titles.get(str(data.get("plan", ""))):
            shaped["plan_title"] = safe_text(title)
        return {**shaped, "cut": cut} if cut else shaped

    def _value(self, value: object) -> object:
        if isinstance(value, str):
            return safe_text(value)[: self.longest]
        if isinstance(value, Mapping):
            return safe_text(value[self.lang]) if set(value) == {"zh", "en"} else self.fields(value)
        if isinstance(value, list | tuple):
            return [self._value(one) for one in value[:MANY]]
        return value


def _is_longer(value: object, shaped: object) -> bool:
    return isinstance(value, str | list | tuple) and isinstance(shaped, str | list) and len(shaped) < len(value)


def safe_text(text: str) -> str:
    """Text without characters that anything would obey; line breaks and tabs stay."""
    return safe(text)


def passage_id(passage: Passage) -> str:
    """What names a passage: `PLAN@START-END`, its place in the clean text of the plan."""
    return f"{passage.plan}@{passage.span[0]}-{passage.span[1]}"
