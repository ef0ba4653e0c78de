"""
What people write into a field that they were made to fill in: acknowledged, set apart, owed no answer.

“No” is an answer, and not here; nor is “nobody”, “I don't know”, or “nothing” with a word of praise beside it.
"""

import unicodedata

ENGLISH = frozenset((
    "", "n/a", "n.a", "na", "n\\a", "#n/a", "(blank)", "not applicable", "none", "none at all", "nil", "nothing", "no comment",
    "no comments", "no further comment", "no further comments", "no other comments", "no more comments", "no additional comments",
    "nothing at all", "absolutely nothing", "nothing really", "no nothing", "not a thing", "nothing to add", "nothing else to add",
    "nothing further to add", "nothing more to add", "nothing to say", "nothing to report", "nothing more", "nothing else",
    "nothing further", "nothing in particular", "nothing comes to mind", "nothing springs to mind", "nothing i can think of",
    "none that i can think of", "can't think of anything", "cannot think of anything",
))  # fmt: skip
ELSEWHERE = frozenset((
    # Welsh, Irish, Scottish Gaelic
    "dim byd", "dim byd i'w ychwanegu", "dim i'w ychwanegu", "dim sylw", "dim sylwadau", "amherthnasol", "ddim yn berthnasol", "faic",
    "rud ar bith", "gun bheachd",
    # German, Dutch, Swedish, Norwegian, Danish, Finnish
    "nichts", "gar nichts", "nix", "nichts zu sagen", "nichts hinzuzufügen", "nichts weiter", "keine", "keine angabe", "keine angaben",
    "k.a", "kein kommentar", "keine kommentare", "keine anmerkungen", "entfällt", "niets", "niets toe te voegen", "geen",
    "geen opmerking", "geen opmerkingen", "n.v.t", "nvt", "inget", "ingenting", "inga kommentarer", "ingen kommentar",
    "ingen kommentarer", "intet", "ikke noe", "ei mitään", "ei kommentteja", "ei kommentoitavaa", "ei lisättävää", "ei muuta",
    # French, Spanish, Catalan, Italian, Portuguese, Romanian
    "rien", "rien du tout", "rien à dire", "rien à ajouter", "rien à signaler", "rien de particulier", "r.a.s", "ras", "néant", "aucun",
    "aucune", "aucun commentaire", "pas de commentaire", "pas de commentaires", "sans commentaire", "sans objet", "nada", "nada más",
    "nada que decir", "nada que añadir", "ninguna", "sin comentarios", "sin comentario", "no aplica", "res", "res a dir", "res a afegir",
    "res més", "cap comentari", "sense comentaris", "niente", "nulla", "niente da dire", "niente da aggiungere", "nessun commento",
    "nenhum", "nenhuma", "nenhum comentário", "sem comentários", "sem comentário", "nada a dizer", "nada a acrescentar", "não se aplica",
    "nimic",
    # Polish and its neighbours, Russian, Ukrainian
    "nic", "brak", "brak uwag", "brak komentarza", "bez uwag", "nie dotyczy", "nic do dodania", "ništa", "niekas", "nieko", "ничего",
    "ничего не", "нечего добавить", "без комментариев", "нічого", "без коментарів",
    # Turkish, Arabic, Urdu, Hindi, Punjabi, Bengali, Gujarati, Chinese, Japanese, Korean, Greek
    "hiçbir şey", "yorum yok", "لا شيء", "لا تعليق", "لا يوجد", "کچھ نہیں", "कुछ नहीं", "ਕੁਝ ਨਹੀਂ", "কিছু না", "কিছুই না", "કંઈ નહીં",
    "没有什么", "沒有什麼", "無", "无", "特になし", "없음", "τίποτα",
))  # fmt: skip
NOTHING = ENGLISH | ELSEWHERE
MARGIN = ' .,;:-\u2013\u2014\u2026_/*!\u00a1\u3002\u06d4\u0964"\u201c\u201d\u201e\u00ab\u00bb'


def says_nothing(words: str) -> bool:
    """Of words in one form (see `clean`): whether they are only that, however they are set."""
    seen = words.casefold().replace("\u2019", "'").replace(" / ", "/").replace("...", " ")
    if not seen.isascii():
        seen = "".join(c for c in unicodedata.normalize("NFC", seen) if unicodedata.category(c) != "Cf")
    return " ".join(seen.split()).strip(MARGIN) in NOTHING
