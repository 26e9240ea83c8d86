"""Words that stand around names, and that say whether somebody is named; knows no name and no text."""

from dialogs.personal.no_names import COMMON, KNOWN
from dialogs.spelling import wordset

TITLES = wordset(
    "mevrouw mevr mw mvr mvrw meneer mijnheer heer hr dhr mnr dokter dr juf juffrouw meester mr tante oom opa oma "
    "pastor dominee imam pater zuster broeder prof professor drs ing ds mej pastoor tantje omi meneertje "
    "mevrouwtje ome familie fam"
)
"""Words before a name; they stay."""
KIN = wordset("tante oom ome opa oma zuster broeder meester familie fam")
ROLES = wordset(
    "buurvrouw buurman buurmeisje buurjongen begeleider begeleidster collega hulpverlener hulpverleenster "
    "medewerker medewerkster coach consulent consulente wijkverpleegkundige verpleegkundige werker werkster "
    "maatschappelijk zoon zoontje dochter dochtertje vriend vriendin broer broertje zus zusje nicht nichtje neef "
    "neefje man vrouw ex exman ex-man ex-vrouw huisarts stagiair stagiaire vrijwilliger vrijwilligster mentor "
    "moeder vader schoonmoeder schoonvader schoonzus zwager kleinzoon kleindochter kleinkind oppas casemanager "
    "klantmanager jongerenwerker wijkagent agent bewindvoerder contactpersoon therapeut psycholoog psychiater "
    "advocaat advocate docent docente leraar lerares baas chef arts tandarts fysio thuishulp huishoudelijke "
    "schuldhulpverlener ambulant jeugdwerker regisseur gezinscoach tolk kraamhulp kind baby jongen meisje partner "
    "verloofde echtgenoot echtgenote mama papa mam pap stiefvader stiefmoeder pleegmoeder pleegvader pleegzoon "
    "pleegdochter voogd beheerder huismeester receptionist receptioniste balie hulp zoons dochters vriendje "
    "vriendinnetje buddy maatje makelaar postbode leidster leider trainer kapper imam peettante peetoom huisbaas "
    "verhuurder kennis client cliënt teamleider"
)
"""Words for who somebody is; a name may follow, and they stay."""
AT_WORK = wordset(
    "huisarts arts tandarts advocaat advocate psycholoog psychiater therapeut wijkagent agent consulent "
    "begeleider begeleidster bewindvoerder klantmanager casemanager coach docent leraar notaris rechter"
)
CALLED = wordset("heet heette heten genaamd ene naam")
NAMING = wordset("noem noemen noemde noemden noemt")
NAMED = wordset("hem haar mij me hun ze die")
GREETING = wordset("beste hoi hallo hai hey lieve dag groetjes groeten groet gr liefs bedankt dank dankje geachte")
BEFORE = TITLES | ROLES | GREETING | wordset("dankjewel dankuwel dankje sorry goedemorgen goedemiddag goedendag")
"""Words that stand before a name, also with a capital, and are no part of it."""
WITH = wordset(
    "met door tegen aan belde bel vroeg vraag bedank bedankte bedanken sprak gesproken via namens volgens naar voor"
)
SURELY_WITH = wordset("met door tegen aan volgens namens")
STARTS = wordset("en maar want toen dus dat of als omdat die daarna dan gisteren vandaag nu later volgens")
DOES = wordset(
    "zei zegt zeg belde belt hielp helpt vroeg vraagt vertelde vertelt luisterde luistert kwam komt regelde "
    "regelt schreef heeft had ging wilde mailde appte beloofde zou kon deed gaf nam stuurde was is werkt werkte "
    "wist kent begreep liet legde bracht haalde zorgt zorgde tolkte vertaalde schrijft snapte weet ziet woont "
    "woonde bleef maakte zat"
)
AFTER = wordset("van over heb ik had ging kon zij hij samen was te om wel toe mee erbij")
"""Words that may follow a name."""
TEAMS = wordset(
    "buurtteam buurtteams wijkteam team gemeente kerk moskee overkant balie woningbouw woningcorporatie school "
    "uwv ggd politie buurthuis bank thuiszorg jeugdzorg kantoor beneden boven hiernaast winkel markt hoek "
    "apotheek stadsloket sociale dienst werk"
)
ARTICLES = wordset("de het een 'n die deze dit dat mijn m'n mn jouw zijn z'n haar ons onze hun uw geen elke welke zo'n")
PARTICLES = wordset("van de der den el al ben bin ten ter te la bou ait oğlu oglu von du da dos di abu ould st vd v.d")
HARD_PARTICLES = wordset("van de der den ten ter te")
ILLNESSES = wordset(
    "parkinson alzheimer crohn asperger down korsakov korsakoff tourette huntington hodgkin graves lyme pfeiffer"
)
"""Illnesses that are called by the name of a doctor of long ago."""
NO_NAME = COMMON | KNOWN | TITLES | ROLES | ILLNESSES
PERSONAL = wordset(
    "mij me hem haar ons heel altijd nooit aardig lief boos geduldig vriendelijk er bij langs naar mijn samen met "
    "toen geholpen gebeld gezegd beloofd geregeld"
)
MASS = wordset(
    "amber hoop zomer winter mei lente ton max toon lot grace may sun sky job joy hope faith gift comfort "
    "patience prudence happy gul saffier robijn star jet bo cam sari storm melodie koos king prince sultan art "
    "dot dille stan"
)
"""Names that are words for what has no "een" before it either."""
BEFORE_BARE = wordset(
    "heb had hebben heeft kwam komt belde bel zag zie ken kende ik wij we zij en of dat want maar toen naar"
)
QUALITIES = wordset("groot jong wit bruin lang klein zwart wilde haan vries")
"""Last names that say how something is: nothing is done by "de groot" alone."""
