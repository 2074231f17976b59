"""The environment is understood, or refused with a hint."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.databases import database
from config.env import read


def test_nothing_has_to_be_said():
    env = read({"HOME": "/home/someone"})

    assert env.secret_key is None
    assert env.debug is None
    assert env.allowed_hosts == ()
    assert env.data_dir is None
    assert env.log_level == "INFO"


def test_everything_can_be_said():
    env = read(
        {
            "TXY_SECRET_KEY": " key ",
            "TXY_DEBUG": "No",
            "TXY_ALLOWED_HOSTS": "a.example, b.example,",
            "TXY_TRUSTED_ORIGINS": "https://a.example",
            "TXY_BEHIND_PROXY": "1",
            "TXY_PROXIES": "2",
            "TXY_DATABASE_URL": "postgresql://u@h/d",
            "TXY_CACHE_URL": "redis://h",
            "TXY_DATA_DIR": "/srv/tongxinyuan",
            "TXY_LOG_LEVEL": "warning",
            "TXY_SITE_URL": "https://txy.example",
            "TXY_MAIL_HOST": "mail.example",
            "TXY_MAIL_PORT": "465",
            "TXY_MAIL_USER": "txy",
            "TXY_MAIL_PASSWORD": "secret",
            "TXY_MAIL_FROM": "txy@a.example",
        }
    )

    assert env.secret_key == "key"
    assert env.debug is False
    assert env.allowed_hosts == ("a.example", "b.example")
    assert env.trusted_origins == ("https://a.example",)
    assert env.behind_proxy is True
    assert env.proxies == 2
    assert env.database_url == "postgresql://u@h/d"
    assert env.cache_url == "redis://h"
    assert env.data_dir == Path("/srv/tongxinyuan")
    assert env.log_level == "WARNING"
    assert env.site_url == "https://txy.example"
    assert (env.mail_host, env.mail_port) == ("mail.example", 465)
    assert (env.mail_user, env.mail_password) == ("txy", "secret")
    assert env.mail_from == "txy@a.example"


@pytest.mark.parametrize(("told", "proxies"), [({}, 0), ({"TXY_BEHIND_PROXY": "1"}, 1)])
def test_behind_a_proxy_there_is_one_unless_told_otherwise(told, proxies):
    assert read(told).proxies == proxies


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("TXY_DEBUG", "perhaps", "say 1 (yes) or 0 (no)"),
        ("TXY_BEHIND_PROXY", "2", "say 1 (yes) or 0 (no)"),
        ("TXY_PROXIES", "many", "a number from 0 to 9"),
        ("TXY_DATA_DIR", "var", "full path"),
        ("TXY_LOG_LEVEL", "loud", "one of DEBUG"),
        ("TXY_MAIL_PORT", "0", "a number from 1 to 65535"),
        ("TXY_SITE_URL", "txy.example", "say https:// and the host"),
        ("TXY_ALLOWED_HOST", "a.example", "Did you mean TXY_ALLOWED_HOSTS?"),
        ("TXY_COLOUR", "red", "no such setting. Known: TXY_ALLOWED_HOSTS"),
    ],
)
def test_what_cannot_be_understood_stops_the_start_with_a_hint(name, value, hint):
    with pytest.raises(ImproperlyConfigured) as refused:
        read({name: value})

    assert name in str(refused.value)
    assert hint in str(refused.value)


@pytest.mark.parametrize(
    "url", ["mysql://u:hidden@h/d", "nonsense:hidden", "postgresql://u:hidden@h:port/d"]
)
def test_a_refused_database_address_is_not_repeated_with_its_password(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        database(url, data_dir=Path("/srv"))

    assert "TXY_DATABASE_URL" in str(refused.value)
    assert "hidden" not in str(refused.value)
