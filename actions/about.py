"""What every question has, whatever its type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from actions.conditions import Condition


@dataclass(frozen=True, slots=True)
class About:
    """Whether it must be answered, help, a picture, and where and when it is shown.

    `image` is an https address, `image_alt` its words for who does not see it. `starts_page`: the
    form breaks before this question.
    """

    required: bool = False
    help: str = ""
    image: str = ""
    image_alt: str = ""
    starts_page: bool = False
    shown_if: Condition | None = None

    def encode(self) -> dict[str, Any]:
        """Give the stored form, without what has its default."""
        stored = {
            "required": self.required,
            "help": self.help,
            "image": self.image,
            "image_alt": self.image_alt,
            "starts_page": self.starts_page,
            "shown_if": self.shown_if.encode() if self.shown_if else None,
        }
        return {name: value for name, value in stored.items() if value}

    @classmethod
    def decode(cls, stored: Mapping[str, Any]) -> Self:
        """Read the stored form; what it lacks has its default."""
        rule = stored.get("shown_if")
        return cls(
            required=stored.get("required", False),
            help=stored.get("help", ""),
            image=stored.get("image", ""),
            image_alt=stored.get("image_alt", ""),
            starts_page=stored.get("starts_page", False),
            shown_if=Condition.decode(rule) if rule else None,
        )


NOTHING: Final = About()
"""Nothing special."""
