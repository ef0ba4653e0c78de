"""
Who writes to the database: `actions.py`, the files of `actions/`, and a few named in exceptions.toml; nobody else.

Read from the syntax alone, so it has to tell a queryset's `update(state=...)` from a dict's `update(other)`. It goes by the
shape of the call: models, querysets, managers and model forms write with no or only named arguments; dicts, hashes, sets,
files and pictures take what they work on first. Where both shapes are the same it looks where the name comes from.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OURS = ("insert_many", "insert_one", "update_one")
"""Of post/many.py."""
ALWAYS = frozenset(
    name
    for word in (
        "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create_user", "create_superuser",
        "_raw_delete", "_do_update", "_do_insert", "save_base", "save_m2m", *OURS,
    )
    for name in (word, f"a{word}")
)  # fmt: skip
"""Only Django's own models have methods of these names; `insert_many` and its like are ours, of post/many.py."""
ASYNC = frozenset({"asave", "acreate", "aupdate", "adelete", "aadd", "aset", "aremove", "aclear"})
QUERIES = frozenset({
    "filter", "exclude", "all", "order_by", "select_for_update", "select_related", "prefetch_related", "annotate",
    "using", "distinct", "none", "only", "defer", "reverse", "get", "first", "last", "latest", "earliest",
})  # fmt: skip
"""A call of one of these on something makes it a queryset, or a row of one."""
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
SAVES = frozenset({"update_fields", "force_insert", "force_update", "using", "commit", "save", "keep_parents"})
SQL_WRITES = ("insert", "update", "delete", "replace", "truncate", "drop", "alter", "create")
PLAIN = frozenset({"dict", "set", "list", "Counter", "defaultdict", "OrderedDict", "ChainMap", "Path", "copy"})
SESSION = frozenset({"session"})


@dataclass(frozen=True)
class Write:
    line: int
    what: str


def writes(source: str, related: frozenset[str] = frozenset()) -> list[Write]:
    """
    All writes in one module, in order.

    `related`: the names by which models reach other rows (many-to-many fields, related names), from `related_names`.
    """
    tree = ast.parse(source)
    return sorted(_in_scope(tree, {}, related), key=lambda write: write.line)


def related_names(sources: list[str]) -> frozenset[str]:
    """The attributes that are managers of other rows, gathered from all models."""
    names: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.keyword) and node.arg == "related_name" and isinstance(node.value, ast.Constant):
                names.add(str(node.value.value))
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Call):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if _last(node.value.func) == "ManyToManyField" and isinstance(target, ast.Name):
                    names.add(target.id)
    return frozenset(names - {"+"})


def problems(root: Path, allowed: dict[str, str]) -> list[str]:
    """One line for each write in a file that may not write, and for each exception that is not needed."""
    package = root / "src" / "withus"
    files = sorted(path for path in package.rglob("*.py") if "migrations" not in path.parts)
    models = [
        path.read_text(encoding="utf-8") for path in files if path.stem == "models" or path.parent.name == "models"
    ]
    related = related_names(models)
    found = []
    needed = set()
    for path in files:
        if path.name == "actions.py" or path.parent.name == "actions":
            continue
        name = path.relative_to(root).as_posix()
        for write in writes(path.read_text(encoding="utf-8"), related):
            needed.add(name)
            if name not in allowed:
                found.append(f"{name}:{write.line} {write.what} — only actions.py writes")
    found += [f"tools/exceptions.toml: writers: {name} needs no exception" for name in sorted(set(allowed) - needed)]
    return found


Names = dict[str, ast.expr | None]
"""What a name was last given, or its annotation; None where that cannot be told."""


