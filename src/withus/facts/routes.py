"""Ways to hear back: a public one is there for everybody, and reaches nobody in particular."""

from withus.facts.mix import plain

# A way is public where it names one of these and nothing else but filling words. Our own lists (D).
_PUBLIC = frozenset(
    {"website", "site", "webpage", "web", "page", "media", "newsletter", "press", "poster", "posters", "noticeboard",
     "board", "intranet", "blog", "news", "newspaper", "radio", "facebook", "twitter", "x", "instagram", "youtube",
     "linkedin", "tiktok", "online", "internet", "homepage", "report"}
)  # fmt: skip
_FILLING = frozenset(
    {"public", "social", "our", "the", "a", "an", "on", "in", "and", "of", "at", "local", "council", "trust", "hospital",
     "charity", "university", "police", "project", "notice", "release", "published", "post", "posts", "paper", "home",
     "only", "page", "pages", "full", "final", "pdf"}
)  # fmt: skip

# A person says it to a person. Our own list (D): "a spoken message" may lie unheard like a letter.
_SPOKEN = frozenset(
    {"person", "face", "spoken", "phone", "telephone", "call", "calls", "rang", "rung", "door", "doorstep", "bedside", "visit",
     "visits", "meeting", "room", "aloud", "read", "out", "signed", "bsl"}
)  # fmt: skip
_BETWEEN = frozenset({"in", "at", "by", "to", "the", "a", "and", "each", "our", "their", "home", "on", "same"})


def public(route: str) -> bool:
    """ "Post" alone is a letter; "a post on social media" is not."""
    words = plain(route).replace(",", " ").replace("/", " ").replace("&", " ").split()
    return any(word in _PUBLIC for word in words) and all(word in _PUBLIC | _FILLING for word in words)


def counts_clicks(route: str | None) -> bool:
    """A newsletter goes to addresses; what a page or a poster "reached" is no person who gave something."""
    return route is not None and public(route) and "newsletter" not in plain(route)


def by_voice(route: str | None) -> bool:
    """Told person to person: who was reached so has heard it, whether or not they say so afterwards."""
    words = plain(route or "").replace(",", " ").replace("/", " ").replace("&", " ").split()
    return any(word in _SPOKEN for word in words) and all(word in _SPOKEN | _BETWEEN for word in words)
