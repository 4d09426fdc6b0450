"""Who talks to the cluster?  Every request goes through here: tried again where that helps, never half an answer."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy import exceptions as failures

from searchkit import config, deadline
from searchkit.engines.cluster.address import ClusterAddress
from searchkit.errors import IndexDamaged, IndexMissing, QueryError, SearchkitError, UsageError

__all__ = ["Connection", "Json", "pause"]

Json = dict[str, Any]

_AGAIN = {429, 502, 503, 504}
"""Too many requests at once, or a node or shard that is away at this moment."""
_ATTEMPTS = 8
"""With pauses of up to 0.25, 0.5, 1 ... 8 seconds: a replica takes the place of a lost node within half a minute."""
_LONGEST_PAUSE = 8.0
_TIMEOUT = 20
"""Seconds for an answer; a node that is cut off does not say so."""
_REFUSED_QUERIES = ("too_many_clauses", "too_many_nested_clauses", "maxClauseCount", "max_nested_depth")


def pause(attempt: int) -> float:
    """How many seconds to wait after so many attempts have failed?  Twice as long each time, by chance up to all of it.

    Where many clients are refused at once, chance keeps them from coming back at once.
    """
    return random.uniform(0, min(_LONGEST_PAUSE, 0.25 * 2**attempt))


class Connection:
    """Asks the nodes of one cluster.  Safe to use from several threads."""

    def __init__(self, address: ClusterAddress) -> None:
        self.address = address
        self._client = _client(address, config.cluster_settings())

    def again(self) -> Connection:
        """Sockets of one's own: a process must not write into those of its parent."""
        return Connection(self.address)

    def close(self) -> None:
        """Close the sockets."""
        self._client.close()

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Json | None = None,
        *,
        missing_allowed: bool = False,
        conflict_allowed: bool = False,
        timeout: float = _TIMEOUT,
    ) -> Any:
        """What does the cluster answer?  None for what is not there, or is there already, where that is allowed.

        A lost node and a cluster that has too much to do are asked again, after pauses; every request made here may be
        made twice.  Raises SearchkitError.
        """
        asked = {**(params or {}), "request_timeout": timeout}
        for attempt in range(_ATTEMPTS):
            deadline.check()
            try:
                with _named_failures(self.address):
                    return self._client.transport.perform_request(method, path, params=dict(asked), body=body)
            except _Passing as passing:
                if attempt == _ATTEMPTS - 1:
                    raise passing.told from passing
                time.sleep(pause(attempt))
            except _Missing as missing:
                if missing_allowed:
                    return None
                raise missing.told from missing
            except _Conflict as conflict:
                if conflict_allowed:
                    return None
                raise conflict.told from conflict
        raise AssertionError("unreachable")

    def search_all(self, index: str, bodies: Sequence[Json], preference: str) -> list[Json]:
        """What are the answers to these searches of `index`?  All of every shard, or an error."""
        header = {
            "index": index,
            "preference": preference,
            "search_type": "dfs_query_then_fetch",
            "allow_partial_search_results": False,
        }
        searches = [line for body in bodies for line in (header, {"track_total_hits": True, **body})]
        lines = "".join(f"{json.dumps(line)}\n" for line in searches).encode("ascii")
        for attempt in range(_ATTEMPTS):
            answers: list[Json] = self.request("POST", "/_msearch", lines)["responses"]
            try:
                return [self._whole(answer) for answer in answers]
            except _Passing as passing:
                if attempt == _ATTEMPTS - 1:
                    raise passing.told from passing
                deadline.check()
                time.sleep(pause(attempt))
        raise AssertionError("unreachable")

    def _whole(self, answer: Json) -> Json:
        if "error" in answer:
            status = int(answer.get("status", 500))
            told = _told(answer["error"])
            if status in _AGAIN or _is_of_a_lost_shard(told):
                raise _Passing(IndexDamaged(f"{self.address}: a part of the index does not answer ({told})"))
            raise _not_answered(self.address, status, told)
        shards = answer.get("_shards", {})
        if shards.get("failed") or answer.get("timed_out"):
            raise _Passing(
                IndexDamaged(f"{self.address}: a part of the index did not answer, so the answer is unknown")
            )
        return answer

    def walk(self, index: str, body: Json, size: int = 1000, most: int | None = None) -> Iterator[Json]:
        """Which hits has a search of `index`, all of them, in the order of `body`'s sort (which must tell them apart)?

        Read under a point in time, `size` at a time, so that memory is bounded.
        """
        pit = self.request("POST", f"/{index}/_search/point_in_time", params={"keep_alive": "5m"})["pit_id"]
        try:
            after: list[Any] | None = None
            seen = 0
            while most is None or seen < most:
                wanted = size if most is None else min(size, most - seen)
                page = {
                    "track_total_hits": False,
                    **body,
                    "size": wanted,
                    "pit": {"id": pit, "keep_alive": "5m"},
                    **({"search_after": after} if after else {}),
                }
                params = {"allow_partial_search_results": "false", "search_type": "dfs_query_then_fetch"}
                answer = self._whole_or_told(self.request("POST", "/_search", page, params))
                hits = answer["hits"]["hits"]
                yield from hits
                seen += len(hits)
                if len(hits) < wanted:
                    return
                after = hits[-1]["sort"]
        finally:
            self.request("DELETE", "/_search/point_in_time", {"pit_id": [pit]}, missing_allowed=True)

    def _whole_or_told(self, answer: Json) -> Json:
        try:
            return self._whole(answer)
        except _Passing as passing:
            raise passing.told from passing


