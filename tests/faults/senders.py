"""Eight phones that say something again and again, each remembering what the server said that it has."""

import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from uuid import uuid4

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class _Stay(urllib.request.HTTPRedirectHandler):
    """The redirect to the receipt is the acknowledgement: it is not followed."""

    def redirect_request(self, *_: object) -> None:
        return None


class Phone:
    """One browser that joined by the room's code."""

    def __init__(self, room_link: str) -> None:
        self.cookies = CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.stay = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _Stay())
        page = self.open.open(room_link, timeout=20).read().decode()
        answer = self.open.open(room_link, self._form(page), timeout=20)
        self.room = answer.geturl()
        self.page = answer.read().decode()

    def say(self, words: str) -> bool:
        """Whether the server said that it has it. A line that broke says nothing."""
        form = self._form(self.page, words=words, sent_once=uuid4().hex, may_see="answerers")
        try:
            self.stay.open(f"{self.room}/say", form, timeout=10)
        except urllib.error.HTTPError as answer:
            return answer.code == 302 and "/receipt/" in answer.headers["Location"]
        except (OSError, urllib.error.URLError):
            return False
        return False

    @staticmethod
    def _form(page: str, **fields: str) -> bytes:
        found = TOKEN.search(page)
        assert found is not None
        return urllib.parse.urlencode({"csrfmiddlewaretoken": found[1], **fields}).encode()


class Senders:
    """They send until they are told to stop; `acknowledged` is what the server said that it has."""

    def __init__(self, phones: list[Phone]) -> None:
        self.acknowledged: list[str] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._send, args=(phone,)) for phone in phones]
        for thread in self._threads:
            thread.start()

    def _send(self, phone: Phone) -> None:
        while not self._stop.is_set():
            words = f"Said once: {uuid4().hex}"
            if phone.say(words):
                self.acknowledged.append(words)

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
