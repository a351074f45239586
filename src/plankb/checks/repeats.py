"""Rule `repeated-text`: a word doubled by mistake, a name twice in one list, a sentence twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from plankb import rules, segment
from plankb.checks import copied
from plankb.checks.registry import Draft, Remark, rule
from plankb.document.spans import overlap
from plankb.model import Fix, Severity, Span

_DOUBLED = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,12}?)(?P=word)")
_CHARACTER = "[^\\W\\dA-Za-z一二三四五六七八九十]"
_HAN = re.compile(r"[\u4e00-\u9fff]")
"""In a name of a list: PM, PM are what is left of PM2.5, PM10 whose small figures were lost."""
_SIGN = re.compile(
    r"(?P<sign>[，。；、：])(?P=sign)|[，、；：](?=[，。；、：])|。(?=[，；、：])|、(?=等等?(?:[，。；、（）)]|[\u4e00-\u9fff]{2}))(?!等[级候待号量额高])"
)
_LIST = re.compile(r"[^，。；：:（）()“”《》、|｜\s]{1,30}(?:、[^，。；：:（）()“”《》、|｜\s]{1,30}){2,}")
_MEMBER = re.compile(r"[^、，,；;。\s]+")
_PUNCTUATION = re.compile(r"[\s，。！？；、：“”]")
_SENTENCE_SIGN = re.compile(r"[，。；：]")
_SENTENCE_CHARS = 16
_STOPS = "。；！？"
_BULLETS = "-—–·•●■◆"
_JOINED = 3
"""Characters up to the end of a doubled word that tell whether it joins two; all of a line would be its square."""
_PAIR, _MEASURES = 2, "量率额值数费"
_LONG_SENTENCE, _NEAR = 28, 5


@rule(
    "repeated-text",
    severity="warning",
    zh="误重的词语、标点，同一列举中重复的名称，重复的句子",
    en="a word or sign doubled by mistake, a name twice in one list, a sentence twice",
    example="推进塘口塘口电厂改造。",
)
def repeated_text(draft: Draft) -> Iterator[Remark]:
    """Doubled words, signs, list members and sentences."""
    for span in draft.paragraphs:
        if not _ran_together(draft.text[slice(*span)]):
            yield from _words(draft.text, span)
        yield from _signs(draft.text, span)
        yield from _members(draft.text, span)
        yield from _bodies(draft.text, span)
        yield from _twice(draft.text, span)
        yield from copied.clauses(draft.text, span)
    for table in draft.tables:
        yield from copied.rows(table)
        for row in table.rows:
            for cell in row.cells:
                yield from _words(draft.text, cell.span)
                yield from _bodies(draft.text, cell.span)
    told = tuple(_sentences(draft))
    yield from told
    for span in draft.paragraphs:
        again = copied.within(draft.text, span)
        yield from (each for each in again if not any(overlap(each.span, one.span) for one in told))
    yield from (each for each in copied.passages(draft) if not any(overlap(each.span, one.span) for one in told))
    yield from copied.headings(draft)


def _ran_together(line: str) -> bool:
    """Whether a line is what became of rows of a table: figures or natures of targets, no sign of a sentence."""
    return not _SENTENCE_SIGN.search(line) and rules.one("checks", "repeats.of_a_table").search(line) is not None


def _words(text: str, span: Span) -> Iterator[Remark]:
    """塘寨塘寨: the same word or words twice in a row; a function word twice."""
    allowed, functions = rules.words("checks", "doubled.allowed"), rules.words("checks", "doubled.function_words")
    joins = rules.one("checks", "doubled.joins")
    line = text[slice(*span)]
    tokens = _tokens(line)
    edges = {start for start, _ in tokens} | {len(line)}
    for match in _DOUBLED.finditer(line):
        middle = match.start() + len(match["word"])
        # the second may go on in a longer word (产业结构调整, 服务体系), but not in the name of a measure (发电|发电量)
        measure = len(match["word"]) == _PAIR and match.end() not in edges and line[match.end()] in _MEASURES
        ends = match.start() in edges or match.end() in edges  # 建设项目|项目: the first may close a longer word
        whole = middle in edges and ends and not measure
        if whole and match.group() not in allowed and len(set(match["word"])) > 1:
            yield _doubled((span[0] + match.start(), span[0] + match.end()), match["word"])
    for match in rules.pattern("checks", "repeats.units").finditer(line):
        yield _doubled((span[0] + match.start(), span[0] + match.end()), match["word"])
    for match in rules.pattern("checks", "doubled.run_together").finditer(line):
        yield _doubled((span[0] + match.start(), span[0] + match.end()), match.group()[0])
    following = [word for _, word in tokens[2:]] + ["", ""]
    for ((start, word), (_, after)), then in zip(pairwise(tokens), following, strict=False):
        end = start + len(word) + 1
        if len(then) == 1 and re.match(_CHARACTER, then):
            continue  # 学生|生|均: the second may begin a word that the dictionary does not have
        if joins.search(line[max(0, end - _JOINED) : end]):
            continue  # 提高|高星级, 碳中和|和能耗
        if word == after and word in functions:
            yield _doubled((span[0] + start, span[0] + end), word)
        elif len(word) > 1 and after == word[-1] and after not in functions and re.match(_CHARACTER, after):
            yield _doubled((span[0] + start, span[0] + end), after)


def _doubled(span: Span, word: str) -> Remark:
    """A word that stands twice: the second goes."""
    return Remark(span, "E431", {"word": word}, fixes=(Fix(span=(span[1] - len(word), span[1]), text=""),))


def _tokens(line: str) -> list[tuple[int, str]]:
    found, position = [], 0
    for word in segment.words(line):
        found.append((position, word))
        position += len(word)
    return found


def _signs(text: str, span: Span) -> Iterator[Remark]:
    """Two signs in a row where one belongs: 。。, ，。."""
    for match in _SIGN.finditer(text, *span):
        start = max(span[0], match.start() - 4)
        end = match.end() if match["sign"] else match.end() + 1
        extra = (match.end() - 1, match.end()) if match["sign"] else (match.start(), match.start() + 1)
        fixes = (Fix(span=extra, text=""),) if match["sign"] or text[match.start()] != "。" else ()
        yield Remark((start, end), "E434", {"signs": text[match.start() : end]}, fixes=fixes)


def _members(text: str, span: Span) -> Iterator[Remark]:
    """市水务局、市财政局、市水务局: a member of one list twice; a verb may lead in the first."""
    verbs = (*rules.words("checks", "clause.verbs"), *rules.words("checks", "doubled.list_verbs"))
    for match in _LIST.finditer(text, *span):
        seen: set[str] = set()
        first = match.group().partition("、")[0]
        position = match.start()
        for member in match.group().split("、"):
            name = rules.one("checks", "repeats.after_name").sub(rules.one("checks", "repeats.before_name").sub(member))
            led = first.removesuffix(name) if position > match.start() and len(name) > 2 else first
            again = name in seen or (led != first and led.endswith(verbs))
            if len(name) > 1 and _HAN.search(name) and not name[0].isdigit() and again:
                extra = Fix(span=(position - 1, position + len(name)), text="")
                whole = member.startswith(name)
                yield Remark((position, position + len(name)), "E432", {"word": name}, fixes=(extra,) if whole else ())
            seen.add(name)
            position += len(member) + 1


def _bodies(text: str, span: Span) -> Iterator[Remark]:
    """市水务局；市财政局；市水务局: a body twice in a list of bodies alone, whatever parts them."""
    line = rules.one("checks", "repeats.role").sub(text[slice(*span)])
    at = span[1] - len(line)
    members = [*_MEMBER.finditer(line)]
    whole = rules.pattern("checks", "repeats.body")
    if len(members) <= _PAIR or not all(whole.fullmatch(member.group()) for member in members):
        return
    seen: set[str] = set()
    for member in members:
        start, end = at + member.start(), at + member.end()
        if member.group() in seen:
            yield Remark((start, end), "E432", {"word": member.group()}, fixes=(Fix(span=(start - 1, end), text=""),))
        seen.add(member.group())


def _twice(text: str, span: Span) -> Iterator[Remark]:
    """市水务局、市水务局: a name twice in a row, in a list of two."""
    for match in rules.one("checks", "repeats.name_twice").regex.finditer(text, *span):
        extra = (match.start("again") - 1, match.end("again"))
        yield Remark(match.span("again"), "E432", {"word": match["name"]}, fixes=(Fix(span=extra, text=""),))


def _sentences(draft: Draft) -> Iterator[Remark]:
    """A sentence that stands twice: a warning where it is near, a hint where another chapter says it again."""
    first: dict[str, Span] = {}
    before, stop = "", 0
    for start, end in draft.sentences:
        sentence = draft.text[start:end]
        goes_on = "\n" not in draft.text[stop:start]  # 附件：X with the title X below it says nothing twice
        before, last, stop = _PUNCTUATION.sub("", sentence), before if goes_on else "", end
        words = _PUNCTUATION.sub("", rules.one("checks", "repeats.item_number").sub(sentence))
        if (
            len(words) < _SENTENCE_CHARS
            or rules.one("checks", "repeats.note").search(sentence.rstrip("。；"))
            or rules.one("checks", "noted").search(sentence)
            or not _HAN.search(words)
            or _is_heading(draft, (start, end))
        ):
            continue
        if _ran_together(sentence) or rules.pattern("checks", "repeats.bodies").fullmatch(
            sentence.strip("。；")
        ):  # who answers, in a cell of its own
            continue
        if words not in first and not last.endswith(words):
            first[words] = (start, end)
            continue
        if words not in first:  # the end of the sentence before, said again
            line = draft.reading.clean.line(start)
            yield Remark((start, end), "E433", {"line": line}, fixes=(Fix(span=(start, end), text=""),))
            continue
        severity = _how_sure(draft, first[words], (start, end))
        line = draft.reading.clean.line(first[words][0])
        again = start - first[words][1] < _NEAR and severity == "warning" and draft.text[end - 1] == "。"
        fixes = (Fix(span=(start, end), text=""),) if again else ()
        yield Remark((start, end), "E433", {"line": line}, severity=severity, fixes=fixes)


def _is_heading(draft: Draft, span: Span) -> bool:
    """Whether words are a heading, or a line of the pages before the first one: the title stands on cover and plan."""
    section = draft.reading.outline.at(span[0])
    if section is None:
        return draft.text[span[1] - 1] not in _STOPS
    return span[0] < section.span[1]


def _how_sure(draft: Draft, first: Span, second: Span) -> Severity:
    """A box that repeats the prose around it does so on purpose."""
    outline = draft.reading.outline
    one, two = outline.at(first[0]), outline.at(second[0])
    if one is two:
        return "warning"
    boxes = [section is not None and (section.boxed or section.form == "box") for section in (one, two)]
    if draft.text[second[0]] in _BULLETS:
        return "info"  # an entry of two lists
    near = second[0] - first[1] < _NEAR or (one and two and one.parent == two.parent)
    return "warning" if near and not any(boxes) and second[1] - second[0] >= _LONG_SENTENCE else "info"
