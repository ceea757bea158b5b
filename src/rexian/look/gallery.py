"""Every component in its states, with the words of a hotline: for contributors and tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rexian.look.pagination import page_of
from rexian.look.shapes import (
    Branch,
    Column,
    Crumb,
    Fact,
    Happening,
    NavigationItem,
    Notice,
    Tab,
    Tile,
    Tone,
)
from rexian.look.sorting import sorting_of
from rexian.look.widgets import DayInput

COLUMNS = (
    Column(title="姓名", name="name"),
    Column(title="工号", name="number"),
    Column(title="岗位"),
    Column(title="单位"),
    Column(title="在岗", name="state"),
    Column(title="本月接听", name="answered", numeric=True),
    Column(title="操作", unseen=True),
)
PEOPLE = (
    ("陈思远", "8106", "坐席", "监控一班", "在线", Tone.GOOD, "1,204"),
    ("欧阳晓岚", "8117", "值班长", "监控一班", "通话中", Tone.INFO, "986"),
    ("李雨桐", "8121", "坐席", "监控二班", "小休", Tone.CAUTION, "1,130"),
    ("王建国", "8203", "处理人", "云岭管理处 · 养护科", "离线", Tone.QUIET, "0"),
    ("赵敏", "8304", "质检员", "客户服务中心", "锁定", Tone.BAD, "77"),
)
UNITS = (
    Branch(
        title="云岭高速集团",
        href="#group",
        note="3 个单位 · 126 人",
        branches=(
            Branch(
                title="客户服务中心",
                href="#centre",
                current=True,
                note="值班长：欧阳晓岚",
                branches=(
                    Branch(title="监控一班", href="#one", note="18 人"),
                    Branch(title="监控二班", href="#two", note="17 人"),
                ),
            ),
            Branch(
                title="云岭管理处",
                href="#section",
                note="处理人 6 名",
                is_open=False,
                branches=(Branch(title="临川收费站", href="#station", note="24 人"),),
            ),
            Branch(title="南口管理处", href="#south", note="尚无处理人"),
        ),
    ),
)
HAPPENINGS = (
    Happening(
        at=datetime(2025, 11, 22, 6, 30, tzinfo=UTC),
        at_text="今天 14:30",
        sentence="发布标准“云岭高速客户服务标准”第 3 版，12 月 1 日起执行",
        who="赵敏",
        href="#entry",
        tone=Tone.GOOD,
    ),
    Happening(
        at=datetime(2025, 11, 22, 5, 2, tzinfo=UTC),
        at_text="今天 13:02",
        sentence="李雨桐连续输错密码，账号锁定 15 分钟",
        who="系统",
        note="org.person_locked",
        tone=Tone.BAD,
    ),
    Happening(
        at=datetime(2025, 11, 21, 1, 15, tzinfo=UTC),
        at_text="昨天 09:15",
        sentence="监控二班并入客户服务中心",
        who="王建国",
    ),
)
TILES = (
    Tile(title="今日接听", figure="1,286", unit="通", note="昨日同期 1,240 通", href="#answered"),
    Tile(
        title="20 秒接通率",
        figure="91.4",
        unit="%",
        badge="达标",
        tone=Tone.GOOD,
        note="标准 ≥ 90%",
    ),
    Tile(
        title="未办结工单",
        figure="37",
        unit="件",
        badge="2 件将超时",
        tone=Tone.CAUTION,
        href="#open",
    ),
    Tile(title="质检不合格", figure="5", unit="通", badge="待复核", tone=Tone.BAD),
)
FACTS = (
    Fact("标准", "云岭高速客户服务标准，第 3 版", "#standard"),
    Fact("执行日期", "2025 年 12 月 1 日"),
    Fact("条款", "168 条，其中机器检查 94 条"),
    Fact("内容指纹", "4f2a9c1e77d0"),
)
NAVIGATION = (
    NavigationItem(title="工作台", href="#main", icon="home", key="h", current=True),
    NavigationItem(title="会话质检", href="#c", icon="conversations", key="c", badge="12"),
    NavigationItem(title="服务标准", href="#s", icon="standard", key="s"),
    NavigationItem(title="组织人员", href="#p", icon="units", key="p"),
    NavigationItem(title="时限任务", href="#d", icon="clock", key="d", badge="2"),
    NavigationItem(title="操作日志", href="#j", icon="journal", key="j"),
    NavigationItem(title="系统设置", href="#x", icon="settings", key="x"),
)


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", max_length=40, help_text="与劳动合同一致。")
    password = forms.CharField(label="密码", widget=forms.PasswordInput, help_text="至少 10 位。")
    role = forms.ChoiceField(
        label="岗位", choices=[("agent", "坐席"), ("supervisor", "值班长"), ("handler", "处理人")]
    )
    since = forms.DateField(label="到岗日期", widget=DayInput, required=False)
    note = forms.CharField(label="备注", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    density = forms.ChoiceField(
        label="显示密度",
        widget=forms.RadioSelect,
        choices=[("comfortable", "舒适"), ("compact", "紧凑")],
        initial="comfortable",
    )
    languages = forms.MultipleChoiceField(
        label="服务语言",
        widget=forms.CheckboxSelectMultiple,
        choices=[("zh", "普通话"), ("yue", "粤语"), ("en", "英语")],
        required=False,
    )
    mail = forms.BooleanField(
        label="锁定时发邮件给我", required=False, help_text="发到本人邮箱。", initial=True
    )
    roster = forms.FileField(label="人员名册", required=False, help_text="XLSX，不超过 5 MB。")


def gallery_values(query: str = "", page: str | None = "2") -> dict[str, Any]:
    """Return what the gallery's template shows; ``query`` and ``page`` are those of its address."""
    faulty = SpecimenForm({"f-password": "123", "f-role": "agent"}, prefix="f")
    faulty.add_error("password", "密码太短：至少 10 位。")
    return {
        "columns": COLUMNS,
        "people": PEOPLE,
        "sorting": sorting_of("name", COLUMNS, default="name", query=query),
        "rows": page_of(page, size=50, total=1286, query=query),
        "form": SpecimenForm(),
        "faulty": faulty,
        "units": UNITS,
        "happenings": HAPPENINGS,
        "tiles": TILES,
        "facts": FACTS,
        "tones": tuple(Tone),
        "navigation": NAVIGATION,
        "trail": (Crumb("首页", "#"), Crumb("组织人员", "#"), Crumb("客户服务中心")),
        "tabs": (
            Tab("全部", "#all", current=True, count=126),
            Tab("待激活", "#new", count=3),
            Tab("已离开", "#left"),
        ),
        "notices": (
            Notice("陈思远已调入监控一班。", Tone.GOOD),
            Notice("2027 年节假日尚未公布，工作日时限为暂定。", Tone.CAUTION, "日历不完整"),
        ),
        "standard": "云岭高速客户服务标准，第 3 版",
        "version": "0.2",
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; only where the site is being worked on or tested."""
    query = request.GET.urlencode()
    return render(request, "look/gallery.html", gallery_values(query, request.GET.get("page")))
