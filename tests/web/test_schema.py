"""The API keeps to its own description, whatever is sent: schemathesis makes up the requests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
from hypothesis import HealthCheck, given, settings  # noqa: E402
from schemathesis.config import SchemathesisConfig  # noqa: E402

from searchkit.web import Settings, create_app  # noqa: E402

EACH = 12
REFUSALS = {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]}}
"""A text may fit the schema and be no query of the language (400, with the place), or the id of no speech (404)."""


def test_nothing_sent_breaks_the_contract(index: Path) -> None:
    config = SchemathesisConfig.from_dict({"checks": REFUSALS})
    app = create_app(Settings(index))
    described = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"host": "localhost"}, config=config)
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 20
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def sent(case: Any) -> None:
            case.call_and_validate(headers={"host": "localhost"})

        sent()
