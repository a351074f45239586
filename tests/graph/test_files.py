"""Each file opened by its own consumer."""

from __future__ import annotations

import json
import shutil
import subprocess
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx as nx
import pytest
from defusedxml import ElementTree

from plankb.errors import PlankbError
from plankb.exports.formats import FORMATS, known, render
from plankb.graph import Graph
from plankb.printing import printed

SVG = "{http://www.w3.org/2000/svg}"
GEXF = "{http://www.gexf.net/1.2draft}"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def same(read: Any, graph: Graph) -> None:
    """The same nodes with their labels, and as many edges of each kind."""
    assert {at: printed(data["label"]) for at, data in graph.nodes(data=True)} == {
        at: printed(data["label"]) for at, data in read.nodes(data=True)
    }
    wanted = sorted((start, end, data["kind"]) for start, end, data in graph.edges(data=True))
    assert sorted((start, end, data["kind"]) for start, end, data in read.edges(data=True)) == wanted


def test_graphml_is_read_by_networkx(graph: Graph) -> None:
    same(nx.read_graphml(BytesIO(render("graph", graph, ".graphml")), force_multigraph=True), graph)


def test_gexf_is_read_by_networkx(graph: Graph) -> None:
    read = nx.read_gexf(BytesIO(render("graph", graph, ".gexf")))
    assert {at: data["kind"] for at, data in read.nodes(data=True)} == nx.get_node_attributes(graph, "kind")
    assert read.number_of_edges() == graph.number_of_edges()


def test_gexf_keeps_the_rules_of_its_schema(graph: Graph) -> None:
    root = ElementTree.fromstring(render("graph", graph, ".gexf"))
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
    (body,) = root.iter(f"{GEXF}graph")
    assert body.get("defaultedgetype") in ("directed", "undirected", "mutual")
    nodes = {node.get("id") for node in body.iter(f"{GEXF}node")}
    assert len(nodes) == graph.number_of_nodes()
    edges = list(body.iter(f"{GEXF}edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)
    for kind in ("node", "edge"):
        declared = {a.get("id") for c in body.iter(f"{GEXF}attributes") if c.get("class") == kind for a in c}
        used = {v.get("for") for element in body.iter(f"{GEXF}{kind}") for v in element.iter(f"{GEXF}attvalue")}
        assert used <= declared


def test_node_link_json_is_read_by_networkx(graph: Graph) -> None:
    same(nx.node_link_graph(json.loads(render("graph", graph, ".json")), edges="links"), graph)


def test_svg_shows_bureaus_and_tasks_with_readable_labels(graph: Graph) -> None:
    root = ElementTree.fromstring(render("graph", graph, ".svg"))
    assert root.tag == f"{SVG}svg"
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    labels = [text.text for text in root.iter(f"{SVG}text")]
    assert {"a局", "甲事", "贵州省", "2030", "绿色出行比例 75%", "单位", "牵头"} <= set(labels)
    rounded = [box for box in root.iter(f"{SVG}rect") if box.get("rx")]
    boxes = [tuple(float(box.attrib[key]) for key in ("x", "y", "width", "height")) for box in rounded]
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)
    for number, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[number + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    drawn = ("leads", "supports", "joint", "sets", "due")
    assert len(list(root.iter(f"{SVG}path"))) >= sum(kind in drawn for *_, kind in graph.edges(keys=True)) - 1


def test_svg_names_its_source_where_one_points(graph: Graph) -> None:
    titles = [title.text or "" for title in ElementTree.fromstring(render("graph", graph, ".svg")).iter(f"{SVG}title")]
    assert any("甲事" in title and "（市发展改革委牵头" in title for title in titles)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.data = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        if len(self.scripts) == 1 and not self.data:
            self.data = data


def test_page_embeds_text_of_plans_as_data_that_nothing_escapes_from(graph: Graph) -> None:
    html = render("graph", graph, ".html").decode()
    page = Page()
    page.feed(html)
    assert [script.get("type") for script in page.scripts] == ["application/json", None]
    labels = {node["label"] for node in json.loads(page.data)["nodes"]}
    assert any("</script><script>alert(1)</script>&\u2028" in label for label in labels)
    assert "innerHTML" not in html
    assert "{{" not in html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_needs_no_network(graph: Graph, lang: Any) -> None:
    html = render("graph", graph, ".html", lang=lang).decode()
    assert html.count("http://www.w3.org/2000/svg") == html.count("http") - html.count("http-equiv")
    assert "default-src 'none'" in html


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_page_works_in_a_browser(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "图.html"
    path.write_bytes(render("graph", graph, ".html"))
    shown = browse(path.as_uri())
    assert 'data-id="bureau:b:a局"' in shown
    chosen = browse(f"{path.as_uri()}#{quote('task:t1')}")
    assert "<h3>甲事</h3>" in chosen
    assert "<blockquote>1.甲事。到2025年完成。（市发展改革委牵头，市交委等按职责分工负责）</blockquote>" in chosen
    hostile = browse(f"{path.as_uri()}#{quote('task:u1')}")
    assert "<h3>戊事&lt;/script&gt;&lt;script&gt;alert(1)" in hostile


def browse(url: str) -> str:
    """The page after its script has run."""
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom", url]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True).stdout


def test_unknown_format_names_those_that_are_known() -> None:
    assert [known("graph", Path(f"x{suffix}")) for suffix in FORMATS["graph"]] == list(FORMATS["graph"])
    with pytest.raises(PlankbError, match="E503"):
        known("graph", Path("x.png"))
