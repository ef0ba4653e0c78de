"""
Cells of a web form's export as the person wrote them: `<p>Caf&eacute;</p>` becomes “Café”.

Only where a cell closes an element that web editors make, or breaks a line with one: “<3” and “a < b” stay as they stand.
"""

import html
import re

BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "tr", "br", "hr"}
)
INLINE = frozenset({"span", "a", "b", "strong", "i", "em", "u", "s", "sub", "sup", "font", "small", "td", "th", "img"})
INLINE |= {"tbody", "thead", "code", "figure", "section", "article", "iframe"}
UNSEEN = frozenset({"script", "style"})
_NAMES = "|".join(sorted(BLOCKS | INLINE | UNSEEN, key=len, reverse=True))
SIGN_OF_IT = re.compile(rf"</(?:{_NAMES})\s*>|<br\s*/?>|<img\s", re.IGNORECASE)
TOKEN = re.compile(rf"<!--|-->|<(?P<end>/?)(?P<name>{_NAMES})(?P<more>(?:[\s/][^<>]*)?)>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
GIVEN = re.compile(r"""\b(?P<name>href|alt|src)\s*=\s*(?:"(?P<two>[^"]*)"|'(?P<one>[^']*)')""", re.IGNORECASE)
BLANKS = re.compile(r"[^\S\n]+")
MANY_LINES = re.compile(r" ?\n(?: ?\n)+ ?")


def as_written(cell: str) -> str:
    """The words without the markup of the form that they were typed into. A cell without markup comes back as it is."""
    if "<" in cell and SIGN_OF_IT.search(cell):
        bare = _without_tags(cell)
        if bare is not None:
            lines = BLANKS.sub(" ", _unescaped(bare).replace("\xa0", " "))
            return "\n".join(line.strip() for line in MANY_LINES.sub("\n\n", lines).split("\n")).strip()
    return _unescaped(cell) if "&" in cell else cell


def _unescaped(text: str) -> str:
    """Entities with their semicolon only: “R&D” and “&copy that” were written so."""
    return ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _without_tags(cell: str) -> str | None:
    """None where something is opened that hides all the rest and never ends: then it was no markup."""
    out: list[str] = []
    hidden, at = "", 0
    link: tuple[str, int] | None = None
    for found in TOKEN.finditer(cell):
        read, name = found[0], (found["name"] or "").lower()
        if hidden:
            if read == hidden or (found["end"] and name == hidden):
                hidden, at = "", found.end()
            continue
        if read == "-->":
            continue
        out.append(cell[at : found.start()])
        at = found.end()
        if read == "<!--":
            hidden = "-->"
        elif name in UNSEEN:
            hidden = "" if found["end"] else name
        elif name == "a":
            if found["end"] and link is not None:
                out.append(_address_unless_seen(link[0], "".join(out[link[1] :])))
            link = None if found["end"] else (_given(found["more"]).get("href", ""), len(out))
        else:
            out.append(_stands_for(name, end=bool(found["end"]), more=found["more"]))
    if hidden:
        return None
    return "".join((*out, cell[at:]))


def _stands_for(name: str, *, end: bool, more: str) -> str:
    if name == "img":
        given = _given(more)
        return f" {given.get('alt') or given.get('src', '')} "
    if name == "li" and not end:
        return "\n- "
    if name in {"td", "th"}:
        return " "
    return "\n" if name in BLOCKS else ""


def _address_unless_seen(address: str, seen: str) -> str:
    """Where a link leads is part of what somebody said, unless its words say it already."""
    if not address.startswith(("http://", "https://")) or seen.strip().rstrip(".,…") in address:
        return ""
    return f" ({address})"


def _given(more: str) -> dict[str, str]:
    return {one["name"].lower(): one["two"] or one["one"] or "" for one in GIVEN.finditer(more)}
