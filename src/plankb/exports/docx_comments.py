"""Findings as comments in the margin of the drafter's own Word file; nothing else in the file is changed."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plankb.columns import review_text
from plankb.document import CleanText
from plankb.errors import Language, PlankbError
from plankb.exports.formats import DraftFindings
from plankb.exports.safe import plain_text
from plankb.model import AnyFact, Finding
from plankb.readers.docx import Piece, WordText, map_text, open_text
from plankb.words import word

_AUTHOR = "plankb"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROPERTIES = f"{_W}rPr"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def findings(made: DraftFindings, *, lang: Language = "zh") -> bytes:
    """The drafter's file with its comments. Raises E407 where it is no Word file."""
    try:
        if made.reading is not None:
            clean = made.reading.clean
            return with_comments(made.file.read_bytes(), clean, made.findings, made.titles, lang)
    except ValueError as error:
        raise PlankbError("E407", path=made.file) from error
    raise PlankbError("E407", path=made.file)


def with_comments(
    data: bytes,
    clean: CleanText,
    findings: Sequence[Finding],
    titles: Mapping[str, str] | None = None,
    lang: Language = "zh",
) -> bytes:
    """The file with one comment a finding, at the words concerned.

    `data` is the drafter's file and `clean` the clean text of what `readers.docx` read from it; `titles` are those of
    the plans, by id. Raises ValueError where `data` is no Word file.
    """
    found = open_text(data)
    spans = [clean.source(*finding.span) for finding in findings]
    _cut(found.pieces, {edge for span in spans for edge in span})
    fresh = map_text(found.document)
    for finding, span in zip(findings, spans, strict=True):
        runs = _runs(fresh, span)
        if runs:
            _comment(fresh.document, runs, _text(finding, titles or {}, lang))
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


def _cut(pieces: Sequence[Piece], edges: Iterable[int]) -> None:
    """Splits runs so that every edge lies between two runs; from the end, so that earlier offsets stay true."""
    for edge in sorted(edges, reverse=True):
        piece = next((p for p in pieces if p.start < edge < p.end or (p.start == edge and _has_before(p))), None)
        if piece is not None:
            _split(piece, edge - piece.start)


def _has_before(piece: Piece) -> bool:
    """Whether the run holds text before this element."""
    before = piece.element.getprevious()
    return before is not None and before.tag != _PROPERTIES


def _split(piece: Piece, offset: int) -> None:
    """Moves what follows `offset` characters of the piece's element into a new run with the same properties."""
    run, element = piece.run, piece.element
    if element.getparent() is not run:
        return  # inside a drawing: left whole
    rest = run.makeelement(run.tag, dict(run.attrib))
    if len(run) and run[0].tag == _PROPERTIES:
        rest.append(copy.deepcopy(run[0]))
    following = list(element.itersiblings())
    if 0 < offset < len(element.text or ""):
        tail = copy.deepcopy(element)
        tail.text, element.text = element.text[offset:], element.text[:offset]
        for each in (tail, element):
            each.set(_SPACE, "preserve")
        rest.append(tail)
    else:
        rest.append(element)
    rest.extend(following)
    run.addnext(rest)


def _runs(found: WordText, span: tuple[int, int]) -> list[Any]:
    """The runs that a span covers; the next run where it covers only a number that Word counts."""
    inside = [piece.run for piece in found.pieces if piece.start < span[1] and piece.end > span[0]]
    return [_outside_box(run) for run in inside or [p.run for p in found.pieces if p.start >= span[0]][:1]]


def _outside_box(run: Any) -> Any:
    """The run that holds the text box of a run: Word knows no comments inside one. The run itself elsewhere."""
    box = next(run.iterancestors(f"{_W}txbxContent"), None)
    return run if box is None else _outside_box(next(box.iterancestors(f"{_W}r")))


def _comment(document: Any, runs: Sequence[Any], text: str) -> None:
    from docx.text.run import Run

    ends = [Run(run, document) for run in (runs[0], runs[-1])]
    document.add_comment(ends, text=text, author=_AUTHOR, initials="pkb")
