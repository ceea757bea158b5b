"""The pages of the house: who looks at which, and what they do there first.

Pictures of the documentation are taken of them, and tests in the browser walk them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

from openpyxl import Workbook
from playwright.sync_api import Page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = "/inspections/1/"
DRAFTED = "/standards/1/clauses/CC-20"
NOBODY = ""


@dataclass(frozen=True, slots=True)
class View:
    """A page to look at: who does, at which address, and what they do there before the picture.

    ``is_busy`` where the hotline has people in it; then names of theirs may stand in the address.
    """

    name: str
    who: str
    address: str
    act: Callable[[Page], object] = lambda _page: None
    theme: str = "light"
    status: int = 200
    is_busy: bool = False


def workbook(*people: tuple[str, str]) -> bytes:
    """Return a workbook of agents of the first team: sign-in name, name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("人员")
    sheet.append(["登录名", "姓名", "单位编码", "角色"])
    for sign_in, name in people:
        sheet.append([sign_in, name, "team-1", "客服"])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _load_roster(*people: tuple[str, str]) -> Callable[[Page], object]:
    def load(page: Page) -> None:
        content = workbook(*people)
        page.locator("[type=file]").set_input_files(
            {"name": "人员.xlsx", "mimeType": XLSX, "buffer": content}
        )
        page.locator("form[enctype] button").click()
        page.locator("#plan").wait_for()

    return load


def _carry_out_roster(page: Page) -> None:
    _load_roster(("hanmei", "韩梅"), ("gaofei", "高飞"))(page)
    _send("carry-out/", "table code")(page)


def _send(form: str, then: str) -> Callable[[Page], object]:
    """Return the act of sending the form of that address, after which something can be seen."""

    def send(page: Page) -> None:
        page.locator(f"main form[action$='{form}'] button").click()
        page.locator(then).first.wait_for()

    return send


def _follow_first(selector: str) -> Callable[[Page], object]:
    """Return the act of following the first such link, to another page."""

    def follow(page: Page) -> None:
        left = page.url
        page.locator(selector).first.click()
        page.wait_for_url(lambda url: url != left)

    return follow


def _in_draft(rest: str) -> Callable[[Page], object]:
    """Return the act of going on with the draft of a standard, or of beginning it, at a page."""

    def go(page: Page) -> None:
        page.locator(
            "form[action$='/draft'] button, main a[href*='/standards/drafts/']"
        ).first.click()
        page.wait_for_url("**/standards/drafts/**")
        page.goto(page.url.partition("clauses/")[0] + rest)

    return go


def _change_time_in_draft(page: Page) -> None:
    _in_draft("clauses/CC-20")(page)
    deadline = page.locator("#deadlines-complaint-answer")
    deadline.locator("[name$='by_class/complex']").fill("12h")
    deadline.locator("form button[type=submit]").last.click()
    page.wait_for_url("**done=**")
    page.locator("a[href$='/compare']").click()
    page.wait_for_url("**/compare")


def _forbid_and_replay(page: Page) -> None:
    """Forbid a word that the samples have in a draft, and judge them by it."""
    _in_draft("clauses/HW-3.12")(page)
    adding = page.locator("#forbidden-forbidden-words details").filter(
        has=page.locator("[name=word-word]")
    )
    adding.locator("summary").click()
    adding.locator("[name=word-word]").fill("没有义务")
    adding.locator("[name=word-sense]").fill("推托")
    adding.locator("button[type=submit]").click()
    page.locator("a[href*='/replays/new']").click()
    page.locator("[name=until]").fill(f"{datetime.now(UTC) + timedelta(hours=8):%Y-%m-%d}")
    page.locator("main form button[type=submit]").click()
    page.locator("[data-batch=done]").wait_for()


def _open_link(page: Page) -> None:
    _send("password-link/", "#link")(page)
    page.goto(page.locator("#link").inner_text().strip())


def _submit_case(page: Page) -> None:
    """Submit a complaint as a customer, and stay on the page that shows its number."""
    page.select_option("[name=category]", "complaint-attitude")
    page.fill("[name=matter]", "出口3号车道收费员找零时把钱扔出来，还骂人，希望道歉。")
    page.fill("[name=place_text]", "柳村收费站")
    page.fill("[name=number]", "13800138000")
    page.locator("form[enctype] .buttons button").click()
    page.locator(".confirmed .reference").wait_for()


def _open_receipt(page: Page) -> None:
    _submit_case(page)
    _follow_first("main a[href$='/slip']")(page)


