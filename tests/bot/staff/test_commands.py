"""The commands for operators as they are typed in a folder: staff, link, paper and numbers, done and refused."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.handouts.message import LONGEST
from bot.staff.handing_out import SHEETS
from tests.bot.command import Folder, filled_in
from tests.bot.disk import amounts
from tests.printing.printed import pages

EX_CONFIG, EX_USAGE = 78, 2
PUBLIC, BOT = "https://vertel.example", "t.me/voorbeeld"
FOR_RESEARCHERS = "https://onderzoek.example"
PLACE = "Huis van de Wijk De Klinker"
KNOWN = re.compile(r"^([0-9a-f]{16})  (.+)$", re.MULTILINE)
INVITATION = re.compile(rf"{PUBLIC}/team/in/([\w-]{{43}})$", re.MULTILINE)
CODE = re.compile(r"^De link is klaar: (\w{10})$", re.MULTILINE)
NO_CODE = "bcdfghjkmn"


def environment() -> dict[str, str]:
    """That of an operator who has a bot, and pages that others can reach."""
    return {
        **filled_in(),
        "VERTELBOT_WEB__PORT": "8080",
        "VERTELBOT_WEB__PUBLIC_URL": PUBLIC,
        "VERTELBOT_RESEARCH__PUBLIC_URL": FOR_RESEARCHERS,
        "VERTELBOT_TELEGRAM__TOKEN": "8312:Kwetter_kwetter-canary7",
        "VERTELBOT_STUDY__BOT_LINK": BOT,
    }


@dataclass(frozen=True)
class Operator:
    """Somebody at the machine; `code` is that of a link that they made before."""

    folder: Folder
    code: str = ""

    def does(self, *words: str) -> str:
        """What a command says that is done."""
        done = self.folder.run(*words)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def is_refused(self, *words: str, code: int = EX_CONFIG) -> list[str]:
        """The sentences with which a command is refused."""
        done = self.folder.run(*words)
        assert (done.returncode, done.stdout) == (code, "")
        assert "Traceback" not in done.stderr
        return done.stderr.splitlines()

    def about(self) -> str:
        """What the list says of the link."""
        [line] = [line for line in self.does("link", "list").splitlines() if line.startswith(self.code)]
        return line.removeprefix(f"{self.code}  ")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    """A folder in which one link was made."""
    folder = Folder(tmp_path_factory.mktemp("balie"), environment())
    [code] = CODE.findall(folder.run("link", "make", "--place", PLACE, "--district", "noord").stdout)
    return Operator(folder, code)


@pytest.fixture
def operator(first: Operator, tmp_path: Path) -> Operator:
    """The same, to do with as one likes."""
    shutil.copytree(first.folder.place, tmp_path, dirs_exist_ok=True)
    return Operator(Folder(tmp_path, environment()), first.code)


# Staff.


def test_whom_is_invited_gets_a_link_for_a_browser_and_one_for_telegram(operator: Operator) -> None:
    said = operator.does("staff", "invite", "Sanne Zwabberman", "--team", "Noord")
    assert "Geef deze link aan Sanne Zwabberman, en aan niemand anders:" in said
    [token] = INVITATION.findall(said)
    assert f"https://{BOT}?start=in-{token}" in said
    assert re.search(r"Hij werkt één keer, tot en met \d\d-\d\d-\d{4}\.", said)
    [(_, line)] = KNOWN.findall(operator.does("staff", "list"))
    assert re.fullmatch(r"Sanne Zwabberman \(Noord\), medewerker, uitnodiging open tot \d\d-\d\d-\d{4}", line)
    assert token not in operator.folder.database.read_bytes().decode("latin-1")


def test_a_researcher_is_invited_as_one(operator: Operator) -> None:
    told = operator.does("staff", "invite", "Kees Zwabberman", "--researcher")
    assert re.search(rf"^  {FOR_RESEARCHERS}/in/[\w-]{{43}}$", told, re.MULTILINE)
    assert "/team/in/" not in told
    [(_, line)] = KNOWN.findall(operator.does("staff", "list"))
    assert line.startswith("Kees Zwabberman, onderzoeker, ")


def test_who_is_known_is_invited_again_and_is_the_same(operator: Operator) -> None:
    before = INVITATION.findall(operator.does("staff", "invite", "Sanne Zwabberman"))
    known = KNOWN.findall(operator.does("staff", "list"))
    again = operator.does("staff", "invite", known[0][0])
    assert "Geef deze link aan Sanne Zwabberman" in again
    assert INVITATION.findall(again) != before
    assert KNOWN.findall(operator.does("staff", "list")) == known


def test_who_is_removed_is_in_no_list(operator: Operator) -> None:
    operator.does("staff", "invite", "Sanne Zwabberman")
    [(staff_id, _)] = KNOWN.findall(operator.does("staff", "list"))
    assert operator.does("staff", "remove", staff_id) == "Weggehaald. Deze persoon is nergens meer aangemeld.\n"
    assert operator.does("staff", "list") == "Er is nog niemand uitgenodigd.\n"
    [said] = operator.is_refused("staff", "remove", staff_id)
    assert said == f"Er is niemand met kenmerk {staff_id}. Zie wie er zijn met: vertelbot staff list"


def test_who_was_removed_does_not_come_back_with_an_older_copy_also_where_the_database_is_lost(
    operator: Operator,
) -> None:
    for name in ("Sanne Zwabberman", "Kees Zwabberman"):
        operator.does("staff", "invite", name)
    [(kept, _), (removed, _)] = sorted(KNOWN.findall(operator.does("staff", "list")), key=lambda one: "Sanne" in one[1])
    [copy] = re.findall(r"backups/vertelbot-\S+\.kopie", operator.does("backup"))
    operator.does("staff", "remove", removed)
    operator.folder.database.unlink()
    assert "Weggelaten, want intussen weggehaald: 1." in operator.does("restore", copy)
    assert [staff_id for staff_id, _ in KNOWN.findall(operator.does("staff", "list"))] == [kept]
    # Now only the database knows it.
    for file in (operator.folder.place / "backups").glob("weggehaald-*"):
        file.unlink()
    operator.does("restore", copy, "--over")
    assert [staff_id for staff_id, _ in KNOWN.findall(operator.does("staff", "list"))] == [kept]


@pytest.mark.parametrize(("name", "said"), [(" ", "Geef een naam, "), ("W" * 61, "Deze naam is te lang: hooguit 60 ")])
def test_a_name_that_is_none_invites_nobody(operator: Operator, name: str, said: str) -> None:
    [refused] = operator.is_refused("staff", "invite", name)
    assert refused.startswith(said)
    assert amounts(operator.folder.database)["staff"] == 0


# Links.


def test_a_link_is_made_with_all_that_is_asked_for(operator: Operator) -> None:
    asked = ("--set", "bewoner", "--place", " De   Klinker ", "--district", "noord", "--helped", "--test")
    said = operator.does("link", "make", *asked, "--from", "2031-03-04", "--until", "5-3-2031")
    [code] = CODE.findall(said)
    assert said.splitlines()[1:] == [f"  {PUBLIC}/v/{code}", f"  https://{BOT}?start={code}"]
    about = Operator(operator.folder, code).about()
    days = "vanaf 04-03-2031, tot en met 05-03-2031"
    assert about == f"De Klinker, noord, bewoner, met helper, {days}, PROEF, werkt nu niet"
    assert operator.about() == f"{PLACE}, noord, bewoner"


def test_all_that_is_wrong_with_a_link_is_said_at_once(operator: Operator) -> None:
    asked = ("--district", "mars", "--place", "W" * 61, "--from", "2021-03-04", "--until", "2021-03-03")
    found = operator.is_refused("link", "make", *asked)
    assert [line[: line.index(":") if ":" in line else None] for line in found] == [
        "Dit stadsdeel of gebied staat niet in de vragenlijst",
        "De naam van de plek is te lang",
        "De laatste dag is al voorbij. Kies een latere dag.",
        "De laatste dag ligt vóór de eerste. Draai ze om.",
    ]
    [line] = operator.is_refused("link", "make", "--set", "bewooner", "--helped")
    assert line == "Deze vragenlijst is er niet: bewooner. Wel: bewoner, medewerker, professional."
    [line] = operator.is_refused("link", "make", "--set", "medewerker", "--helped")
    assert line.startswith("Een helper vult de vragenlijst voor bewoners in.")
    assert amounts(operator.folder.database)["links"] == 1


def test_a_link_is_for_a_part_of_a_district_and_its_place_gets_another_name(operator: Operator) -> None:
    [code] = CODE.findall(operator.does("link", "make", "--place", "Plein", "--district", "oud_noord"))
    other = Operator(operator.folder, code)
    assert other.about() == "Plein, noord, oud_noord, bewoner"
    assert other.does("link", "rename", code.upper(), "Buurtkamer  De Zwabber") == "De plek heet nu anders.\n"
    assert other.about() == "Buurtkamer De Zwabber, noord, oud_noord, bewoner"
    assert operator.is_refused("link", "rename", code, " ") == ["Typ hoe de plek heet."]
    assert "Buurtkamer De Zwabber" in operator.does("numbers")


def test_a_link_stands_still_works_again_and_ends(operator: Operator) -> None:
    """Also by a code that is typed in capitals."""
    assert operator.does("link", "pause", operator.code.upper()) == "De link staat nu stil.\n"
    assert operator.about().endswith(", staat stil")
    assert operator.does("link", "pause", operator.code) == "Dat was al zo.\n"
    assert operator.does("link", "resume", operator.code) == "De link werkt weer.\n"
    assert operator.about() == f"{PLACE}, noord, bewoner"
    assert operator.does("link", "end", operator.code) == "De link is geëindigd.\n"
    assert operator.about().endswith(", werkt nu niet")


@pytest.mark.parametrize("command", ["pause", "resume", "end", "print"])
def test_a_link_that_is_not_there_is_told(operator: Operator, command: str) -> None:
    [said] = operator.is_refused("link", command, NO_CODE)
    assert said == f"Er is geen link met code {NO_CODE}. Zie welke er zijn met: vertelbot link list"
    assert not (operator.folder.place / "uitdelen").exists()


# Things to hand out.


def test_all_that_is_handed_out_is_printed_and_leads_to_the_link(operator: Operator) -> None:
    said = operator.does("link", "print", operator.code, "--out", "map")
    folder = operator.folder.place / "map" / operator.code
    names = [*SHEETS, "bericht.txt"]
    assert said.splitlines() == [f"map/{operator.code}/{name}" for name in names]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    address = f"{PUBLIC}/v/{operator.code}"
    for path in folder.glob("*.pdf"):
        assert set(pages(path.read_bytes())[0].codes()) == {address}
    message = (folder / "bericht.txt").read_text()
    assert address in message
    assert len(message) <= LONGEST + 1


def test_of_a_link_for_a_helper_nothing_is_made_to_hang_up(operator: Operator) -> None:
    [code] = CODE.findall(operator.does("link", "make", "--helped"))
    said = operator.does("link", "print", code)
    assert sorted(path.name for path in (operator.folder.place / "uitdelen" / code).iterdir()) == ["qr.png", "qr.svg"]
    assert said.splitlines()[-1].startswith("Niet ophangen. ")


def test_a_form_is_for_who_printed_it_alone_and_is_not_written_over(operator: Operator) -> None:
    said = operator.does("paper", "--link", operator.code, "--copies", "2", "--out", "klinker.pdf")
    assert said == "Klaar: 2 formulieren in klinker.pdf. Overtypen kan op /team.\n"
    made = operator.folder.place / "klinker.pdf"
    assert made.stat().st_mode & 0o777 == 0o600
    before = made.read_bytes()
    assert len(pages(before)) > 2
    assert amounts(operator.folder.database)["papers"] == 2
    [refused] = operator.is_refused("paper", "--out", "klinker.pdf")
    assert refused == "klinker.pdf: dit bestand is er al. Kies een andere naam met --out."
    assert made.read_bytes() == before
    assert amounts(operator.folder.database)["papers"] == 2


@pytest.mark.parametrize("port", ["8080", "0"])
def test_a_form_for_no_place_is_printed_as_one(operator: Operator, port: str) -> None:
    """Also where no browser may come: then it says where the bot is."""
    at = Operator(Folder(operator.folder.place, {**environment(), "VERTELBOT_WEB__PORT": port}))
    at.does("paper", "--set", "medewerker")
    made = pages((operator.folder.place / "formulier.pdf").read_bytes())
    assert [("vertel.example" in page.letters or BOT in page.letters) for page in made].count(True) > 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "bewooner", "--copies", "0"), ["Deze vragenlijst is er niet: bewooner.", "Kies een aantal van 1 "]),
        (("--copies", "21"), ["Kies een aantal van 1 tot en met 20."]),
        (("--link", NO_CODE), [f"Er is geen link met code {NO_CODE}."]),
        (("--set", "medewerker", "--link", "{code}"), ["De link {code} is voor een andere vragenlijst: bewoner."]),
    ],
)
def test_a_form_that_cannot_be_is_not_made(operator: Operator, words: tuple[str, ...], said: list[str]) -> None:
    found = operator.is_refused("paper", *(word.format(code=operator.code) for word in words))
    said = [sentence.format(code=operator.code) for sentence in said]
    assert [line.startswith(sentence) for line, sentence in zip(found, said, strict=True)] == [True] * len(said)
    assert not (operator.folder.place / "formulier.pdf").exists()
    assert amounts(operator.folder.database)["papers"] == 0


# Numbers.


def test_the_numbers_are_a_table_without_the_small_ones(operator: Operator) -> None:
    said = operator.does("numbers")
    assert PLACE in said
    assert "Noord" in said


# What is typed wrong.


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("staff", "invite"), "'NAAM' ontbreekt. Uitleg: vertelbot staff invite --help"),
        (("staff", "remove"), "'KENMERK' ontbreekt. Uitleg: vertelbot staff remove --help"),
        (("staff", "weg"), "Deze opdracht bestaat niet, of er staat te veel achter. Uitleg: vertelbot staff --help"),
        (("link", "rename", "bcdfghjkmn"), "'NAAM' ontbreekt. Uitleg: vertelbot link rename --help"),
        (("link", "pause"), "'CODE' ontbreekt. Uitleg: vertelbot link pause --help"),
        (
            ("link", "make", "--from", "gisteren"),
            "De waarde achter '--from' kan niet. Uitleg: vertelbot link make --help",
        ),
        (("link", "make", "--kleur"), "De optie --kleur bestaat niet. Uitleg: vertelbot link make --help"),
        (("paper", "--copies", "veel"), "De waarde achter '--copies' kan niet. Uitleg: vertelbot paper --help"),
        (
            ("numbers", "alles"),
            "Deze opdracht bestaat niet, of er staat te veel achter. Uitleg: vertelbot numbers --help",
        ),
    ],
    ids=" ".join,
)
def test_what_is_typed_wrong_is_told_in_dutch(operator: Operator, words: tuple[str, ...], said: str) -> None:
    assert operator.is_refused(*words, code=EX_USAGE) == [said]


@pytest.mark.parametrize(
    ("group", "commands"),
    [("staff", ["invite", "list", "remove"]), ("link", ["end", "list", "make", "pause", "print", "rename", "resume"])],
)
def test_the_help_names_every_command(operator: Operator, group: str, commands: list[str]) -> None:
    shown = operator.does(group, "--help")
    assert re.findall(r"^  ([a-z]+)  ", shown, re.MULTILINE) == commands
    assert "Gebruik: " in shown


def test_a_slip_in_the_id_of_somebody_invites_nobody_new(operator: Operator) -> None:
    before = operator.does("staff", "list")
    assert operator.is_refused("staff", "invite", "abcdef0123") == ["Er is niemand met kenmerk abcdef0123."]
    assert operator.does("staff", "list") == before


def test_somebody_of_a_name_that_is_known_is_invited_with_a_word_about_it(operator: Operator) -> None:
    assert "al iemand die zo heet" not in operator.does("staff", "invite", "Dubbele Naam")
    assert "al iemand die zo heet" in operator.does("staff", "invite", "Dubbele Naam")


def test_an_address_that_leads_nowhere_for_others_is_said_to_be_one(tmp_path: Path) -> None:
    at_home = Folder(tmp_path, filled_in())
    made = at_home.run("link", "make", "--place", PLACE)
    assert (made.returncode, "web.public_url is niet ingevuld" in made.stderr) == (0, True)
    invited = at_home.run("staff", "invite", "Noor")
    assert (invited.returncode, "web.public_url is niet ingevuld" in invited.stderr) == (0, True)
