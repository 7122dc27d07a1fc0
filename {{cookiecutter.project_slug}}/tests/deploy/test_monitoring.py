"""Alerts, dashboard and page speak of metrics that the service has, and of all of them."""

import json
import re
from typing import Any

import pytest
from prometheus_client import Counter, Gauge, Histogram

from guard.events import Event
from observability import metrics
from tests.deploy.files import DEPLOY, PROJECT, documents

PAGE = (PROJECT / "docs" / "monitoring.md").read_text("utf-8")
RULES = [
    rule
    for group in documents(DEPLOY / "prometheus" / "alerts.yaml")[0]["groups"]
    for rule in group["rules"]
]
TESTS = documents(DEPLOY / "prometheus" / "alerts-test.yaml")[0]["tests"]
DASHBOARD = json.loads((DEPLOY / "grafana" / "dashboard.json").read_text("utf-8"))
PROMETHEUS_OWN = {"up", "ALERTS"}
NAME = re.compile(r"\b([a-z]+(?:_[a-z]+)+|up)\b(?=[{\[)\s]|$)")
PARTS = {Counter: ("_total",), Histogram: ("_bucket", "_count", "_sum"), Gauge: ("",)}


def exposed() -> dict[str, set[str]]:
    """Return the names of the samples of each metric."""
    own = [each for each in vars(metrics).values() if isinstance(each, Counter | Gauge | Histogram)]
    found = {}
    for each in own:
        (metric,) = each.describe()
        found[metric.name] = {metric.name + part for part in PARTS[type(each)]}
    return found


def queries() -> dict[str, str]:
    """Return every expression of alerts and dashboard, by where it stands."""
    alerts = {rule["alert"]: rule["expr"] for rule in RULES}
    panels = {
        f"{panel['title']} {target['refId']}": target["expr"]
        for panel in DASHBOARD["panels"]
        for target in panel["targets"]
    }
    return alerts | panels


def names(query: str) -> set[str]:
    """Return the metrics of an expression: neither its labels nor its functions."""
    bare = re.sub(r"\b(by|on|without) ?\([^)]*\)", " ", re.sub(r"\{[^}]*\}", "{", query))
    return set(NAME.findall(bare))


@pytest.mark.parametrize("where", queries())
def test_a_query_asks_for_what_the_service_has(where: str) -> None:
    known = set().union(*exposed().values())
    asked = names(queries()[where])
    assert asked
    assert asked - known - PROMETHEUS_OWN == set()


@pytest.mark.parametrize("query", queries().values(), ids=queries())
def test_a_query_asks_by_labels_and_events_that_there_are(query: str) -> None:
    labels = {"route", "method", "status", "event", "rule", "version", "le", "job", "instance"}
    selected = re.findall(r"(\w+)(?:=|!=|=~|!~)\"", query)
    grouped = ",".join(re.findall(r"\b(?:by|on) ?\(([^)]*)\)", query)).replace(" ", "")
    assert {*selected, *filter(None, grouped.split(","))} <= labels
    assert set(re.findall(r'event="(\w+)"', query)) <= set(Event)


def test_the_dashboard_shows_every_metric() -> None:
    shown = set().union(*(names(target) for target in panel_queries()))
    assert [metric for metric, parts in exposed().items() if not parts & shown] == []


def panel_queries() -> list[str]:
    return [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


def test_the_page_explains_every_metric_and_no_other() -> None:
    table = PAGE.partition("| metric |")[2].partition("##")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    explained = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    counters = {name for names in exposed().values() for name in names if name.endswith("_total")}
    assert sorted(explained) == sorted(
        f"{name}_total" if f"{name}_total" in counters else name for name in exposed()
    )


def test_the_page_says_what_to_do_about_every_alert_and_no_other() -> None:
    table = PAGE.partition("| alert |")[2]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [rule["alert"] for rule in RULES]


def test_every_alert_is_tried() -> None:
    fires = set(re.findall(r'alertname="(\w+)"', str(TESTS)))
    assert fires == {rule["alert"] for rule in RULES}
    assert all(test["promql_expr_test"][0]["exp_samples"] == [] for test in TESTS)  # and rests


def test_every_panel_has_a_place_and_a_source() -> None:
    panels: list[dict[str, Any]] = DASHBOARD["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        assert panel["datasource"]["uid"] == "${datasource}"
        assert panel["targets"]
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert max(cells)[0] < 24  # columns of a dashboard
        assert not cells & taken
        taken |= cells
