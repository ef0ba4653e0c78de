"""
Paper: a Typst source of ours and the data for it become a tagged PDF (PDF/UA-1), which a screen reader reads in order.

Data never become source: they come as JSON under `sys.inputs.said`, so nobody's words can be taken for markup.
"""

import json
import logging
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils import translation

PACKAGE = Path(__file__).resolve().parent.parent
STANDARD: Literal["ua-1"] = "ua-1"
NOT_SHOWN = "could not be displayed"
"""What Typst says where no font of this machine has a letter."""
FIRST_PICTURE = 0x2600
"""From here on a sign is a picture: weather, faces, flags."""
log = logging.getLogger(__name__)


def pdf(source: str, said: Mapping[str, Any]) -> bytes:
    """
    `source` is the file's place in the package: `loop/paper/letters.typ`. What it shows is `said`, as `base.typ` reads it; `language` and
    `right_to_left` are in it already. One smile on one card must not cost two hundred people their letters: what no font here shows is
    written as its name where it is a picture, and is an empty box where it is a letter.
    """
    language = translation.get_language() or "en"
    frame = {"language": language.split("-")[0], "right_to_left": translation.get_language_bidi()}
    data = _each({**frame, **said}, _printable)
    for shown in (data, _each(data, _in_words)):
        try:
            return _made(source, shown, STANDARD)
        except typst.TypstError as trouble:
            if NOT_SHOWN not in str(trouble):
                raise
    log.warning("Paper has empty boxes on it: no font of this machine shows some of its letters.")
    return _made(source, _each(data, _in_words), None)


def _made(source: str, said: Any, standard: Literal["ua-1"] | None) -> bytes:  # Any: what goes into JSON
    made = typst.compile(
        PACKAGE / source,
        root=PACKAGE,
        format="pdf",
        sys_inputs={"said": json.dumps(said, ensure_ascii=False)},
        pdf_standards=standard,
    )
    assert isinstance(made, bytes)
    return made


def _each(said: Any, change: Callable[[str], str]) -> Any:  # Any: what goes into JSON
    match said:
        case str():
            return change(said)
        case Mapping():
            return {name: _each(value, change) for name, value in said.items()}
        case list() | tuple():
            return [_each(value, change) for value in said]
    return said


def _printable(text: str) -> str:
    """Without what is no letter at all: control characters, marks of byte order, what Unicode keeps free for ever."""
    return "".join(letter for letter in text if letter in "\n\t" or not _is_none(letter))


def _is_none(letter: str) -> bool:
    number = ord(letter)
    return (
        unicodedata.category(letter) in {"Cc", "Cs"}
        or number == 0xFEFF
        or number & 0xFFFE == 0xFFFE
        or 0xFDD0 <= number <= 0xFDEF
    )


def _in_words(text: str) -> str:
    """A face is read out by its name, too."""
    return "".join(f"[{unicodedata.name(one, '?').lower()}]" if _is_picture(one) else one for one in text)


def _is_picture(letter: str) -> bool:
    return ord(letter) >= FIRST_PICTURE and unicodedata.category(letter) in {"So", "Sk"}
