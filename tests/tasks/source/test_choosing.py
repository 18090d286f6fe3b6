"""A run is about the sources that it names."""

import pytest

from tasks.errors import SourceError, UsageError
from tasks.source import chosen, load_sources


@pytest.fixture
def folder(write, tmp_path):
    for name in ("till_north", "till_south", "web"):
        write(("source: till", f"source: {name}"), name=f"{name}.yml")
    write(name="company.yml")
    return tmp_path


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (None, ["till_north", "till_south", "web"]),
        ([], ["till_north", "till_south", "web"]),
        (["till_*"], ["till_north", "till_south"]),
        (["web", "w*"], ["web"]),
    ],
)
def test_a_pattern_chooses_by_name(folder, patterns, names):
    assert [source.source for source in chosen(patterns, folder)] == names


def test_a_pattern_that_matches_nothing_is_told_the_nearest_name(folder):
    with pytest.raises(UsageError, match="no source is called 'till_nort'; did you mean 'till_north'"):
        chosen(["web", "till_nort"], folder)


def test_only_the_chosen_must_be_right(folder, write):
    write(("owner", "ownr"), ("source: till", "source: broken"), name="broken.yml")
    assert [source.source for source in chosen(["web"], folder)] == ["web"]
    with pytest.raises(SourceError, match=r"broken.yml:3"):
        load_sources(folder)


def test_a_folder_that_is_not_there_is_said_to_be(tmp_path):
    with pytest.raises(UsageError, match="there is no such folder"):
        load_sources(tmp_path / "nowhere")
