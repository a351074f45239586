"""The things that a question compares or adds, each linked to its own targets: 风电比光伏, 光伏、风电和生物质."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plankb import rules
from plankb.query.link.index import NameIndex
from plankb.query.link.labels import find_labels, is_named
from plankb.query.link.reduce import says_nothing_before
from plankb.query.model import Form, Topic
from plankb.query.normalise.names import bare
from plankb.query.recognise.terms import Term
from plankb.query.vocabulary import Vocabulary

_LEAST, _MOST, _WIDE = 2, 5, 4


def find_parts(terms: Sequence[Term], form: Form | None, vocabulary: Vocabulary) -> tuple[Topic, ...]:
    """The topics, two or more, that the phrases of a question name side by side; () where they name one thing.

    A member of a list gets back the end or start that it shares with another (光伏、风电装机容量).
    """
    index = vocabulary.index(("target",))
    texts = [term.text for term in terms if term.whole or not says_nothing_before(term.text)]
    compares = form in ("more", "higher", "lower", "ratio") and len(texts) > 1  # A比B多: what stands apart is B
    if not compares and any(find_labels([text], index).exact for text in texts):
        return ()
    one_thing = bool(find_labels(texts, index).names)  # 健康医药产业 … 产值
    projects = vocabulary.index(("project",))
    if form == "sum" and any(_is_one_thing(bare(text), projects) for text in texts if len(text) > _WIDE):
        return ()  # 垃圾焚烧发电 is what projects are
    for said, shared in _members(texts, form, index, one_thing=one_thing):
        topics = _apart([_topic(member, forms, shared, index) for member, forms in _completed(said)])
        if _LEAST <= len(topics) == len(said) <= _MOST:
            return topics
    return ()


def _apart(topics: Sequence[Topic | None]) -> tuple[Topic, ...]:
    """The topics without what several of them name (新增风电、光伏装机); () where one names nothing of its own."""
    held = Counter(id_ for topic in topics if topic for id_ in topic.labels)
    own = [replace(topic, labels=tuple(id_ for id_ in topic.labels if held[id_] == 1)) for topic in topics if topic]
    return tuple(own) if len(own) == len(topics) and all(topic.labels for topic in own) else ()


def _members(
    texts: Sequence[str], form: Form | None, index: NameIndex, *, one_thing: bool
) -> Iterator[tuple[list[str], list[str]]]:
    """The ways to read phrases as a list, each with the phrases that all its members share.

    One phrase is split at its joints, else the phrases are the members unless they name one thing; what is added is
    split where names touch too (光伏风电), unless a name has both.
    """
    for number, text in enumerate(texts):
        split = [
            part.strip()
            for part in rules.one("question_forms", "part_joint").regex.split(text)
            if len(part.strip()) >= _LEAST
        ]
        if len(split) > 1:
            shared = [*texts[:number], *texts[number + 1 :]]
            yield split, shared
            if form == "sum" and shared:
                yield split, []  # 主廊道、连通道、休闲道三类自行车道: what they all are says no more
    if not one_thing:
        yield list(texts), []
    if form == "sum":
        for number, text in enumerate(texts):
            if (
                _is_amount(text)
                or _is_one_thing(bare(text), index)
                or rules.one("question_forms", "part_joint").search(text)
            ):
                continue  # 老旧电梯 is one thing, in the words of a name; 充电桩和加氢站 was split where it is joined
            before, after = texts[:number], texts[number + 1 :]
            cuts = (cut for cut in range(_LEAST, len(text) - 1) if not _is_amount(text[cut:]))
            yield from (([*before, text[:cut], text[cut:], *after], []) for cut in cuts)


def _is_amount(text: str) -> bool:
    """Whether a text is only what is added (总长), and no thing that has it."""
    return not rules.one("question_forms", "project_total").sub(text) or text == "总长"


def _is_one_thing(word: str, index: NameIndex) -> bool:
    """Whether a name holds the characters of a word in order and near one another, with nothing between that joins."""
    near = re.compile(rules.one("question_forms", "inside_name").expression.join(map(re.escape, word)))
    return any(near.search(name.name) for name in index.may_hold(word))


def _completed(members: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each member with its forms, the best first: with the end of the last, the start or end of the first, bare."""
    for place, member in enumerate(members):
        other = members[-1] if place < len(members) - 1 else members[0]
        ends = tuple(member + other[-size:] for size in range(len(other) - _LEAST, 1, -1))
        if member[-_LEAST:] == other[-_LEAST:]:
            ends = ()  # it has the end itself
        starts = tuple(other[:size] + member for size in range(len(other) - _LEAST, 1, -1))
        yield member, (*ends, member) if place < len(members) - 1 else (member, *ends, *starts)


def _topic(member: str, forms: Iterable[str], shared: Sequence[str], index: NameIndex) -> Topic | None:
    """The topic of the first form that names targets by its own words, and with them by those that it shares; of these
    the ones that have the member as it stands, where some do."""
    for form in forms:
        fitting = find_labels([form], index, whole_first=False)
        held = () if fitting.meant or fitting.closest or fitting.missing else fitting.names
        named = {name.no for name in held if all(is_named(word, name) for word in shared)}
        labels = [label for label in fitting.labels(index) if label.no in named] if named else []
        whole = {name.no for name in held if bare(member) in (name.bare + name.bare_other)}
        found = tuple(label.id for label in labels if label.no in whole) or tuple(label.id for label in labels)
        if found:
            return Topic(words=(form, *shared), labels=found)
    return None
