"""Settings: what is taken, what stops the start, and in which words."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import (
    LOOPBACK_HOSTS,
    ONEDRIVE_HOSTS,
    TEAMS_HOSTS,
    Config,
    ConfigError,
    covers,
    is_loopback,
)

IDENTITY = {
    "MicrosoftAppId": "app",
    "MicrosoftAppTenantId": "Tenant-1",
    "MicrosoftAppPassword": "the-password",
}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start from an environment and a folder without Muster."""
    for name in os.environ:
        if name.upper().startswith(("MUSTER_", "MICROSOFTAPP")) or name in {
            "PORT",
            "DATABASE_URL",
        }:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Config:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Config()


def refusal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    with pytest.raises(ConfigError) as refused:
        read(monkeypatch, **environment)
    return str(refused.value)


def test_nothing_set_gives_a_bot_for_this_machine() -> None:
    config = Config()
    assert (config.app_id, config.host, config.port) == ("", "127.0.0.1", 3978)
    assert config.database_url == "sqlite:///var/muster.db"
    assert config.allowed_tenants == frozenset()
    assert config.service_hosts == LOOPBACK_HOSTS
    assert config.openid_metadata_url.startswith("https://login.botframework.com/")


def test_everything_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    config = read(
        monkeypatch,
        **IDENTITY,
        PORT="8080",
        MUSTER_HOST="0.0.0.0",  # noqa: S104 - a setting, not a socket
        DATABASE_URL="postgresql://db/muster",
        MUSTER_PUBLIC_URL="https://muster.example/",
        MUSTER_RETENTION_DAYS="30",
        MUSTER_OPENID_METADATA_URL="http://127.0.0.1:1/keys",
        MUSTER_TOKEN_ISSUER="issuer",
        MUSTER_LOGIN_URL="https://login.microsoftonline.us",
        MUSTER_OAUTH_SCOPE="https://api.botframework.us/.default",
    )
    assert (config.port, config.retention_days) == (8080, 30)
    assert config.database_url == "postgresql://db/muster"
    assert config.public_url == "https://muster.example"
    assert config.app_password.get_secret_value() == "the-password"
    assert config.service_hosts == TEAMS_HOSTS


def test_an_empty_setting_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, PORT="", MUSTER_RETENTION_DAYS="").port == 3978


def test_the_apps_own_tenant_is_served_unless_others_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read(monkeypatch, **IDENTITY).allowed_tenants == {"tenant-1"}
    named = read(monkeypatch, MUSTER_ALLOWED_TENANTS="a, B ,")
    assert named.allowed_tenants == {"a", "b"}
    assert read(monkeypatch, MUSTER_ALLOWED_TENANTS="*").allowed_tenants == frozenset()


def test_service_hosts_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    config = read(monkeypatch, MUSTER_SERVICE_HOSTS="127.0.0.1, .Example.org")
    assert config.service_hosts == ("127.0.0.1", ".example.org")


def test_files_go_to_onedrive_and_to_this_machine_only_where_teams_is_on_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read(monkeypatch, **IDENTITY).upload_hosts == ONEDRIVE_HOSTS
    named = read(monkeypatch, MUSTER_SERVICE_HOSTS="127.0.0.1,.example.org")
    assert named.upload_hosts == (*ONEDRIVE_HOSTS, "127.0.0.1")


