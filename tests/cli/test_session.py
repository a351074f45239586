"""What every command says in the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.cli import session
from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase


def test_of_very_many_remarks_of_a_kind_the_first_are_told_and_the_rest_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_TOLD", 2)
    errors = [PlankbError("E511", id=number) for number in range(5)]
    session.Session(KnowledgeBase(tmp_path), "en").remarks([*errors, PlankbError("E518")])
    assert capsys.readouterr().err.splitlines() == [
        "no such correction: 0",
        "no such correction: 1",
        "3 more remarks of this kind are not listed one by one",
        "there are no corrections in the workbook",
    ]
