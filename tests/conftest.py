"""What several tests share: a key home that is thrown away, and generated clients."""

import pytest

from diagnostics.workbook.keyring import KEY_HOME

# The first measures the memory of all child processes, so none may come before it; then files that take a minute or
# more, so that at the end no process is left alone with one.
FIRST = (
    "test_hostile_files",
    "test_truth",
    "test_spark",
    "test_hostile",
    "test_real_client",
    "test_clinic",
    "test_aggregates_run",
    "test_aggregates",
    "test_run",
    "test_cli",
    "test_examples",
)


def pytest_collection_modifyitems(items):
    """Put some files first; the tests of a file keep their order."""
    items.sort(key=lambda item: FIRST.index(item.path.stem) if item.path.stem in FIRST else len(FIRST))


@pytest.fixture(autouse=True, scope="session")
def keys_outside_of_the_user(tmp_path_factory):
    """Tests never read or make a key among the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEY_HOME, str(tmp_path_factory.mktemp("keys")))
        yield
