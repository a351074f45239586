"""The user's own keys and colours: `screens.toml` among their settings; docs/screens.schema.json describes it.

Nothing in the file stops the program: what cannot be used is told in one line each, and the rest holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from textual.theme import Theme

from plankb import toml_files
from plankb.errors import Language, PlankbError
from plankb.kb import asker
from plankb.words import table

FILE = "screens.toml"
_COLOR = r"^#[0-9a-fA-F]{6}$"
_KEYS = r"^[a-zA-Z0-9_+,]{1,80}$"
Color = Annotated[str, Field(pattern=_COLOR)]


class Colors(BaseModel):
    """Colours of a theme, each `#rrggbb`; those left out are the theme's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    primary: Color | None = Field(None, description="tabs, headings, the cursor / 页签、标题、光标")
    secondary: Color | None = Field(None, description="targets in a text / 原文中的目标")
    accent: Color | None = Field(None, description="the quotation that is looked at / 正在看的引文")
    foreground: Color | None = Field(None, description="text / 文字")
    background: Color | None = Field(None, description="ground / 底色")
    surface: Color | None = Field(None, description="every other row, dialogs / 隔行、对话框")
    panel: Color | None = Field(None, description="bars / 页签栏和按键栏")
    warning: Color | None = Field(None, description="warnings, due soon / 警告、将到期")
    error: Color | None = Field(None, description="errors, late / 错误、逾期")
    success: Color | None = Field(None, description="what is done / 完成")


class ScreensFile(BaseModel):
    """The file `screens.toml`: language, theme, keys by what they do, colours of each theme."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="plankb screens.toml")

    language: Language | None = Field(None, description="zh, en; else as the screens were left / 默认沿用上次")
    theme: Literal["dark", "light"] | None = Field(None, description="dark, light; else as the screens were left")
    keys: dict[str, Annotated[str, Field(pattern=_KEYS)]] = Field(
        default_factory=dict,
        description="name of what is done (F1 lists them; words/screens.toml [key]) to keys, such as 'ctrl+f,f4'",
    )
    dark: Colors = Field(default_factory=lambda: Colors(), description="colours of the dark theme / 深色主题的颜色")
    light: Colors = Field(default_factory=lambda: Colors(), description="colours of the light theme / 浅色主题的颜色")


@dataclass(frozen=True, slots=True)
class Settings:
    """What could be used of the file, and what could not."""

    file: ScreensFile = field(default_factory=ScreensFile)
    faults: tuple[PlankbError, ...] = ()


def path() -> Path:
    """Where the file is looked for."""
    return asker.folder() / FILE


def load() -> Settings:
    """The user's settings; none where there is no file."""
    where = path()
    if not where.exists():
        return Settings()
    try:
        return _checked(toml_files.read(where), where)
    except PlankbError as error:
        return Settings(faults=(PlankbError("E607", path=where, where="", why=error),))


def names() -> frozenset[str]:
    """What a key can be given to."""
    return frozenset(name.removeprefix("key.") for name in table("screens") if name.startswith("key."))


def _checked(read: Mapping[str, object], where: Path) -> Settings:
    """The settings without the entries that cannot be used."""
    faults: list[PlankbError] = []

    def fault(entry: str, why: object) -> None:
        faults.append(PlankbError("E607", path=where, where=entry, why=why))

    kept = dict(read)
    keys = kept.get("keys")
    if isinstance(keys, dict):
        known = names()
        for name in [name for name in keys if name not in known]:
            fault(f"keys.{name}", PlankbError("E172", field=name))
        kept["keys"] = {name: value for name, value in keys.items() if name in known}
    for entry, why in _wrong(kept):
        fault(".".join(map(str, entry)), why)
        _take_out(kept, entry)
    try:
        return Settings(ScreensFile.model_validate(kept), tuple(faults))
    except ValidationError as error:
        fault("", _why(error.errors()[0]))
        return Settings(faults=tuple(faults))


def _wrong(read: Mapping[str, object]) -> Iterator[tuple[tuple[int | str, ...], PlankbError]]:
    try:
        ScreensFile.model_validate(read)
    except ValidationError as error:
        yield from ((each["loc"], _why(each)) for each in error.errors())


def _why(wrong: ErrorDetails) -> PlankbError:
    """What is wrong with an entry, in words of ours."""
    name = str(wrong["loc"][-1]) if wrong["loc"] else FILE
    match wrong["type"]:
        case "extra_forbidden":
            return PlankbError("E172", field=name)
        case "literal_error":
            return PlankbError("E187", field=name, expected=wrong["ctx"]["expected"].replace(" or ", ", "))
    return PlankbError("E173", field=name)


def _take_out(read: dict[str, object], entry: tuple[int | str, ...]) -> None:
    inside: object = read
    for name in entry[:-1]:
        if not isinstance(inside, dict) or name not in inside:
            return
        inside[name] = dict(inside[name]) if isinstance(inside[name], dict) else inside[name]
        inside = inside[name]
    if isinstance(inside, dict) and entry:
        inside.pop(entry[-1], None)


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
