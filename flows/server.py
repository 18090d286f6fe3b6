"""The Prefect API that a command's runs are recorded with: the user's own, that of `make ui`, or one for the run alone.

Prefect starts a server of its own for a flow that has none, but first loads the whole server into the flow's process,
and only then starts it again in another. Here it starts at once, beside the flow's own imports: a command is ready in
half the time, and its runs are kept in the home folder, where `make ui` shows them.
"""

import os
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows import lifeline

STARTUP_SECONDS = 180
"""A server's first start on a busy machine makes its database too; past this it is broken, not slow."""

USERS_OWN = ("PREFECT_API_URL", "PREFECT_PROFILE")
"""Who sets one of these has said which API to use."""

TEMPORARY = {
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    # What Prefect sets for a server of this kind: no schedules, no late runs, only what a run itself needs.
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}


def stay_at_home() -> None:
    """Reach a server of this machine directly, whatever proxy the office has set for all else."""
    for name in ("no_proxy", "NO_PROXY"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))


def prefect_home(root: Path) -> Path:
    """Where Prefect keeps its database for a home folder, unless the user has said where."""
    return Path(os.environ.get("PREFECT_HOME") or root / "prefect")


def address_file(root: Path) -> Path:
    """Where `make ui` writes the address of its API for as long as it runs."""
    return prefect_home(root) / "countinghouse-api"


def is_answering(api: str) -> bool:
    """Whether a Prefect API answers at the address."""
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=2) as answer:  # noqa: S310 - http, from our own file
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def is_configured() -> bool:
    """Whether the user has told Prefect which API to use, by environment, profile or settings file."""
    if any(os.environ.get(name) for name in USERS_OWN) or Path("prefect.toml").exists():
        return True
    profiles = Path(os.environ.get("PREFECT_PROFILES_PATH") or Path.home() / ".prefect" / "profiles.toml")
    if not profiles.exists():
        return False
    said = tomllib.loads(profiles.read_text())
    return "PREFECT_API_URL" in said.get("profiles", {}).get(said.get("active", ""), {})


def free_port(wanted: int = 0) -> int:
    """The wanted port if nobody listens on it, else the next free one; any free one when none is wanted."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_port(wanted + 1)
        return int(probe.getsockname()[1])


def wait_for(api: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return as soon as the API answers.

    Raises RuntimeError when it does not.
    """
    deadline = time.monotonic() + STARTUP_SECONDS
    while not is_answering(api):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the Prefect server did not start; {log} says why")
        time.sleep(0.05)


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Api:
    """An API being prepared, while the flows that will use it are imported."""

    server: subprocess.Popen[bytes] | None
    log: Path

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Run flows with it, and leave when all they had to say has arrived."""
        from prefect import Flow, tags
        from prefect.logging.handlers import APILogWorker
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        # What the first flow with a parameter would load is loaded while the server starts.
        Flow(_nothing, name="nothing").serialize_parameters({})
        if self.server:
            wait_for(os.environ["PREFECT_API_URL"], self.server, self.log)
        # Nobody watches the heart of a run that ends with its server, and each flow waits a second for its last beat.
        quiet = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None} if self.server else {}
        try:
            with temporary_settings(quiet), tags("countinghouse", "command"):
                yield
        finally:
            APILogWorker.drain_all(timeout=10)


@contextmanager
def prefect_api(root: Path) -> Iterator[Api]:
    """Choose the API for the runs of this process; call it before Prefect is imported, which reads its address then."""
    stay_at_home()
    # Errors reach the user in one sentence, from the command; the rest is on the run's page.
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    log = prefect_home(root) / "server.log"
    if is_configured():
        yield Api(None, log)
        return
    os.environ["PREFECT_HOME"] = str(prefect_home(root))
    kept = address_file(root)
    if kept.exists() and is_answering(kept.read_text()):
        os.environ["PREFECT_API_URL"] = kept.read_text()
        yield Api(None, log)
        return
    port = free_port()
    server = lifeline.start(_temporary_server(port), log, {**os.environ, **TEMPORARY})
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    try:
        yield Api(server, log)
    finally:
        del os.environ["PREFECT_API_URL"]
        lifeline.stop(server)


def _temporary_server(port: int) -> list[str]:
    application = ["--factory", "prefect.server.api.server:create_app", "--lifespan", "on"]
    return [sys.executable, "-m", "uvicorn", *application, "--port", str(port), "--log-level", "error"]
