"""Tokens of an identity provider: real keys, a real server of keys, and what is not let in."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.steward import Role
from creatorgraph.domain.tenant import Tenant
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import add_steward, end_steward, list_stewards
from creatorgraph.services.tenant.account import create_tenant, end_tenant
from creatorgraph.services.tenant.key_set import KeySet
from creatorgraph.services.tenant.token import LEEWAY_SECONDS, Tokens
from tests.integration.tenant.conftest import viewer

ISSUER, AUDIENCE = "https://id.example", "creatorgraph"
Sign = Callable[..., str]


class Provider:
    """An identity provider's server of keys, which may change them, and counts who asks."""

    def __init__(self) -> None:
        self.keys: list[dict[str, Any]] = []
        self.asked, self.status = 0, 200
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked += 1
                self.send_response(provider.status)
                self.send_header("location", "/elsewhere")
                self.end_headers()
                self.wfile.write(orjson.dumps({"keys": provider.keys}))

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/keys"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def provider(rsa_key: rsa.RSAPrivateKey) -> Iterator[Provider]:
    made = Provider()
    made.keys = [public("first", rsa_key)]
    yield made
    made.close()


@pytest.fixture
def over(engines: Engines, provider: Provider) -> Engines:
    """The engines of a server that trusts the provider."""
    told = {"jwt_keys": provider.url, "jwt_loopback": True, "jwt_issuer": ISSUER, "jwt_audience": AUDIENCE}
    return replace(engines, settings=engines.settings.model_copy(update=told))


@pytest.fixture
def client(over: Engines, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(over, console=tmp_path), base_url="http://localhost") as opened:
        yield opened


def public(kid: str, key: Any, **more: object) -> dict[str, Any]:
    kinds = {"RS256": rsa.RSAPrivateKey, "ES256": ec.EllipticCurvePrivateKey, "EdDSA": ed25519.Ed25519PrivateKey}
    algorithm = next(name for name, kind in kinds.items() if isinstance(key, kind))
    found = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    return {**found, "kid": kid, "use": "sig", **more}


def signed(key: Any, kid: str | None = "first", algorithm: str = "RS256", **claims: Any) -> str:
    now = datetime.now(UTC).timestamp()
    said = {
        "iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "name": "Robin Example", "exp": now + 300, "roles": ["analyst"],
    }  # fmt: skip
    said = {name: value for name, value in (said | claims).items() if value is not None}
    return jwt.encode(said, key, algorithm, headers={"kid": kid} if kid else None)


def test_a_person_is_let_in_by_name_and_role(client: TestClient, rsa_key: rsa.RSAPrivateKey) -> None:
    assert viewer(client, signed(rsa_key)) == {"name": "Robin Example", "role": "ANALYST"}
    # the second time with another role: what the provider says counts
    assert viewer(client, signed(rsa_key, roles="openid steward")) == {"name": "Robin Example", "role": "STEWARD"}


@pytest.mark.parametrize(
    ("what", "claims"),
    [
        ("another audience", {"aud": "another"}),
        ("no audience", {"aud": None}),
        ("another issuer", {"iss": "https://id.example.evil"}),
        ("no issuer", {"iss": None}),
        ("expired", {"exp": datetime.now(UTC).timestamp() - LEEWAY_SECONDS - 5}),
        ("never ends", {"exp": None}),
        ("not yet", {"nbf": datetime.now(UTC).timestamp() + 3600}),
        ("nobody", {"sub": None}),
        ("an empty somebody", {"sub": ""}),
        ("a subject with a NUL", {"sub": "a\x00b"}),
        ("no role", {"roles": []}),
        ("a role that is none", {"roles": ["root"]}),
        ("roles of a wrong kind", {"roles": {"admin": True}}),
        ("an unknown tenant", {"tenant": "nowhere"}),
        ("a tenant of a wrong kind", {"tenant": ["operator"]}),
        ("a tenant with a NUL", {"tenant": "\x00"}),
    ],
)
def test_what_is_not_for_us_or_not_in_time_is_refused(
    client: TestClient, rsa_key: rsa.RSAPrivateKey, what: str, claims: dict[str, Any]
) -> None:
    assert viewer(client, signed(rsa_key, **claims)) == 401, what


