"""Publish: put an audited warehouse where analysts read, in one step that nobody sees half of."""

from pathlib import Path

from tasks.build import Building
from warehouse.home import Home
from warehouse.publish import publish


def publish_building(home: Home, building: Building) -> Path:
    """Swap the building in and return where analysts find it; whoever has the old one open keeps reading it."""
    return publish(home, building.path)
