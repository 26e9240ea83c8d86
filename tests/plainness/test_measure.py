"""The plainness measure itself: what it lets pass and what it stops."""

import pytest

from tests.plainness.measure import PROFESSIONAL, RESIDENT, Profile, Readable, Rule, faults
from tests.plainness.reading import words
from tests.plainness.wording import wording

PLAIN = """Hallo! 👋
Wat maakte u mee met het Buurtteam in Amsterdam?
Wij willen leren wat goed gaat en wat beter kan.
Het duurt ongeveer 5 minuten."""

SHORT_BUT_HARD = (
    "Wij monitoren de impact.",
    "Hoe ervaart u de bejegening?",
    "Was de dienstverlening toereikend?",
    "Wij evalueren de bereikbaarheid.",
    "Is uw hulpvraag opgepakt?",
    "Wij bundelen de bevindingen.",
    "Wat was de aanleiding van uw aanmelding?",
    "Hoe beoordeelt u de laagdrempeligheid?",
    "Beschrijf de ketensamenwerking.",
    "Wij waarderen uw inbreng.",
    "Licht uw keuze toe met een toelichting.",
    "Wij analyseren de uitkomsten.",
    "Was er sprake van wederkerigheid?",
    "Geef uw consent.",
    "Hoe verliep de intake?",
    "Kreeg u nazorg?",
    "Wat belemmerde u?",
    "Wij borgen de continuïteit.",
)

FIGURATIVE = (
    "Was het Buurtteam een warm bad?",
    "Moest u van het kastje naar de muur?",
    "Is uw leven weer op de rit?",
    "Zag u door de bomen het bos niet meer?",
    "Viel u tussen wal en schip?",
    "Hielden zij een vinger aan de pols?",
    "Was de drempel hoog?",
    "Trok u aan de bel?",
    "Wij gaan aan de slag.",
    "Stond u in de kou?",
    "Wat is de rode draad?",
    "Wie was uw schouder?",
)

PASSIVE = (
    "Uw verhaal wordt gelezen.",
    "Uw naam wordt niet bewaard.",
    "De antwoorden worden door ons weggegooid.",
    "Uw vraag werd goed beantwoord.",
    "Wij weten dat u geholpen werd.",
    "Het plan is door de stad gemaakt.",
    "Uw verhaal was al gelezen door ons.",
    "Daarna worden de verhalen opgeschreven.",
)

OFFICIAL = (
    "Indien u niet akkoord gaat met de beschikking, kunt u bezwaar aantekenen.",
    "In het kader van de transitie hanteren wij een integrale werkwijze.",
    "De gegevens dienen te allen tijde conform de geldende kaders te worden verstrekt.",
    "Naar aanleiding van uw melding is een traject opgestart.",
    "Het betreft een voorziening ten behoeve van zelfredzame bewoners.",
    "Teneinde maatwerk te realiseren is participatie van de doelgroep vereist.",
    "Met betrekking tot de verantwoording verwijzen wij u naar de toelichting.",
    "De professional signaleert knelpunten en faciliteert de samenwerking.",
    "Wij verzoeken u de vragenlijst uiterlijk vrijdag te retourneren.",
    "Alle deelnemers ontvangen na afloop een terugkoppeling van de resultaten.",
)


def rules(text: str, profile: Profile = RESIDENT, kind: str = "", *buttons: str) -> set[Rule]:
    """The rules that a text breaks."""
    return {fault.rule for fault in faults(Readable("T", text, buttons, kind), profile)}


@pytest.mark.parametrize("profile", [RESIDENT, PROFESSIONAL], ids=lambda each: each.name)
def test_a_plain_text_has_no_faults(profile: Profile) -> None:
    assert faults(Readable("T", PLAIN, ("✅ Ja, ik doe mee", "ℹ️ Meer uitleg")), profile) == []


@pytest.mark.parametrize("line", SHORT_BUT_HARD)
def test_a_short_but_hard_line_is_stopped(line: str) -> None:
    assert rules(line)


@pytest.mark.parametrize("line", FIGURATIVE)
def test_a_figurative_line_is_stopped(line: str) -> None:
    assert Rule.FIGURATIVE in rules(line)


@pytest.mark.parametrize("line", PASSIVE)
@pytest.mark.parametrize("profile", [RESIDENT, PROFESSIONAL], ids=lambda each: each.name)
def test_a_passive_line_is_stopped(line: str, profile: Profile) -> None:
    assert Rule.PASSIVE in rules(line, profile)


