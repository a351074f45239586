"""Rule `missing-reference`: parts, items, attachments, boxes and tables of the draft itself that it refers to and has
not; attachments that are listed and do not follow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plankb import numbers, rules
from plankb.checks import attached
from plankb.checks.inline import captions
from plankb.checks.registry import Draft, Remark, rule
from plankb.document import Section

_TOP = ("part", "chapter", "cn")
"""The forms of headings that 第五章, 第五部分 may mean where a draft has them outermost."""
_FORMS = {"附件": "annex", "附表": "table", "专栏": "box", "表": "table"}
_ITEMS = {"节": ("section", "cn_paren"), "条": ("article", "num", "cn_paren"), "点": ("cn_paren", "num")}
_ANY_ITEM = ("cn_paren", "num", "num_paren")
_BEFORE, _FEW_REFERENCES = 8, 2
_form = partial(rules.pattern, "references")


@rule(
    "missing-reference",
    severity="warning",
    zh="引用的本文件章节、条项、附件、专栏、表不存在，附件说明与所附附件不符",
    en="a part, item, annex, box or table of the draft itself that it refers to and does not have; attachments listed "
    "that do not follow",
    example="详见附件3（附件只有两个）",
)
def missing_reference(draft: Draft) -> Iterator[Remark]:
    """Each by the highest number that there is; nothing where the file holds none of that kind."""
    yield from _parts(draft)
    yield from _items(draft)
    yield from _numbered(draft)
    yield from _near(draft)
    yield from _without_any(draft)
    if not draft.laid_out:  # where the layout shows, `layout` says so
        yield from attached.remarks(draft)


def _parts(draft: Draft) -> Iterator[Remark]:
    """第五部分, 第五部分第（七）项: the part, then the item in it."""
    tops = _tops(draft)
    for match in rules.one("references", "part").finditer(draft.text):
        number = _value(match["chapter"])
        if tops and number > len(tops) and number > max(top.number for top in tops):
            yield Remark(match.span("to"), "E420", {"printed": match["to"], "most": len(tops)})
            continue
        within = [top for top in tops if top.number == number]
        if match["item"] and len(within) == 1:
            most = _most_below(draft, within[0], _ITEMS.get(match["kind"], _ANY_ITEM))
            if most and _value(match["item"]) > most:
                yield Remark(match.span("to"), "E420", {"printed": match["to"], "most": most})


def _value(printed: str) -> int:
    return int(numbers.parse(printed) or 0)


def _tops(draft: Draft) -> list[Section]:
    """The outermost numbered headings; [] where there is one at most."""
    sections = draft.reading.outline.sections
    for form in _TOP:
        found = [one for one in sections if one.form == form and not one.boxed]
        if len(found) > 1:
            return found
    return []


def _most_below(draft: Draft, top: Section, forms: tuple[str, ...]) -> int:
    """The highest number of the items below a heading; 0 without."""
    below = [one for one in draft.reading.outline.sections if top.span[1] <= one.span[0] < top.end]
    return max((one.number for one in below if one.form in forms), default=0)


def _items(draft: Draft) -> Iterator[Remark]:
    """第（七）项, 第25项任务: beyond the highest number of any item of that style."""
    sections = [one for one in draft.reading.outline.sections if not one.boxed]
    for match in rules.one("references", "item").finditer(draft.text):
        chinese = not match["number"].isdecimal()
        forms = (
            ("article", "legal") if match["kind"] == "条" and not match["open"] else ("cn_paren",) if chinese else ()
        )
        forms = forms or (("num_paren", "num") if match["open"] else ("num",))
        found = [one.number for one in sections if one.form in forms]
        if len(found) > 1 and _value(match["number"]) > max(*found, len(found)):
            details: dict[str, object] = {"printed": f"第{match['to']}", "most": max(found)}
            yield Remark(match.span("to"), "E420", details)


def _numbered(draft: Draft) -> Iterator[Remark]:
    """附件3, 表2, 专栏5, 图1 behind a word that refers."""
    most = {what: _most(draft, what) for what in ("附件", "附表", "专栏", "表", "图")}
    refers = rules.one("references", "refers")
    for match in rules.one("references", "numbered").finditer(draft.text):
        before = draft.text[max(0, match.start() - _BEFORE) : match.start()]
        if match["what"] == "附表" and not most["附表"]:
            most["附表"] = len(draft.tables)  # tables without a number of their own
        if 0 < most[match["what"]] < _value(match["number"]) and refers.search(before):
            yield Remark(match.span("to"), "E420", {"printed": match["to"], "most": most[match["what"]]})


def _most(draft: Draft, what: str) -> int:
    """The highest number of the annexes, boxes, tables or figures of a draft; 0 without."""
    if what == "图":
        return max((one[0] for run in captions(draft.text, draft.paragraphs) for one in run), default=0)
    found = [section.number for section in draft.reading.outline.sections if section.form == _FORMS[what]]
    if what == "附件":
        lists = _form("annexes").findall(draft.text)
        listed = [int(number) for block in lists for number in _form("annex_entry").findall(block)]
        heads = [section.heading for section in draft.reading.outline.sections if section.form == "annex"]
        found += listed + [int(numbers.parse(n) or 0) for head in heads for n in _form("annex").findall(head)]
    return max(found, default=0)


def _near(draft: Draft) -> Iterator[Remark]:
    """见下表, 详见附表 in a draft that holds no table at all."""
    for match in rules.one("references", "near").finditer(draft.text) if not draft.tables else ():
        if match["what"] != "图" and match["annexed"] != "附图":
            yield Remark(match.span(), "E376", {"printed": match.group()}, "info")


def _without_any(draft: Draft) -> Iterator[Remark]:
    """具体任务分工见附件 in a draft that neither lists nor holds an attachment; where it speaks of many, they stand in
    files of their own."""
    heads = any(section.form == "annex" for section in draft.reading.outline.sections)
    if heads or _form("annexes").search(draft.text) or _most(draft, "附件") or draft.tables:
        return
    for match in rules.one("references", "annexed").regex.finditer(draft.text):
        many = draft.text.count("附件") > _FEW_REFERENCES
        yield Remark(match.span(), "E376", {"printed": match.group()}, "info" if many else None)
        return
