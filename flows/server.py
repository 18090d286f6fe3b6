"""The Prefect API that a command's runs are recorded with: the user's own, that of `make ui`, or one started for the run.

Prefect starts a server of its own for a flow that has none, but first loads the whole server into the flow's process, and
only then starts it again in another. Here it starts at once, beside the flow's own imports: a command is ready in half
the time, and its runs are kept in the home folder, where `make ui` shows them.
"""

import os
import socket
import subprocess
import sys
import threading
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTUP_SECONDS = 180
"""A server's first start on a busy machine makes its database too; past this it is broken, not slow."""

USERS_OWN = ("PREFECT_API_URL", "PREFECT_PROFILE")


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


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Api:
    """An API being prepared, while the flows that will use it are imported."""

    address: str | None
    process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Run flows with it, and leave when all they had to say has arrived."""
        from prefect.logging.handlers import APILogWorker
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        self._wait()
        # Nobody watches the heart of a run that ends with its server, and each flow would wait a second for its last beat.
        quiet = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None} if self.process else {}
        try:
            with temporary_settings(quiet):
                yield
        finally:
            APILogWorker.drain_all(timeout=10)

    def _wait(self) -> None:
        """Return as soon as the API answers.

        Raises RuntimeError when it does not.
        """
        if self.process is None or self.address is None:
            return
        deadline = time.monotonic() + STARTUP_SECONDS
        while not is_answering(self.address):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the temporary Prefect server did not start; its messages are in {log_file()}")
            time.sleep(0.05)


def log_file() -> Path:
    """Where a temporary server writes what it has to say."""
    return Path(os.environ["PREFECT_HOME"]) / "server.log"


@contextmanager
def prefect_api(root: Path) -> Iterator[Api]:
    """Choose the API for the runs of this process; call it before Prefect is imported, which reads its address then."""
    # Errors reach the user in one sentence, from the command; the rest is on the run's page.
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    if is_configured():
        yield Api(None)
        return
    os.environ["PREFECT_HOME"] = str(prefect_home(root))
    kept = address_file(root)
    if kept.exists() and is_answering(kept.read_text().strip()):
        os.environ["PREFECT_API_URL"] = kept.read_text().strip()
        yield Api(os.environ["PREFECT_API_URL"])
        return
    yield from _temporary(root)


def _temporary(root: Path) -> Iterator[Api]:
    prefect_home(root).mkdir(parents=True, exist_ok=True)
    port = free_port()
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    with log_file().open("ab") as log:
        # The pipe is the server's lifeline: however this process ends, its end closes and the server stops.
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.server", str(port)], stdin=subprocess.PIPE, stdout=log, stderr=log
        )
    try:
        yield Api(os.environ["PREFECT_API_URL"], process)
    finally:
        del os.environ["PREFECT_API_URL"]
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def serve(port: int) -> None:
    """Serve Prefect's API on a port until the standard input ends; no page, no schedules, no address of our own."""
    os.environ |= {
        "PREFECT_UI_ENABLED": "false",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT__SERVER_EPHEMERAL": "1",
        "PREFECT__SERVER_FINAL": "1",
    }
    os.environ.pop("PREFECT_API_URL", None)
    lifeline = threading.Thread(target=_stop_with_parent, daemon=True)
    lifeline.start()
    import uvicorn
    from prefect.server.api.server import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(), host="127.0.0.1", port=port, log_level="error", lifespan="on"))
    STOPPING.append(server)
    server.run()


STOPPING: list = []
"""The running server, once there is one, for the thread that ends it."""


def _stop_with_parent() -> None:
    sys.stdin.buffer.read()
    for server in STOPPING:
        server.should_exit = True
    if not STOPPING:
        os._exit(0)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
