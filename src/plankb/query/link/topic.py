"""The topic of a question: its phrases linked to the facts of the plans, whatever kind of fact is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace

from plankb import rules
from plankb.late import dataclass
from plankb.query.link.index import NameIndex
from plankb.query.link.labels import Found, find_labels, find_section, in_sections, is_named, may_be_named
from plankb.query.link.reduce import apart
from plankb.query.model import Kind, Topic
from plankb.query.normalise.names import bare, pieces
from plankb.query.recognise.terms import Term
from plankb.query.vocabulary import Vocabulary
from plankb.store import Name

LABELS: dict[Kind, tuple[str, ...]] = {
    "tasks": ("task",),
    "bureaus": ("task",),
    "targets": ("target",),
    "conflicts": ("target",),
    "coverage": ("target",),
    "projects": ("project",),
    "citations": ("citation",),
    "deadlines": ("task", "target"),
    "plans": ("target", "task", "project", "citation"),
}
"""By kind of answer, the facts whose names a topic is looked up in."""

InTexts = Callable[[str], bool]
"""Whether some plan's text holds a phrase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLink:
    """A topic with the words left over: `ignored` had no part, `unknown` stand nowhere in the plans."""

    topic: Topic | None = None
    section: str | None = None
    ignored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


@dataclass
class _Sorted:
    used: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def link(
    terms: Sequence[Term], kind: Kind, vocabulary: Vocabulary, in_texts: InTexts, *, alone: bool = True
) -> TopicLink:
    """Links the phrases of a question to facts of the kind asked for; `alone`: the question holds nothing else."""
    index = vocabulary.index(LABELS.get(kind, ()))
    words = [term.text for term in terms]
    if not words:
        return TopicLink()
    section = find_section(words, vocabulary) if kind in ("tasks", "targets", "bureaus", "deadlines") else None
    if section and not (kind == "targets" and find_labels(words, index).names):
        return TopicLink(section=section)
    titled = kind in ("bureaus", "tasks", "deadlines")
    titles = vocabulary.title_of
    found = find_labels(words, index, whole_first=titled, loosely=titled, titles=titles)
    if kind in ("bureaus", "tasks") and not (found.names and not found.closest):
        # who answers for an indicator: the tasks that hold its targets
        measured = find_labels(words, vocabulary.index(("target",)), titles=titles)
        found = measured if measured.names and not measured.meant else found
    if found.names and not found.closest:
        linked = _linked(words, found, index)
        if kind == "bureaus" and linked.topic:
            # for tasks that name no bureau: those that hold a target of this name
            held = find_labels(words, vocabulary.index(("target",)))
            near = tuple(label.id for label in held.labels(index))
            return replace(linked, topic=replace(linked.topic, near=near))
        return linked
    return _loosened(terms, index, found, vocabulary, in_texts, alone=alone and len(terms) == 1)


def _linked(words: Sequence[str], found: Found, index: NameIndex, sorted_: _Sorted | None = None) -> TopicLink:
    kinds = index.kinds
    boxed = "project" in kinds or kinds <= {"target"}
    near = () if found.names and not boxed else tuple(label.id for label in in_sections(words, index))
    rest = sorted_ or _Sorted()
    labels = tuple(label.id for label in found.labels(index))
    return TopicLink(
        topic=Topic(words=tuple(words), labels=labels, near=near, exact=found.exact),
        ignored=(*rest.ignored, *found.missing),
        unknown=tuple(rest.unknown),
        corrections=(found.meant,) if found.meant else (),
    )


def _loosened(
    terms: Sequence[Term],
    index: NameIndex,
    first: Found,
    vocabulary: Vocabulary,
    in_texts: InTexts,
    *,
    alone: bool,
) -> TopicLink:
    """Without the phrases that name nothing: those that stand apart are ignored, the others are what is not there."""

    def known(phrase: str) -> bool:
        return in_texts(phrase) or _is_known(phrase, index, vocabulary)

    terms = [part for term in terms for part in ((term,) if known(term.text) else apart(term, known) or (term,))]
    rest = _Sorted()
    for term in terms:
        if known(term.text):
            rest.used.append(term.text)
        elif term.attached or alone:
            rest.unknown.append(term.text)
        else:
            rest.ignored.append(term.text)
    if rest.used:
        latin = [word for word in rest.unknown if word.isascii() and word.islower()]
        rest.unknown = [word for word in rest.unknown if word not in latin]
        rest.ignored += latin
    if rest.unknown and first.names and len(terms) == 1:
        return TopicLink(
            topic=Topic(words=tuple(rest.unknown), labels=tuple(label.id for label in first.labels(index))),
            corrections=((rest.unknown[0], index.in_order(first.names)[0].name),),
        )
    if not rest.used:
        return TopicLink(ignored=tuple(rest.ignored), unknown=tuple(rest.unknown))
    found = find_labels(rest.used, index)
    return _linked(rest.used, found, index, rest)


def _is_known(word: str, index: NameIndex, vocabulary: Vocabulary) -> bool:
    wanted = bare(word)
    return any(pieces(wanted, name.bare) for name in index.may_hold(wanted)) or vocabulary.holds(wanted)


def likely_kind(terms: Sequence[Term], vocabulary: Vocabulary, *, loosely: bool = True) -> Kind | None:
    """The kind of the fact that phrases name best, where the question does not say; None where they name none.

    `loosely`: a name need only be near to the phrases.
    """
    words = [term.text for term in terms]
    whole = "".join(map(bare, words))
    kinds: tuple[Kind, ...] = ("targets", "tasks", "projects", "citations")
    ranks = {}
    if not rules.one("questions", "document_kind_end").search(whole):
        kinds = kinds[:3]  # a lone word (生态补偿) is no title of a document
    for kind in kinds:
        index = vocabulary.index(LABELS[kind])
        own = {*index.may_hold(whole), *may_be_named(words, index)}
        scored = [(_score(whole, words, name), name.uses) for name in own]
        best = max((score for score, _ in scored), default=0)
        ranks[kind] = (best, sum(uses for score, uses in scored if score == best)) if best else (0, 0)
    likely = max(kinds, key=lambda kind: ranks[kind])
    if ranks[likely][0] or not loosely:
        return likely if ranks[likely][0] else None
    return next((kind for kind in kinds if _found_loosely(words, kind, vocabulary)), None)


def _found_loosely(words: Sequence[str], kind: Kind, vocabulary: Vocabulary) -> bool:
    return bool(find_labels(words, vocabulary.index(LABELS[kind])).names)


def _score(whole: str, words: Sequence[str], name: Name) -> int:
    forms = [form for said, form in ((name.name, name.bare), (name.other, name.bare_other)) if said]
    if whole in forms:
        return 3
    if whole and any(whole in form for form in forms):
        return 2
    return int(bool(words) and all(is_named(word, name) for word in words))
