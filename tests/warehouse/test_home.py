"""A home names its places and makes none of them."""

from pathlib import Path

from warehouse.home import Home


def test_every_place_is_under_the_root_and_none_is_made(tmp_path: Path):
    home = Home(tmp_path / "home")
    places = [home.inbox, home.landing, home.warehouse, home.publications, home.published, home.reports, home.scratch]
    assert len(set(places)) == 7
    assert all(place.is_relative_to(home.root) for place in places)
    assert home.published.parent == home.publications
    assert not home.root.exists()
