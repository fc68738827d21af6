"""Signing in at a provider of OpenID Connect: code flow with PKCE, state and nonce.

What the provider says of itself is asked for at each sign-in: those are few, and its keys change.
"""

import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from access.declared import LOCAL, Provider

RETURN = "/inloggning/svar"
"""Where the provider sends a reader back to."""
_PATIENCE = 10.0
_LEEWAY = 60
# Seconds that the word of a provider that somebody has signed out may be old.
_RECENT = 600
_SIGNED_OUT = "http://schemas.openid.net/event/backchannel-logout"
# Only what the provider signs with a key that nobody else has; not what the client's secret signs.
_SIGNED = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:\d{2})?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)")


class SignInError(Exception):
    """Somebody could not sign in; the message says in Swedish why."""


@dataclass(frozen=True)
class Begun:
    """A sign-in that has begun: where to send the reader, and what only its answer can match."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Who the provider says that it is."""

    subject: str
    name: str
    groups: frozenset[str]
    id_token: str
    sub: str = ""
    sid: str = ""


def begin(provider: Provider) -> Begun:
    """Begin a sign-in. Raises SignInError where the provider does not answer."""
    told = _described(provider)
    nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    asked = {"acr_values": " ".join(provider.acr)} if provider.acr else {}
    with _client(provider) as client:
        url, state = client.create_authorization_url(
            told["authorization_endpoint"], code_verifier=verifier, nonce=nonce, **asked
        )
    return Begun(url, state, nonce, verifier)


def finish(provider: Provider, begun: Begun, *, code: str) -> Identity:
    """Who has signed in, by the code that the provider has sent. Raises SignInError."""
    told = _described(provider)
    with _client(provider, provider.client_secret()) as client:
        try:
            token = client.fetch_token(
                told["token_endpoint"],
                code=code,
                code_verifier=begun.verifier,
                timeout=_PATIENCE,
            )
        except OAuthError as error:
            raise SignInError(
                f"Inloggningstjänsten godtog inte inloggningen ({error.error}). Börja om."
            ) from error
        except (requests.RequestException, ValueError) as error:
            raise _silent(provider) from error
    id_token = str(token.get("id_token", ""))
    claims = _claims(provider, told, begun, id_token, str(token.get("access_token", "")))
    return _identity(provider, claims | _more(provider, told, claims, token), id_token)


def signed_out(provider: Provider, logout_token: str) -> tuple[str, str]:
    """Who has signed out at the provider, by its own word: a `sub`, a `sid`, or both.

    After OpenID Connect Back-Channel Logout 1.0, section 2.6. Raises SignInError where the token is
    not the provider's, not for us, not of now, or no such word.
    """
    wanted: dict[str, Any] = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "iat": {"essential": True},
    }
    try:
        signed = _signed(provider, _described(provider), logout_token)
        claims = signed.claims
        JWTClaimsRegistry(leeway=_LEEWAY, **wanted).validate(claims)
        if time.time() - float(claims["iat"]) > _RECENT:
            raise ValueError("old")
        if "nonce" in claims or not isinstance(claims["events"][_SIGNED_OUT], Mapping):
            raise ValueError("no such word")
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise SignInError(f"Utloggningen går inte att lita på ({type(error).__name__}).") from error
    sub, sid = (str(claims.get(name) or "") for name in ("sub", "sid"))
    if not (sub or sid):
        raise SignInError("Utloggningen säger inte vem det är.")
    return sub, sid


def sign_out(provider: Provider, id_token: str) -> str:
    """Where a reader signs out at the provider too; empty where that cannot be done."""
    try:
        ended = _described(provider).get("end_session_endpoint")
    except SignInError:
        return ""
    hint = {"id_token_hint": id_token, "client_id": provider.client_id}
    return f"{ended}?{urlencode(hint)}" if ended else ""


def _client(provider: Provider, secret: str = "") -> Any:
    return OAuth2Session(
        provider.client_id,
        secret,
        redirect_uri=provider.address.rstrip("/") + RETURN,
        scope=" ".join(provider.scopes),
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic",
    )


