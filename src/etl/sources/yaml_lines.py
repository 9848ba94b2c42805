"""YAML text to plain values, and from a key back to its line and column."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import yaml

NULL = "tag:yaml.org,2002:null"
MERGE = "tag:yaml.org,2002:merge"


class PlainLoader(yaml.SafeLoader):
    """Reads every plain scalar as text: `language: no` is Norwegian, `title: 2011` a title."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - an attribute of PyYAML's, not annotated there
        first: [(tag, pattern) for tag, pattern in resolvers if tag in (NULL, MERGE)]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class Mark(NamedTuple):
    """A place in a file; lines and columns count from 1."""

    line: int
    column: int


class Document(NamedTuple):
    """A YAML document: its values, and the nodes they came from."""

    data: Any
    root: yaml.Node | None

    def mark(self, path: Sequence[int | str]) -> Mark:
        """Where the key or list item at `path` stands; of its parent, if it is not there."""
        node, place = self.root, Mark(1, 1)
        for part in path:
            found = _child(node, part)
            if found is None:
                break
            shown, node = found
            place = _mark(shown.start_mark)
        return place

    def repeated(self) -> Iterator[tuple[str, Mark]]:
        """Keys that one mapping holds twice, which YAML readers pass over in silence."""
        pending = [self.root] if self.root else []
        seen: set[int] = set()
        while pending:
            node = pending.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, yaml.MappingNode):
                yield from _repeated_in(node)
                pending += [value for _, value in node.value]
            elif isinstance(node, yaml.SequenceNode):
                pending += node.value


class YamlBroken(ValueError):
    """The text is no YAML; `mark` says where."""

    def __init__(self, message: str, mark: Mark) -> None:
        super().__init__(message)
        self.mark = mark


def read(text: str) -> Document:
    """Values and nodes of the one document in `text`.

    Raises:
        YamlBroken: The text is no YAML, holds two documents, asks for Python objects, or is
            nested beyond reason.
    """
    try:
        loader = PlainLoader(text)
        root = loader.get_single_node()
        # Constructing folds merged keys into a mapping's node, so what is repeated
        # must be looked for in nodes of their own.
        data = loader.construct_document(root) if root else None
        return Document(data, yaml.compose(text, PlainLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "cannot be read"
        raise YamlBroken(reason, _mark(mark) if mark else Mark(1, 1)) from error
    except RecursionError as error:
        raise YamlBroken("nested too deeply", Mark(1, 1)) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        mark_ = Mark(before.count("\n") + 1, error.position - before.rfind("\n"))
        raise YamlBroken(f"character {text[error.position]!r} is not allowed", mark_) from error


def _child(node: yaml.Node | None, part: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    """The node to point at for `part` of `node` (its key, or the item), and its value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def _repeated_in(node: yaml.MappingNode) -> Iterator[tuple[str, Mark]]:
    """Keys that `node` itself holds more than once."""
    seen: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in seen:
                yield key.value, _mark(key.start_mark)
            seen.add(key.value)


def _mark(mark: yaml.Mark) -> Mark:
    """A mark of PyYAML's, which counts from 0."""
    return Mark(mark.line + 1, mark.column + 1)
