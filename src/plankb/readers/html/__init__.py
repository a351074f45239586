"""Web pages as governments publish documents: the main text and its tables, without what the page has around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plankb.document import Document
from plankb.document.bounds import require_markup
from plankb.readers.html.above import apart
from plankb.readers.html.attributes import MOST_ATTRIBUTES, most_attributes
from plankb.readers.html.flow import Flow
from plankb.readers.html.page import as_tables, aside, content_of
from plankb.readers.plain.decode import decode

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096
"""The bytes in which a page names its encoding."""
_CHINESE = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_MARKUP = re.compile(r"<\s*(?:html|head|body|div|p|table|meta|span|br|!doctype)\b", re.IGNORECASE)


def read(data: bytes) -> Document:
    """The document of a web page.

    Raises ValueError where the bytes are no text with marks of HTML, E157 where they are far too many for one page.
    """
    text = _decoded(data)
    require_markup(len(text))
    if not _MARKUP.search(text):
        raise ValueError("not a web page")
    if most_attributes(text) > MOST_ATTRIBUTES:
        raise ValueError("an element of thousands of attributes")
    root = _parsed(text)
    if root is None:
        return Document("", ())
    as_tables(root)
    content, skip = content_of(root), aside(root)
    if content is not root:
        skip |= apart(root, content, skip)
    return Flow(skip=skip).document(root)


def _decoded(data: bytes) -> str:
    """The text of a page: what is valid UTF-8 is that, whatever the page says; GB 2312 is read as GB 18030."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    named = _CHARSET.search(data[:_HEAD])
    encoding = named[1].decode("ascii").lower() if named else ""
    if encoding in _CHINESE:
        return data.decode("gb18030", errors="replace")
    return decode(data)


def _parsed(text: str) -> Element:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, recover=True
    )
    try:
        # Lone surrogates (from character references) cannot be encoded.
        plain = _DECLARATION.sub("", text, count=1).encode("utf-8", errors="replace")
        root = etree.fromstring(plain, parser)
    except etree.LxmlError as error:
        raise ValueError("not a web page") from error
    if any(one.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for one in parser.error_log):
        raise ValueError("nested so deep that the rest was left out")
    return root
