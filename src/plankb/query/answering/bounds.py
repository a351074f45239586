"""Whether a figure is the least, the greatest, or the value itself: 不低于80%, 不超过470万吨, 达到15座."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from plankb.errors import Language
from plankb.model import Operator, Target
from plankb.query.answering import select
from plankb.query.answering.conditions import in_range
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import say, target_list
from plankb.query.library import Library
from plankb.query.model import Understood

_BOUNDS: Mapping[Operator, str] = MappingProxyType(
    {">=": "floor", ">": "floor", "<=": "ceiling", "<": "ceiling", "~": "about", "range": "range", "=": "value"}
)
_FEW = 4
_listed = partial(target_list, most=_FEW)


def bounded(query: Understood, library: Library, lang: Language) -> Result | None:
    """What kind of bound the targets of a query set: yes, or no with which it is; None where none has a figure."""
    facts = select.targets(query, library).facts
    found = [fact for fact in facts if isinstance(fact, Target) and fact.value is not None]
    if not found:
        return None
    fitting = [target for target in found if any(in_range(target, claim) for claim in query.claims)]
    if query.claims and not fitting:
        text = say("sentence", "no_such_value", lang, list=_listed(found, library, lang))
        return Result(text=text, facts=tuple(found))
    kinds: dict[str, list[Target]] = defaultdict(list)
    for target in fitting or found:
        kinds[_BOUNDS[target.op or "="]].append(target)
    first = [query.form] if query.form in kinds else []
    order = [*first, *(kind for kind in kinds if kind != query.form)]
    said = say("join", "parts", lang).join(
        say("sentence", f"as_{kind}", lang, list=_listed(kinds[kind], library, lang)) for kind in order if kind
    )
    key = "bound" if query.form == "bound" else "yes_bound" if first else "no_bound"
    shown = [target for kind in order if kind for target in kinds[kind]]
    rest = [target for target in found if target not in shown]
    return Result(text=say("sentence", key, lang, list=said), facts=(*shown, *rest))
