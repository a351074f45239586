"""The words of responsibility notes (`rules/roles.toml`), ready to match, and what they say of a piece of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from plankb import register, rules
from plankb.model import Span

Part = Literal["lead", "support", "answer", "none"]
"""What a note says of a name; "answer" is joint, or support beside a lead; "none" is named without a role."""

OPEN, CLOSE = "（(［[〔【〖{「", "）)］]〕】〗}」"
_LONGEST_COLLECTIVE = 12


_OTHERWISE = ("collective_goes_on",)
"""Tables of one pattern that have another name here."""


@dataclass(frozen=True, slots=True)
class NoteRules:
    """The patterns, compiled once. `labels` stand before a list of names, `verbs` behind one."""

    labels: re.Pattern[str]
    bare_labels: re.Pattern[str]
    label_roles: tuple[tuple[re.Pattern[str], str], ...]
    verbs: tuple[tuple[re.Pattern[str], Part], ...]
    verbs_with_object: tuple[tuple[re.Pattern[str], Part], ...]
    closing: re.Pattern[str]
    opening: re.Pattern[str]
    joined: re.Pattern[str]
    share: re.Pattern[str]
    marked: re.Pattern[str]
    partial: re.Pattern[str]
    doing: re.Pattern[str]
    first_leads: re.Pattern[str]
    from_here_on: re.Pattern[str]
    remark: re.Pattern[str]
    time: re.Pattern[str]
    collective: tuple[re.Pattern[str], ...]
    collective_start: re.Pattern[str]
    goes_on: re.Pattern[str]
    conjunction: re.Pattern[str]
    joint: re.Pattern[str]
    everywhere: re.Pattern[str]
    aside: re.Pattern[str]
    zones: re.Pattern[str]
    inner: re.Pattern[str]
    place: re.Pattern[str]
    shared_head: re.Pattern[str]
    stroke: re.Pattern[str]
    ends: re.Pattern[str]
    never: re.Pattern[str]
    longest: int
    keyword: re.Pattern[str]


@cache
def note_rules() -> NoteRules:
    """The rules of `roles.toml`."""
    data = rules.load("roles")
    one = "|".join(f"(?:{entry['pattern']})" for entry in data["label"])
    before, after, manner = data["labels"]["before"], data["verbs"]["after"], data["verbs"]["manner"]
    boxed = data["labels"]["boxed"]
    single = {
        name: re.compile(table["pattern"])
        for name, table in data.items()
        if isinstance(table, dict) and "pattern" in table and name not in _OTHERWISE
    }
    return NoteRules(
        labels=re.compile(
            f"(?:{boxed[0]})(?:{before})?(?P<boxed>{one})(?:{boxed[1]})"
            f"|(?:{before})?(?P<label>{one})(?:{data['labels']['behind']})"
        ),
        bare_labels=re.compile(f"(?:{before})?(?P<label>{one}){data['labels']['bare']}"),
        label_roles=tuple((re.compile(entry["pattern"]), entry["role"]) for entry in data["label"]),
        verbs=tuple((re.compile(f"{after}{manner}(?:{v['pattern']})$"), v["role"]) for v in data["verb"]),
        verbs_with_object=tuple(
            (re.compile(f"{manner}(?:{v['before_object']}){data['verbs']['object']}$"), v["role"]) for v in data["verb"]
        ),
        collective=tuple(re.compile(entry["pattern"]) for entry in data["collective"]),
        goes_on=re.compile(data["collective_goes_on"]["pattern"]),
        ends=re.compile(data["name"]["ends"]),
        never=re.compile(data["name"]["never"]),
        longest=data["name"]["longest"],
        from_here_on=re.compile(data["first_leads"]["on"]),
        remark=re.compile(f"(?:{data['first_leads']['pattern']})|^(?:{data['first_leads']['on']})$"),
        **single,
    )


@lru_cache(maxsize=20_000)
def is_collective(name: str) -> bool:
    """Whether a name is a body that is not one bureau (各区人民政府, 省有关部门)."""
    return any(pattern.search(name) for pattern in note_rules().collective)


@lru_cache(maxsize=20_000)
def is_name(text: str) -> bool:
    """Whether a text can be the name of a body."""
    found = note_rules()
    return 2 <= len(text) <= found.longest and bool(found.ends.search(text)) and not found.never.search(text)


def is_known(name: str) -> bool:
    """Whether the register knows the function that a name says."""
    return register.is_function(name)


def role_of_label(match: re.Match[str]) -> str:
    """What a label means: a part, "person", "time" or "other"."""
    label = match.groupdict().get("boxed") or match["label"]
    return next(role for pattern, role in note_rules().label_roles if pattern.fullmatch(label))


def labels_in(text: str, span: Span) -> list[re.Match[str]]:
    """The labels of a note in order; those without a colon count where the note starts with one (牵头单位市教育局)."""
    found = list(note_rules().labels.finditer(text, *span))
    if found or note_rules().bare_labels.match(text, *span) is None:
        return found
    return list(note_rules().bare_labels.finditer(text, *span))


def split_verb(text: str, piece: Span) -> tuple[Span, Part | None]:
    """A piece without its verb, and the part that the verb gives; None when it ends in a name."""
    words = text[slice(*piece)]
    plain = _first(note_rules().verbs, words)
    if plain and (is_name(words[: plain[0]]) or not words[: plain[0]]):
        return (piece[0], piece[0] + plain[0]), plain[1]
    for pattern, role in note_rules().verbs_with_object:
        match = pattern.search(words)
        before = words[: match.start()] if match else ""
        if match and (is_known(before) or (is_collective(before) and len(before) <= _LONGEST_COLLECTIVE)):
            return (piece[0], piece[0] + match.start()), role
    return ((piece[0], piece[0] + plain[0]), plain[1]) if plain else (piece, None)


def _first(verbs: Iterable[tuple[re.Pattern[str], Part]], words: str) -> tuple[int, Part] | None:
    """Where the first verb that ends a piece starts, and its part."""
    return next(((match.start(), role) for pattern, role in verbs if (match := pattern.search(words))), None)
