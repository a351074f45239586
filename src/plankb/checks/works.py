"""One named work (新建市某医院, 县某大道, a row of a list) that two plans tell of with another time, size, cost,
site, way of building or grade.

Read are what stands behind a name that begins a clause, rows under a column of names, and sizes and sites of any kind
of work, whose name is then the subject of their clause or of one before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from plankb import quantities, rules
from plankb.checks import located
from plankb.checks.amounts import counted, number
from plankb.checks.compare import above, in_one_line
from plankb.checks.pieces import around
from plankb.checks.wording import of_each, words_at
from plankb.document import text_rows
from plankb.in_force import annual, comparable
from plankb.model import Conflict, Plan, Span
from plankb.name_forms import squeezed
from plankb.register import Place

_SIZES = ("beds", "floor", "ground", "money", "length", "volume")
_NEARLY, _ABOUT = 0.02, 0.06
"""How far two sizes may lie apart that are one: printed plainly, and with 约."""
_LONG = 6
"""Characters of a name that is one without its place; roads and waters need fewer."""
_FEW = 4
"""Characters of a name with its place, one fewer of what says what it is by few (县中医院)."""
_STOPS = "，。；：\n\t"
_UNIT = re.compile("[（(](?P<unit>[^（）()]{1,6})[）)]$")


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing that a plan says of a work: under which measure, as what value, as it is printed, and where."""

    plan: Plan
    key: str
    measure: str
    value: str | float
    printed: str
    about: bool
    span: Span


