"""Whether every setting is explained, read from where it should be, and refused with a sentence where it is wrong."""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr

from bot.settings import Settings, StudySettings, read_settings
from console.settings import CONFIG, PREFIX, SettingsFault
from dialogs.library import Terms

EXAMPLE = Path(__file__).parent.parent.parent / "config.example.toml"
TOKEN = "8312:Kwetter_kwetter-canary7"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment and a folder without settings."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(words: str) -> Path:
    place = Path("eigen.toml")
    place.write_text(words, encoding="utf-8")
    return place


def faults_of(place: Path | None) -> list[str]:
    with pytest.raises(SettingsFault) as fault:
        read_settings(place)
    assert str(fault.value) == "\n".join(fault.value.sentences)
    assert fault.value.__context__ is None or fault.value.__suppress_context__
    return list(fault.value.sentences)


# The example.


def settings() -> Iterator[tuple[str, str]]:
    """Every setting as its table and its name."""
    for table, field in Settings.model_fields.items():
        group = field.annotation
        assert isinstance(group, type)
        assert issubclass(group, BaseModel)
        yield from ((table, name) for name in group.model_fields)


def explained() -> dict[tuple[str, str], str]:
    """The settings of the example with the comment above each; one that is left open is itself a comment."""
    found: dict[tuple[str, str], str] = {}
    table, above = "", ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if begun := re.fullmatch(r"\[(\w+)\]", line):
            table = begun[1]
        if setting := re.fullmatch(r"(?:# )?(\w+) = .+", line):
            found[table, setting[1]] = above
        above = f"{above} {line.removeprefix('# ')}".strip() if line.startswith("# ") else ""
    return found


def test_every_setting_stands_in_the_example_and_nothing_else() -> None:
    assert list(explained()) == list(settings())


@pytest.mark.parametrize(("table", "name"), list(settings()))
def test_every_setting_is_explained_in_a_sentence(table: str, name: str) -> None:
    assert re.fullmatch(r"[A-Z].{20,}[.”\"]", explained()[table, name])


def test_the_example_holds_what_holds_without_it() -> None:
    assert read_settings(EXAMPLE).model_dump() == Settings().model_dump()


def test_the_example_says_every_value_but_that_of_the_token() -> None:
    read = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    given = [(table, name) for table, values in read.items() for name in values]
    assert given == [setting for setting in settings() if setting != ("telegram", "token")]


def test_the_token_of_the_example_can_be_filled_in() -> None:
    words = EXAMPLE.read_text(encoding="utf-8").replace('# token = ""', f'token = "{TOKEN}"')
    token = read_settings(written(words)).telegram.token
    assert token
    assert token.get_secret_value() == TOKEN


# Where they come from.


def test_without_a_file_and_without_an_environment_everything_has_a_value() -> None:
    read = read_settings()
    assert read.telegram.token is None
    assert str(read.telegram.api_url) == "https://api.telegram.org/"
    assert (read.storage.url, read.storage.key_file) == ("sqlite:///data/vertelbot.db", Path("secrets/vertelbot.key"))
    assert read.log.level == "INFO"


def test_the_file_in_the_folder_is_read_by_itself() -> None:
    CONFIG.write_text('[study]\nonderzoeker = "Bureau Voorbeeld"\n')
    assert read_settings().study.onderzoeker == "Bureau Voorbeeld"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    place = written('[study]\nonderzoeker = "Uit bestand"\ncontact = "020 000 0000"\n[telegram]\npoll_seconds = 7\n')
    monkeypatch.setenv("VERTELBOT_STUDY__ONDERZOEKER", "Uit omgeving")
    monkeypatch.setenv("VERTELBOT_TELEGRAM__TOKEN", TOKEN)
    read = read_settings(place)
    assert (read.study.onderzoeker, read.study.contact) == ("Uit omgeving", "020 000 0000")
    assert (read.telegram.poll_seconds, read.telegram.token) == (7, SecretStr(TOKEN))


