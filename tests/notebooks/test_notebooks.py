"""Notebooks are committed clean: no outputs, no computing, one parameters cell, every section of the wing."""

import json

import nbformat
import pytest

from diagnostics.checks.shelf import list_checks, list_wings
from diagnostics.workbook.case import list_notebooks
from diagnostics.workbook.notebooks import LAST, name_wings

NOTEBOOKS = list_notebooks()
EXAMINING = [path for path in NOTEBOOKS if path.stem != LAST]


def read_code(path):
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_valid_and_has_no_outputs(path):
    nbformat.validate(json.loads(path.read_text(encoding="utf-8")))
    for cell in read_code(path):
        assert cell.outputs == []
        assert cell.execution_count is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_computes_nothing_itself(path):
    source = "\n".join(cell.source for cell in read_code(path))
    for word in ("def ", "class ", "for ", "while ", "lambda", "import pandas", "import ibis", "open("):
        assert word not in source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_one_parameters_cell_and_it_comes_first(path):
    tagged = [place for place, cell in enumerate(read_code(path)) if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == [0]


def test_every_wing_has_its_notebook():
    assert sorted(wing for path in EXAMINING for wing in name_wings(path)) == sorted(list_wings())


@pytest.mark.parametrize("path", EXAMINING, ids=lambda path: path.stem)
def test_a_notebook_names_every_check_of_its_wings(path):
    shown = {cell.source for cell in read_code(path)}
    checks = [name for wing in name_wings(path) for name in list_checks(wing)]
    assert {f"show({name.split('.')[1]})" for name in checks} <= shown


@pytest.mark.parametrize("path", EXAMINING, ids=lambda path: path.stem)
def test_no_two_checks_of_a_notebook_share_a_name(path):
    names = [name.split(".")[1] for wing in name_wings(path) for name in list_checks(wing)]
    assert len(names) == len(set(names))
