"""What a sentence makes and counts: the verb and the things, and what later counts leave unsaid of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from plankb import rules
from plankb.extractors.targets import phrase as phrases
from plankb.extractors.targets.clause import Assertion, form
from plankb.extractors.targets.coordination import head_pattern
from plankb.extractors.targets.topic import Topics, is_generic

_LONGEST_VERB = 8
_form = partial(rules.pattern, "ellipsis")


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
        self.verb = self.noun = self.worked_on = ""

    def enter(self, *, fresh: bool) -> None:
        """Begin a sentence; `fresh`: of a new paragraph or section."""
        self.verb, self.worked_on, self._first = "", "", _Levelled()
        self.noun = "" if fresh else self.noun
        self._things.clear()

    def work_on(self, thing: str) -> None:
        """Keep what a clause works on: it may be counted next."""
        self.worked_on, self.noun = thing, ""

    def made(self, verb: str) -> str:
        """What a bare making verb makes: what has been counted or worked on, else what the lead of the paragraph names;
        "" for none."""
        whole = verb.endswith(rules.one("changes", "verbs.whole").words)
        return self.noun or self.worked_on or ("" if whole else self._topics.lead)

    def summed(self, dimension: str) -> tuple[str, ...]:
        """What all that the sentence has counted measures together (停车场7处，枢纽9处，合计66公顷); else ()."""
        measure = next((rule.to for rule in rules.many("forms", "count.measure") if rule.means == dimension), None)
        total = rules.one("forms", "count.sum").words[0] if len(self._things) > 1 else ""
        return (f"{self.verb}{'、'.join(self._things)}{total}{measure}",) if measure and self._things else ()

    def name(self, phrase: str, assertion: Assertion, last: str) -> str:
        """A counted thing with the verb, or a verb with the thing, that the sentence has said. `last` is the indicator
        that the sentence has named last, "" without one."""
        if is_generic(phrase):
            self.noun = self._topics.lead + phrase
            return self.noun
        area = _form("whole_area").match(phrase)
        thing = assertion.form == "before" and (
            len(assertion.pieces) == 1 or (assertion.link and not assertion.prefix)
        )  # 5家研发平台: what looks like a verb is none
        made = None if thing else phrases.make_verbs().match(phrase, area.end() if area else 0)
        planned = None if made or assertion.form != "after" else form("count.plans").match(phrase)
        if planned:
            self._make(planned.group(), phrase[planned.end() :])
            return phrase
        if assertion.form == "after" and assertion.pieces[0][0] > assertion.start:
            return phrase  # it has a verb of its own that only carries the noun (实施大中修)
        if made:
            self._make(phrase[: made.end()], phrase[made.end() :])
            self._first = _levelled(self.noun)
            return _area_said(phrase, made.group(), last) + phrase
        self._make(self.verb, phrase)
        if phrases.making_verb("make").search(self._text, max(0, assertion.start - _LONGEST_VERB), assertion.start):
            return phrase  # the verb right before it only carries it (推动500家企业上云)
        headed = assertion.form == "after" and head_pattern().search(phrase)
        return phrase if headed or _form("own_verb").search(phrase) else self.carried + self._as_the_first(phrase)

    @property
    def carried(self) -> str:
        """The verb that counts without one take over; "" where it holds an object of its own."""
        return "" if self.verb.endswith(rules.one("changes", "verbs.own_object").words) else self.verb

    def _make(self, verb: str, noun: str) -> None:
        self.verb, self.noun = verb, noun
        self._things.append(noun)

    def _as_the_first(self, phrase: str) -> str:
        """A counted thing with the level, the noun or the kind that the first one has said for all."""
        level, first = _form("level").match(phrase), self._first
        if level is None:
            return (first.level if phrase[:2] == first.begins else "") + phrase
        rest = phrase[level.end() :]
        if len(rest) > 1 and first.noun.endswith(rest):
            return level.group() + first.noun
        of, kind = first.kind or ("", "")
        return level.group() + (of if first.kind and rest.startswith(kind) else "") + rest


def _levelled(noun: str) -> _Levelled:
    """A counted thing taken apart."""
    level = _form("level").match(noun)
    rest = noun[level.end() :] if level else noun
    kind = _form("kind_of_level").match(noun)
    return _Levelled(
        level.group() if level else "", rest[:2], rest if level else "", (kind["of"], kind["kind"]) if kind else None
    )


def _area_said(phrase: str, verb: str, last: str) -> str:
    """全省 of 全省新增高级工6万人，新增技师2万人: said once for what the sentence counts with the same verb."""
    area = _form("whole_area").match(last)
    same = area and last.startswith(verb, area.end()) and not phrases.opens_with_scope(phrase)
    return area.group() if area and same else ""
