"""Rules on what a target leaves open: its time, or its figure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from plankb import in_force, indicators, rules, times
from plankb.checks import dates, levels
from plankb.checks.beside import known_targets, remark
from plankb.checks.compare import Placed, above, placed
from plankb.checks.registry import Draft, Remark, rule
from plankb.document import Section
from plankb.model import Span, Target
from plankb.phrases import value

_MANY, _NEARLY_ALL = 0.4, 0.75
"""Shares of a plan's numbers that have a time, from which on one without is worth a hint, or a warning."""

_CLAUSE = re.compile(r"[^，。；：！？、（）()\n]+")
_SHORTEST, _OTHERS = 4, 2
_ITEM_FORMS = ("dash", "num", "num_paren", "cn_paren", "ordinal")


@rule(
    "no-deadline",
    severity="info",
    zh="有数值而没有时限的目标",
    en="a number without a time",
    example="绿地率达到40%（未写时限）",
)
def no_deadline(draft: Draft) -> Iterator[Remark]:
    """A hint where many targets of a plan without a period have a time, a warning where nearly all have; standards need
    none, and 三年新建 says the plan's own."""
    if draft.reading.plan.period or in_force.years(draft.reading.plan):
        return  # what has no time of its own is due by the end of the plan
    numeric = [target for target in draft.targets if target.value is not None and target.source == "prose"]
    timed = sum(target.by is not None for target in numeric)
    if timed < _MANY * len(numeric):
        return  # a plan whose period or whose headings say when
    usual = len(numeric) >= 4 and timed >= _NEARLY_ALL * len(numeric)
    standing, promise = (rules.one("checks", f"standing.{part}") for part in ("words", "promise"))
    told: set[int] = set()
    counted = [match.start() for match in rules.one("calendar", "years_of_work").regex.finditer(draft.text)]
    for target in numeric:
        said = None if target.by or standing.search(target.quote) else _time_before(draft, target)
        if said in (None, "in the sentence"):
            continue
        sentence = max(draft.text.rfind(stop, 0, target.span[0]) for stop in "。；\n")
        if sentence in told or any(sentence < start < target.span[1] for start in counted):
            continue  # one line for a sentence
        told.add(sentence)
        promised = usual and not said and promise.search(target.quote) and not _standing(target)
        details: dict[str, object] = {"indicator": target.indicator, "value": value(target)}
        yield Remark(target.span, "E489", details, "warning" if promised else None)


def _standing(target: Target) -> bool:
    """Whether a level reads as a rule that always holds: all of a thing, or a least share of what is done anew."""
    level = levels.level(target)
    limit = rules.one("checks", "limit").search(target.quote)
    least = target.op in (">=", ">", "<=", "<") and limit is not None
    new = target.indicator.startswith("新建") and level is not None and levels.relative(level)
    return least or new or bool(level and level.universal)


def _time_before(draft: Draft, target: Target) -> str | None:
    """Where a time that a target may share stands before it: "in the sentence", "before" that in its paragraph, or "".

    None where the target stands in no paragraph.
    """
    paragraph = next((span for span in draft.paragraphs if span[0] <= target.span[0] < span[1]), None)
    if paragraph is None:
        return None
    before = draft.text[paragraph[0] : target.span[0]]
    if _names_time(before.rpartition("。")[2]):
        return "in the sentence"
    return "before" if _names_time(before) else ""


def _names_time(text: str) -> bool:
    return any(time.by and not time.base and not time.past for time in times.find(text))


@rule(
    "vague-target",
    severity="info",
    zh="其他规划已有具体数值的指标或约束性指标，草案只作笼统表述；多年规划中“同比”未交代比较期",
    en="进一步提高 and the like where other plans give a figure for that indicator, or where it is binding; 同比 in a "
    "plan of several years",
    example="到2030年资源化利用率进一步提高（省级规划为70%）",
)
def vague_target(draft: Draft) -> Iterator[Remark]:
    """A warning where a plan of the same place has the figure for the same year, a hint where one above has it.

    Words without a year are a hint, beside the next figures that plans of the place or above it set.
    """
    known = known_targets(draft)
    for one in _vague(draft):
        figures = [
            other
            for other in known.get(one.indicator, ())
            if other.target.value is not None
            and other.scope == one.scope
            and (other.place == one.place or (above(other.place, one.place) and not _total(other)))
        ]
        ahead = [each.target.by for each in figures if each.target.by and each.target.by >= (draft.date or "")[:4]]
        year = one.target.by or min(ahead, default=None)
        figures = [other for other in figures if year and other.target.by == year]
        if figures:
            same_place = one.target.by and any(other.place == one.place for other in figures)
            yield remark(one, figures, "E490", "warning" if same_place else None)
    yield from _among_figures(draft)
    yield from _without_base(draft)
    for match in rules.one("checks", "binding_vague").regex.finditer(draft.text):
        yield Remark(match.span(), "E820", {"words": match.group()}, "warning")


