"""The payroll register: what was earned, kept back and paid out, and what it cost; nobody stands here by name."""

from __future__ import annotations

from typing import Any

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, latest, totals
from tasks.report.publication import in_all
from tasks.report.wording import amount, long_day, plural

MONTHS_SHOWN = 12


def payroll(figures: Figures, publication: Publication) -> Section:
    """Payslips by month; payslip by payslip they stand in the workbook."""
    title, trail = "Payroll", ("finance.payroll_register", "record.payslips")
    rows = figures.rows(
        """
        select
            currency_code,
            month,
            count(*) as payslips_count,
            sum(gross_pay_amount),
            sum(employee_tax_amount),
            sum(employee_social_amount),
            sum(net_pay_amount),
            sum(employer_social_amount),
            sum(employer_cost_amount),
        from finance.payroll_register
        group by currency_code, month
        order by currency_code, month
        """
    )
    if not rows:
        lead = f"No payslips are known up to {long_day(publication.as_of)}."
        return Section("payroll", title, lead, trail, is_empty=True)
    by_code = {
        code: [row[1:] for row in rows if row[0] == code] for code in figures.currencies("finance.payroll_register")
    }
    cost = in_all([amount(code, sum(row[7] for row in of)) for code, of in by_code.items()])
    lead = (
        f"{plural(sum(row[2] for row in rows), 'payslip')} up to {long_day(publication.as_of)} cost {cost}, "
        "contributions of the employer included; the tie-outs hold them to the payroll accounts."
    )
    return Section("payroll", title, lead, trail, tables=tuple(payroll_table(code, of) for code, of in by_code.items()))


def payroll_table(code: str, rows: list[tuple[Any, ...]]) -> Table:
    """The pay of a currency by month."""
    columns = (
        Column("Month", "month"),
        Column("Payslips", "count"),
        Column("Gross pay", "money"),
        Column("Tax", "money"),
        Column("Social security", "money"),
        Column("Net pay", "money"),
        Column("Employer's share", "money"),
        Column("Cost", "money", has_bar=True),
    )
    kept, note = latest(rows, MONTHS_SHOWN, "month")
    return Table(f"Payroll by month, {code}", columns, kept, totals("All months", rows), note)
