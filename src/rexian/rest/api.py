"""The interface for machines as a whole: its parts, its errors, its description."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from rexian import __version__
from rexian.rest.access import Token
from rexian.rest.problems import say_problems
from rexian.rest.schemas import Problem
from rexian.rest.views import (
    cases,
    inspections,
    notices,
    organisation,
    recordings,
    standards,
)


class Interface(NinjaAPI):
    """The interface, whose description tells of problems as it tells of answers."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the description, each operation with what it answers when it does not work."""
        described = super().get_openapi_schema(**options)
        described["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        for path in described["paths"].values():
            for operation in path.values():
                operation["responses"]["default"] = {
                    "description": "It did not work, and this says why.",
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}
                        }
                    },
                }
        return described


api = Interface(
    title="Rexian",
    version=__version__,
    description=(
        "A public hotline, run by its written service standard. Every request carries a token "
        "that a person has made for a machine; it may do what the person may, as far as its "
        "scopes go. Errors are application/problem+json (RFC 9457)."
    ),
    docs_url=None,  # the page that ships with the framework loads scripts from elsewhere
    openapi_url="/openapi.json",
    auth=Token(),
    urls_namespace="rest",
)
api.add_router("/organisation", organisation.router)
api.add_router("/standards", standards.router)
api.add_router("/cases", cases.router)
api.add_router("/inspections", inspections.router)
api.add_router("/recordings", recordings.router)
api.add_router("/notices", notices.router)
say_problems(api)
