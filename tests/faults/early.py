"""A WithUs that says "we've got it" half a second before it has: planted, so that the test of kill -9 can be seen to catch it."""

import io
import sys
import threading
import time
import types
from collections.abc import Callable, Iterable
from typing import Any

HEAD_START = 0.5
Start = Callable[..., Any]


def unheard(status: str, headers: list[tuple[str, str]], trouble: Any = None, /) -> Callable[[bytes], object]:
    """The answer comes after the one that was sent: nobody hears it."""
    return lambda _body: None


def too_early(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Answers what is said at once, and only then hands it on."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    if environ["REQUEST_METHOD"] != "POST" or not environ["PATH_INFO"].endswith("/say"):
        return application(environ, start_response)
    later = {**environ, "wsgi.input": io.BytesIO(environ["wsgi.input"].read())}

    def hand_on() -> None:
        time.sleep(HEAD_START)
        application(later, unheard)

    threading.Thread(target=hand_on, daemon=True).start()
    start_response("302 Found", [("Location", "/receipt/early"), ("Content-Length", "0")])
    return [b""]


if __name__ == "__main__":
    planted = types.ModuleType("withus.site.wsgi")
    vars(planted)["application"] = too_early
    sys.modules["withus.site.wsgi"] = planted
    from withus.site.cli import main

    main()
