"""What the judgements of a sample come to, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plankb.columns import heading
from plankb.errors import Language
from plankb.kb.estimating import Share
from plankb.kb.measuring import Measured
from plankb.words import Speaker, word


def lines(found: Measured, titles: Mapping[str, str], lang: Language) -> Iterator[str]:
    """The share of right facts a kind, the weakest kinds of plans, the fields most often wrong; `titles` name plans."""
    say = Speaker("commands", lang)
    for kind, one in found.shares.items():
        yield say("measure.share", kind=word("kind", kind, lang), **_numbers(one))
    for weak in found.weakest:
        kind, title = word("kind", weak.kind, lang), titles.get(weak.plan, weak.plan)
        yield say("measure.weak", kind=kind, plan=title, **_numbers(weak.share))
    if found.fields:
        named = word("between", "comma", lang).join(f"{_field(field, lang)} {count}" for field, count in found.fields)
        yield say("measure.fields", named=named)


def _field(field: str, lang: Language) -> str:
    if field == "fact":
        return Speaker("commands", lang)("measure.none")
    return heading("bureau" if field == "roles" else field, lang)


def _numbers(one: Share) -> dict[str, Any]:
    return {
        "value": f"{one.value:.2f}", "margin": f"{one.margin:.2f}", "low": f"{one.low:.2f}", "high": f"{one.high:.2f}",
        "judged": one.judged, "right": one.right, "size": one.size,
    }  # fmt: skip