def _take_call(page: Page) -> None:
    """Open the first call on cases, and take it on where the hour is one to call at."""
    _follow_first("#callbacks a[href*='/callbacks/cases/']")(page)
    taking = page.locator("form[action$='/take'] .primary")
    if taking.count():
        taking.click()
        page.wait_for_url("**?done=taken")


def _open_field(page: Page) -> None:
    page.goto(page.locator("#field-link").inner_text().strip())


def _at_desk(page: Page) -> None:
    page.locator("html[data-desk-ready]").wait_for()


def _live(page: Page) -> None:
    page.locator("[data-live-state=on]").wait_for()


def _in_conversation(page: Page) -> None:
    """Have the conversation stand there with its guide and its record."""
    _at_desk(page)
    page.locator(".contact", has_text="周敏").click()
    page.locator(".record [name=category]").wait_for(state="attached")
    page.locator("#guide h2").wait_for()


def _in_urgent_record(page: Page) -> None:
    _at_desk(page)
    page.locator(".contact", has_text="陈国栋").click()
    page.locator("#talk-lines .words").first.wait_for()
    page.locator("#talk-lines").focus()
    page.keyboard.press("F9")
    page.locator(".record .safety").first.wait_for()


def _open_move(name: str) -> Callable[[Page], object]:
    """Return the act of opening the form of a move of a case."""

    def opens(page: Page) -> None:
        _live(page)
        page.locator(f"#move-{name} > summary").click()
        page.locator(f"#move-{name} form").wait_for()

    return opens


