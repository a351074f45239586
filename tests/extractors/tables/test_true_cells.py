"""Tables whose cells the file gives: merged cells, heads of several rows, columns of bureaus, rows of places."""

from __future__ import annotations

from collections.abc import Sequence

from plankb.document import CellBlock, Chars, Document, TableBlock, TextBlock
from plankb.extractors import read_plan
from plankb.model import Fact, Plan, Target, Task

ABOVE, LEFT = "^", "<"
"""A cell that belongs to the one above it, or to the one at its left."""


def document(rows: Sequence[Sequence[str]], *before: str) -> Document:
    """A document of paragraphs and one table with true cells."""
    source = ""
    texts: list[TextBlock] = []
    for line in before:
        texts.append(TextBlock(Chars(line, range(len(source), len(source) + len(line)))))
        source += line + "\n"
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in (ABOVE, LEFT):
                continue
            wide = next((n for n in range(c + 1, len(row)) if row[n] != LEFT), len(row)) - c
            tall = next((n for n in range(r + 1, len(rows)) if rows[n][c] != ABOVE), len(rows)) - r
            start = len(source)
            source += text + "\t"
            chars = (Chars(text, range(start, start + len(text))),) if text else ()
            cells.append(CellBlock(chars, r, c, tall, wide, start))
    return Document(source + "\n", (*texts, TableBlock(tuple(cells))))


def read(rows: Sequence[Sequence[str]], *before: str) -> tuple[Fact, ...]:
    plan = Plan(id="p", title="临江市养老服务规划", period="2026-2030")
    return read_plan(document(rows, "临江市养老服务规划（2026—2030年）", *before), plan).facts


def found_targets(rows: Sequence[Sequence[str]], *before: str) -> list[Target]:
    return [fact for fact in read(rows, *before) if isinstance(fact, Target)]


def targets(rows: Sequence[Sequence[str]], *before: str) -> set[tuple[str, float | None, str | None, str | None]]:
    return {(t.indicator, t.value, t.unit, t.by) for t in found_targets(rows, *before)}


def test_a_heading_over_category_and_name() -> None:
    rows = [
        ["指标", LEFT, "2025年", "2030年", "属性"],
        ["服务供给", "护理型床位占比（%）", "55", "65", "约束性"],
        [ABOVE, "社区食堂数量（家）", "20", "40", "预期性"],
    ]
    found = found_targets(rows)
    assert {(t.indicator, t.value, t.unit, t.by) for t in found} == {
        ("护理型床位占比", 65, "%", "2030"),
        ("社区食堂数量", 40, "家", "2030"),
    }
    assert {t.nature for t in found} == {"binding", "expected"}
    assert all(t.baseline and t.baseline.year == "2025" for t in found)


def test_a_title_row_and_heads_of_two_rows() -> None:
    rows = [
        ["专栏1 “十五五”养老服务主要目标", LEFT, LEFT, LEFT],
        ["项目", "单位", "规模", LEFT],
        [ABOVE, ABOVE, "2025年", "2030年"],
        ["养老床位数", "张", "9000", "15000"],
    ]
    assert targets(rows) == {("养老床位数", 15000, "张", "2030")}


def test_an_indicator_table_may_say_who_answers() -> None:
    for heading in ("责任单位", "牵头单位", "主管部门", "配合单位"):
        rows = [
            ["序号", "指标", "2025年", "2030年", heading],
            ["1", "护理型床位占比（%）", "55", "65", "市民政局"],
            ["2", "养老床位数（张）", "9000", "15000", "市民政局、市财政局"],
        ]
        assert targets(rows) == {("护理型床位占比", 65, "%", "2030"), ("养老床位数", 15000, "张", "2030")}, heading


def test_two_levels_of_indicators_name_the_lower() -> None:
    rows = [
        ["一级指标", "具体指标", "2025年", "2030年"],
        ["供给", "1．护理型床位占比（%）#", "55", "65"],
        [ABOVE, "2．助餐点数量（个）", "-", "≥120"],
    ]
    assert targets(rows) == {("护理型床位占比", 65, "%", "2030"), ("助餐点数量", 120, "个", "2030")}


