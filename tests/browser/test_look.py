"""The components in a real browser: to be read by everybody, at every width, with every key."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Page, expect

from rexian.kernel.language import translate
from rexian.look.environment import environment
from rexian.look.gallery import gallery_values
from rexian.site.middleware import POLICY
from tests.browser.axe import ALL, OF_A_THEME, OF_A_WIDTH, Rules, complaints

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LOOK = Path(__file__).parents[2] / "src" / "rexian" / "look"
PERSON = SimpleNamespace(name="欧阳晓岚", organisation_name="云岭高速集团客户服务中心")

Show = Callable[..., Page]


class Quietly(SimpleHTTPRequestHandler):
    """Serves the pages with the policy that the site gives them."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base names it
        """Say nothing."""


def templates() -> Environment:
    made = environment(loader=FileSystemLoader(LOOK / "templates"), autoescape=True)
    made.globals["url"] = lambda name, **_values: "/" + name.replace(":", "/") + "/"
    made.globals["static"] = lambda path: "/static/" + path
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("look")
    (folder / "static").symlink_to(LOOK / "static")
    made, values = templates(), {**gallery_values(), "person": PERSON, "language": "zh-Hans"}
    for density in ("comfortable", "compact"):
        text = made.get_template("look/gallery.html").render(**values, density=density)
        (folder / f"{density}.html").write_text(text, "utf-8")
    error = made.get_template("look/error.html")
    (folder / "error.html").write_text(error.render(status=409, request_id="9f2c7a10"), "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quietly, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def show(browser: Browser, site: str) -> Iterator[Show]:
    """Give a function that opens one of the pages; any error of its script fails the test."""
    contexts = []
    errors: list[str] = []

    def show_page(
        name: str = "comfortable",
        *,
        width: int = 1440,
        scheme: str = "light",
        scripted: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripted,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
        page.goto(f"{site}/{name.replace('#', '.html#') if '#' in name else name + '.html'}")
        return page

    yield show_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.mark.parametrize(
    ("name", "width", "scheme", "rules"),
    [
        ("comfortable", 1440, "light", ALL),
        ("comfortable", 1440, "dark", OF_A_THEME),
        ("comfortable", 390, "light", ALL),
        ("comfortable", 390, "dark", OF_A_THEME),
        ("compact", 1440, "light", OF_A_WIDTH),
        ("error", 390, "dark", ALL),
    ],
)
def test_everybody_can_use_every_component(
    name: str, width: int, scheme: str, rules: Rules, show: Show
) -> None:
    assert complaints(show(name, width=width, scheme=scheme), rules) == []


@pytest.mark.parametrize("name", ["comfortable", "compact", "error"])
def test_nothing_stands_out_at_the_side(name: str, show: Show) -> None:
    page = show(name)
    beyond = {}
    for width in (320, 390, 768, 1024, 1440, 1920, 3840):
        page.set_viewport_size({"width": width, "height": 900})
        beyond[width] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert {width: by for width, by in beyond.items() if by > 0} == {}


def test_a_wall_is_read_from_afar(show: Show) -> None:
    size = "parseFloat(getComputedStyle(document.body).fontSize)"

    assert show(width=3840).evaluate(size) > 1.6 * show(width=1440).evaluate(size)


def test_a_chosen_theme_rules_over_the_devices(show: Show) -> None:
    page = show(scheme="dark")
    ground = "getComputedStyle(document.body.parentElement).backgroundColor"
    dark = page.evaluate(ground)
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")

    assert page.evaluate(ground) == dark != light


def test_keys_search_walk_and_go(show: Show) -> None:
    page = show()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="欧阳晓岚").first).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="陈思远").first).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("#p$"))


def test_keys_are_listed_and_can_be_switched_off_for_good(show: Show) -> None:
    page = show()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.reload()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_key_that_is_written_in_a_field_is_a_letter(show: Show) -> None:
    page = show()
    page.locator("#id_name").press_sequentially("j/k?")

    expect(page.locator("#id_name")).to_have_value("j/k?")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_dialogue_opens_closes_and_gives_the_focus_back(show: Show) -> None:
    page = show()
    opener = page.locator("[data-opens=specimen-dialogue]")
    opener.click()
    expect(page.get_by_role("dialog", name="停用陈思远的账号？")).to_be_visible()
    box = page.locator("#specimen-dialogue").bounding_box()
    assert box
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    expect(page.locator("#specimen-dialogue")).to_be_visible()
    page.mouse.click(5, 500)
    expect(page.locator("#specimen-dialogue")).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_dialogue_opens_without_a_script(show: Show) -> None:
    page = show(scripted=False)
    expect(page.locator("#specimen-dialogue")).to_be_hidden()
    page.locator("[data-opens=specimen-dialogue]").click()
    expect(page.locator("#specimen-dialogue")).to_be_visible()
    page.locator("#specimen-dialogue [data-closes]").first.click()
    expect(page.locator("#specimen-dialogue")).to_be_hidden()


def test_another_page_opens_in_a_dialogue(show: Show) -> None:
    page = show()
    page.evaluate("""() => {
        const link = document.querySelector("a.tile");
        link.href = "error.html"; link.dataset.dialog = "";
        link.click();
    }""")

    expect(page.get_by_role("dialog", name=translate("Somebody else was faster."))).to_be_visible()
    page.locator("dialog[open] [data-closes]").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_form_is_sent_once(show: Show) -> None:
    page = show()
    page.evaluate("""() => {
        window.sent = 0;
        const form = document.querySelector("form.form");
        form.noValidate = true;
        document.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) window.sent += 1;
            event.preventDefault();
        });
    }""")
    save = page.locator("form.form").first.get_by_role("button", name="保存")
    save.click()
    expect(save).to_have_attribute("aria-disabled", "true")
    save.click(force=True)
    assert page.evaluate("window.sent") == 1
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    save.click()
    assert page.evaluate("window.sent") == 2


def test_a_page_says_that_there_is_no_network(show: Show) -> None:
    page = show()
    expect(page.locator("[data-offline]")).to_be_hidden()
    page.context.set_offline(True)
    expect(page.locator("[data-offline][role=alert]")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden()


def test_a_file_that_was_chosen_is_named_with_its_size(show: Show) -> None:
    page = show()
    page.locator("[data-drop] input").set_input_files(
        {"name": "名册.xlsx", "mimeType": "application/zip", "buffer": b"x" * 2048}
    )

    expect(page.locator("[data-drop] output")).to_have_text("名册.xlsx (2.0 KB)")


def test_what_was_opened_stays_open(show: Show) -> None:
    page = show()
    page.locator("details[data-remember] summary").click()
    expect(page.locator("details[data-remember]")).to_have_attribute("open", "")
    page.reload()
    expect(page.locator("details[data-remember]")).to_have_attribute("open", "")


def test_a_telephone_has_its_sections_below_and_the_rest_one_step_away(show: Show) -> None:
    page = show(width=390, scripted=False)
    bar = page.get_by_role("navigation", name=translate("Sections"))
    expect(bar.get_by_role("link")).to_have_count(4)
    bar.locator("summary").click()
    expect(bar.get_by_role("link", name="系统设置")).to_be_visible()


def test_a_table_of_cards_is_still_a_table_to_a_screen_reader(show: Show) -> None:
    page = show(width=390)

    expect(page.get_by_role("table", name="人员")).to_be_visible()
    expect(page.get_by_role("rowheader", name="陈思远")).to_be_visible()


def test_paper_shows_the_matter_alone(show: Show) -> None:
    page = show(scheme="dark")
    page.emulate_media(media="print")

    expect(page.locator(".sections")).to_be_hidden()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
