"""The list of speakable words: EFF's short list 2, in which the first three letters settle a word, without the unloved ones."""

from functools import cache
from importlib.resources import files

_LISTED = """
abnormal abrasion affidavit afoot afraid aggressor aghast agitate aidless aimlessly alcohol alibi ammunition
anesthesia anxiety argument arsonist asbestos asinine asocial atrocious atypical autopsy badass bazooka blade
bomb bossiness buddhist bullet cadaver cadillac cage caucasian cesspool corpse crime crisis cruel culprit
cynicism dagger dastardly dead debris deranged disease dizziness dozed droppings drown dwarfism dying dynamite
egomaniac elderly emaciate enema enforcer epidemic eskimo eulogy euthanize evil exorcist fat fatal feudalist
fever feverish filth fiscally flight ghost ghoulishly gibberish gnarly grumbling guerrilla guilt gullible gun
gutless gynecology hacking haggard handgun hangover hate heinously hell hobo hurt hypnotist idiocy idiot ill
imbecile immigrant infect insane ipad iphone issueless itunes jail jailhouse jaundice jealous jeep jezebel
jobholder jobless jockstrap judiciary juvenile kamikaze kill kleenex knickers knife laxative lazybones leukemia
lewdness liability listless loony lubricant lunatic maimed malformed maniac morgue mortuary mugshot mummy
myspace nastiness nefarious nemesis nervously nicotine nintendo nuclear nuisance numbing obese obituary
obliterate obnoxious ogre overdose pantyhose pauper pesticide pimp pistol poison policeman prison psychopath
rabies rape rash razor revolver riptide sabotage savage scar sedative segregator severely shyness siamese sick
slapping slave smelliness suffocate suicide sword syringes tampon throat thwarting tumor tupperware tyrannical
ugly ulcer underwear unhinge unusual uranium urologist vagrancy vagrant vanquished vaseline velcro victim
vigilante virus vomit vulture weapon wifeless wikipedia womb wound wreckage wrongdoing xerox yahoo zombie
"""
UNLOVED = frozenset(_LISTED.split())
"""
Illness, harm, insult, brands: nobody who is tired or anxious should be handed one. To be changed only before a first slip is printed, since
everybody's words depend on it.
"""
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
