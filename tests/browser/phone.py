"""A phone in a hand that counts its taps, and looks at every page on the way."""

from __future__ import annotations

import io

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from PIL import Image

SIZE = {"width": 390, "height": 844}
MOST = 3  # taps from the to-do list to the end; typing into a box is none


class Phone:
    """The pages of one visitor; taps are counted since the last `sign_in`."""

    def __init__(self, page, base: str) -> None:
        self.page, self.base, self.taps = page, base, 0
        page.set_viewport_size(SIZE)

    def sign_in(self, user) -> Phone:
        """Signed in, at the list of what waits: the count begins."""
        client = Client()
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        self.page.context.add_cookies([cookie | {"url": self.base}])
        self.open("/my/")
        self.taps = 0
        return self

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.look()

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.look()

    def fill(self, **typed: str) -> None:
        for name, text in typed.items():
            self.page.fill(f"main [name={name}]", text)

    def choose(self, **chosen: str) -> None:
        for name, value in chosen.items():
            self.page.select_option(f"main [name={name}]", value)

    def take_photo(self) -> None:
        """What the camera hands to the box of the page."""
        raw = io.BytesIO()
        Image.new("RGB", (40, 30)).save(raw, "JPEG")
        photo = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": raw.getvalue()}
        self.page.set_input_files("main input[type=file]", photo)

    def look(self) -> None:
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide}px too wide"
        found = [
            (rule["id"], rule["nodes"][0]["html"][:160])
            for rule in Axe().run(self.page).response["violations"]
        ]
        assert found == [], self.page.url
