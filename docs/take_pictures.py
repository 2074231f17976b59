"""Take the pictures of the staff guide anew, by walking one case from the first note to the archive.

    python docs/take_pictures.py http://127.0.0.1:8000 docs/img/staff-guide

The site at the address holds the demonstration story and nothing else of worth: the walk leaves
one more case in it. Uses the browser of the tests (`TXY_CHROMIUM`, or what is installed).
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

PASSWORD = "yanshi-123"  # noqa: S105  known to everybody: the demonstration accounts
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 760}
COLOURS = 96  # enough for a screen of text, and a third of the bytes
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
TITLE = "柳坝村口候车没有遮雨的地方"
PROBLEM = (
    "柳坝村口的公交站只有一根站牌，下雨天老人和学生站在泥里等车。\n"
    "雨季一个月有十几天下雨，村民说过几次，不知道该找谁。"
)
PASTED = (
    "柳坝村口建一个能避雨的候车亭\t建候车亭一座\t演示县交通运输局\t{due}\n"
    "\t平整站台地面，铺透水砖\t云溪镇人民政府\t{due}\n"
    "候车亭的日常打扫有人管\t安排保洁，把电话贴在亭里\t云溪镇人民政府\t{due}"
)

# What the letters of the township say of its two tasks, each in the words of the task.
BY_LETTER = (
    "站台地面已平整，铺透水砖四十平方米，照片附在函后。",
    "候车亭的日常打扫已有人管：安排保洁一人，把电话贴在亭里，照片附在函后。",
)


def day(ahead: int = 0) -> str:
    return (dt.date.today() + dt.timedelta(days=ahead)).isoformat()


class Camera:
    """One browser, one open window for each person, and the folder of the pictures."""

    def __init__(self, browser: Browser, base: str, folder: Path) -> None:
        self.browser, self.base, self.folder = browser, base.rstrip("/"), folder
        self.windows: dict[str, Page] = {}

    def window(self, size: dict[str, int] = WIDE) -> Page:
        page = self.browser.new_context(viewport=size, locale="zh-CN").new_page()
        page.set_default_timeout(10_000)
        return page

    def sign_in(self, name: str, size: dict[str, int] = WIDE) -> Page:
        page = self.window(size)
        page.goto(self.base + "/account/login/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        return page

    def of(self, name: str) -> Page:
        if name not in self.windows:
            self.windows[name] = self.sign_in(name)
        return self.windows[name]

    def open(self, name: str, path: str) -> Page:
        page = self.of(name)
        page.goto(self.base + path)
        return page

    def shoot(self, page: Page, name: str, *, top: str = "", end: str = "", most: int = 900):
        """What stands between the top of one element and the end of another, as a small PNG."""
        page.evaluate("document.activeElement.blur()")
        begin = page.locator(top).first.bounding_box()["y"] - 2 if top else 0
        box = page.locator(end).last.bounding_box() if end else None
        below = box["y"] + box["height"] + 16 if box else page.viewport_size["height"]
        scrolled = page.evaluate("window.scrollY")
        width = page.viewport_size["width"]
        clip = {"x": 0, "y": begin + scrolled, "width": width, "height": min(below - begin, most)}
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip)))
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(self.folder / f"{name}.png", optimize=True)


def fill(page: Page, **typed: object) -> None:
    """Type into the fields of a form by their names; `__` stands for a hyphen."""
    for key, value in typed.items():
        box = page.locator(f'[name="{key.replace("__", "-")}"]').first
        if value is True:
            box.check()
        elif box.evaluate("e => e.tagName") == "SELECT":
            by_value = box.locator(f'option[value="{value}"]').count()
            box.select_option(**{"value" if by_value else "label": str(value)})
        else:
            box.fill(str(value))


def save(page: Page) -> None:
    """Send the form; stop with what the page says when it is not accepted."""
    before = page.url
    page.locator('#content button[name="save"]:visible').last.click()
    page.wait_for_load_state()
    said = page.locator(".field__errors, .cell__error, .wrong, .errorlist").all_inner_texts()
    if page.url == before or said:
        raise SystemExit(f"{before}: {said or page.title()}")


class Walk:
    """The case of the guide. `case` and `tasks` are the addresses of the records."""

    def __init__(self, camera: Camera) -> None:
        self.camera, self.case = camera, ""
        self.tasks: list[str] = []

    def at(self, name: str, part: str = "", *, record: str = "") -> Page:
        path = (record or self.case).replace("change/", part) if part else record or self.case
        return self.camera.open(name, path)

    def step(self, name: str, action: str, /, *, shot: str = "", record: str = "", **typed) -> Page:
        page = self.at(name, f"step/{action}/", record=record)
        fill(page, **typed)
        if shot:
            self.camera.shoot(page, shot, top="#content", end="#content form .buttons")
        save(page)
        return page

    def write(self, name: str, part: str, /, **typed) -> Page:
        page = self.at(name, part)
        fill(page, **typed)
        save(page)
        return page

    def outcome_of(self, name: str) -> list[str]:
        """The addresses of the tasks, in the order of the agreed items."""
        links = self.at(name).locator('#items a[href*="/task/"][href$="/change/"]')
        return links.evaluate_all("all => all.map(a => a.getAttribute('href'))")


def begin(walk: Walk) -> None:
    """From the desk to a submitted topic, looked at by the office."""
    camera, page = walk.camera, walk.camera.of("liaison")
    camera.shoot(page, "desk")
    page = camera.open("liaison", "/admin/consultations/case/add/")
    fill(page, title=TITLE, problem=PROBLEM, region="柳坝村", place="村口公交站",
         source="residents", sides="候车的村民\n公交驾驶员", sensitivity="normal")  # fmt: skip
    page.locator('[name="problem"]').press("Tab")
    page.locator(".similar").wait_for()
    camera.shoot(page, "log", top="#content", end="#content form .buttons", most=1300)
    save(page)
    walk.case = page.url.removeprefix(camera.base)
    walk.step("liaison", "submit")
    page = walk.at("office")
    page.locator("details.severe summary").click()
    camera.shoot(page, "review", top=".record__head", end=".steps")


def meet(walk: Walk) -> None:
    """Approved, looked into, called together and written down."""
    camera = walk.camera
    walk.step("leader", "approve", opinion="同意立题，请先到现场看。", number="")
    walk.step("liaison", "start_research", plan="周三上午到村口看，再问候车的老人和学生。")
    walk.step("member", "log_visit", shot="visit", method="site", people_met=14,
              findings="站牌旁没有避雨的地方，等车的老人站在泥里。")  # fmt: skip
    walk.step("liaison", "schedule", starts_at=day() + "T00:30",
              place="柳坝村口公交站旁", form="courtyard", name="候车遮雨院坝协商会")  # fmt: skip
    page = walk.at("liaison")
    camera.shoot(page, "before-minutes", top=".record__head", end="#meetings")
    page.locator('#meetings a.btn[href*="/meeting/"]').first.click()
    write_minutes(page)
    camera.shoot(page, "minutes", top="#content", end='[data-grid="i"]', most=1450)
    save(page)
    walk.step("liaison", "conclude", read_back=True, host_confirmed=True)


def write_minutes(page: Page) -> None:
    page.locator("details.paste summary").click()
    people = (
        "演望舒，主持人，县政协委员\n示大田，村干部，柳坝村党总支书记\n演路平，部门，县交通运输局"
    )
    fill(page, pasted=people)
    page.locator('button[name="paste"]').click()
    page.locator('button[name="more"][value="i"]').click()
    for row, side, number in ((3, "候车的村民", 9), (4, "公交驾驶员", 2)):
        fill(page, **{f"p__{row}__capacity": "party", f"p__{row}__side": side,
                      f"p__{row}__count": number, f"p__{row}__attended": True})  # fmt: skip
    fill(page, s__0__speaker="演望舒", s__0__text="先说下雨天怎么等车，再说谁来管。",
         s__1__speaker="演路平", s__1__kind="answer", s__1__text="候车亭由交通局建，春节前建好。",
         i__0__text="柳坝村口建一个能避雨的候车亭", i__1__text="候车亭的日常打扫有人管")  # fmt: skip


def agree(walk: Walk) -> None:
    """Items and tasks in one grid; sent, returned once, approved and filed."""
    camera, due = walk.camera, day(60)
    page = walk.at("liaison", "outcome/")
    page.locator("details.paste summary").click()
    fill(page, pasted=PASTED.format(due=due))
    camera.shoot(page, "paste", top="#content", end="details.paste")
    page.locator('button[name="paste"]').click()
    for row, route, owner in ((0, "county", "县交通运输局"), (1, "township", "云溪镇人民政府")):
        fill(page, **{f"i__{row}__route": route, f"i__{row}__owner": owner,
                      f"i__{row}__due_on": due})  # fmt: skip
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    camera.shoot(page, "grid", top="#content", end="#content form .buttons", most=1600)
    save(page)
    walk.step("director", "submit_outcome")
    page = walk.at("party", "step/return_outcome/")
    camera.shoot(page, "return", top="#content", end="#content form .buttons")
    walk.step("party", "approve_outcome", opinion="同意，按期办好。")
    walk.step("office", "file")
    camera.shoot(walk.at("office"), "filed", top=".record__head", end="#approvals", most=1200)
    walk.tasks = walk.outcome_of("office")


def handle(walk: Walk) -> None:
    """One task by the unit itself, two entered from paper; then looked at by a member."""
    camera, first, *others = walk.camera, *walk.tasks
    page = walk.at("office", record=others[0])
    camera.shoot(page, "task-office", top=".record__head", end=".steps")
    walk.step("officer", "sign_for", record=first, handler="演路平")
    walk.step("officer", "report_progress", record=first, text="候车亭已经定做，本周平整地基。")
    walk.step("officer", "draft_reply", record=first, shot="reply", result_class="A",
              body="一、候车亭已建成，能坐八个人。\n二、亭里贴了报修电话。")  # fmt: skip
    walk.step("unitleader", "reply", record=first, number="演交复〔2026〕8号")
    walk.step("office", "accept_reply", record=first)
    for number, (record, body) in enumerate(zip(others, BY_LETTER, strict=True)):
        by_proxy(walk, record, body=body, shot="" if number else "proxy")
    for record in walk.tasks:
        shot = "verify" if record == first else ""
        walk.step("member", "verify_true", record=record, shot=shot, method="site",
                  finding="下雨天去看的，亭里不漏，老人说好用。")  # fmt: skip


def by_proxy(walk: Walk, record: str, *, body: str, shot: str = "") -> None:
    paper = f"云溪镇人民政府来函，{day()}"
    walk.step("office", "sign_for", record=record, shot=shot, handler="镇建设办",
              paper_note=paper)  # fmt: skip
    walk.step("office", "draft_reply", record=record, paper_note=paper, result_class="A",
              body=body)  # fmt: skip
    walk.step("office", "reply", record=record, paper_note=paper)
    walk.step("office", "accept_reply", record=record)


def end(walk: Walk) -> None:
    """Followed up, told to the public by two people, rated and closed."""
    camera = walk.camera
    walk.write("member", "follow-up/", kind="look_back", finding="半个月后又去看，亭子干净。")
    page = walk.at("office", "public-text/")
    fill(page, public_summary="柳坝村口有了候车亭，下雨天等车不再站在泥里。",
         result="候车亭建成，站台铺了透水砖，有人打扫。")  # fmt: skip
    save(page)
    camera.shoot(walk.at("office"), "publish", top=".record__head", end=".steps")
    walk.step("office2", "publish")
    walk.step("office", "open_rating")
    page = walk.at("liaison", "rating/")
    fill(page, rater="affected", channel="paper", result="satisfied", count=9)
    camera.shoot(page, "rating", top="#content", end="#content form .buttons")
    save(page)
    walk.step("office", "close")


def lists_and_phone(walk: Walk) -> None:
    camera = walk.camera
    page = camera.open("office", "/admin/consultations/case/?q=柳坝")
    page.locator("#result_list input.action-select").first.check()
    camera.shoot(page, "list", top="#content", most=620)
    page = camera.open("office", "/admin/consultations/suggestion/")
    page.locator("#result_list th a").first.click()
    camera.shoot(page, "suggestion", top="#content", most=760)
    camera.shoot(camera.sign_in("liaison", PHONE), "phone-desk")
    page = camera.sign_in("officer", PHONE)
    page.locator(".todo h3 a").first.click()
    camera.shoot(page, "phone-task")


def browser(player: Playwright) -> Browser:
    """Chinese, so that the date boxes look as they do on a clerk's machine."""
    found = os.environ.get("TXY_CHROMIUM") or shutil.which("chromium")
    speech = {**os.environ, "LANGUAGE": "zh_CN", "LC_ALL": "zh_CN.UTF-8"}
    return player.chromium.launch(executable_path=found, args=[*FLAGS, "--lang=zh-CN"], env=speech)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as player:
        walk = Walk(Camera(browser(player), asked.address, asked.folder))
        for chapter in (begin, meet, agree, handle, end, lists_and_phone):
            chapter(walk)


if __name__ == "__main__":
    main()
