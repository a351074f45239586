"""One plan, of no real place, with a ruled table of merged cells, written in one format after another."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from plankb.readers.office import find
from tests.readers.word import p, table, tc, word

BEFORE = (
    "绵阳市水利设施提升行动方案（2026—2028年）",
    "一、主要目标",
    "到2028年，治理河道120公里，农村自来水普及率达到92%以上。",
    "二、重点任务",
    "（一）推进河道治理。到2027年，新建泵站35座。（牵头单位：市水利局；配合单位：市财政局、市自然资源和规划局）",
    "（二）完善供水管网。到2028年，新建水厂6座。（责任单位：市住房城乡建设委、市水利局）",
    "三、主要指标",
)
ROWS = (
    ("类别", "指标", "单位", "2025年", "2028年", "属性"),
    ("河湖", "治理河道长度", "公里", "45", "120", "约束性"),
    ("", "水质优良断面比例", "%", "88", "95", "约束性"),
    ("供水", "农村自来水普及率", "%", "86", "92", "预期性"),
    ("", "供水管网漏损率", "%", "12", "9", "约束性"),
)
AFTER = ("四、保障措施", "市水利局每半年通报进展情况。")


def as_docx() -> bytes:
    """The plan as a Word file."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    width = '<w:tcW w:w="1500" w:type="dxa"/>'
    rows = []
    for row in ROWS:
        merge = ['<w:vMerge w:val="restart"/>' if row[0] else "<w:vMerge/>", "", "", "", "", ""]
        rows.append("".join(tc(p(text), width + m) for text, m in zip(row, merge, strict=True)))
    ruled = table(*rows).replace("<w:tblPr/>", f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>", 1)
    return word("".join(map(p, BEFORE)) + ruled + "".join(map(p, AFTER)))


def as_html() -> bytes:
    """The plan as a web page in GB 2312."""
    cells = ""
    for row in ROWS:
        first = f'<td rowspan="{2 if row[0] != "类别" else 1}">{row[0]}</td>' if row[0] else ""
        cells += f"<tr>{first}{''.join(f'<td>{text}</td>' for text in row[1:])}</tr>"
    body = "".join(f"<p>{text}</p>" for text in BEFORE) + f"<table border=1>{cells}</table>"
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    return f"<html><head>{head}</head><body>{body}{''.join(f'<p>{t}</p>' for t in AFTER)}</body></html>".encode(
        "gb18030"
    )


def as_ofd() -> bytes:
    """The plan as an OFD file, its lines wrapped at the margin, its table ruled."""
    content = "".join(_objects())
    page = f"<ofd:Page {_OFD}><ofd:Content><ofd:Layer ID='3'>{content}</ofd:Layer></ofd:Content></ofd:Page>"
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    pages = "<ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/></ofd:Pages>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f"<ofd:OFD {_OFD}>{root}</ofd:OFD>")
        common = f"<ofd:CommonData>{area}</ofd:CommonData>"
        archive.writestr("Doc_0/Document.xml", f"<ofd:Document {_OFD}>{common}{pages}</ofd:Document>")
        archive.writestr("Doc_0/Pages/Page_0/Content.xml", page)
    return stream.getvalue()


_OFD = "xmlns:ofd='http://www.ofdspec.org/2016'"
_SIZE, _LEFT, _STEP, _LINE = 5.0, 25.0, 9.0, 32
"""Millimetres, and letters on a line."""


def _objects() -> Iterator[str]:
    y = 25.0
    for text in BEFORE:
        for line in _wrapped(text):
            yield _printed(line, _LEFT, y)
            y += _STEP
    edges = [_LEFT + width for width in (0, 20, 75, 95, 115, 135, 160)]
    top = y
    for row in ROWS:
        for text, left in zip(row, edges, strict=False):
            yield _printed(text, left + 2, y)
        start = edges[0] if row[0] else edges[1]
        yield _ruled(start, y, edges[-1], y)
        y += _STEP
    yield _ruled(edges[0], y, edges[-1], y)
    yield from (_ruled(x, top, x, y) for x in edges)
    y += _STEP
    for text in AFTER:
        yield _printed(text, _LEFT, y)
        y += _STEP


def _wrapped(text: str) -> list[str]:
    """Lines; a paragraph that fills several begins with two empty places."""
    if len(text) <= _LINE:
        return [text]
    text = "\u3000\u3000" + text
    return [text[start : start + _LINE] for start in range(0, len(text), _LINE)]


def _printed(text: str, x: float, y: float) -> str:
    steps = " ".join("5" if char > "\u2e7f" else "2.5" for char in text[:-1])
    code = f"<ofd:TextCode X='0' Y='5' DeltaX='{steps}'>{text}</ofd:TextCode>"
    return f"<ofd:TextObject Boundary='{x} {y} 170 8' Size='{_SIZE}' Font='2'>{code}</ofd:TextObject>" if text else ""


def _ruled(x0: float, y0: float, x1: float, y1: float) -> str:
    data = f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData>"
    return f"<ofd:PathObject Boundary='{x0} {y0} {x1 - x0} {y1 - y0}' LineWidth='0.3'>{data}</ofd:PathObject>"


def made_by_libreoffice(ending: str, docx: bytes | None = None) -> bytes:
    """The plan, or another Word file, as LibreOffice writes it: "doc", "odt", "rtf", "html" or "pdf"."""
    program = find()
    assert program is not None
    filters = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "plan.docx").write_bytes(docx or as_docx())
        subprocess.run(
            [
                str(program), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
                filters.get(ending, ending), "--outdir", name, str(folder / "plan.docx"),
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        return (folder / f"plan.{ending}").read_bytes()