def test_forgeries_are_refused(client: TestClient, rsa_key: rsa.RSAPrivateKey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("creatorgraph.api.rejection.MOST_FAILURES", 1000)
    good = signed(rsa_key)
    assert viewer(client, good)["role"] == "ANALYST"
    head, body, signature = good.split(".")
    # the public key is known to all: as a secret of HS256 it must prove nothing
    monkeypatch.setattr("jwt.algorithms.HMACAlgorithm.prepare_key", lambda _, key: key)
    text = rsa_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    confused = signed(text, algorithm="HS256")
    unsigned = signed(None, algorithm="none")
    other = signed(rsa.generate_private_key(65537, 2048))
    stronger = signed(rsa_key, algorithm="RS512")
    swapped = f"{head}.{signed(rsa_key, roles=['admin']).split('.')[1]}.{signature}"
    for each in (
        confused,
        unsigned,
        f"{unsigned}{signature}",
        other,
        stronger,
        swapped,
        f"{head}.{body}.",
        "a.b.c",
        "..",
    ):
        assert viewer(client, each) == 401, each[:20]
    assert viewer(client, good)["role"] == "ANALYST"


def test_a_token_without_a_key_or_with_an_unknown_one_asks_the_provider_once(
    client: TestClient, provider: Provider, rsa_key: rsa.RSAPrivateKey
) -> None:
    assert viewer(client, signed(rsa_key, kid=None)) == 401
    assert provider.asked == 0
    for number in range(5):
        assert viewer(client, signed(rsa_key, kid=f"unknown {number}")) == 401
    assert provider.asked == 1


def test_keys_rotate(provider: Provider, over: Engines, rsa_key: rsa.RSAPrivateKey) -> None:
    now = 0.0
    keys = KeySet(provider.url, refetch_seconds=60, loopback=True, now=lambda: now)
    tokens = Tokens(over.settings, keys)
    assert tokens.claims(signed(rsa_key)) is not None
    fresh = ec.generate_private_key(ec.SECP256R1())
    curve = ed25519.Ed25519PrivateKey.generate()
    provider.keys = [public("second", fresh), public("third", curve)]
    second = signed(fresh, kid="second", algorithm="ES256")
    assert tokens.claims(second) is None, "the provider was asked a moment ago"
    now = 61.0
    assert tokens.claims(second) is not None
    assert tokens.claims(signed(curve, kid="third", algorithm="EdDSA")) is not None
    assert tokens.claims(signed(rsa_key)) is None, "a key that was taken back is trusted no more"
    assert provider.asked == 2


def test_a_key_that_was_taken_back_is_forgotten_within_the_hour(
    provider: Provider, over: Engines, rsa_key: rsa.RSAPrivateKey
) -> None:
    now = 0.0
    tokens = Tokens(over.settings, KeySet(provider.url, refetch_seconds=60, loopback=True, now=lambda: now))
    assert tokens.claims(signed(rsa_key)) is not None
    provider.keys = []
    now = 3601.0
    assert tokens.claims(signed(rsa_key)) is None


@pytest.mark.parametrize("status", [302, 404, 500])
def test_while_the_provider_is_away_its_keys_are_trusted_for_a_day(
    provider: Provider, over: Engines, rsa_key: rsa.RSAPrivateKey, status: int
) -> None:
    now = 0.0
    tokens = Tokens(over.settings, KeySet(provider.url, refetch_seconds=60, loopback=True, now=lambda: now))
    assert tokens.claims(signed(rsa_key)) is not None
    provider.status = status
    now = 23 * 3600.0
    assert tokens.claims(signed(rsa_key)) is not None
    now = 25 * 3600.0
    with pytest.raises(Exception, match="cannot be had"):
        tokens.claims(signed(rsa_key))


def test_without_any_keys_a_token_is_not_refused_but_put_off(
    client: TestClient, provider: Provider, rsa_key: rsa.RSAPrivateKey
) -> None:
    provider.status = 500
    assert viewer(client, signed(rsa_key)) == 503


def test_what_is_no_public_key_for_signing_is_passed_over(
    tmp_path: Path, over: Engines, rsa_key: rsa.RSAPrivateKey
) -> None:
    private = jwt.get_algorithm_by_name("RS256").to_jwk(rsa_key, as_dict=True)
    secret = {"kty": "oct", "kid": "secret", "k": "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}
    place = tmp_path / "keys.json"
    listed = [
        {**private, "kid": "private"}, secret, public("locks", rsa_key, use="enc"), {"kty": "RSA", "kid": "torn"}, 7,
        public("good", rsa_key),
    ]  # fmt: skip
    place.write_bytes(orjson.dumps({"keys": listed}))
    tokens = Tokens(over.settings, KeySet(str(place), refetch_seconds=60))
    assert tokens.claims(signed(rsa_key, kid="good")) is not None
    for kid in ("private", "locks", "torn"):
        assert tokens.claims(signed(rsa_key, kid=kid)) is None
    shared = b"secretsecretsecretsecretsecretsecret"
    assert tokens.claims(signed(shared, kid="secret", algorithm="HS256")) is None


@pytest.mark.parametrize(
    "place",
    ["http://id.example/keys", "http://127.0.0.1/keys", "ftp://id.example/keys", "https://", "https://u:p@id.example/"],
)
def test_keys_come_over_https_alone(place: str) -> None:
    with pytest.raises(InvalidInputError, match="https"):
        KeySet(place, refetch_seconds=60)


def test_the_settings_must_name_issuer_and_audience(engines: Engines) -> None:
    assert Tokens.of(engines.settings) is None
    for missing in ("jwt_issuer", "jwt_audience"):
        told = {"jwt_keys": "keys.json", "jwt_issuer": ISSUER, "jwt_audience": AUDIENCE, missing: None}
        with pytest.raises(InvalidInputError, match=missing.upper()):
            Tokens.of(engines.settings.model_copy(update=told))


def test_a_tenants_people_never_have_stewards_roles(
    client: TestClient, rsa_key: rsa.RSAPrivateKey, acme: Tenant
) -> None:
    for named in (acme.name, acme.tenant_id):
        assert viewer(client, signed(rsa_key, tenant=named, roles=["admin"])) == 401
        token = signed(rsa_key, tenant=named, roles=["admin", "partner"])
        assert viewer(client, token)["role"] == "PARTNER"


def test_a_disabled_tenants_people_are_refused(
    engines: Engines, client: TestClient, rsa_key: rsa.RSAPrivateKey
) -> None:
    create_tenant(engines, "leaving")
    token = signed(rsa_key, tenant="leaving", roles=["partner"])
    assert viewer(client, token)["role"] == "PARTNER"
    end_tenant(engines, "leaving")
    assert viewer(client, token) == 401


def test_two_people_of_one_name_are_two_and_a_disabled_one_stays_out(
    engines: Engines, client: TestClient, rsa_key: rsa.RSAPrivateKey
) -> None:
    add_steward(engines, "Kim", Role.ANALYST)
    token = signed(rsa_key, sub="kim-2", name="Kim", roles=["steward"])
    name = viewer(client, token)["name"]
    assert name != "Kim"
    assert name.startswith("Kim (")
    assert viewer(client, token)["name"] == name
    end_steward(engines, name)
    assert viewer(client, token) == 401
    assert [each.role for each in list_stewards(engines) if each.name == "Kim"] == [Role.ANALYST]
