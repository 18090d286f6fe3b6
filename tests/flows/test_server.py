"""Which Prefect API a command's runs are recorded with."""

import socket
from pathlib import Path

import pytest

from flows.server import free_port, is_answering, is_configured


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_PROFILES_PATH", str(tmp_path / "profiles.toml"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)


def test_nothing_is_configured_on_a_fresh_machine():
    assert not is_configured()


def test_an_address_in_the_environment_is_the_user_s_word(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api")
    assert is_configured()


@pytest.mark.parametrize(("active", "configured"), [("cloud", True), ("local", False)])
def test_a_profile_counts_when_it_is_active_and_names_an_address(tmp_path: Path, active: str, configured: bool):
    (tmp_path / "profiles.toml").write_text(
        f'active = "{active}"\n[profiles.local]\n[profiles.cloud]\nPREFECT_API_URL = "https://prefect.example/api"\n'
    )
    assert is_configured() is configured


def test_a_port_that_is_taken_is_passed_over():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_nobody_answers_at_an_address_where_nobody_listens():
    assert not is_answering(f"http://127.0.0.1:{free_port()}/api")
