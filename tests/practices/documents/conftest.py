import pytest


@pytest.fixture
def data_dir(settings, tmp_path):
    """A folder of the test's own, so that no PDF of another test is found there."""
    settings.DATA_DIR = tmp_path
    return tmp_path
