"""Charts as SVG: Vega-Lite specifications, drawn without a browser and without a network by vl-convert.

Colours are variables of the style sheet, so that a chart follows the light or dark theme of the page. Every chart is
drawn twice, for a wide and for a narrow screen.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from tasks.report.amounts import amount
from tasks.report.labels import labels
from tasks.report.records import Score, StageCount

FUNNEL: Final = ("planned", "signed", "registered", "started", "under_construction", "completed", "production")
"""The stages of the funnel, from intention to production."""

_MOST_ZONES = 16
_WIDE, _NARROW = 620, 330
_CONFIG: Final = {
    "font": "inherit",
    # The page says in words what a chart draws, and the table beside it has every number.
    "aria": False,
    "view": {"stroke": None},
    "axis": {"labelColor": "var(--ink)", "labelFontSize": 12.5, "labelLimit": 0, "labelPadding": 8},
    "text": {"fontSize": 12.5},
}
_LEGEND: Final = {
    "labelColor": "var(--ink)",
    "labelFontSize": 12.5,
    "orient": "top",
    "title": None,
    "symbolType": "square",
}
_COLOURS: Final = dict(zip(FUNNEL, ("c4", "c5", "c6", "c2", "c1", "c7", "c3"), strict=True))
_AXIS: Final = {"title": None, "ticks": False, "domain": False}
_ROOM_FOR_A_NUMBER: Final = 86
_SHORT_FORMS: Final = {
    "经济技术开发区": "经开区",
    "高新技术产业开发区": "高新区",
    "高新技术产业园区": "高新区",
    "综合保税区": "综保区",
    "自由贸易试验区": "自贸区",
}


class Chart(NamedTuple):
    """A chart in both widths; `left_out` says how many zones there was no room for."""

    wide: Markup
    narrow: Markup
    left_out: int = 0


def investment(scores: Sequence[Score]) -> Chart | None:
    """Total and completed investment of a zone, a bar each: they need not be about the same projects."""
    measures = (("investment_total", "总投资", "c2"), ("investment_completed", "完成投资", "c1"))
    zones: dict[str, dict[str, Decimal]] = {}
    for score in scores:  # they begin with the newest
        if not score.is_region:
            for field, name, _ in measures:
                if value := getattr(score, field):
                    zones.setdefault(score.zone, {}).setdefault(name, value)
    largest = sorted(zones, key=lambda zone: (-max(zones[zone].values()), zone))
    rows: list[dict[str, Any]] = []
    for zone in largest[:_MOST_ZONES]:
        said = [(name, zones[zone][name]) for _, name, _ in measures if name in zones[zone]]
        for place, (name, value) in enumerate(said):
            row = f"{'' if place else _short(zone)}\x1f{zone} {name}"
            rows.append({"row": row, "money": float(value), "words": amount(value, "CNY"), "measure": name})
    if not rows:
        return None
    used = [(name, colour) for _, name, colour in measures if any(row["measure"] == name for row in rows)]
    colours = {"domain": [name for name, _ in used], "range": [f"var(--{colour})" for _, colour in used]}
    layers = [_bar("money", {"field": "measure", "type": "nominal", "scale": colours}, 14), _words("money")]
    return _by_row("investment", rows, "money", layers, len(largest) - min(len(largest), _MOST_ZONES))


def projects(counts: Sequence[StageCount]) -> Chart | None:
    """How many projects a zone counts, one bar a stage."""
    known = _known(counts)
    largest = sorted(
        {c.zone for c in known}, key=lambda zone: (-max(c.projects for c in known if c.zone == zone), zone)
    )
    rows: list[dict[str, Any]] = []
    for zone in largest[:_MOST_ZONES]:
        # The name of the zone stands before its first bar only; the rest of a row's key is not shown.
        for place, count in enumerate(sorted((c for c in known if c.zone == zone), key=_order)):
            row = f"{'' if place else _short(zone)}\x1f{zone} {count.stage}"
            words = amount(count.projects, "count", "个")
            rows.append({"row": row, "count": float(count.projects), "words": words, "stage": _name(count.stage)})
    if not rows:
        return None
    used = [stage for stage in FUNNEL if any(row["stage"] == _name(stage) for row in rows)]
    colours = {"domain": [_name(stage) for stage in used], "range": [f"var(--{_COLOURS[stage]})" for stage in used]}
    layers = [_bar("count", {"field": "stage", "type": "nominal", "scale": colours}, 14), _words("count")]
    return _by_row("projects", rows, "count", layers, len(largest) - min(len(largest), _MOST_ZONES))


def funnel(counts: Sequence[StageCount]) -> Chart | None:
    """How many projects the zones count at each stage: a bar a stage, a piece a zone, around one middle."""
    known = _known(counts)
    if not known:
        return None
    stages = [stage for stage in FUNNEL if any(count.stage == stage for count in known)]
    longest = max(sum(count.projects for count in known if count.stage == stage) for stage in stages)
    rows = [
        {
            "stage": _name(count.stage),
            "zone": count.zone,
            "count": float(count.projects),
            # Where a piece is too short for its number, the table beside has it.
            "words": amount(count.projects, "count") if count.projects > longest / 16 else "",
        }
        for count in sorted(known, key=lambda count: (_order(count), -count.projects, count.zone))
    ]
    order = [_name(stage) for stage in stages]
    axis = _AXIS | {"minExtent": 50, "maxExtent": 50}
    colours = {"domain": order, "range": [f"var(--{_COLOURS[stage]})" for stage in stages]}
    x = {"field": "count", "type": "quantitative", "stack": "center", "axis": None}
    spec = {
        "data": {"values": rows},
        "height": {"step": 42},
        "encoding": {
            "y": {"field": "stage", "type": "nominal", "sort": order, "axis": axis},
            "x": x,
            "detail": {"field": "zone", "type": "nominal"},
            "order": {"field": "count", "sort": "descending"},
        },
        "layer": [
            {
                "mark": {"type": "bar", "stroke": "var(--paper)", "strokeWidth": 1.5, "height": 30},
                "encoding": {"color": {"field": "stage", "scale": colours, "legend": None}},
            },
            {
                "mark": {"type": "text", "fill": "var(--paper)", "fontWeight": "bold"},
                "encoding": {"text": {"field": "words"}, "x": x | {"bandPosition": 0.5}},
            },
        ],
    }
    return Chart(_svg("funnel-w", spec, _WIDE - 50), _svg("funnel-n", spec, _NARROW - 50))


class _Counted(NamedTuple):
    """A count of the funnel that is one number of one zone."""

    stage: str
    zone: str
    projects: Decimal


def _known(counts: Sequence[StageCount]) -> list[_Counted]:
    return [
        _Counted(c.stage, c.zone, c.projects)
        for c in counts
        if c.projects is not None and c.stage in FUNNEL and not c.is_region
    ]


def _order(count: _Counted) -> int:
    return FUNNEL.index(count.stage)


def _name(stage: str) -> str:
    return labels().of("stage", stage).zh


def _short(zone: str) -> str:
    """The usual short form of a zone's name, at most eleven characters of it."""
    for long, short in _SHORT_FORMS.items():
        zone = zone.replace(long, short)
    return zone if len(zone) <= 11 else f"{zone[:10]}…"


