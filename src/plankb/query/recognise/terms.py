"""What remains of a question when names, times and the words of questions are taken: the words of its topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from plankb import quantities, rules
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Span
from plankb.query.normalise.names import bare
from plankb.query.recognise.keywords import alone, edges, english_fillers, fillers
from plankb.query.recognise.text import TAKEN, QuestionText
from plankb.query.vocabulary import QUOTES, Vocabulary
from plankb.register import is_body, is_function
from plankb.rules.lazy import LazyPattern

_SPLIT = compiled(r"[，。；：？！,;:?!“”‘’\"'（）()\[\]［］{}<>|/\\~`@#$^&*=…\s]+")
_LATIN = compiled(r"[A-Za-z][A-Za-z0-9.+-]*")
_HAN = LazyPattern("[\u4e00-\u9fff]+")
_SUBJECT = 3
_QUOTED = compiled('[“"「](?P<words>[^“”"「」]{5,30})[”"」]')
_TWO, _NOUNS, _NUMERALS = 2, "则家法", "一二两三四五六七八九十几多"
_NEGATIONS = "不没无非未除只仅"
"""What turns a question around is never a little word: left over, it is told."""
_PREPOSITION = compiled(r"\b(?:on|about|for|of|in|regarding|concerning)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase of the topic. `attached`: it stands at a word that asks, so it is no phrase of manners."""

    text: str
    span: Span
    attached: bool = False
    whole: bool = False


def hold_names(
    question: QuestionText,
    vocabulary: Vocabulary,
    *,
    kinds: tuple[str, ...],
    least: int,
    having: re.Pattern[str] | None = None,
    bodies: Sequence[Span] = (),
) -> None:
    """Holds the full names of facts, the longest first, so that no word inside one is taken for something else.

    No name inside one of `bodies`, the spans of bureaus: 生态环境 is a part of 省生态环境厅 there.
    """
    text, places = _squeezed(question.text)
    parts = {text[start:end] for start in range(len(text)) for end in range(start + least, len(text) + 1)}
    for name in sorted(parts & vocabulary.unquoted(kinds), key=lambda name: (-len(name), name)):
        if having and not having.search(name):
            continue
        start = text.find(name)
        if not (is_body(name) or is_organ(name)):
            span = (places[start], places[start + len(name) - 1] + 1)
            if question.is_free(*span) and not any(_is_inside(span, body) for body in bodies):
                question.hold(*span)


def hold_quoted(question: QuestionText) -> None:
    """Holds what is quoted (“达到省下达的目标要求”), so that no word of it is taken for something else.

    Not the name of a bureau, which is found as such.
    """
    for match in _QUOTED.finditer(question.text):
        span = match.span("words")
        said = rules.one("question_forms", "role_end").sub(match["words"])
        if question.is_free(*span) and not (is_body(said) or is_organ(said)):
            question.hold(*span)


def _is_inside(span: Span, body: Span) -> bool:
    return body[0] <= span[0] and span[1] <= body[1] and span != body


def is_organ(name: str) -> bool:
    """Whether a name is that of a body without its place (生态环境厅): a broken name that a plan left behind."""
    return name.endswith(("局", "厅", "委", "办")) and is_function(name)


def hold_numbers(question: QuestionText) -> None:
    """Holds the numbers of documents (国发〔2018〕22号, GB 13271-2014), whose figures are neither times nor values."""
    for match in rules.one("questions", "document_number").finditer(question.text):
        if question.is_free(*match.span()):
            question.hold(*match.span())


def is_number(text: str) -> bool:
    """Whether a phrase is the number of a document."""
    return rules.one("questions", "document_number").fullmatch(text) is not None


def _squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    """A text without quotation marks and spaces inside Chinese, with the place of each character that is left."""
    kept = [
        (char, index)
        for index, char in enumerate(text)
        if ord(char) not in QUOTES and not (char == " " and not text[index - 1 : index + 2].isascii())
    ]
    return "".join(char for char, _ in kept), tuple(index for _, index in kept)


