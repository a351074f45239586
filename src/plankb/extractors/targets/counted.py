"""The things that a sentence makes and counts: a later count has the verb, the level or the noun that the sentence has
said for all (新增高级工6万人，技师2万人), or what is worked on (推进乡村学校宿舍建设，新增宿舍300间).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from plankb import rules
from plankb.extractors.targets.clause import Assertion, form
from plankb.extractors.targets.topic import Topics
from plankb.indicators import naming, things
from plankb.indicators import phrase as phrases

_LONGEST_VERB, _SHORT, _FEW = 8, 4, 3
_form, _spoken = partial(rules.pattern, "topics"), partial(rules.pattern, "ellipsis")


@dataclass(frozen=True, slots=True)
class _Levelled:
    """A counted thing taken apart: its level (省级) and the noun behind it, "" without a level; how it begins; and of
    what the things are with what kind (林下经济, 示范), None where no level says it."""

    level: str = ""
    begins: str = ""
    noun: str = ""
    kind: tuple[str, str] | None = None


class Counted:
    """What the sentence has made or counted. `verb` is the making verb that it has said, `noun` the thing counted last,
    `worked_on` the object of its last clause of work; "" where there is none."""

    def __init__(self, text: str, topics: Topics) -> None:
        self._text = text
        self._topics = topics
        self._things: list[str] = []
        self._first = _Levelled()
        self._reached = False
        self.verb = self.noun = self.worked_on = ""

    def enter(self, *, fresh: bool) -> None:
        """Begin a sentence; `fresh`: of a new paragraph or section."""
        self.verb, self.worked_on, self._first, self._reached = "", "", _Levelled(), False
        self.noun = "" if fresh else self.noun
        self._things.clear()

    def work_on(self, thing: str) -> None:
        """Keep what a clause works on: it may be counted next."""
        self.worked_on, self.noun = thing, ""

    def made(self, verb: str) -> str:
        """What a bare making verb makes: what has been counted or worked on, else what the lead of the paragraph names;
        "" for none."""
        if verb.endswith(rules.one("changes", "verbs.own_object").words):
            return ""
        whole = verb.endswith(rules.one("changes", "verbs.whole").words)
        worked_on = _form("campaign").sub("", self.worked_on)
        return self.noun or worked_on or ("" if whole else self._topics.lead)

    def summed(self, dimension: str) -> tuple[str, ...]:
        """What all that the sentence has counted measures together (停车场7处，枢纽9处，合计66公顷); else ()."""
        measure = next((rule.to for rule in rules.many("forms", "count.measure") if rule.means == dimension), None)
        total = rules.one("forms", "count.sum").words[0] if len(self._things) > 1 else ""
        return (f"{self.verb}{'、'.join(self._things)}{total}{measure}",) if measure and self._things else ()

    def name(self, phrase: str, assertion: Assertion, last: str) -> str:
        """A counted thing with the verb, or a verb with the thing, that the sentence has said. `last` is the indicator
        that the sentence has named last, "" without one."""
        done = _spoken("work_done").fullmatch(phrase)
        if done and self.worked_on.endswith(done["act"]) and self.worked_on != done["act"]:
            return self.worked_on
        if _form("generic").fullmatch(phrase):
            self.noun = self._topics.lead + phrase
            return self.noun
        works = [thing for thing in self._things if thing]
        if 0 < len(works) == len(self._things) <= _FEW and _form("effect").match(phrase):
            return "、".join(works) + phrase
        area = _spoken("whole_area").match(phrase)
        thing = assertion.form == "before" and (
            len(assertion.pieces) == 1 or (assertion.link and not assertion.prefix)
        )  # 5家研发平台: what looks like a verb is none
        made = None if thing else phrases.make_verbs().match(phrase, area.end() if area else 0)
        planned = None if made or assertion.form != "after" else form("count.plans").match(phrase)
        if planned:
            self._make(planned.group(), phrase[planned.end() :])
            return phrase
        if assertion.form == "after" and assertion.pieces[0][0] > assertion.start:
            self.noun = phrase
            self._things.append(phrase)
            return phrase  # it has a verb of its own that only carries the noun (实施大中修)
        if made:
            phrase = phrase[: made.end()] + self._in_full(phrase[made.end() :])
            self._make(phrase[: made.end()], phrase[made.end() :])
            self._reached = False
            self._first = _levelled(self.noun)
            return _area_said(phrase, made.group(), last) + phrase
        self._make(self.verb, phrase)
        if rules.pattern("changes", "verbs.make_last").search(
            self._text, max(0, assertion.start - _LONGEST_VERB), assertion.start
        ):
            return phrase  # the verb right before it only carries it (推动500家企业上云)
        alike = len(self._things) > 1 and self._things[-2][-2:] == phrase[-2:] and self._joined_at(assertion)
        headed = assertion.form == "after" and naming.has_head(phrase) and not alike
        headed = headed or (assertion.form == "after" and things.unnamed(phrase) is not None)
        if headed or _spoken("own_verb").search(phrase):
            return phrase
        return self.carried + self._as_the_first(phrase, joined=self._joined_at(assertion))

    def _in_full(self, noun: str) -> str:
        """A short noun as the clause of work before it says it (推进乡村学校宿舍建设，新增宿舍: 乡村学校宿舍)."""
        houses = 0 < len(self._things) <= _FEW and all(map(_form("has_places").search, self._things))
        if houses and _form("places_in").fullmatch(noun):
            return "、".join(self._things) + noun
        whole = _form("work").sub("", self.worked_on)
        return whole if whole != self.worked_on and 1 < len(noun) <= _SHORT and whole.endswith(noun) else noun

    def _joined_at(self, assertion: Assertion) -> bool:
        """Whether 、 joins an assertion to the one before it."""
        return self._text.startswith("、", assertion.start - 1)

    @property
    def carried(self) -> str:
        """The verb that counts without one take over; "" where it holds an object of its own, or the sentence
        has gone on to levels."""
        own = self._reached or self.verb.endswith(rules.one("changes", "verbs.own_object").words)
        return "" if own else self.verb

    def reach(self) -> None:
        """Keep that the sentence has gone on to what its things reach: no verb said before is carried past that."""
        self._reached = True

    def _make(self, verb: str, noun: str) -> None:
        self.verb, self.noun = verb, noun
        self._things.append(noun)

    def _as_the_first(self, phrase: str, *, joined: bool) -> str:
        """A counted thing with the level, the noun or the kind that the first one has said for all: a level and those
        above it (省级以上) for all that 、 joins to it."""
        level, first = _spoken("level").match(phrase), self._first
        if level is None:
            above = joined and first.level.endswith("以上") and not naming.opens_with_scope(phrase)
            return (first.level if above or phrase[:2] == first.begins else "") + phrase
        rest = phrase[level.end() :]
        if len(rest) > 1 and first.noun.endswith(rest):
            return level.group() + first.noun
        of, kind = first.kind or ("", "")
        return level.group() + (of if first.kind and rest.startswith(kind) else "") + rest


def _levelled(noun: str) -> _Levelled:
    """A counted thing taken apart."""
    level = _spoken("level").match(noun)
    rest = noun[level.end() :] if level else noun
    kind = _spoken("kind_of_level").match(noun)
    return _Levelled(
        level.group() if level else "", rest[:2], rest if level else "", (kind["of"], kind["kind"]) if kind else None
    )


def _area_said(phrase: str, verb: str, last: str) -> str:
    """全省 of 全省新增高级工6万人，新增技师2万人: said once for what the sentence counts with the same verb."""
    area = _spoken("whole_area").match(last)
    same = area and last.startswith(verb, area.end()) and not naming.opens_with_scope(phrase)
    return area.group() if area and same else ""
