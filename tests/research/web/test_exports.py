"""An export on the pages: what is asked, that it is written down, and that its file is there once and for its maker."""

import asyncio
import hashlib
import io
import json
import re
import threading
import zipfile
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from pages.permissions import OPERATOR
from research.export.archive import new_archive
from research.export.choosing import Heard
from research.export.folder import UNFINISHED
from research.export.tiers import Tier
from research.exporting import Handing
from research.faults import ConfigurationFault
from research.web.faults import OURS
from research.web.jobs import KEPT, Job, Jobs, State
from research.web.serving import look_after
from storage import exports
from storage.private_files import FILE_MODE, FOLDER_MODE
from storage.staff import Person
from tests.bot.team.client import Answer, Visitor
from tests.canaries import plant
from tests.research import kept
from tests.research.web.conftest import SECOND, TOLD
from tests.research.web.house import PATIENCE, House, made, take, uses

RAW = {"tier": "a", "recipient": "Onderzoek, gemeente", "reason": "overeenkomst 12", "format.csv": "ja"}
DEIDENTIFIED = {"tier": "b", "recipient": "Onderzoek, gemeente", "format.csv": "ja"}


def opened(content: bytes) -> dict[str, str]:
    """The texts in a zip, by the name of their file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".csv", ".md", ".json"))]
        return {name.rpartition("/")[2]: archive.read(name).decode() for name in names}


def lacking(content: bytes) -> tuple[set[str], set[str]]:
    """Which files the manifest in a zip names that are not in it, and which are."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    return {item["naam"] for item in json.loads(opened(content)["manifest.json"])["bestanden"]} - names, names


async def test_what_was_reviewed_goes_out_and_what_was_told_does_not(house: House, kees: Visitor) -> None:
    plant(TOLD)
    job = await made(house, kees, **DEIDENTIFIED)
    assert (job.state, job.said) == (State.READY, "")
    got = await take(kees, job)
    assert got.status == 200
    assert got.headers["content-disposition"] == f'attachment; filename="{job.file.name}"'
    assert got.headers["cache-control"] == "no-store"
    table = opened(got.content)["verhalen.csv"]
    assert SECOND in table
    assert TOLD not in table
    assert kept.story_id(0) not in table


async def test_it_is_written_down_who_made_it_for_whom_and_why_and_who_downloaded_it(
    house: House, kees: Visitor
) -> None:
    job = await made(house, kees, **RAW)
    [handed] = (await house.desk.audit(await person(house))).handed
    assert (handed.export.tier, handed.export.recipient) == ("a", "Onderzoek, gemeente")
    assert (handed.export.made_by, handed.export.reason) == ("Een onderzoeker (Onderzoek)", "overeenkomst 12")
    assert handed.download is None
    assert "nog niet" in (await kees.get("/lijst")).words
    await take(kees, job)
    shown = (await kees.get("/lijst")).words
    assert "nog niet" not in shown
    for words in ("Een onderzoeker (Onderzoek)", "Onderzoek, gemeente", "overeenkomst 12", job.order.snapshot):
        assert words in shown
    assert "door Een onderzoeker (Onderzoek)" in shown


async def test_what_was_chosen_can_be_read_afterwards(house: House, kees: Visitor) -> None:
    everything = await made(house, kees, **RAW)
    chosen = {"area": "nieuw_west", "since": "2026-03-01", "link": "b-noord", "language": "nl", "with_test": "ja"}
    job = await made(house, kees, **RAW, **chosen)
    said = "vanaf 2026-03-01, gebied Nieuw-West, link b-noord, taal nl, ook wat verteld is om te proberen"
    for page in (f"/uitvoer/{job.id}", "/lijst"):
        assert (await kees.get(page)).words.count(f"Keuze {said}") == 1
    assert "Keuze" not in (await kees.get(f"/uitvoer/{everything.id}")).words
    assert (await kees.get("/uitvoer")).words.count("Voor Onderzoek, gemeente. Gevraagd om 12:00.") == 2


