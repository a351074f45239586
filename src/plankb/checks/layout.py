"""Rule `layout`: the layout of an official document (GB/T 9704-2012), where the file's own format shows it.

Off for plain text, in which lines and marks are what a program made of them, but for the numbers of documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from plankb import numbers, rules, times
from plankb.checks import attached
from plankb.checks.registry import Draft, Remark, rule
from plankb.document import Section
from plankb.model import Citation, Fix, Span
from plankb.rules.kinds import Rewrite

_ORDER = ("cn", "cn_paren", "num", "num_paren")
"""The forms of headings from the outermost: 一、 （一） 1. （1）."""
_CHAPTERS = frozenset({"part", "chapter", "section", "article", "legal", "roman"})
_HEAD = 12
"""Paragraphs in which title, number and addressee stand."""
_MANY, _FEW_NUMBERS = 4, 2
"""Documents without a number that a remark names; numbers in other brackets up to which they are slips."""
_NUMBER, _VERB = 40, 8
"""Characters in which the number behind a title, and the verb before it, stand."""
_TITLED, _WRAPPED, _SHORTEST, _SHOWN = 8, 3, 6, 12
"""Lines in which the title stands, and over which it may run; characters that tell who issued it, and that a remark
shows of a slip."""


@rule(
    "layout",
    severity="info",
    zh="公文格式（GB/T 9704）：层次序数、发文字号、主送机关、成文日期、附件说明、引用公文",
    en="layout of an official document (GB/T 9704): heading levels, number, addressee, date, attachments, quotations",
    example="某府办发[2024]15号（应为〔2024〕）",
)
def layout(draft: Draft) -> Iterator[Remark]:
    """Each part of a document for itself, where it is there."""
    if not draft.laid_out:
        yield from _misnumbered(draft)
        return
    yield from _levels(draft)
    yield from _marks(draft)
    yield from _numbers(draft)
    yield from _days(draft)
    yield from _signed(draft)
    yield from _signs(draft)
    yield from _addressee(draft)
    yield from _attachments(draft)
    yield from _quoted(draft)


def _levels(draft: Draft) -> Iterator[Remark]:
    """A heading whose form stands above that of the one that holds it: （一） below 1.; one that leaps a level."""
    outline = draft.reading.outline
    if any(section.form in _CHAPTERS for section in outline.sections):
        return
    told: set[tuple[str, str]] = set()
    details: dict[str, object]
    last: dict[str, Section] = {}
    for section in outline.sections:
        before = last.get(section.form)
        last[section.form] = section
        above = outline.sections[section.parent] if section.parent is not None else None
        if section.boxed or section.form not in _ORDER or above is None or above.form not in _ORDER:
            continue
        if before and before.parent == above.parent and before.number == section.number - 1:
            # counting goes on behind what an item of its own form held: 1. （一）（二） 2.
            details = {"own": _printed(above), "above": _printed(before)}
            yield Remark(before.span, "E425", details, "warning")
            continue
        step = _ORDER.index(section.form) - _ORDER.index(above.form)
        if step != 1 and (above.form, section.form) not in told:
            told.add((above.form, section.form))
            details = {"own": _printed(section), "above": _printed(above)}
            yield Remark(section.span, "E425" if step < 1 else "E426", details, "warning" if step < 1 else None)


def _printed(section: Section) -> str:
    return section.heading[: len(section.heading) - len(section.title)].strip() or section.heading[:4]


def _marks(draft: Draft) -> Iterator[Remark]:
    """1、 for 1., （一）、 for （一）: one remark a form, which mends all of its kind."""
    kinds = {entry.name: entry for entry in rules.many("layout", "mark", Rewrite)}
    wrong: dict[str, list[tuple[Span, str, str]]] = {}
    for section in draft.reading.outline.sections:
        entry = kinds.get(section.form)
        match = entry.regex.match(section.heading) if entry and not section.boxed else None
        if entry and match:
            right = match.expand(entry.to)
            span = (section.span[0], section.span[0] + match.end())
            if draft.text[slice(*span)] == match.group() != right:
                wrong.setdefault(section.form, []).append((span, match.group(), right))
    for found in wrong.values():
        span, printed, right = found[0]
        details: dict[str, object] = {"printed": printed, "right": right, "count": len(found)}
        fixes = tuple(Fix(span=place, text=text) for place, _, text in found)
        yield Remark(span, "E427", details, fixes=fixes)


def _numbers(draft: Draft) -> Iterator[Remark]:
    """The numbers of this document and of those it quotes: 某府办发[2024]15号, 〔2024〕第015号."""
    pattern = rules.one("layout", "number").regex
    for start, end in draft.paragraphs:
        for match in pattern.finditer(draft.text, start, end):
            year = match["year"] if len(match["year"]) > 2 else f"20{match['year']}"
            right = f"{match['who']}〔{year}〕{int(match['serial'])}号"
            if "".join(match.group().split()) != right:
                details: dict[str, object] = {"printed": match.group(), "right": right}
                fixes = (Fix(span=match.span(), text=right),)
                yield Remark(match.span(), "E424", details, "warning", fixes=fixes)


def _misnumbered(draft: Draft) -> Iterator[Remark]:
    """In plain text too: what no program makes of a number, 第 or a leading nought in it; other brackets only where the
    rest of the draft has 〔〕."""
    found = [*_numbers(draft)]
    right = rules.one("layout", "right_number").regex.search(draft.text) is not None
    for one in found:
        odd = rules.one("layout", "odd_number").search(draft.text[slice(*one.span)]) is not None
        if odd or (right and len(found) <= _FEW_NUMBERS):
            yield one


def _days(draft: Draft) -> Iterator[Remark]:
    """The day of signing, alone on its line: 2024年03月08日, 二〇二四年三月八日."""
    pattern = rules.one("layout", "day").regex
    for start, end in draft.paragraphs:
        match = pattern.match(draft.text[start:end])
        if match is None:
            continue
        year = match["year"].translate(str.maketrans("〇○零０一二三四五六七八九", "0000123456789"))
        right = f"{year}年{_value(match['month'])}月{_value(match['day'])}日"
        if match.group() != right:
            details: dict[str, object] = {"printed": match.group(), "right": right}
            yield Remark((start, end), "E424", details, fixes=(Fix(span=(start, end), text=right),))


def _signed(draft: Draft) -> Iterator[Remark]:
    """Another body below the text than in the title; an imprint (…2025年5月9日印发) of a day before that of signing."""
    lines = [(span, draft.text[slice(*span)].strip()) for span in draft.paragraphs]
    day = rules.one("layout", "day").regex
    at = next((index for index, (_, line) in enumerate(lines) if index and day.match(line)), None)
    if at is None:
        return
    signer, form = lines[at - 1][1], rules.one("layout", "issuer").regex
    heads = ("".join(line for _, line in lines[first : first + _WRAPPED]) for first in range(min(at, _TITLED)))
    named = next((titled["issuer"] for head in heads if (titled := form.match(head))), "")
    bodies = rules.pattern("checks", "repeats.bodies")
    joint = at > 1 and bodies.fullmatch(lines[at - 2][1])
    if named and bodies.fullmatch(signer) and not joint and signer not in named and named[-_SHORTEST:] not in signer:
        yield Remark(lines[at - 1][0], "E379", {"signer": signer, "issuer": named})
    signed = times.find(lines[at][1])
    for span, line in lines[at + 1 :]:
        printed = times.find(line) if rules.one("layout", "imprint_day").search(line) else ()
        if printed and signed and (printed[-1].end or "") < (signed[0].end or ""):
            details: dict[str, object] = {"printed": printed[-1].text, "signed": signed[0].text}
            yield Remark(span, "E399", details, "warning")


def _signs(draft: Draft) -> Iterator[Remark]:
    """附件1： above an attachment, and 抄送：… without its last 。."""
    for entry in rules.many("layout", "sign", Rewrite):
        for start, end in draft.paragraphs:
            match = entry.regex.search(draft.text[start:end])
            right = match.expand(entry.to) if match else ""
            if match and right != match.group():
                span = start + match.start(), start + match.end()
                details: dict[str, object] = {
                    "printed": match.group()[-_SHOWN:],
                    "right": right[-_SHOWN - len(right) + len(match.group()) :],
                }
                yield Remark(span, "E424", details, fixes=(Fix(span=span, text=right),))


def _value(printed: str) -> int:
    return int(numbers.parse(printed) or 0)


def _addressee(draft: Draft) -> Iterator[Remark]:
    """A notice without a line that says to whom it goes."""
    head = draft.paragraphs[:_HEAD]
    title = next((span for span in head if rules.union("layout", "sent").search(draft.text[slice(*span)])), None)
    if title is None or title not in head[: _HEAD // 2]:
        return
    follows = head[head.index(title) + 1 :]
    if not any(rules.union("layout", "addressee").match(draft.text[slice(*span)]) for span in follows):
        yield Remark(title, "E428")


def _attachments(draft: Draft) -> Iterator[Remark]:
    """The list 附件：1.…2.… against the attachments that follow it; nothing where none is in the file."""
    lines = [(span, draft.text[slice(*span)]) for span in draft.paragraphs]
    begin = next((i for i, (_, line) in enumerate(lines) if rules.union("layout", "attachments").match(line)), None)
    heads = [i for i, (_, line) in enumerate(lines) if rules.union("layout", "attachment").match(line)]
    if begin is None or not any(head > begin for head in heads):
        return
    listed = _listed(lines, begin, min(head for head in heads if head > begin))
    follow = sum(head > begin for head in heads)
    if len(listed) != follow:
        yield Remark(lines[begin][0], "E429", {"listed": len(listed), "follow": follow}, "warning")
    yield from attached.titles(draft)
    for span, line in listed:
        if line.rstrip()[-1:] in "。；，":
            sign = (span[1] - 1, span[1])
            yield Remark(span, "E430", {"sign": line[-1]}, fixes=(Fix(span=sign, text=""),))


def _listed(lines: Sequence[tuple[Span, str]], begin: int, end: int) -> list[tuple[Span, str]]:
    """The entries of the list of attachments: its first line, and the numbered ones behind it."""
    found = [lines[begin]]
    for span, line in lines[begin + 1 : end]:
        if not re.match(rf"{len(found) + 1}\s*[.．、]", line):
            break
        found.append((span, line))
    return found


def _quoted(draft: Draft) -> Iterator[Remark]:
    """Notices and opinions that are quoted without their number, all in one line; a number before its title."""
    bare: dict[str, Span] = {}
    for fact in draft.reading.facts:
        if isinstance(fact, Citation) and _lacks_number(draft.text, fact):
            bare.setdefault(fact.title, fact.span)
    cited = [fact for fact in draft.reading.facts if isinstance(fact, Citation)]
    numbered = {fact.title for fact in cited if _own_number(draft.text, fact)}
    missing = [title for title in bare if title not in numbered]
    if missing:
        listed = "、".join(f"《{title}》" for title in missing[:_MANY]) + ("等" if len(missing) > _MANY else "")
        yield Remark(bare[missing[0]], "E439", {"count": len(missing), "listed": listed})
    for match in rules.one("layout", "number_first").finditer(draft.text):
        yield Remark(match.span(), "E440")


def _own_number(text: str, cited: Citation) -> bool:
    """Whether a document is cited with a number that is its own and not that of the title behind it."""
    return cited.number is not None and not text.startswith("《", cited.span[1])


def _lacks_number(text: str, cited: Citation) -> bool:
    """Whether a document that has a number is quoted without: not one that is still to be made. A number that another
    title follows is that one's."""
    behind = unicodedata.normalize("NFKC", text[cited.span[1] : cited.span[1] + _NUMBER]).lstrip("（(")
    number = rules.one("layout", "number").regex.match(behind)
    told = number is not None and not behind.startswith("《", number.end())
    lead = text[max(0, cited.span[0] - _VERB) : cited.span[0]]
    first = lead.rstrip("《 文件）)").endswith("号")
    made = rules.union("layout", "to_make").search(lead) or rules.one("layout", "unnumbered").search(lead + cited.title)
    named = rules.union("layout", "numbered").search(cited.title)
    return bool(named and not _own_number(text, cited) and not made and not told and not first)
