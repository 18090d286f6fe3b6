"""Checking a source file before anything is read: every word is known, every needed column mapped, the SQL fits."""

from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from schemas.records import RECORDS
from tasks.errors import SourceError, UnreadableFile
from tasks.source.attachments import Destination, in_turn
from tasks.source.drift import Drift
from tasks.source.expression import parse_expression
from tasks.source.extracts import EXTRACTS
from tasks.source.model import RecordMapping, Source
from tasks.source.reading import Document, Place, read_document
from tasks.source.strict import Strict
from tasks.source.tables import table_errors
from tasks.source.words import nearest


def load_source(file: Path) -> Source:
    """The source that a file describes.

    Raises SourceError with the first thing that is wrong: file, line, and the nearest right name.
    """
    errors, source = _check(file)
    if errors or source is None:
        raise SourceError(errors[0])
    return source


def check_sources(folder: Path) -> list[str]:
    """Everything that is wrong with the source files of a folder, one sentence each; empty when all is well."""
    files = sorted(file for file in folder.glob("*.yml") if file.name != "company.yml")
    return [error for file in files for error in _check_whole(file)] + _circle_errors(files)


def _circle_errors(files: list[Path]) -> list[str]:
    """Sources whose mails bring files to each other: none of them could be taken first."""
    sources = [source for _, source in map(_check, files) if source]
    try:
        list(in_turn(sources))
    except SourceError as error:
        return [str(error)]
    return []


def _check_whole(file: Path) -> list[str]:
    errors, source = _check(file)
    return errors if source is None else _binding_errors(read_document(file), source)


def _binding_errors(document: Document, source: Source) -> list[str]:
    """Every expression for which no row could be evaluated, or that gives what its column cannot hold."""
    # Here, because compiling a mapping needs the sources themselves.
    from tasks.map import compile_mapping, needed_columns
    from warehouse.mapper import Mapper

    errors = []
    mapper = Mapper(None)
    for record, part, name, alone in _parts(source):
        try:
            compile_mapping(alone, record, sorted(needed_columns(alone, record)), mapper.type_of)
        except SourceError as error:
            sentence = str(error).removeprefix(f"{source.file}: {record}.")
            errors.append(f"{document.at(('records', record, part, name))}: {sentence}")
        except UnreadableFile as error:
            errors.append(f"{document.at(('records', record, part, name))}: {name}: {error}")
    mapper.close()
    return errors


def _parts(source: Source) -> Iterator[tuple[str, str, str, Source]]:
    """Each expression of a source as a source of its own: record, part, name and the source."""
    for record, mapping in source.records.items():
        for name, text in mapping.columns.items():
            alone = RecordMapping(columns={name: text})
            yield record, "columns", name, source.model_copy(update={"records": {record: alone}})
        for name, text in mapping.out_of_scope.items():
            alone = RecordMapping(columns={}, out_of_scope={name: text})
            yield record, "out_of_scope", name, source.model_copy(update={"records": {record: alone}})


def _check(file: Path) -> tuple[list[str], Source | None]:
    try:
        document = read_document(file)
    except SourceError as error:
        return [str(error)], None
    try:
        source = Source.model_validate(document.values | {"file": file})
    except ValidationError as error:
        # A word that is missing may be the one that is misspelt; the misspelling is told first.
        details = sorted(error.errors(), key=lambda detail: detail["type"] == "missing")
        return [_sentence(document, dict(detail)) for detail in details], None
    errors = [*_name_errors(document, source), *_record_errors(document, source), *_reason_errors(document)]
    errors += _attachment_errors(document, source)
    errors = errors or table_errors(document, source)
    return errors, None if errors else source


def _sentence(document: Document, detail: dict) -> str:
    place = _place(document, detail["loc"])
    word = str(place[-1]) if place else "the file"
    if detail["type"] == "extra_forbidden":
        return f"{document.at(place)}: {word!r} is not known here{nearest(word, _known(document, place))}"
    if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return _kind_error(document, place, detail["ctx"])
    if detail["type"] == "missing":
        return f"{document.at(place)}: {'.'.join(map(str, place))} is missing"
    if detail["type"] == "literal_error":
        allowed = detail["ctx"]["expected"]
        return f"{document.at(place)}: {word} is {detail['input']!r}; it can be {allowed}"
    return f"{document.at(place)}: {word}: {detail['msg'].removeprefix('Value error, ')}"


def _place(document: Document, location: Place) -> Place:
    """Where something is wrong, as the file is written: it does not name the connector, or another kind, on the way."""
    if location[:1] == ("extract",):
        location = (location[0], *location[2:])
    place: Place = ()
    for part in location[:-1]:
        place = (*place, part) if (*place, part) in document.lines else place
    return (*place, *location[-1:])


