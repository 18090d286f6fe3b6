"""What was received is kept byte for byte, read-only, under its hash."""

import errno
import hashlib
import os
import shutil
import time
from pathlib import Path

import pytest

from tasks.land import hash_of, land, make_durable, sweep
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def received(tmp_path: Path, name: str, content: bytes) -> Path:
    file = tmp_path / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.csv", ".csv"),
        ("a.CSV.GZ", ".csv.gz"),
        ("orders 2024.01.csv", ".01.csv"),
        ("none", ""),
        ("a.b c", ""),
        (".x", ""),
    ],
)
def test_a_file_is_kept_under_its_hash_with_what_its_name_says_of_its_format(home, tmp_path, name, suffix):
    content = bytes(range(256)) * 50_000
    landed = land(home, "till", received(tmp_path, name, content))
    assert landed.sha256 == hashlib.sha256(content).hexdigest() == hash_of(landed.path)
    assert landed.path == home.landing / "till" / (landed.sha256 + suffix)
    assert (landed.name, landed.bytes) == (name, len(content))
    assert landed.path.stat().st_mode & 0o777 == 0o444
    make_durable(landed.path)


def test_the_same_content_is_kept_once_and_left_alone(home, tmp_path):
    first = land(home, "till", received(tmp_path, "a.csv", b"x"))
    moment = first.path.stat().st_mtime_ns
    second = land(home, "till", received(tmp_path, "b.csv", b"x"))
    assert (second.path, second.path.stat().st_mtime_ns) == (first.path, moment)
    assert [file.name for file in (home.landing / "till").iterdir()] == [first.path.name]


def test_a_copy_that_grows_slowly_is_hashed_to_its_end(home, tmp_path, monkeypatch):
    def copy_slowly(file: Path, part: Path) -> None:
        with part.open("wb", buffering=0) as copy:
            for byte in file.read_bytes():
                copy.write(bytes([byte]))
                time.sleep(0.03)

    monkeypatch.setattr(shutil, "copyfile", copy_slowly)
    landed = land(home, "till", received(tmp_path, "a.csv", b"slowly"))
    assert landed.sha256 == hashlib.sha256(b"slowly").hexdigest()
    assert landed.path.read_bytes() == b"slowly"


def test_a_copy_that_fails_keeps_nothing_under_a_name(home, tmp_path, monkeypatch):
    def copy_half(file: Path, part: Path) -> None:
        part.write_bytes(file.read_bytes()[:2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", copy_half)
    with pytest.raises(OSError, match="No space left"):
        land(home, "till", received(tmp_path, "a.csv", b"too large"))
    sweep(home)
    assert list((home.landing / "till").iterdir()) == []


def test_a_copy_that_a_killed_run_left_is_swept(home, tmp_path):
    landed = land(home, "till", received(tmp_path, "a.csv", b"x"))
    (home.landing / "till" / ".4711.part").write_bytes(b"half")
    sweep(home)
    assert list((home.landing / "till").iterdir()) == [landed.path]
