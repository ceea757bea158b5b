"""The templates of the look as faces see them, with addresses of no real face."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.backends.utils import csrf_input_lazy
from django.test import RequestFactory
from jinja2 import Environment, FileSystemLoader

from rexian.look.environment import environment

LOOK = Path(__file__).parents[2] / "src" / "rexian" / "look"

Render = Callable[..., str]


@pytest.fixture(scope="session")
def templates() -> Environment:
    made = environment(loader=FileSystemLoader(LOOK / "templates"), autoescape=True)
    made.globals["url"] = lambda name, **_values: "/" + name.replace(":", "/") + "/"
    return made


@pytest.fixture
def rendered(templates: Environment) -> Render:
    """Give a function that renders a line of a template, with the macros as ``look``."""

    def render(source: str, **values: object) -> str:
        whole = '{% import "look/macros.html" as look %}' + source
        return templates.from_string(whole).render(**values)

    return render


@pytest.fixture
def shown(templates: Environment) -> Render:
    """Give a function that renders a whole page for somebody who has asked for ``/here?page=2``."""

    def render(name: str, **values: object) -> str:
        request = RequestFactory().get("/here", {"page": "2"})
        return templates.get_template(name).render(
            **{"request": request, "csrf_input": csrf_input_lazy(request), "language": "zh-Hans"}
            | values
        )

    return render
