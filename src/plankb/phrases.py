"""Facts in words, the same wherever they are shown: "≥80%", "较2020年下降18%". The words: `words/records.toml`."""

from __future__ import annotations

from collections.abc import Iterable

from plankb.model import Number, Target
from plankb.words import Language, word


def value(target: Target, lang: Language = "zh") -> str:
    """What a target commits to, without its indicator and time: "≥80%", "下降18%", "1.5～2万吨", or its words."""
    if target.value is None:
        said = target.qualitative or ""
    else:
        said = _change(target, lang) + word("operator", target.op, lang) + _amount(target)
    return said + (word("remark", "stretch", lang) if target.stretch and said else "")


def _change(target: Target, lang: Language) -> str:
    base = word("remark", "from_base", lang).format(year=target.base_year) if target.base_year else ""
    return base + word("change", target.change, lang)


def _amount(target: Target) -> str:
    numbers = [number(part) for part in (target.value, target.value_max) if part is not None]
    return "～".join(numbers) + (target.unit or "")


def number(value: Number) -> str:
    """A number as people write it: no ".0", no exponent."""
    text = f"{value:.10f}" if isinstance(value, float) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def trail(section: Iterable[str]) -> str:
    """A section path in one line, outermost heading first."""
    return " > ".join(section)