def find_terms(question: QuestionText, anchors: frozenset[int], vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The phrases that remain. `anchors` are positions where a word that asks (or names a role) starts or ends."""
    held = tuple(question.held)
    found = []
    for start, end in list(question.remains()):
        for span in _within(question.text, start, end, held, vocabulary):
            if question.text[span[0] : span[1]] in alone():
                continue
            whole = any(first <= span[0] and span[1] <= last for first, last in held)
            found.append(
                Term(question.text[span[0] : span[1]], span, whole or _is_attached(question, span, anchors), whole)
            )
    return tuple(found)


def find_left(question: QuestionText, terms: Sequence[Term]) -> tuple[str, ...]:
    """The characters that no mention and no phrase holds; particles, fillers and units are none of them."""
    used = {index for term in terms for index in range(*term.span)}
    known = {*edges(), *quantities.counting_words(), *quantities.unit_names(), *quantities.magnitudes(), *_verbs()}
    left = []
    for start, end in question.remains():
        for match in fillers().finditer(question.text, start, end):
            used.update(range(*match.span()))
        left += [question.text[index] for index in range(start, end) if index not in used]
    left = [char for char in left if "\u4e00" <= char <= "\u9fff" and (char not in known or char in _NEGATIONS)]
    return tuple(dict.fromkeys(left))


@cache
def _verbs() -> frozenset[str]:
    return rules.words("question_forms", "around.after")


def _within(text: str, start: int, end: int, held: tuple[Span, ...], vocabulary: Vocabulary) -> Iterator[Span]:
    """The phrases of one run: split at stops and at words without a condition, except inside full names."""
    cuts = [match.span() for match in _SPLIT.finditer(text, start, end)]
    cuts += [
        match.span()
        for match in fillers().finditer(text, start, end)
        if not _is_part(text, *match.span(), start, end, vocabulary)
    ]
    cuts += [(at, at + 1) for at in range(start, end) if text[at] == "的"]
    cuts += [m.span() for m in _LATIN.finditer(text, start, end) if m.group().lower() in english_fillers()]
    free = [cut for cut in cuts if not any(first < cut[1] and cut[0] < last for first, last in held)]
    position = start
    for cut_start, cut_end in [*sorted(free), (end, end)]:
        if cut_start > position:
            yield from _trimmed(text, position, cut_start, held, vocabulary)
        position = max(position, cut_end)


def _trimmed(text: str, start: int, end: int, held: tuple[Span, ...], vocabulary: Vocabulary) -> Iterator[Span]:
    """A phrase without the little words at its edges; nothing where nothing is left."""
    fixed = [span for span in held if span[0] >= start and span[1] <= end]
    first_fixed = min((span[0] for span in fixed), default=end)
    last_fixed = max((span[1] for span in fixed), default=start)
    while start < min(end, first_fixed) and text[start] == "、":
        start += 1
    while max(start, last_fixed) < end and text[end - 1] == "、":
        end -= 1
    changed = not _is_word(text[start:end])
    while changed and start < end:
        changed = False
        for word in edges():
            if (
                text.startswith(word, start)
                and start + len(word) <= first_fixed
                and not _is_part(text, start, start + len(word), start, end, vocabulary)
            ):
                start += len(word)
                changed = True
            if (
                start < end
                and text.endswith(word, start, end)
                and end - len(word) >= last_fixed
                and not _is_part(text, end - len(word), end, start, end, vocabulary)
            ):
                end -= len(word)
                changed = True
    if end - start >= 2 or (end > start and vocabulary.holds(text[start:end]) and _stands_alone(text, start, end)):
        yield start, end


def _is_word(said: str) -> bool:
    """Whether two characters are a word, though the last of them alone would be a particle (罚则, 专家)."""
    known = said[:1] in edges() or said[:1] in _NUMERALS
    return len(said) == _TWO and said[1] in _NOUNS and not known and bool(_HAN.fullmatch(said))


def _stands_alone(text: str, start: int, end: int) -> bool:
    return "\u4e00" <= text[start:end] <= "\u9fff" and text[start:end] in "氢氮氧碳煤油水气电土林草"


def _is_part(text: str, start: int, end: int, first: int, last: int, vocabulary: Vocabulary) -> bool:
    """Whether words together with the character beside them are part of a name of the plans (主要 in 主要农作物)."""
    word = bare(text[start:end])
    before = bare(text[max(first, start - 1) : start])
    after = bare(text[end : min(last, end + 1)])
    with_next = bool(after) and vocabulary.holds(bare(text[start : end + 1]))
    with_last = bool(before) and vocabulary.holds(bare(text[start - 1 : end]))
    if len(word) == 1:
        return with_next if start == first else with_last and word not in "的了吗呢"
    return with_next or with_last


def _is_attached(question: QuestionText, span: Span, anchors: frozenset[int]) -> bool:
    text = question.text
    after = re.match(r"[\s的“”\"]*", text[span[1] :])
    end = span[1] + (after.end() if after else 0)
    before = re.search(r"[\s“”\"]*$", text[: span[0]])
    start = before.start() if before else span[0]
    latin = bool(_PREPOSITION.search(text[: span[0]]))
    is_head = not _LATIN.search(text) and not any(char.isalnum() for char in text[end:])
    return end in anchors or start in anchors or latin or is_head or _is_subject(question, span)


def _is_subject(question: QuestionText, span: Span) -> bool:
    """Whether a Chinese phrase stands in one clause with a name, time or word of the question (X2025年的目标).

    Then it is what is asked about; in a clause of its own it may be a phrase of manners.
    """
    text = question.text
    if span[1] - span[0] < _SUBJECT or not _HAN.fullmatch(text[slice(*span)]):
        return False
    cuts = [match.span() for match in _SPLIT.finditer(text)]
    start = max((end for _, end in cuts if end <= span[0]), default=0)
    end = min((begin for begin, _ in cuts if begin >= span[1]), default=len(text))
    return TAKEN in question.rest[start : span[0]] + question.rest[span[1] : end]
