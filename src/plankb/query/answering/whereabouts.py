"""Where plans speak of things: the headings that name them, else those above the sentence that comes closest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plankb.document.outline import Outline
from plankb.errors import Language
from plankb.model import Passage, Plan
from plankb.query.answering.closest import closest, pairs
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Contents, Understood
from plankb.query.normalise.names import bare

_CLOSE, _NAMED, _SHOWN, _PLANS = 0.5, 0.7, 2, 6
Path = tuple[str, ...]


def whereabouts(query: Understood, asked: Contents, library: Library, lang: Language) -> Result:
    """The headings under which the plans searched speak of each thing asked about, each thing told or named as not
    found."""
    said, found = [], []
    outlines = [(plan, library.outline(plan.id)) for plan in plans_searched(query, library)]
    for thing in asked.things:
        places = list(_places(thing, asked, outlines, library))
        found += [passage for _, passage in places if passage]
        listed = joined((place for place, _ in places), lang, limit=_PLANS)
        key = "where" if places else "where_nowhere"
        said.append(say("contents", key, lang, thing=thing, list=listed))
    text = say("sentence", "targets_few", lang, list=say("join", "parts", lang).join(said))
    return Result(text=text, related=tuple(found), told=True)


def _places(
    thing: str, asked: Contents, outlines: Sequence[tuple[Plan, Outline]], library: Library
) -> Iterator[tuple[str, Passage | None]]:
    """Each plan that speaks of a thing with the headings there, and the sentence where no heading names it."""
    named = {plan.id: _named(thing, asked, whole) for plan, whole in outlines}
    for plan, _ in outlines:
        if named[plan.id]:
            yield "、".join(_shown(plan, path) for path in named[plan.id][:_SHOWN]), None
            continue
        if any(named.values()):
            continue  # a heading of another plan is on it
        near = closest([thing], (plan.id,), library)
        if near and near.share >= _CLOSE and near.passage.section:
            yield _shown(plan, near.passage.section), near.passage


def _named(thing: str, asked: Contents, whole: Outline) -> list[Path]:
    """The paths of the headings that name a thing, those nearest the top first."""
    wanted = frozenset(pairs(bare(thing)))
    found: list[Path] = []
    for section in whole.sections:
        title = bare(section.title)
        held = len(wanted & frozenset(pairs(title)))
        right = bare(thing) in title or (wanted and held / len(wanted) >= _NAMED)
        boxed = asked.heading is None or any(heading.startswith(asked.heading) for heading in section.path)
        if right and boxed and not any(path == section.path[: len(path)] for path in found):
            found.append(section.path)
    return sorted(found, key=len)


def _shown(plan: Plan, path: Path) -> str:
    return f"《{plan.title}》{' / '.join(path)}"
