"""Components render, escape what they are given, and say what they are to a screen reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django import forms
from jinja2 import Environment

from rexian.look.pagination import page_of
from rexian.look.shapes import (
    Branch,
    Column,
    Crumb,
    Fact,
    Happening,
    Notice,
    Tab,
    Tile,
)
from rexian.look.sorting import Sorting
from rexian.look.widgets import DayInput

Render = Callable[..., str]

BAD = '"><script>alert(1)</script>'
AT = datetime(2025, 11, 22, 6, 30, tzinfo=UTC)


class EveryField(forms.Form):
    text = forms.CharField(label=BAD, help_text=BAD)
    secret = forms.CharField(widget=forms.PasswordInput)
    chosen = forms.ChoiceField(choices=[(BAD, BAD)])
    several = forms.MultipleChoiceField(
        choices=[(BAD, BAD)], widget=forms.CheckboxSelectMultiple, label=BAD
    )
    one = forms.ChoiceField(choices=[(BAD, BAD)], widget=forms.RadioSelect, help_text=BAD)
    agreed = forms.BooleanField(label=BAD)
    day = forms.DateField(widget=DayInput)
    long = forms.CharField(widget=forms.Textarea)
    file = forms.FileField(label=BAD)
    hidden = forms.CharField(widget=forms.HiddenInput, initial=BAD)


def faulty() -> EveryField:
    form = EveryField({"text": "", "hidden": BAD, "long": BAD})
    form.add_error(None, BAD)
    form.add_error("long", BAD)
    return form


# Each macro with its calls; a test sees to it that none is missing here.
CALLS: dict[str, tuple[str, ...]] = {
    "brand": ("look.brand(bad)",),
    "icon": ("look.icon('search')", "look.icon('search', label=bad)"),
    "button": (
        "look.button(bad, kind='primary', icon_name='plus', name=bad, value=bad)",
        "look.button('x', attributes={'data-x': bad})",
    ),
    "link_button": ("look.link_button(bad, bad, attributes={'aria-label': bad})",),
    "action": ("look.action(bad, bad, csrf, values={bad: bad})",),
    "keys": ("look.keys('g', bad)",),
    "field": (
        *(f"look.field(form['{name}'])" for name in EveryField.base_fields),
        "look.field(form['file'], drop=true)",
        "look.field(faulty['one'], kind='inline')",
    ),
    "fields": ("look.fields(form)", "look.fields(faulty)"),
    "error_summary": ("look.error_summary(faulty)", "look.error_summary(faulty, focus=false)"),
    "search_box": ("look.search_box('q', value=bad, label=bad, placeholder=bad)",),
    "filters": ("look.filters(clear=bad, label=bad)",),
    "table": (
        "look.table(columns, bad, sorting)",
        "look.table(columns, bad, wide=true, unseen_caption=false)",
    ),
    "pagination": ("look.pagination(rows)", "look.pagination(rows, label=bad)"),
    "steps": ("look.steps(newer=bad, older=bad)", "look.steps()"),
    "tabs": ("look.tabs(tabs)",),
    "crumbs": ("look.crumbs(trail)",),
    "notice": ("look.notice(bad, 'bad', title=bad)", "look.notice(bad)"),
    "notices": ("look.notices(notices)", "look.notices(())"),
    "badge": ("look.badge(bad, 'good')", "look.badge(bad)"),
    "progress": ("look.progress(bad, 3, 10, id='p')", "look.progress(bad, 0, 0)"),
    "meter": ("look.meter(bad, 3, bad, 'good', min=1, max=5)",),
    "tile": ("look.tile(tile)", "look.tile(plain_tile)"),
    "facts": ("look.facts(facts)",),
    "empty": ("look.empty(bad, bad)",),
    "failure": ("look.failure(bad, bad)",),
    "loading": ("look.loading()", "look.loading(bad)"),
    "disclosure": ("look.disclosure(bad, note=bad, is_open=true, remember=bad)",),
    "dialog": ("look.dialog('d', bad)",),
    "tree": ("look.tree(units, bad)",),
    "timeline": ("look.timeline(happenings)",),
    "code_box": ("look.code_box(bad, bad, id='c')", "look.code_box(bad, [bad], id='c')"),
    "qr": ("look.qr(bad)",),
    "live_mark": ("look.live_mark()", "look.live_mark('on')"),
}
LINES = [line for lines in CALLS.values() for line in lines]


@pytest.fixture
def values() -> dict[str, object]:
    leaf = Branch(title=BAD, href=BAD, note=BAD, current=True)
    return {
        "bad": BAD,
        "csrf": "",
        "form": EveryField(),
        "faulty": faulty(),
        "columns": (Column(title=BAD, name=BAD), Column(title=BAD), Column(title=BAD, unseen=True)),
        "sorting": Sorting(BAD, query=BAD),
        "rows": page_of("2", size=10, total=200, query=BAD),
        "tabs": (Tab(BAD, BAD, current=True, count=3), Tab(BAD, BAD)),
        "trail": (Crumb(BAD, BAD), Crumb(BAD)),
        "notices": (Notice(BAD), Notice(BAD, title=BAD)),
        "tile": Tile(title=BAD, figure=BAD, unit=BAD, note=BAD, href=BAD, badge=BAD),
        "plain_tile": Tile(title=BAD, figure=BAD),
        "facts": (Fact(BAD, BAD), Fact(BAD, BAD, BAD)),
        "units": (Branch(title=BAD, branches=(leaf,)),),
        "happenings": (
            Happening(at=AT, at_text=BAD, sentence=BAD, who=BAD, note=BAD, href=BAD),
            Happening(at=AT, at_text=BAD, sentence=BAD),
        ),
    }


def test_every_macro_is_tried_here(templates: Environment) -> None:
    macros = templates.get_template("look/macros.html").module

    assert {name for name in vars(macros) if not name.startswith("_")} == set(CALLS)


@pytest.mark.parametrize("line", LINES)
def test_what_a_component_is_given_comes_out_escaped(
    line: str, rendered: Render, values: dict[str, object]
) -> None:
    name = line.removeprefix("look.").partition("(")[0]
    called = name in {"filters", "table", "disclosure", "dialog", "qr"}
    source = f"{{% call {line} %}}{{{{ bad }}}}{{% endcall %}}" if called else f"{{{{ {line} }}}}"

    text = rendered(source, **values)

    assert "<script" not in text
    assert BAD not in text


@pytest.mark.parametrize(
    "line",
    ["look.notice('x')", "look.empty('x', 'y')", "look.failure('x', 'y')"],
)
def test_a_state_may_offer_something_to_do(line: str, rendered: Render) -> None:
    assert "<b>do</b>" in rendered(f"{{% call {line} %}}<b>do</b>{{% endcall %}}")


def test_a_faulty_field_names_its_hint_and_its_error(rendered: Render) -> None:
    text = rendered("{{ look.field(form['text']) }}", form=faulty())

    assert 'aria-invalid="true"' in text
    (described,) = re.findall(r'aria-describedby="([^"]+)"', text)
    assert all(f'id="{one}"' in text for one in described.split())
    assert len(described.split()) == 2
    assert 'for="id_text"' in text


def test_a_group_of_choices_is_named_and_described(rendered: Render) -> None:
    text = rendered("{{ look.field(form['one']) }}", form=faulty())

    assert "<legend>" in text
    assert 'aria-describedby="id_one_helptext id_one_error"' in text


def test_the_summary_leads_to_each_faulty_field(rendered: Render) -> None:
    text = rendered("{{ look.fields(form) }}", form=faulty())
    targets = re.findall(r'<a href="#([^"]+)"', text)

    assert targets
    assert all(f'id="{target}"' in text for target in targets)


def test_a_form_that_nobody_has_sent_has_no_summary(rendered: Render) -> None:
    assert rendered("{{ look.error_summary(form) }}", form=EveryField()).strip() == ""


def test_a_day_is_given_to_the_browser_in_its_own_form(rendered: Render) -> None:
    form = EveryField(initial={"day": AT.date()})

    assert 'value="2025-11-22"' in rendered("{{ look.field(form['day']) }}", form=form)


def test_only_the_column_sorted_by_says_so(rendered: Render) -> None:
    columns = (Column(title="a", name="a"), Column(title="b", name="b"))
    text = rendered(
        "{% call look.table(columns, 'c', sorting) %}{% endcall %}",
        columns=columns,
        sorting=Sorting("b", descending=True),
    )

    assert re.findall(r'aria-sort="(\w+)"', text) == ["descending"]


def test_the_first_page_has_no_way_back(rendered: Render) -> None:
    text = rendered("{{ look.pagination(page) }}", page=page_of("1", size=10, total=30))

    assert 'rel="next"' in text
    assert 'rel="prev"' not in text
    assert text.count('aria-current="page"') == 1


def test_a_label_that_is_a_message_is_shown_in_the_readers_language(rendered: Render) -> None:
    assert "关闭" in rendered("{{ look.badge('Close') }}")