@pytest.mark.parametrize(
    ("host", "is_covered"),
    [
        ("example.org", True),
        ("a.example.com", True),
        ("a.b.example.com", True),
        ("example.com", False),
        ("a.example.org", False),
        ("aexample.com", False),
        ("", False),
    ],
)
def test_a_rule_covers_one_host_or_all_below(host: str, *, is_covered: bool) -> None:
    assert covers(("example.org", ".example.com"), host) is is_covered


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "many"}, "PORT cannot be used"),
        ({"PORT": "70000"}, "PORT cannot be used"),
        ({"MUSTER_RETENTION_DAYS": "0"}, "MUSTER_RETENTION_DAYS cannot be used"),
        ({"MUSTER_PUBLIC_URL": "http://muster.example"}, "must be an https address"),
        ({"MUSTER_PUBLIC_URL": "https://"}, "must be an https address"),
        ({"MUSTER_OPENID_METADATA_URL": "http://keys.example"}, "must be an https address"),
        ({"MUSTER_RETENTION_DAY": "3"}, "Did you mean MUSTER_RETENTION_DAYS?"),
        ({"muster_nothing_like_it": "3"}, "is not a setting of Muster."),
        ({"MicrosoftAppType": "Magic"}, "MicrosoftAppType cannot be used"),
        ({"MUSTER_SECRET_KEY": "short"}, "at least 32 characters"),
        ({"MUSTER_HOST": "0.0.0.0"}, "MUSTER_HOST must be 127.0.0.1"),  # noqa: S104
        ({"MicrosoftAppPassword": "x"}, "MicrosoftAppId is not"),
        ({"MicrosoftAppTenantId": "x"}, "MicrosoftAppId is not"),
        ({"MicrosoftAppId": "x"}, "MicrosoftAppTenantId is missing"),
        ({"MicrosoftAppId": "x", "MicrosoftAppTenantId": "x"}, "MicrosoftAppPassword is missing"),
        ({"MicrosoftAppId": "x", "MicrosoftAppType": "multitenant"}, "Password is missing"),
        ({**IDENTITY, "MicrosoftAppType": "Certificate"}, "MUSTER_CERTIFICATE_PATH is missing"),
        (
            {
                **IDENTITY,
                "MicrosoftAppType": "Certificate",
                "MUSTER_CERTIFICATE_PATH": "none.pem",
            },
            "names no file",
        ),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], sentence: str
) -> None:
    words = refusal(monkeypatch, **environment)
    assert sentence in words
    assert "\n" not in words


@pytest.mark.parametrize("kind", ["UserAssignedMSI", "WorkloadIdentity"])
def test_identities_without_a_secret_need_none(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    config = read(monkeypatch, MicrosoftAppId="a", MicrosoftAppTenantId="t", MicrosoftAppType=kind)
    assert config.app_type == kind


def test_no_secret_is_ever_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    key = "k" * 40
    address = "postgresql://me:db-password@db/muster"
    config = read(monkeypatch, **IDENTITY, MUSTER_SECRET_KEY=key, DATABASE_URL=address)
    shown = repr(config)
    assert "the-password" not in shown
    assert key not in shown
    assert "db-password" not in shown
    assert "hush" not in refusal(monkeypatch, MUSTER_SECRET_KEY="hush")


def test_the_secret_key_is_made_once_and_for_its_owner_alone() -> None:
    first = Config().secret_key()
    file = Path("var/secret.key")
    assert len(first) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Config().secret_key() == first


def test_a_given_secret_key_makes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, MUSTER_SECRET_KEY="k" * 32).secret_key() == b"k" * 32
    assert not Path("var").exists()


def test_a_damaged_key_file_is_not_replaced() -> None:
    Path("var").mkdir()
    Path("var/secret.key").write_text("", encoding="ascii")
    with pytest.raises(ConfigError, match="holds no key"):
        Config().secret_key()


def test_a_folder_that_cannot_be_used_is_told_in_a_sentence() -> None:
    Path("var").write_text("a file", encoding="ascii")
    with pytest.raises(ConfigError, match=r"var/secret\.key cannot be used"):
        Config().secret_key()


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST", "::1", "[::1]", "::ffff:127.0.0.1"],
)
def test_this_machine_is_known_under_its_names(host: str) -> None:
    assert is_loopback(host)


@given(st.text())
def test_no_other_name_is_this_machine(host: str) -> None:
    assert not is_loopback(f"{host}.example.org")
    assert not is_loopback("10.0.0.1")


@pytest.mark.parametrize(("given", "metrics"), [("", False), ("false", False), ("true", True)])
def test_metrics_are_off_unless_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, given: str, *, metrics: bool
) -> None:
    assert read(monkeypatch, MUSTER_METRICS=given).metrics is metrics
