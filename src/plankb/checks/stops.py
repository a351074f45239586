"""Rule `missing-stop`: a paragraph of sentences that breaks off without its last 。, where the others have theirs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from plankb import rules
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix, Span

_CLOSED = "。！？；：”’）)》〕］】….．"
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
