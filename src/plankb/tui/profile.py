"""One bureau in a text to read: its load beside others, its partners, its tasks by plan and role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from plankb.columns import load_of, titles_of
from plankb.kb import FactFilter, KnowledgeBase
from plankb.model import ROLES, Bureau, Task
from plankb.tui.cells import clip, fit
from plankb.tui.widgets.reader import Mark
from plankb.words import Speaker, word

_BARS: Mapping[str, str] = {"lead": "█", "support": "▒", "joint": "░"}
_NAME = 22
_BESIDE = 3
_PARTNERS = 12


@dataclass(frozen=True, slots=True)
class Partner:
    """A bureau by name, and how many tasks it shares with the one that the profile is of."""

    name: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a bureau: its partners, the closest first; `beside` are others by load."""

    bureau: Bureau
    tasks: tuple[Task, ...]
    partners: tuple[Partner, ...]
    beside: tuple[Bureau, ...]
    titles: Mapping[str, str]


def profile(kb: KnowledgeBase, bureau: Bureau, among: Iterable[Bureau] | None = None) -> Profile:
    """The profile of a bureau; `among` are all bureaus where they are at hand."""
    tasks = kb.store.facts("task", FactFilter(bureaus=(bureau.id,)))
    return Profile(
        bureau=bureau,
        tasks=tuple(tasks),
        partners=partners_in(tasks, bureau.id, kb.store.tallies.bureau_names()),
        beside=_beside(bureau, kb.store.bureaus() if among is None else among),
        titles=titles_of(kb.store.plans()),
    )


def partners_in(tasks: Iterable[Task], bureau: str, names: Mapping[str, str]) -> tuple[Partner, ...]:
    """The bureaus that share some of a bureau's tasks, the closest first; `names` are those of all bureaus by id."""
    shared = Counter(other for task in tasks for other in set(task.bureaus.values()) if other != bureau)
    ranked = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Partner(names.get(other, other), count) for other, count in ranked)


def _beside(bureau: Bureau, bureaus: Iterable[Bureau]) -> tuple[Bureau, ...]:
    """The bureaus next to it by load, itself among them, the busiest first."""
    ranked = sorted(bureaus, key=lambda other: (-load_of(other), other.name))
    at = next((place for place, other in enumerate(ranked) if other.id == bureau.id), 0)
    start = max(0, min(at - _BESIDE, len(ranked) - 2 * _BESIDE - 1))
    return tuple(ranked[start : start + 2 * _BESIDE + 1])


def drawn(found: Profile, say: Speaker, width: int) -> tuple[str, tuple[Mark, ...]]:
    """The profile as a text of `width` cells, and the marks on it: headings, and tasks under their ids."""
    writer = _Writer()
    writer.heading(found.bureau.name)
    if names := [name for name in found.bureau.names if name != found.bureau.name]:
        writer.line(f"{say('evidence.names')}：{'、'.join(names)}")
    writer.line()
    writer.heading(say("bureaus.load"))
    for line in _load(found, say, width):
        writer.line(line)
    writer.line()
    writer.heading(say("bureaus.partners"))
    for line in partner_lines(found, say, width):
        writer.line(line)
    writer.line()
    _tasks(writer, found, say, width)
    return "\n".join(writer.lines), tuple(writer.marks)


class _Writer:
    """Lines, with marks that know where in the whole text they stand."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.marks: list[Mark] = []
        self._at = 0

    def line(self, text: str = "") -> None:
        self.lines.append(text)
        self._at += len(text) + 1

    def heading(self, text: str) -> None:
        self.marks.append(Mark(span=(self._at, self._at + len(text)), tone="heading"))
        self.line(text)

    def fact(self, text: str, id_: str) -> None:
        self.marks.append(Mark(span=(self._at, self._at + len(text)), tone="task", id=id_))
        self.line(text)


def _load(found: Profile, say: Speaker, width: int) -> Iterator[str]:
    most = max((load_of(bureau) for bureau in found.beside), default=0)
    room = max(4, width - _NAME - 8)
    for bureau in found.beside:
        here = "▶" if bureau.id == found.bureau.id else " "
        bar = "".join(_BARS[role] * _scaled(len(getattr(bureau, role)), most, room) for role in ROLES)
        yield f"{here} {fit(bureau.name, _NAME)} {bar} {load_of(bureau)}"
    yield "  " + "　".join(f"{sign} {word('role', role, say.lang)}" for role, sign in _BARS.items())


def _scaled(count: int, most: int, room: int) -> int:
    return max(1, count * room // most) if count and most else 0


def partner_lines(found: Profile, say: Speaker, width: int) -> Iterator[str]:
    """The bureau and lines to those it works with, the thicker the more they share."""
    shown = found.partners[:_PARTNERS]
    if not shown:
        yield f"  {say('bureaus.no_partners')}"
        return
    most, room = shown[0].weight, max(3, min(16, width - _NAME - 14))
    yield f"  ◉ {clip(found.bureau.name, max(4, width - 6))}"
    rest = len(found.partners) - len(shown)
    for place, partner in enumerate(shown):
        corner = "└" if place == len(shown) - 1 and not rest else "├"
        sign = "━" if partner.weight * 2 > most else "─"  # as long as they share much, and thick for the closest
        bar = sign * (_scaled(partner.weight, most, room) + 1)
        yield f"  {corner}{bar}○ {fit(partner.name, _NAME)} {say('bureaus.shared', count=partner.weight)}"
    if rest:
        yield f"  └─ {say('bureaus.more', count=rest)}"


def _tasks(writer: _Writer, found: Profile, say: Speaker, width: int) -> None:
    writer.heading(f"{say('bureaus.tasks')} {len(found.tasks)}")
    held = {role: set(getattr(found.bureau, role)) for role in ROLES}
    for plan, tasks in groupby(found.tasks, key=lambda task: task.plan):
        writer.line(clip(f"《{found.titles.get(plan, plan)}》", width))
        of_plan = tuple(tasks)
        for role in ROLES:
            for task in of_plan:
                if task.id in held[role]:
                    named = word("role", role, say.lang)
                    writer.fact(clip(f"  {_BARS[role]} {named} {task.title}".replace("\n", " "), width), task.id)
