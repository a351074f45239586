"""What a phrase speaks of that names no thing itself (月走访率, 平均费率, 产量): the topics that a text has named.

The thing stands before the same act (开展困境儿童走访服务，月走访率 is 困境儿童月走访率), or was counted or measured in
the clause right before (种植大豆500万亩，产量 is 大豆产量). Where neither is said the phrase stays as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

from plankb import rules, segment
from plankb.extractors.targets import outcome
from plankb.indicators import naming
from plankb.indicators import phrase as phrases
from plankb.indicators.coordination import members
from plankb.model import Span

_OPENS = ("：", ":")
_LONGEST_LEAD = 12
_SHORTEST, _LONGEST = 2, 24
"""Characters of a thing."""
_form = partial(rules.pattern, "topics")
_RUN = re.compile(r"[^，。；：、（）()\s]*\Z")


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A phrase without a thing: the acts in it, in order, and whether it measures what has been counted (产量)."""

    acts: tuple[str, ...]
    measures: bool


@cache
def _before() -> frozenset[str]:
    """Words in front of a thing."""
    return rules.words("topics", "parts.object_verbs") | rules.words("topics", "prepositions")


def unnamed(phrase: str) -> Unnamed | None:
    """What a phrase without a thing of its own is made of; None for one that names its thing."""
    match = _form("unnamed").fullmatch(phrase)
    if match is None:
        return None
    acts = tuple(_form("parts.acts").findall(match["act"] or match["acts"] or ""))
    return Unnamed(acts, bool(match["measure"])) if acts or match["measure"] else None


def thing_of(name: str, *, measured: bool = True, kinds: bool = False) -> str:
    """The thing that an indicator is of (大豆 of 大豆播种面积); "" where none is left.

    `measured`: the name says what is measured of it (not so 农业担保业务 of 新增农业担保业务); `kinds`: what is set up
    for the thing is no part of it (废钢 of 废钢回收体系)."""
    whole = name
    made = phrases.make_verbs().match(name)
    name = name[made.end() :] if made else name
    while name:
        cut = (
            _form("measured").search(name)
            or naming.head_pattern().search(name)
            or (kinds and _form("set_up_last").search(name))
        )
        if not cut or cut.end() == cut.start():
            break
        name = name[: cut.start()]
    said = len(name) >= _SHORTEST and not naming.is_scope(name) and not (measured and name == whole)
    said = said and name not in rules.words("topics", "manner")
    return name.removesuffix("的") if said else ""


def thing_before(text: str, acts: tuple[str, ...]) -> str:
    """What stands in a text right before the first of some acts that it names; "" where none is named."""
    for act in acts:
        at = text.rfind(act)
        way = at > 0 and _form("way").match(text, at + len(act))
        thing = _cut(text[:at]) if at > 0 and not way else ""
        if thing:
            return thing
    return ""


def _acted_on(text: str, acts: tuple[str, ...]) -> str:
    """What a clause does the first of some acts to, which opens it (保障东河、西河生态流量); "" where none does."""
    opened = _form("opened").match(text)
    act = next((act for act in acts if opened and text.startswith(act, opened.end())), "")
    thing = text[opened.end() + len(act) :] if opened and act else ""
    return thing if _SHORTEST <= len(thing) <= _LONGEST and not _form("no_lead").search(thing.replace("、", "")) else ""


def _cut(text: str) -> str:
    """The noun phrase that ends a text."""
    run = _RUN.search(text)
    words = segment.words(run.group() if run else "")
    led = max((at + 1 for at, word in enumerate(words) if word.removesuffix("了") in _before()), default=0)
    thing = _form("adverbs_last").sub("", _form("joint_last").sub("", "".join(words[led:])))
    whole = thing.count("“") == thing.count("”") and _SHORTEST <= len(thing) <= _LONGEST
    return (
        "" if not whole or _form("parts.acts").fullmatch(thing) or thing in rules.words("topics", "manner") else thing
    )


def object_of(clause: str) -> str:
    """What a clause of work has as its object (稳定开采东区、西区等气田: 东区、西区等气田); "" where it has none.

    With the place that opens the clause: 在西县、东县积极建设风电基地 has 西县、东县风电基地."""
    match = _form("worked").match(clause)
    found = (match["place"] or "") + match["object"] if match else ""
    return found if _SHORTEST <= len(found) <= 2 * _LONGEST else ""