def test_every_setting_can_stand_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "TELEGRAM__TOKEN": TOKEN,
        "TELEGRAM__API_URL": "http://127.0.0.1:8081/",
        "TELEGRAM__MODE": "webhook",
        "TELEGRAM__POLL_SECONDS": "9",
        "TELEGRAM__PER_SECOND": "30",
        "TELEGRAM__PER_CHAT_PER_SECOND": "2",
        "WEB__CHAT": "false",
        "WEB__PROXIES": '["10.0.0.7", "172.30.0.0/24"]',
        "WEB__HOST": "::1",
        "WEB__PORT": "8090",
        "WEB__PUBLIC_URL": "https://vertel.example/",
        "RESEARCH__PROXIES": '["10.0.0.8"]',
        "RESEARCH__HOST": "::1",
        "RESEARCH__PORT": "8767",
        "RESEARCH__PUBLIC_URL": "https://onderzoek.example/",
        "RESEARCH__FOLDER": "/srv/uitvoer",
        "BACKUP__FOLDER": "/srv/kopie",
        "BACKUP__HOURLY": "false",
        "STORAGE__URL": "sqlite:////srv/x.db",
        "STORAGE__KEY_FILE": "/srv/x.key",
        "LOG__LEVEL": "DEBUG",
        **{f"STUDY__{name.upper()}": "5" for name in StudySettings().values()},
        "STUDY__BEWAARTERMIJN": "5 jaar",
        "STUDY__OPEN": "false",
        "STUDY__STADSDEEL_UIT_LINK": "false",
    }
    assert len(given) == len(list(settings()))
    for name, value in given.items():
        monkeypatch.setenv(PREFIX + name, value)
    read = read_settings()
    assert (str(read.telegram.api_url), read.telegram.poll_seconds) == ("http://127.0.0.1:8081/", 9)
    assert (read.storage.url, str(read.storage.key_file)) == ("sqlite:////srv/x.db", "/srv/x.key")
    telegram, web = read.telegram, read.web
    assert (telegram.mode, telegram.per_second, telegram.per_chat_per_second) == ("webhook", 30, 2)
    assert (web.host, web.port, str(web.public_url)) == ("::1", 8090, "https://vertel.example/")
    assert (web.chat, [str(proxy) for proxy in web.proxies]) == (False, ["10.0.0.7/32", "172.30.0.0/24"])
    assert (read.backup.folder, read.backup.hourly) == (Path("/srv/kopie"), False)
    assert read.log.level == "DEBUG"
    assert set(read.study.values().values()) == {"5", "5 jaar"}
    assert read.study.terms() == Terms(draft_days=5, open=False, district_from_link=False)


def test_without_a_word_about_it_the_study_is_open_and_a_link_may_answer() -> None:
    assert read_settings().study.terms() == Terms(draft_days=7, open=True, district_from_link=True)
    assert {"open", "stadsdeel_uit_link"} == set(StudySettings.model_fields) - set(StudySettings().values())


def test_what_is_not_filled_in_is_known() -> None:
    place = written('[study]\nonderzoeker = "Bureau Voorbeeld"\n')
    names = [name for name in StudySettings().values() if name not in ("onderzoeker", "bot_link", "concept_dagen")]
    assert read_settings(place).study.unfilled() == names


def test_the_token_shows_in_no_repr() -> None:
    read = read_settings(written(f'[telegram]\ntoken = "{TOKEN}"\n'))
    assert TOKEN not in repr(read) + str(read) + read.model_dump_json()


# What is wrong.

