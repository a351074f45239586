"""Facts and sources as rows: what is looked for in columns, the rest as short JSON, long words once.

An id that starts with its plan's id and a colon is kept without the plan's id. A quotation that is long and stands in
the clean text word for word is not kept again, nor is the text of a task where it is a part of its quotation.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from json.encoder import encode_basestring
from types import MappingProxyType

from plankb.late import dataclass
from plankb.model import AnyFact, Citation, Deadline, Doubt, Project, Target, Task

MODELS: Mapping[str, type[AnyFact]] = MappingProxyType(
    {"task": Task, "target": Target, "deadline": Deadline, "project": Project, "citation": Citation, "doubt": Doubt}
)
KINDS = ("task", "target", "deadline", "project", "citation")
"""Kinds of facts that a passage carries, each with its bit in `passage.kinds`."""
LONG = 100
"""Characters up to which a quotation stands in the row itself, where every SQL tool can read it."""
MOST_BYTES = 256_000_000
"""What one packed value may unpack to; the longest plan that is read needs a fifth of it."""
_COLUMNS = frozenset({"id", "plan", "kind", "section", "quote", "span", "text"})
_REFERENCES = ("targets", "of", "lead", "support", "joint")
"""Fields that hold ids of facts; of a task the last three hold names, which have no plan's id in front."""

FactRow = tuple[str, str, int, int, float | None, str | None, str, bytes | str | None]
"""key, kind, start, end, value, quote, record, body."""


def pack(fact: AnyFact, clean: str) -> FactRow:
    """The row of a fact; `clean` is the clean text of its plan. `value` is a target's in its canonical unit."""
    start, end = fact.span
    record = fact.model_dump(mode="json", exclude=set(_COLUMNS), exclude_defaults=True)
    known = len(fact.quote) > LONG and clean[start:end] == fact.quote
    return (
        short(fact.plan, fact.id), fact.kind, start, end, _value(fact), None if known else fact.quote,
        to_json(fact.plan, record), _body(fact),
    )  # fmt: skip


def unpack(plan: str, section: tuple[str, ...], row: FactRow, clean: Callable[[], str]) -> AnyFact:
    """The fact of a row; `clean` gives the plan's clean text. Raises ValidationError, ValueError, zlib.error for a
    damaged row."""
    key, kind, start, end, _, quote, record, body = row
    if kind == "target":  # most facts are targets, and hold no id of another
        return _target(plan, section, row, clean)
    fields = from_json(plan, record)
    if quote is None:
        quote = clean()[start:end]
    if body is not None:
        fields["text"] = _cut(quote, body) if isinstance(body, str) else inflate(body).decode()
    found = {"id": full(plan, key), "plan": plan, "kind": kind, "section": section, "quote": quote}
    return MODELS[kind].model_validate(found | {"span": (start, end)} | fields)


def _target(plan: str, section: tuple[str, ...], row: FactRow, clean: Callable[[], str]) -> Target:
    """The same of a target, whose JSON is completed as text and read once."""
    key, kind, start, end, _, quote, record, _ = row
    said = clean()[start:end] if quote is None else quote
    head = (
        f'{{"id":{encode_basestring(full(plan, key))},"plan":{encode_basestring(plan)},"kind":"{kind}",'
        f'"section":{_listed(section)},"quote":{encode_basestring(said)},"span":[{start},{end}]}}'
    )
    if not record.startswith("{"):
        raise ValueError("not a record")
    return Target.model_validate_json(f"{head[:-1]},{record[1:]}" if len(record) > 2 else head)


@lru_cache(maxsize=1024)
def _listed(section: tuple[str, ...]) -> str:
    """A section path as JSON: the facts of one section follow one another."""
    return json.dumps(section, ensure_ascii=False)


def short(plan: str, id_: str) -> str:
    """An id without its plan's id in front."""
    return id_[len(plan) :] if id_.startswith(f"{plan}:") else id_


