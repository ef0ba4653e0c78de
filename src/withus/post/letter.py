from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """One e-mail, as it is handed over."""

    to: str
    subject: str
    text: str
    html: str = ""
