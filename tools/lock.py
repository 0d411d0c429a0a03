"""Resolve the dependencies into the two lock files: exact versions with hashes, no index named."""

import subprocess
import sys

OPTIONS = [
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--upgrade",
]


def main() -> None:
    """Write requirements.lock, and requirements-dev.lock on top of it."""
    for name, extras in (("requirements.lock", []), ("requirements-dev.lock", ["--extra", "dev"])):
        command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *extras]
        subprocess.run([*command, "--output-file", name, "pyproject.toml"], check=True)


if __name__ == "__main__":
    main()
