"""A throw-away installation of some size: its database, our server and the floor's, on loopback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("sqlite", "postgresql")
FIXTURES = ("01_regions.json", "02_committees.json", "03_reference.json")
STARTS_WITHIN = 30  # seconds


class Site:
    """`prepare()` builds and fills it, `start()` serves it, `stop()` ends the two servers."""

    def __init__(self, kind: str, size: int, directory: Path) -> None:
        self.kind, self.size, self.directory = kind, size, directory
        self.servers: list[subprocess.Popen] = []
        self.urls: dict[str, list[str]] = {}
        self.cookies: dict[str, str] = {}
        self.ports: dict[str, int] = {}

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "TXY_DATA_DIR": str(self.directory),
            "TXY_DATABASE_URL": self._address(),
            "TXY_DEBUG": "0",
            "TXY_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        }

    def prepare(self) -> None:
        self.directory.mkdir(parents=True)
        if self.kind == "postgresql":
            self._psql(f"CREATE DATABASE bench_{self.size}")
        self._manage("migrate", "--verbosity", "0")
        self._manage(
            "loaddata", "--verbosity", "0", *(str(ROOT / "fixtures" / name) for name in FIXTURES)
        )
        self._manage("make_synthetic", "--cases", str(self.size), "--verbosity", "0")
        self._manage("collectstatic", "--no-input", "--verbosity", "0")
        told = self._run("-m", "tests.benchmarks.accounts")
        self.cookies, self.urls = json.loads(told).values()
        if self.kind == "postgresql":
            self._psql("VACUUM ANALYZE", database=f"bench_{self.size}")

    def running(self, tasks: int) -> str:
        """What the daily command and the desk cost with so many running tasks. Changes the data."""
        return self._run("-m", "tests.benchmarks.running", str(tasks))

    def start(self) -> None:
        """One worker with one thread each, so that a request never waits for another."""
        self.ports = {"ours": self._serve("config.wsgi:application")}
        self.ports["floor"] = self._serve(
            "tests.benchmarks.floor.wsgi:application", settings="tests.benchmarks.floor.settings"
        )

    def stop(self) -> None:
        for server in self.servers:
            server.terminate()
        for server in self.servers:
            server.wait(timeout=10)

    def _serve(self, application: str, **other: str) -> int:
        port = _free_port()
        environment = self.environment
        if "settings" in other:
            environment["DJANGO_SETTINGS_MODULE"] = other["settings"]
        arguments = ["-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}",
                     "--worker-class", "gthread", "--workers", "1", "--threads", "1",
                     "--keep-alive", "60", "--log-level", "warning", "--no-control-socket"]  # fmt: skip
        self.servers.append(
            subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment)
        )
        _wait_for(port, self.servers[-1])
        return port

    def _address(self) -> str:
        if self.kind == "sqlite":
            return f"sqlite:///{self.directory / 'bench.sqlite3'}"
        return _other_database(f"bench_{self.size}")

    def _psql(self, statement: str, *, database: str = "postgres") -> None:
        import psycopg  # noqa: PLC0415  only where PostgreSQL is measured

        with psycopg.connect(_other_database(database), autocommit=True) as connection:
            connection.execute(statement)

    def _manage(self, *arguments: str) -> str:
        return self._run("manage.py", *arguments)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout


def _other_database(name: str) -> str:
    """The address of another database of the server that script/bench has started."""
    return os.environ["TXY_DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int, server: subprocess.Popen) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("a server did not start; its message is above")