def _described(provider: Provider) -> Mapping[str, Any]:
    """What the provider says of itself, all of it at addresses as safe as its own."""
    told = _fetched(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    safe = (urlsplit(provider.issuer).scheme, "https")
    if (
        not isinstance(told, Mapping)
        or told.get("issuer") != provider.issuer
        or any(urlsplit(str(told.get(one, ""))).scheme not in safe for one in wanted)
    ):
        raise SignInError(
            f"Inloggningstjänsten på {provider.issuer} är inte den som är angiven i access.toml."
        )
    return told


def _claims(
    provider: Provider, told: Mapping[str, Any], begun: Begun, id_token: str, access_token: str
) -> dict[str, Any]:
    """What the provider vouches for, if it does so for us, now, and in answer to our question."""
    wanted: dict[str, dict[str, Any]] = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
    }
    if provider.acr:
        wanted["acr"] = {"essential": True, "values": list(provider.acr)}
    try:
        signed = _signed(provider, told, id_token)
        params = {
            "nonce": begun.nonce,
            "client_id": provider.client_id,
            "access_token": access_token,
        }
        claims = CodeIDToken(signed.claims, signed.header, wanted, params)
        claims.validate(leeway=_LEEWAY)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise SignInError(
            "Inloggningstjänstens svar går inte att lita på "
            f"({type(error).__name__}). Ingen är inloggad. Börja om."
        ) from error
    return dict(claims)


def _signed(provider: Provider, told: Mapping[str, Any], token: str) -> jwt.Token:
    """A token by one of the provider's own keys. Raises JoseError, ValueError, and SignInError."""
    keys = KeySet.import_key_set(_fetched(provider, str(told["jwks_uri"])))
    registry = JWSRegistry(algorithms=_SIGNED, strict_check_header=False)
    return jwt.decode(token, keys, registry=registry)


def _more(
    provider: Provider, told: Mapping[str, Any], claims: Mapping[str, Any], token: Mapping[str, Any]
) -> dict[str, Any]:
    """What the provider tells only who asks for it: the name and the groups, of the same person."""
    where = told.get("userinfo_endpoint")
    if not where or {provider.name, provider.groups} <= claims.keys():
        return {}
    bearer = {"Authorization": f"Bearer {token.get('access_token', '')}"}
    userinfo = _fetched(provider, str(where), headers=bearer)
    if not isinstance(userinfo, Mapping) or userinfo.get("sub") != claims["sub"]:
        raise SignInError("Inloggningstjänstens uppgifter är om någon annan. Ingen är inloggad.")
    return {key: value for key, value in userinfo.items() if key not in claims}


def _identity(provider: Provider, claims: Mapping[str, Any], id_token: str) -> Identity:
    subject = claims.get(provider.subject)
    # A user of this machine is nobody that a provider can vouch for.
    if not isinstance(subject, str) or not subject.strip() or subject.startswith(LOCAL):
        raise SignInError(
            "Inloggningstjänsten säger inte vem det är: "
            f"{provider.subject} saknas eller går inte att använda."
        )
    name = claims.get(provider.name)
    groups = claims.get(provider.groups, ())
    told = Identity(
        subject=subject,
        name=name.strip() if isinstance(name, str) and name.strip() else subject,
        groups=frozenset([groups] if isinstance(groups, str) else map(str, groups)),
        id_token=id_token,
        sub=str(claims.get("sub", "")),
        sid=str(claims.get("sid") or ""),
    )
    if any(_is_personal_number(text) for text in (told.subject, told.name, *told.groups)):
        raise SignInError(
            "Inloggningstjänsten lämnade ett personnummer, och det tar samverkan inte emot. Den "
            "som sköter samverkan väljer ett annat värde på raden subject i access.toml."
        )
    return told


def _is_personal_number(text: str) -> bool:
    """Whether there is a personnummer or samordningsnummer in a text, by its check digit."""
    for match in _PERSONAL_NUMBER.finditer(text):
        month, day = int(match[2]), int(match[3]) % 60
        digits = "".join(match.groups())
        doubled = "".join(str(int(one) * (2 - at % 2)) for at, one in enumerate(digits))
        if 1 <= month <= 12 and 1 <= day <= 31 and sum(map(int, doubled)) % 10 == 0:
            return True
    return False


def _fetched(provider: Provider, url: str, headers: Mapping[str, str] | None = None) -> Any:
    try:
        answer = requests.get(url, headers=dict(headers or {}), timeout=_PATIENCE)
        answer.raise_for_status()
        return answer.json()
    except (requests.RequestException, ValueError) as error:
        raise _silent(provider) from error


def _silent(provider: Provider) -> SignInError:
    return SignInError(
        f"Inloggningstjänsten på {provider.issuer} svarar inte som den ska. Försök igen om en "
        "stund; de som redan är inloggade kan fortsätta."
    )
