"""A few lines of text wrapped as Chinese is: no line begins with ） or 》, and what finds no room ends with …"""

from __future__ import annotations

from rich.text import Text
from textual.geometry import Size
from textual.visual import VisualType
from textual.widgets import Static

from plankb.tui.cells import clip, plain, wrap


class Prose(Static):
    """At most `most` lines; text from documents comes out harmless."""

    def __init__(self, words: str | Text = "", *, most: int, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, classes=classes, markup=False)
        self._most = most
        self.words = Text()
        self.update(words)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Shows other words."""
        text = content if isinstance(content, Text) else Text(str(content))
        self.words = Text(plain(text.plain), spans=text.spans, style=text.style)
        self.refresh(layout=layout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the words take."""
        return len(self._wrapped(width))

    def render(self) -> Text:
        """The lines."""
        lines = self._wrapped(self.size.width)
        return Text("\n", no_wrap=True).join(lines)

    def _wrapped(self, width: int) -> list[Text]:
        text = self.words
        if not text.plain or width < 2:
            return []
        found = list(wrap(text.plain, width))
        lines = [text[line.start : line.end] for line in found[: self._most]]
        if len(found) > self._most:
            last = text[found[self._most - 1].start : len(text)]
            lines[-1] = Text(clip(last.plain.replace("\n", " "), width), style=text.style)
        return lines
