"""Figures for Prometheus: requests as they come, and the state of what is due at each scrape."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
)

from rexian import __version__
from rexian.clockwork import queries as clockwork
from rexian.journal import queries as journal
from rexian.live.broadcasting import measures
from rexian.site.health import condition
from rexian.site.setup import is_loopback

disable_created_metrics()  # type: ignore[no-untyped-call]
_OWN = CollectorRegistry()
_SEVERAL = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name, where several processes share

_requests = Counter(
    "rexian_requests", "Requests answered.", ("view", "method", "status"), registry=_OWN
)
_seconds = Histogram(
    "rexian_request_seconds",
    "Time from a request to the start of its answer.",
    ("view",),
    registry=_OWN,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


def count_request(view: str, method: str, status: int, seconds: float) -> None:
    """Count an answered request."""
    _requests.labels(view, method, str(status)).inc()
    _seconds.labels(view).observe(seconds)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all figures, to this machine itself or to whoever shows the token."""
    if not _may_read(request):
        return HttpResponse("Not found.\n", content_type="text/plain", status=404)
    registry = CollectorRegistry()
    registry.register(_State())
    if os.environ.get(_SEVERAL):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        own = b""
    else:
        own = generate_latest(_OWN)
    ProcessCollector(registry=registry)
    return HttpResponse(generate_latest(registry) + own, content_type=CONTENT_TYPE_LATEST)


class _State:
    """Reads the state of the house when it is asked, once a scrape."""

    def collect(self) -> Iterator[Metric]:
        """Yield the version, and how what is due and what is read stand."""
        yield InfoMetricFamily("rexian_build", "This version.", {"version": __version__})
        found = condition()
        yield _gauge("rexian_ready", "Whether this process can do its work.", float(found.is_ready))
        yield from _streams()
        if found.is_ready:
            yield from _clockwork()
            undecided = journal.undecided()
            yield _gauge("rexian_journal_undecided", "Entries that are held back.", undecided)


def _streams() -> Iterator[Metric]:
    """Yield how the streams of this process do."""
    live = measures()
    yield _gauge("rexian_open_streams", "Live streams that are open.", live.streams)
    yield _gauge("rexian_live_lag_seconds", "Age of the last entry when it was told.", live.lag)
    yield CounterMetricFamily("rexian_live_events", "Changes told to browsers.", live.told)


def _clockwork() -> Iterator[Metric]:
    """Yield how much is due and how late it is, in the whole installation."""
    at = now()
    work = GaugeMetricFamily("rexian_clockwork_work", "Deadlines and jobs.", labels=["state"])
    for state, count in asdict(clockwork.installation_counts(at=at)).items():
        work.add_metric([state], count)
    yield work
    lag = GaugeMetricFamily("rexian_clockwork_lag_seconds", "How late it is.", labels=["lane"])
    for lane, late in clockwork.lags(at=at).items():
        lag.add_metric([lane.name.lower()], late.total_seconds())
    yield lag


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value)


def _may_read(request: HttpRequest) -> bool:
    """Tell whether the figures are for whoever asks.

    Behind a proxy on this machine everybody comes from this machine: who was forwarded needs the
    token.
    """
    token: str = settings.CONFIGURATION.metrics_token
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and secrets.compare_digest(shown.encode(), token.encode()):
        return True
    forwarded = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"} & set(request.headers)
    return not forwarded and is_loopback(request.META.get("REMOTE_ADDR", ""))
