"""The words of responsibility notes (`rules/roles.toml`), ready to match, and what they say of a piece of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from plankb import register, rules
from plankb.model import Span

Part = Literal["lead", "support", "answer", "none"]
"""What a note says of a name; "answer" is joint, or support beside a lead; "none" is named without a role."""

OPEN, CLOSE = "（(［[〔【", "）)］]〕】"
_QUOTES_OPEN, _QUOTES_CLOSE = "〈<《“", "〉>》”"
_LONGEST_COLLECTIVE = 12
_SEPARATORS = "、，,；;。\n"


@dataclass(frozen=True, slots=True)
class NoteRules:
    """The patterns, compiled once. `labels` stand before a list of names, `verbs` behind one."""

    labels: re.Pattern[str]
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
    single = {
        name: re.compile(data[name]["pattern"])
        for name in (
            "closing",
            "opening",
            "joined",
            "share",
            "marked",
            "partial",
            "doing",
            "first_leads",
            "time",
            "conjunction",
            "collective_start",
        )
    }
    return NoteRules(
        labels=re.compile(f"(?:{before})?(?P<label>{one})(?:{data['labels']['behind']})"),
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
        keyword=re.compile(data["keyword"]["pattern"]),
        **single,
    )


def is_collective(name: str) -> bool:
    """Whether a name is a body that is not one bureau (各区人民政府, 省有关部门)."""
    return any(pattern.search(name) for pattern in note_rules().collective)


def is_name(text: str) -> bool:
    """Whether a text can be the name of a body."""
    found = note_rules()
    return 2 <= len(text) <= found.longest and bool(found.ends.search(text)) and not found.never.search(text)


def is_known(name: str) -> bool:
    """Whether the register knows the function that a name says."""
    return register.is_function(name)


def role_of_label(label: str) -> str:
    """What a label means: a part, "person", "time" or "other"."""
    return next(role for pattern, role in note_rules().label_roles if pattern.fullmatch(label))


def split_verb(text: str, piece: Span) -> tuple[Span, Part | None]:
    """A piece without its verb, and the part that the verb gives; None when it ends in a name."""
    words = text[slice(*piece)]
    for pattern, role in note_rules().verbs:
        if match := pattern.search(words):
            return (piece[0], piece[0] + match.start()), role
    for pattern, role in note_rules().verbs_with_object:
        match = pattern.search(words)
        before = words[: match.start()] if match else ""
        if match and (is_known(before) or (is_collective(before) and len(before) <= _LONGEST_COLLECTIVE)):
            return (piece[0], piece[0] + match.start()), role
    return piece, None


def trimmed(text: str, span: Span) -> Span:
    """A span without white space, opening words (由, 金融部分由) and closing words (等部门)."""
    found = note_rules()
    start, end = span
    while start < end and text[start] in " 　\t\n":
        start += 1
    while start < end and text[end - 1] in " 　\t\n：:":
        end -= 1
    opening = found.opening.match(text, start, end)
    if opening:
        start = opening.end()
    closing = found.closing.search(text[start:end])
    if closing:
        end = start + closing.start()
    partial = found.partial.search(text[start:end])
    if partial:
        end = start + partial.start()
    share = None if opening else found.share.match(text, start, end)
    if share and is_known(text[share.end() : end]):
        start = share.end()
    return start, end


def pieces(text: str, span: Span) -> Iterator[Span]:
    """The pieces of a list, split at separators outside brackets; names that print with a comma stay whole."""
    whole = [m.span() for name in register.joint_names() for m in re.compile(re.escape(name)).finditer(text, *span)]
    start, depth = span[0], 0
    for index in range(*span):
        char = text[index]
        if char in OPEN + _QUOTES_OPEN:
            depth += 1
        elif char in CLOSE + _QUOTES_CLOSE:
            depth = max(0, depth - 1)
        elif char in _SEPARATORS and depth == 0 and not any(a <= index < b for a, b in whole):
            yield start, index
            start = index + 1
    yield start, span[1]


def unrun(text: str, span: Span) -> Iterator[Span]:
    """The names of a piece whose separators were lost (a cell of several lines): split only into known bodies."""
    cuts = [m.start() for m in re.finditer(r"(?<=[局委厅办部会社心府])(?=[省市县区州旗团自])", text[slice(*span)])]
    edges = [span[0], *(span[0] + cut for cut in cuts), span[1]]
    parts = list(pairwise(edges))
    whole = len(parts) < 2 or not all(is_known(text[slice(*part)]) for part in parts)
    yield from [span] if whole else parts
