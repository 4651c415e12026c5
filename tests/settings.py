"""Settings of the tests: those of production, but for what would make tests slow, loud or dependent on each other."""

import os
import tempfile

_data_dir = tempfile.TemporaryDirectory(prefix="portal-tests-")  # one for each pytest process, gone when it ends
os.environ.update(PORTAL_DATA=_data_dir.name, SECRET_KEY="only-for-tests", DEBUG="0")

from portal.settings import *  # noqa: E402, F403 - it reads the variables set above
from portal.settings import DATA_DIR, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# A file, not memory: then threads have connections of their own and meet each other's locks, as in production.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # nothing here outlives a power cut

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a real one costs 0.2 s a login

# The manifest is built and checked by script/test; the pages of the tests need no `collectstatic` before.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# The test client and the live server speak plain http.
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False

AUTOSAVE_DELAY_MS = 100

KEEP_PAGES = False  # a test asks one page again after it changed something of the code; what is about it sets it

# What is sent to the background is done at once; tests with a real worker take the `task_queue` of their conftest.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
LOGGING = {"version": 1, "disable_existing_loggers": False}  # pytest shows the log of a test that fails
