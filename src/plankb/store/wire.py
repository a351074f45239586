"""A packed plan as bytes, for the way between processes and machines: JSON, which can carry no code."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode

from plankb.model import Plan
from plankb.store.packing import Content, Packed

_BYTES = "$"


def dump(packed: Packed) -> bytes:
    """The bytes of a packed plan; the same for the same plan."""
    content = packed.content
    said = {
        "plan": packed.plan.model_dump(mode="json"),
        "texts": (packed.raw, packed.clean, packed.layout),
        "words": dict(packed.words),
        "content": (content.sections, content.facts, content.bureaus, content.headings, content.passages),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_encoded).encode()


def load(data: bytes) -> Packed:
    """The packed plan again. Raises ValueError where the bytes are none."""
    said = json.loads(data, object_hook=_decoded)
    raw, clean, layout = said["texts"]
    sections, facts, bureaus, headings, passages = said["content"]
    return Packed(
        plan=Plan.model_validate(said["plan"]),
        raw=raw,
        clean=clean,
        layout=layout,
        content=Content(
            sections=tuple(map(tuple, sections)),
            facts=tuple((section, tuple(row), tuple(map(tuple, tags))) for section, row, tags in facts),
            bureaus=tuple(map(tuple, bureaus)),
            headings=tuple(headings),
            passages=tuple(map(tuple, passages)),
        ),
        words=said["words"],
    )


def _encoded(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {_BYTES: b64encode(value).decode("ascii")}
    raise TypeError(type(value).__name__)


def _decoded(found: dict[str, object]) -> object:
    packed = found.get(_BYTES)
    return b64decode(packed) if len(found) == 1 and isinstance(packed, str) else found
