-- One row is a ratio of two figures of the statements, for the period and for the one that it is compared with.
with

ratios as (
    select ratios.ratio_no, ratios.ratio, ratios.unit, ratios.numerator, ratios.denominator
    from (
        values
        (1, 'gross margin', '%', 'gross profit', 'revenue'),
        (2, 'operating margin', '%', 'operating profit', 'revenue'),
        (3, 'net margin', '%', 'profit for the period', 'revenue'),
        (4, 'return on equity', '%', 'profit for the period', 'total equity'),
        (5, 'return on assets', '%', 'profit for the period', 'total assets'),
        (6, 'current ratio', 'times', 'total current assets', 'total current liabilities'),
        (7, 'quick ratio', 'times', 'current assets without inventory', 'total current liabilities'),
        (8, 'cash ratio', 'times', 'cash', 'total current liabilities'),
        (9, 'equity ratio', '%', 'total equity', 'total assets'),
        (10, 'debt to equity', 'times', 'total liabilities', 'total equity'),
        (11, 'interest cover', 'times', 'operating profit', 'finance costs'),
        (12, 'days sales outstanding', 'days', 'trade receivables', 'revenue'),
        (13, 'days payables outstanding', 'days', 'trade payables', 'cost of sales'),
        (14, 'days inventory outstanding', 'days', 'inventory', 'cost of sales')
    ) as ratios (ratio_no, ratio, unit, numerator, denominator)
),

periods as (select compared_as, last_date - first_date + 1 as days_count from core.periods),

worked_out as (
    select
        ratios.*,
        periods.compared_as,
        case ratios.unit when '%' then 100 when 'times' then 1 when 'days' then periods.days_count end as factor,
        cast(factor * numerators.value / nullif(denominators.value, 0) as decimal(18, 2)) as value,
    from ratios
    cross join periods
    left join core.statement_figures as numerators
        on ratios.numerator = numerators.figure and periods.compared_as = numerators.compared_as
    left join core.statement_figures as denominators
        on ratios.denominator = denominators.figure and periods.compared_as = denominators.compared_as
)

select
    ratio_no,
    ratio,
    numerator || ' / ' || denominator || if(unit = 'days', ' * days of the period', '') as formula,
    unit,
    max(value) filter (where compared_as = 'period') as value,
    max(value) filter (where compared_as = 'comparison') as comparison_value,
from worked_out
group by all