def test_rows_of_places_have_their_measure_from_the_heading_or_the_caption() -> None:
    rows = [
        ["序号", "县（市）区", "2026年养老服务投资预期目标", LEFT],
        [ABOVE, ABOVE, "总量（亿元）", "比增（%）"],
        ["1", "东山区", "21", "9"],
        ["2", "其中：西湖新区", "34", "/"],
    ]
    assert targets(rows) == {
        ("东山区养老服务投资总量", 21, "亿元", "2026"),
        ("东山区养老服务投资比增", 9, "%", "2026"),
        ("西湖新区养老服务投资总量", 34, "亿元", "2026"),
    }
    years = [["地区", "2025年（基准数）", "2027年", "2030年"], ["东山区", "100", "120", "150"]]
    assert targets(years, "表3 临江市及各县区“十五五”期间新增养老床位数任务分解（张）") >= {
        ("东山区新增养老床位数", 120, "张", "2027"),
        ("东山区新增养老床位数", 150, "张", "2030"),
    }


def test_a_cell_with_two_values_gives_two_targets() -> None:
    rows = [
        ["指标", "单位", "2025年", "2030年"],
        ["电耗下降率、水耗下降率", "%", "-", "4.0、3.5"],
        ["储能规模", "万千瓦/万千瓦时", "0", "200/400"],
    ]
    found = targets(rows)
    assert {(name, value) for name, value, _, _ in found} >= {("电耗下降率", 4.0), ("水耗下降率", 3.5)}
    assert {("储能规模", 200, "万千瓦", "2030"), ("储能规模", 400, "万千瓦时", "2030")} <= found


def test_a_sub_row_has_the_measure_of_the_row_above() -> None:
    rows = [
        ["序号", "类别", "单位", "2025年", "2030年"],
        ["一", "发电利用", "", "", ""],
        ["1", "可再生能源发电装机", "万千瓦", "100", "300"],
        ["2", "其中：水电", "万千瓦", "40", "60"],
    ]
    assert targets(rows) == {
        ("可再生能源发电装机", 300, "万千瓦", "2030"),
        ("水电装机", 60, "万千瓦", "2030"),
    }


def test_a_merged_deadline_and_bureau_go_down() -> None:
    rows = [
        ["序号", "工作任务", "牵头单位", "完成时限"],
        ["1", "新建社区食堂", "市民政局", "2027年底前"],
        ["2", "改造敬老院", ABOVE, ABOVE],
        ["3", "培训护理员", "市人力资源社会保障局", "2028年"],
    ]
    found = {(t.title, t.lead, t.by) for t in read(rows) if isinstance(t, Task)}
    assert found == {
        ("新建社区食堂", ("市民政局",), ("2027",)),
        ("改造敬老院", ("市民政局",), ("2027",)),
        ("培训护理员", ("市人力资源社会保障局",), ("2028",)),
    }


def test_a_table_of_what_was_reached_holds_no_targets() -> None:
    rows = [
        ["指标", "2020年目标值", "2020年实际值", "完成情况"],
        ["护理型床位占比（%）", "50", "55", "完成"],
    ]
    assert targets(rows) == set()


def tasks(rows: Sequence[Sequence[str]]) -> list[Task]:
    return [fact for fact in read(rows) if isinstance(fact, Task)]


def test_group_rows_are_no_tasks_and_pass_nothing_on() -> None:
    rows = [
        ["序号", "工作任务", "责任单位", "完成时限"],
        ["一", "扩大供给", "", ""],
        ["1", "新建社区食堂", "市民政局", "2027年"],
        ["二", "队伍建设", "", ""],
        ["2", "培训护理员", "", "2028年"],
    ]
    found = tasks(rows)
    assert [(t.title, t.joint, t.section[-1]) for t in found] == [
        ("新建社区食堂", ("市民政局",), "扩大供给"),
        ("培训护理员", (), "队伍建设"),
    ]


def test_columns_before_the_work_item_group_it_and_those_of_problems_are_no_goals() -> None:
    rows = [
        ["区县", "片区", "类别", "名称", "实施内容", "拟解决的突出问题", "目标指标", "责任单位"],
        [
            "东山区",
            "湖滨片区",
            "设施建设",
            "食堂工程",
            "新建食堂。",
            "食堂覆盖率仅30%。",
            "新建社区食堂4家",
            "东山区人民政府",
        ],
        [ABOVE, ABOVE, "设施建设", "床位工程", "改造床位。", "床位缺口200张。", "改造床位300张", "市民政局"],
    ]
    assert [(t.title, t.joint, t.section[-3:]) for t in tasks(rows)] == [
        ("食堂工程", ("东山区人民政府",), ("东山区", "湖滨片区", "设施建设")),
        ("床位工程", ("市民政局",), ("东山区", "湖滨片区", "设施建设")),
    ]
    assert {t.value for t in found_targets(rows)} == {4, 300}