WRONG: dict[str, tuple[str, str]] = {
    "a key that is none": ("[telegram]\ntokn = 'x'", "telegram.tokn: deze instelling bestaat niet."),
    "a table that is none": ("[telegraf]\nx = 1", "telegraf: deze instelling bestaat niet."),
    "a key outside the tables": ("token = 'x'", "token: deze instelling bestaat niet."),
    "a number that is too low": (
        "[telegram]\npoll_seconds = 0",
        "telegram.poll_seconds: dit getal is te laag; het kan van 1 tot 50.",
    ),
    "a number that is too high": (
        "[study]\nconcept_dagen = 31",
        "study.concept_dagen: dit getal is te hoog; het kan van 1 tot 30.",
    ),
    "a number that is none": (
        "[study]\nconcept_dagen = 'x'",
        "study.concept_dagen: hier hoort een heel getal; het kan van 1 tot 30.",
    ),
    "half a number": (
        "[study]\nconcept_dagen = 1.5",
        "study.concept_dagen: hier hoort een heel getal; het kan van 1 tot 30.",
    ),
    "a yes or no that is neither": ("[study]\nopen = 'misschien'", "study.open: hier hoort true of false."),
    "a choice that is none": (
        "[log]\nlevel = 'LUID'",
        "log.level: deze keuze bestaat niet; kies uit DEBUG, INFO, WARNING, ERROR.",
    ),
    "an empty text": ("[study]\nonderzoeker = ' '", "study.onderzoeker: hier hoort tekst."),
    "a text that is none": ("[study]\nonderzoeker = 7", "study.onderzoeker: hier hoort tekst."),
    "an address that is none": ("[telegram]\napi_url = 'x'", "telegram.api_url: dit is geen webadres."),
    "an address of another kind": (
        "[telegram]\napi_url = 'ftp://x'",
        "telegram.api_url: dit is geen webadres met http of https.",
    ),
    "a table that is a value": ("telegram = 7", "telegram: hier hoort een tabel."),
    "a place that is none": ("[storage]\nkey_file = 7", "storage.key_file: deze waarde kan niet."),
    "a token that is none": ("[telegram]\ntoken = 7", "telegram.token: hier hoort tekst."),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_fault_is_a_sentence_that_names_the_key(kind: str) -> None:
    words, sentence = WRONG[kind]
    assert faults_of(written(words)) == [f"eigen.toml: {sentence} Zie config.example.toml."]


def test_all_faults_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERTELBOT_LOG__LEVEL", "LUID")
    place = written("[telegram]\npoll_seconds = 0\n[study]\nconcept_dagen = 99\nnaam = 'x'\n")
    found = faults_of(place)
    assert len(found) == 4
    assert (
        "VERTELBOT_LOG__LEVEL: deze keuze bestaat niet; kies uit DEBUG, INFO, WARNING, ERROR. Zie config.example.toml."
        in found
    )


def test_no_fault_repeats_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    words = f"[telegram]\ntoken = ['{TOKEN}']\napi_url = '{TOKEN}'\n[log]\nlevel = '{TOKEN}'\n"
    assert [fault for fault in faults_of(written(words)) if TOKEN in fault] == []
    assert [fault for fault in faults_of(written(f"[telegram]\ntoken = {TOKEN}")) if TOKEN in fault] == []
    monkeypatch.setenv("VERTELBOT_TELEGRAM", f'{{"token": "{TOKEN}"')
    assert [fault for fault in faults_of(None) if TOKEN in fault] == []


def test_a_group_in_the_environment_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERTELBOT_TELEGRAM", "{")
    assert faults_of(None) == ["VERTELBOT_…: zet elke instelling apart, zoals VERTELBOT_STORAGE__URL."]


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (b"[telegram", "regel 1: hier mist een ]."),
        (b"[log]\nlevel = LUID\n[web]\n", "regel 2: tekst hoort tussen aanhalingstekens, en achter elke = hoort iets"),
        (b"[log]\nlevel =", "regel 2: tekst hoort tussen aanhalingstekens, en achter elke = hoort iets"),
        (b'[log]\nlevel = "INFO\n', "regel 2: hier mist een aanhalingsteken."),
        (b"[log]\nlevel 7\n", "regel 2: hier hoort een naam, een = en een waarde te staan."),
        (b"a = 1\na = 2", "regel 2: deze instelling staat er twee keer."),
        (b"[log]\n[log]\n", "regel 2: deze groep staat er twee keer."),
        (b"a = 1 2\n", "regel 1: hier staat te veel op de regel"),
        (b"\xff\xfe", "dit is geen gewone tekst. Bewaar het bestand als UTF-8."),
    ],
)
def test_a_file_that_is_no_toml_is_one_sentence_with_the_line(content: bytes, mistake: str) -> None:
    Path("eigen.toml").write_bytes(content)
    [sentence] = faults_of(Path("eigen.toml"))
    assert sentence.startswith(f"eigen.toml: {mistake}")


