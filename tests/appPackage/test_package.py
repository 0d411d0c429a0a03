"""The app package: what is in the zip file, and what is said where it cannot be made."""

import json
import zipfile
from pathlib import Path

import pytest

from tools import package

APP_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
SETTINGS = {"MicrosoftAppId": APP_ID, "MUSTER_PUBLIC_URL": "https://muster.example.org/bot/"}


def packed(target: Path, settings: dict[str, str]) -> dict[str, bytes]:
    """Make the package and give its files by name."""
    assert package.main(settings, target) == 0
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_package_holds_the_manifest_the_icons_and_the_languages(tmp_path: Path) -> None:
    files = packed(tmp_path / "muster.zip", SETTINGS)
    names = ["color.png", "locales/ar.json", "locales/de.json", "manifest.json", "outline.png"]
    assert list(files) == names


def test_the_files_are_those_of_the_folder(tmp_path: Path) -> None:
    files = packed(tmp_path / "muster.zip", SETTINGS)
    del files["manifest.json"]
    assert files == {name: (package.SOURCE / name).read_bytes() for name in files}


def test_the_manifest_names_the_app_and_its_address(tmp_path: Path) -> None:
    manifest = json.loads(packed(tmp_path / "muster.zip", SETTINGS)["manifest.json"])
    assert {manifest["id"], manifest["bots"][0]["botId"]} == {APP_ID}
    assert manifest["developer"]["websiteUrl"] == "https://muster.example.org/bot"
    assert manifest["developer"]["privacyUrl"] == "https://muster.example.org/bot/privacy"
    assert manifest["validDomains"] == ["muster.example.org"]


def test_settings_are_read_in_any_case_as_the_bot_reads_them(tmp_path: Path) -> None:
    files = packed(tmp_path / "muster.zip", {"MICROSOFTAPPID": APP_ID.upper()})
    assert json.loads(files["manifest.json"])["id"] == APP_ID


def test_nothing_is_left_to_be_replaced(tmp_path: Path) -> None:
    assert b"${{" not in b"".join(packed(tmp_path / "muster.zip", SETTINGS).values())


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    packed(tmp_path / "one.zip", SETTINGS)
    packed(tmp_path / "two.zip", SETTINGS)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_package_is_made_without_settings_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = json.loads(packed(tmp_path / "muster.zip", {})["manifest.json"])
    assert manifest["id"] == package.DEVELOPMENT_ID
    assert manifest["validDomains"] == []
    said = capsys.readouterr().out
    assert "MicrosoftAppId is not set" in said
    assert "MUSTER_PUBLIC_URL is not set" in said


def test_the_next_step_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed(tmp_path / "muster.zip", SETTINGS)
    said = capsys.readouterr().out
    assert str(tmp_path / "muster.zip") in said
    assert "Upload an app" in said
    assert "not set" not in said


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"MicrosoftAppId": "muster"}, "MicrosoftAppId must be a GUID"),
        ({"MUSTER_PUBLIC_URL": "http://muster.example.org"}, "must be a plain https address"),
        ({"MUSTER_PUBLIC_URL": 'https://muster.example.org/"'}, "must be a plain https address"),
    ],
)
def test_a_wrong_setting_makes_no_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: dict[str, str], reason: str
) -> None:
    assert package.main(settings, tmp_path / "muster.zip") == 1
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "muster.zip").exists()


def test_a_placeholder_that_nothing_replaces_is_refused() -> None:
    with pytest.raises(package.PackageError, match="TAB_ID"):
        package.filled('{"id": "${{TAB_ID}}"}', APP_ID)


def test_a_missing_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = (package.SOURCE / "manifest.json").read_bytes()
    (tmp_path / "manifest.json").write_bytes(manifest)
    monkeypatch.setattr(package, "SOURCE", tmp_path)
    with pytest.raises(package.PackageError, match=r"color\.png"):
        package.contents(APP_ID)


def test_an_icon_of_the_wrong_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in package.SOURCE.rglob("*.*"):
        copy = tmp_path / path.relative_to(package.SOURCE)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "color.png").write_bytes((tmp_path / "outline.png").read_bytes())
    monkeypatch.setattr(package, "SOURCE", tmp_path)
    with pytest.raises(package.PackageError, match="Teams wants 192 × 192"):
        package.contents(APP_ID)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(package.PackageError, match="not a PNG"):
        package.png_size(b"GIF89a" + bytes(30))
