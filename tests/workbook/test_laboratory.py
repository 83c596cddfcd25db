"""An analyst opens the notebooks by hand, bound to a client, and runs one from top to bottom."""

import nbformat
import papermill
import pytest

from diagnostics.workbook.case import PROJECT
from diagnostics.workbook.laboratory import bind_notebooks


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_bound_notebook_runs_by_hand_in_both_languages(fresh_case, monkeypatch, language):
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    bound = {path.stem: path for path in bind_notebooks(fresh_case)}
    source = nbformat.read(bound["02_people"], as_version=4)
    assert any(str(fresh_case.folder) in cell.source for cell in source.cells)
    out = fresh_case.runs / "by_hand" / "out.ipynb"
    papermill.execute_notebook(
        str(bound["02_people"]), str(out), parameters={"language": language}, progress_bar=False, log_output=False
    )
    assert (fresh_case.runs / "by_hand" / "sections" / "people.base.json").exists()
    shown = "".join(str(cell.get("outputs", "")) for cell in nbformat.read(out, as_version=4).cells)
    assert ("客户底盘" in shown) == (language == "zh")


def test_what_an_analyst_changed_is_left_alone(fresh_case):
    first = bind_notebooks(fresh_case)[0]
    first.write_text("changed", encoding="utf-8")
    bind_notebooks(fresh_case)
    assert first.read_text(encoding="utf-8") == "changed"
