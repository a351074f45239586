"""Whose plan it is where no list holds its place: told by its issuer, its organs, or by 全市 of a title's 市."""

from __future__ import annotations

import pytest

from plankb.plan_info.place import jurisdiction

OWN = [
    ("柳埠湾县防汛能力提升方案（2026—2028年）", "全县完成堤防加固20公里。", "柳埠湾县"),
    ("荆渚市“十五五”综合交通规划", "到2030年，全市公路里程达到9000公里。", "荆渚市"),
    ("衡岭省2027年林业工作要点", "全省完成造林20万亩。", "衡岭省"),
]


@pytest.mark.parametrize(("title", "text", "name"), OWN)
def test_a_title_begins_with_a_place_that_its_text_speaks_of_as_the_whole(title: str, text: str, name: str) -> None:
    found = jurisdiction(title, (), (), text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("荆渚市“十五五”综合交通规划", "公路里程达到9000公里。"),  # nothing says that the place is meant
        ("智慧城市建设行动方案", "全市建成智慧小区20个。"),
        ("园林县建设管理办法", "全省各地开展创建。"),  # another rank
        ("柳埠县域商业体系建设方案", "全县建成网点30个。"),  # a word that only begins with it
        ("节水示范县建设方案", "全县建成节水型单位20家。"),
    ],
)
def test_words_that_only_end_as_a_place_does_are_none(title: str, text: str) -> None:
    assert jurisdiction(title, (), (), text) is None
