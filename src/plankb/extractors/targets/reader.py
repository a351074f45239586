"""Reads the targets of prose, sentence by sentence, and makes their records: assertions with time and indicator, and
commitments in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plankb.document import Clause, Place, Sentence
from plankb.extractors.records import Amount, Recorder, Stated
from plankb.extractors.targets import assertion as assertions
from plankb.extractors.targets import bases, outcome
from plankb.extractors.targets.clause import Assertion, ClauseRecord, form, is_share, read_clause, signs
from plankb.extractors.targets.ellipsis import Antecedents
from plankb.extractors.targets.time_scope import TimeScope, reckons
from plankb.indicators import naming
from plankb.indicators import phrase as phrases
from plankb.model import Span, Target
from plankb.quantities import Quantity, may_hold
from plankb.times import Time

if TYPE_CHECKING:
    from plankb.extractors.tokens import Tokens

_NEAR = 12
_STATES_OF_TITLES = ("held", "full coverage")
"""Outcomes that a title of work ends in as well (污染源全面达标排放, 站点全覆盖)."""
_OPENS = ("：", ":")
_LAST_WORDS = re.compile(r"[^，。；：、]*\Z")
_PIECE = re.compile(r"[^，；,;]+")
_ASIDE = re.compile(r"（[^（）]{10,}）")


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that became no target though it looks like one: `reason` is a table of `words/doubts.toml`."""

    reason: str
    span: Span


