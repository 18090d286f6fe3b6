"""A wrong word is met with the nearest right one."""

import pytest

from tasks.source.words import nearest


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("quantitiy", "; did you mean 'quantity'?"),
        ("QUANTITY", "; did you mean 'quantity'?"),
        ("zebra", ""),
        ("", ""),
    ],
)
def test_nearest(wrong, told):
    assert nearest(wrong, ["quantity", "net_amount"]) == told
