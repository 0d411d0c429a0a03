"""Write docs/licences.md: what Muster runs on, and under which licences; `--check` compares."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs" / "licences.md"
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==([^ \\]+)", re.MULTILINE)

LONGEST = 60
"""Characters of a licence's name; some packages put the whole text there."""

HEAD = """\
# What Muster runs on, and under which licences

Made by `python tools/licences.py` from `requirements.lock` and what the packages say of
themselves; `make test` checks that it is up to date. Each comes from PyPI and none is changed.
The fonts in `bot/fonts` have their licences beside them (SIL Open Font License, Apache 2.0).

| Package | Version | Licence |
|---|---|---|
"""


def main() -> int:
    """Write the list, or with `--check` say whether it is as it should be."""
    made = HEAD + "".join(_rows())
    if "--check" not in sys.argv[1:]:
        LIST.write_text(made, encoding="utf-8")
        return 0
    if LIST.read_text(encoding="utf-8") == made:
        return 0
    sys.stderr.write("docs/licences.md is not up to date: run python tools/licences.py\n")
    return 1


def _rows() -> Iterator[str]:
    for name, version in LOCKED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        yield f"| {name} | {version} | {_licence(metadata(name))} |\n"


def _licence(told: PackageMetadata) -> str:
    """PEP 639's expression, or the older field if it is a name, or the classifiers."""
    expression = told["License-Expression"]
    if expression:
        return expression
    field = (told["License"] or "").strip()
    if field and "\n" not in field and len(field) <= LONGEST and "Copyright" not in field:
        return field
    classifiers = told.get_all("Classifier") or []
    names = [c.rpartition("::")[2].strip() for c in classifiers if c.startswith("License ::")]
    if not names:
        raise SystemExit(f"{told['Name']} does not say its licence")
    return " or ".join(names)


if __name__ == "__main__":
    sys.exit(main())
