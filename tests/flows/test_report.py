"""The report flow's packs."""

from flows.report import PACKS
from tasks import report


def test_the_flow_makes_every_pack_that_there_is():
    assert tuple(report.PACKS) == PACKS
