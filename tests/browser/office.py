"""A house of its own for stories of cases, and what people do there with their browsers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect
from scripts.make_screenshots import PASSWORD, TELEPHONE, House

_DONE = re.compile(r"/cases/\d+/#s\d+$")


@dataclass(frozen=True)
class Office:
    """People of the house and customers, each in a browser of their own.

    ``kept`` is who is signed in already, ``pages`` what each has before them in this story.
    """

    house: House
    opens: Callable[..., BrowserContext]
    kept: dict[str, Any]
    pages: dict[str, Page] = field(default_factory=dict)

    def at(self, who: str, address: str) -> Page:
        """Show somebody of the house a page, in the browser that they have already."""
        page = self.pages.get(who)
        if page is None:
            page = self._sign_in(who).new_page()
        elif page.is_closed():
            page = page.context.new_page()
        self.pages[who] = page
        page.goto(self.house.address + address)
        return page

    def outside(self, address: str, **options: Any) -> Page:
        """Show a page on a telephone to somebody without any account."""
        given = {"viewport": TELEPHONE, "has_touch": True, **options}
        page = self.opens(**given).new_page()
        page.goto(self.house.address + address if address.startswith("/") else address)
        return page

    def take(self, page: Page, **known: str) -> str:
        """Take a case by hand, and return its address."""
        page.goto(f"{self.house.address}/cases/new/")
        fill(page.locator(".take-form"), known)
        press(page.locator(".take-form .buttons button"))
        if page.locator(".take-form .notice").count():  # what looks like the same was shown
            press(page.locator(".take-form .buttons button"))
        return address_of(page)

    def _sign_in(self, who: str) -> BrowserContext:
        """Return a browser in which somebody is signed in; the pages on the way are not shown."""
        context = self.opens(storage_state=self.kept.get(who))
        if who in self.kept:
            return context
        address = f"{self.house.address}/account/sign-in/"
        told = context.request.get(address).text()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', told)
        assert token
        form = {"sign_in": who, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        answer = context.request.post(address, form=form, headers={"Referer": address})
        assert answer.url == f"{self.house.address}/", answer.text()
        self.kept[who] = context.storage_state()
        return context

    def post(self, page: Page, address: str, **fields: str | float | bool) -> None:
        """Send a form as a page of the house does by its script."""
        cookies = page.context.cookies()
        token = next(one["value"] for one in cookies if one["name"] == "rexian_csrf")
        headers = {"X-CSRFToken": token}
        page.request.post(self.house.address + address, form=fields, headers=headers)

    def write(self, statement: str, *values: object) -> int:
        """Change what would take days to change, and return how many rows that were."""
        home = self.house.home / "rexian.sqlite3"
        with closing(sqlite3.connect(home, timeout=20)) as database:
            changed = database.execute(statement, values).rowcount
            database.commit()
        return changed

    def let_pass(self, case: str, *, minutes: int) -> None:
        """Have the clocks of a case be so much further, and do what they have to do."""
        number = case.strip("/").rpartition("/")[2]
        earlier = f"-{minutes} minutes"
        assert self.write(
            "UPDATE cases_clock SET due_at = strftime('%Y-%m-%d %H:%M:%f', due_at, ?)"
            " WHERE case_id = ? AND stopped_at IS NULL",
            earlier,
            number,
        )
        assert self.write(
            "UPDATE clockwork_work SET due_at = strftime('%Y-%m-%d %H:%M:%f'),"
            " next_at = strftime('%Y-%m-%d %H:%M:%f')"
            " WHERE name = 'cases.clock' AND state = 'open' AND subject = ?",
            f"case:{number}",
        )


def address_of(page: Page) -> str:
    """Return the address of the case that a page shows."""
    found = re.search(r"/cases/\d+/", page.url)
    assert found, page.url
    return found[0]


def press(button: Locator) -> None:
    """Press what leads to another page, and wait for that."""
    with button.page.expect_navigation():
        button.first.click()


def fill(form: Locator, known: dict[str, str]) -> None:
    """Fill in a form: text by what it is, a choice by some words of it, a box by ``on``."""
    for name, value in known.items():
        one = form.locator(f'[name="{name}"]').first
        kind = one.evaluate("(one) => one.type")
        if kind == "select-one":
            option = one.locator("option", has_text=value).first
            one.select_option(option.get_attribute("value"))
        elif kind == "checkbox":
            one.check()
        else:
            one.fill(value)


def move(page: Page, name: str, **given: str) -> None:
    """Make a move on the page of a case, with what it asks for."""
    tried = try_to(page, name, **given)
    assert _DONE.search(page.url), tried.inner_text()


def try_to(page: Page, name: str, **given: str) -> Locator:
    """Send the form of a move, whatever comes of it; return where the moves stand."""
    place = page.locator(f"#move-{name}")
    if place.locator("summary").count():
        place.locator("summary").click()
        fill(place, given)
    press(place.locator("button"))
    return page.locator("#moves")


def offered(page: Page) -> set[str]:
    """Return the moves that a page of a case offers."""
    found = page.locator("#moves .move").evaluate_all("(all) => all.map((one) => one.id)")
    return {one.removeprefix("move-") for one in found}


def happened(page: Page) -> Locator:
    """Return the steps of a case, the newest first."""
    return page.locator(".timeline > li")


def call(office: Office, who: str, customer: str, **answers: str) -> None:
    """Have somebody call a customer on what was done, and note what they say."""
    office.house.call_at_any_hour()
    page = office.at(who, "/desk/callbacks/?whose=all")
    press(page.locator("#callbacks th a", has_text=customer))
    press(page.locator("form[action$='/take'] button"))
    for name, value in answers.items():
        one = page.locator(f"form[action$='/answer'] [name$='{name}']")
        if one.first.get_attribute("type") == "radio":
            one.and_(page.locator(f"[value={value}]")).first.check()
        else:
            one.first.fill(value)
    press(page.locator("form[action$='/answer'] .buttons button"))


def is_narrow(page: Page) -> None:
    """Look at whether nothing is wider than the telephone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"], page.url


def says(place: Locator, text: str | re.Pattern[str]) -> None:
    """Look at whether something is told there."""
    expect(place).to_contain_text(text)