def _by_row(name: str, rows: list[dict[str, Any]], end: str, layers: list[dict[str, Any]], left_out: int) -> Chart:
    """A bar chart with a line of text before each row and a number behind it, for both widths.

    How wide a text is depends on the reader's fonts, which nobody knows here; a Chinese character is as wide as it is
    high in all of them.
    """
    extent = 14 + 12.5 * max(len(row["row"].split("\x1f")[0]) for row in rows)
    axis = _AXIS | {"labelExpr": "split(datum.label, '\x1f')[0]", "minExtent": extent, "maxExtent": extent}
    top = max(row[end] for row in rows)
    drawn = []
    for side, width in (("w", _WIDE - extent), ("n", _NARROW - extent)):
        domain = [0, top * width / (width - _ROOM_FOR_A_NUMBER)]
        for layer in layers:
            layer["encoding"]["x"]["scale"] = {"domain": domain}
        spec = {
            "data": {"values": rows},
            "height": {"step": 27},
            "config": _CONFIG | {"legend": _LEGEND | {"columns": 7 if side == "w" else 4}},
            "encoding": {"y": {"field": "row", "type": "nominal", "sort": None, "axis": axis}},
            "layer": layers,
        }
        drawn.append(_svg(f"{name}-{side}", spec, width))
    return Chart(drawn[0], drawn[1], left_out)


def _bar(field: str, colour: dict[str, Any], height: int) -> dict[str, Any]:
    x = {"field": field, "type": "quantitative", "axis": None, "stack": None}
    return {"mark": {"type": "bar", "height": height}, "encoding": {"x": x, "color": colour}}


def _words(at: str) -> dict[str, Any]:
    mark = {"type": "text", "align": "left", "dx": 6, "fill": "var(--ink)"}
    x = {"field": at, "type": "quantitative", "axis": None}
    return {"mark": mark, "encoding": {"x": x, "text": {"field": "words"}}}


def _svg(name: str, spec: dict[str, Any], width: float) -> Markup:
    # It brings a JavaScript engine: imported where a chart is drawn.
    import vl_convert

    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "background": None,
        "padding": 4,
        "config": _CONFIG,
        **spec,
    }
    drawn: str = vl_convert.vegalite_to_svg(whole)
    # Several drawings stand in one page: their names for clipping must not be the same.
    drawn = drawn.replace('id="clip', f'id="{name}-clip').replace("url(#clip", f"url(#{name}-clip")
    # vl-convert escapes what it writes.
    return Markup(drawn)  # noqa: S704
