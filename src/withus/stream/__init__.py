"""Server-Sent Events: topics, tickets, fan-out, replay after a number. Knows no word of the projects it serves."""

from .asks import bind_number, bind_replay
from .bus import Captured, capture, forget, listening, publish, revoke
from .endpoint import Endpoint
from .event import Event
from .hub import Hub
from .ticket import Ticket, cookie_name, give, issue, read
from .topic import Audience, Topic

__all__ = [
    "Audience",
    "Captured",
    "Endpoint",
    "Event",
    "Hub",
    "Ticket",
    "Topic",
    "bind_number",
    "bind_replay",
    "capture",
    "cookie_name",
    "forget",
    "give",
    "issue",
    "listening",
    "publish",
    "read",
    "revoke",
]