def unlike_works(
    plans: Mapping[str, Plan], texts: Mapping[str, str], known: Iterable[Conflict] = ()
) -> Iterator[Conflict]:
    """One conflict for each work and each measure in which plans that hold together differ, unless `known`."""
    groups: dict[tuple[str, str], dict[str, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    for plan, text in texts.items():
        told = sorted(_of_text(plans[plan], text), key=lambda one: one.span) if plan in plans else ()
        for one in told:
            groups[one.key, one.measure][plan].append(one)
    said = [(frozenset(fact.plan for fact in each.facts), each) for each in known]
    for (key, measure), by_plan in groups.items():
        plain = [told[0] for told in by_plan.values() if not any(_apart(told[0], one) for one in told[1:])]
        others = {one.plan.id: groups.get((key, "mode"), {}).get(one.plan.id, ()) for one in plain}
        for one, other in combinations(plain, 2):
            stand = comparable(one.plan, other.plan) and in_one_line(one.plan, other.plan)
            modes = {each.value for plan in (one.plan.id, other.plan.id) for each in others[plan]}
            two = measure != "mode" and len(modes) > 1
            if stand and not two and _apart(one, other) and not _ahead(one, other) and not _is_known(one, other, said):
                yield _conflict(one, other, texts)
                break


def _is_known(one: _Told, other: _Told, said: Iterable[tuple[frozenset[str], Conflict]]) -> bool:
    name = one.key.rpartition(" ")[2].partition("|")[0]
    plans = {one.plan.id, other.plan.id}
    for held, each in said:
        if plans <= held:
            same_size = one.printed in each.why.zh and other.printed in each.why.zh
            if same_size or (one.measure == "done" and each.type == "deadline" and name in each.indicator):
                return True
    return False


def _conflict(one: _Told, other: _Told, texts: Mapping[str, str]) -> Conflict:
    homes = [located.of(each.plan.jurisdiction or "") for each in (one, other)]
    pair = (other, one) if above(homes[1], homes[0]) else (one, other)
    facts = [words_at(each.plan.id, f"work-{each.measure}-", texts[each.plan.id], each.span) for each in pair]
    name = one.key.rpartition(" ")[2].replace("|", "")
    kind = "deadline" if one.measure == "done" else "conflict"
    return of_each(kind, "warning", name, facts, "E334", [(each.printed, each.plan.title) for each in pair])


def _apart(one: _Told, other: _Told) -> bool:
    """Whether two values of one measure cannot both stand."""
    if isinstance(one.value, float) and isinstance(other.value, float):
        near = _ABOUT if one.about or other.about else _NEARLY
        return abs(one.value - other.value) > near * max(one.value, other.value)
    if one.measure == "site":
        return _other_site(str(one.value), str(other.value))
    if one.measure == "done":
        return _other_time(one, other)
    return one.value != other.value


def _ahead(one: _Told, other: _Told) -> bool:
    """Whether a place below has a work ready before the day that the place above wants it."""
    first, second = (located.of(each.plan.jurisdiction or "") for each in (one, other))
    higher, lower = (one, other) if above(first, second) else (other, one)
    return one.measure == "done" and first != second and str(lower.value) < str(higher.value)


def _other_time(one: _Told, other: _Told) -> bool:
    """Whether a work is ready at two times; what is built by one day may come into use later."""
    first, second = str(one.value), str(other.value)
    if one.about != other.about:  # `about` of a time: it is of the use
        use, built = (first, second) if one.about else (second, first)
        return built[:4] > use[:4]
    if annual(one.plan) != annual(other.plan):  # a plan of one year may only put off what another dates
        short, long = (first, second) if annual(one.plan) else (second, first)
        return short[:4] > long[:4]
    length = min(len(first), len(second))
    return first[:length] != second[:length]


def _other_site(first: str, second: str) -> bool:
    """Whether two sites lie apart: in two streets or towns, or in two quarters with no word in common."""
    winds = [{match.group() for match in rules.pattern("works", "quarter").finditer(each)} for each in (first, second)]
    if all(winds) and not winds[0] & winds[1]:
        return True
    if bool(rules.pattern("works", "town").search(first)) != bool(rules.pattern("works", "town").search(second)):
        return False
    pairs = [{each[at : at + 2] for at in range(len(each) - 3)} for each in (first, second)]
    return not pairs[0] & pairs[1] and first not in second and second not in first


def _of_text(plan: Plan, text: str) -> Iterator[_Told]:
    """What a plan says of each work: behind its name, in its row, and of any subject how large it is and where."""
    for at, line in text_rows.lines(text):
        if "\t" not in line:
            yield from _of_line(plan, line, at)
    for (head, column), row in text_rows.headed(text, _named_column):
        yield from _of_row(plan, head, [squeezed(cell) for cell in row.texts], column, row.span)
    yield from _of_subjects(plan, text)


def _named_column(cells: Sequence[str]) -> tuple[Sequence[str], int] | None:
    """A head and its first column of names; None where a row heads none."""
    head = [squeezed(cell) for cell in cells]
    found = (at for at, cell in enumerate(head) if rules.pattern("works", "column_name").search(cell))
    column = next(found, None)
    return None if column is None else (head, column)


def _of_row(plan: Plan, head: Sequence[str], cells: Sequence[str], column: int, span: Span) -> Iterator[_Told]:
    mention = rules.pattern("works", "mention").match(cells[column])
    key = _key(plan, mention) if mention and mention.end() == len(cells[column]) else ""
    if key:
        words = "，".join(map(_with_unit, head, cells)) + "。"
        yield from _slots(plan, key, words, span)


def _with_unit(head: str, cell: str) -> str:
    """A cell behind the words of its column, with the unit that the column has: 总投资1.5亿元."""
    unit = _UNIT.search(head)
    title = head[: unit.start()] if unit else head
    return f"{title}{cell}{unit['unit']}" if unit and re.fullmatch(r"[\d.]+", cell) else f"{title}{cell}"


def _of_line(plan: Plan, line: str, at: int) -> Iterator[_Told]:
    found = [*rules.pattern("works", "mention").finditer(line)]
    for index, mention in enumerate(found):
        key = _key(plan, mention)
        if not key:
            continue
        end = found[index + 1].start() if index + 1 < len(found) else len(line)
        behind = max(mention.end("name"), mention.end("phase"))
        words = (line[mention.start() : behind] + _said_of(line, behind, end)).rstrip("，；：、")
        yield from _slots(plan, key, words, (at + mention.start(), at + mention.start() + len(words)))


def _of_subjects(plan: Plan, text: str) -> Iterator[_Told]:
    for form in ("size", "place"):
        for match in rules.pattern("works", form).finditer(text):
            span = around(text, match.span(), _STOPS)
            clause = text[slice(*span)]
            name = "" if clause.startswith("其中") else _subject(plan, text, match.start())
            if not name or rules.pattern("works", "changed").search(clause):
                continue
            if form == "place":
                yield _Told(plan, f"{name}|", "site", match["value"], match["value"], about=False, span=span)
            else:
                measure = next((one for one in _SIZES if rules.pattern("works", one).search(match.group())), "")
                measure = measure or f"{match['what'][-2:]} {counted(match['unit'])}"
                size = float(quantities.normal(number(match["value"]), match["unit"]).value)
                about = _is_about(match, text)
                yield _Told(plan, f"{name}|", measure, size, match["value"] + match["unit"], about, span)


def _subject(plan: Plan, text: str, at: int) -> str:
    """The name of the work that a clause speaks of, with the place that it is in: its own subject, else that of the
    clauses before it in its line, else the title's; "" where it has no name of its own."""
    lead, kind, tail = (rules.pattern("works", f"subject_{part}") for part in ("lead", "kind", "tail"))
    clauses = re.split("[，。；：]", text[text.rfind("\n", 0, at) + 1 : at])
    home = located.of(plan.jurisdiction) if plan.jurisdiction else None
    for words in reversed(clauses):
        name = tail.sub("", lead.sub("", words).strip())
        if name and not kind.match(name) and not re.search(r"\d", name):
            return "" if rules.pattern("works", "of_many").search(name) else placed_name(name, home)
    return ""


def _said_of(line: str, start: int, end: int) -> str:
    """The words behind a name that still tell of it."""
    words = line[start:end]
    other = rules.pattern("works", "other").search(words)
    words = words[: other.start()] if other else words
    first, *rest = words.split("。")
    titled = not first
    for sentence in rest:
        if not sentence or not (titled or rules.pattern("works", "same").search(sentence)):
            break
        first, titled = f"{first}。{sentence}", False
    return first


def _key(plan: Plan, mention: re.Match[str]) -> str:
    """A work by its place, its name and the part of it that is meant; "" where it is not told from others."""
    home = located.of(plan.jurisdiction) if plan.jurisdiction else None
    name = rules.pattern("works", "lead").sub("", mention["name"])
    name = re.sub("(?<=[县市区])([一二三四五六])中$", r"第\1中学", name)
    if home is None or rules.pattern("works", "of_many").search(name):
        return ""
    rank = rules.pattern("works", "rank_word").match(name)
    if rank and not any(place.name.endswith(rank.group()) for place in located.ancestors(home)):
        return ""
    if road := re.search("[GSXY]\\d.*", name):
        return road.group().replace("线", "")
    own = rank or located.at_start(name, within=home)
    if not own and len(name) < (4 if rules.pattern("works", "line").search(name) else _LONG):
        return ""
    key = placed_name(name, home)
    return f"{key}|{mention['phase'] or ''}" if key else ""


def placed_name(name: str, home: Place | None) -> str:
    """A name with the full name of its place; that of a work with no place of its own is one in the plan's place."""
    own, by_name = rules.pattern("works", "own_level"), rules.pattern("works", "own_name")
    bare = own.sub("", name)
    rank = rules.pattern("works", "rank_word").match(bare)
    if rank and home:  # 县中医院 of the county, 市博物馆 of the city above it
        of = next((place for place in located.ancestors(home) if place.name.endswith(rank.group())), home)
        rest = bare[rank.end() :]
        return f"{of.code} {rest}" if len(rest) >= _FEW - 1 else ""
    named = located.at_start(bare, within=home)
    shortest = _FEW - bool(rules.pattern("works", "of_few_characters").search(bare))
    if named and len(bare) - named[1] >= shortest:
        rest = own.sub("", bare[named[1] :])
        return rest if by_name.match(rest) else f"{named[0].code} {rest}"
    if home is None or len(bare) < shortest:
        return ""
    return bare if by_name.match(bare) else f"{home.code} {bare}"


def _slots(plan: Plan, key: str, words: str, span: Span) -> Iterator[_Told]:
    """What some words say of a work."""
    if rules.pattern("works", "changed").search(words):
        return
    for measure, value, printed, about in (*_sizes(words), *_words(words)):
        yield _Told(plan, key, measure, value, printed, about, span)


_Slot = tuple[str, str | float, str, bool]


def _sizes(words: str) -> Iterator[_Slot]:
    for measure in _SIZES:
        for match in rules.pattern("works", measure).finditer(words):
            groups = match.groupdict()
            printed, unit = (groups["value"] or groups["value2"], groups["unit"] or groups["unit2"])
            size = float(quantities.normal(float(printed.rstrip(".")), unit).value)
            yield measure, size, printed + unit, _is_about(match, words)


def _is_about(match: re.Match[str], words: str) -> bool:
    return "约" in match.group() or words.startswith(("左右", "以上"), match.end())


def _words(words: str) -> Iterator[_Slot]:
    for match in rules.pattern("works", "done").finditer(words):
        month = f"-{int(match['month']):02}" if match["month"] else ""
        used = rules.pattern("works", "in_use").search(match["what"]) is not None
        yield "done", f"{match['year']}{month}", match.group(), used
    for match in rules.pattern("works", "span").finditer(words):
        yield "done", match["year"], match.group(), False
    for match in rules.pattern("works", "site").finditer(words):
        yield "site", match["value"], match["value"], False
    for match in rules.pattern("works", "grade").finditer(words):
        yield "grade", match["value"].removeprefix("国家"), match["value"], False
    for way in ("stays", "moves"):
        if said := rules.pattern("works", way).search(words):
            yield "mode", way, said.group(), False
