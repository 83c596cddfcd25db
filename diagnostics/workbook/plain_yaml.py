"""Reads YAML that a person typed: nothing in it runs, nothing multiplies, and no key stands twice unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.composer import ComposerError
from yaml.constructor import ConstructorError

from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.model.errors import Fault, PersonError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Model = TypeVar("Model", bound=BaseModel)
LONGEST_FOUND = 60
# Nobody types this much; reading it would only cost memory.
MOST_BYTES = 2_000_000


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases (a few lines of them can stand for gigabytes) and without a key said twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call] # the stubs leave it out
            raise ComposerError(problem="a reference to another place", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - as the parent has it
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                problem = f"`{mask_text(str(key.value))[:LONGEST_FOUND]}` for the second time"
                raise ConstructorError(problem=problem, problem_mark=key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def read_yaml(path: Path, model: type[Model], clean: Callable[[str], str] = lambda text: text) -> Model:
    """Read a person's YAML file, its text as `clean` gives it, into a model; `PersonError` lists every fault in it."""
    documents = read_documents(path, model, clean)
    if len(documents) > 1:
        expected = "one document, without a line `---` inside"
        raise fault_file(path, [Fault(file=path.name, found=f"{len(documents)} documents", expected=expected)])
    return documents[0] if documents else model()


def read_documents(path: Path, model: type[Model], clean: Callable[[str], str] = lambda text: text) -> list[Model]:
    """The same for a file of several documents with `---` between them; empty ones are passed over."""
    faults: list[Fault] = []
    read: list[Model] = []
    for place, found in enumerate(_parse(path, clean), start=1):
        if found is None:
            continue
        try:
            read.append(model.model_validate(found))
        except ValidationError as error:
            faults += _list_faults(path, error, f"part {place}." if place > 1 else "")
    if faults:
        raise fault_file(path, faults)
    return read


def fault_file(path: Path, faults: list[Fault]) -> PersonError:
    """The error that tells every fault of a file that a person typed."""
    message = f"{path.name} can't be read as it is"
    return PersonError(message, next_step="mend it and run again", faults=faults)


def _parse(path: Path, clean: Callable[[str], str]) -> list[Any]:
    if path.stat().st_size > MOST_BYTES:
        expected = f"at most {MOST_BYTES:,} bytes"
        raise fault_file(path, [Fault(file=path.name, found=f"{path.stat().st_size:,} bytes", expected=expected)])
    try:
        return list(yaml.load_all(clean(path.read_text(encoding="utf-8-sig")), Loader=_PlainLoader))
    except yaml.YAMLError as error:
        raise fault_file(path, [_place(path, error)]) from error
    except UnicodeDecodeError as error:
        expected = "text saved as UTF-8"
        raise fault_file(path, [Fault(file=path.name, found="another encoding", expected=expected)]) from error
    except ValueError as error:
        # A day that no calendar has, a number of thousands of digits.
        expected = "days and numbers that there are; put others in quotes"
        raise fault_file(path, [Fault(file=path.name, found=str(error)[:LONGEST_FOUND], expected=expected)]) from error
    except RecursionError as error:
        found = "parts inside parts without end"
        raise fault_file(path, [Fault(file=path.name, found=found, expected="`key: value` lines")]) from error


def _place(path: Path, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    row = mark.line + 1 if mark else None
    told = error.problem if isinstance(error, ComposerError | ConstructorError) else None
    return Fault(file=path.name, row=row, found=told or "text that is not YAML", expected="`key: value` lines")


def _list_faults(path: Path, error: ValidationError, part: str) -> list[Fault]:
    return [
        Fault(
            file=path.name,
            column=part + ".".join(str(step) for step in fault["loc"] if not _is_kind(step)),
            found=mask_text(str(fault.get("input")))[:LONGEST_FOUND],
            expected=fault["msg"].removeprefix("Value error, "),
        )
        for fault in error.errors()
    ]


def _is_kind(step: int | str) -> bool:
    """Whether a step names the kind of value that was tried, not a place in the file."""
    return isinstance(step, str) and (step in {"str", "Words"} or "[" in step)
