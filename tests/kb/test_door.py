"""The door names what front ends need, and gives it."""

from __future__ import annotations

import pytest

from plankb import kb


@pytest.mark.parametrize("name", kb.__all__)
def test_everything_that_the_door_names_is_there(name: str) -> None:
    assert getattr(kb, name) is not None


def test_what_it_does_not_name_is_not_there() -> None:
    with pytest.raises(AttributeError):
        kb.nothing  # noqa: B018
