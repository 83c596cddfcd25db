"""What several tests share: a key home that is thrown away, and generated clients."""

import pytest

from diagnostics.workbook.keyring import KEY_HOME


@pytest.fixture(autouse=True, scope="session")
def keys_outside_of_the_user(tmp_path_factory):
    """Tests never read or make a key among the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEY_HOME, str(tmp_path_factory.mktemp("keys")))
        yield
