"""The sales pack: what sold, when, where, to whom, and what came back."""

from __future__ import annotations

from tasks.report.page import Pack, Sheet
from tasks.report.sales.countries import countries
from tasks.report.sales.customers import customers, new_and_returning
from tasks.report.sales.days import days
from tasks.report.sales.months import months
from tasks.report.sales.products import best_sellers, products
from tasks.report.sales.returns import returns
from tasks.report.sales.tiles import customers_tile, documents_tile, net_sales_tile, returned_tile

SALES = Pack(
    name="sales",
    title="Sales",
    question="What sold, when, where and to whom; what came back; and who is new.",
    tiles=(net_sales_tile, documents_tile, customers_tile, returned_tile),
    sections=(months, days, best_sellers, products, countries, customers, new_and_returning, returns),
    sheets={
        "monthly_sales": Sheet("sales.monthly_sales", "currency_code, month"),
        "daily_sales": Sheet("sales.daily_sales", "currency_code, document_date"),
        "best_sellers": Sheet("sales.best_sellers", "currency_code, rank"),
        "product_sales": Sheet("sales.product_sales", "currency_code, net_amount desc, product_id"),
        "country_sales": Sheet("sales.country_sales", "currency_code, net_amount desc, country_code"),
        "customer_sales": Sheet("sales.customer_sales", "currency_code, net_amount desc, customer_id"),
        "new_and_returning_customers": Sheet("sales.new_and_returning_customers", "currency_code, month"),
        "returns": Sheet("sales.returns", "currency_code, month, kind"),
    },
)
