"""The key server, and the token server that the bot gets its tokens from."""

import time

from aiohttp import web

from tests.teams.keys import ISSUER, SigningKeys
from tests.teams.state import State

SCOPE = "https://api.botframework.com/.default"


class Identity:
    """Serves keys and tokens; `tokens_issued` counts the bot's tokens."""

    def __init__(self, state: State, keys: SigningKeys) -> None:
        """Serve these `keys`."""
        self.expires_in = 3600
        self.tokens_issued = 0
        self._state = state
        self._keys = keys
        self._ends: dict[str, float] = {}

    def routes(self) -> list[web.RouteDef]:
        """Give the routes of both servers."""
        return [
            web.get("/.well-known/openidconfiguration", self._key_metadata),
            web.get("/keys", self._jwks),
            web.get("/{tenant}/v2.0/.well-known/openid-configuration", self._tenant_metadata),
            web.post("/{tenant}/oauth2/v2.0/token", self._token),
        ]

    def accepts(self, authorization: str) -> bool:
        """Tell whether this header holds a token of ours that is still good."""
        return self._ends.get(authorization.removeprefix("Bearer "), 0) > time.monotonic()

    def revoke_tokens(self) -> None:
        """Forget all tokens, as if they had expired early."""
        self._ends.clear()

    async def _key_metadata(self, request: web.Request) -> web.Response:
        keys = str(request.url.origin() / "keys")
        algorithms = {"id_token_signing_alg_values_supported": ["RS256"]}
        return web.json_response({"issuer": ISSUER, "jwks_uri": keys} | algorithms)

    async def _jwks(self, _: web.Request) -> web.Response:
        self._keys.fetches += 1
        return web.json_response(self._keys.jwks())

    async def _tenant_metadata(self, request: web.Request) -> web.Response:
        base = f"{request.url.origin()}/{request.match_info['tenant']}"
        metadata = {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "jwks_uri": f"{base}/discovery/v2.0/keys",
        }
        return web.json_response(metadata)

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        wanted = {
            "grant_type": "client_credentials",
            "client_id": self._state.app_id,
            "client_secret": self._state.app_password,
            "scope": SCOPE,
        }
        wrong = [name for name, value in wanted.items() if form.get(name) != value]
        if request.match_info["tenant"] != self._state.tenant_id:
            wrong.append("tenant")
        if wrong:
            error = {"error": "invalid_client", "error_description": f"wrong: {wrong}"}
            return web.json_response(error, status=401)
        self.tokens_issued += 1
        token = f"bot-token-{self.tokens_issued}"
        self._ends[token] = time.monotonic() + self.expires_in
        body = {"token_type": "Bearer", "expires_in": self.expires_in, "access_token": token}
        return web.json_response(body | {"ext_expires_in": self.expires_in})
