"""The lock files hold what pyproject.toml lists, with hashes, and name no host."""

import re
import tomllib

import pytest
from django.conf import settings

PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
RUNTIME = PROJECT["project"]["dependencies"]
LISTED = {
    "runtime": RUNTIME,
    "prod": RUNTIME + PROJECT["project"]["optional-dependencies"]["prod"],
    "dev": RUNTIME + PROJECT["dependency-groups"]["dev"],
}


def locked(name):
    """{package: version} of a lock file, with every entry carrying at least one hash."""
    text = (settings.BASE_DIR / "requirements" / f"{name}.txt").read_text().replace("\\\n", "")
    entries = {}
    for line in text.splitlines():
        package, version = re.match(r"([a-z0-9-]+)==([^\s;]+)", line).groups()
        assert "--hash=sha256:" in line, package
        entries[package] = version
    return entries


@pytest.mark.parametrize("name", LISTED)
def test_no_address_of_any_host(name):
    text = (settings.BASE_DIR / "requirements" / f"{name}.txt").read_text()

    assert "://" not in text
    assert "index" not in re.sub(r"[a-z-]*index[a-z-]*==", "", text)


@pytest.mark.parametrize("name", LISTED)
def test_everything_listed_is_locked(name):
    listed = {re.match(r"[A-Za-z0-9-]+", entry)[0].lower() for entry in LISTED[name]}

    assert listed - set(locked(name)) == set()


@pytest.mark.parametrize("name", ["prod", "dev"])
def test_the_other_locks_hold_the_runtime_at_the_same_versions(name):
    assert locked("runtime").items() <= locked(name).items()


def test_the_framework_is_not_older_than_its_last_known_hole():
    version = tuple(int(part) for part in locked("runtime")["django"].split("."))

    assert (5, 2, 19) <= version < (5, 3)


def test_every_dependency_has_its_sentence():
    lines = (settings.BASE_DIR / "pyproject.toml").read_text().splitlines()
    listed = [n for n, line in enumerate(lines) if re.match(r'  "[a-z0-9-]+(\[.*\])?[~=>]=', line)]

    assert len(listed) == len({*LISTED["prod"], *LISTED["dev"]}) + 1  # psycopg stands in two lists
    for number in listed:
        assert lines[number - 1].startswith("  # "), lines[number]
