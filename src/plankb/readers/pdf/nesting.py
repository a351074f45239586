"""How much the contents of a PDF draw: by operators, of which pdfium keeps an object of some 300 bytes for each, and
once each form is put where another draws it.

A form may draw forms, and those again: ten in each of twelve is more than a computer can draw, in a file of 3 kB, and
pdfium follows all of them. What is drawn is added up here before pdfium sees the file, over the references between the
forms; a form that cannot be looked into counts as if it drew the greatest of all as often as it has room for.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_OPERATOR = re.compile(rb"(?:[mlcvyhSsfFBb](?<=[\s\])>].)|(?:re|Tj|TJ|Do|sh)(?<=[\s\])>]..))(?=[\s\[(</*]|$)")
_NO_LETTERS = bytes(set(range(256)) - set(b"mlcvyhSsfFBbrTD"))
_FEW = 1000
_WRITTEN = b"0123456789.- \t\r\n[]()<>/mlcvyhSsfFBbrTDejow"
_LEAST_WRITTEN = 0.2
"""The share of such bytes from which a part of a stream may be content; of a picture they are a tenth."""


def operators_in(content: bytes) -> int:
    """How many operators a content has; at most its letters where those are few, none in what is no content."""
    if len(content.translate(None, _WRITTEN)) > (1 - _LEAST_WRITTEN) * len(content):
        return 0
    letters = len(content.translate(None, _NO_LETTERS))
    return len(_OPERATOR.findall(content)) if letters > _FEW else letters


_DEEPEST = 30
"""Forms in each other that pdfium follows."""
_UNPACKED = 20_000_000
"""Bytes of one form that are looked at; `guard` bounds all."""
_NAME = rb"/([^\s/\[\]()<>{}%]{1,127})"
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,9})\s{1,9}[0-9]{1,5}\s{1,9}obj\b")
_END = re.compile(rb"\bstream\b|\bendobj\b")
_FORM = re.compile(rb"/Subtype\s{0,9}/Form\b")
_PACKED = re.compile(rb"/Type\s{0,9}/ObjStm\b")
_FILTER = re.compile(rb"/Filter\b")
_DEFLATED = re.compile(rb"/Filter\s{0,9}(?:\[\s{0,9})?/(?:FlateDecode|Fl)\s{0,9}(?:\]|/(?!\w+Decode)|>>|$)")
_REFERENCE = re.compile(_NAME + rb"\s{1,9}([0-9]{1,9})\s{1,9}[0-9]{1,5}\s{1,9}R\b")
_DRAWN = re.compile(_NAME + rb"\s{1,9}Do\b")
_DO = re.compile(rb"(?<![A-Za-z0-9/])Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_RESOURCES = re.compile(rb"/Resources\b")
_NO_PAGE = re.compile(rb"/Subtype\s{0,9}/(?:Form|Image)\b|/Type\s{0,9}/(?:ObjStm|XRef|Metadata)\b|/Length1\b")
_ROOM = 1000
"""Forms that a form may draw which cannot be looked into."""
_Object = tuple[bytes, int]
"""Its dictionary, and where that ends in the file."""


@dataclass(frozen=True, slots=True)
class _Content:
    """What a stream draws: things of its own, forms and pictures by name, and what has no name here."""

    own: int
    drawn: Mapping[bytes, int]
    unnamed: int


def most_drawn(data: bytes, enough: int) -> int:
    """The things that the fullest page or form of a file draws, those in its forms counted; at most `enough`.

    0 for a file without forms.
    """
    objects = dict(_objects(data))
    contents = {number: _drawing(data, at, head) for number, (head, at) in objects.items() if _FORM.search(head)}
    if not contents:
        return 0
    cost = {number: max(1, content.own) for number, content in contents.items()}
    forms = {number: (one, _references(objects[number][0], objects)) for number, one in contents.items()}
    forms = {number: one for number, one in forms.items() if one[0].drawn or one[0].unnamed}
    for _ in range(_DEEPEST if forms else 0):
        greatest = max(cost.values())
        new = {number: _all(one, _behind(to, cost), greatest, enough) for number, (one, to) in forms.items()}
        if new == {number: cost[number] for number in forms}:
            break
        cost |= new
    return max(max(cost.values()), _fullest_page(data, objects, cost, enough))


def _all(content: _Content, behind: Mapping[bytes, int], greatest: int, enough: int) -> int:
    """What is drawn with all that stands in it; a name with no form behind it is a picture."""
    named = sum(often * behind.get(name, 1) for name, often in content.drawn.items())
    return min(enough, max(1, content.own) + named + content.unnamed * greatest)


def _behind(references: Mapping[bytes, int], cost: Mapping[int, int]) -> dict[bytes, int]:
    return {name: cost[number] for name, number in references.items() if number in cost}


def _fullest_page(data: bytes, objects: Mapping[int, _Object], cost: Mapping[int, int], enough: int) -> int:
    """The same of the streams that are no forms; a name stands for the greatest form that bears it anywhere."""
    greatest: dict[bytes, int] = {}
    for head, _ in objects.values():
        for name, drawn in _behind({name: int(number) for name, number in _REFERENCE.findall(head)}, cost).items():
            greatest[name] = max(drawn, greatest.get(name, 0))
    most = 0
    for head, at in objects.values():
        if data[at : at + 6] == b"stream" and at >= 0 and not _NO_PAGE.search(head):
            content = _drawing(data, at, head, resources=True)
            most = max(most, _all(content, greatest, 1, enough) if content.drawn else 0)
    return most


def _objects(data: bytes) -> Iterator[tuple[int, _Object]]:
    """Number, dictionary and the end of it of each object, those packed into streams first: a later one stands."""
    own = []
    for match in _OBJECT.finditer(data):
        end = _END.search(data, match.end())
        stop = end.start() if end else len(data)
        head = _plain(data[match.end() : min(stop, match.end() + _UNPACKED)])
        own.append((int(match[1]), (head, stop)))
        if _PACKED.search(head):
            yield from _packed(_content(data, stop, head) or b"")
    yield from own


def _packed(content: bytes) -> Iterator[tuple[int, _Object]]:
    """The objects of an object stream: pairs of number and place, then the objects."""
    head = re.match(rb"[0-9\s]*", content)
    figures = [int(each) for each in head[0].split()] if head else []
    first = head.end() if head else 0
    places = [*zip(figures[::2], figures[1::2], strict=False)]
    for index, (number, place) in enumerate(places):
        stop = places[index + 1][1] if index + 1 < len(places) else len(content)
        yield number, (_plain(content[first + place : first + stop]), -1)


def _drawing(data: bytes, at: int, head: bytes, *, resources: bool = False) -> _Content:
    """What a stream draws; without `resources` it must name its own, or its names say nothing."""
    content = _content(data, at, head)
    if content is None:  # packed as this does not unpack
        return _Content(1, {}, 0 if resources else _ROOM)
    drawn = Counter(_plain(name) for name in _DRAWN.findall(content))
    every, own = len(_DO.findall(content)), operators_in(content)
    if not (resources or _RESOURCES.search(head)):  # pdfium takes those of the page
        return _Content(own, {}, every)
    return _Content(own, drawn, max(0, every - drawn.total()))


def _references(head: bytes, objects: Mapping[int, _Object]) -> dict[bytes, int]:
    """Name to object of all that a dictionary refers to, and of the dictionaries that it names as its resources."""
    found = {name: int(number) for name, number in _REFERENCE.findall(head)}
    for name in (b"Resources", b"XObject"):
        if name in found and found[name] in objects:
            found |= {key: int(number) for key, number in _REFERENCE.findall(objects[found[name]][0])}
    return found


def _content(data: bytes, at: int, head: bytes) -> bytes | None:
    """What a stream holds; None where it is packed by anything but deflating."""
    start = at + len(b"stream")
    end = data.find(b"endstream", start)
    packed = data[start : end if end >= 0 else len(data)].lstrip(b"\r\n")
    if not _FILTER.search(head):
        return packed
    if not _DEFLATED.search(head):
        return None
    try:
        return zlib.decompressobj().decompress(packed, _UNPACKED)
    except zlib.error:
        return b""


def _plain(name: bytes) -> bytes:
    """With characters that are written as numbers (#46) as they are."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name)