class TargetReader:
    """Reads sentences in order; what one leaves unsaid is restored from those before it. `unread` collects doubts."""

    def __init__(self, text: str, recorder: Recorder, scope: TimeScope, tokens: Tokens | None = None) -> None:
        self._text = text
        self._tokens = tokens
        self._recorder = recorder
        self._scope = scope
        self._antecedents = Antecedents(text)
        self._place: Place | None = None
        self._held: tuple[Time | None, ...] = ()
        self._purpose = self._working = self._titles = False
        self._base: str | None = None
        self.unread: list[Unread] = []

    def hold(self, time: Time | None) -> None:
        """Let a time that the place says (a table row's deadline) hold for the next sentences of the place."""
        self._held = (time,)

    def read(self, sentence: Sentence) -> Iterator[Target]:
        """The targets of a sentence."""
        before, place = self._place, sentence.place
        same = before is not None and (before.section, before.paragraph) == (place.section, place.paragraph)
        self._scope.enter(sentence)
        self._antecedents.enter(fresh=not same, titles=place.path)
        self._place = place
        self._purpose = place.preamble and self._text.startswith("为", sentence.span[0])
        if self._held:
            self._scope.hold(self._held[0])
            self._held = ()
        self._working, self._base = False, None
        alone: tuple[Time, ...] = ()
        quoted = False
        for clause in sentence.clauses:
            quoted = self._quotes(clause, goes_on=quoted)
            if quoted:
                continue
            own = self._scope.mentions(clause)
            mentions, alone = (*alone, *own), own if len(own) > 1 and self._only_times(clause, own) else ()
            self._antecedents.begin(clause.span, clause.mark)
            self._scope.enter_clause(clause, mentions)
            made = list(self._clause(clause, sentence, mentions))
            yield from made
            for aside in (
                *(self._asides(clause, "aside.parts") if made else ()),
                *self._asides(clause, "aside.limits"),
            ):
                self._antecedents.begin(aside.span)
                yield from self._clause(aside, sentence, self._scope.mentions(aside))
            self._scope.leave_clause(clause, mentions)
            self._working = clause.mark != "；" and (self._working or outcome.drives(self._text[slice(*clause.span)]))

    def _asides(self, clause: Clause, what: str) -> Iterator[Clause]:
        """The clauses of a bracket that tells the parts of what stands before it (（其中新建400万亩、改造200万亩）) or
        the limits that it means."""
        for inner in form(what).finditer(self._text, *clause.span):
            if inner.end() < clause.span[1]:
                continue  # what goes on behind it is of the list that it breaks
            start = inner.start("parts")
            for piece in _PIECE.finditer(self._text, start, inner.end("parts")):
                yield Clause(piece.span(), "，")

    def _quotes(self, clause: Clause, *, goes_on: bool) -> bool:
        """Whether a clause says what another authority or place has set, itself or (`goes_on`) as the one before it."""
        text = self._text[slice(*clause.span)]
        said = signs("quoted").search(text)
        if said is not None:
            return not self._recorder.is_own(said.groupdict().get("who") or "")
        return goes_on and not signs("quoted_own").search(text)

    def _only_times(self, clause: Clause, times: tuple[Time, ...]) -> bool:
        """Whether a clause says nothing but its times (2023年和2024年，)."""
        edges = [clause.span[0], *(edge for time in times for edge in time.span), clause.span[1]]
        rest = "".join(self._text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
        return form("time.between").fullmatch(rest) is not None

    def _clause(self, clause: Clause, sentence: Sentence, mentions: tuple[Time, ...]) -> Iterator[Target]:
        text = self._text[slice(*clause.span)]
        ahead = any(self._scope.ahead(time) for time in mentions)
        if not ahead and self._tells(text):
            self._scope.past = self._scope.past or bool(form("time.looks_back").match(text))
            return
        anchored = not self._scope.past and (
            self._scope.due is not None or ahead or bool(self._antecedents.verb) or self._antecedents.stated
        )
        if not mentions and not may_hold(text):
            yield from self._in_words(clause, sentence, mentions)
            self._antecedents.hear(clause.span)
            return
        record = read_clause(self._text, clause, mentions)
        found, rejected = assertions.read(
            record, anchored=anchored, verb=self._antecedents.verb, stated=self._antecedents.stated
        )
        found = [self._from_base(one) for one in found]
        yield from self._joined(found, record, clause, sentence.place)
        yield from self._assertions(found, record, sentence)
        self._scope.advance(mentions, *clause.span)
        yield from self._behind(found, clause, sentence.place, mentions)
        self._doubt(record, rejected, sentence.place)
        base = bases.base_alone(record)
        self._base = base[1] if base else self._base
        if base and not found:
            self._antecedents.after_base((clause.span[0], base[0]))
        elif not found:
            yield from self._in_words(clause, sentence, mentions)
            if record.quantities:
                self._antecedents.after_unread(record)
            else:
                self._antecedents.hear(clause.span)

    def _in_words(self, clause: Clause, sentence: Sentence, mentions: tuple[Time, ...]) -> Iterator[Target]:
        """The commitments in words of a clause that gives no figure of one."""
        heads = sentence.titles or (clause.mark in _OPENS and clause is sentence.clauses[0])
        self._titles = heads and not (mentions or sentence.place.goal)
        yield from self._outcomes(clause, sentence.place, mentions)
        self._titles = False

    def _from_base(self, assertion: Assertion) -> Assertion:
        """A change with the base that a clause of its own has said (在2020年的基础上，下降10%)."""
        changed = assertion.change and self._base and not assertion.base_year and not assertion.baseline
        return replace(assertion, base_year=self._base) if changed else assertion

    def _joined(self, found: list[Assertion], record: ClauseRecord, clause: Clause, place: Place) -> Iterator[Target]:
        """The outcome in words that a 、 joins to the first number of its clause (种植面积保持稳定、产量达到…)."""
        start, mentions = clause.span[0], record.times
        said = found[0].pieces[0][0] - 1 if found and found[0].pieces else start
        end = max(assertions.past_state(record) - 1, start)
        if end == start < said and self._text[said] == "、" and outcome.ends_in_outcome(self._text, start, said):
            end = said
        if end > start:
            self._scope.advance(mentions, start, end)
            yield from self._outcomes(replace(clause, span=(start, end)), place, mentions)

    def _behind(
        self, found: list[Assertion], clause: Clause, place: Place, mentions: tuple[Time, ...]
    ) -> Iterator[Target]:
        """The outcome in words that a 、 joins to the last number of its clause (增长7%左右、增幅高于全省平均水平)."""
        end = found[-1].quantity.span[1] if found else clause.span[1]
        if any(char.isdecimal() for char in self._text[end : clause.span[1]]):
            return
        if self._text.startswith("、", end) and outcome.ends_in_outcome(self._text, end + 1, clause.span[1]):
            yield from self._outcomes(replace(clause, span=(end + 1, clause.span[1])), place, mentions)

    def _tells(self, text: str) -> bool:
        """Whether a clause without a time ahead tells what has been or is."""
        return bool(signs("told").search(text) or (self._scope.time is None and signs("told_untimed").search(text)))

    def _assertions(self, found: list[Assertion], record: ClauseRecord, sentence: Sentence) -> Iterator[Target]:
        position = record.span[0]
        for assertion in found:
            at = assertion.quantity.span[0]
            stretch = bool(form("time.stretch").search(self._text[position:at])) or self._scope.stretch
            position = assertion.quantity.span[1]
            self._scope.advance(record.times, record.span[0], at)
            if not self._scope.past and not self._scope.only_tells(sentence.place):
                yield from self._numbers(assertion, sentence, record.times, found, stretch=stretch)

    def _numbers(
        self, assertion: Assertion, sentence: Sentence, mentions: tuple[Time, ...], all_of: list[Assertion], *,
        stretch: bool,
    ) -> Iterator[Target]:  # fmt: skip
        start = assertion.start
        if not assertion.pieces and sentence.span[0] <= self._antecedents.start:
            start = min(start, self._antecedents.start)
        names = tuple(name for name in self._antecedents.names(assertion) if naming.may_be_measured(name))
        if not names:
            self.unread.append(Unread("target-subject", assertion.quantity.span))
        if names and assertion.quantity.unknown:
            self.unread.append(Unread("target-unit", assertion.quantity.span))
        time = self._time(assertion, mentions)
        span = self._with_time((start, _end(assertion, all_of)), mentions)
        amount = Amount(assertion.quantity, assertion.op, assertion.change, assertion.base_year, assertion.baseline)
        for name in names:
            yield self._recorder.number(name, amount, Stated(sentence.place, span, time, stretch=stretch))

    def _time(self, assertion: Assertion, mentions: tuple[Time, ...]) -> Time | None:
        """The time of an assertion; in a 分别 list with as many times as values each has its own."""
        index, size = assertion.group
        if size == 1:
            return self._scope.due
        listed = [
            time for time in mentions
            if self._scope.ahead(time) and not time.base and time.span[1] <= assertion.quantity.span[0]
        ]  # fmt: skip
        if len(listed) == size:
            return listed[index]
        span = listed[0] if len(listed) == 1 else self._scope.time
        if span and span.first and span.last and span.last - span.first + 1 == size:
            return span.of_year(span.first + index)
        return self._scope.due

    def _outcomes(self, clause: Clause, place: Place, mentions: tuple[Time, ...]) -> Iterator[Target]:
        told = place.past or ((place.preamble or reckons(place)) and self._scope.only_tells(place))
        if self._scope.past or self._purpose or told:
            return
        for part in outcome.parts(self._text, *clause.span):
            yield from self._words(part, clause, place, mentions)

    def _words(self, part: Span, clause: Clause, place: Place, mentions: tuple[Time, ...]) -> Iterator[Target]:
        """The commitment that a part of a clause makes in words."""
        time = self._scope.due
        untimed = outcome.no_commitments(place.path[-1:])
        timed = self._scope.time is not None and not self._scope.carried
        if not timed and untimed:
            return
        if self._scope.conditional and not (self._scope.aimed(place) and timed):
            return
        found = outcome.find(self._text, *part, timed=timed, aimed=place.goal and not (self._working and time is None))
        if found is None or (self._tokens and not self._tokens.whole(*found.words)):
            self._antecedents.speak_of(outcome.subject(self._text, *part))
            return
        if self._titles and time is None and found.name in _STATES_OF_TITLES:
            return  # 养殖尾水全面达标排放。…: the title of what is to be done
        if found.name in ("moved", "direction") and form("count.first").match(self._text, *part):
            return
        time = time if timed or found.strong or not self._scope.carried else None
        subject = found.subject or found.words
        span = self._with_time((min(found.words[0], subject[0]), max(found.words[1], subject[1])), mentions)
        stretch = self._scope.stretch or bool(form("time.stretch").search(self._text[clause.span[0] : span[1]]))
        said = _ASIDE.sub("", phrases.compose(self._text, found.words))
        covered = found.name == "full coverage"
        names = self._antecedents.speak_of(found.subject, covered=covered)
        if not names and found.subject is None and (begun := outcome.opening(self._text, *part)):
            names, said = self._antecedents.speak_of(begun.subject), phrases.compose(self._text, begun.words)
        for name in names:
            if not naming.may_be_measured(name):
                continue
            yield self._recorder.words(name, said, Stated(place, span, time, stretch=stretch))

    def _with_time(self, span: Span, mentions: tuple[Time, ...]) -> Span:
        """A span with the time that stands right before it."""
        start, end = span
        for time in mentions:
            if time.by and form("time.right_before").fullmatch(self._text, time.span[1], start):
                start = min(start, time.span[0])
        return start, end

    def _doubt(self, record: ClauseRecord, rejected: list[Quantity], place: Place) -> None:
        """Keep the shares that stand right after an indicator word and became no target."""
        if self._scope.past or self._scope.only_tells(place):
            return
        for quantity in rejected:
            if not is_share(quantity) or bases.is_base(record, record.quantities.index(quantity)):
                continue
            word = _LAST_WORDS.search(self._text, max(0, quantity.span[0] - _NEAR), quantity.span[0])
            near = word.group() if word else ""
            if any(naming.has_head(near[:i]) for i in range(2, len(near) + 1)):
                self.unread.append(Unread("target-number", quantity.span))


def _end(assertion: Assertion, all_of: list[Assertion]) -> int:
    """Where the quotation ends: with the value and its noun, or with the last value of its list."""
    end = max([assertion.quantity.span[1], *(piece[1] for piece in assertion.pieces)])
    if assertion.group[1] == 1:
        return end
    return max(other.quantity.span[1] for other in all_of if other.start == assertion.start)