def _kind_error(document: Document, place: Place, context: dict) -> str:
    """A part that may be one of several kinds says none of them."""
    kind = context["discriminator"].strip("'")
    allowed = ", ".join(repr(name) for name in EXTRACTS) if place == ("extract",) else context.get("expected_tags")
    it_can_be = f"; it can be {allowed}" if allowed else ""
    where = document.at((*place, kind))
    if "tag" in context:
        return f"{where}: {kind} is {context['tag']!r}{it_can_be}"
    return f"{where}: {'.'.join(map(str, (*place, kind)))} is missing{it_can_be}"


def _known(document: Document, place: Place) -> list[str]:
    """The words that may stand where one is wrong."""
    if len(place) < 2:
        return list(Source.model_fields)
    inside: list[object] = [RecordMapping]
    if place[0] == "extract":
        extract = document.values["extract"]
        inside = [EXTRACTS[str(extract["connector"])] if isinstance(extract, dict) else Source]
    if place[0] == "drift":
        inside = [Drift]
    if place[0] == "attachments":
        inside = [Destination]
    within = place[1:-1] if place[0] in ("extract", "drift") else place[2:-1]
    for part in within:
        inside = [inner for annotation in inside for inner in _inner(annotation, str(part))]
    models = [model for annotation in inside for model in _kinds(annotation)]
    fields = [(name, field) for model in models for name, field in _fields(model).items()]
    return [field.alias or name for name, field in fields]


def _inner(annotation: object, word: str) -> Iterator[object]:
    """What may stand under a word of a part: of a model its field, of a mapping or a list each of its values."""
    for kind in _kinds(annotation):
        fields = _fields(kind)
        if word in fields:
            yield fields[word].annotation
        elif get_origin(kind) in (dict, list, tuple):
            yield next(of for of in reversed(get_args(kind)) if of is not Ellipsis)


def _fields(kind: object) -> dict[str, FieldInfo]:
    return kind.model_fields if isinstance(kind, type) and issubclass(kind, Strict) else {}


def _kinds(annotation: object) -> Iterator[object]:
    """Each of the kinds that a part may be."""
    if get_origin(annotation) is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        yield from (kind for member in get_args(annotation) for kind in _kinds(member))
    else:
        yield annotation


def _attachment_errors(document: Document, source: Source) -> list[str]:
    """Destinations of attached files that are no source, or one that reads no files."""
    folder = document.file.parent
    others = {file.stem for file in folder.glob("*.yml")} - {"company", source.source}
    errors = []
    for pattern, to in source.attachments.items():
        where = document.at(("attachments", pattern, "source"))
        if to.source not in others:
            errors.append(f"{where}: there is no other source {to.source!r}{nearest(to.source, others)}")
        elif not _reads_files(folder / f"{to.source}.yml"):
            errors.append(f"{where}: {to.source} is asked by another connector; attached files go to one of files")
    return errors


def _reads_files(file: Path) -> bool:
    try:
        extract = read_document(file).values.get("extract")
    except SourceError:
        # What is wrong with that file is said where it is checked itself.
        return True
    return isinstance(extract, dict) and extract.get("connector") == "files"


def _name_errors(document: Document, source: Source) -> list[str]:
    if source.source == document.file.stem:
        return []
    return [f"{document.at(('source',))}: source is {source.source!r} but the file is called {document.file.name}"]


def _reason_errors(document: Document) -> list[str]:
    """A threshold says why it is what it is; one that nobody can explain is one that nobody can change."""
    drift = document.values.get("drift")
    if not isinstance(drift, dict):
        return []
    text = document.file.read_text(encoding="utf-8").splitlines()
    places = [("drift", name) for name in drift if name != "accepted"]
    return [
        f"{document.at(place)}: drift.{place[1]} says no reason: write it on the line above, after #"
        for place in places
        if not text[document.lines[place] - 2].lstrip().startswith("#")
    ]


def _record_errors(document: Document, source: Source) -> list[str]:
    errors = []
    for name, mapping in source.records.items():
        if name not in RECORDS:
            errors.append(f"{document.at(('records', name))}: there is no record {name!r}{nearest(name, RECORDS)}")
        else:
            errors += _mapping_errors(document, source, name, mapping)
    return errors


def _mapping_errors(document: Document, source: Source, name: str, mapping: RecordMapping) -> list[str]:
    columns = {column.name: column for column in RECORDS[name].columns()}
    errors = [
        f"{document.at(('records', name, 'columns', column))}: "
        f"{name} has no column {column!r}{nearest(column, columns)}"
        for column in mapping.columns
        if column not in columns
    ]
    errors += [
        f"{document.at(('records', name, 'columns'))}: {name} needs the column {column.name!r} ({column.description})"
        for column in columns.values()
        if not column.nullable and column.name not in mapping.columns
    ]
    for part, expressions in (("columns", mapping.columns), ("out_of_scope", mapping.out_of_scope)):
        for key, expression in expressions.items():
            try:
                parse_expression(expression, source.lookups)
            except ValueError as error:
                errors.append(f"{document.at(('records', name, part, key))}: {key}: {error}")
    return errors
