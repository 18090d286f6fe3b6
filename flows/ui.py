"""`make ui`: Prefect's page with every flow deployed and a worker at work, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType

from flows import lifeline
from flows.server import address_file, free_port, is_answering, prefect_home, wait_for

PORT = 4200
"""Prefect's own; the next free one when it is taken."""

REPOSITORY = Path(__file__).resolve().parents[1]

POOL = "countinghouse"


def home_root() -> Path:
    """The company's home folder."""
    return Path(os.environ.get("COUNTINGHOUSE_HOME") or "data").expanduser().resolve()


def environment(root: Path, port: int) -> dict[str, str]:
    """What server, deployments and worker have in common."""
    api = f"http://127.0.0.1:{port}/api"
    return {
        **os.environ,
        "COUNTINGHOUSE_HOME": str(root),
        "PREFECT_HOME": str(prefect_home(root)),
        "PREFECT_API_URL": api,
        # The page asks port 4200 unless told.
        "PREFECT_UI_API_URL": api,
        # Often enough that a killed run is noticed within minutes.
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        # Who holds the writer's slot is remembered when the server stops.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        # The worker imports flows by their dotted names.
        "PYTHONPATH": os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")])),
    }


def deploy(env: dict[str, str], log: Path) -> None:
    """Apply `prefect.yaml`.

    Raises RuntimeError with what Prefect said when it refuses.
    """
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    log.write_text(done.stdout + done.stderr)
    if done.returncode:
        raise RuntimeError(f"prefect.yaml was not accepted:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def serve(root: Path) -> int:
    """Start everything, print the address, and stop everything when asked to."""
    kept = address_file(root)
    if kept.exists() and is_answering(kept.read_text()):
        print(f"The page of {root} is open already: {kept.read_text().removesuffix('/api')}")
        return 0
    port = free_port(PORT)
    env = environment(root, port)
    os.environ.update(env)
    logs = prefect_home(root)
    asked = stop_when_asked()
    server = lifeline.start(
        [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)], logs / "server.log", env
    )
    running = [server]
    try:
        print("Starting Prefect's server, deployments and a worker; half a minute ...", flush=True)
        wait_for(env["PREFECT_API_URL"], server, logs / "server.log")
        set_up(env, logs / "deploy.log")
        worker = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--name", "countinghouse"]
        running.append(lifeline.start(worker, logs / "worker.log", env))
        kept.write_text(env["PREFECT_API_URL"])
        print(f"Prefect: http://127.0.0.1:{port}   (home {root}; logs in {logs}; Ctrl-C stops it)", flush=True)
        return watch(running, asked)
    finally:
        kept.unlink(missing_ok=True)
        for process in reversed(running):
            lifeline.stop(process)


def set_up(env: dict[str, str], log: Path) -> None:
    """Work pool, writer's limit, deployments, and the removal of what `prefect.yaml` no longer names."""
    from flows.registration import ensure_limit, ensure_pool, ensure_watch_for_killed_runs, remove_what_is_gone

    ensure_pool(POOL)
    ensure_limit()
    ensure_watch_for_killed_runs()
    deploy(env, log)
    remove_what_is_gone(REPOSITORY / "prefect.yaml")


def stop_when_asked() -> threading.Event:
    """An event that Ctrl-C or a termination sets."""
    asked = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    signal.signal(signal.SIGINT, ask)
    signal.signal(signal.SIGTERM, ask)
    return asked


def watch(running: list[subprocess.Popen[bytes]], asked: threading.Event) -> int:
    """Wait until asked to stop, or until one of the processes ends by itself, which is an error."""
    while not asked.wait(0.5):
        if any(process.poll() is not None for process in running):
            print("the server or the worker ended by itself; its log says why", file=sys.stderr)
            return 1
    print("Stopping ...", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(serve(home_root()))
