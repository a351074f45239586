"""The operators of a page's content that draw or write: pdfium keeps an object of some 300 bytes for each."""

from __future__ import annotations

import re

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
