"""The door for the application server opens in a process that has loaded nothing before."""

import os
import subprocess
import sys

import pytest

ASK = """
import io
from config.wsgi import application
said = []
environ = {
    "REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "SERVER_NAME": "localhost",
    "SERVER_PORT": "80", "HTTP_HOST": "localhost", "wsgi.input": io.BytesIO(),
    "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http",
}
body = b"".join(application(environ, lambda status, headers: said.append(status)))
print(said[0], body.decode().strip())
"""


@pytest.mark.parametrize("settings", ["config.settings.dev", "config.settings.test"])
def test_the_application_loads_by_itself_and_answers(settings, tmp_path):
    answer = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings, "TXY_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (answer.returncode, answer.stdout) == (0, "200 OK ok\n"), answer.stderr
