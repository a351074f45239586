"""Whether the terminal can show the UI at all."""

from __future__ import annotations

import codecs
import locale
import os
import sys

from plankb.errors import PlankbError


def check() -> None:
    """Raises E601 where there is no terminal, E602 for one that is not UTF-8: Chinese would be lost on it."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return  # served to a browser
    if not (sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty()):
        raise PlankbError("E601")
    encoding = codecs.lookup(locale.getencoding()).name
    if encoding not in ("utf-8", "ascii"):  # the C locale says ASCII on terminals of any kind
        raise PlankbError("E602", encoding=encoding)
