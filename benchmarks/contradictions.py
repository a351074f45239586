"""Where planted contradictions between plans are lost: not read, not paired, dismissed, or shown as a hint alone.

`python benchmarks/contradictions.py FOLDER [--all]` reads FOLDER/plans and FOLDER/contradictions.jsonl (`kind`,
`a_quote`, `b_quote`), names the stage at which each that is not shown was lost with what was read of both quotations
(`--all`: of those that are shown too), and counts the stages. What of FOLDER/traps.jsonl gives an alarm follows, and
what else is shown.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import plankb
from plankb.checks import Known, find_conflicts, located
from plankb.checks.compare import Placed, above, compare, placed
from plankb.checks.conflicts import SHOWN
from plankb.checks.figures import told
from plankb.model import Conflict

_SPACE = re.compile(r"\s")
_SHARED = 10
"""Characters in a row of a quotation by which words are known to hold enough of it."""


@dataclass(frozen=True)
class Side:
    """One quotation of a contradiction: the plans that hold it and the targets and figures read where it stands."""

    plans: tuple[str, ...]
    read: tuple[Placed, ...]


@dataclass(frozen=True)
class Base:
    """What is known of the plans of a folder, their targets placed, and what is found with and without hints."""

    known: Known
    targets: tuple[Placed, ...]
    found: tuple[Conflict, ...]

    def shown(self) -> list[Conflict]:
        """What a user sees without asking for more."""
        return [one for one in self.found if one.type in SHOWN]


def read(folder: Path) -> Base:
    """Builds a knowledge base of the plans of a folder and compares them."""
    with TemporaryDirectory() as made:
        kb = plankb.open(Path(made) / "kb")
        kb.build([folder / "plans"])
        plans = {plan.id: plan for plan in kb.plans()}
        texts = {plan: kb.clean(plan).text for plan in plans}
        deadlines = tuple(kb.facts("deadline"))
        known = Known(tuple(plans.values()), tuple(kb.targets()), tuple(kb.tasks()), (), deadlines, texts)
        with located.told_by(known.plans, texts):
            figures = [figure for plan, text in texts.items() for figure in told(plans[plan], text)]
            all_placed = tuple(placed(one, plans[one.plan]) for one in (*known.targets, *figures))
        return Base(known, all_placed, find_conflicts(known, everything=True))


def side(base: Base, quote: str) -> Side:
    """What was read where a quotation stands."""
    holding, found = [], []
    for plan, text in base.known.texts.items():
        at = _SPACE.sub("", text).find(_SPACE.sub("", quote))
        if at >= 0:
            holding.append(plan)
            found += [one for one in base.targets if one.plan.id == plan and touches(quote, one.target.quote)]
    return Side(tuple(holding), tuple(found))


def touches(quote: str, words: str) -> bool:
    """Whether words hold a quotation, or enough of it."""
    asked, said = _SPACE.sub("", quote), _SPACE.sub("", words)
    whole = asked in said or (len(said) >= 6 and said in asked)
    return whole or any(asked[at : at + _SHARED] in said for at in range(max(1, len(asked) - _SHARED + 1)))


def holds(conflict: Conflict, quote: str) -> bool:
    """Whether a conflict says a quotation anywhere."""
    return any(touches(quote, words) for words in _strings(json.loads(conflict.model_dump_json())))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def stage(base: Base, one: Side, other: Side, case: dict[str, Any]) -> str:
    """Where a contradiction was lost."""
    beside = [each for each in base.found if holds(each, case["a_quote"]) and holds(each, case["b_quote"])]
    if any(each.type in SHOWN and each.severity != "info" for each in beside):
        return "shown"
    if any(each.type in SHOWN for each in beside):
        return "hint"
    missing = "".join(name for name, each in (("a", one), ("b", other)) if not each.plans)
    if missing:
        return f"no-text-{missing}"
    unread = "".join(name for name, each in (("a", one), ("b", other)) if not each.read)
    if unread:
        return f"unread-{unread}"
    pairs = [(first, second) for first in one.read for second in other.read if first != second]
    named = [(first, second) for first, second in pairs if first.indicator == second.indicator]
    if not named:
        return "unpaired-names"
    lined = [(first, second) for first, second in named if _lined(first, second)]
    if not lined:
        return "unpaired-places"
    return "dismissed: " + "/".join(sorted({compare(first, second) for first, second in lined}))


def _lined(one: Placed, other: Placed) -> bool:
    return one.place == other.place or above(one.place, other.place) or above(other.place, one.place)


def shape(one: Placed) -> str:
    """One line on a fact as it is compared."""
    level = one.level
    value = "-" if level is None else f"{level.op}{level.value:g}{level.unit}"
    flags = [word for word, said in (("yearly", one.yearly), ("table", one.target.source == "table")) if said]
    place = one.place.name if one.place else "?"
    said = (one.indicator, one.scope or ".", place, value, one.change or "level", one.when or "-", " ".join(flags))
    return " | ".join(said)


def say(*words: object) -> None:
    """Writes one line."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file; none without it."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()] if path.exists() else []


def main(arguments: Sequence[str]) -> None:
    """Says where each contradiction was lost."""
    folder = Path(arguments[0])
    base = read(folder)
    with located.told_by(base.known.plans, base.known.texts):
        trace(base, folder, whole="--all" in arguments)


def trace(base: Base, folder: Path, *, whole: bool) -> None:
    """Says what became of each contradiction and each trap."""
    stages: Counter[str] = Counter()
    used: set[str] = set()
    for case in lines(folder / "contradictions.jsonl"):
        one, other = side(base, case["a_quote"]), side(base, case["b_quote"])
        lost = stage(base, one, other, case)
        stages[lost] += 1
        used |= {each.id for each in base.found if holds(each, case["a_quote"]) and holds(each, case["b_quote"])}
        if lost != "shown" or whole:
            say(lost, case.get("id", ""), case["kind"], "|", case["a_quote"], "|", case["b_quote"])
            for name, each in (("a", one), ("b", other)):
                for fact in each.read:
                    say("     ", name, shape(fact))
    say("==", *(f"{name} {count}" for name, count in stages.most_common()))
    for case in lines(folder / "traps.jsonl"):
        for alarm in base.shown():
            if alarm.id not in used and holds(alarm, case["a_quote"]) and holds(alarm, case["b_quote"]):
                used.add(alarm.id)
                say("TRAP", alarm.severity, case.get("kind", ""), case["a_quote"], "|", case["b_quote"], alarm.why.zh)
    for alarm in base.shown():
        if alarm.id not in used:
            say("OTHER", alarm.severity, alarm.type, alarm.why.zh)


if __name__ == "__main__":
    main(sys.argv[1:])
