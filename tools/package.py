"""Make build/muster.zip, the app package that is uploaded to Teams: what `make package` does."""

import json
import os
import re
import struct
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "appPackage"
TARGET: Final = ROOT / "build" / "muster.zip"

DEVELOPMENT_ID: Final = "5c0f1f0e-7f1b-4d53-9a54-6d7573746572"
DEVELOPMENT_URL: Final = "https://example.com/muster"

ICON_SIDES: Final = {"color": 192, "outline": 32}
"""Pixels of either side."""

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can hold: with it the same files give the same bytes."""

_GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HTTPS: Final = re.compile(r"https://([a-z0-9.-]+(?::\d+)?)(?:/[\w.~/-]*)?", re.IGNORECASE)
_PNG: Final = b"\x89PNG\r\n\x1a\n"


class PackageError(Exception):
    """The package would be refused; the message is one sentence."""


def main(environment: Mapping[str, str] = os.environ, target: Path = TARGET) -> int:
    """Make the package and say where it is; what is wrong is said instead."""
    app_id = _setting(environment, "MicrosoftAppId")
    public_url = _setting(environment, "MUSTER_PUBLIC_URL").rstrip("/")
    try:
        write(contents(app_id or DEVELOPMENT_ID, public_url), target)
    except PackageError as wrong:
        print(f"No package was made: {wrong}", file=sys.stderr)
        return 1
    print("\n".join(_what_next(app_id, public_url, target)))
    return 0


def contents(app_id: str, public_url: str = "") -> dict[str, bytes]:
    """Give the package's files by name, checked. Raises PackageError."""
    manifest = filled(_text("manifest.json"), app_id, public_url)
    files = {"manifest.json": (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()}
    for name in _named_files(manifest):
        files[name] = _bytes(name)
    for icon, side in ICON_SIDES.items():
        _check_icon(manifest["icons"][icon], files[manifest["icons"][icon]], side)
    return files


def filled(template: str, app_id: str, public_url: str = "") -> dict[str, Any]:
    """Give the manifest with its placeholders replaced. Raises PackageError."""
    if not _GUID.fullmatch(app_id):
        raise PackageError("MicrosoftAppId must be a GUID, such as Azure shows it.")
    address = _HTTPS.fullmatch(public_url or DEVELOPMENT_URL)
    if address is None:
        raise PackageError("MUSTER_PUBLIC_URL must be a plain https address.")
    text = template.replace("${{APP_ID}}", app_id.lower()).replace("${{PUBLIC_URL}}", address[0])
    left = re.search(r"\$\{\{.*?\}\}", text)
    if left is not None:
        raise PackageError(f"The manifest has a placeholder that nothing replaces: {left[0]}.")
    manifest: dict[str, Any] = json.loads(text)
    if public_url:
        manifest["validDomains"] = [address[1].lower()]
    return manifest


def write(files: Mapping[str, bytes], target: Path) -> None:
    """Write the zip file; compressors differ between machines, so nothing is compressed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)


def png_size(data: bytes) -> tuple[int, int]:
    """Give a PNG's width and height in pixels, from its header. Raises PackageError."""
    if data[:8] != _PNG or data[12:16] != b"IHDR":
        raise PackageError("An icon is not a PNG file.")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _check_icon(name: str, data: bytes, side: int) -> None:
    width, height = png_size(data)
    if (width, height) != (side, side):
        raise PackageError(f"{name} is {width} × {height} pixels; Teams wants {side} × {side}.")


def _named_files(manifest: dict[str, Any]) -> Iterator[str]:
    yield from manifest["icons"].values()
    for language in manifest["localizationInfo"]["additionalLanguages"]:
        yield language["file"]


def _bytes(name: str) -> bytes:
    try:
        return (SOURCE / name).read_bytes()
    except FileNotFoundError:
        raise PackageError(f"The manifest names {name}, which appPackage does not have.") from None


def _text(name: str) -> str:
    return _bytes(name).decode("utf-8")


def _setting(environment: Mapping[str, str], name: str) -> str:
    """The bot reads its settings in any case, so the package does too."""
    values = {key.lower(): value for key, value in environment.items()}
    return values.get(name.lower(), "").strip()


def _what_next(app_id: str, public_url: str, target: Path) -> Iterator[str]:
    shown = target.relative_to(ROOT) if target.is_relative_to(ROOT) else target
    address = public_url or DEVELOPMENT_URL
    yield f"The app package is {shown}, for the app {(app_id or DEVELOPMENT_ID).lower()}."
    if not app_id:
        yield "MicrosoftAppId is not set: that id is for development, and no bot answers to it."
    if not public_url:
        yield "MUSTER_PUBLIC_URL is not set: the app's page in Teams links to an example address."
    yield f"The app's page in Teams links to {address}, {address}/privacy and {address}/terms."
    yield "For yourself: in Teams, Apps > Manage your apps > Upload an app."
    yield "For everybody: in the Teams admin center, Teams apps > Manage apps > Upload new app."


if __name__ == "__main__":
    sys.exit(main())
