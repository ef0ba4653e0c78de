"""What the database's own process has worked for a bench, so that others on the machine do not count."""

from pathlib import Path


def worked() -> float | None:
    """
    Seconds that a processor worked for this connection of PostgreSQL. None where nobody sees that from here: a server on another machine,
    and SQLite, which works in this process.
    """
    from django.db import connection  # noqa: PLC0415 -- after setup

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ran = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return int(ran.read_text(encoding="ascii").split()[0]) / 1e9 if ran.exists() else None