@pytest.mark.parametrize("line", OFFICIAL)
@pytest.mark.parametrize("profile", [RESIDENT, PROFESSIONAL], ids=lambda each: each.name)
def test_an_official_line_is_stopped(line: str, profile: Profile) -> None:
    assert rules(line, profile)


@pytest.mark.parametrize(
    "line",
    [
        "Uw verhaal is verstuurd.",
        "Uw hulp verandert hier niet door.",
        "Het wordt nu beter.",
        "Wij worden blij van uw verhalen.",
        "Hoeveel antwoorden waren goed?",
    ],
)
def test_an_active_line_is_not_taken_for_a_passive_one(line: str) -> None:
    assert Rule.PASSIVE not in rules(line)


def test_a_resident_gets_no_sentence_over_twelve_words() -> None:
    twelve = "Ik ga nu met u naar de stad en dan weer terug."
    assert Rule.LONGEST_SENTENCE not in rules(twelve)
    assert Rule.LONGEST_SENTENCE in rules("Maar " + twelve)


def test_a_professional_gets_no_sentence_over_sixteen_words() -> None:
    sixteen = "Ik ga nu met u naar de stad en dan weer met de trein terug."
    assert len(words(sixteen)) == 15
    assert Rule.LONGEST_SENTENCE not in rules("Maar " + sixteen, PROFESSIONAL)
    assert Rule.LONGEST_SENTENCE in rules("Maar ja, " + sixteen, PROFESSIONAL)


def test_a_line_break_inside_a_sentence_hides_no_length() -> None:
    assert Rule.LONGEST_SENTENCE in rules("Ik ga nu met u naar de stad\nen dan weer samen terug ja.")


def test_no_threshold_is_loosened() -> None:
    assert (
        Profile(
            name="resident",
            longest_sentence=12,
            mean_sentence=9,
            reading_ease=75,
            rare_when_short=0,
            rare_share=5,
            long_share=8,
            words=50,
        )
        == RESIDENT
    )
    assert (
        Profile(
            name="professional",
            longest_sentence=16,
            mean_sentence=12,
            reading_ease=65,
            rare_when_short=1,
            rare_share=8,
            long_share=10,
            words=80,
        )
        == PROFESSIONAL
    )


def test_many_sentences_just_under_the_longest_are_too_long_on_average() -> None:
    assert Rule.MEAN_SENTENCE in rules("Ik ga nu met u naar de stad en terug. " * 2)


def test_a_single_rare_word_stops_a_short_text_for_residents() -> None:
    assert Rule.RARE_WORDS in rules("Wij zien de schaafwond.")


def test_a_single_rare_word_passes_in_a_longer_text() -> None:
    longer = "Wij zien de schaafwond.\n" + "Dat is goed. Wij gaan nu met u mee.\n" * 2
    assert Rule.RARE_WORDS not in rules(longer)
    assert Rule.RARE_WORDS in rules(longer + "Wij zien de schaafwond.")


def test_a_single_rare_word_passes_for_professionals() -> None:
    assert Rule.RARE_WORDS not in rules("Wij zien de schaafwond.", PROFESSIONAL)
    assert Rule.RARE_WORDS in rules("Wij zien schaafwond en klapband.", PROFESSIONAL)


def test_a_long_text_may_hold_rare_words_up_to_its_share() -> None:
    sixty = ["schaafwond.", "klapband.", "loopgraaf.", *["Dat is goed."] * 19]
    assert len(words(" ".join(sixty))) == 60
    assert Rule.RARE_WORDS not in rules(" ".join(sixty))
    assert Rule.RARE_WORDS in rules(" ".join([*sixty, "klapband."]))


def test_many_long_words_stop_a_text() -> None:
    assert Rule.LONG_WORDS in rules("Organisaties en medewerkers.\n" + "Wij gaan mee. " * 5)


def test_many_syllables_stop_a_text() -> None:
    assert Rule.READING_EASE in rules("Organisaties vertellen medewerkers ervaringen. " * 4)


@pytest.mark.parametrize("word", ["je", "jij", "jouw", "Jou"])
def test_je_is_stopped_in_texts_and_on_buttons(word: str) -> None:
    assert Rule.INFORMAL in rules(f"Wat ziet {word} daar?")
    assert Rule.INFORMAL in rules("Dag.", PROFESSIONAL, "", f"Wat ziet {word}?")


def test_two_questions_are_one_too_many() -> None:
    assert Rule.QUESTIONS in rules("Wat gebeurde er? En wat deed u toen?")


