"""Everything that differs between machines, read once from `ETL_*` variables.

`flows/` and `cli.py` read settings and hand plain values down; nothing below them does.
"""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from etl.errors import Misconfigured

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parents[1]


def shipped(name: str) -> Path:
    """Folder `name` (`sql`, `expectations`), inside an installed wheel or in the checkout."""
    inside = PACKAGE / "_shipped" / name
    return inside if inside.exists() else CHECKOUT / name


class Settings(BaseSettings):
    """Settings of one deployment."""

    model_config = SettingsConfigDict(env_prefix="ETL_", env_file=".env", extra="ignore")

    warehouse_url: SecretStr | None = Field(
        default=None,
        description="URL of an outside Postgres (15 or newer); an embedded Postgres if unset.",
    )
    home: Path = Field(
        default=Path(".etl"),
        description="Folder for the embedded Postgres, snapshots and other local state.",
    )
    sources: Path | None = Field(
        default=None,
        description="Folder with source files of your own, read beside the shipped ones; "
        "`sources` in ETL_HOME if unset.",
    )
    snapshots: str | None = Field(
        default=None,
        description="Where pages are kept as they came: a folder, or a URL of fsspec such as "
        "s3://bucket/pages; `snapshots` in ETL_HOME if unset.",
    )
    max_page_bytes: int = Field(
        default=5_000_000,
        ge=1_000,
        description="Larger pages are set aside unread: the longest article kept so far has 1 MB.",
    )
    readers: int | None = Field(
        default=None,
        ge=1,
        description="How many processes read pages at one time; as many as there are cores if "
        "unset.",
    )
    page_seconds: float = Field(
        default=20,
        gt=0,
        description="CPU time that reading one page may take, and a third of what it may take by "
        "the clock; then it is stopped, and the page set aside.",
    )
    max_set_aside_share: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description="A larger share of rows failing critical expectations stops the publish.",
    )
    postgres_start_seconds: int = Field(
        default=300,
        ge=1,
        description="How long the embedded Postgres may take to start, crash recovery included.",
    )
    prefect_start_seconds: int = Field(
        default=180,
        ge=1,
        description="How long Prefect's own temporary server may take to start.",
    )

    enrich: bool = Field(
        default=False,
        description="Whether `etl enrich` may ask Crossref and OpenAlex about cited works.",
    )
    enrich_mailto: str | None = Field(
        default=None,
        pattern=r"^[!-~]+@[!-~]+$",
        description="E-mail address that both are told, so that they can write if we ask too much.",
    )
    enrich_openalex_key: SecretStr | None = Field(
        default=None,
        description="Key of OpenAlex, which answers little without one; Crossref needs none.",
    )
    enrich_openalex_url: str = Field(
        default="https://api.openalex.org",
        pattern=r"^https?://[!-~]+$",
        description="Where OpenAlex is asked: it, or a mirror of your own.",
    )
    enrich_crossref_url: str = Field(
        default="https://api.crossref.org",
        pattern=r"^https?://[!-~]+$",
        description="Where Crossref is asked: it, or a mirror of your own.",
    )

    @property
    def url(self) -> str | None:
        """URL of the outside Postgres with its password; None for the embedded one."""
        return self.warehouse_url.get_secret_value() if self.warehouse_url else None

    @property
    def own_sources(self) -> Path | None:
        """Folder with source files of your own; None if there is none."""
        if self.sources is not None:
            return self.sources
        folder = self.sources_to_write
        return folder if folder.is_dir() else None

    @property
    def sources_to_write(self) -> Path:
        """Folder into which a new source file goes."""
        return self.sources or self.home / "sources"

    @property
    def snapshots_url(self) -> str:
        """Folder or URL of the snapshots."""
        return self.snapshots or str(self.home / "snapshots")

    @classmethod
    def read(cls) -> Self:
        """The settings in force.

        Raises:
            Misconfigured: A variable holds a value that does not fit.
        """
        try:
            return cls()
        except ValidationError as error:
            problems = "; ".join(
                f"ETL_{str(e['loc'][0]).upper()}={e['input']!r}: {e['msg']}" for e in error.errors()
            )
            raise Misconfigured(f"{problems}; unset it, or give it a value that fits") from error
