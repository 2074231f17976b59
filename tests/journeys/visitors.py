"""Somebody in front of a browser: a resident without an account, or a colleague who signs in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.test import Client
from zeal import zeal_ignore

from committees.models import User
from tests.journeys.pages import Page

PASSWORD = "walk-the-whole-way"
LOGIN = "/account/login/"


class Visitor:
    """Opens pages, fills in what is on them and sends it, with the CSRF check switched on."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.page: Page | None = None

    def open(self, url: str) -> Page:
        self.page = Page(self.client.get(url, follow=True))
        return self.page

    def follow(self, ending: str) -> Page:
        """Click the link whose address ends so."""
        return self.open(urljoin(self.page.path, self.page.link_to(ending)))

    def send(self, button: str = "", *, box: str = "", **typed: Any) -> Page:
        """Fill in the form that has the boxes and press a button; `__` in a name stands for `-`."""
        boxes = {name.replace("__", "-"): value for name, value in typed.items()}
        form = self.page.form(box or next(iter(boxes), ""))
        for name, value in boxes.items():
            form.put(name, value)
        url = urljoin(self.page.path, form.action)
        return self._send(url, form.data(button))

    def post(self, url: str, data: dict[str, Any] | None = None) -> Page:
        """Send to an address by hand, past every form: what a tampered page could send."""
        cookie = self.client.cookies.get("csrftoken")
        return self._send(url, data or {}, headers={"X-CSRFToken": cookie.value if cookie else ""})

    def _send(self, url: str, data: dict[str, Any], **extra: Any) -> Page:
        """Writing goes row by row and may ask for each; the page that follows may not."""
        with zeal_ignore():
            response = self.client.post(url, data, **extra)
        if response.status_code in (301, 302):
            return self.open(urljoin(url, response.url))
        self.page = Page(response)
        return self.page


class Colleague(Visitor):
    """A person with an account, who signs in again when the session has run out."""

    def __init__(self, user: User) -> None:
        super().__init__()
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        self.user = user
        self.sign_in()

    def __repr__(self) -> str:
        return str(self.user)

    def sign_in(self) -> None:
        super().open(LOGIN)
        page = self.send(username=self.user.username, password=PASSWORD)
        assert page.path != LOGIN, page.text

    def open(self, url: str) -> Page:
        page = super().open(url)
        if page.path == LOGIN:
            self.sign_in()
            page = super().open(url)
        return page
