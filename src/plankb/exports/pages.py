"""HTML pages that need nothing else: everything that comes from plans is escaped by the template."""

from __future__ import annotations

from typing import Any

from plankb.exports.safe import plain_text


def render(template: str, **values: Any) -> bytes:
    """The bytes of a page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("plankb.exports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=lambda value: plain_text(value) if isinstance(value, str) else value,
    )  # fmt: skip
    return environment.get_template(template).render(**values).encode()
