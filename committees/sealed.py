"""Phones and id numbers at rest: sealed with AES-GCM, found again by a keyed hash. Leaf.

    mobile = SealedCharField(_("mobile phone"), max_length=20, blank=True)
    mobile_index = IndexField(of="mobile")

The column holds `key name.nonce and ciphertext`; a key taken away makes the value unreadable, and
`manage.py reseal` writes every value anew with the key in use. `dumpdata` writes it sealed, too.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from committees import keys

NONCE = 12
INDEX = 32  # hexadecimal digits: 128 bits
DUMPED = "sealed:"  # before a value in a dump


class Unreadable(ValueError):
    """A sealed value whose key is not in the installation, or that somebody changed."""


def seal(text: str, *, purpose: str) -> str:
    """The stored form of a text; another one each time. The empty text stays empty."""
    if not text:
        return ""
    key, nonce = keys.current(), os.urandom(NONCE)
    cipher = AESGCM(keys.derived(key, "seal")).encrypt(nonce, text.encode(), purpose.encode())
    return f"{keys.name_of(key)}.{base64.urlsafe_b64encode(nonce + cipher).decode()}"


def unseal(stored: str, *, purpose: str) -> str:
    """The text of a stored form. Raises `Unreadable`."""
    if not stored:
        return ""
    name, _dot, packed = stored.partition(".")
    key = keys.named(name)
    if key is None:
        raise Unreadable(name)
    raw = base64.urlsafe_b64decode(packed)
    try:
        plain = AESGCM(keys.derived(key, "seal")).decrypt(
            raw[:NONCE], raw[NONCE:], purpose.encode()
        )
    except InvalidTag:
        raise Unreadable(name) from None
    return plain.decode()


def masked(number: str) -> str:
    """13812345678 -> 138****5678; anything shorter is hidden whole."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else "*" * len(number)


def indexes(text: str) -> list[str]:
    """The hashes under which a value may be stored: one for each key, the key in use first."""
    same = _plain(text)
    return [_hash(key, same) for key in keys.every()] if same else []


def _hash(key: bytes, text: str) -> str:
    return hmac.digest(keys.derived(key, "index"), text.encode(), hashlib.sha256).hex()[:INDEX]


def _plain(text: str) -> str:
    """138-1234 5678 and １３８１２３４５６７８ are one number."""
    kept = (c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
    return "".join(kept)


class SealedCharField(models.CharField):
    """Text that only the program reads. `max_length` is that of the text; the column is longer."""

    def db_type(self, connection) -> str:
        return models.TextField().db_type(connection) or "text"

    def from_db_value(self, value, expression, connection):
        return None if value is None else unseal(value, purpose=self._purpose())

    def get_db_prep_save(self, value, connection):
        return seal(self.to_python(value) or "", purpose=self._purpose())

    def get_lookup(self, lookup_name):
        """Nothing is found by a sealed column: ask the index."""
        return

    def value_to_string(self, obj) -> str:
        """For dumps, which wander."""
        stored = seal(str(self.value_from_object(obj) or ""), purpose=self._purpose())
        return stored and DUMPED + stored

    def to_python(self, value):
        """Text as it is, or as a dump holds it."""
        if isinstance(value, str) and value.startswith(DUMPED):
            return unseal(value.removeprefix(DUMPED), purpose=self._purpose())
        return super().to_python(value)

    def save_form_data(self, instance, data) -> None:
        """A form that was given nothing new leaves what is stored."""
        if data is not None:
            super().save_form_data(instance, data)

    def _purpose(self) -> str:
        """The same for a model and its history, which holds the same value."""
        return self.name


class IndexField(models.CharField):
    """The keyed hash of a sealed field, written whenever the record is."""

    def __init__(self, *, of: str, **options):
        self.of = of
        super().__init__(**{"max_length": INDEX, "blank": True, "editable": False,
                            "db_index": True} | options)  # fmt: skip

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"of": self.of}

    def check(self, **options):
        return super().check(**options) + self._check_of()

    def _check_of(self):
        try:
            self.model._meta.get_field(self.of)
        except FieldDoesNotExist:
            return [checks.Error(f"{self} is the index of {self.of}, which is no field.")]
        return []

    def pre_save(self, instance, add):
        first = next(iter(indexes(getattr(instance, self.of))), "")
        setattr(instance, self.attname, first)
        return first
