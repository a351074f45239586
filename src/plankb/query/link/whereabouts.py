"""Questions for where plans speak of things: 噪声防治放在第几章, 自行车网络写在哪个专栏, X是哪一章讲的."""

from __future__ import annotations

from collections.abc import Callable

from plankb import rules
from plankb.query.model import Contents, Understood
from plankb.query.normalise.names import bare
from plankb.query.recognise.mentions import Mentions
from plankb.query.recognise.sections import BOX
from plankb.query.recognise.text import QuestionText

_LEAST, _MOST = 2, 4

Reading = Callable[[str], Mentions]


def with_whereabouts(text: str, read: Reading) -> Understood | None:
    """The query of a question for the chapter, section or box that speaks of things; None where it is none, or asks
    for something else too."""
    asked = rules.one("question_forms", "asks_where").search(text)
    if asked is None:
        return None
    rest = text[: asked.start()] + "，" + text[asked.end() :]
    rest = rules.one("question_forms", "asks_where_plan").lazy.sub("，", rest)
    mentions = read(rest)
    if mentions.bureaus or mentions.periods or mentions.forms or mentions.value or mentions.section_numbers:
        return None
    if any(value == "bureaus" for word in mentions.keywords for _, value in word.meanings()):
        return None
    things = _things(mentions)
    if not 0 < len(things) <= _MOST:
        return None
    return Understood(
        kind="passages",
        plans=tuple(dict.fromkeys(id_ for plan in mentions.plans for id_ in plan.ids)),
        plan_words=tuple(plan.said for plan in mentions.plans if plan.ids),
        levels=tuple(level for level, _ in mentions.levels),
        places=tuple(dict.fromkeys(place.name for place in mentions.places if place.known)),
        contents=Contents(form="where", heading=BOX if BOX in asked.group() else None, things=things),
        unknown=tuple(place.name for place in mentions.places if not place.known),
    )


def _things(mentions: Mentions) -> tuple[str, ...]:
    """The things asked about: what no plan, place or word of a question holds, its lists taken apart."""
    question = QuestionText(mentions.text)
    named = [plan.span for plan in mentions.plans] + [place.span for place in mentions.places]
    for span in (*named, *(span for _, span in mentions.levels)):
        question.take(*span)
    joint = rules.one("question_forms", "part_joint").regex
    filler = rules.one("question_forms", "where_filler")
    said = [part for _, run in question.runs() for part in joint.split(run)]
    found = (filler.sub(part.strip('，。？?、的 “”"')) for part in said)
    return tuple(dict.fromkeys(part for part in found if len(bare(part)) >= _LEAST))