def _joined(thing: str, phrase: str) -> str:
    """A phrase behind its thing, "" for none; 新增 stays in front: 高速公路, 新增通车里程 is 新增高速公路通车里程."""
    made = _form("added").match(phrase) if thing else None
    added = made.group() if made else ""
    return added + thing.removesuffix(phrase) + phrase.removeprefix(added)


def _led(lead: str) -> str:
    """The thing that a lead or heading of work names: a noun without what is done to it (轨道交通建设: 轨道交通)."""
    lead = _form("mark").sub("", lead)
    work = _form("work").search(lead)
    thing = lead[: work.start()] if work else ""
    named = _SHORTEST <= len(thing) <= _LONGEST_LEAD and not phrases.make_verbs().match(thing)
    return thing if named and not _form("no_lead").search(thing) else ""


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
        return _led(self._text[slice(*self._lead)] if self._lead else self._title)

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
        found = unnamed(phrase)
        if found is None or (found.measures and found.acts and self._worked_on()):
            return phrase
        return _joined(self._beside(found, start) or self._before_act(phrase, found, start, self._clauses), phrase)

    def named(self, phrase: str, last: str) -> str:
        """A measure that an outcome in words leaves without a thing, with that of the subject before it (废钢回收体系
        健全，利用水平提高); the phrase itself where it names one or none has been named."""
        if len(members(last)) != 1 or not last or unnamed(phrase) is None or phrase.startswith(last):
            return phrase
        return _joined(thing_of(last, kinds=True), phrase)

    def around(self, phrase: str, start: int, last: str) -> str:
        """A phrase with its thing, where the sentence has counted or measured it, or the sentence before or the heading
        name it; else the phrase itself. `last` is the indicator that the sentence has named last, "" without one."""
        found = unnamed(phrase)
        if found is None:
            of_some = not last and _form("of_population").fullmatch(phrase)
            return _joined(self._worked_on(), phrase) if of_some else phrase
        thing = (
            thing_of(self._counted(), measured=False)
            or (found.measures and (self._worked_on() or thing_of(last)))
            or self._before_act(phrase, found, start, self._earlier)
            or thing_before(_form("mark").sub("", self._title), found.acts)
            or (phrase.endswith(rules.one("topics", "owned").words) and self._owner())
            or self._matter(phrase, start)
        )
        misplaced = thing and _form("housed").match(phrase) and not _form("houses").search(thing)
        return _joined("" if misplaced else thing or "", phrase)

    def _before_act(self, phrase: str, found: Unnamed, start: int, clauses: Sequence[Span]) -> str:
        """The thing that stands before an act of the phrase in some clauses up to a place, the nearest first; a clause
        that measures the same of another thing says nothing about this one."""
        for span in reversed(clauses):
            words = self._text[span[0] : min(span[1], start)]
            if span in self._stated and phrase in words:
                continue
            over = span[1] < start and span not in self._stated
            if thing := thing_before(words, found.acts) or (_acted_on(words, found.acts) if over else ""):
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

    def _beside(self, found: Unnamed, start: int) -> str:
        """The thing of an outcome in words that a 、 closes right before."""
        span = (self._clauses[-1][0], start - 1) if self._clauses else (start, start)
        listed = found.measures and self._text[span[1] : start] == "、"
        subject = outcome.subject(self._text, *span) if listed else None
        return thing_of(self._text[slice(*subject)]) if subject else ""

    def works_anew(self, phrase: str) -> bool:
        """Whether a phrase without a thing measures what the clause before works on, and not what was measured last."""
        found = unnamed(phrase)
        return found is not None and found.measures and bool(self._worked_on())

    def _worked_on(self) -> str:
        """What the clause before works on (防治 of it taken off: 林业有害生物), or what the sentence before works
        against; "" where they have measured something."""
        before = [span for span in self._clauses[:-1] if not self._is_time(span)]
        worked = self._object(before[-1]) if before else ""
        against = "" if before else next((self._object(span) for span in reversed(self._earlier)), "")
        found = worked or (against if _form("against").search(against) else "")
        return _form("against").sub("", found)

    def _object(self, clause: Span) -> str:
        """What a clause works on; "" where it states a number."""
        return "" if clause in self._stated else object_of(self._text[slice(*clause)])

    def _is_time(self, span: Span) -> bool:
        """Whether a clause says nothing but by when (到2030年，)."""
        return len(set(phrases.strip_times(self._text, *span))) == 1