def full(plan: str, key: str) -> str:
    """The id again."""
    return plan + key if key.startswith(":") else key


def said(record: str, quote: str, body: bytes | str | None) -> str:
    """What a fact says, letter case aside: what a filter by words looks at."""
    fields = json.loads(record)
    names = ("title", "indicator", "scope", "name", "box", "number")
    words = [str(fields[name]) for name in names if fields.get(name)]
    text = inflate(body).decode() if isinstance(body, bytes) else ""
    return "\n".join([quote, *words, text]).casefold()


def _body(fact: AnyFact) -> bytes | str | None:
    """Where the text of a task stands in its quotation, "START:END", or the text itself packed; else None."""
    if not isinstance(fact, Task):
        return None
    text, quote = fact.text, fact.quote
    start = quote.find(text[:8]) if text else -1
    end = quote.rfind(text[-8:]) + len(text[-8:]) if text else -1
    place = f"{start}:{end}"
    if start >= 0 and _cut(quote, place) == text:
        return place
    return zlib.compress(text.encode(), 6)


def _cut(quote: str, place: str) -> str:
    start, _, end = place.partition(":")
    return quote[int(start) : int(end)].replace("\n", "")


def _value(fact: AnyFact) -> float | None:
    if not isinstance(fact, Target):
        return None
    value = fact.normal.value if fact.normal else fact.value
    return None if value is None else float(value)


def to_json(plan: str, record: dict[str, object]) -> str:
    """The fields of a record as short JSON, ids without their plan's."""
    for name in _REFERENCES:
        match record.get(name):
            case str(id_):
                record[name] = short(plan, id_)
            case list(ids):
                record[name] = [short(plan, id_) for id_ in ids]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def from_json(plan: str, record: str) -> dict[str, object]:
    """The fields again. Raises ValueError for what is no record."""
    fields = json.loads(record)
    if not isinstance(fields, dict):
        raise ValueError("not a record")
    for name in _REFERENCES:
        match fields.get(name):
            case str(key):
                fields[name] = full(plan, key)
            case list(keys):
                fields[name] = [full(plan, str(key)) for key in keys]
    return fields


_HALF, _KEPT = re.compile("[\ud800-\udfff]"), re.compile("[\U0010f000-\U0010f7ff]")
_APART = 0x10F000 - 0xD800


def kept_path(path: str) -> str:
    """A path as SQLite can keep it: bytes of a name that are no text (GBK on Linux) as private characters."""
    return _HALF.sub(lambda found: chr(ord(found[0]) + _APART), path)


def _path(kept: str) -> str:
    return _KEPT.sub(lambda found: chr(ord(found[0]) - _APART), kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file of a plan.

    `stamp` changes with the file, with what a manifest says about it and with the program that read it:
    as long as it is the same, the file need not be read again.
    """

    path: str
    sha256: str
    stamp: str
    read_at: str
    """ISO date and time, UTC."""

    @classmethod
    def of(cls, path: object, sha256: object, stamp: object, read_at: object) -> Source:
        """The source that a row tells. Raises TypeError and ValueError for values that no program wrote."""
        texts = [one for one in (path, sha256, stamp, read_at) if isinstance(one, str)]
        if len(texts) < 4:
            raise TypeError("text expected")
        datetime.fromisoformat(texts[3])
        return cls(path=_path(texts[0]), sha256=texts[1], stamp=texts[2], read_at=texts[3])


def inflate(data: bytes, *, most: int = MOST_BYTES) -> bytes:
    """The bytes of a zlib stream. Raises ValueError where they are more than `most`, zlib.error where it is damaged."""
    stream = zlib.decompressobj()
    found = stream.decompress(data, most)
    if stream.unconsumed_tail:
        raise ValueError(f"unpacks to more than {most} bytes")
    if not stream.eof:
        raise zlib.error("incomplete stream")
    return found