async def test_it_is_said_how_many_stories_are_in_it_and_how_many_nobody_reviewed(house: House, kees: Visitor) -> None:
    said = "Er zitten 2 verhalen in. 1 verhaal was nog niet nagekeken, en zit er niet in."
    job = await made(house, kees, **DEIDENTIFIED)
    for page in (f"/uitvoer/{job.id}", "/lijst"):
        assert said in (await kees.get(page)).words
    raw, tables = await made(house, kees, **RAW), await made(house, kees, tier="c")
    shown = (await kees.get(f"/uitvoer/{raw.id}")).words
    assert ("Er zitten 3 verhalen in." in shown, "nagekeken, en" in shown) == (True, False)
    assert "verhalen in." not in (await kees.get(f"/uitvoer/{tables.id}")).words
    assert (await kees.get("/lijst")).words.count("verhalen in.") == 2


async def test_what_is_made_once_more_stands_on_the_list(house: House, kees: Visitor) -> None:
    job = await made(house, kees, **RAW)
    assert "Opnieuw gemaakt" not in (await kees.get("/lijst")).words
    target = house.folder.parent / "nog"
    await asyncio.to_thread(kept.export, house.kept, target, "--snapshot", job.order.snapshot)
    [copy] = (await house.desk.audit(await person(house))).handed[0].copies
    assert copy.digest == hashlib.sha256((target / "manifest.json").read_bytes()).hexdigest()
    shown = (await kees.get("/lijst")).words
    assert ("Opnieuw gemaakt" in shown, "door opdrachtregel" in shown) == (True, True)


async def test_a_file_is_there_once(house: House, kees: Visitor) -> None:
    job = await made(house, kees, **RAW)
    assert house.files() == [job.file.name]
    assert (await take(kees, job)).status == 200
    assert house.files() == []
    house.clock.wait(timedelta(hours=1))
    again, shown = await take(kees, job), await kees.get(f"/uitvoer/{job.id}")
    assert (again.status, shown.status) == (410, 200)
    for words in (again.words, shown.words):
        assert ("U haalde dit bestand op om 12:00." in words, "staat klaar" in words) == (True, False)


async def test_what_went_out_in_another_way_is_not_said_to_wait(house: House, kees: Visitor) -> None:
    await asyncio.to_thread(kept.export, house.kept, house.folder.parent / "nog")
    shown = (await kees.get("/lijst")).words
    assert ("niet op deze bladzijden" in shown, "nog niet" in shown) == (True, False)


async def test_of_two_who_ask_at_once_one_gets_it(house: House, kees: Visitor) -> None:
    job = await made(house, kees, **RAW)
    got = await asyncio.gather(*(take(kees, job) for _ in range(5)))
    assert sorted(answer.status for answer in got) == [200, 410, 410, 410, 410]


async def test_of_two_that_are_made_at_the_same_time_both_are_whole(
    house: House, kees: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2, timeout=PATIENCE)

    def side_by_side(place: AbstractContextManager[Path], _heard: Heard) -> Handing:
        def heard(_stories: int) -> None:
            both.wait()

        return Handing(place, heard)

    monkeypatch.setattr("research.web.desk.Handing", side_by_side)
    await kees.get("/uitvoer")
    await asyncio.gather(*(kees.post("/uitvoer", **RAW) for _ in range(2)))
    await house.desk.jobs.settled()
    jobs = house.desk.exports_of(await person(house))
    assert [(job.state, job.said) for job in jobs] == [(State.READY, "")] * 2
    for job in jobs:
        lacks, names = lacking((await take(kees, job)).content)
        assert (lacks, "verhalen.csv" in names) == (set(), True)


async def test_a_file_is_for_whoever_made_it(house: House, kees: Visitor) -> None:
    job = await made(house, kees, **RAW)
    async with house.signed_in(name="Een ander") as other:
        await other.get("/uitvoer")
        assert (await other.get(f"/uitvoer/{job.id}")).status == 404
        assert (await take(other, job)).status == 404
        assert job.order.snapshot not in (await other.get("/uitvoer")).words
    assert (await take(kees, job)).status == 200