VIEWS = (
    View("sign-in", NOBODY, "/account/sign-in/"),
    View("forgotten", NOBODY, "/account/forgotten/"),
    View("home", "zhengjie", "/"),
    View("home-dark", "zhengjie", "/", theme="dark"),
    View("home-agent", "wangfang", "/"),
    View("notices", "chenwei", "/notices/"),
    View("inspections", "zhengjie", "/inspections/"),
    View("send-in", "zhengjie", "/inspections/new"),
    View("inspection", "zhengjie", BATCH),
    View("conversation", "zhengjie", f"{BATCH}?outcome=missed", _follow_first("tbody a")),
    View(
        "conversation-dark",
        "zhengjie",
        f"{BATCH}?outcome=missed",
        _follow_first("tbody a"),
        theme="dark",
    ),
    View("delete-inspection", "zhengjie", f"{BATCH}delete"),
    View("standards", "chenwei", "/standards/"),
    View("import-standard", "chenwei", "/standards/import"),
    View("standard", "chenwei", "/standards/1/"),
    View("clause", "chenwei", "/standards/1/", _follow_first(".clauses a.number")),
    View("draft", "chenwei", DRAFTED, _in_draft("")),
    View("draft-clause", "chenwei", DRAFTED, _in_draft("clauses/CC-20")),
    View("draft-file", "chenwei", DRAFTED, _in_draft("files/rules.yaml")),
    View("draft-comparison", "chenwei", DRAFTED, _change_time_in_draft),
    View("replay", "zhengjie", DRAFTED, _forbid_and_replay),
    View("standard-work", "zhengjie", "/standards/1/work"),
    View("standard-rules", "zhengjie", "/standards/1/rules"),
    View("written-standard", "chenwei", "/standards/drafts/written"),
    View("organisation", "admin", "/organisation/"),
    View("organisation-settings", "admin", "/organisation/settings/"),
    View("unit", "admin", "/organisation/units/3/"),
    View("unit-open", "admin", "/organisation/units/3/open/"),
    View("unit-change", "admin", "/organisation/units/3/change/"),
    View("unit-move", "admin", "/organisation/units/3/move/"),
    View("unit-close", "admin", "/organisation/units/3/close/"),
    View("people", "admin", "/people/"),
    View("person", "admin", "/people/2/"),
    View("person-join", "admin", "/people/new/"),
    View("person-change", "admin", "/people/2/change/"),
    View("person-appoint", "admin", "/people/2/appoint/"),
    View("person-move", "admin", "/people/2/move/"),
    View("person-leave", "admin", "/people/2/leave/"),
    View("person-link", "admin", "/people/2/", _send("password-link/", "#link")),
    View("set-password", "admin", "/people/2/", _open_link),
    View("import-people", "admin", "/people/import/"),
    View(
        "import-people-plan",
        "admin",
        "/people/import/",
        _load_roster(("hanmei", "韩梅"), ("gaofei", "高飞")),
    ),
    View("import-people-links", "admin", "/people/import/", _carry_out_roster),
    View("journal", "admin", "/journal/"),
    View("work", "admin", "/work/"),
    View("give-up", "admin", "/work/", _follow_first("tbody a")),
    View("profile", "wuting", "/account/profile/"),
    View("password", "wuting", "/account/password/"),
    View("sessions", "wuting", "/account/sessions/"),
    View("second-factor", "wuting", "/account/second-factor/"),
    View(
        "second-factor-key",
        "wuting",
        "/account/second-factor/",
        _send("second-factor/", "#key"),
    ),
    View("tokens", "wuting", "/account/tokens/"),
    View("portal-start", NOBODY, "/chat/huatong/"),
    View("portal-message", NOBODY, "/chat/huatong/message"),
    View("portal-waiting", NOBODY, "/chat/c/{waiting}/", is_busy=True),
    View("portal-talking", NOBODY, "/chat/c/{talking}/", is_busy=True),
    View("portal-after", NOBODY, "/chat/c/{done}/", is_busy=True),
    View("portal-service", NOBODY, "/service/huatong/"),
    View("portal-submit", NOBODY, "/service/huatong/submit"),
    View("portal-case", NOBODY, "/service/huatong/submit", _submit_case),
    View("portal-receipt", NOBODY, "/service/huatong/submit", _open_receipt),
    View("portal-follow", NOBODY, "/service/huatong/follow"),
    View("desk", "wangfang", "/desk/", _at_desk),
    View("desk-talking", "wangfang", "/desk/", _in_conversation, is_busy=True),
    View("desk-urgent", "wangfang", "/desk/", _in_urgent_record, is_busy=True),
    View("desk-today", "wangfang", "/desk/today/", is_busy=True),
    View("phrases", "wangfang", "/desk/phrases/", is_busy=True),
    View("floor", "zhaomin", "/floor/", _live, is_busy=True),
    View(
        "floor-agent", "zhaomin", "/floor/", _follow_first("th a[href*='/agents/']"), is_busy=True
    ),
    View(
        "read-along",
        "zhaomin",
        "/floor/contacts/{talking_contact}/",
        _live,
        is_busy=True,
    ),
    View("contacts", "zhengjie", "/contacts/", is_busy=True),
    View("contact", "zhengjie", "/contacts/{done_contact}/", is_busy=True),
    View("cases", "wangfang", "/cases/", _live),
    View("cases-mine", "zhoujun", "/cases/?view=mine", _live),
    View("case-new", "wangfang", "/cases/new/"),
    View("case", "zhoujun", "/cases/2/", _live),
    View("case-move", "wangfang", "/cases/1/", _open_move("send-slip")),
    View("case-done", "wuting", "/cases/3/", _live),
    View("case-dark", "xujing", "/cases/4/", _live, theme="dark"),
    View("case-alerts", "zhoujun", "/cases/alerts/", _live),
    View("letters", "zhaomin", "/cases/letters/"),
    View("case-slip", "chenwei", "/cases/3/slips/complaint-slip/"),
    View("case-slip-print", "chenwei", "/cases/3/slips/complaint-slip/print"),
    View("case-help", "chenwei", "/cases/4/", _live),
    View("case-dispatch", "chenwei", "/cases/4/dispatch/dispatch-more"),
    View("case-called", "chenwei", "/cases/4/called/1/"),
    View("field", "chenwei", "/cases/4/called/1/", _open_field),
    View("directory", "chenwei", "/cases/directory/"),
    View("directory-new", "chenwei", "/cases/directory/new"),
    View("duty", "chenwei", "/cases/duty/"),
    View("duty-new", "chenwei", "/cases/duty/new"),
    View("calls", "wuting", "/desk/callbacks/?whose=all"),
    View("call", "wuting", "/desk/callbacks/?whose=all", _take_call),
    View("callbacks", "chenwei", "/callbacks/"),
    View("dissatisfied", "chenwei", "/callbacks/dissatisfied/"),
    View("heard", "chenwei", "/callbacks/heard/"),
    View("figures", "chenwei", "/figures/"),
    View("figure", "chenwei", "/figures/answered/"),
    View("hotlines", "admin", "/hotlines/"),
    View("hotline", "admin", "/hotlines/1/"),
    View("hotline-change", "admin", "/hotlines/1/change"),
    View("places", "admin", "/places/"),
    View("place-road", "admin", "/places/roads/1/"),
    View("place-points", "admin", "/places/points"),
    View("place-list", "admin", "/places/import/"),
    View("keys", "admin", "/", lambda page: page.keyboard.press("?")),
    View("refused", "wangfang", "/journal/", status=403),
    View("not-found", "zhengjie", "/inspections/404/", status=404),
)
"""The pages of the house, in the order of the guide."""
