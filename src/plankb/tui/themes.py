"""The two themes, and the user's own colours in them."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

from plankb.tui.settings import ScreensFile

DARK = Theme(
    name="plankb-dark",
    primary="#6ea8fe",
    secondary="#9ec5a4",
    accent="#f2c14e",
    foreground="#e6e6e3",
    background="#14171c",
    surface="#1b1f26",
    panel="#262b34",
    warning="#f2c14e",
    error="#f28482",
    success="#84c7a0",
    dark=True,
)
LIGHT = Theme(
    name="plankb-light",
    primary="#1d4f91",
    secondary="#2f6b4f",
    accent="#8a5a00",
    foreground="#1c1f24",
    background="#fafaf7",
    surface="#f1f1ec",
    panel="#e3e4de",
    warning="#8a5a00",
    error="#a52a2a",
    success="#2f6b4f",
    dark=False,
)


def themes(own: ScreensFile) -> tuple[Theme, Theme]:
    """Both, with the user's own colours."""
    return (
        replace(DARK, **own.dark.model_dump(exclude_none=True)),
        replace(LIGHT, **own.light.model_dump(exclude_none=True)),
    )
