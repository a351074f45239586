"""Reads the targets of prose, sentence by sentence: statements with time and indicator, and commitments in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb.extractors import phrases, qualitative
from plankb.extractors.bases import is_baseline
from plankb.extractors.clauses import Clause, Place, Sentence
from plankb.extractors.coordination import head_pattern
from plankb.extractors.statements import SHARES, Context, Statement, signs, told_as_past, usable
from plankb.extractors.stating import read
from plankb.extractors.subjects import Subjects
from plankb.extractors.target_records import Recorder
from plankb.extractors.target_time import Clock
from plankb.model import Span, Target
from plankb.quantities import Quantity
from plankb.times import Time

_STRETCH = re.compile(r"力争|力求")
_LOOKS_BACK = re.compile(r"过去|近年来|去年")
_NEAR = 12
_ASIDE = re.compile(r"（[^（）]{10,}）")


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that became no target though it looks like one: `reason` is a table of `rules/doubts.toml`."""

    reason: str
    span: Span


class TargetReader:
    """Reads sentences in order; what one leaves unsaid is restored from those before it. `unread` collects doubts."""

    def __init__(self, text: str, recorder: Recorder, since: int | None) -> None:
        self._text = text
        self._recorder = recorder
        self._clock = Clock(text, since)
        self._subjects = Subjects(text)
        self._place: Place | None = None
        self._held: tuple[Time | None, ...] = ()
        self._purpose = False
        self.unread: list[Unread] = []

    def hold(self, time: Time | None) -> None:
        """Let a time that the place says (a table row's deadline) hold for the next sentences of the place."""
        self._held = (time,)

    def read(self, sentence: Sentence) -> Iterator[Target]:
        """The targets of a sentence."""
        before, place = self._place, sentence.place
        same = before is not None and (before.section, before.paragraph) == (place.section, place.paragraph)
        self._clock.enter(sentence)
        self._subjects.enter(fresh=not same)
        self._place = place
        self._purpose = place.preamble and self._text.startswith("为", sentence.span[0])
        if self._held:
            self._clock.hold(self._held[0])
            self._held = ()
        for clause in sentence.clauses:
            mentions = self._clock.mentions(clause)
            self._clock.enter_clause(clause, mentions, goal=place.goal)
            yield from self._clause(clause, sentence, mentions)
            self._clock.leave_clause(clause, mentions)

    def _clause(self, clause: Clause, sentence: Sentence, mentions: tuple[Time, ...]) -> Iterator[Target]:
        text = self._text[slice(*clause.span)]
        ahead = any(self._clock.ahead(time) for time in mentions)
        if not ahead and (told_as_past(text) or (self._clock.time is None and signs("told_untimed").search(text))):
            self._clock.past = self._clock.past or bool(_LOOKS_BACK.match(text))
            return
        context = self._context(clause, mentions)
        statements, rejected = read(context)
        position = clause.span[0]
        for statement in statements:
            at = statement.quantity.span[0]
            stretch = bool(_STRETCH.search(self._text[position:at])) or self._clock.stretch
            position = statement.quantity.span[1]
            self._clock.advance(mentions, clause.span[0], at)
            if not self._clock.past and not self._clock.only_tells(sentence.place):
                yield from self._numbers(statement, sentence, mentions, statements, stretch=stretch)
        self._clock.advance(mentions, *clause.span)
        self._doubt([q for q in rejected if not is_baseline(context, context.values.index(q))], sentence.place)
        if not statements:
            for part in qualitative.parts(self._text, *clause.span):
                yield from self._words(part, clause, sentence.place, mentions)
            if context.values:
                self._subjects.after_unread(context)
            else:
                self._subjects.hear(clause.span)

    def _context(self, clause: Clause, mentions: tuple[Time, ...]) -> Context:
        """The clause with its quantities; a time or an earlier number makes a bare count a statement."""
        timed = self._clock.time is not None or any(self._clock.ahead(time) for time in mentions)
        anchored = not self._clock.past and (timed or bool(self._subjects.verb) or self._subjects.stated)
        values = usable(self._text, clause, mentions)
        return Context(self._text, clause, values, mentions, anchored, self._subjects.verb)

    def _numbers(
        self, statement: Statement, sentence: Sentence, mentions: tuple[Time, ...], all_of: list[Statement], *,
        stretch: bool,
    ) -> Iterator[Target]:  # fmt: skip
        start = statement.start
        if not statement.pieces and sentence.span[0] <= self._subjects.start:
            start = min(start, self._subjects.start)
        names = self._subjects.names(statement)
        names = tuple(name for name in names if phrases.may_be_measured(name))
        if not names:
            self.unread.append(Unread("target-subject", statement.quantity.span))
        time = self._time(statement, mentions)
        span = self._with_time((start, _end(statement, all_of)), mentions)
        for name in names:
            yield self._recorder.number(
                name, statement.quantity, sentence.place, span, time, op=statement.op, change=statement.change,
                base_year=statement.base_year, baseline=statement.baseline, stretch=stretch,
            )  # fmt: skip

    def _time(self, statement: Statement, mentions: tuple[Time, ...]) -> Time | None:
        """The time of a statement; in a 分别 list with as many times as values each has its own."""
        index, size = statement.group
        listed = [
            time for time in mentions
            if self._clock.ahead(time) and not time.base and time.span[1] <= statement.quantity.span[0]
        ]  # fmt: skip
        return listed[index] if size > 1 and len(listed) == size else self._clock.time

    def _words(self, part: Span, clause: Clause, place: Place, mentions: tuple[Time, ...]) -> Iterator[Target]:
        """The commitment that a part of a clause makes in words."""
        time = self._clock.time
        untimed = place.past or place.preamble or qualitative.no_commitments(place.path[-1:])
        if self._clock.past or self._purpose or (time is None and untimed):
            return
        found = qualitative.outcome(self._text, *part, timed=time is not None, aimed=place.goal)
        if found is None:
            self._subjects.speak_of(qualitative.subject(self._text, *part))
            return
        subject = found.subject or found.words
        span = self._with_time((min(found.words[0], subject[0]), max(found.words[1], subject[1])), mentions)
        stretch = self._clock.stretch or bool(_STRETCH.search(self._text[clause.span[0] : span[1]]))
        said = _ASIDE.sub("", phrases.compose(self._text, found.words))
        for name in self._subjects.speak_of(found.subject, covered=found.name == "full coverage"):
            yield self._recorder.words(name, said, place, span, time, stretch=stretch)

    def _with_time(self, span: Span, mentions: tuple[Time, ...]) -> Span:
        """A span with the time that stands right before it."""
        start, end = span
        for time in mentions:
            if time.by and time.span[1] <= start and not self._text[time.span[1] : start].strip("，、,力争"):
                start = min(start, time.span[0])
        return start, end

    def _doubt(self, rejected: list[Quantity], place: Place) -> None:
        """Keep the shares that stand right after an indicator word and became no target."""
        if self._clock.past or self._clock.only_tells(place):
            return
        for quantity in rejected:
            left = self._text[max(0, quantity.span[0] - _NEAR) : quantity.span[0]]
            word = re.search(r"[^，。；：、]*\Z", left)
            near = word and any(head_pattern().search(word.group()[:i]) for i in range(2, len(word.group()) + 1))
            if quantity.unit in SHARES and near:
                self.unread.append(Unread("target-number", quantity.span))


def _end(statement: Statement, all_of: list[Statement]) -> int:
    """Where the quotation ends: with the value and its noun, or with the last value of its list."""
    end = max([statement.quantity.span[1], *(piece[1] for piece in statement.pieces)])
    if statement.group[1] == 1:
        return end
    return max(other.quantity.span[1] for other in all_of if other.start == statement.start)
