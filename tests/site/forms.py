"""The forms of a page that post, as a browser would send them: what is filled in, and each of their buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Sent = dict[str, list[str]]
TYPED = {"email": "new@example.org", "tel": "07700 900 123", "date": "2027-06-01", "time": "10:00", "number": "5"}
"""What somebody writes into an empty field of this kind."""
UNSEEN = {"submit", "button", "file", "reset"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    on: bool = True
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    method: str
    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def as_it_stands(self) -> Sent:
        sent: Sent = {}
        for one in self.fields:
            if one.on:
                sent.setdefault(one.name, []).append(one.value)
        return sent

    def filled_in(self) -> Sent:
        """Every empty field written into, every box ticked, and the last of each row of choices."""
        sent: Sent = {}
        for one in self.fields:
            if one.kind == "radio":
                sent[one.name] = [one.value]
            elif one.kind == "select":
                sent[one.name] = [one.value or next(filter(None, one.choices), "")]
            elif one.kind in {"checkbox", "hidden"}:
                sent.setdefault(one.name, []).append(one.value)
            else:
                sent[one.name] = [one.value or TYPED.get(one.kind, "Some words")]
        return sent


class Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.known: dict[str, Form] = {}
        self.open: Form | None = None
        self.text: Field | None = None
        self.choice: Field | None = None
        self.later: list[tuple[str, Field]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(has.get("method", "get").lower(), has.get("action", ""))
            self.found.append(self.open)
            self.known[has.get("id", "")] = self.open
        elif tag == "option" and self.choice is not None:
            self.choice.choices.append(has.get("value", ""))
            if "selected" in has or len(self.choice.choices) == 1:
                self.choice.value = has.get("value", "")
        elif tag in {"input", "textarea", "select", "button"} and "disabled" not in has:
            self._field(tag, has)

    def _field(self, tag: str, has: dict[str, str]) -> None:
        kind = has.get("type", "submit" if tag == "button" else "text") if tag in {"input", "button"} else tag
        value = has.get("value", "on" if kind in {"radio", "checkbox"} else "")
        row = Field(has.get("name", ""), kind, value, on=kind not in {"radio", "checkbox"} or "checked" in has)
        if tag == "textarea":
            self.text = row
        elif tag == "select":
            self.choice = row
        if "form" in has:
            self.later.append((has["form"], row))
        elif self.open is not None:
            self._into(self.open, row)

    def _into(self, form: Form, row: Field) -> None:
        if row.kind == "submit":
            form.buttons.append((row.name, row.value))
        elif row.name and row.kind not in UNSEEN:
            form.fields.append(row)

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea" and self.text is not None:
            self.text.value, self.text = self.text.value.removeprefix("\n"), None
        elif tag == "select":
            self.choice = None


def forms_of(page: str) -> list[Form]:
    """Those that post; what stands elsewhere on the page and says `form=` is theirs, too."""
    parser = Forms()
    parser.feed(page)
    for name, row in parser.later:
        if name in parser.known:
            parser._into(parser.known[name], row)
    return [form for form in parser.found if form.method == "post"]
