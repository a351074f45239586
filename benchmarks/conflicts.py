"""How long conflicts take, and how much memory, on the targets and tasks of many made-up plans.

`python benchmarks/conflicts.py [PLANS]` makes 1,000 plans of 26 places with 40 targets and 15 tasks each, from a
fixed seed, and prints the number of conflicts, the seconds, and the peak of memory.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from plankb.checks import Known, find_conflicts
from plankb.model import Measurement, Plan, Target, Task

_SUBJECTS = [
    "绿色建筑",
    "农膜",
    "秸秆",
    "污水",
    "生活垃圾",
    "公交",
    "光伏",
    "森林",
    "湿地",
    "固废",
    "再生水",
    "供热",
    "燃气",
    "充电桩",
    "公园",
    "河道",
    "耕地",
    "矿山",
    "港口",
    "铁路",
]
_MEASURES = ["占比", "回收率", "综合利用率", "处理率", "覆盖率", "面积", "里程", "装机容量", "达标率", "满意度"]
_YEARS = ("2025", "2027", "2030", "2035")
_TASKS = [f"推进{subject}{work}" for subject in _SUBJECTS for work in ("设施建设", "智慧管理", "标准制定")]
_BUREAUS = ["发展改革委", "财政局", "生态环境局", "住房城乡建设局", "交通运输局", "水务局", "农业农村局", "林业局"]


_PLACES = [
    "贵州省",
    "四川省",
    "浙江省",
    "湖南省",
    "山东省",
    "广东省",
    "贵阳市",
    "遵义市",
    "安顺市",
    "毕节市",
    "铜仁市",
    "六盘水市",
    "成都市",
    "资阳市",
    "绵阳市",
    "德阳市",
    "杭州市",
    "宁波市",
    "湖州市",
    "长沙市",
    "湘潭市",
    "株洲市",
    "济南市",
    "青岛市",
    "广州市",
    "深圳市",
]


def plans(count: int, rng: random.Random) -> list[Plan]:
    """Plans of provinces and of the cities below them."""
    return [
        Plan(id=f"plan{number}", title=f"{place}第{number}号规划", jurisdiction=place)
        for number in range(count)
        for place in [rng.choice(_PLACES)]
    ]


def targets(plan: Plan, rng: random.Random) -> list[Target]:
    """Forty targets of a plan."""
    made = []
    for number in range(40):
        indicator = rng.choice(_SUBJECTS) + rng.choice(_MEASURES)
        unit = {"面积": "平方米", "里程": "公里", "装机容量": "千瓦"}.get(indicator[-2:], "%")
        value = rng.randrange(40, 101)
        quote = f"{indicator}达到{value}{unit}"
        made.append(
            Target(
                id=f"{plan.id}:target-{number}", plan=plan.id, section=("目标",), quote=quote, span=(0, len(quote)),
                indicator=indicator, indicator_id=indicator, op=rng.choice(("=", ">=")), value=value, unit=unit,
                normal=Measurement(value=value, unit=unit), by=rng.choice(_YEARS),
            )
        )  # fmt: skip
    return made


def tasks(plan: Plan, rng: random.Random) -> list[Task]:
    """Fifteen tasks of a plan."""
    made = []
    for number in range(15):
        title, lead = rng.choice(_TASKS), rng.choice(_BUREAUS)
        made.append(
            Task(
                id=f"{plan.id}:task-{number}", plan=plan.id, section=("任务", title), quote=title, span=(0, len(title)),
                title=title, text=title, lead=(lead,), by=(rng.choice(_YEARS),), bureaus={lead: f"x:{lead}"},
            )
        )  # fmt: skip
    return made


def main() -> None:
    """Makes the plans and takes the time."""
    rng = random.Random(20240501)
    made = plans(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, rng)
    facts = [target for plan in made for target in targets(plan, rng)]
    work = [task for plan in made for task in tasks(plan, rng)]
    for everything in (False, True):
        start = time.perf_counter()
        found = find_conflicts(Known(tuple(made), tuple(facts), tuple(work)), everything=everything)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        words = "with --all" if everything else "by default"
        print(f"{len(made)} plans, {len(facts)} targets, {words}: {len(found)} conflicts, {seconds:.1f} s, {peak} MB")


if __name__ == "__main__":
    main()
