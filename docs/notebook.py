"""A first look at a home: the scorecard, a chart, a number's place, an indicator through time. See notebook.md."""
# ruff: noqa: ANN001, ANN202, INP001, B018, PLR1711 - marimo names a cell's inputs as arguments and shows its last expression

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import marimo as mo
    import vl_convert

    import warehouse

    lake = warehouse.connect()
    return lake, mo, vl_convert


@app.cell
def _(lake, mo):
    issues, metrics, newest = lake.sql("SELECT count(*), sum(metric_count), max(issue_date) FROM issues").fetchone()
    mo.md(f"# 简报\n{issues} 期，{metrics} 个指标，最近一期 {newest}")
    return


@app.cell
def _(lake):
    scorecard = lake.sql(
        """
        SELECT zone, as_of, investment_total / 1e8 AS 总投资亿元, projects_under_construction AS 在建, metric_ids
        FROM zone_scorecard WHERE investment_total IS NOT NULL ORDER BY investment_total DESC
        """
    ).df()
    scorecard
    return (scorecard,)


@app.cell
def _(mo, scorecard, vl_convert):
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": scorecard[["zone", "总投资亿元"]].to_dict("records")},
        "mark": "bar",
        "encoding": {
            "y": {"field": "zone", "type": "nominal", "sort": "-x", "title": None, "axis": {"labelLimit": 0}},
            "x": {"field": "总投资亿元", "type": "quantitative"},
        },
    }
    drawing = vl_convert.vegalite_to_svg(chart)
    mo.Html(drawing)
    return (drawing,)


@app.cell
def _(lake, scorecard):
    # Every number leads to the line that it is printed on.
    first = list(scorecard["metric_ids"].iloc[0])
    places = lake.execute(
        "SELECT quote, file_name, source_line_start, sentence FROM places WHERE list_contains(?, metric_id)",
        [first],
    ).df()
    places
    return (places,)


@app.cell
def _(lake, scorecard):
    zone = scorecard["zone"].iloc[0]
    history = lake.execute("FROM timeline(?, 'project.investment')", [zone]).df()
    history
    return (history,)


if __name__ == "__main__":
    app.run()
