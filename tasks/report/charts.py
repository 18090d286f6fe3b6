"""Charts as SVG: bars by month and lines by day, drawn by Vega without a browser and the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tasks.report.page import Chart
from tasks.report.wording import MINUS, MONTHS, month

# As wide as a phone, so that the lettering keeps its size there; two stand side by side on a desk.
WIDTH, HEIGHT = 336, 150
PADDING = {"left": 46, "right": 8, "top": 8, "bottom": 24}
FONT = "system-ui, sans-serif"
# Two trading years, so that each month stands beside the same month a year before.
MONTHS_DRAWN = 24
LABELLED_MONTHS = 9
"""How many months fit below the bars before their names touch."""

SERIES = ("series-1", "series-2", "series-3", "series-4")
"""Colour variables of the series, in their order."""


def bars_by_month(title: str, alt: str, series: Mapping[str, Mapping[date, Decimal | int]]) -> Chart:
    """Stacked bars, one a month; amounts below zero hang under the line."""
    import altair as alt_

    months = months_between(
        min(when for values in series.values() for when in values),
        max(when for values in series.values() for when in values),
    )
    rows = [
        {"x": when.isoformat(), "y": float(value), "series": name}
        for name, values in series.items()
        for when, value in sorted(values.items())
    ]
    names = [when.isoformat() for when in months]
    labels = month_labels(months)
    axis = alt_.Axis(values=list(labels), labelExpr=f"{object_literal(labels)}[datum.value]", **quiet_axis())
    scale = alt_.Scale(domain=names, paddingInner=0.25, paddingOuter=0.1)
    bars = (
        alt_.Chart(alt_.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt_.X("x:O", title=None, axis=axis, scale=scale),
            y=amount_axis(),
            color=colours(list(series)),
            order=alt_.Order("series:N", sort="ascending"),
        )
    )
    return Chart(title=title, alt=alt, svg=svg(bars), legend=legend(list(series)))


def drawn(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows of the months that a chart shows, up to the last; the month stands first in each row."""
    last = max(row[0] for row in rows)
    return [row for row in rows if months_apart(row[0], last) < MONTHS_DRAWN]


def months_apart(first: date, last: date) -> int:
    """How many months lie between two."""
    return (last.year - first.year) * 12 + last.month - first.month


def months_between(first: date, last: date) -> list[date]:
    """Every month from the first to the last, those without figures too: a hole must be seen as one."""
    start = first.year * 12 + first.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(start, start + months_apart(first, last) + 1)]


def line_by_day(
    title: str,
    alt: str,
    values: Sequence[tuple[date, Decimal]],
    means: Sequence[tuple[date, Decimal]],
    reach: tuple[Decimal, Decimal],
) -> Chart:
    """A thin line of the days of one year and a strong one of their running mean.

    The axis is the whole year and the reach that is given, so that charts of several years compare at a glance.
    """
    import altair as alt_

    first = date(values[0][0].year, 1, 1)
    rows = [
        {"x": (when - first).days, "y": float(value), "series": name}
        for name, points in (("day", values), ("mean", means))
        for when, value in points
    ]
    starts = {(date(first.year, number, 1) - first).days: MONTHS[number - 1][:3] for number in (1, 4, 7, 10)}
    axis = alt_.Axis(values=list(starts), labelExpr=f"{object_literal(starts)}[toString(datum.value)]", **quiet_axis())
    base = alt_.Chart(alt_.InlineData(values=rows)).encode(
        x=alt_.X("x:Q", title=None, axis=axis, scale=alt_.Scale(domain=[0, 366], nice=False)),
        y=amount_axis(alt_.Scale(domain=[float(min(reach[0], Decimal(0))), float(max(reach[1], Decimal(1)))])),
    )
    thin = base.transform_filter("datum.series == 'day'").mark_line(strokeWidth=0.8, color="var(--faint)")
    strong = base.transform_filter("datum.series == 'mean'").mark_line(strokeWidth=2, color="var(--series-1)")
    meaning = (("faint", "day"), ("series-1", "mean of 7 days"))
    return Chart(title=title, alt=alt, svg=svg(alt_.layer(thin, strong)), legend=meaning)


def amount_axis(scale: Any = None) -> Any:
    """The vertical axis: few round numbers, short (1.2M), a true minus, no line of its own."""
    import altair as alt_

    label = f"replace(replace(format(datum.value, '~s'), 'G', 'bn'), '-', '{MINUS}')"
    axis = alt_.Axis(tickCount=4, labelExpr=label, **quiet_axis(grid=True))
    return alt_.Y("y:Q", title=None, axis=axis, scale=scale or alt_.Scale())


def quiet_axis(grid: bool = False) -> dict[str, Any]:
    """An axis that steps back behind the figures, and whose labels do not depend on how wide a machine's fonts are."""
    return {
        "grid": grid,
        "domain": False,
        "ticks": False,
        "labelOverlap": False,
        "labelBound": False,
        "labelFlush": False,
        "labelAngle": 0,
        "labelPadding": 6,
        "labelLimit": 0,
    }


def colours(names: list[str]) -> Any:
    """One colour a series, in the order given; the legend stands in the page."""
    import altair as alt_

    shades = [f"var(--{shade})" for shade in SERIES[: len(names)]]
    return alt_.Color("series:N", legend=None, scale=alt_.Scale(domain=names, range=shades), sort=names)


def legend(names: list[str]) -> tuple[tuple[str, str], ...]:
    """What each colour means; a single series needs no legend."""
    return tuple(zip(SERIES, names, strict=False)) if len(names) > 1 else ()


def month_labels(months: Sequence[date]) -> dict[str, str]:
    """The months that are named below their bars: few enough not to touch, a January by its year."""
    step = next(step for step in (1, 3, 6, 12, 24, 60, 120, 1200) if len(months) <= LABELLED_MONTHS * step)
    named = [when for when in months if (when.year * 12 + when.month - 1) % step == 0] or list(months[:1])
    labels = {when: str(when.year) if when.month == 1 else MONTHS[when.month - 1][:3] for when in named}
    if all(when.month != 1 for when in named):
        labels[named[0]] = month(named[0])
    return {when.isoformat(): label for when, label in labels.items()}


def object_literal(names: Mapping[Any, str]) -> str:
    """A Vega expression that looks a label up."""
    return "{" + ",".join(f"'{key}':'{value}'" for key, value in names.items()) + "}"


def svg(chart: Any) -> str:
    """The drawn chart, in its bare form: no size of its own, no font file, nothing that depends on the machine."""
    import vl_convert

    settings = {
        "background": None,
        "font": FONT,
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelColor": "var(--muted)",
            "labelFontSize": 11,
            "gridColor": "var(--rule)",
            "titleColor": "var(--muted)",
        },
    }
    spec = chart.properties(width=WIDTH, height=HEIGHT, padding=PADDING, autosize="none").to_dict()
    spec["config"] = settings
    drawn = vl_convert.vegalite_to_svg(spec)
    return slim(drawn)


def slim(drawn: str) -> str:
    """The SVG without what a page gives it: its size in pixels (the page decides) and empty groups' paths."""
    drawn = re.sub(r'(<svg[^>]*?) width="[\d.]+" height="[\d.]+"', r"\1", drawn, count=1)
    return re.sub(r'<path class="(?:background|foreground)"[^>]*d="(?:M0,0h0v0h0Z)?"[^>]*/>', "", drawn)
