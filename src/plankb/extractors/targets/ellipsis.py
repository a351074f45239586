"""What a plan speaks of: the indicators that assertions name, and those that later clauses leave unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from plankb import quantities, rules
from plankb.extractors.targets import listing
from plankb.extractors.targets.bases import subject_before
from plankb.extractors.targets.clause import Assertion, ClauseRecord, is_count, is_place, is_share
from plankb.extractors.targets.counted import Counted
from plankb.extractors.targets.topic import Topics
from plankb.indicators import coordination, naming, things
from plankb.indicators import phrase as phrases
from plankb.model import Span

_ASIDE = re.compile(r"（[^（）]*）")
_LONGEST_WORK = 60
_SHORT_HEAD, _LONGEST_VERB = 4, 8
_COUNTS = ("before", "after")
_SAID_OF = ("predicate", "after")
_WHOLE = ("before", "whole", "share")
_COMPLETED = ("predicate", "proportion")
_form = partial(rules.pattern, "ellipsis")
_heard = partial(rules.screened, "ellipsis")


class Antecedents:
    """The indicators named so far, from which elided ones are restored.

    `stated` is whether the sentence has stated a number; `start` is where the last indicators stand.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._indicators: tuple[str, ...] = ()
        self._dimension = ""
        self._in_unit: dict[str, str] = {}
        self._latest: tuple[str, ...] = ()
        self._latest_kind = ""
        self._changed = False
        self._placing = ""
        self._recent: list[str] = []
        self._topics = Topics(text)
        self._counted = Counted(text, self._topics)
        self.start = 0
        self.stated = False

    def enter(self, *, fresh: bool, titles: Sequence[str] = ()) -> None:
        """Begin a sentence under headings, outermost first; `fresh`: in a new paragraph or section, which leaves
        nothing else to restore from."""
        self._topics.enter(fresh=fresh, titles=titles)
        if fresh:
            self._indicators, self._latest = (), ()
        self._counted.enter(fresh=fresh)
        self.stated, self._placing = False, ""
        self._recent.clear()
        self._in_unit.clear()

    @property
    def verb(self) -> str:
        """The making verb that the sentence has said; "" where it has said none."""
        return self._counted.verb

    def begin(self, clause: Span, mark: str = "") -> None:
        """Begin a clause of the sentence, that `mark` ends."""
        self._topics.begin(clause, mark)

    def speak_of(self, subject: Span | None, *, covered: bool = False) -> tuple[str, ...]:
        """The names of what a clause without a number speaks of; those said before when it leaves them out."""
        if subject:
            subject = phrases.lightened(self._text, *subject)
            phrase = _form("intent").sub("", phrases.without_times(phrases.compose(self._text, subject)))
            phrase = naming.growth_of(phrase, self._last()) or phrase
            attained = _form("attained").match(phrase)
            who = attained["who"] if attained else ""
            phrase = who + phrase[attained.end() if attained else 0 :]
            phrase = phrase if covered else self._topics.named(phrase, self._last())
            names = tuple(coordination.split_covered(phrase, who) if covered else coordination.split_rates(phrase))
            if naming.is_scope(phrase):
                return names
            self._say(names, subject[0], "")
        names = self._indicators if self.start >= self._topics.start else ()
        return tuple(naming.without_rate(name) or name for name in names) if covered else names

    def hear(self, clause: Span) -> None:
        """Keep what a clause without a number speaks of (能源消费总量进入平台期) or works on (打造…的产教联合体): later
        ones may measure or count it unnamed."""
        words = _ASIDE.sub("", self._text[slice(*clause)])
        measured = _heard("measured").match(words)
        if measured and naming.has_head(measured["subject"]):
            start, end = phrases.tidy(self._text, clause[0], clause[0] + measured.end("subject"))
            if start < end and "（" not in words[: measured.end()]:
                self._say((phrases.compose(self._text, (start, end)),), start, "")
        treated = _heard("treated").match(words)
        if treated:
            self._say((treated["subject"],), clause[0], "")
        moved = _heard("moved").match(words.strip())
        if moved and _form("goes_on").match(self._text, clause[1]) and naming.has_head(moved["subject"]):
            at = clause[0] + words.index(moved["subject"])
            start, end = phrases.tidy(self._text, at, at + len(moved["subject"]))
            if start < end and "（" not in words:
                self._say((phrases.compose(self._text, (start, end)),), start, "")
        made = _heard("work").match(words) if len(words) <= _LONGEST_WORK else None
        if made:
            self._counted.work_on(made["object"])

    def after_base(self, subject: Span) -> None:
        """After a clause that says since when its subject changes (能耗在2020年的基础上，): keep what it names."""
        start, end = phrases.tidy(self._text, *subject)
        if start < end:
            self._say((phrases.compose(self._text, (start, end)),), start, "")

    def after_unread(self, clause: ClauseRecord) -> None:
        """After a clause whose numbers state nothing: what it goes on from (寿命在82岁的基础上增长), or nothing."""
        start = clause.span[0]
        ends = [end for end in (subject_before(clause, i) for i in range(len(clause.quantities))) if end]
        phrase = phrases.tidy(self._text, start, ends[0]) if ends else (start, start)
        self._say((phrases.compose(self._text, phrase),) if phrase[0] < phrase[1] else (), phrase[0], "")

    def names(self, assertion: Assertion) -> tuple[str, ...]:
        """The names of the indicators of an assertion; () when there is none to be found."""
        self.stated = True
        dimension = quantities.dimension(assertion.quantity.unit)
        if assertion.form == "dated":
            # 收入年均增长7%，2030年达到3.5万元: what grows is said with its change, and then reaches a level
            levels = self._indicators if self._changed and not self._dimension else ()
            return self._latest if self._latest_kind == dimension else levels
        names = self._names(assertion, dimension)
        if names and assertion.form == "predicate" and not assertion.change:
            self._counted.reach()
        self._topics.state(self._counted.noun if assertion.form in _COUNTS else "")
        if names and not assertion.change:
            self._recent += [name for name in names if name not in self._recent]
        if names and assertion.group[0] == 0:
            self._latest, self._latest_kind, self._changed = names, dimension, assertion.change is not None
        return names

    def _names(self, assertion: Assertion, dimension: str) -> tuple[str, ...]:
        phrase = self._phrase(assertion)
        if not phrase or _form("said_before").fullmatch(phrase):
            return self._elided(assertion)
        index, size = assertion.group
        if size > 1:
            if index and len(self._indicators) == size and self.start == assertion.start:
                return (self._indicators[index] + (assertion.suffix if assertion.form == "proportion" else ""),)
            listed = [phrase] * size if assertion.form == "before" else listing.apart(phrase, assertion.prefix, size)
            if listed == [phrase] * size:
                listed = listing.of_worked(self._topics.worked_on(), phrase, size) or listed
            listed = [self._topics.around(name, assertion.start, self._last()) for name in listed]
            self._say(tuple(listed), assertion.start, dimension)
            return (listed[index] + (assertion.suffix if assertion.form == "proportion" else ""),)
        if each := self._each_place(phrase, assertion) or listing.each_has(phrase):
            return each
        bare, phrase = phrase, listing.of_other_size(phrase, self._last()) or self._with_thing(phrase, assertion)
        if not phrase:
            return ()
        share = is_share(assertion.quantity)
        if assertion.form in _SAID_OF and share and not assertion.change:
            phrase += coordination.unsaid_share(phrase + assertion.suffix)
        one = phrase != bare and things.unnamed(bare)  # the thing of a bare measure is one
        alone = not one and (not assertion.part or _form("rate_last").search(phrase))
        names = tuple(coordination.split_apart(phrase, share=share)) if alone else (phrase,)
        if assertion.form in _COUNTS:
            self._in_unit.setdefault(_counted_in(assertion), names[-1])
        if assertion.form not in _WHOLE:
            self._say(names, assertion.start, "" if assertion.change else dimension)
            self._in_unit[_counted_in(assertion)] = names[-1].removeprefix(self._placing)
        return tuple(name + (assertion.suffix if assertion.form in _COMPLETED else "") for name in names)

    def _with_thing(self, phrase: str, assertion: Assertion) -> str:
        """The phrase with what has been said before and leaves out now, and with the thing it is of; "" where what is
        left out cannot be told."""
        named = bool(assertion.pieces) and assertion.form not in _WHOLE
        phrase = self._topics.here(phrase, assertion.pieces[0][0]) if named else phrase
        counted = self._level_of_counted(phrase, assertion) or self._place_of_counted(phrase, assertion)
        phrase = counted or self._restored(phrase, assertion)
        phrase = self._owner(phrase, assertion) + phrase
        whole = self._topics.around(phrase, assertion.pieces[0][0], self._last()) if named else phrase
        said_of = named and whole == phrase and assertion.form == "predicate" and naming.has_head(phrase)
        return (self._topics.bodies(phrase) if said_of else "") + whole

    def _last(self) -> str:
        """The indicator that the sentence has named last; "" where it has named none."""
        return self._indicators[-1] if self._indicators and self.start >= self._topics.start else ""

    def _say(self, names: tuple[str, ...], start: int, dimension: str) -> None:
        self._indicators, self.start, self._dimension = names, start, dimension

    def _phrase(self, assertion: Assertion) -> str:
        """The indicator phrase as the clause has it, operator words inside it removed; "" when it is elided."""
        pieces = [phrases.without_times(phrases.compose(self._text, piece)) for piece in assertion.pieces]
        phrase = phrases.as_done(assertion.link.join(pieces))
        for rule in rules.many("ellipsis", "inside"):
            phrase = rule.sub(phrase)
        long = rules.one("forms", "count.long")
        phrase = long.sub(phrase) if long.fullmatch(phrase) else phrase
        if not phrase:
            return ""
        whole = assertion.form in ("share", "whole")
        return assertion.prefix + phrase + (assertion.suffix if whole else "")

    def _elided(self, assertion: Assertion) -> tuple[str, ...]:
        """The indicators of a value whose subject was said before; () where there is none of its dimension."""
        index, size = assertion.group
        dimension = quantities.dimension(assertion.quantity.unit)
        work = self._work_done(assertion)
        if work:
            return (work,)
        fits = assertion.change is not None or self._dimension in ("", dimension)
        counted = self._in_unit.get(_counted_in(assertion))
        if counted and self._sums(assertion):
            summed = rules.one("ellipsis", "added").sub(counted)
            return (summed if "累计" in summed else f"累计{summed}",)
        if not self._indicators or not fits:
            return self._counted.summed(dimension) if assertion.form == "after" else ()
        if size > 1:
            said = self._indicators if len(self._indicators) == size else tuple(self._recent[-size:])
            return said[index : index + 1] if len(said) == size else self._indicators[-1:]
        if self._sums(assertion):
            return tuple(rules.one("ellipsis", "added").sub(name) for name in self._indicators)
        return tuple(name + assertion.suffix for name in self._indicators)

    def _sums(self, assertion: Assertion) -> bool:
        """Whether a value is said to be the sum of what has been counted (…，累计达到900个)."""
        start = assertion.quantity.span[0]
        return _form("in_all").search(self._text, max(0, start - _LONGEST_VERB), start) is not None

    def _work_done(self, assertion: Assertion) -> str:
        """The work of the clause before, of which so much is done (推进…改造，完成800套改造任务; …，完成120公里)."""
        work, (start, end) = self._counted.worked_on, assertion.quantity.span
        act = _form("act_behind").match(self._text, end)
        done = _form("work_only_done").search(self._text, max(0, start - _LONGEST_VERB), start)
        fits = act and work.endswith(act["act"])
        later = done and self.start < self._topics.start and not is_share(assertion.quantity)
        return work if fits or later else ""

    def _whole(self, assertion: Assertion) -> str:
        """What the sentence counted last in the unit of an assertion, else what it spoke of last."""
        return self._in_unit.get(_counted_in(assertion), self._indicators[-1])

    def _each_place(self, phrase: str, assertion: Assertion) -> tuple[str, ...]:
        """The indicators of 长安县、永宁县各不少于5座, of 每县不少于1个: one a place; () for no such phrase."""
        counted = self._in_unit.get(_counted_in(assertion))
        if counted and assertion.form == "predicate" and _form("each_place").match(phrase):
            return (phrase + counted,)
        places = coordination.members(phrase.removesuffix("各"))
        if not phrase.endswith("各") and (len(places) < 2 or assertion.form != "predicate"):
            return ()
        if not self._indicators or not all(naming.is_scope(place) for place in places):
            return ()
        return tuple(things.of_other_scope(place, self._whole(assertion)) for place in places)

    def _restored(self, phrase: str, assertion: Assertion) -> str:
        """The phrase with what the sentence has said before and leaves out now; "" where that cannot be told."""
        phrase = phrase.removeprefix("各") if phrases.make_verbs().fullmatch(phrase, 1) else phrase
        made = phrases.make_verbs().fullmatch(phrase)
        thing = self._counted.made(phrase) if made else ""
        thing = thing or (self._made_before(phrase) if made else "")
        if thing:
            behind = _form("own_course").fullmatch(phrase)
            return thing if thing.endswith(phrase[-2:]) else thing + behind["verb"] if behind else phrase + thing
        if assertion.form == "predicate" and self._indicators:
            share = is_share(assertion.quantity)
            area = naming.is_scope(phrase) or (share and _form("places_last").search(phrase))
            if area and not (not share and _form("sites").search(phrase)):
                return things.of_other_scope(phrase, self._whole(assertion))
            if share and not assertion.change:
                phrase += self._rate_of_part(phrase)
        last = self._indicators[-1] if self._indicators else ""
        if _form("of_whole").match(phrase):
            of = _form("total_last").sub("", naming.without_growth(last))
            return of + phrase if of else ""
        if len(phrase) <= _SHORT_HEAD and last.endswith(phrase) and not self._topics.works_anew(phrase):
            return last
        if assertion.form == "predicate" and self._in_unit.get(_counted_in(assertion)) == last:
            phrase += coordination.unsaid_head(phrase, last)
        if grown := naming.growth_of(phrase, last):
            return grown
        if phrase in naming.bare_rates() and last:
            return naming.without_rate(naming.without_growth(last)) + phrase
        turned = naming.scope_first(phrase)
        if turned:
            return turned
        part = assertion.part and assertion.form != "proportion" and self._indicators
        if part and not _form("rate_last").search(phrase):
            return self._part(phrase, assertion)
        return self._headed(phrase, assertion)

    def _rate_of_part(self, phrase: str) -> str:
        """The rate said of a whole population (主要农作物机械化率), or of what is named last, for 水稻; "" if none."""
        for name in () if naming.has_head(phrase) else (self._indicators[-1], *reversed(self._recent)):
            of = rules.one("indicators", "populations").match(name)
            if of and of.end() < len(name) and naming.has_share_head(name):
                return name[of.end() :]
        return coordination.missing_rate(phrase, self._indicators[-1])

    def _made_before(self, verb: str) -> str:
        """What the indicator named last makes with the same verb (每年培训医生…，累计培训…); "" where it makes none."""
        said = naming.each_first(self._last())[1]
        made, again = phrases.make_verbs().match(said), phrases.make_verbs().match(verb)
        same = made and again and made.group().endswith(again.group()[-2:])
        return said[made.end() :] if made and same else ""

    def _headed(self, phrase: str, assertion: Assertion) -> str:
        """A phrase with what a bare head is of (总长度 after what has been counted), or the counted thing that it is;
        "" where that cannot be told."""
        prefix, bare = naming.each_first(phrase)
        prefix, bare = prefix or assertion.prefix, bare.removeprefix(assertion.prefix)
        last = naming.without_growth("".join(self._indicators[-1:]))
        known = self._counted.noun or last
        known = (naming.has_head(known) and things.thing_of(known)) or known
        if bare in rules.words("topics", "spent") and self._topics.work_led:
            return prefix + self._topics.work_led + bare
        if bare in naming.bare_heads():
            made = phrases.make_verbs().match(bare) if prefix else None
            verb = made.group() if made else ""
            return prefix + verb + known + bare.removeprefix(verb) if known or not prefix else ""
        counts = assertion.form in _COUNTS
        return self._counted.name(phrase, assertion, self._last()) if counts else phrase

    def _owner(self, phrase: str, assertion: Assertion) -> str:
        """Whose measure 、 joins, or per what, as the one before says (每千人口医师数…、护士数…); "" if it has one."""
        joined = self._text.startswith("、", assertion.pieces[0][0] - 1) if assertion.pieces else False
        if not joined or assertion.form not in _SAID_OF or not naming.has_head(phrase):
            return ""
        said, own = _form("owner").match(self._last()), _form("owner").match(phrase)
        alone = said and not own and not naming.opens_with_scope(phrase) and not said.group().endswith(phrase)
        return said.group() if said and alone else ""

    def _level_of_counted(self, phrase: str, assertion: Assertion) -> str:
        """The name of 其中省级3家、市级5家 after what has been counted in their unit; "" for what is no level alone."""
        whole = self._in_unit.get(_counted_in(assertion), "")
        if assertion.form != "after" or not whole or not _form("level_alone").fullmatch(phrase):
            return ""
        made = phrases.make_verbs().match(whole)
        verb = made.group() if made else ""
        thing = _form("level_first").sub("", whole.removeprefix(verb))
        return verb + phrase + thing if len(thing) > 1 else ""

    def _place_of_counted(self, phrase: str, assertion: Assertion) -> str:
        """The name of 其中甲县3个、乙县2个 after what has been counted in their unit; "" where no place is counted."""
        made = phrases.make_verbs().match(phrase)
        scope = phrase[made.end() :] if made else phrase
        whole = self._in_unit.get(_counted_in(assertion), "")
        listed = assertion.form in _SAID_OF and (assertion.part or self._placing) and bool(whole)
        owner = listed and _form("part_owner").fullmatch(scope) and not whole.endswith(scope[-2:])
        counted = owner or (listed and is_place(scope) and not _form("sites").search(scope))
        self._placing = scope if counted else ""
        if not self._placing:
            return ""
        if owner:
            return things.owned_by(scope, whole)
        named = things.of_other_scope(scope, whole)
        verb = phrases.make_verbs().match(named, len(scope))
        return scope + made.group() + named[verb.end() :] if made and verb else named

    def _part(self, phrase: str, assertion: Assertion) -> str:
        """A part of what was said before: it needs the whole where it says its share of it (住房中租赁住房占比)."""
        if phrases.making_end(phrase):
            return phrase.replace("力争", "")
        verb, noun = self._counted.carried, self._counted.noun
        if assertion.form in _COUNTS and verb and noun and phrase.endswith(noun[-2:]):
            return verb + phrase
        measure = _form("measured_by").search(self._indicators[-1]) if assertion.form == "after" else None
        if measure and not assertion.suffix and not naming.has_head(phrase):
            return phrase + measure["measure"] + measure["head"]
        counted = not verb and is_count(assertion.quantity)
        same = counted and self._in_unit.get(_counted_in(assertion)) == self._indicators[-1]
        if assertion.suffix or len(phrase) <= _SHORT_HEAD or (same and not naming.has_head(phrase)):
            return f"{self._indicators[-1]}中{phrase}"
        if not naming.has_head(phrase) and verb and not naming.opens_with_scope(phrase):
            return verb + phrase
        area = _form("whole_area").match(self._indicators[-1])
        return phrase if area is None or naming.opens_with_scope(phrase) else area.group() + phrase


def _counted_in(assertion: Assertion) -> str:
    """The unit in which an assertion counts, whatever its magnitude: 3万张, 其中甲市8000张."""
    return quantities.split_unit(assertion.quantity.unit)[1]
