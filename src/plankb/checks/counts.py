"""Rule `count-mismatch`: an announced number, and a list that has more or fewer members."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from plankb import rules
from plankb.checks import counted_headings, inline, slogans
from plankb.checks.announced import announced, counted, join, members, numeral, remark, said, value
from plankb.checks.registry import Draft, Remark, rule
from plankb.document import heading_form
from plankb.document.spans import overlap
from plankb.model import Span

_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_NAME = 8
_ABOUT = ("左右", "以上", "以下", "以内")
_MIDDLE, _FAR, _TAIL = 9, 3, 2
_COUNTED_THEMSELVES = ("个方面", "方面", "阶段", "环节", "领域", "层面", "维度")
"""Kinds that need no noun behind them."""
_KINDS = ("类", "种")
"""Kinds that may end a sentence behind 等."""
_CLOSED = 3
"""Members from which on a list with 等 and a number in Chinese numerals names them all; one more where in digits."""


@rule(
    "count-mismatch",
    severity="warning",
    zh="宣布的数目与所列事项的数目不符",
    en="an announced number and a list with more or fewer members",
    example="重点实施三大工程：一是甲工程；二是乙工程。",
)
def count_mismatch(draft: Draft) -> Iterator[Remark]:
    """The ways in which plans announce a number: before a list, after one, over headings, over a table, 分别."""
    found = in_lists(draft.text, draft.paragraphs, draft.full_sentences)
    for one in counted_headings.all_of(draft):
        found.setdefault(one.span, one)
    for one in slogans.miscounted(draft):
        if not any(overlap(one.span, span) for span in found):
            found[one.span] = one
    yield from found.values()


def in_lists(text: str, paragraphs: Iterable[Span], sentences: Iterable[Span]) -> dict[Span, Remark]:
    """The remarks on numbers that a list beside them should come to, by their spans."""
    found: dict[Span, Remark] = {}
    for start, end in paragraphs:
        for one in _list_follows(text, start, end):
            found.setdefault(one.span, one)
        for one in _names_follow(text, start, end):
            if not any(span[0] < one.span[1] and one.span[0] < span[1] for span in found):
                found.setdefault(one.span, one)
    for start, end in sentences:
        for one in (*_list_precedes(text, start, end), *_respective(text, start, end), *_years(text, start, end)):
            found.setdefault(one.span, one)
    return found


@cache
def _follows() -> re.Pattern[str]:
    """A number that a colon or bracket list follows: 5条线路：…, “两条路径”：…, 六区（…）."""
    noun = r"(?P<noun>[^，。；：:、（）()“”\d]{0,14})"
    opens = r"[：:]|[（(]|。(?=[一1①]|[（(第][一1])|，?(?:即|分别是|分别为|包括)[：:]?"
    return re.compile(announced().pattern + noun + rf"(?P<quote>”?)(?P<open>{opens})")


@cache
def _precedes() -> re.Pattern[str]:
    """A list that its number closes: 甲、乙、丙三大产业, 甲、乙等五个方面."""
    item = r"[^，。；：:、（）()“”《》\s]{1,20}"
    after = r"(?P<after>[^，。；：:、（）()“”《》\s]*)(?P<stop>.?)"
    return re.compile(rf"(?P<list>{item}(?:、{item}?){{1,30}}?)(?P<etc>等)?”?{announced(closing=True).pattern}{after}")


def _list_follows(text: str, start: int, end: int) -> Iterator[Remark]:
    for match in _follows().finditer(text, start, end):
        if rules.pattern("checks", "counted.compound").search(text[start : match.start()]):
            continue  # 三县一市（…）
        bracket = match["open"] in "（("
        if bracket and not match["noun"] and match["kind"] not in rules.words("checks", "counted.places"):
            continue  # 14个（区、市、县）
        if match["number"].isdecimal() and not match["noun"] and match["kind"] not in ("个方面", "方面", "项", "点"):
            continue  # 更换水泵30台：牵头单位…: an amount of what stands before it, and no list
        body = _body(text, match.end(), end, bracket=bracket)
        if re.search(rf"\d{re.escape(match['kind'])}", re.split("[。；]", body, maxsplit=1)[0]):
            continue  # 60家，包括甲类20家、乙类40家: parts of an amount, which `sum-mismatch` adds up
        if match["open"] == "。" and not _numbered(body):
            continue
        told = "分别" in match["open"]
        noun = match["noun"][:2]
        counts = _counts(body, bracket=bracket, named=bool(match["quote"]), told=told, noun=noun)
        number = value(match)
        if number < 2 or match["noun"].startswith(_ABOUT):
            continue
        again = match.group()[:-1].strip("”：:") in body.split("，")[0]
        if counts is None or number in counts or again:
            continue
        if re.split("[，。；]", body)[0].endswith("等") and number > max(counts):
            continue
        yield remark((match.start(), match.start("open")), text, number, counts)


def _names_follow(text: str, start: int, end: int) -> Iterator[Remark]:
    """A name in quotation marks that counts its members: “三带”指甲带、乙带、丙带."""
    for match in _named().finditer(text, start, end):
        body = re.split("[。；，]", _body(text, match.end(), end, bracket=False))[0]
        parts = _BRACKETS.sub("", body).split("、")
        counts = members("、".join(parts))
        number = value(match)
        if number > 1 and len(parts) > 1 and _uniform(parts) and number not in counts and not body.endswith("等"):
            yield remark((match.start(), match.end("name") + 1), text, number, counts)


@cache
def _named() -> re.Pattern[str]:
    name = r"(?P<name>(?:统一|(?<=[一二三四五六七八九十])个[^\d”“、，]{1,3}|[^一二三四五六七八九十两\d”“、，]){1,6})"
    return re.compile(rf"“(?P<number>{numeral()}){name}”[^，。；：“”、]{{0,6}}?(?:{counted('members')})")


def _body(text: str, start: int, end: int, *, bracket: bool) -> str:
    """What may be the list: up to the closing bracket, or up to the end of the sentence; 一是…。二是…。 to the end."""
    if bracket:
        stop = re.search(r"[）)]", text[start:end])
        return text[start : start + stop.start()] if stop else ""
    rest = text[start:end]
    if _numbered(rest):
        return rest
    return rest.split("。", maxsplit=1)[0]


def _counts(body: str, *, bracket: bool, named: bool, told: bool, noun: str = "") -> range | None:
    """How many members a list may be said to have; None when it is no list. `told`: 分别为 says that a list follows;
    `noun` is what is counted, which clauses may each begin with: 甲类企业…，乙类企业…."""
    plain = _BRACKETS.sub("", body)
    if ordinals := _numbered(body):
        return range(ordinals, ordinals + 1)
    if bracket:
        return members(plain) if _is_bracket_list(plain) else None
    if "；" in plain:
        listed = len([part for part in plain.split("；") if part.strip()])
        return range(listed, listed + 1)
    parts = plain.split("，")
    if len(parts) == 1:
        if "、" in plain:
            return members(plain) if _uniform(plain.split("、")) else None
        return range(1, 2) if named and plain else None
    parallel = len({part[:1] for part in parts}) == 1 or len({part[-1:] for part in parts}) == 1
    parallel = parallel or (len(noun) > 1 and all(noun in part[:_MIDDLE] for part in parts))
    if parallel:
        return range(len(parts), len(parts) + 1)
    enough = 1 if told else 2
    return members(parts[0]) if parts[0].count("、") >= enough and _uniform(parts[0].split("、")) else None


def _numbered(body: str) -> int:
    """How many items a list has that begins with a numbered one: 一是…；二是…, （1）…；（2）…; 0 when it is none."""
    led = "：" + body  # as it stands after its lead-in
    for form in inline.runs(led, [(0, len(led))]):
        if form[0][3][0] == 1 and form[0][0] == 1:
            return len(form)
    return 0


def _is_bracket_list(words: str) -> bool:
    """Names between 、 alone: no sentence, no amounts, no (区、市、县)."""
    return (
        "、" in words
        and max(map(len, words.split("、"))) > 1
        and not rules.one("checks", "counted.no_bracket_list").search(words)
    )


def _uniform(parts: Sequence[str]) -> bool:
    """Whether the members look like names, not like clauses that hold a list."""
    return all(len(part) <= 20 for part in parts) and max(map(len, parts)) - min(map(len, parts)) <= 12


def _list_precedes(text: str, start: int, end: int) -> Iterator[Remark]:
    """A list and its number; not where the list goes on before its first member here: 甲（…）、乙、丙三级."""
    if text.find("、", start, end) < 0 or not announced(closing=True).search(text, start, end):
        return
    form = heading_form(text[start:end])
    for match in _precedes().finditer(text, start + (form[2] if form else 0), end):
        listed = match["list"][match["list"].rfind("的") + 1 :]  # 常态化、稳定的市、县两级: adjectives are no members
        if "、" not in listed:
            continue
        number, counts = value(match), members(listed)
        follows = (
            match["after"]
            or (match["etc"] and (match["stop"] == "“" or match["kind"] in _KINDS))
            or match["kind"] in _COUNTED_THEMSELVES
            or match["kind"] in rules.words("checks", "counted.places")
        )
        if number < 2 or not follows or not _is_list(listed) or number in counts:
            continue
        if match["number"].isdecimal() and number > 2 * max(counts):
            continue  # 甲河、乙河、丙河11条入海支流: the count is of something else than the names
        if text[start : match.start()].endswith("、") or match["stop"] == "、" or match["after"].startswith(_ABOUT):
            continue  # the count belongs to one member of a longer list
        if number == max(counts) - 1 and _another_first(listed):
            continue  # 建设林木种质资源库、甲县、乙县、丙县3个基地
        if match["etc"] and number > max(counts) and not _one_short(match, counts):
            continue
        if number > max(counts) and max(counts) < 2:
            continue
        yield remark((match.start("list"), match.end("kind")), text, number, counts)


def _one_short(match: re.Match[str], counts: range) -> bool:
    """Whether 等 closes a list that names all but one: 甲、乙、丙等四类; of five 甲、乙 are examples."""
    enough = _CLOSED if not match["number"].isdecimal() else _CLOSED + 1
    return len(counts) == 1 and counts[0] >= enough and value(match) == counts[0] + 1


def _another_first(listed: str) -> bool:
    """Whether a verb leads in a first member far longer than the others, which so may be another thing."""
    first, *others = listed.split("、")
    led = first.startswith(tuple(rules.words("checks", "clause.verbs")))
    return led and len(first) > _FAR * max(map(len, others))


def _is_list(words: str) -> bool:
    *others, last = words.split("、")
    verbs, endings = (tuple(rules.words("checks", f"clause.{part}")) for part in ("verbs", "endings"))
    tails = {part[-_TAIL:] for part in (*others, last)}
    done = last.endswith(verbs) and len(tails) > 1  # 校舍改造、食堂改造 are two works, whatever verb they end in
    if done or last.endswith(endings) or not last or re.search(r"\d", last):
        return False
    middle = others[1:]
    names = [part for word in (*middle, last) for part in join().split(word)]
    return all(len(name) <= _MIDDLE and not name.startswith(verbs) for name in names) and not any(
        rules.one("checks", "counted.no_name").search(word) for word in others
    )


def _respective(text: str, start: int, end: int) -> Iterator[Remark]:
    """甲、乙和丙分别达到1、2: names and values must pair."""
    for match in rules.pattern("checks", "counted.respective").finditer(text, start, end):
        before = text[start : match.start()].rstrip("，")
        names = re.split(r"[，。；：:（(]", _BRACKETS.sub("", before))[-1]
        counts = _measured(names)
        values = len(rules.pattern("checks", "parts.value_said").findall(match["values"]))
        if max(counts) < 2 or values in counts:
            continue
        if values < min(counts) and not _short(names):
            continue
        first = match.start() - len(before[before.rfind(names) :]) if names in before else match.start()
        yield Remark((max(start, first), match.end()), "E442", {"names": said(counts), "values": values})


def _years(text: str, start: int, end: int) -> Iterator[Remark]:
    """2027—2030年分别改造30公里、40公里、50公里: each year needs a value."""
    for match in rules.one("due", "respective").regex.finditer(text, start, end):
        years = int(match["last"]) - int(match["first"]) + 1
        values = len([*rules.one("due", "value").regex.finditer(match["values"])])
        if years > 1 and values not in (years, 2):  # two: the first and the last
            yield Remark(match.span(), "E442", {"names": years, "values": values})


def _measured(names: str) -> range:
    """How many things are measured: in 光伏、风电和生物质装机容量 the last carries the head of all."""
    counts = members(names)
    measure = rules.one("checks", "counted.measure")
    *others, last = names.split("、")
    elided = bool(others) and not any(map(measure.search, others)) and measure.search(last)
    return range(counts[-1], counts[-1] + 1) if elided else counts


def _short(names: str) -> bool:
    """Whether all names but the last, which carries the common head, are short: then each of them needs a value."""
    parts = rules.pattern("checks", "counted.between_names").split(names)
    return all(2 <= len(part) <= _NAME for part in parts[1:-1]) and len(parts[-1]) <= 12