def _without_base(draft: Draft) -> Iterator[Remark]:
    """到2027年…同比下降20%: beside which of the years of a plan? 每年同比, 2026年同比 and what has been say it."""
    titled = in_force.years(draft.reading.plan)
    if titled is None or titled[0] == titled[1]:
        return
    for start, end in draft.sentences:
        for match in rules.one("checks", "compared_yearly").regex.finditer(draft.text, start, end):
            before = draft.text[start : match.start()]
            told = rules.one("checks", "base_told").search(draft.text[start : match.end()])
            named = [time for time in times.find(before) if time.end]
            of_year = named and (named[-1].past or named[-1].bound != "by")
            if not told and not of_year and not dates.is_told(draft, start):
                yield Remark(match.span(), "E318", {"words": match.group()})


def _among_figures(draft: Draft) -> Iterator[Remark]:
    """The one item of a list of targets that has no figure, where all the others have."""
    groups: dict[tuple[int | None, str], list[Section]] = defaultdict(list)
    for section in draft.reading.outline.sections:
        if section.form in _ITEM_FORMS and not section.boxed:
            groups[section.parent, section.form].append(section)
    vague, universal = rules.one("checks", "vague"), rules.one("checks", "universal")
    for (parent, _), group in groups.items():
        above = draft.reading.outline.sections[parent].title if parent is not None else ""
        words = [draft.text[section.span[0] : section.end] for section in group]
        bare = [at for at, each in enumerate(words) if not re.search(r"\d", each) and not universal.search(each)]
        if "目标" in above and len(group) > _OTHERS and len(bare) == 1 and vague.search(words[bare[0]]):
            yield Remark(group[bare[0]].span, "E339")


def _total(one: Placed) -> bool:
    return one.level is None or not levels.relative(one.level)


def _vague(draft: Draft) -> Iterator[Placed]:
    """What the draft promises without a figure: its targets in such words, and the indicators beside such words."""
    pattern = rules.one("checks", "vague").regex
    seen: set[tuple[str, int]] = set()
    read = [target for target in draft.targets if target.value is None and pattern.search(target.qualitative or "")]
    for target in (*read, *_worded(draft, pattern)):
        one = placed(target, draft.reading.plan)
        end = draft.text.find("。", target.span[1])
        if (one.indicator, end) not in seen:
            seen.add((one.indicator, end))
            yield one


def _worded(draft: Draft, pattern: re.Pattern[str]) -> Iterator[Target]:
    """Clauses of a name and vague words, either first: 绿色出行比例大幅提高, 不断提升化肥利用率; no number in them."""
    for start, end in draft.sentences:
        for clause in _CLAUSE.finditer(draft.text, start, end):
            words = pattern.search(clause.group())
            if words is None:
                continue
            before = [time for time in times.find(draft.text[start : clause.end()]) if time.by and not time.base]
            told = times.find(clause.group()[: words.start()])
            name = (clause.group()[told[-1].span[1] if told else 0 : words.start()], clause.group()[words.end() :])
            phrase = (name[0] if len(name[0]) > 1 else name[1]).strip()
            if len(phrase) >= _SHORTEST and not re.search(r"\d", phrase):
                yield _target(draft, clause.span(), phrase, words.group(), before[-1].by if before else None)


def _target(draft: Draft, span: Span, phrase: str, words: str, year: str | None) -> Target:
    indicator = indicators.canonical(phrase)
    return Target(
        id="", plan=draft.reading.plan.id, section=(), quote=draft.text[slice(*span)], span=span,
        indicator=phrase, indicator_id=indicator.id, scope=indicator.scope, qualitative=words, by=year,
    )  # fmt: skip
