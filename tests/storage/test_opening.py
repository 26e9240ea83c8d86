"""What an address of a database leads to, and what is said where it leads nowhere; knows no table."""

from pathlib import Path

import pytest

from storage.faults import ServerAway, StorageFault
from storage.opening import holds_password, open_database, shown
from tests.postgres import PostgresServer


@pytest.mark.parametrize(
    "url", ["mysql://jan:geheim@host/db", "postgresql+asyncpg://jan:geheim@host/db", "data/vertelbot.db", ""]
)
async def test_another_engine_is_refused_without_repeating_the_address(url: str) -> None:
    with pytest.raises(StorageFault, match="Deze soort database kan niet") as refused:
        await open_database(url)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite:///:memory:", "sqlite:///a\0b"])
async def test_a_database_that_is_no_file_is_refused(url: str) -> None:
    with pytest.raises(StorageFault, match="hoort in een bestand"):
        await open_database(url)


async def test_three_slashes_are_relative_and_four_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite:///near/a.db", f"sqlite:///{tmp_path}/far/a?b#c%20d.db"):
        await (await open_database(url)).close()
    assert (tmp_path / "near" / "a.db").is_file()
    assert (tmp_path / "far" / "a?b#c%20d.db").is_file()


async def test_a_file_that_is_only_read_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="Er is geen database"):
        await open_database(f"sqlite:///{tmp_path}/a.db", read_only=True)
    assert not (tmp_path / "a.db").exists()


async def test_both_names_of_the_scheme_lead_to_a_server(postgres: PostgresServer) -> None:
    for scheme in ("postgresql", "postgres"):
        opened = await open_database(postgres.url("template1").replace("postgresql", scheme, 1), read_only=True)
        async with opened.reading() as work:
            assert await work.fetch("SELECT 1 AS one") == [{"one": 1}]
        await opened.close()


@pytest.mark.parametrize("address", ["@localhost:1/db", "@/db?host=/nergens", "@nergens.invalid/db"])
async def test_a_server_that_is_away_is_said_to_be_out_of_reach(address: str) -> None:
    with pytest.raises(ServerAway, match="niet te bereiken") as refused:
        await open_database(f"postgresql://jan:geheim{address}")
    _keeps_to_itself(refused.value)


@pytest.mark.parametrize("address", ["@localhost:poort/db", "@[een/db", "@localhost/db?sslmode=geheim"])
async def test_an_address_that_cannot_be_read_is_refused(address: str) -> None:
    with pytest.raises(StorageFault, match="niet te lezen") as refused:
        await open_database(f"postgresql://jan:geheim{address}")
    _keeps_to_itself(refused.value)


async def test_a_database_that_is_not_on_the_server_is_refused(postgres: PostgresServer) -> None:
    with pytest.raises(StorageFault, match=r"is er niet op de server\. Maak haar eerst") as refused:
        await open_database(postgres.url("geheim"))
    _keeps_to_itself(refused.value)


async def test_a_setting_that_no_server_knows_is_refused(postgres: PostgresServer) -> None:
    with pytest.raises(StorageFault, match="weigerde een opdracht") as refused:
        await open_database(postgres.url("template1") + "&geheime_instelling=aan")
    _keeps_to_itself(refused.value)


async def test_whoever_has_the_wrong_password_is_not_let_in_and_the_right_one_may_stand_beside_the_address(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = await postgres.database()
    with postgres.asking_for_passwords("jan"):
        await postgres.command("CREATE ROLE jan LOGIN PASSWORD 'geheim'", f"ALTER DATABASE {name} OWNER TO jan")
        monkeypatch.setenv("PGPASSWORD", "geheimpje")
        with pytest.raises(
            StorageFault, match=r"laat deze gebruiker niet binnen, of het wachtwoord klopt niet"
        ) as refused:
            await open_database(postgres.url(name, "jan"))
        _keeps_to_itself(refused.value)
        monkeypatch.setenv("PGPASSWORD", "geheim")
        await (await open_database(postgres.url(name, "jan"))).close()
    await postgres.drop(name)
    await postgres.command("DROP ROLE jan")


@pytest.mark.parametrize("loose", ["synchronous_commit", "fsync", "full_page_writes"])
async def test_a_server_that_may_lose_what_it_said_was_kept_is_refused(loose: str) -> None:
    server = PostgresServer(settings=[f"{loose}=off"])
    with pytest.raises(StorageFault, match=f"{loose} staat uit"):
        await open_database(server.url("template1"))
    server.remove()


async def test_a_database_that_is_not_in_utf8_is_refused(postgres: PostgresServer) -> None:
    name = await postgres.database(options="ENCODING 'LATIN1'")
    with pytest.raises(StorageFault, match="niet in UTF8"):
        await open_database(postgres.url(name))
    await postgres.drop(name)


def _keeps_to_itself(fault: StorageFault) -> None:
    assert "geheim" not in str(fault)
    assert fault.__suppress_context__


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("sqlite:///data/v.db", "data/v.db"),
        ("postgresql://jan:geheim@server:5433/v", "postgresql://server:5433/v"),
        ("postgresql://jan:ge/he@im@server/v?sslmode=require", "postgresql://server/v"),
        ("postgresql://server/v?user=jan&password=geheim", "postgresql://server/v"),
        ("postgresql://server/v?password=geheim@geheim", "een databaseserver"),
        ("postgresql://jan:geheim?geheim@server/v", "een databaseserver"),
    ],
)
def test_a_place_that_is_shown_holds_no_password(url: str, place: str) -> None:
    assert shown(url) == place
    assert "geheim" not in shown(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://jan:geheim@server/v", True),
        ("postgres://server/v?password=geheim", True),
        ("postgresql://jan@server:5433/v", False),
        ("postgresql://server:5433/v", False),
        ("sqlite:///a:b@c.db", False),
    ],
)
def test_a_password_in_an_address_is_seen(url: str, expected: bool) -> None:
    assert holds_password(url) is expected


@pytest.mark.parametrize("url", ["sqlite://data/v.db", "sqlite:data/v.db"])
async def test_too_few_strokes_are_told(url: str) -> None:
    with pytest.raises(StorageFault, match="Zet drie strepen"):
        await open_database(url)
