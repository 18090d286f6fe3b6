"""Table macros of the published file: the statements for any day, period and comparison, made from the same models."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.connection import Connection
from warehouse.models import Model
from warehouse.tables import literal

DAYS = ("as_of_date", "financial_year_start", "comparison_first_date", "comparison_last_date")
"""The variables that say of which days a model tells."""

KEPT = ("core.ledger_lines", "core.account_days", "core.assets_on_credit", "core.as_of")
"""Tables that are read as they are published: they hold every day up to that of the publication."""

VARIABLE = re.compile(r"getvariable\('(\w+)'\)")


@dataclass(frozen=True)
class Macro:
    """A published table, told of other days: its parameters, and what they put in place of the publication's days."""

    name: str
    model: str
    parameters: str
    days: Mapping[str, str]


BETWEEN = {
    "financial_year_start": "cast(from_day as date)",
    "as_of_date": "cast(to_day as date)",
    "comparison_first_date": "cast(compared_from as date)",
    "comparison_last_date": "cast(compared_to as date)",
}
BETWEEN_DAYS = "from_day, to_day, compared_from := null, compared_to := null"

ON = {
    "financial_year_start": "{year_start(cast(on_day as date))}",
    "as_of_date": "cast(on_day as date)",
    "comparison_first_date": "{year_start(cast(compared_on as date))}",
    "comparison_last_date": "cast(compared_on as date)",
}
ON_DAY = "on_day, compared_on := null"

MACROS = (
    Macro(
        "finance.trial_balance_at",
        "finance.trial_balance",
        "on_day, from_day := null",
        {**ON, "financial_year_start": "coalesce(cast(from_day as date), {year_start(cast(on_day as date))})"},
    ),
    Macro("finance.income_statement_between", "finance.income_statement", BETWEEN_DAYS, BETWEEN),
    Macro("finance.balance_sheet_at", "finance.balance_sheet", ON_DAY, ON),
    Macro("finance.cash_flow_between", "finance.cash_flow", BETWEEN_DAYS, BETWEEN),
    Macro("finance.financial_ratios_between", "finance.financial_ratios", BETWEEN_DAYS, BETWEEN),
    Macro("finance.statement_accounts_between", "finance.statement_accounts", BETWEEN_DAYS, BETWEEN),
    Macro("finance.statement_entries_between", "finance.statement_entries", BETWEEN_DAYS, BETWEEN),
    Macro("finance.receivables_ageing_at", "finance.receivables_ageing", "on_day", ON),
    Macro("finance.payables_ageing_at", "finance.payables_ageing", "on_day", ON),
    Macro("finance.ageing_by_party_at", "finance.ageing_by_party", "on_day", ON),
)


def make_macros(connection: Connection, models: Sequence[Model], year_start: date) -> None:
    """Make every macro whose table is among the models; a financial year begins on the day of `year_start`."""
    by_name = {model.name: model for model in models}
    for macro in MACROS:
        if macro.model in by_name:
            sql = macro_sql(macro, by_name, year_start)
            connection.execute(f"create or replace macro {macro.name}({macro.parameters}) as table\n{sql}")
            told = f"{by_name[macro.model].grain} Told of other days than {macro.model}."
            connection.execute(f"comment on macro table {macro.name} is {literal(told)}")


def macro_sql(macro: Macro, models: Mapping[str, Model], year_start: date) -> str:
    """The model's select with the macro's days in it, and in every model that it reads and that asks for a day."""

    def answered(found: re.Match[str]) -> str:
        if found[1] in macro.days:
            return f"({_with_years(macro.days[found[1]], year_start)})"
        # What else a model asks for is the publication's own.
        return f"(select {found[1]} from core.as_of)"

    def inlined(model: Model) -> str:
        sql = VARIABLE.sub(answered, model.sql)
        for reference in sorted(model.references & models.keys()):
            if reference not in KEPT and _asks_for_days(models[reference], models):
                inner = inlined(models[reference]).replace("\\", r"\\")
                sql = re.sub(rf"\b{re.escape(reference)}\b", f"(\n{inner}\n)", sql)
        return sql

    return inlined(models[macro.model])


def _asks_for_days(model: Model, models: Mapping[str, Model]) -> bool:
    if any(name in DAYS for name in VARIABLE.findall(model.sql)):
        return True
    read = (models[name] for name in model.references & models.keys() if name not in KEPT)
    return any(_asks_for_days(one, models) for one in read)


def _with_years(expression: str, start: date) -> str:
    """The expression with `{year_start(day)}` worked out: the first day of the financial year that holds a day."""

    def worked_out(found: re.Match[str]) -> str:
        day = found[1]
        earlier = f"if(month({day}) * 100 + day({day}) < {start.month * 100 + start.day}, 1, 0)"
        return f"cast(make_date(year({day}) - {earlier}, {start.month}, 1) + {start.day - 1} as date)"

    return re.sub(r"\{year_start\((cast\(\w+ as date\))\)\}", worked_out, expression)
