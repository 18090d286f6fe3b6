"""Publishing: one atomic rename, so that a reader sees all of the old version or all of the new one."""

import os
from pathlib import Path

from warehouse.connection import connect
from warehouse.home import Home


def publish(home: Home, building: Path) -> Path:
    """Put a built and audited warehouse in the place of the published one; open readers keep what they opened."""
    _remember(home, building)
    flush(building)
    building.chmod(0o444)
    os.replace(building, home.published)
    flush(home.publications)
    return home.published


def _remember(home: Home, building: Path) -> None:
    # Before the rename: a run killed in between publishes the same version again, and it is remembered once.
    with connect(building) as connection:
        publications = connection.execute("select * from operations.publications").fetchall()
        connection.execute("checkpoint")
    with connect(home.warehouse) as connection:
        for publication in publications:
            connection.execute(
                """
                insert into operations.publications
                select * from (values (?, cast(? as date), cast(? as timestamptz), ?)) as new (publication_id, a, b, c)
                anti join operations.publications using (publication_id)
                """,
                publication,
            )


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
