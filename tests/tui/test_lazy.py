from __future__ import annotations

from collections.abc import Sequence

from plankb.tui.heights import Heights, height_of, lines_of, most_lines
from plankb.tui.lazy import PAGE, Lazy


def test_only_the_pages_that_are_shown_are_read() -> None:
    asked: list[int] = []

    def read(keys: Sequence[str]) -> list[int]:
        asked.append(len(keys))
        return [int(key) for key in keys]

    rows = Lazy([str(n) for n in range(10 * PAGE + 1)], read)
    assert (len(rows), rows[0], rows[1], rows[-1]) == (10 * PAGE + 1, 0, 1, 10 * PAGE)
    assert asked == [PAGE, 1]
    assert rows[PAGE - 1 : PAGE + 1] == [PAGE - 1, PAGE]
    assert list(rows) == list(range(10 * PAGE + 1))


def test_which_row_is_on_which_line() -> None:
    heights = Heights(3, [2, 1, 3])
    assert heights.total == 6
    assert [heights.row_at(line) for line in range(7)] == [0, 0, 1, 2, 2, 2, 3]
    assert [(heights.top(row), heights.height(row)) for row in range(3)] == [(0, 2), (2, 1), (3, 3)]
    flat = Heights(3)
    assert (flat.total, flat.row_at(2), flat.row_at(3), flat.top(2), flat.height(2)) == (3, 2, 3, 2, 1)


def test_cells_wrap_where_there_is_room_and_are_cut_where_there_is_not() -> None:
    assert list(lines_of("新建绿色建筑占比", 8, 1)) == ["新建绿…"]
    assert list(lines_of("新建绿色建筑占比", 8, 2)) == ["新建绿色", "建筑占比"]
    assert list(lines_of("新建绿色建筑占比达到", 8, 2)) == ["新建绿色", "建筑占…"]
    assert list(lines_of("（新建）绿色", 8, 2))[1][0] not in "）》"
    assert height_of(("新建绿色建筑占比", "短"), (8, 4), 3) == 2
    assert (most_lines(30, 5), most_lines(7, 5), most_lines(30, 100_000)) == (4, 1, 1)
