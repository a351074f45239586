"""What a plan says of another one that it names, beside that one: its figures (《某省…规划》提出到2025年…达到8件),
its years (《某规划》（2021—2030年）), and the number of a document that plans cite with two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from plankb import quantities, rules, times
from plankb.checks.amounts import plain
from plankb.checks.asked import pairs_of
from plankb.checks.compare import Placed
from plankb.checks.pieces import around
from plankb.checks.wording import of_each, words_at
from plankb.in_force import years
from plankb.model import Conflict, Plan, Span

_SIGNS = re.compile(r"[\s“”\"《》〈〉（）()—\-－–]")
_YEARS = re.compile(r"[（(]?20\d\d\s*年?\s*(?:—+|–|-|－|至|~|～)\s*20\d\d\s*年?[）)]?")
_CLAUSE = re.compile(r"[^，；：“”]+")
_EXACT, _FEW, _TITLE = 1e-6, 2, 6
"""How far figures that are one may lie apart; pairs of characters that name a measure; characters of a title."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a sentence says that another plan sets: name, amount in canonical units, year ("" without), as printed."""

    name: str
    value: float
    unit: str
    year: str
    printed: str
    span: Span


def cited_otherwise(plans: Mapping[str, Plan], known: Iterable[Placed], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each figure or span of years that a plan says another one has, and that one has otherwise."""
    titled: dict[str, list[Plan]] = defaultdict(list)
    for each in plans.values():
        if len(_bare(each.title)) >= _TITLE:
            titled[_bare(each.title)].append(each)
    own: dict[str, list[Placed]] = defaultdict(list)
    for one in known:
        own[one.plan.id].append(one)
    for plan, text in texts.items():
        for match in rules.one("cited", "title").regex.finditer(text) if plan in plans else ():
            meant = titled.get(_bare(match["title"]), [])
            if len(meant) == 1 and meant[0].id != plan:
                yield from _other_years(plans[plan], meant[0], match, texts)
                for figure in _figures(text, match):
                    yield from _other_figure(plans[plan], figure, own[meant[0].id], text)


def _bare(title: str) -> str:
    """A title without its years and signs."""
    return _SIGNS.sub("", _YEARS.sub("", title))


def _other_years(plan: Plan, meant: Plan, match: re.Match[str], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """The years behind or in a title that are not those of the plan it names."""
    said, span = _YEARS.search(match.group()), years(meant)
    if said and span:
        printed = [int(year) for year in re.findall(r"20\d\d", said.group())]
        if printed != [*span]:
            text, head = texts[plan.id], texts.get(meant.id, "")
            at = max(head.find(meant.title), 0)
            facts = [words_at(meant.id, "title-", head, (at, at + len(meant.title)))]
            facts.append(words_at(plan.id, "cited-", text, around(text, match.span())))
            each = [(f"{span[0]}—{span[1]}年", meant.title), (said.group().strip("（）()"), plan.title)]
            yield of_each("conflict", "warning", match["title"], facts, "E297", each)


def _figures(text: str, match: re.Match[str]) -> Iterator[_Figure]:
    """The figures that the sentence goes on to say the named plan sets."""
    said = rules.one("cited", "says").regex.match(text, match.end())
    if said is None:
        return
    end = around(text, (match.end(), match.end()))[1]
    if text[said.end() - 1] == "“":
        end = min(end, text.find("”", said.end()) % (len(text) + 1))
    year = ""
    for clause in _CLAUSE.finditer(text, said.end(), end):
        found = [time for time in times.find(clause.group()) if time.last and not time.base]
        year = str(found[-1].last) if found else year
        for quantity in quantities.find(clause.group()):
            if quantity.unknown or quantity.value_max is not None or quantity.unit in ("年", "月", "日", ""):
                continue
            name = _named(clause.group()[: quantity.span[0]])
            if len(pairs_of(name)) >= _FEW:
                normal = quantities.normal(float(quantity.value), quantity.unit)
                yield _Figure(
                    name, float(normal.value), normal.unit, year, f"{quantity.value}{quantity.unit}", clause.span()
                )
            break


def _named(words: str) -> str:
    """The name of what is measured, before its amount."""
    name, last = rules.one("asked", "lead").sub(words.strip()), ""
    frame = rules.one("comparing", "figure_frame").regex
    while name != last:
        last, name = name, frame.sub("", name)
    return name


def _other_figure(plan: Plan, figure: _Figure, own: Sequence[Placed], text: str) -> Iterator[Conflict]:
    """The target of the plan that is named on the same measure, where none of it has the figure."""
    same = [one for one in own if _is_of(figure, one)]
    if not same or any(one.level and abs(one.level.value - figure.value) <= _EXACT * figure.value for one in same):
        return
    one = same[0]
    printed = f"{plain(float(one.target.value or 0))}{one.target.unit or ''}"
    facts = [one.target, words_at(plan.id, "cited-", text, figure.span)]
    each = [(printed, one.plan.title), (figure.printed, plan.title)]
    yield of_each("conflict", "warning", one.target.indicator, facts, "E334", each)


def _is_of(figure: _Figure, one: Placed) -> bool:
    if one.level is None or one.target.value is None or one.change or one.place != one.home:
        return False
    per = float(quantities.normal(float(one.target.value), one.target.unit or "").value)
    unit = quantities.normal(1.0, one.target.unit or "").unit
    first, second = pairs_of(figure.name), pairs_of(_named(one.target.indicator))
    timed = not figure.year or figure.year == (one.due or "")[:4]
    return timed and unit == figure.unit and per > 0 and first == second


def unlike_numbers(plans: Mapping[str, Plan], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each document that two plans, or two places of one, cite with two numbers of one year."""
    said: dict[str, list[tuple[str, str, str, Span]]] = defaultdict(list)
    for plan, text in texts.items():
        for match in rules.pattern("draft_dates", "numbered_title").finditer(text) if plan in plans else ():
            number = re.sub(r"\s", "", match["number"])
            said[_SIGNS.sub("", match["title"])].append((plan, match["title"], number, match.span()))
    for members in said.values():
        for one, other in combinations(members, 2):
            if _of_one_year(one[2], other[2]):
                facts = [words_at(plan, "number-", texts[plan], span) for plan, _, _, span in (one, other)]
                each = [(number, plans[plan].title) for plan, _, number, _ in (one, other)]
                yield of_each("internal" if one[0] == other[0] else "conflict", "warning", one[1], facts, "E297", each)
                break
    yield from _one_number(plans, texts)


def _one_number(plans: Mapping[str, Plan], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each number under which two documents are cited whose titles are not one shortened."""
    said: dict[str, list[tuple[str, str, Span]]] = defaultdict(list)
    for plan, text in texts.items():
        for match in rules.pattern("draft_dates", "numbered_title").finditer(text) if plan in plans else ():
            number = re.sub(r"\s", "", match["number"]).translate(_BRACKETS)
            said[number].append((plan, match["title"], match.span()))
    for number, members in said.items():
        for one, other in combinations(members, 2):
            if _other_document(one[1], other[1]):
                facts = [words_at(plan, "title-", texts[plan], span) for plan, _, span in (one, other)]
                each = [(f"《{title}》", plans[plan].title) for plan, title, _ in (one, other)]
                yield of_each("internal" if one[0] == other[0] else "conflict", "warning", number, facts, "E297", each)
                break


_BRACKETS = str.maketrans("［］[]", "〔〕〔〕")


def _other_document(one: str, other: str) -> bool:
    """Whether two titles name two documents: neither holds the other, as a notice holds the plan that it sends."""
    few, many = sorted((rules.pattern("cited", "sends").sub("", _bare(each)) for each in (one, other)), key=len)
    rest = iter(many)
    return len(few) >= _TITLE and not all(char in rest for char in few)


def _of_one_year(one: str, other: str) -> bool:
    """Whether two numbers differ in the last figure, or in the issuer's letters, alone: both cannot be right."""
    first, second = (re.split(r"[〔\[［]|[〕\]］]", number) for number in (one, other))
    if len(first) != len(second) or one == other or len(first) < _FEW + 1:
        return False
    return first[1] == second[1] and (first[0] == second[0] or first[2] == second[2])