def test_a_question_that_is_a_condition_does_not_count() -> None:
    assert rules("Lukt het niet? Vraag hulp.\nIs er gevaar? Bel 112.\nWilt u verder?") == set()


def test_a_question_with_a_question_word_counts_whatever_follows() -> None:
    assert Rule.QUESTIONS in rules("Wat gebeurde er? Vertel het hier.\nWelke naam past? Typ die.")


def test_only_consent_may_ask_two_things() -> None:
    asked = "Mogen wij uw verhaal bewaren? Ook als u schrijft over geloof?"
    assert Rule.QUESTIONS not in rules(asked, kind="consent")
    assert Rule.QUESTIONS in rules(asked)
    assert Rule.QUESTIONS in rules(f"{asked} Echt?", kind="consent")


def test_only_the_privacy_text_may_have_questions_as_headings() -> None:
    headed = "*Wie zijn wij?*\nWij zijn hier.\n\n*Hoe lang?*\nEen jaar."
    assert Rule.QUESTIONS not in rules(headed, kind="privacy")
    assert Rule.QUESTIONS in rules(headed)


@pytest.mark.parametrize(("kind", "most"), [("", 50), ("help", 80), ("consent", 80), ("crisis", 80), ("privacy", 170)])
def test_a_message_for_residents_has_a_longest_length(kind: str, most: int) -> None:
    assert Rule.LENGTH not in rules("Ja. " * most, kind=kind)
    assert Rule.LENGTH in rules("Ja. " * (most + 1), kind=kind)


def test_a_message_for_professionals_has_at_most_eighty_words() -> None:
    assert Rule.LENGTH not in rules("Ja. " * 80, PROFESSIONAL)
    assert Rule.LENGTH in rules("Ja. " * 81, PROFESSIONAL)


@pytest.mark.parametrize(("kind", "most"), [("", 3), ("help", 4), ("consent", 7)])
def test_a_message_has_at_most_a_few_points(kind: str, most: int) -> None:
    assert Rule.BULLETS not in rules("• Ja.\n" * most, kind=kind)
    assert Rule.BULLETS in rules("• Ja.\n" * (most + 1), kind=kind)


def test_a_button_is_short_and_holds_no_rare_word() -> None:
    assert Rule.BUTTON_LENGTH not in rules("Dag.", RESIDENT, "", "a" * 28)
    assert Rule.BUTTON_LENGTH in rules("Dag.", RESIDENT, "", "a" * 29)
    assert Rule.BUTTON_RARE in rules("Dag.", PROFESSIONAL, "", "Bejegening")


def test_a_button_obeys_the_word_lists_too() -> None:
    assert Rule.AVOIDED in rules("Dag.", RESIDENT, "", "Maatwerk")
    assert Rule.FIGURATIVE in rules("Dag.", RESIDENT, "", "Een warm bad")
    assert Rule.PASSIVE in rules("Dag.", RESIDENT, "", "Ik werd geholpen")


def test_professionals_may_be_called_so_only_among_themselves() -> None:
    assert Rule.AVOIDED in rules("Vertel over professionals.")
    assert Rule.AVOIDED not in rules("Vertel over professionals.", PROFESSIONAL)


def test_an_avoided_word_is_allowed_inside_a_name_only() -> None:
    assert rules("U mag klagen bij de Autoriteit Persoonsgegevens.") == set()
    assert rules("Wij bewaren persoonsgegevens.") >= {Rule.AVOIDED, Rule.RARE_WORDS}


@pytest.mark.parametrize("phrase", sorted({**wording().avoid, **wording().avoid_for_residents}), ids=str)
def test_every_avoided_phrase_is_found(phrase: str) -> None:
    assert Rule.AVOIDED in rules(f"Dat is {phrase} ja.")


def test_a_code_is_not_a_word_but_a_word_with_a_number_is() -> None:
    assert rules("Typ abc-123-def of K7P-M4T of 0800-0113.") == set()
    assert Rule.RARE_WORDS in rules("Dat is een 3-schaafwond.")


def test_a_fault_says_in_dutch_what_was_found_and_what_is_better() -> None:
    said = "\n".join(map(str, faults(Readable("ALG.x", "Bel indien nodig."), RESIDENT)))
    assert said == (
        "ALG.x: woorden om te vermijden: 1 gevonden, hoogstens 0 toegestaan – indien (zipf 4,6; liever: als)"
    )
