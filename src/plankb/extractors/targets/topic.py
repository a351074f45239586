"""What a phrase speaks of that names no thing itself (月走访率, 平均费率, 产量): the topics that a text has named.

The thing stands before the same act (开展困境儿童走访服务，月走访率 is 困境儿童月走访率), or was counted or measured in
the clause right before (种植大豆500万亩，产量 is 大豆产量). Where neither is said the phrase stays as it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from plankb import rules
from plankb.extractors.targets import outcome
from plankb.indicators import naming, things
from plankb.indicators import phrase as phrases
from plankb.indicators.coordination import members
from plankb.model import Span

_OPENS = ("：", ":")
_SHORTEST, _LONGEST = 2, 24
"""Characters of a thing."""
_form = partial(rules.pattern, "topics")


class Topics:
    """What the sentence, the one before it in its paragraph and the heading have named so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._clauses: list[Span] = []
        self._earlier: tuple[Span, ...] = ()
        self._stated: dict[Span, str] = {}
        self._titles: tuple[str, ...] = ()
        self._lead: Span | None = None

    def enter(self, *, fresh: bool, titles: Sequence[str] = ()) -> None:
        """Begin a sentence under headings, outermost first; `fresh`: of a new paragraph."""
        self._lead = None if fresh else self._lead
        self._earlier = () if fresh else tuple(self._clauses)
        self._clauses, self._titles = [], tuple(titles)
        self._stated = {span: counted for span, counted in self._stated.items() if span in self._earlier}

    @property
    def start(self) -> int:
        """Where the sentence starts."""
        return self._clauses[0][0] if self._clauses else 0

    def begin(self, clause: Span, mark: str = "") -> None:
        """Begin a clause that `mark` ends; the first of a paragraph before ：is its lead."""
        self._clauses.append(clause)
        if mark in _OPENS and len(self._clauses) == 1 and not self._earlier and self._lead is None:
            self._lead = clause

    @property
    def lead(self) -> str:
        """The thing that the lead of the paragraph names (轨道交通 of 轨道交通建设：), else the heading; else ""."""
        return things.led_by(self._text[slice(*self._lead)] if self._lead else self._title)

    @property
    def work_led(self) -> str:
        """The work that the lead of the paragraph names, as it is said (滨江新城建设：); "" where it has none."""
        lead = _form("mark").sub("", self._text[slice(*self._lead)]) if self._lead else ""
        return lead if _SHORTEST < len(lead) <= _LONGEST and not _form("no_lead").search(lead) else ""

    @property
    def _title(self) -> str:
        """The heading right above; "" where there is none."""
        return self._titles[-1] if self._titles else ""

    def state(self, counted: str) -> None:
        """The clause has said a number: how many of `counted` there shall be, "" where it measures."""
        self._stated.update(dict.fromkeys(self._clauses[-1:], counted))

    def here(self, phrase: str, start: int) -> str:
        """A phrase that stands at `start` with its thing; the phrase itself where none is told.

        The same clause speaks of it (播种面积保持稳定、产量达到…), or the sentence names it before the same act."""
        found = things.unnamed(phrase)
        if found is None or (found.measures and found.acts and self.worked_on()):
            return phrase
        return things.joined(
            self._beside(found, start) or self._before_act(phrase, found, start, self._clauses), phrase
        )

    def named(self, phrase: str, last: str) -> str:
        """A measure that an outcome in words leaves without a thing, with that of the subject before it (废钢回收体系
        健全，利用水平提高); the phrase itself where it names one or none has been named."""
        if len(members(last)) != 1 or not last or things.unnamed(phrase) is None or phrase.startswith(last):
            return phrase
        return things.joined(things.thing_of(last, kinds=True), phrase)

    def around(self, phrase: str, start: int, last: str) -> str:
        """A phrase with its thing, where the sentence has counted or measured it, or the sentence before or the heading
        name it; else the phrase itself. `last` is the indicator that the sentence has named last, "" without one."""
        found = things.unnamed(phrase)
        if found is None:
            of_some = not last and _form("of_population").fullmatch(phrase)
            return things.joined(self.worked_on(), phrase) if of_some else phrase
        thing = (
            things.thing_of(self._counted(), measured=False)
            or (found.measures and (self.worked_on() or things.thing_of(last)))
            or self._before_act(phrase, found, start, self._earlier)
            or things.thing_before(_form("mark").sub("", self._title), found.acts)
            or (phrase.endswith(rules.one("topics", "owned").words) and self._owner())
            or self._matter(phrase, start)
        )
        misplaced = thing and _form("housed").match(phrase) and not _form("houses").search(thing)
        return things.joined("" if misplaced else thing or "", phrase)

    def _before_act(self, phrase: str, found: things.Unnamed, start: int, clauses: Sequence[Span]) -> str:
        """The thing that stands before an act of the phrase in some clauses up to a place, the nearest first; a clause
        that measures the same of another thing says nothing about this one."""
        for span in reversed(clauses):
            words = self._text[span[0] : min(span[1], start)]
            if span in self._stated and phrase in words:
                continue
            over = span[1] < start and span not in self._stated
            if thing := things.thing_before(words, found.acts) or (things.acted_on(words, found.acts) if over else ""):
                return thing
        return ""

    def _matter(self, phrase: str, start: int) -> str:
        """The matter of business (开办企业) that the sentence has named last, else that of the innermost heading with
        one; "" for a phrase that measures no matter."""
        if not _form("of_matter").fullmatch(phrase):
            return ""
        for said in (self._text[self.start : start], *reversed(self._titles)):
            named = [(said.rfind(matter), len(matter), matter) for matter in rules.words("topics", "matters")]
            at, _, matter = max(named, default=(-1, 0, ""))
            if at >= 0:
                return matter
        return ""

    def bodies(self, phrase: str) -> str:
        """Whose measure a phrase is that names no population: the bodies that the sentence so far, the one before it or
        the heading speaks of (市属企业要优化投资，研发投入强度…: 市属企业); "" where none are."""
        if naming.opens_with_scope(phrase) or _form("of_others").search(phrase):
            return ""
        spans = (*reversed(self._clauses), *reversed(self._earlier))
        said = (*(self._text[slice(*span)] for span in spans), self._title)
        return next((found["who"] for words in said if (found := _form("bodies").search(words))), "")

    def _owner(self) -> str:
        """The bodies that open the clause before (职业院校实践课时占一半以上，顶岗实习时间…); "" where none do."""
        span = self._clauses[-2] if len(self._clauses) > 1 else None
        match = _form("owner").match(_form("mark").sub("", self._text[slice(*span)])) if span else None
        return match["who"] if match and not phrases.make_verbs().match(match["who"]) else ""

    def _counted(self) -> str:
        """What the sentence has counted last; "" where it has measured something since."""
        said = [self._stated[span] for span in self._clauses if span in self._stated]
        return said[-1] if said else ""

    def _beside(self, found: things.Unnamed, start: int) -> str:
        """The thing of an outcome in words that a 、 closes right before."""
        span = (self._clauses[-1][0], start - 1) if self._clauses else (start, start)
        listed = found.measures and self._text[span[1] : start] == "、"
        subject = outcome.subject(self._text, *span) if listed else None
        return things.thing_of(self._text[slice(*subject)]) if subject else ""

    def works_anew(self, phrase: str) -> bool:
        """Whether a phrase without a thing measures what the clause before works on, and not what was measured last."""
        found = things.unnamed(phrase)
        return found is not None and found.measures and bool(self.worked_on())

    def worked_on(self) -> str:
        """What the clause before works on (防治 of it taken off: 林业有害生物), or what the sentence before works
        against; "" where they have measured something."""
        before = [span for span in self._clauses[:-1] if not self._is_time(span)]
        worked = self._object(before[-1]) if before else ""
        against = "" if before else next((self._object(span) for span in reversed(self._earlier)), "")
        found = worked or (against if _form("against").search(against) else "")
        return _form("against").sub("", found)

    def _object(self, clause: Span) -> str:
        """What a clause works on; "" where it states a number."""
        return "" if clause in self._stated else things.object_of(self._text[slice(*clause)])

    def _is_time(self, span: Span) -> bool:
        """Whether a clause says nothing but by when (到2030年，)."""
        return len(set(phrases.strip_times(self._text, *span))) == 1
