"""What the window remembers from one day to the next: language, theme, tab, filters, questions asked.

Losing it is no harm: a file that cannot be read counts as none, and one that cannot be written is let go.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from plankb import json_files
from plankb.errors import Language, PlankbError

_HISTORY = 100


@dataclass
class State:
    """The state of a window. `panes` holds what each tab wants to find again, by the tab's name."""

    lang: Language = "zh"
    theme: str = "plankb-dark"
    tab: str = "ask"
    panes: dict[str, dict[str, object]] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)

    def asked(self, question: str) -> None:
        """Remembers a question, the newest last, each once."""
        self.questions = [*(q for q in self.questions if q != question), question][-_HISTORY:]


def default_path() -> Path:
    """Where the state of this user's windows is kept."""
    from platformdirs import user_state_path

    return user_state_path("plankb") / "tui.json"


def load(path: Path | None) -> State:
    """The state kept in a file; a new one where there is none, or for None."""
    if path is None:
        return State()
    try:
        kept = json_files.read(path)
    except PlankbError:
        return State()
    return _from(kept) if isinstance(kept, dict) else State()


def save(state: State, path: Path | None) -> None:
    """Writes the state; None keeps nothing."""
    if path is None:
        return
    with suppress(PlankbError):
        json_files.write(path, asdict(state))


def _from(kept: Mapping[str, object]) -> State:
    fresh = State()
    panes, questions = kept.get("panes"), kept.get("questions")
    return State(
        lang="en" if kept.get("lang") == "en" else "zh",
        theme=str(kept.get("theme") or fresh.theme),
        tab=str(kept.get("tab") or fresh.tab),
        panes={str(name): saved for name, saved in panes.items() if isinstance(saved, dict)}
        if isinstance(panes, dict)
        else {},
        questions=[q for q in questions if isinstance(q, str)][-_HISTORY:] if isinstance(questions, list) else [],
    )
