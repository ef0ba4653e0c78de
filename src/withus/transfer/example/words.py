"""What the invented people of the example say. It asks what would help on a hard night, never for the worst one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One card: who says it, in words or with a picture, and which theme people later put it in."""

    who: str
    words: str
    theme: str = ""
    picture: str = ""
    may_see: str = "wall"


FIRST_WORKSHOP = (
    Said(
        "Amira",
        "A light on. If I can see from the bus stop that it is open, I will walk the rest.",
        "arriving",
        "light",
    ),
    Said("Bo", "Somebody who says hello, and then leaves me alone till I am ready.", "arriving", "door"),
    Said("Amira", "No form at the door. I can't fill in a form at midnight.", "arriving"),
    Said("Carys", "A chair with its back to the wall.", "room", "seat"),
    Said("Femi", "Toast. It is hard to be frightened and eat toast.", "room"),
    Said("Grace", "Not the smell of a clinic. Please, no posters about washing hands.", "room"),
    Said("Halima", "A room without men in it, one night a week at least.", "room", "window"),
    Said("Bo", "It gets worse after ten. Everything that is open closes at nine.", "hours", "stairs"),
    Said("Ines", "Sunday. Sunday night is the long one.", "hours"),
    Said("Amira", "Open till two would have been enough for me, most times.", "hours"),
    Said("Kofi", "I work nights. I would come at six in the morning.", "hours", "fork"),
    Said("Carys", "Let me text that I am coming, so that somebody looks out for me.", "arriving"),
    Said("Lena", "I come because of my brother. Is there a place for me too?", "who", "umbrella"),
    Said("Femi", "People who have been there themselves. Not only staff.", "who", "birds"),
    Said("Grace", "The same faces. I do not want to begin again each time.", "who"),
    Said("Halima", "Someone who speaks Somali, or a phone that does.", "who"),
    Said("Ines", "Do not ask what is wrong. Ask what I would like to drink.", "who"),
    Said("Kofi", "A dog.", "room"),
    Said(
        "Lena",
        "Tell me what happens if it is too much for a cafe. Who comes? Do I have a say?",
        "who",
        "bridge",
        "answerers",
    ),
    Said("Bo", "Something to do with my hands. Wool, cards, peeling potatoes.", "room", "tangle"),
    Said("Amira", "The bus stops at 10.40. Nobody can use the last hour.", "home"),
    Said("Carys", "A taxi number that does not ask questions, and that the cafe pays.", "home"),
    Said("Grace", "Walk me to the corner.", "home"),
)

SECOND_WORKSHOP = (
    Said("Femi", "Two lamps rather than the big light.", "room", "light"),
    Said("Halima", "If the women's night is Wednesday I can bring my sister.", "room"),
    Said("Ines", "Eight till one, with Sunday. I would give up Monday for it.", "hours"),
    Said("Kofi", "Could the last hour be on the telephone?", "hours"),
    Said("Amira", "Put the price of nothing on the door: it is free, and you need no reason.", "arriving", "door"),
    Said("Bo", "A bell that is not loud.", "arriving"),
    Said("Lena", "One page for families: what to bring, what not to say.", "who"),
    Said("Grace", "I would sit at the door one night a week myself.", "who", "seat"),
    Said("Carys", "A list at the bus stop. Who walks the same way?", "home", "fork"),
    Said("Femi", "The path by the canal has no light at all.", "home", "stairs"),
    Said("Ines", "A slow song. No news on the radio.", "room", "boat"),
    Said("Kofi", "Somewhere to charge a phone. Mine is always at two per cent by then.", "room"),
    Said("Halima", "Who gets to see what we write tonight?", "who", may_see="group"),
    Said("Bo", "Ask us again after three months. We will know more.", "who", "seedling"),
)

LIVE_NOW = (
    Said("Amira", "A lamp in the window that is only lit when somebody is there."),
    Said("Carys", "Paint the door. I never know which one it is."),
    Said("Halima", "A door that opens inwards, so I see who is there."),
    Said("Femi", "A shelf where you can leave a book for the next person.", picture="umbrella"),
    Said("Grace", "My shift at the door: Thursdays, with Ines.", picture="seat"),
    Said("Kofi", "Six in the morning on Saturdays. Just tea.", picture="seedling"),
    Said("Bo", "A card with the opening hours that fits behind a phone."),
    Said("Ines", "The big clock can go. Time is not what I need more of.", picture="tangle"),
)

PARKED = (
    ("Kofi", "Why was the building picked before anybody asked us?"),
    ("Lena", "Who sees the notes that are made about my brother?"),
    ("Amira", "Getting home after eleven."),
)

STROKES_LAMP = [
    {"pen": "ink", "points": [120, 250, 280, 250, 270, 270, 130, 270, 120, 250]},
    {"pen": "ink", "points": [200, 250, 200, 150]},
    {"pen": "amber", "points": [150, 150, 175, 80, 225, 80, 250, 150, 150, 150]},
    {"pen": "amber", "points": [140, 165, 115, 185]},
    {"pen": "amber", "points": [260, 165, 285, 185]},
    {"pen": "amber", "points": [200, 170, 200, 190]},
]
STROKES_TABLE = [
    {"pen": "plum", "points": [80, 180, 320, 180]},
    {"pen": "plum", "points": [110, 180, 100, 280]},
    {"pen": "plum", "points": [290, 180, 300, 280]},
    {"pen": "blue", "points": [170, 180, 170, 150, 210, 150, 210, 180]},
    {"pen": "blue", "points": [210, 158, 225, 158, 225, 172, 210, 172]},
    {"pen": "ink", "points": [180, 140, 185, 125, 180, 110]},
    {"pen": "ink", "points": [198, 140, 203, 125, 198, 110]},
]

DRAWINGS = (
    ("Ines", STROKES_TABLE, "This is all. A table and something hot.", "room"),
    ("Halima", STROKES_LAMP, "The lamp, so that you see from the street.", "arriving"),
)

THEMES = {
    "arriving": "Getting through the door",
    "room": "What the room is like",
    "hours": "When it is open",
    "who": "Who is there",
    "home": "Getting home",
}
