"""Words that are no person's name though they stand where one could, with a capital or not; knows no sentence."""

import re

from dialogs.spelling import wordset

COMMON = wordset(
    "aan aardig achter al alleen alles als altijd anders at bang begon begreep bel belde bij bleef blij boos"
    " dacht dan dat daar deed deze die dit doet door dus echt een eens eerst en er erg even ga gaat gaf geen geeft"
    " ging goed had heb hebben heeft heel heet heette hele help helpt hem het hielp hier hij hoe hoor hoorde"
    " iemand ik in is ja je kan keek kent kon kreeg kwam kwamen liet luisterde maar maakte me meer met mij mijn"
    " moest moet na naar nam nee net niet niks nog nooit nu of om onbekend ook op over riep schreef snel snapt"
    " sprak staat stond stuurde te toch toen tot uit van vanuit vanwege vertelde vertelt vind vond voor vraagt"
    " vroeg waar want waren was wat weet weg wel werd werkte wie wil wilde wist wou ze zeer zegt zei zeiden zij"
    " zit zo zonder zou zijn belangrijk bekend geheim verkeerd fout anoniem privé moe ziek verdrietig moeder vader"
    " oma opa dankbaar trots"
)
"""Words that often stand behind "mevrouw" or "ik ben"."""

KNOWN = wordset(
    "amsterdam rotterdam utrecht haarlem zaandam almere diemen amstelveen weesp duivendrecht nederland noord zuid"
    " oost west centrum zuidoost nieuw-west nieuw oud bijlmer bijlmermeer gaasperdam slotervaart osdorp geuzenveld"
    " slotermeer overtoomse veld bos lommer jordaan pijp buitenveldert rivierenbuurt indische buurt ijburg"
    " watergraafsmeer tuindorp oostzaan buiksloot banne nieuwendam holendrecht reigersbos ganzenhoef kraaiennest"
    " venserpolder transvaal dapperbuurt baarsjes kinkerbuurt staatsliedenbuurt spaarndammerbuurt"
    " waterlandpleinbuurt buurtteam buurtteams buurthuis gemeente stadsdeel stadsloket stad wijk wijkteam huis uwv"
    " ggd duo svb cak wmo iban digid belastingdienst toeslagen jeugdzorg jeugdbescherming samen veilig thuis"
    " kindteam okt ouder werk inkomen autoriteit bureau participatie sociale dienst raad rechtbank politie school"
    " ziekenhuis stichting vereniging voedselbank kerk moskee cordaan hvo querido combiwel dynamo civic venzo"
    " puurzuid mee madi doras roads jellinek arkin eigen haard ymere rochdale alliantie stadgenoot dekey"
    " eigenhaard woningcorporatie whatsapp facebook google telegram teams zoom januari februari maart april mei"
    " juni juli augustus september oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag"
    " zondag kerst pasen ramadan suikerfeest corona covid nederlander nederlands nederlandse marokko marokkaan"
    " marokkaans marokkaanse turkije turk turks turkse suriname surinamer surinaams surinaamse antilliaan"
    " antilliaans antilliaanse syrië syriër syrisch syrische eritrea eritreeër eritrees ghana ghanees ghanese pool"
    " pools poolse polen bulgaar bulgaars somaliër somalisch somalië iraniër iraans afghaan afghaans iraaks"
    " irakees egypte egyptisch arabisch arabische berber koerd koerdisch oekraïens oekraïner engels engelse duits"
    " spaans frans moslim moslima christen islam god allah europa amsterdammer heer meneer mevrouw dokter juf"
    " meester u uw jullie"
)
"""What has a capital and is no person: places, organisations, months and days, where people come from."""

PLACES = re.compile(
    r"\b(?:den haag|nieuw[ -]west|leger des heils|albert heijn|huis van de wijk|huis van het kind|de pijp|de baarsjes"
    r"|bos en lommer|ouder- en kindteam|werk en inkomen"
    r"|[\w'\-]{2,40}(?:straat|weg|laan|plein|gracht|kade|dreef|plantsoen|park|buurt|teams?|zorg|huis|fonds|bank))\b",
    re.IGNORECASE,
)
"""Names of more than one word, and words that end as the name of a street or an organisation does."""