def test_a_mark_at_the_beginning_of_a_file_is_passed_over() -> None:
    Path("eigen.toml").write_bytes(b"\xef\xbb\xbf[log]\nlevel = 'DEBUG'\n")
    assert read_settings(Path("eigen.toml")).log.level == "DEBUG"


def test_a_file_that_was_named_but_is_not_there_is_told() -> None:
    assert faults_of(Path("weg.toml")) == [
        "weg.toml: dit bestand is er niet. Kopieer config.example.toml of laat --config weg."
    ]


def test_a_folder_is_no_file() -> None:
    Path("map.toml").mkdir()
    assert faults_of(Path("map.toml")) == ["map.toml: dit is een map. Noem het bestand met de instellingen."]


# What a supervisor hands over.


def test_a_token_that_a_supervisor_hands_over_is_read_and_only_what_is_meant_for_us(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    handed_over = tmp_path / "geheimen"
    handed_over.mkdir()
    (handed_over / "VERTELBOT_TELEGRAM__TOKEN").write_text(f"{TOKEN}\n")
    (handed_over / "van_een_ander").write_text("iets anders")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(handed_over))
    place = written("[telegram]\ntoken = '1:uit-het-bestand'\npoll_seconds = 7\n")
    found = read_settings(place).telegram
    assert (found.token, found.poll_seconds) == (SecretStr(TOKEN), 7)
    monkeypatch.setenv("VERTELBOT_TELEGRAM__TOKEN", "1:uit-de-omgeving")
    assert read_settings(place).telegram.token == SecretStr("1:uit-de-omgeving")


@pytest.mark.parametrize("folder", ["", "/er/is/hier/niets"])
def test_where_nothing_is_handed_over_there_is_nothing_to_read(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", folder)
    assert read_settings(None).telegram.token is None


# What does not go together.

WEBHOOK = "[telegram]\nmode = 'webhook'\n"
NO_ADDRESS = "web.public_url: dit adres is nodig bij telegram.mode webhook; Telegram brengt berichten daar."
NO_PORT = "web.port: 0 kan niet bij telegram.mode webhook; kies een poort."
NO_SUCH_PORT = "web.public_url: Telegram komt alleen op poort 443, 80, 88 of 8443."
NO_PATH = "web.public_url: laat weg wat achter de naam staat; de bot zet er zelf /telegram achter."
NO_TLS = "web.public_url: Telegram komt alleen op een adres met https."


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        ("", [NO_ADDRESS]),
        ("port = 0", [NO_PORT, NO_ADDRESS]),
        ("public_url = 'http://vertel.example.nl'", [NO_TLS]),
        ("public_url = 'http://10.0.0.7:8080'\nport = 0", [NO_PORT, NO_TLS]),
        ("public_url = 'https://vertel.example.nl:8080'", [NO_SUCH_PORT]),
        ("public_url = 'https://vertel.example.nl:8080/bot'", [NO_SUCH_PORT, NO_PATH]),
    ],
)
def test_what_a_webhook_needs_is_told_at_once(web: str, expected: list[str]) -> None:
    assert faults_of(written(f"{WEBHOOK}[web]\n{web}\n")) == expected


@pytest.mark.parametrize(
    "url",
    ["https://vertel.example.nl", "https://vertel.example.nl:8443", "http://127.0.0.1:8080", "http://localhost:8080"],
)
def test_an_address_with_https_or_of_this_machine_will_do(url: str) -> None:
    assert str(read_settings(written(f"{WEBHOOK}[web]\npublic_url = '{url}'\n")).web.public_url).startswith(url)


def test_who_fetches_needs_no_address_and_no_port() -> None:
    assert read_settings(written("[web]\nport = 0\n")).web.public_url is None
