"""The JSON Schema of a project file, with the meaning of every fact."""

from collections.abc import Mapping
from typing import Any

from withus.facts import field
from withus.facts.project import Project
from withus.facts.shape import Leaf, Named, Record, Rows, Shape, Word, record

# Any: a JSON Schema is JSON, whose values have no narrower type worth keeping.
Json = dict[str, Any]

_LEAVES: Mapping[str, Json] = {
    "text": {"type": "string", "maxLength": field.LONGEST_TEXT},
    "identifier": {"type": "string", "minLength": 1, "maxLength": field.LONGEST_TEXT},
    "rule": {"type": "string", "pattern": "^(none|consensus|unanimous|majority( of .+)?|.+ decides)$"},
    "truth": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "clock": {"type": "string", "format": "time"},
    "whole": {"type": "integer"},
    "share": {"type": "number"},
}


def schema() -> Json:
    made: dict[str, Json] = {}
    top = _record(record(Project), made)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "WithUs project file",
        "description": "The facts of one project as they stood on one day. A fact left out is not known, which is "
        "never the same as no, but for settled_on, told_on of a change, and live of a workshop.",
        **top,
        "$defs": {name: made[name] for name in sorted(made)},
    }


def _record(shape: Record, made: dict[str, Json]) -> Json:
    described: Json = {
        "type": "object",
        "properties": {each.name: {**_shape(each.shape, made), "description": each.meaning} for each in shape.fields},
        "additionalProperties": False,
    }
    required = [each.name for each in shape.fields if each.required]
    return {**described, "required": required} if required else described


def _shape(shape: Shape, made: dict[str, Json]) -> Json:
    match shape:
        case Leaf():
            bounds = {"minimum": shape.bounds.least, "maximum": shape.bounds.most} if shape.bounds else {}
            return {**_LEAVES[shape.kind], **bounds}
        case Word():
            return {"type": "string", "enum": [each.value for each in shape.enum]}
        case Rows():
            return {"type": "array", "maxItems": field.LONGEST_LIST, "items": _shape(shape.item, made)}
        case Named():
            return {
                "type": "object",
                "propertyNames": _shape(shape.key, made),
                "additionalProperties": _shape(shape.value, made),
            }
        case Record():
            name = shape.cls.__name__
            if name not in made:
                made[name] = {}
                made[name].update(_record(shape, made))
            return {"$ref": f"#/$defs/{name}"}
