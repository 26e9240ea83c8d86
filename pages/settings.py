"""Where the web applications of the house are to be found, as any program of it is told; knows no page of theirs.

Each is a process of its own with a port of its own. What invites somebody knows where both are.
"""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, IPvAnyNetwork

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""This machine itself: what stays on it needs no https."""


class PortSettings(BaseModel):
    """A port, and how it is reached from elsewhere.

    `proxies`: addresses, or networks, of programs that hand requests on and say whose these are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    proxies: tuple[IPvAnyNetwork, ...] = ()
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 0
    public_url: Annotated[HttpUrl | None, BeforeValidator(lambda value: value or None)] = None

    @property
    def address(self) -> str:
        """Where people find what is served there."""
        return str(self.public_url or f"http://{self.host}:{self.port}/")

    @property
    def is_secure(self) -> bool:
        """Whether browsers come over https."""
        return self.public_url is not None and self.public_url.scheme == "https"

    @property
    def is_of_this_machine(self) -> bool:
        """Whether nobody elsewhere reaches the port itself."""
        return self.host in LOOPBACK


class ResearchSettings(PortSettings):
    """The pages for researchers. `folder`: where an export stands until it was downloaded."""

    port: Annotated[int, Field(ge=0, le=65_535)] = 8766
    folder: Path = Path("data/uitvoer")