async def test_a_file_that_cannot_be_read_is_not_written_down_as_downloaded(house: House, kees: Visitor) -> None:
    job = await made(house, kees, **RAW)
    job.file.unlink()
    lost = await take(kees, job)
    assert (lost.status, "Maak een nieuw bestand." in lost.words) == (410, True)
    assert (await house.desk.audit(await person(house))).handed[0].download is None


async def test_what_was_taken_back_meanwhile_does_not_go_out(house: House, kees: Visitor) -> None:
    job = await made(house, kees, **RAW)
    await asyncio.to_thread(kept.withdraw, house.kept, 1)
    refused = await take(kees, job)
    assert (refused.status, "Iemand haalde een verhaal weg" in refused.words) == (410, True)
    assert house.files() == []
    assert (await house.desk.audit(await person(house))).handed[0].download is None


async def test_what_was_taken_back_is_on_the_disk_no_more_though_nobody_asks_for_it(
    house: House, kees: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it = await made(house, kees, **RAW)
    without = await made(house, kees, **{**RAW, "area": "noord"})
    await house.desk.recall()
    assert house.files() == sorted([with_it.file.name, without.file.name])
    await asyncio.to_thread(kept.withdraw, house.kept, 1)
    stop, fail = asyncio.Event(), house.desk.jobs.fail

    def failed(job: Job, said: str) -> None:
        fail(job, said)
        stop.set()

    monkeypatch.setattr(house.desk.jobs, "fail", failed)
    async with asyncio.timeout(PATIENCE):
        await look_after(house.research, stop)
    assert house.files() == [without.file.name]
    shown = (await kees.get("/uitvoer")).words
    assert shown.count("Iemand haalde een verhaal weg dat in dit bestand stond.") == 1
    assert (await take(kees, with_it)).status == 410
    assert (await take(kees, without)).status == 200


async def test_what_was_taken_back_after_a_download_is_said_with_its_day(house: House, kees: Visitor) -> None:
    raw = await made(house, kees, **RAW)
    tables = await made(house, kees, tier="c")
    for job in (raw, tables):
        assert (await take(kees, job)).status == 200
    told = f"Teruggenomen: {kept.story_id(1)} op 01-06-2026. Haal het weg uit alles wat u kreeg."
    pages = ["/lijst", f"/uitvoer/{raw.id}"]
    assert [told in (await kees.get(page)).words for page in pages] == [False, False]
    await asyncio.to_thread(kept.withdraw, house.kept, 1)
    assert [(await kees.get(page)).words.count(told) for page in pages] == [1, 1]
    assert "Teruggenomen" not in (await kees.get(f"/uitvoer/{tables.id}")).words


async def test_a_file_that_nobody_downloads_goes_after_a_day(house: House, kees: Visitor) -> None:
    job = await made(house, kees, **RAW)
    assert job.file.stat().st_mode & 0o777 == FILE_MODE
    assert house.folder.stat().st_mode & 0o777 == FOLDER_MODE
    house.clock.wait(KEPT - timedelta(seconds=1))
    house.desk.jobs.sweep()
    assert house.files() == [job.file.name]
    house.clock.wait(timedelta(seconds=1))
    house.desk.jobs.sweep()
    assert house.files() == []


async def test_what_a_program_left_that_was_killed_goes_at_a_start_and_nothing_else(
    house: House, kees: Visitor
) -> None:
    job = await made(house, kees, **RAW)
    (house.folder / f"{job.file.name}.age").write_bytes(b"van een vorige keer")
    theirs = ["reservekopie.zip", "sleutels.age", "uitvoer-b-gemeente.zip"]
    for name in theirs:
        (house.folder / name).write_bytes(b"van iemand anders")
    with new_archive(house.folder / "opdrachtregel.zip", "uitvoer"):
        [busy] = house.folder.glob(f"{UNFINISHED}*")
        left = house.folder / f"{UNFINISHED}00ff00ff"
        left.mkdir()
        (left / "verhalen.csv").write_text("half")
        Jobs(house.folder, house.clock).prepare()
        assert house.files() == sorted([busy.name, *theirs])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"tier": "b"}, "Vul in voor wie deze uitvoer is."),
        ({"tier": "d"}, "Vul in voor wie deze uitvoer is."),
        ({"tier": "a", "recipient": "Onderzoek"}, "Vul in waarom u de verhalen nodig hebt"),
        ({"tier": "e"}, "Kies wat u wilt hebben."),
        ({"tier": "c", "since": "gauw"}, "Een dag kan ik niet lezen."),
        ({"tier": "c", "since": "2026-03-02", "until": "2026-03-01"}, "De laatste dag ligt vóór de eerste."),
        ({"tier": "b", "recipient": "Onderzoek", "since": "2026-03-03"}, "Bij b staan er weken en geen dagen."),
        ({"tier": "b", "recipient": "\u202e \u200b"}, "Vul in voor wie deze uitvoer is."),
        ({"tier": "c", "key": "onzin"}, "Dit is geen sleutel om voor te versleutelen."),
        ({**RAW, "format.wordperfect": "ja"}, "Een van de bestanden die u koos, kunnen wij hier niet maken."),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_made(
    house: House, kees: Visitor, fields: dict[str, str], said: str
) -> None:
    await kees.get("/uitvoer")
    refused = await kees.post("/uitvoer", **fields)
    assert refused.status == 422
    assert said in refused.words
    assert house.files() == []
    async with house.desk.database.reading() as work:
        assert await exports.every(work, house.desk.keys) == []


