"""Rule `missing-stop`: a paragraph of sentences that breaks off without its last 。, where the others have theirs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from plankb import rules
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix, Span

_CLOSED = "。！？；：”’）)》〕］】….．"
_NOTES = 4
"""Notes from which on their tasks have a way of closing before them."""
_SHORTEST, _FEW, _MOST, _WORDS = 14, 2, 0.2, 12
"""Characters of a paragraph of sentences; how many of a draft, or which share, may lack their stop before that is the
draft's way; characters shown."""


@rule(
    "missing-stop",
    severity="info",
    zh="段末缺句号，或以逗号、顿号结束",
    en="a paragraph without its last full stop, or that ends with a comma",
    example="设立双语引导岗，方便外来人员问路（段末无句号）",
)
def missing_stop(draft: Draft) -> Iterator[Remark]:
    """Paragraphs that hold a sentence before, or a run-in heading; what wrapped lines leave open is none."""
    yield from _before_notes(draft)
    spans = draft.paragraphs
    whole = [span for span in spans if _is_sentences(draft, span)]
    open_ = [span for span in whole if draft.text[span[1] - 1] not in _CLOSED]
    if not whole or len(open_) > max(_FEW, _MOST * len(whole)):
        return
    follows = dict(pairwise(spans))
    for span in open_:
        after = follows.get(span)
        line = draft.text[slice(*after)] if after else ""
        if after and not rules.one("layout", "begins_anew").match(line):
            continue  # the next line goes on
        last = draft.text[span[1] - 1]
        comma = last in "，、"
        fix = Fix(span=(span[1] - 1, span[1]), text="。") if comma else Fix(span=(span[1], span[1]), text="。")
        words = (max(span[0], span[1] - _WORDS), span[1])
        details: dict[str, object] = {"words": draft.text[slice(*words)]}
        yield Remark(words, "E328" if comma else "E327", details, "warning" if comma else None, fixes=(fix,))


def _before_notes(draft: Draft) -> Iterator[Remark]:
    """…台账（责任单位：市水务局） where nearly all tasks close before the bracket: …台账。（责任单位：市水务局）."""
    notes = [
        m for span in draft.paragraphs if (m := rules.one("layout", "note_at_end").search(draft.text[slice(*span)]))
    ]
    open_ = [m for m in notes if m.string[m.start() - 1] not in _CLOSED] if notes else []
    if not open_ or len(notes) < _NOTES or len(open_) > _MOST * len(notes):
        return
    for start, end in draft.paragraphs:
        match = rules.one("layout", "note_at_end").search(draft.text[start:end])
        if match and match.string[match.start() - 1] not in _CLOSED:
            at = start + match.start()
            yield Remark((max(start, at - _WORDS), at), "E364", fixes=(Fix(span=(at, at), text="。"),))


def _is_sentences(draft: Draft, span: Span) -> bool:
    """Whether a paragraph is made of sentences: it is long enough and one of them ends before its last."""
    words = draft.text[slice(*span)]
    last = words.rpartition("。")[2]
    note = rules.one("layout", "ends_in_note").search(last) is not None
    return (
        len(words) >= _SHORTEST
        and "。" in words[:-1]
        and not note
        and not rules.one("layout", "no_sentence").search(words)
    )