def test_a_column_of_units_makes_no_tasks_of_indicators() -> None:
    rows = [
        ["专栏2 主要目标", LEFT, LEFT, LEFT, LEFT],
        ["序号", "类别", "单位", "2025年", "2030年"],
        ["1", "社区食堂数量", "家", "20", "40"],
    ]
    assert tasks(rows) == []


def test_who_answers_for_an_indicator_is_a_task() -> None:
    rows = [
        ["序号", "指标", "2025年", "2030年", "牵头单位"],
        ["1", "护理型床位占比（%）", "55", "65", "市民政局"],
    ]
    assert [(t.title, t.lead) for t in tasks(rows)] == [("护理型床位占比（%）", ("市民政局",))]


def test_a_column_of_growth_rates_is_no_second_value() -> None:
    rows = [
        ["指标", "2025年", "2030年", "“十五五”年均增速"],
        ["养老床位数（张）", "9000", "15000", "10.8%"],
        ["护理型床位占比", "55%", "65%", "[10%]"],
        ["老年大学（所）", "——", "1", "从无到有"],
    ]
    assert targets(rows) == {
        ("养老床位数", 15000, "张", "2030"),
        ("养老床位数年均增速", 10.8, "%", "2030"),
        ("护理型床位占比", 65, "%", "2030"),
        ("老年大学", 1, "所", "2030"),
    }


def test_years_need_no_sign_of_the_year() -> None:
    rows = [
        ["序号", "指标", "2025（现状值）", "2030（目标值）", "指标属性"],
        ["1", "护理型床位占比（%）", "55", "65", "约束性"],
    ]
    (target,) = found_targets(rows)
    assert (target.by, target.value) == ("2030", 65)
    assert target.baseline is not None
    assert (target.baseline.value, target.baseline.year) == (55, "2025")


def test_the_paragraphs_of_a_cell_are_read_one_by_one() -> None:
    source = (
        "工作任务\t牵头单位\t配合单位\t新建养老床位3000张\n建成社区食堂40家\t市民政局\t市财政局\n市住房城乡建设局\t"
    )
    texts = [["工作任务"], ["牵头单位"], ["配合单位"]], [
        ["新建养老床位3000张", "建成社区食堂40家"], ["市民政局"], ["市财政局", "市住房城乡建设局"],
    ]  # fmt: skip
    cells = []
    for r, row in enumerate(texts):
        for c, parts in enumerate(row):
            found = [(part, source.index(part)) for part in parts]
            chars = tuple(Chars(part, range(start, start + len(part))) for part, start in found)
            cells.append(CellBlock(chars, r, c, at=found[0][1]))
    facts = read_plan(Document(source, (TableBlock(tuple(cells)),)), Plan(id="p", title="方案")).facts
    (task,) = [fact for fact in facts if isinstance(fact, Task)]
    assert (task.title, task.lead) == ("新建养老床位3000张", ("市民政局",))
    assert task.support == ("市财政局", "市住房城乡建设局")
    assert [(t.indicator, t.value) for t in facts if isinstance(t, Target)] == [
        ("新建养老床位", 3000),
        ("建成社区食堂", 40),
    ]


def test_a_name_may_say_its_base_year() -> None:
    rows = [["指标", "2025年", "2030年", "属性"], ["床均能耗较2025年下降（%）", "—", "5", "预期性"]]
    (target,) = found_targets(rows)
    assert (target.indicator, target.base_year, target.change, target.value) == ("床均能耗下降", "2025", "decrease", 5)


def test_a_column_of_kinds_says_the_nature_where_its_cells_say_nothing_else() -> None:
    rows = [
        ["指标", "指标类别", "2025年", "2030年"],
        ["护理型床位占比（%）", "约束性", "55", "65"],
        ["社区食堂数量（家）", "预期性", "20", "40"],
        ["养老床位数（张）", "设施", "9000", "15000"],
    ]
    found = {t.indicator: t.nature for t in found_targets(rows)}
    assert found == {"护理型床位占比": "binding", "社区食堂数量": "expected", "养老床位数": None}