class _Failure(Exception):
    """What a person reads of it is `told`."""

    def __init__(self, told: SearchkitError) -> None:
        super().__init__(str(told))
        self.told = told


class _Passing(_Failure):
    """A failure that may be over in a moment."""


class _Missing(_Failure):
    """What was asked for is not there."""


class _Conflict(_Failure):
    """What was to be written is there already, or is not any more as it was."""


@contextmanager
def _named_failures(address: ClusterAddress) -> Iterator[None]:
    """Raise our errors for those of the client: what is wrong, and what to do."""
    try:
        yield
    except (failures.AuthenticationException, failures.AuthorizationException) as error:
        raise UsageError(
            f"{address}: the cluster does not let us in (status {error.status_code}); set SEARCHKIT_OPENSEARCH_USER "
            "and SEARCHKIT_OPENSEARCH_PASSWORD, or SEARCHKIT_OPENSEARCH_API_KEY, or name a file with "
            "SEARCHKIT_OPENSEARCH_CREDENTIALS"
        ) from None
    except failures.SSLError as error:
        raise UsageError(
            f"{address}: the certificate of the cluster is not trusted ({_short(error.info)}); name the authority that "
            "signed it with SEARCHKIT_OPENSEARCH_CA"
        ) from None
    except failures.ConnectionError as error:  # the parent of timeouts
        raise _Passing(IndexMissing(f"no cluster answers at {address} ({_short(error.info)})")) from None
    except failures.NotFoundError as error:
        raise _Missing(IndexMissing(f"{address} has no such index ({_short(error.error)})")) from None
    except failures.TransportError as error:
        told = _told(error.info.get("error")) if isinstance(error.info, dict) else str(error.error)
        if error.status_code == 409 or "resource_already_exists" in told:
            raise _Conflict(IndexDamaged(f"{address}: it is there already ({_short(told)})")) from None
        if error.status_code in _AGAIN or _is_of_a_lost_shard(told):
            raise _Passing(IndexDamaged(f"{address}: the cluster cannot answer at this moment ({told})")) from None
        raise _not_answered(address, error.status_code, told) from None


def _not_answered(address: ClusterAddress, status: object, told: str) -> SearchkitError:
    if any(reason in told for reason in _REFUSED_QUERIES):
        return QueryError(f"the query is larger than the cluster answers ({_short(told)}); ask for less at once")
    return IndexDamaged(f"{address}: the cluster refused what was asked (status {status}: {_short(told)})")


def _is_of_a_lost_shard(told: str) -> bool:
    lost = ("no_shard_available", "NoShardAvailable", "node_disconnected", "NodeDisconnected", "all shards failed")
    return any(reason in told for reason in (*lost, "node_not_connected", "Partial shards failure"))


def _told(error: Any) -> str:
    """The reasons of an error of the cluster, the innermost last."""
    reasons: list[str] = []
    while isinstance(error, dict):
        reasons.append(f"{error.get('type', '')}: {error.get('reason', '')}")
        roots = error.get("failed_shards") or error.get("root_cause") or []
        inner = roots[0].get("reason", roots[0]) if roots and isinstance(roots[0], dict) else error.get("caused_by")
        error = inner if inner is not error else None
        if isinstance(error, dict) and f"{error.get('type', '')}: {error.get('reason', '')}" in reasons:
            error = error.get("caused_by")
    return "; ".join(dict.fromkeys(reasons)) or str(error)


def _short(text: object) -> str:
    told = " ".join(str(text).split())
    return told if len(told) <= 300 else f"{told[:300]} …"


def _client(address: ClusterAddress, settings: config.ClusterSettings) -> OpenSearch:
    secure = settings.tls if settings.tls is not None else not address.is_local
    headers = {"Authorization": f"ApiKey {settings.api_key}"} if settings.api_key else None
    account = (settings.user, settings.password) if settings.user is not None and not settings.api_key else None
    if (headers or account) and not secure and not address.is_local:
        raise UsageError(f"{address}: credentials are not sent over a connection that anybody can read; use TLS")
    return OpenSearch(
        hosts=[{"host": host.strip("[]"), "port": port} for host, port in address.nodes],
        use_ssl=secure,
        verify_certs=True,
        ca_certs=settings.authority,
        http_auth=account,
        headers=headers,
        # each other node once, at once; then we pause
        max_retries=len(address.nodes) - 1,
        retry_on_timeout=True,
        retry_on_status=(502, 503, 504),
        timeout=_TIMEOUT,
        pool_maxsize=16,
        http_compress=not address.is_local,
    )