async def test_a_district_is_chosen_by_its_name_and_stays_chosen_where_something_else_is_wrong(kees: Visitor) -> None:
    shown = (await kees.get("/uitvoer")).html
    assert '<option value="nieuw_west">Nieuw-West</option>' in shown
    refused = await kees.post("/uitvoer", tier="a", recipient="Onderzoek", area="nieuw_west")
    assert refused.status == 422
    assert re.findall(r'<option value="(\w+)" selected>', refused.html) == ["nieuw_west"]


async def test_a_format_that_lacks_what_it_is_made_with_is_refused(
    house: House, kees: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("research.export.formats.every.find_spec", lambda _package: None)
    shown = await kees.get("/uitvoer")
    assert 'name="format.csv"' in shown.html
    assert 'name="format.spss"' not in shown.html
    refused = await kees.post("/uitvoer", **RAW, **{"format.spss": "ja"})
    assert (refused.status, "kunnen wij hier niet maken" in refused.words) == (422, True)
    assert house.files() == []


async def test_of_a_story_that_may_not_leave_it_is_said_where_to_review_it(house: House, kees: Visitor) -> None:
    told = kept.story_id(1)
    await asyncio.to_thread(kept.review_anew, house.kept, "Bel mij op 0612345678.", told)
    job = await made(house, kees, **DEIDENTIFIED)
    assert (job.state, job.to_review) == (State.FAILED, told)
    shown = await kees.get(f"/uitvoer/{job.id}")
    assert "Kijk het verhaal nog een keer na" in shown.words
    assert "verhalen review" not in shown.words
    [link] = re.findall(r'href="(/nakijken/[^"]+)"', shown.html)
    review = await kees.get(link)
    assert review.path == f"/nakijken/{told}"
    assert "Bel mij op 0612345678." in review.words
    for does in [*["laat"] * review.words.count("Bel mij op 0612345678."), "goed"]:
        review = await uses(kees, review, {"do": does})
    assert review.path != f"/nakijken/{told}"
    assert (await made(house, kees, **DEIDENTIFIED)).state is State.READY
    await asyncio.to_thread(kept.withdraw, house.kept, 1)
    async with house.signed_in() as noor:
        assert (await noor.get(link)).status == 200


async def test_what_goes_wrong_is_said_without_options_and_places_of_the_server(
    house: House, kees: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = await made(house, kees, **DEIDENTIFIED, area="noord")
    assert few.state is State.FAILED
    shown = (await kees.get(f"/uitvoer/{few.id}")).words
    assert ("te weinig vertellers" in shown, "--area" in shown) == (True, False)

    async def fails(*_: object) -> None:
        raise ConfigurationFault("De database /srv/geheim is er niet.")

    monkeypatch.setattr("research.web.desk.hand_out", fails)
    wrong = await made(house, kees, **RAW)
    shown = (await kees.get(f"/uitvoer/{wrong.id}")).words
    assert (OURS in shown, "/srv" in shown) == (True, False)


async def test_each_tier_can_be_made_and_one_with_a_key_is_locked(house: House, kees: Visitor) -> None:
    for tier in (Tier.TABLES, Tier.CARDS):
        job = await made(house, kees, tier=tier.value, recipient="Onderzoek")
        assert (job.state, job.said) == (State.READY, ""), tier
    key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    job = await made(house, kees, **DEIDENTIFIED, key=key)
    assert job.file.name.endswith(".zip.age")
    assert (await take(kees, job)).content.startswith(b"age-encryption.org/v1")


async def test_so_many_files_stand_there_and_no_more(
    house: House, kees: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("research.web.jobs.MOST_WAITING", 1)
    job = await made(house, kees, **RAW)
    refused = await kees.post("/uitvoer", **RAW)
    assert (refused.status, "Er zijn nu te veel bestanden." in refused.words) == (422, True)
    await take(kees, job)
    await made(house, kees, **RAW)


async def test_of_those_who_ask_at_once_no_more_get_one_than_there_may_be(
    house: House, kees: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("research.web.jobs.MOST_WAITING", 1)
    await kees.get("/uitvoer")
    found = await asyncio.gather(*(kees.post("/uitvoer", **RAW) for _ in range(4)))
    await house.desk.jobs.settled()
    assert sorted(answer.status for answer in found) == [200, 422, 422, 422]
    assert len(house.desk.exports_of(await person(house))) == len(house.files()) == 1


async def test_a_file_can_be_thrown_away_unread_and_makes_room(
    house: House, kees: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("research.web.jobs.MOST_WAITING", 1)
    job = await made(house, kees, **RAW)
    assert "Weggooien" in (await kees.get(f"/uitvoer/{job.id}")).words
    found = await throw_away(kees, job)
    assert (found.path, job.order.snapshot in found.words) == ("/uitvoer", False)
    assert house.files() == []
    assert (await take(kees, job)).status == 404
    assert (await made(house, kees, **RAW)).state is State.READY


async def test_one_that_failed_can_be_thrown_away_and_one_that_was_taken_cannot(house: House, kees: Visitor) -> None:
    failed = await made(house, kees, **{**RAW, "area": "atlantis"})
    assert failed.state is State.FAILED
    assert (await throw_away(kees, failed)).path == "/uitvoer"
    taken = await made(house, kees, **RAW)
    await take(kees, taken)
    assert (await throw_away(kees, taken)).status == 409
    assert house.desk.exports_of(await person(house)) == [taken]


async def test_a_file_is_thrown_away_by_whoever_made_it_and_from_our_own_pages(house: House, kees: Visitor) -> None:
    job = await made(house, kees, **RAW)
    async with house.signed_in(name="Een ander") as other:
        await other.get("/uitvoer")
        assert (await throw_away(other, job)).status == 404
        kees.token = other.token
        assert (await throw_away(kees, job)).status == 403
    assert house.files() == [job.file.name]


async def throw_away(somebody: Visitor, job: Job) -> Answer:
    """Asks for it on the page."""
    return await somebody.post(f"/uitvoer/{job.id}/weggooien")


async def person(house: House) -> Person:
    """The first who was invited."""
    return (await house.desk.signing_in.people(OPERATOR))[0].person
