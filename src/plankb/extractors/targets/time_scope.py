"""The time that holds at a place of a plan: carried across the clauses of a sentence, and on where a list goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from plankb import rules, times
from plankb.document import Clause, Place, Sentence, title_pattern
from plankb.extractors.targets.clause import form, signs
from plankb.extractors.targets.outcome import opens_with_outcome, work_to_do
from plankb.indicators import naming
from plankb.indicators import phrase as phrases
from plankb.plan_info.years import of_term, terms, until
from plankb.times import Time

_OPENING = 4
_FIRST_WORDS = 24
"""How far into its clause a time still governs it."""


class TimeScope:
    """What time holds while a plan is read sentence by sentence.

    `since` is the first year that the plan is about, None when unknown; `period` its first and last year; `due` the
    times that notes of completion (完成时限) set, by section; `titles` the headings that are titles of attachments,
    whose years are a period, as those of the plan's own title; `conditional`: the document sets conditions and methods
    (申报指南, 核查办法): only what its goals say by when is a commitment; `written` the last day (ISO) on which the
    plan may have been written, None when unknown. After each step `time` is the deadline that holds, None without one,
    `carried` whether only an earlier sentence names it, `past` whether the words tell what has been, `stretch` whether
    力争 covers them.
    """

    def __init__(
        self,
        text: str,
        since: int | None,
        period: tuple[int, int] | None = None,
        due: Mapping[int, Time] | None = None,
        *,
        titles: frozenset[str] = frozenset(),
        conditional: bool = False,
        written: str | None = None,
    ) -> None:
        self._text = text
        self._titles = titles
        self._since = since
        self._period = period
        self._written = written
        self._due = due or {}
        self.conditional = conditional
        self._terms = terms(text, period)
        self._default: Time | None = None
        self._standing: Time | None = None
        self._section: int | None = None
        self._paragraph = -1
        self._listing = False
        self._path: tuple[str, ...] = ()
        self._list: tuple[str, ...] | None = None
        self._led = False
        self._first: tuple[Time, int] | None = None
        self._opening: Time | None = None
        self._inside = False
        self._sentence = 0
        self._tested = self._title = False
        self.time: Time | None = None
        self.past = False
        self.stretch = False
        self.carried = False

    def enter(self, sentence: Sentence) -> None:
        """Begin a sentence: a time holds on in a section of goals, and in the list that a colon opens."""
        place, self._sentence = sentence.place, sentence.span[0]
        self._title = self._text[slice(*sentence.span)].strip() in self._titles
        same = place.section == self._section or self._in_list(place)
        torn = place.section == self._section and self._unfinished(sentence)
        if not (same and (place.goal or self._listing)):
            beside = same and place.paragraph == self._paragraph
            goes_on = torn or (beside and self._goes_on(sentence))
            led = beside and not goes_on and self._led and self._states(sentence)
            outlined = place.preamble or any(title_pattern("aims").search(title) for title in place.path)
            self.carried = led and not outlined
            if not (goes_on or led):
                self.time = None
            self._listing = False
            self._list = None
            self._first = None
        if place.paragraph != self._paragraph and not torn:
            self.past = False
            self._led = self._opens_with_deadline(sentence)
            self._back_to_first()
            self._back_from_aside()
        elif self._opens_with_deadline(sentence):
            self._led = True
        self.stretch = False
        if place.paragraph != self._paragraph:
            self._tested = bool(signs("tested").regex.match(self._text, sentence.span[0]))
        stands = self._stands_alone(sentence)
        if stands or place.path != self._path or place.section != self._section:
            self._default = self._of_place(place)
        self._section, self._paragraph, self._path = place.section, place.paragraph, place.path

    @property
    def due(self) -> Time | None:
        """The time that holds; where the text names none, that of the place: a note of completion or a heading."""
        return self.time or self._default

    def _of_place(self, place: Place) -> Time | None:
        """The time that a note (完成时限) or a heading (2026年重点工作) sets for all that stands there."""
        if place.past:
            return None
        if place.section is not None and place.section in self._due:
            return self._due[place.section]
        for title in reversed(place.path):
            if title in self._titles or signs("outlook").search(title):
                continue
            title = rules.one("forms", "time.five_years").sub(title)
            named = [time for time in times.find(title, year=self._since) if self.ahead(time) and not time.base]
            if len(named) == 1 or (
                len(named) == 2 and form("time.to").fullmatch(title, named[0].span[1], named[1].span[0])
            ):
                return named[-1]
        return self._standing

    def _stands_alone(self, sentence: Sentence) -> bool:
        """Whether a sentence is a line that heads all below it without a number (2026年重点工作), whose time then
        holds where nothing nearer names one."""
        line = self._text[slice(*sentence.span)].strip()
        if not form("time.heading_line").fullmatch(line):
            return False
        named = [time for time in times.find(line) if self.ahead(time)]
        self._standing = named[0] if len(named) == 1 else None
        return True

    def _unfinished(self, sentence: Sentence) -> bool:
        """Whether the paragraph before ended within its sentence (…；⏎…)."""
        before = self._text[max(0, sentence.span[0] - 4) : sentence.span[0]].rstrip("\n 　“‘")
        return before.endswith(("，", "；", "、"))

    def _in_list(self, place: Place) -> bool:
        """Whether a place is an item of the list of goals that a sentence has opened (到2025年，实现以下目标：)."""
        return self._listing and self._list is not None and place.path[: len(self._list)] == self._list != place.path

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence speaks of a part of what the one before said (其中，…)."""
        return self._text.startswith("其中", sentence.span[0])

    def _states(self, sentence: Sentence) -> bool:
        """Whether a sentence speaks of an indicator rather than of work to do."""
        text = self._text[slice(*sentence.span)]
        work = phrases.make_verbs().match(text) or work_to_do(text)
        return not form("time.again").match(text) and (not work or opens_with_outcome(text))

    def _opens_with_deadline(self, sentence: Sentence) -> bool:
        """Whether the first words of a paragraph are a time ahead (到2025年，…), which then holds for its outcomes."""
        found = times.find(self._text[slice(*sentence.span)][:_FIRST_WORDS])
        if not found or found[0].bound != "by" or not self.ahead(found[0]):
            return False
        start = sentence.span[0]
        said = form("time.said_before").fullmatch(self._text, start, start + found[0].span[0])
        return found[0].span[0] <= 1 or said is not None

    def _back_to_first(self) -> None:
        """After a paragraph that set an outlook (到2025年…。到2035年…) the next ones are about its first time again."""
        if self._first is None or self.time is None or self._listing:
            return
        first, paragraph = self._first
        if paragraph == self._paragraph and (self.time.last or 0) > (first.last or 0):
            self.time = first

    def _back_from_aside(self) -> None:
        """After a paragraph that named another time inside a sentence (…，确保2030年前达峰) its first one holds."""
        if self._inside and self.time is not None and self._opening is not None:
            self.time = self._opening
        self._opening, self._inside = self.time, False

    def hold(self, time: Time | None) -> None:
        """Let the time that a table row or column says hold."""
        self.time = time

    def enter_clause(self, clause: Clause, mentions: tuple[Time, ...]) -> None:
        """Begin a clause."""
        self._open_stretch(self._text[slice(*clause.span)], clause, mentions)

    def leave_clause(self, clause: Clause, mentions: tuple[Time, ...]) -> None:
        """End a clause."""
        self.advance(mentions, clause.span[0], clause.span[1])
        if clause.mark in ("；", ";"):
            self.stretch = False
        if clause.mark in ("：", ":") and self.time is not None:
            self._listing = True
            if self._path and form("time.list_of_goals").search(self._text[slice(*clause.span)]):
                self._list = self._path

    def mentions(self, clause: Clause) -> tuple[Time, ...]:
        """The times of a clause, outside brackets and titles, with spans in the whole text."""
        return tuple(self._mentions(clause))

    def _mentions(self, clause: Clause) -> Iterator[Time]:
        start, end = clause.span
        if self._title:
            return  # the year of a plan's own title is its period
        for time in times.find(self._text[start:end], year=self._since):
            before = self._text[start : start + time.span[0]]
            if all(before.count(a) == before.count(b) for a, b in ("（）", "()", "《》")):
                if phrases.tells_when(self._text, time, start + time.span[1]):
                    continue
                if form("time.compared").search(before):
                    time = replace(time, base=True)
                time = replace(time, span=(start + time.span[0], start + time.span[1]))
                yield _with_values(self._text, self._resolved(time), end)

    def _resolved(self, time: Time) -> Time:
        """规划期末 is the last year of the plan; 5年内 counts from a start that is said, once for the whole plan."""
        if time.first is None and not time.by and self._period and form("time.plan_period").search(time.text):
            return until(time, self._period[1])
        return of_term(time, self._terms)

    def ahead(self, time: Time) -> bool:
        """Whether a time is a deadline that lies ahead of the plan's own beginning."""
        told = time.past and not time.ends_after(self._written)
        return bool(time.by and not told and (self._since is None or (time.last or 0) >= self._since))

    def advance(self, mentions: tuple[Time, ...], start: int, until: int) -> None:
        """Take in the times of a clause that starts at `start`, up to a position."""
        for time in mentions:
            if time.span[1] > until or time.base:
                continue
            if self.ahead(time):
                self.carried = False
                # Of a path (2026年、2027年、2028年分别…) the last year goes on, as an aside or a first time would not.
                path = self.time is not None and start <= self.time.span[0] < time.span[0]
                if self.time != time:
                    self.stretch = self.stretch and self.time is None
                    self._inside = self._inside if path else time.span[0] - self._sentence > _FIRST_WORDS
                if self._first is None or (path and self._first[0] == self.time):
                    self._first = time, self._paragraph
                self.time, self.past = time, False
            elif time.bound == "during" and time.first is None and form("time.duration").search(time.text):
                self.time = None
            elif self._is_past(time) and time.span[0] - start <= _OPENING:
                self.time, self.past = None, True

    def only_tells(self, place: Place) -> bool:
        """Whether numbers there tell what has been or is reckoned: in a past section, one of estimates, or before the
        first heading, no deadline."""
        if self.conditional and not self.aimed(place):
            return True
        if place.past or reckons(place):
            return True
        if self.conditional:
            return self.time is None
        return place.preamble and (self.time is None or self.time.bound != "by")

    def aimed(self, place: Place) -> bool:
        """Whether a place is one of the document's own goals, not of what those who apply are tested by."""
        tested = self.conditional and (self._tested or any(signs("tested").search(title) for title in place.path))
        return place.goal and not tested

    def _is_past(self, time: Time) -> bool:
        before = time.last is not None and self._since is not None and time.last < self._since
        return before or (time.past and (time.last is None or self._since is None))

    def _open_stretch(self, text: str, clause: Clause, mentions: tuple[Time, ...]) -> None:
        """力争 that opens a clause with a subject of its own covers the list that follows."""
        timed = [time for time in mentions if time.bound != "each" and not time.base]
        if form("time.stretch").match(text.lstrip("“‘")):
            self.stretch = not form("time.stretch_number").match(text)
        elif timed and timed[0].span[0] - clause.span[0] < _OPENING:
            after = self._text[timed[0].span[1] : clause.span[1]]
            self.stretch = bool(form("time.stretch").match(after.lstrip("，")))


def reckons(place: Place) -> bool:
    """Whether a place tells what the work will bring or what will be needed, as its heading says."""
    return any(rules.screened("past", "titles.estimates").search(title) for title in place.path[-1:])


def _with_values(text: str, time: Time, end: int) -> Time:
    """A base with the values of then: 比2010年的12.4万吨、1.07万吨 (分别减少…) says one thing, since when it changes.

    Source of the form: the aims of the national plans on energy and emissions since the eleventh five years.
    """
    position = time.span[1]
    if not time.base or time.bound == "each" or form("base.starts").match(time.text):
        return time
    while match := form("base.value").match(text, position, end):
        position = match.end()
        if not match["joint"]:
            said = naming.predicate_at(match["unit"])
            after = match.start("unit") + said[0] if said else time.span[1]
            return replace(time, span=(time.span[0], after))
    return time