def test_a_column_that_says_its_group_again_in_each_row_is_not_the_work() -> None:
    rows = [
        ["序号", "类别", "工作内容", "具体任务", "牵头单位", "完成时间"],
        ["1", "服务供给", "增加床位", "新建养老机构6家", "市民政局", "2027年6月"],
        ["2", "服务供给", "增加床位", "改造敬老院8所", "市民政局", "2028年12月"],
        ["3", "服务供给", "办好食堂", "新建社区食堂40家", "市商务局", "2028年12月"],
    ]
    found = [fact for fact in read(rows) if isinstance(fact, Task)]
    assert [(task.title, task.section[-1], task.lead) for task in found] == [
        ("新建养老机构6家", "增加床位", ("市民政局",)),
        ("改造敬老院8所", "增加床位", ("市民政局",)),
        ("新建社区食堂40家", "办好食堂", ("市商务局",)),
    ]


WORK = ["县区", "流域", "类别", "项目", "建设内容", "责任单位"]


def test_rows_of_work_hold_for_their_place_and_the_period_of_the_caption() -> None:
    rows = [
        WORK,
        ["东山县", "清溪", "水源保护", "堤岸整治", "整治堤岸12公里。", "东山县水利局"],
        [ABOVE, "白溪", ABOVE, "护林", "营造水源林300公顷，到2027年，建成护林站5个。", "东山县林业局"],
        ["西河区", "西河区清溪", "水源保护", "堤岸整治", "整治堤岸12公里。", "西河区水利局"],
    ]
    found = found_targets(rows, "附表2 各县区2026—2029年水源保护任务")
    said = [(t.scope, t.indicator, t.value, t.by, t.period, t.section[-3:]) for t in found]
    period = ("2026", "2029")
    assert said == [
        ("东山县清溪", "整治堤岸", 12, None, period, ("东山县", "清溪", "水源保护")),
        ("东山县白溪", "营造水源林", 300, None, period, ("东山县", "白溪", "水源保护")),
        ("东山县白溪", "建成护林站", 5, "2027", None, ("东山县", "白溪", "水源保护")),
        ("西河区清溪", "整治堤岸", 12, None, period, ("西河区", "西河区清溪", "水源保护")),
    ]


def test_the_year_of_a_caption_alone_and_a_table_without_places_give_nothing_more() -> None:
    rows = [["序号", "工作任务", "责任单位"], ["1", "新建口袋公园30个。", "市园林局"]]
    (one,) = found_targets(rows, "附表1 2026年重点任务")
    assert (one.scope, one.by, one.period) == (None, None, ("2026", "2030"))
    (one,) = found_targets(rows, "全市2026—2028年重点任务")
    assert (one.scope, one.by, one.period) == (None, None, ("2026", "2028"))


GROWTH = [["地区", "2025年", "2028年", "2030年"], ["东山县", "120", "150", "180"], ["西河区", "90", "110", "140"]]


def test_what_is_reckoned_or_settled_in_a_table_is_no_goal() -> None:
    for caption in (
        "表4 各县区用水需求预测（万立方米）",
        "表4 新增床位测算（张）",
        "表4 人口规模估算结果",
        "表4 上轮规划指标完成情况",
        "表4 污水排放计算参数",
    ):
        assert not targets(GROWTH, caption), caption
    assert len(targets(GROWTH, "表4 各县区新增床位目标测算（张）")) == 4


def test_by_how_much_a_goal_was_passed_is_no_goal() -> None:
    rows = [
        ["指标", "单位", "2030年目标值", "较规划值增加"],
        ["护理型床位占比", "%", "65", "3.5"],
        ["社区食堂", "家", "40", "6"],
    ]
    assert targets(rows) == {("护理型床位占比", 65, "%", "2030"), ("社区食堂", 40, "家", "2030")}


def test_documents_issued_before_the_plan_are_no_tasks() -> None:
    rows = [
        ["序号", "时间", "名称"],
        ["1", "2023年5月", "《临江市养老床位管理办法》"],
        ["2", "2024年", "《助餐补贴细则》"],
    ]
    assert not [fact for fact in read(rows, "表1 养老服务政策文件") if isinstance(fact, Task)]
    ahead = [rows[0], ["1", "2026年5月", "出台《床位管理办法》"], ["2", "2027年", "出台《助餐补贴细则》"]]
    assert len([fact for fact in read(ahead, "表1 养老服务政策文件") if isinstance(fact, Task)]) == 2
