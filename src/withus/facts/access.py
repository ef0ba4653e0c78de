"""Whom a method shuts out: abilities it requires against the needs that invited people named."""

from withus.facts.method import Method
from withus.facts.mix import plain
from withus.facts.workshop import Workshop

# Ability: words of needs that say it is missing, and words of adaptations or supports that stand in for it.
# Our own lists (D); a word that is not in them is not known, and raises no finding.
LACKS: dict[str, tuple[str, ...]] = {
    "sight": ("blind", "no sight", "low vision", "sight loss", "partially sighted", "visual impairment", "screen reader",
              "braille", "vision impaired", "sight"),
    "hearing": ("deaf", "hard of hearing", "hearing loss", "hearing", "bsl", "sign language", "captions", "hearing loop"),
    "hands": ("hands", "limited hand use", "tremor", "no hand use", "motor", "switch", "arthritis", "dexterity"),
    "speech": ("no speech", "non verbal", "non speaking", "aphasia", "aac", "speech", "stammer"),
    "walking": ("wheelchair", "walking", "cannot walk", "mobility", "step free", "walking frame"),
    "standing": ("wheelchair", "standing", "cannot stand", "seat", "seated", "mobility", "walking frame"),
    "reading": ("easy read", "reading", "cannot read", "low literacy", "dyslexia", "read aloud"),
    "writing": ("writing", "cannot write", "scribe", "low literacy", "dyslexia"),
    "english": ("interpreter", "english", "translation", "another language"),
    "internet": ("no internet", "offline", "no phone", "internet", "phone"),
}  # fmt: skip
ALIKE = {
    "walk": "walking", "movement": "walking", "mobility": "walking", "stairs": "walking", "stand": "standing",
    "seeing": "sight", "vision": "sight", "hand": "hands", "fine motor": "hands", "dexterity": "hands",
    "listening": "hearing", "talking": "speech", "speaking": "speech", "read": "reading", "literacy": "reading",
    "write": "writing", "smartphone": "internet", "phone": "internet", "computer": "internet", "online": "internet",
    "spoken english": "english", "language": "english",
}  # fmt: skip
STANDS_IN: dict[str, tuple[str, ...]] = {
    "sight": ("texture", "tactile", "touch", "audio", "describ", "words", "read aloud", "braille", "sound", "object"),
    "hearing": ("bsl", "sign", "caption", "loop", "written", "text", "palantypist", "note taker", "speech to text"),
    "hands": ("scribe", "partner", "helper", "words", "dictat", "voice", "spoken", "pre-cut", "switch", "supporter",
              "eye"),
    "speech": ("written", "writing", "cards", "text", "symbol", "aac", "mat", "drawing", "supporter", "proxy"),
    "walking": ("seat", "wheel", "step free", "table", "ride", "come to", "pass round", "online", "phone"),
    "standing": ("seat", "chair", "table", "pass round", "sit"),
    "reading": ("read aloud", "easy", "picture", "audio", "symbol", "spoken", "supporter", "words only"),
    "writing": ("scribe", "draw", "voice", "spoken", "dictat", "picture", "audio", "supporter"),
    "english": ("interpret", "translat", "picture", "symbol", "language"),
    "internet": ("paper", "print", "phone call", "post", "in person", "card"),
}  # fmt: skip


def ability(word: str) -> str | None:
    name = plain(word)
    name = ALIKE.get(name, name)
    return name if name in LACKS else None


def lacking(workshop: Workshop, wanted: str, *, surely: bool = False) -> bool:
    """
    Somebody invited named a need that says this ability is missing, and it is not known to be met; `surely`: what is booked
    for that person is written down, and does not meet it.
    """
    for each in workshop.people or ():
        if surely and each.supports is None:
            continue
        met = {plain(word) for word in each.supports or ()}
        for need in each.needs or ():
            named = plain(need)
            says = named in LACKS[wanted] or named == f"no {wanted}"
            if says and each.count != 0 and named not in met and not stands_in(wanted, each.supports or ()):
                return True
    return False


def stands_in(wanted: str, offered: tuple[str, ...]) -> bool:
    words = [plain(word) for word in offered]
    return any(plain(part) in word for word in words for part in STANDS_IN[wanted])


def shut_out(workshop: Workshop, method: Method, *, surely: bool = False) -> tuple[str, ...]:
    """Abilities that this method requires, that somebody invited lacks, and that nothing booked stands in for."""
    if method.adaptations is None:
        return ()
    wanted = {found for word in method.requires or () if (found := ability(word))}
    missing = (
        each for each in wanted if lacking(workshop, each, surely=surely) and not stands_in(each, method.adaptations)
    )
    return tuple(sorted(missing))


def presumed_shut_out(workshop: Workshop, method: Method) -> bool:
    """
    Nothing is booked for those who cannot do it, and that is written down; what is booked for these people is not. It is as
    good as known: whoever plans a picture evening for blind people and books nothing has not thought of them.
    """
    return method.adaptations == () and bool(shut_out(workshop, method)) and not shut_out(workshop, method, surely=True)


def unclear(workshop: Workshop, method: Method) -> bool:
    """Somebody may be shut out, but what is booked for it is not written down."""
    if method.adaptations is not None:
        return False
    return any(lacking(workshop, found) for word in method.requires or () if (found := ability(word)))
