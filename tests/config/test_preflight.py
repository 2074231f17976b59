"""What stands in the way of the start is told in a sentence, before anything is made."""

import os
import shutil
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from script.preflight import check_disk


def preflight(*arguments, **environ):
    """Run the checks in a process of their own, on the settings that script/server uses."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "script.preflight", *arguments],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONUTF8": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            **environ,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_nothing_stands_in_the_way_and_no_database_is_left_behind(tmp_path, free_port):
    result = preflight(free_port, TXY_DATA_DIR=str(tmp_path / "数据 1"))

    assert (result.returncode, result.stderr) == (0, "")
    assert list((tmp_path / "数据 1").iterdir()) == []


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "http", "８０００"])
def test_a_port_is_a_number(port, tmp_path):
    result = preflight(port, TXY_DATA_DIR=str(tmp_path))

    assert result.returncode == 1
    assert "from 1 to 65535" in result.stderr


def test_a_port_in_use_is_named_with_another_to_take(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = preflight(str(port), TXY_DATA_DIR=str(tmp_path))

    assert result.returncode == 1
    assert f"Port {port} is in use" in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TXY_DATABSE_URL", "sqlite:////srv/db", "Did you mean TXY_DATABASE_URL?"),
        ("TXY_DATABASE_URL", "mysql://u:hidden@h/d", "only postgresql:// and sqlite://"),
        ("TXY_DATABASE_URL", "postgresql://u:hidden@127.0.0.1:1/d", "127.0.0.1:1/d"),
        ("TXY_DATA_DIR", __file__, "data directory cannot be made"),
    ],
)
def test_a_wrong_value_is_told_without_traceback_and_password(
    name, value, sentence, tmp_path, free_port
):
    result = preflight(free_port, **{"TXY_DATA_DIR": str(tmp_path), name: value})

    assert result.returncode == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert "hidden" not in result.stderr


def test_a_damaged_database_stops_the_start_but_not_a_reset(tmp_path, free_port):
    (tmp_path / "tongxinyuan.sqlite3").write_bytes(b"no database " * 1000)

    refused = preflight(free_port, TXY_DATA_DIR=str(tmp_path))
    reset = preflight(free_port, "--reset", TXY_DATA_DIR=str(tmp_path))

    assert refused.returncode == 1
    assert "script/server --reset" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert reset.returncode == 0


def test_a_directory_that_takes_no_file(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "gone"

    with pytest.raises(SystemExit) as refused:
        check_disk()

    assert f"{tmp_path / 'gone'}" in refused.value.code


def test_a_full_disk(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    settings.READY_MIN_FREE_BYTES = shutil.disk_usage(tmp_path).total + 1

    with pytest.raises(SystemExit) as refused:
        check_disk()

    assert "nearly full" in refused.value.code
