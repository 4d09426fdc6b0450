"""The API keeps to its own description, whatever is sent: schemathesis makes up the requests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
from hypothesis import HealthCheck, given, settings  # noqa: E402
from schemathesis.specs.openapi.checks import positive_data_acceptance  # noqa: E402

from searchkit.web import Settings, create_app  # noqa: E402

EACH = 25
# A text may fit the schema and still be no query of the language: 400, with the place, is then the right answer.


def test_nothing_sent_breaks_the_contract(index: Path) -> None:
    described = schemathesis.openapi.from_asgi(
        "/api/openapi.json", create_app(Settings(index)), headers={"host": "localhost"}
    )
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 5
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def sent(case: Any) -> None:
            case.call_and_validate(headers={"host": "localhost"}, excluded_checks=[positive_data_acceptance])

        sent()
