"""Who issues a plan: the bodies that a title, a signature or the head of the first page names, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plankb import register
from plankb.plan_info.line import Line, one
from plankb.register import places

_LONGEST_BRANCH = 14


def bodies(text: str) -> tuple[str, ...]:
    """The bodies that a text names in a row, with or without marks between them; () for what is no body."""
    text = one("session").sub(one("head_last").sub(one("more").sub(text.strip("（）() "))))
    found = [part for piece in one("between_bodies").regex.split(text) for part in _apart(piece)]
    return tuple(name for name in found if _is_body(name))


def _is_body(name: str) -> bool:
    """Whether a name ends like a body and begins with whose it is, or is known without that (国资委)."""
    if len(name) < 3 or not one("body").match(name):
        return False
    begins = one("country_body").match(name) is not None or register.has_prefix(name)
    return begins or register.is_function(name) or any(places.unlisted(name[:size]) for size in range(2, 9))


def _apart(text: str) -> Iterator[str]:
    """Names written on end: a new one begins with a place or 国家, 中共, 中国 (某省人民政府国家能源局), or with
    a known one behind a known one (生态环境部财政部)."""
    start = 0
    for index in range(2, len(text) - 2):
        rest = text[index:]
        ends = one("organ_last").match(text[index - 1]) and one("body").match(text[start:index])
        if ends and _begins(text[start:index], rest) and not _is_branch(text, start, index):
            yield text[start:index]
            start = index
    yield text[start:]


def _is_branch(text: str, start: int, index: int) -> bool:
    """Whether a name goes on with the place and rank of its branch (国家税务总局某市税务局)."""
    further = range(index + 3, min(index + _LONGEST_BRANCH, len(text)) + 1)
    return any(register.is_function(text[start:end]) for end in further)


def _begins(name: str, rest: str) -> bool:
    """Whether a new name begins behind what may be one."""
    if one("country_body_next").match(rest) or places.at_start(rest):
        return True
    return register.is_body(name) and any(register.is_body(rest[:size]) for size in range(3, min(len(rest), 12) + 1))


def of_title(title: str) -> tuple[str, ...]:
    """The bodies before 关于 or 印发 in the title of a circular or an opinion."""
    match = one("circular").match(title) or one("titled").match(title)
    return bodies(match["issuer"]) if match else ()


def heading(lines: Sequence[Line]) -> tuple[str, ...]:
    """The bodies of the head of the first page: on the line that says 文件 and those right above it."""
    at = next((index for index, line in enumerate(lines) if line.kind == "head"), None)
    if at is None:
        return ()
    first = at
    while first and lines[first - 1].kind == "body":
        first -= 1
    return tuple(dict.fromkeys(name for line in lines[first : at + 1] for name in bodies(line.text)))


def signed(before: Iterable[Line], dated: Line) -> tuple[str, ...]:
    """The bodies of a signature: on the lines before the date, or before it on its line."""
    names = [name for line in before for name in bodies(line.text)]
    return tuple(dict.fromkeys((*names, *bodies(dated.who))))
