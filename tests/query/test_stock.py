"""Whoosh is imported without what it only passes on, and whoever uses that finds it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

QUERY = "import sys, searchkit.query\n"


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", QUERY + code], capture_output=True, text=True, check=True
    ).stdout


def test_importing_the_query_language_opens_no_way_into_a_network() -> None:
    loaded = run("print(*sys.modules)").split()
    assert "whoosh.query" in loaded
    assert not {"urllib.request", "http.client", "ssl", "email", "whoosh.lang.morph_en", "whoosh.lang.porter"} & {
        *loaded
    }


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import urllib.request; print(urllib.request.urlopen.__name__)", "urlopen"),
        pytest.param(
            "from whoosh.compat import urlretrieve; urlretrieve('data:,said', '/dev/null'); print('read')",
            "read",
            marks=pytest.mark.skipif(find_spec("whoosh.compat") is None, reason="the fork of Whoosh has no compat"),
        ),
        ("from whoosh.query.terms import variations; print('speaking' in variations('speak'))", "True"),
        ("from whoosh.analysis import StemmingAnalyzer as A; print(*(t.text for t in A()('speeches')))", "speech"),
    ],
)
def test_what_whoosh_passes_on_is_there_for_others(code: str, said: str) -> None:
    assert run(code).strip() == said


def test_who_imports_such_a_module_meanwhile_gets_the_true_one() -> None:
    code = (
        "from searchkit.query.stock import loading_whoosh; import email, sys\n"
        "with loading_whoosh():\n"
        "    import urllib.request as first, urllib.request\n"
        "    print('ssl' in sys.modules, first.urlopen is urllib.request.urlopen, urllib.request.urlopen.__module__)\n"
        "import urllib.request as now; print(type(now).__name__, now is sys.modules[now.__name__])"
    )
    assert run(code).split() == ["False", "True", "urllib.request", "module", "True"]


def test_a_schema_with_whooshs_own_stems_can_be_kept_and_read_without_searchkit() -> None:
    kept = run(
        "import pickle; from whoosh.analysis import StemmingAnalyzer; from whoosh.fields import TEXT\n"
        "print(pickle.dumps(TEXT(analyzer=StemmingAnalyzer())).hex())"
    ).strip()
    read = (
        "import pickle, sys\n"
        f"field = pickle.loads(bytes.fromhex({kept!r}))\n"
        "print(*(token.text for token in field.analyzer('speeches')), 'searchkit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", read], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["speech", "False"]
