"""Reading a YAML file so that an error can name the line it is about."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from tasks.errors import SourceError

Place = tuple[str | int, ...]
"""Where something stands in a file: the keys that lead to it."""


@dataclass(frozen=True)
class Document:
    """A YAML file as plain values, every scalar as the text that stands there, and the line of each."""

    file: Path
    values: dict[str, object]
    lines: dict[Place, int]

    def at(self, place: Place) -> str:
        """`file:line` of what stands at the place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.file}:{self.lines.get(place, 1)}"


def read_document(file: Path) -> Document:
    """Read a YAML file; `NO` stays Norway and `1` stays the text 1.

    Raises SourceError when it is no YAML, not a mapping, or says a key twice.
    """
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except RecursionError as error:
        raise SourceError(f"{file}:1: it is nested too deeply") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "it is not UTF-8 text"
        raise SourceError(f"{file}:{line}: this is not YAML ({problem})") from error
    lines: dict[Place, int] = {}
    if node:
        _refuse_aliases(node, file, set())
    values = _value(node, (), lines, file) if node else None
    if not isinstance(values, dict):
        raise SourceError(f"{file}:1: a source file is a mapping that begins with `source:`")
    return Document(file, values, lines)


def _refuse_aliases(node: yaml.Node, file: Path, seen: set[int]) -> None:
    """An alias is the same node a second time; a few of them can stand for a billion, or for themselves."""
    if id(node) in seen:
        raise SourceError(f"{file}:{node.start_mark.line + 1}: this is used again by an alias (*); write it out")
    seen.add(id(node))
    for inner in node.value if isinstance(node, yaml.CollectionNode) else ():
        for part in inner if isinstance(inner, tuple) else (inner,):
            _refuse_aliases(part, file, seen)


def _value(node: yaml.Node, place: Place, lines: dict[Place, int], file: Path) -> object:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        is_empty = node.tag == "tag:yaml.org,2002:null" and not node.value
        return None if is_empty else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, at), lines, file) for at, item in enumerate(node.value)]
    values: dict[str, object] = {}
    for key, item in node.value:
        name = str(key.value)
        if name in values:
            raise SourceError(f"{file}:{key.start_mark.line + 1}: {name!r} stands here a second time; keep one")
        lines[(*place, name)] = key.start_mark.line + 1
        values[name] = _value(item, (*place, name), lines, file)
    return values
