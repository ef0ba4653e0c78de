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


def public(route: str) -> bool:
    """ "Post" alone is a letter; "a post on social media" is not."""
    words = plain(route).replace(",", " ").replace("/", " ").replace("&", " ").split()
    return any(word in _PUBLIC for word in words) and all(word in _PUBLIC | _FILLING for word in words)


def counts_clicks(route: str | None) -> bool:
    """A newsletter goes to addresses; what a page or a poster "reached" is no person who gave something."""
    return route is not None and public(route) and "newsletter" not in plain(route)
