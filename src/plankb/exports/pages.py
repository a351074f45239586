"""HTML pages that need nothing else: everything that comes from plans is escaped by the template."""

from __future__ import annotations

from typing import Any

from plankb.exports.safe import plain_text
from plankb.words import Language, Speaker


def _printable(value: Any) -> Any:
    """What a template puts out: markup that it made itself as it is, text of plans without control characters."""
    return plain_text(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def render(template: str, *, lang: Language, **values: Any) -> bytes:
    """The bytes of a page in a language; its own words are those of `words/pages.toml`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("plankb.exports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_printable,
    )  # fmt: skip
    return environment.get_template(template).render(lang=lang, say=Speaker("pages", lang), **values).encode()
