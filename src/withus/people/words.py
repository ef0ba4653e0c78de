"""The list of speakable words: EFF's short list 2, in which the first three letters settle a word, without the unloved ones."""

from functools import cache
from importlib.resources import files

UNLOVED = frozenset(
    {
        "afoot",
        "alcohol",
        "alibi",
        "autopsy",
        "bomb",
        "bullet",
        "cadaver",
        "corpse",
        "crime",
        "crisis",
        "cruel",
        "dagger",
        "dead",
        "disease",
        "drown",
        "dying",
        "enema",
        "evil",
        "fatal",
        "fat",
        "fever",
        "filth",
        "ghost",
        "gun",
        "guilt",
        "hangover",
        "hate",
        "hell",
        "hobo",
        "hurt",
        "idiot",
        "ill",
        "infect",
        "insane",
        "jail",
        "jobless",
        "kill",
        "knife",
        "lunatic",
        "maniac",
        "morgue",
        "obese",
        "ogre",
        "overdose",
        "pimp",
        "pistol",
        "poison",
        "prison",
        "rabies",
        "rape",
        "rash",
        "razor",
        "scar",
        "sick",
        "slave",
        "suicide",
        "tumor",
        "ulcer",
        "ugly",
        "vagrant",
        "victim",
        "vomit",
        "vulture",
        "weapon",
        "wound",
        "zombie",
    }
)
LETTERS = 3


@cache
def words() -> tuple[str, ...]:
    """Every word that a person may be given, in a fixed order: the order is part of what printed slips depend on."""
    text = (files("xkcdpass") / "static" / "eff-special").read_text(encoding="utf-8")
    return tuple(word for word in text.split() if word.isascii() and word.isalpha() and word not in UNLOVED)


@cache
def _by_start() -> dict[str, str]:
    return {word[:LETTERS]: word for word in words()}


def settle(typed: str) -> str:
    """
    The canonical form of words as somebody typed or said them: case, digits, hyphens and the spelling after the third letter do not matter.
    A word that starts like none of ours stays as it is, and opens nothing.
    """
    letters = "".join(c if c.isalpha() else " " for c in typed.casefold())
    return " ".join(_by_start().get(word[:LETTERS], word) for word in letters.split())
