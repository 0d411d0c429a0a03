"""What the SDK gives as it is: a CloudAdapter that answers every press with the same card.

`python -m tests.bench.stock <file with the answer>`. Tokens are checked; nothing is stored. As
released it fails at every card that it answers with, so one line is mended here.
"""

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
from aiohttp import web
from botbuilder.core import TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.integration.aiohttp import (
    CloudAdapter,
    ConfigurationBotFrameworkAuthentication,
    cloud_adapter,
)
from botbuilder.schema import AdaptiveCardInvokeResponse, AdaptiveCardInvokeValue

from bot.config import Config


class Echo(TeamsActivityHandler):
    """Answers with a card."""

    def __init__(self, answer: dict[str, Any]) -> None:
        """Prepare the answer to everything."""
        super().__init__()
        self._answer = answer

    async def on_adaptive_card_invoke(
        self, turn_context: TurnContext, invoke_value: AdaptiveCardInvokeValue
    ) -> AdaptiveCardInvokeResponse:
        """Answer adaptiveCard/action."""
        del turn_context, invoke_value
        answer = self._answer
        return AdaptiveCardInvokeResponse(
            status_code=answer["statusCode"], type=answer["type"], value=answer["value"]
        )


def create_app(config: Config, answer: dict[str, Any]) -> web.Application:
    """Give the server."""
    # The handler has serialised the answer; the adapter does it again and fails:
    # https://github.com/microsoft/teams-sdk/issues/2547
    vars(cloud_adapter)["serializer_helper"] = lambda body: body
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(_settings(config)))
    echo = Echo(answer)

    async def process(request: web.Request) -> web.Response:
        return await adapter.process(request, echo) or web.Response()

    app = web.Application()
    app.router.add_post("/api/messages", process)
    return app


def _settings(config: Config) -> object:
    return SimpleNamespace(
        APP_TYPE="SingleTenant",
        APP_ID=config.app_id,
        APP_PASSWORD=config.app_password.get_secret_value(),
        APP_TENANTID=config.app_tenant_id,
        TO_CHANNEL_FROM_BOT_LOGIN_URL=config.login_url,
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE=config.oauth_scope,
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER=config.token_issuer,
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL=config.openid_metadata_url,
    )


def main() -> None:
    """Serve until told to stop."""
    _, file = sys.argv
    app = create_app(Config(), orjson.loads(Path(file).read_bytes()))
    port = int(os.environ["PORT"])
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main()
