from __future__ import annotations

from plankb.matrix.notes import note_of, notes_of
from tests import records

NOTE = "（市发展改革委牵头，市交委（市铁路办）、市财政局等按职责分工负责）"
TASK = records.task(
    "t1",
    quote=f"1.推广新能源汽车。市交委应公布清单（见附件）。到2025年完成。{NOTE}",
    lead=("市发展改革委",),
    support=("市交委（市铁路办）", "市财政局"),
)


def test_the_source_of_a_cell_is_the_note_and_not_the_measure_that_names_the_bureau() -> None:
    assert note_of(TASK, notes_of(TASK), ("市发展改革委",)) == NOTE
    assert note_of(TASK, notes_of(TASK), ("市交委",)) == NOTE


def test_the_source_of_a_bureau_that_no_words_name_is_the_heading() -> None:
    assert note_of(TASK, notes_of(TASK), ("市数据局",)) == "1.推广新能源汽车"


def test_a_note_without_brackets_is_its_sentence() -> None:
    task = records.task("t1", quote="完善制度。牵头单位：市生态环境局；责任单位：市水务局", lead=("市生态环境局",))
    assert note_of(task, notes_of(task), ("市生态环境局",)) == "牵头单位：市生态环境局；责任单位：市水务局"
