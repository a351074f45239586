"""Findings as comments in the margin of the drafter's own Word file, and what mends them as tracked changes beside.

Nothing else in the file is changed: with all changes rejected its text is the drafter's.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from plankb.columns import review_text
from plankb.document import CleanText
from plankb.errors import Language, PlankbError
from plankb.exports import docx_changes
from plankb.exports.docx_runs import W, cut, inside
from plankb.exports.formats import DraftFindings
from plankb.exports.safe import plain_text
from plankb.model import AnyFact, Finding
from plankb.readers.docx import WordText, map_text, open_text
from plankb.words import word

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.run import CT_R
    from lxml.etree import _Element as Element

AUTHOR = "plankb"


def findings(made: DraftFindings, *, lang: Language = "zh", fixes: bool = True) -> bytes:
    """The drafter's file with comments, and with `fixes` tracked changes. Raises E407 where it is no Word file."""
    try:
        if made.reading is not None:
            clean, data = made.reading.clean, made.file.read_bytes()
            return with_comments(data, clean, made.findings, made.titles, lang, fixes=fixes)
    except ValueError as error:
        raise PlankbError("E407", path=made.file) from error
    raise PlankbError("E407", path=made.file)


def with_comments(
    data: bytes,
    clean: CleanText,
    findings: Sequence[Finding],
    titles: Mapping[str, str] | None = None,
    lang: Language = "zh",
    *,
    fixes: bool = False,
) -> bytes:
    """The file with one comment a finding, at the words concerned; with `fixes` what mends it as tracked changes.

    `data` is the drafter's file and `clean` the clean text of what `readers.docx` read from it; `titles` are those of
    the plans, by id. Raises ValueError where `data` is no Word file.
    """
    found = open_text(data)
    spans = [clean.source(*finding.span) for finding in findings]
    changes = docx_changes.placed(clean, findings) if fixes else []
    cut(found.pieces, {edge for span in (*spans, *(change.span for change in changes)) for edge in span})
    fresh = map_text(found.document)
    for finding, span in zip(findings, spans, strict=True):
        runs = _runs(fresh, span)
        if runs:
            _comment(fresh.document, runs, _text(finding, titles or {}, lang))
    docx_changes.track(fresh, changes, author=AUTHOR)
    stream = io.BytesIO()
    found.document.save(stream)
    return stream.getvalue()


def _text(finding: Finding, titles: Mapping[str, str], lang: Language) -> str:
    message = finding.message.text(lang)
    lines = [f"{word('severity', finding.severity, lang)} · {word('rule', finding.rule, lang)}", message]
    lines += [_beside(fact, titles, lang) for fact in finding.related]
    return plain_text("\n".join(lines))


def _beside(fact: AnyFact, titles: Mapping[str, str], lang: Language) -> str:
    reviewed = f"（{review_text(fact.review, lang)}）" if fact.review else ""
    return f"《{titles.get(fact.plan, fact.plan)}》{''.join(fact.section[-1:])}：{fact.quote}{reviewed}"


def _runs(found: WordText, span: tuple[int, int]) -> list[Element]:
    """The runs that a span covers; the next run where it covers only a number that Word counts."""
    covered = [piece.run for piece in inside(found.pieces, span)]
    return [_outside_box(run) for run in covered or [p.run for p in found.pieces if p.start >= span[0]][:1]]


def _outside_box(run: Element) -> Element:
    """The run that holds the text box of a run: Word knows no comments inside one. The run itself elsewhere."""
    box = next(run.iterancestors(f"{W}txbxContent"), None)
    return run if box is None else _outside_box(next(box.iterancestors(f"{W}r")))


def _comment(document: Document, runs: Sequence[Element], text: str) -> None:
    from docx.text.run import Run

    ends = [Run(cast("CT_R", run), document) for run in (runs[0], runs[-1])]
    comment = document.add_comment(ends, text=text, author=AUTHOR, initials="pkb")
    comment._comment_elm.set(f"{W}date", docx_changes.today())
