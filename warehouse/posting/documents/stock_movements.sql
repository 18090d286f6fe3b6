-- One row is a leg of the entry of a stock movement at cost.
select
    'stock_movement' as document_kind,
    movement_id as document_id,
    movement_date as entry_date,
    unnest([
        'inventory',
        case
            when movement_type = 'receipt' then 'goods_received'
            when movement_type = 'issue' then 'cost_of_sales'
            when movement_type = 'adjustment' then 'difference'
            -- What comes back from a customer was sold, what goes back to a supplier was received.
            when movement_type = 'return' and quantity > 0 then 'cost_of_sales'
            when movement_type = 'return' then 'goods_received'
        end
    ]) as leg,
    currency_code,
    cast(round(quantity * unit_cost_amount, 2) as decimal(18, 4)) as currency_amount,
    _source,
    _file,
    _row,
from record.stock_movements
