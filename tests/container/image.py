"""What the Dockerfile says, read without Docker: its instructions and what it copies."""

import json
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from tests.scenarios.house import ROOT


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction, in the stage of that number."""

    stage: int
    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """Its words without flags, or those of its JSON form."""
        if self.rest.startswith("["):
            return [str(word) for word in json.loads(self.rest)]
        return [word for word in shlex.split(self.rest) if not word.startswith("--")]


class Image:
    """The stage that is shipped, the Dockerfile's last."""

    def __init__(self) -> None:
        self.all = list(_instructions((ROOT / "Dockerfile").read_text("utf-8")))
        self._last = self.all[-1].stage

    def said(self, name: str) -> list[Instruction]:
        """Give the instructions of that name."""
        return [one for one in self.all if one.stage == self._last and one.name == name]

    def the(self, name: str) -> Instruction:
        """Give the one instruction of that name."""
        [found] = self.said(name)
        return found

    @property
    def environment(self) -> dict[str, str]:
        """The environment that it sets."""
        words = [word for one in self.said("ENV") for word in one.words]
        return dict(word.split("=", 1) for word in words)

    @property
    def sources(self) -> list[str]:
        """What it copies from the repository."""
        copies = [one for one in self.said("COPY") if "--from" not in one.rest]
        return [source for one in copies for source in one.words[:-1]]

    def lay_out(self, folder: Path) -> None:
        """Copy what the image has from the repository, as `docker build` would."""
        for copy in self.said("COPY"):
            if "--from" in copy.rest:
                continue
            *sources, target = copy.words
            for source in sources:
                for path in shipped(source):
                    into = folder / _place(path, source, target)
                    into.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / path, into)


def shipped(source: str) -> list[PurePosixPath]:
    """Give the files of a COPY's source that .dockerignore lets through."""
    start = ROOT / source
    found = start.rglob("*") if start.is_dir() else [start]
    files = (PurePosixPath(path.relative_to(ROOT).as_posix()) for path in found if path.is_file())
    return [path for path in files if not is_ignored(path)]


def is_ignored(path: PurePosixPath) -> bool:
    """Give whether .dockerignore leaves a file out: of the rules that fit the last one counts."""
    ignored = False
    for rule in _rules():
        pattern = rule.removeprefix("!")
        if any(_fits(pattern, part) for part in (path, *path.parents[:-1])):
            ignored = not rule.startswith("!")
    return ignored


def _fits(pattern: str, path: PurePosixPath) -> bool:
    """`**/x` is x in any folder, x alone is in the root."""
    if pattern.startswith("**/"):
        return fnmatch(path.name, pattern.removeprefix("**/"))
    levels = len(PurePosixPath(pattern).parts) == len(path.parts)
    return levels and fnmatch(str(path), pattern)


def _rules() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _place(path: PurePosixPath, source: str, target: str) -> PurePosixPath:
    """A folder's content goes into the target, a file to it, or into it where it ends in /."""
    if (ROOT / source).is_dir():
        return PurePosixPath(target) / path.relative_to(source)
    return PurePosixPath(target) / path.name if target.endswith("/") else PurePosixPath(target)


def _instructions(text: str) -> Iterator[Instruction]:
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    stage, begun = -1, ""
    for line in lines:
        begun += line.strip()
        if begun.endswith("\\"):
            begun = begun[:-1]
            continue
        name, _, rest = begun.partition(" ")
        stage += name == "FROM"
        yield Instruction(stage, name, rest.strip())
        begun = ""
