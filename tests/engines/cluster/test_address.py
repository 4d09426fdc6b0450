"""Addresses, credentials, names: what is decided before a cluster is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import config
from searchkit.engines.cluster import ClusterAddress, Connection, parse_address
from searchkit.engines.cluster.names import generation_of, speeches_index, state_index
from searchkit.errors import UsageError

VARIABLES = ("USER", "PASSWORD", "API_KEY", "CA", "TLS", "CREDENTIALS")


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(f"SEARCHKIT_OPENSEARCH_{name}", raising=False)


@pytest.mark.parametrize(
    ("text", "nodes", "name"),
    [
        ("opensearch://host:9200/speeches", (("host", 9200),), "speeches"),
        ("opensearch://host/un-debates/", (("host", 9200),), "un-debates"),
        ("opensearch://a.b:1,10.0.0.2:2/x_1", (("a.b", 1), ("10.0.0.2", 2)), "x_1"),
        ("opensearch://[::1]:9200/x", (("[::1]", 9200),), "x"),
    ],
)
def test_an_address_names_nodes_and_an_index(text: str, nodes: object, name: str) -> None:
    address = parse_address(text)
    assert address == ClusterAddress(nodes, name)  # type: ignore[arg-type]
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "opensearch://",
        "opensearch://host",
        "opensearch://host/",
        "opensearch://host/Speeches",
        "opensearch://host/a/b",
        "opensearch://host/-x",
        "opensearch://host:99999/x",
        "opensearch://host:port/x",
        "opensearch://host,/x",
        "opensearch://ho st/x",
        "opensearch://host/..%2f_all",
    ],
)
def test_what_names_no_index_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"opensearch://HOST:9200/NAME|port"):
        parse_address(text)


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(UsageError, match="SEARCHKIT_OPENSEARCH_PASSWORD") as refused:
        parse_address("opensearch://me:secret@host:9200/speeches")
    assert "secret" not in str(refused.value)


def test_a_folder_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEARCHKIT_INDEX", raising=False)
    assert config.cluster_place() is None
    assert config.cluster_place("data/opensearch") is None
    monkeypatch.setenv("SEARCHKIT_INDEX", "opensearch://host:9200/speeches")
    assert config.cluster_place() == "opensearch://host:9200/speeches"
    with pytest.raises(UsageError, match="searchkit copy"):
        config.index_path()


def test_generations_are_told_from_other_indices() -> None:
    id = "20261123T021500Z-1"
    assert speeches_index("un", id) == "un-20261123t021500z-1"
    assert generation_of("un", speeches_index("un", id)) == id
    assert generation_of("un", state_index("un", id)) is None
    assert generation_of("un", "un-debates-20261123t021500z-1") is None
    assert generation_of("un", "un-control") is None


def test_credentials_come_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "credentials.toml"
    file.write_text('user = "me"\npassword = "secret"\nca = "/ca.pem"\n')
    file.chmod(0o600)
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_CREDENTIALS", str(file))
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_PASSWORD", "other")
    settings = config.cluster_settings()
    assert (settings.user, settings.password, settings.authority) == ("me", "other", "/ca.pem")
    assert "other" not in repr(settings)


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        ('user = "me"', 0o644, "others can read it"),
        ("secret", 0o600, "not a TOML file"),
        ('token = "secret"', 0o600, "token is not one of"),
        ("user = 1", 0o600, "user is not one of"),
    ],
)
def test_a_file_of_credentials_is_looked_at(
    content: str, mode: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "credentials.toml"
    file.write_text(content)
    file.chmod(mode)
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_CREDENTIALS", str(file))
    with pytest.raises(UsageError, match=said) as refused:
        config.cluster_settings()
    assert "secret" not in str(refused.value)


def test_credentials_do_not_cross_a_network_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_USER", "me")
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_TLS", "off")
    with pytest.raises(UsageError, match="use TLS"):
        Connection(parse_address("opensearch://example.org:9200/speeches"))
    Connection(parse_address("opensearch://127.0.0.1:9200/speeches")).close()