def _in_scope(scope: ast.AST, outer: Names, related: frozenset[str]) -> Iterator[Write]:
    names = {**outer, **_names(scope)}
    for node in _own_nodes(scope):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield from _in_scope(node, names, related)
        elif isinstance(node, ast.Call) and (what := _write(node, names, related)):
            yield Write(node.lineno, what)
        elif isinstance(node, ast.Attribute) and node.attr in ALWAYS | ASYNC:
            yield Write(node.lineno, f".{node.attr}")


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """Everything below but not inside inner functions, and no attribute that is the name of an ordinary call."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))
        else:
            waiting.extend([*getattr(node, "decorator_list", []), *node.args.defaults])


def _names(scope: ast.AST) -> Names:
    names: Names = {}
    if isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        arguments = scope.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            names[argument.arg] = argument.annotation
        if arguments.kwarg:
            names[arguments.kwarg.arg] = ast.Name("dict")
    for node in _own_nodes(scope):
        if isinstance(node, ast.Assign):
            names.update((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names[node.target.id] = node.annotation
        elif isinstance(node, ast.NamedExpr):
            names[node.target.id] = node.value
    return names


def _write(call: ast.Call, names: Names, related: frozenset[str]) -> str | None:
    if isinstance(call.func, ast.Name):
        return f"{call.func.id}(…)" if call.func.id in OURS else _by_getattr(call)
    if not isinstance(call.func, ast.Attribute):
        return None
    name, on = call.func.attr, call.func.value
    bare = not call.args
    match name:
        case "save":
            is_write = bare and {word.arg for word in call.keywords} <= {*SAVES, None} and _last(on) not in SESSION
        case "delete":
            is_write = bare and _last(on) not in SESSION
        case "create":
            is_write = bare and (_is_rows(on, names, related) or isinstance(on, ast.Attribute))
        case "update":
            is_write = _is_rows(on, names, related) or (
                bare and bool(call.keywords) and not _is_plain(on, names) and _last(on) not in SESSION
            )
        case "add" | "remove" | "set" | "clear":
            is_write = isinstance(on, ast.Attribute) and _reaches_rows(on.attr, related) and not _is_self(on)
        case "execute" | "executemany":
            is_write = _is_sql_write(call)
        case _:
            return None
    return f".{name}(…)" if is_write else None


def _is_rows(node: ast.expr, names: Names, related: frozenset[str], depth: int = 0) -> bool:
    """A manager, a queryset, or a name that was given one."""
    if depth > 5:
        return False
    match node:
        case ast.Attribute(attr=attr):
            return attr in MANAGERS or (_reaches_rows(attr, related) and not _is_self(node))
        case ast.Call(func=ast.Attribute(attr=attr, value=on)) if attr in QUERIES:
            return attr not in {"get", "first", "last", "all"} or _is_rows(on, names, related, depth + 1)
        case ast.Name(id=name):
            given = names.get(name)
            if isinstance(given, ast.Subscript):
                given = given.value
            return given is not None and (
                _last(given) in {"QuerySet", "Manager"} or _is_rows(given, names, related, depth + 1)
            )
    return False


def _reaches_rows(attribute: str, related: frozenset[str]) -> bool:
    return attribute in related or attribute.endswith("_set")


def _is_plain(node: ast.expr, names: Names) -> bool:
    """A dict, or something else that surely is no row."""
    if isinstance(node, (ast.Dict, ast.DictComp, ast.Set, ast.JoinedStr)):
        return True
    if isinstance(node, ast.Name):
        given = names.get(node.id)
        if isinstance(given, ast.Name):
            return given.id in PLAIN or given.id.endswith(("Dict", "Mapping"))
        return given is not None and _is_plain_value(given)
    return False


def _is_plain_value(node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript):
        return (_last(node.value) or "").removesuffix("Mapping") in PLAIN | {"", "Mutable"}
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr)
    return isinstance(node, (ast.Dict, ast.DictComp)) or (isinstance(node, ast.Call) and _last(node.func) in PLAIN)


def _is_self(node: ast.expr) -> bool:
    """`self.seats.add(...)` in an ordinary class is a set of its own."""
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _is_sql_write(call: ast.Call) -> bool:
    if not call.args:
        return False
    text = call.args[0].values[0] if isinstance(call.args[0], ast.JoinedStr) and call.args[0].values else call.args[0]
    return (
        isinstance(text, ast.Constant)
        and isinstance(text.value, str)
        and text.value.strip().lower().startswith(SQL_WRITES)
    )


def _by_getattr(call: ast.Call) -> str | None:
    if isinstance(call.func, ast.Name) and call.func.id == "getattr" and len(call.args) > 1:
        name = call.args[1]
        if isinstance(name, ast.Constant) and name.value in ALWAYS | ASYNC | {"save", "delete"}:
            return f"getattr(…, {name.value!r})"
    return None


def _last(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=func):
            return _last(func)
    return None
