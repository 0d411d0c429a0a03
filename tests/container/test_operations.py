"""What docs/operations.md tells administrators to watch and to type is there."""

import re

from actions.timed_store import Queue
from bot.app import create_app
from bot.config import Config
from bot.metrics import Metrics
from tests.scenarios.house import ROOT

DOCUMENT = (ROOT / "docs" / "operations.md").read_text("utf-8")


def section(title: str) -> str:
    """Give the words below a heading."""
    return DOCUMENT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_number_that_it_names_is_told() -> None:
    told = Metrics().text(Queue(0, 0, 0, 0, 0.0), 1).decode()
    names = set(re.findall(r"^# TYPE (\w+)", told, re.MULTILINE))
    watched = set(re.findall(r"`(muster_\w+)`", section("What to watch")))
    assert watched
    assert watched <= names
    assert {name for name in names if not name.endswith("_created")} - watched == {
        "muster_build_info"
    }


def test_every_event_that_it_names_is_logged() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "bot").glob("*.py"))
    _, _, logs = section("What to watch").partition("| Event |")
    named = [row.split("|")[1] for row in logs.splitlines() if row.startswith("| `")]
    events = set(re.findall(r"`(\w+)`", "".join(named)))
    assert events
    assert {event for event in events if f'"{event}"' not in code} == set()


def test_every_address_that_it_names_is_served() -> None:
    app = create_app(Config(MUSTER_METRICS=True))
    served = {route.resource.canonical for route in app.router.routes() if route.resource}
    assert set(re.findall(r"`GET (/\w+)`", DOCUMENT)) <= served


def test_its_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", DOCUMENT)
    ours = [target for target in targets if "://" not in target]
    assert ours
    assert [target for target in ours if not (ROOT / "docs" / target).exists()] == []
