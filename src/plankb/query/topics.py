"""From the words of a topic to the facts that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plankb.query.matching import bare, overlap, pieces
from plankb.query.slips import is_slip
from plankb.query.vocabulary import Vocabulary
from plankb.store import Label

_JOINTS = re.compile(r"[、，,和与及或]|以及|\band\b|\bor\b")
_CLOSE = 0.75
_LONG = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The labels that words fit; `exact`: one is named in full. `meant` is what a slip was taken for."""

    labels: tuple[Label, ...] = ()
    exact: bool = False
    meant: tuple[str, str] | None = None
    closest: bool = False


def find_labels(words: Sequence[str], labels: Sequence[Label], *, loosely: bool = False) -> Found:
    """The labels that all words fit: those named in full before those of which the words are a part.

    With `loosely` the closest name is taken where none fits.
    """
    wanted = [bare(word) for word in words if bare(word)]
    if not wanted:
        return Found()
    whole = "".join(wanted)
    exact = [label for label in labels if bare(label.name) == whole]
    if exact:
        return Found(tuple(exact), exact=True)
    fitting = tuple(label for label in labels if all(pieces(word, bare(label.name)) for word in wanted))
    if fitting:
        return Found(fitting)
    listed = _listed(words, labels)
    if listed:
        return Found(listed)
    slip = _slip(whole, labels)
    if slip:
        return Found(*slip)
    closest = _closest(whole, labels) if loosely else ()
    return Found(closest, closest=bool(closest))


def _listed(words: Sequence[str], labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels that a member of a list fits (化肥和农药利用率), a shared end or start given back to each."""
    parts = [bare(part) for word in words for part in _JOINTS.split(word) if bare(part)]
    if len(parts) < 2:
        return ()
    found: dict[str, Label] = {}
    for index, part in enumerate(parts):
        other = parts[-1] if index < len(parts) - 1 else parts[0]
        for form in _restored(part, other, first=index < len(parts) - 1):
            fitting = [label for label in labels if pieces(form, bare(label.name))]
            if fitting:
                found.update((label.id, label) for label in fitting)
                break
    return tuple(label for label in labels if label.id in found)


def _restored(part: str, other: str, *, first: bool) -> Iterable[str]:
    """A member of a list with the end (or start) of another, the most first, then as it stands."""
    for size in range(len(other) - 1, 1, -1):
        yield part + other[-size:] if first else other[:size] + part
    yield part


def _slip(word: str, labels: Sequence[Label]) -> tuple[tuple[Label, ...], bool, tuple[str, str]] | None:
    """The labels of the name, or part of a name, that a word is a slip of."""
    if len(word) < 4:
        return None
    sizes = (len(word), len(word) - 1, len(word) + 1)
    for name in dict.fromkeys(bare(label.name) for label in labels):
        for size in sizes:
            for start in range(len(name) - size + 1):
                part = name[start : start + size]
                if _near(word, part) and is_slip(word, part):
                    fitting = tuple(label for label in labels if pieces(part, bare(label.name)))
                    return fitting, False, (word, part)
    return None


def _near(word: str, part: str) -> bool:
    """A quick test before the thorough one: at most one character differs in place, or one is missing."""
    if len(word) == len(part):
        return sum(a != b for a, b in zip(word, part, strict=True)) == 1
    longer, shorter = (word, part) if len(word) > len(part) else (part, word)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer)))


def _closest(word: str, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels whose names share most with a long phrase; () where they share too little."""
    if len(word) < _LONG:
        return ()
    scored = [(overlap(word, bare(label.name)), label) for label in labels]
    best = max((score for score, _ in scored), default=0.0)
    return tuple(label for score, label in scored if score == best) if best >= _CLOSE else ()


def find_section(words: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The bare heading that the words name in full; None where there is none, or a task has that title too."""
    whole = "".join(bare(word) for word in words)
    titles = {bare(label.name) for label in vocabulary.named("task")}
    return whole if whole in vocabulary.sections and whole not in titles else None


def in_sections(words: Sequence[str], labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels that stand below a heading that all words fit."""
    wanted = [bare(word) for word in words if bare(word)]
    return tuple(
        label
        for label in labels
        if wanted and any(all(pieces(word, bare(heading)) for word in wanted) for heading in label.section)
    )
