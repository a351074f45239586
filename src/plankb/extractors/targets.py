"""Targets of the running text: statements with their time, indicator and plan-wide context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from plankb import quantities, times
from plankb.extractors import coordination, phrases, qualitative, target_tables
from plankb.extractors.clauses import Clause, Place, Sentence, sentences, sentences_in
from plankb.extractors.outline import Outline
from plankb.extractors.reading import Ids
from plankb.extractors.shapes import subject_before_base
from plankb.extractors.statements import SHARES, Context, Statement, read, told_as_past, usable
from plankb.extractors.table_layout import Layout
from plankb.extractors.tables import Table
from plankb.indicators import canonical
from plankb.model import Plan, Span, Target
from plankb.text import CleanText
from plankb.times import Time

_TITLE_LINES, _TITLE_LENGTH = 5, 50
_OPENING = 4
_DONE_BY_ALL = re.compile(r"^((?:全|各)[市省县区州国])(?:完成|实现)")
_OWN_VERB = re.compile(r"拥有|提供|配备|设置|参加|代运|每|(?:改造|提升|整治|修复|治理|建设)$")


@dataclass
class _State:
    """What earlier words of a sentence, paragraph or section say about the next number."""

    section: int | None = None
    paragraph: int = -1
    time: Time | None = None
    past: bool = False
    stretch: bool = False
    indicators: tuple[str, ...] = ()
    indicator_start: int = 0
    verb: str = ""
    stated: bool = False
    dimension: str = ""
    noun: str = ""
    semicolon: bool = False
    fresh: bool = True


def first_year(plan: Plan, title: str) -> int | None:
    """The first year that a plan is about: what lies before it is past. None when neither record nor title tells."""
    for words in (plan.period, plan.date):
        match = re.match(r"(\d{4})", words or "")
        if match:
            return int(match[1])
    named = [time for time in times.find(title) if time.first and time.bound == "during"]
    return named[0].first if named else _plan_start(title)


def _plan_start(title: str) -> int | None:
    """The first year of the 五年规划 that a title names (“十四五”…规划: 2021)."""
    plain = re.search(r"十([一二三四五六七])五", title)
    return 1951 + 5 * (10 + "零一二三四五六七".index(plain[1])) if plain else None


def _cited_year(clean: CleanText) -> int | None:
    """The latest year of a document number that the text cites: the plan was written no earlier. None without one."""
    years = [int(year) for year in re.findall(r"[〔\[［（(]((?:19|20)\d\d)[〕\]］）)]\s*\d+\s*号", clean.text)]
    return max(years, default=None)


def title_of(clean: CleanText, plan: Plan) -> str:
    """The plan's title: its record's, else the short lines that the text begins with."""
    if plan.title:
        return plan.title
    lines = [clean.text[p.start : p.end] for p in clean.paragraphs[:_TITLE_LINES]]
    short = list(takewhile(lambda line: len(line) <= _TITLE_LENGTH and "。" not in line, lines))
    return "".join(short)


def targets(
    clean: CleanText, outline: Outline, plan: Plan, ids: Ids, found: tuple[Table, ...] = ()
) -> tuple[Target, ...]:
    """The numeric targets of the running text and the targets of the tables."""
    since = first_year(plan, title_of(clean, plan)) or _cited_year(clean)
    reader = _Reader(clean, plan, ids, since)
    prose = [target for sentence in sentences(clean, outline) for target in reader.read(sentence)]
    return (*prose, *_of_tables(clean, outline, plan, ids, found, since))


def _of_tables(
    clean: CleanText, outline: Outline, plan: Plan, ids: Ids, found: tuple[Table, ...], since: int | None
) -> Iterator[Target]:
    figures = target_tables.IndicatorTable(clean, outline, plan, ids, since)
    reader = _Reader(clean, plan, ids, since)
    for table in found:
        read = target_tables.of_table(table)
        if read is None:
            continue
        if read[0] == "indicators":
            yield from figures.read(table, read[1])
        else:
            yield from _of_rows(clean, outline, table, read[1], reader)


def _of_rows(clean: CleanText, outline: Outline, table: Table, layout: Layout, reader: _Reader) -> Iterator[Target]:
    """The targets in the prose cells of a task table; the row's deadline is their time, or the column's year."""
    section = outline.at(table.span[0])
    path = outline.path_at(table.span[0])
    deadline = layout.first("deadline")
    for number, row in enumerate(layout.rows):
        due = target_tables.first_time(row.cells[deadline].text) if deadline is not None else None
        for index, column in enumerate(layout.columns):
            if column.role not in ("content", "goal", "name", "other"):
                continue
            place = Place(
                section.index if section else None, path, "table", goal=True, past=False, paragraph=-2 - number
            )
            time = column.time if column.role == "goal" and column.time else due
            reader.hold(time)
            for sentence in sentences_in(clean.text, row.cells[index].span, place):
                yield from reader.read(sentence)


class _Reader:
    def __init__(self, clean: CleanText, plan: Plan, ids: Ids, since: int | None) -> None:
        self._text = clean.text
        self._plan = plan
        self._ids = ids
        self._since = since
        self._state = _State()
        self._held: tuple[Time | None, ...] = ()

    def hold(self, time: Time | None) -> None:
        """Let a time that the place says (a table row's deadline) hold for the sentences that follow."""
        self._held = (time,)

    def read(self, sentence: Sentence) -> Iterator[Target]:
        """The targets of a sentence."""
        self._enter(sentence)
        if self._held:
            self._state.time, self._held = self._held[0], ()
        for clause in sentence.clauses:
            yield from self._clause(clause, sentence)

    def _enter(self, sentence: Sentence) -> None:
        """What holds on from before: within a goal section the time, within a paragraph that it is past."""
        state, place = self._state, sentence.place
        same = place.section == state.section
        if not (place.goal and same):
            state.time = None
        if place.paragraph != state.paragraph:
            state.past = False
        if not same or place.paragraph != state.paragraph:
            state.indicators, state.noun = (), ""
        state.stretch, state.stated, state.verb, state.semicolon = False, False, "", False
        state.section, state.paragraph = place.section, place.paragraph

    def _clause(self, clause: Clause, sentence: Sentence) -> Iterator[Target]:
        state = self._state
        text = self._text[slice(*clause.span)]
        mentions = tuple(self._mentions(clause))
        if state.semicolon and not sentence.place.goal and text.startswith("每"):
            state.time = None  # a yearly duty that opens a new part of the sentence has no end of its own
        values = usable(self._text, clause, mentions)
        self._stretch(text, clause, mentions)
        if told_as_past(text) and not any(self._future(t) for t in mentions):
            self._advance(mentions, clause.span[0], clause.span[1])
            return
        context = Context(self._text, clause, values, mentions, self._anchored(mentions), state.verb)
        statements, _ = read(context)
        own_stretch = False
        position = clause.span[0]
        for statement in statements:
            at = statement.quantity.span[0]
            own_stretch = bool(re.search(r"力争|力求", self._text[position:at]))
            position = statement.quantity.span[1]
            self._advance(mentions, clause.span[0], at)
            if state.past or self._only_tells(sentence.place):
                continue
            yield from self._targets(statement, sentence, mentions, own_stretch or state.stretch)
        self._advance(mentions, clause.span[0], clause.span[1])
        if not statements:
            yield from self._in_words(clause, sentence, mentions)
            if values:
                self._subject_of(context)
        if clause.mark in "；;":
            state.stretch = False
            state.semicolon = True

    def _only_tells(self, place: Place) -> bool:
        """Whether a place tells what has been: a past section, or before the first heading, with no deadline."""
        time = self._state.time
        if place.past:
            return time is None
        return place.preamble and (time is None or time.bound != "by")

    def _in_words(self, clause: Clause, sentence: Sentence, mentions: tuple[Time, ...]) -> Iterator[Target]:
        """The commitment without a number that a clause makes."""
        for part in qualitative.parts(self._text, *clause.span):
            yield from self._part_in_words(part, clause, sentence.place, mentions)

    def _part_in_words(self, part: Span, clause: Clause, place: Place, mentions: tuple[Time, ...]) -> Iterator[Target]:
        state = self._state
        if state.past or (state.time is None and (place.past or qualitative.no_commitments(place.path[-1:]))):
            return
        found = qualitative.outcome(self._text, *part, timed=state.time is not None)
        if found is None:
            self._speak_of(qualitative.subject(self._text, *part))
            return
        names = self._speak_of(found.subject, covered=found.name == "full coverage")
        start = min(found.words[0], found.subject[0] if found.subject else found.words[0])
        end = max(found.words[1], found.subject[1] if found.subject else 0)
        stretch = state.stretch or bool(re.search(r"力争|力求", self._text[clause.span[0] : end]))
        span = self._with_time((start, end), mentions)
        for name in names:
            yield self._words(name, found, place, span, stretch)

    def _speak_of(self, subject: Span | None, *, covered: bool = False) -> tuple[str, ...]:
        """The names of what a clause speaks of, kept for clauses that go on from it."""
        state = self._state
        if subject:
            phrase = phrases.without_times(phrases.compose(self._text, subject))
            names = coordination.split_covered(phrase) if covered else coordination.split_apart(phrase, share=True)
            state.indicators, state.indicator_start, state.dimension = tuple(names), subject[0], ""
        return state.indicators

    def _words(self, name: str, found: qualitative.Outcome, place: Place, span: Span, stretch: bool) -> Target:
        said = phrases.compose(self._text, found.words)
        by = self._state.time.by if self._state.time else None
        return Target(
            id=self._ids.make("target", (name, said, by)),
            plan=self._plan.id,
            section=place.path,
            quote=self._text[slice(*span)],
            span=span,
            indicator=name,
            indicator_id=canonical(name).id,
            scope=canonical(name).scope,
            by=by,
            stretch=stretch,
            qualitative=said,
            source=place.source,
        )

    def _subject_of(self, context: Context) -> None:
        """After a clause whose numbers state nothing: the indicator it goes on from (在82岁的基础上增长), or none."""
        start = context.clause.span[0]
        ends = [end for end in (subject_before_base(context, i) for i in range(len(context.values))) if end]
        phrase = phrases.tidy(self._text, start, ends[0]) if ends else (start, start)
        self._state.indicators = (phrases.compose(self._text, phrase),) if phrase[0] < phrase[1] else ()
        self._state.indicator_start, self._state.dimension = phrase[0], ""

    def _anchored(self, mentions: tuple[Time, ...]) -> bool:
        """Whether a bare count may be a target: a time holds, or a number of the sentence was one."""
        state = self._state
        timed = state.time is not None or any(self._future(time) for time in mentions)
        return not state.past and (timed or bool(state.verb) or state.stated)

    def _mentions(self, clause: Clause) -> Iterator[Time]:
        start, end = clause.span
        for time in times.find(self._text[start:end], year=self._since):
            span = (start + time.span[0], start + time.span[1])
            opened = self._text[start : span[0]]
            if opened.count("（") + opened.count("(") == opened.count("）") + opened.count(")") and opened.count(
                "《"
            ) == opened.count("》"):
                yield replace(time, span=span)

    def _future(self, time: Time) -> bool:
        return bool(time.by and not time.past and (self._since is None or (time.last or 0) >= self._since))

    def _advance(self, mentions: tuple[Time, ...], start: int, until: int) -> None:
        """The time that holds at a position."""
        for time in mentions:
            if time.span[1] > until or time.base:
                continue
            if self._future(time):
                if self._state.time != time:
                    self._state.stretch = self._state.stretch and self._state.fresh
                self._state.time, self._state.past, self._state.semicolon = time, False, False
            elif self._is_past(time) and time.span[0] - start <= _OPENING:
                self._state.time, self._state.past = None, True

    def _is_past(self, time: Time) -> bool:
        before = time.last is not None and self._since is not None and time.last < self._since
        return before or (time.past and (time.last is None or self._since is None))

    def _stretch(self, text: str, clause: Clause, mentions: tuple[Time, ...]) -> None:
        """力争 that opens a clause with a subject of its own covers the list that follows."""
        match = re.match(r"(?:[“‘]?)(?:力争|力求)", text)
        timed = [t for t in mentions if t.bound != "each" and not t.base]
        if match:
            self._state.stretch = not re.match(r"(?:力争|力求)(?:达到|突破|提高到|实现)?[\d.]", text)
        elif timed:
            after = self._text[timed[0].span[1] : clause.span[1]]
            self._state.stretch = bool(re.match(r"[，]?(?:力争|力求)", after)) and timed[0].span[0] - clause.span[0] < 3

    def _targets(
        self, statement: Statement, sentence: Sentence, mentions: tuple[Time, ...], stretch: bool
    ) -> Iterator[Target]:
        names = self._indicators(statement)
        if not names:
            return
        time = self._time(statement, mentions)
        start = statement.start if statement.pieces else min(statement.start, self._state.indicator_start)
        if not statement.pieces and sentence.span[0] > start:
            start = statement.start
        span = self._quote(start, statement, mentions)
        for name in names:
            yield self._target(name, statement, sentence.place, span, time, stretch)

    def _time(self, statement: Statement, mentions: tuple[Time, ...]) -> Time | None:
        index, size = statement.group
        listed = [t for t in mentions if self._future(t) and not t.base and t.span[1] <= statement.quantity.span[0]]
        if size > 1 and len(listed) == size:
            return listed[index]
        return self._state.time

    def _quote(self, start: int, statement: Statement, mentions: tuple[Time, ...]) -> Span:
        end = max([statement.quantity.span[1], *(piece[1] for piece in statement.pieces)])
        return self._with_time((start, end), mentions)

    def _with_time(self, span: Span, mentions: tuple[Time, ...]) -> Span:
        """A span with the time that stands right before it."""
        start, end = span
        for time in mentions:
            if time.by and time.span[1] <= start and not self._text[time.span[1] : start].strip("，、,力争"):
                start = min(start, time.span[0])
        return start, end

    def _indicators(self, statement: Statement) -> tuple[str, ...]:
        """The names of the indicators of a statement; () when there is none to be found."""
        state = self._state
        index, size = statement.group
        state.stated = True
        phrase = self._phrase(statement)
        if not phrase:
            return self._elided(statement)
        if size > 1:
            names_of_list = self._list(phrase, size)
            if index == 0:
                state.indicators, state.indicator_start = tuple(names_of_list), statement.start
                state.dimension = quantities.dimension(statement.quantity.unit)
            return (names_of_list[index],)
        phrase = self._restored(phrase, statement)
        share = statement.quantity.unit in SHARES
        names = (phrase,) if statement.part else tuple(coordination.split_apart(phrase, share=share))
        if statement.shape not in ("before", "whole", "share"):
            state.indicators, state.indicator_start = names, statement.start
            state.dimension = "" if statement.change else quantities.dimension(statement.quantity.unit)
        return tuple(name + (statement.suffix if statement.shape == "predicate" else "") for name in names)

    def _phrase(self, statement: Statement) -> str:
        """The indicator phrase as the clause has it, operator words inside it removed; "" when it is elided."""
        pieces = [phrases.without_times(phrases.compose(self._text, piece)) for piece in statement.pieces]
        phrase = statement.link.join(pieces)
        if not phrase:
            return ""
        phrase = re.sub(r"(?<=.)(?:至少|最少|最多|不少于|不低于)", "", phrase)
        phrase = _DONE_BY_ALL.sub(r"\1", phrase)
        if statement.shape in ("share", "proportion", "whole"):
            return statement.prefix + phrase + statement.suffix
        return statement.prefix + phrase

    def _elided(self, statement: Statement) -> tuple[str, ...]:
        """The indicators of a value whose subject the sentence has said before; () when there is none."""
        names = self._state.indicators
        index, size = statement.group
        dimension = quantities.dimension(statement.quantity.unit)
        if not names or (statement.change is None and self._state.dimension not in ("", dimension)):
            return ()
        if size > 1:
            return (names[index],) if len(names) == size else names[-1:]
        return tuple(name + statement.suffix for name in names)

    def _list(self, phrase: str, size: int) -> list[str]:
        names = coordination.split_for(phrase, size)
        return names if names is not None else [phrase] * size

    def _restored(self, phrase: str, statement: Statement) -> str:
        """With the verb or the head that the sentence has said before."""
        state = self._state
        if statement.shape == "predicate" and state.indicators and phrases.is_scope(phrase):
            return self._other_scope(phrase, state.indicators[-1])
        if statement.shape == "predicate" and statement.quantity.unit in SHARES and state.indicators:
            phrase += coordination.missing_rate(phrase, state.indicators[-1])
        turned = phrases.scope_first(phrase)
        if turned:
            return turned
        made = phrases.make_verbs().match(phrase)
        if statement.part and state.indicators:
            return f"{state.indicators[-1]}中{phrase}"
        bare = phrase.removeprefix(statement.prefix)
        if bare in phrases.bare_heads() and (state.noun or state.indicators):
            return statement.prefix + (state.noun or state.indicators[-1]) + bare
        if made and made.end() == len(phrase) and state.noun and statement.shape != "predicate":
            return phrase + state.noun
        if statement.shape == "after" and statement.pieces[0][0] > statement.start:
            return phrase
        if statement.shape in ("before", "after"):
            state.noun = phrase[made.end() :] if made else phrase
        if statement.shape in ("before", "after"):
            if made and made.end() < len(phrase):
                state.verb = made.group()
            elif made is None and state.verb and not _OWN_VERB.search(phrase):
                headed = statement.shape == "after" and coordination.head_pattern().search(phrase)
                return phrase if headed else state.verb + phrase
        return phrase

    def _other_scope(self, scope: str, indicator: str) -> str:
        """中心城市建成区道路机械化清扫率 said of 县城: 县城道路机械化清扫率."""
        match = re.match(
            r"(?:[\u4e00-\u9fff]{0,8}?(?:全市|全省|全区|全县|全国|市|县|区|州|流域|地区|农村|城镇|城区))+", indicator
        )
        rest = indicator[match.end() :] if match and match.end() < len(indicator) else indicator
        return scope.rstrip("的") + rest

    def _target(
        self, name: str, statement: Statement, place: Place, span: Span, time: Time | None, stretch: bool
    ) -> Target:
        quantity = statement.quantity
        by = time.by if time else None
        words = (name, statement.op, quantity.value, quantity.value_max, quantity.unit, statement.change, by)
        return Target(
            id=self._ids.make("target", words),
            plan=self._plan.id,
            section=place.path,
            quote=self._text[slice(*span)],
            span=span,
            indicator=name,
            indicator_id=canonical(name).id,
            scope=canonical(name).scope,
            op=statement.op,
            value=quantity.value,
            value_max=quantity.value_max,
            unit=quantity.unit,
            normal=quantities.normal(quantity.value, quantity.unit),
            change=statement.change,
            base_year=statement.base_year,
            baseline=statement.baseline,
            by=by,
            stretch=stretch,
            source=place.source,
        )
