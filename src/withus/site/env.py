"""What the environment may set. A value that cannot be right is refused with its name, never guessed."""

import os
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(Exception):
    """A setting that cannot be right: its name and what would be."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value in {"", "1", "true", "yes", "0", "false", "no"}:
        return value in {"1", "true", "yes"} if value else default
    raise BadSetting(f"{name} is {value!r}; it can be yes or no.")


def whole_number(name: str, default: int) -> int:
    value = text(name)
    if value and not value.isdecimal():
        raise BadSetting(f"{name} is {value!r}; it has to be a whole number.")
    return int(value) if value else default


def words(name: str) -> list[str]:
    return [one.strip() for one in text(name).split(",") if one.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(text(name) or default).expanduser().resolve()


def public_address(name: str, default: str) -> str:
    """The address that people type, without a slash at its end: `https://withus.example.org`."""
    value = (text(name) or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise BadSetting(f"{name} is {value!r}; it has to look like https://withus.example.org.")
    return value


def beginning(prefix: str) -> dict[str, str]:
    """All that begin so, without that beginning: what a provider's own client wants to know has a name that only it knows."""
    return {name.removeprefix(prefix): text(name) for name in os.environ if name.startswith(prefix)}


def mail_domain(sender: str) -> str:
    """Where our mail comes from, for its Message-ID: `withus.example.org` of `Lantern House <post@withus.example.org>`."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    if not domain:
        raise BadSetting(f"WITHUS_MAIL_FROM is {sender!r}; it has to look like post@withus.example.org.")
    return domain


def database(name: str, data: Path) -> dict[str, object]:
    """
    Django's DATABASES entry: SQLite in the data folder, or what DATABASE_URL names (`postgresql://user:password@host:port/name`;
    for a socket `postgresql:///name?host=/run/postgresql`).
    """
    url = text(name)
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "withus.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 10,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(f"{name} has to begin with postgresql:// (or be empty, for SQLite).")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
