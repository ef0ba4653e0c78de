"""
Hints for whoever writes an answer: plain words, short sentences, no thanks in place of an answer. Worked out from the text alone, the same
each time. A hint never holds anything up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONG_SENTENCE = 25
"""Words. GOV.UK style: split what is longer."""
LONG_ANSWER = 150
"""Words in all parts together."""
EMPTY = (
    "your views are important", "your feedback is important", "we value your", "thank you for your feedback", "thank you for your input",
    "we take this seriously", "we take your", "we are committed to", "rest assured", "we strive to", "we always aim to",
    "lessons will be learned", "lessons have been learnt", "we will look into it", "noted and will be considered",
    "will be taken into consideration", "in due course", "at the earliest opportunity", "as soon as possible", "going forward",
)  # fmt: skip
"""What says nothing. English answers only: in other languages nothing is found, and nothing is said."""
PLAINER = {
    "utilise": "use", "facilitate": "help", "commence": "begin", "prior to": "before", "in order to": "to", "regarding": "about",
    "implement": "do", "stakeholders": "people", "service users": "people who use it", "deliverables": "what we make",
    "leverage": "use", "robust": "strong", "signpost": "tell you where to go", "pathway": "way", "co-design": "make together",
    "additional": "more", "approximately": "about", "assistance": "help", "attempt": "try", "purchase": "buy", "require": "need",
    "sufficient": "enough", "terminate": "end", "whilst": "while", "ensure": "make sure", "engagement": "taking part",
    "in relation to": "about", "with regard to": "about", "in the event that": "if", "due to the fact that": "because",
}  # fmt: skip
CHECKLIST: tuple[str | Promise, ...] = (
    gettext_lazy("Would somebody who is tired understand it the first time?"),
    gettext_lazy("Does it begin with what people said, in their words?"),
    gettext_lazy("Does it say what is done, or that it is not done? “No, because” is a good answer."),
    gettext_lazy("Is the reason the true one, money and rules too?"),
    gettext_lazy("Is there no thanks where an answer should be?"),
    gettext_lazy("Does “we” say who?"),
)


@dataclass(frozen=True)
class Text:
    """The parts of an answer that people read."""

    we_heard: str = ""
    we_do: str = ""
    because: str = ""
    meanwhile: str = ""

    @property
    def whole(self) -> str:
        return "\n".join((self.we_heard, self.we_do, self.because, self.meanwhile))


def hints(text: Text) -> list[str]:
    """In the order of the text's faults that matter most: nothing said, hard words, long sentences, too long, shouted, no reason."""
    return [*_empty(text), *_hard(text), *_long(text), *_loud(text), *_no_reason(text)]


def _empty(text: Text) -> Iterator[str]:
    low = _plain(text.whole)
    for phrase in EMPTY:
        if phrase in low:
            yield _("“%(words)s” says nothing. Say what happens.") % {"words": phrase}


def _hard(text: Text) -> Iterator[str]:
    low = _plain(text.whole)
    for hard, plain in PLAINER.items():
        if re.search(rf"\b{re.escape(hard)}\b", low):
            yield _("“%(hard)s” can be “%(plain)s”.") % {"hard": hard, "plain": plain}


def _long(text: Text) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?…])\s+|\n+", text.whole):
        words = sentence.split()
        if len(words) > LONG_SENTENCE:
            yield _("This sentence has %(count)s words. Make two of it: “%(begin)s …”") % {
                "count": len(words),
                "begin": " ".join(words[:6]),
            }
    count = len(text.whole.split())
    if count > LONG_ANSWER:
        yield _("It has %(count)s words. Half of them are read.") % {"count": count}


def _loud(text: Text) -> Iterator[str]:
    loud = sorted(set(re.findall(r"\b[A-Z]{3,}\b", text.whole)))
    if loud:
        yield _("Do people know these letters? %(letters)s") % {"letters": ", ".join(loud[:5])}


def _no_reason(text: Text) -> Iterator[str]:
    if text.because and _plain(text.because) in _plain(text.we_do):
        yield _("The reason repeats what you do. Say why.")
    elif len(text.because.split()) in (1, 2):
        yield _("The reason is very short. Would you believe it?")


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("\u2019", "'").split())
