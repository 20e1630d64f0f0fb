"""Closed classes of English words: irregular forms, same and reverse meanings, small numbers, demonyms."""

from __future__ import annotations


def listed(text: str) -> list[str]:
    """Return the words of a table."""
    return text.split()


_IRREGULAR = """
be am is are was were been being|have has had having|do does did done doing|say said says
go went gone goes|make made|take took taken|come came|see saw seen|get got gotten|give gave given
find found|think thought|tell told|become became|show shown|leave left|feel felt|put|bring brought
begin began begun|keep kept|hold held|write wrote written|stand stood|hear heard|mean meant|meet met
run ran|pay paid|sit sat|speak spoke spoken|lead led|grow grew grown|lose lost|fall fell fallen
send sent|build built|understand understood|draw drew drawn|break broke broken|spend spent
rise rose risen|drive drove driven|buy bought|wear wore worn|choose chose chosen|win won|teach taught
catch caught|sell sold|fight fought|sue sued suing|throw threw thrown|deal dealt|seek sought|shoot shot
strike struck stricken|steal stole stolen|fly flew flown|eat ate eaten|forget forgot forgotten
lie lay lain|sing sang sung|swim swam swum|sink sank sunk|drink drank drunk|ring rang rung
wake woke woken|freeze froze frozen|hide hid hidden|ride rode ridden|arise arose arisen|blow blew blown
know knew known|bear bore|swear swore sworn|tear tore torn|bite bit bitten|dig dug|feed fed|bleed bled
flee fled|lend lent|bend bent|sleep slept|weep wept|sweep swept|creep crept|dwell dwelt|stick stuck
swing swung|spin spun|shake shook shaken|forgive forgave forgiven|withdraw withdrew withdrawn
overtake overtook overtaken|undergo underwent undergone|overcome overcame|beat beaten|light lit
bind bound|foresee foresaw foreseen|mislead misled|rebuild rebuilt|repay repaid|resell resold
undertake undertook undertaken|child children|man men|woman women|person people persons|foot feet
tooth teeth|mouse mice|life lives|wife wives|half halves|die dies died dying|dead death deaths deadly
kill killed|uphold upheld|withhold withheld|percent percentage|good better best|bad worse worst
"""
IRREGULAR = {
    form: group.split()[0]
    for group in _IRREGULAR.replace("\n", "|").split("|")
    if group
    for form in group.split()
}

_SAME = """
say state tell announce declare add note report remark comment explain write claim insist argue assert stress
buy purchase acquire|begin start launch commence|end finish conclude complete|help assist aid
big large huge major|kill slay|die perish|injure wound hurt|show reveal indicate demonstrate
rise increase climb grow jump surge soar gain
fall decrease decline drop sink slump plunge lower reduce cut slide tumble dip
win victory triumph beat defeat|choose select pick|name appoint|get receive obtain|use utilize
need require|happen occur|film movie|film picture|car vehicle|cop police officer|attorney lawyer
company firm business corporation|employee worker staff|leader head chief boss|ill sick
quit resign leave depart|child kid|student pupil|doctor physician|home house residence|money fund
country nation|city town|area region|job work|fire dismiss sack|allow permit let|stop halt cease
keep retain|ask request|answer reply respond|try attempt seek|about approximately roughly|near close
close shut
build construct erect|teacher instructor|author writer|murder homicide killing|arrest detain
jail prison imprison|judge magistrate|law legislation act|vote ballot|contest race|sue lawsuit suit
charge accuse indict|deal agreement pact accord|fight battle combat|war conflict|soldier troop
blaze fire|quake earthquake|storm hurricane|debut premiere|show program series|song track|album record
game match|team club side|coach manager trainer|player athlete|year annual|month monthly|week weekly
day daily|mother mom mum|father dad|wife husband spouse|marry wed wedding|divorce split
baby infant newborn|elderly old senior|study research|scientist researcher|find discover|vaccine shot
illness disease|hospital clinic|price cost|share stock|profit earning|spend expense|pay salary wage
poor impoverish|rich wealthy|import shipment|ship vessel boat|plane aircraft jet|airport airfield
accident crash collision|train rail|road highway street|bridge span|school college|church congregation
weapon gun firearm|bomb explosive|attack assault strike raid|victim casualty|protest demonstration rally
demonstrator protester|crowd throng|ban prohibit outlaw|approve pass endorse ratify back
reject refuse decline|support back endorse|oppose object resist|delay postpone defer|cancel scrap
release publish issue|create establish found form set|join enter|visit tour|travel trip journey
move relocate|return back|host hold|former ex previous|current present|recent latest
important significant|quick fast rapid|entire whole
"""
SAME_MEANING = tuple(frozenset(group.split()) for group in _SAME.replace("\n", "|").split("|") if group)
"""Groups of words of which one may stand for another in a news sentence."""

_REVERSE_ACTS = """
uphold affirm sustain maintain / overturn quash reverse strike_down throw_out annul void
uphold maintain / overrule revoke rescind
approve pass adopt endorse ratify sign clear / reject veto vote_down turn_down throw_out
approve pass sign clear / block refuse strike_down
accept agree_to take_up / decline turn_down refuse reject spurn
grant award allow / deny refuse turn_down withhold
allow permit let authorise authorize / disallow forbid bar prevent
confirm / refute contradict rule_out dispute
cancel call_off scrap abandon drop shelve ditch axe / go_ahead go_forward proceed pursue keep retain continue
halt suspend stop pause shut_down / resume restart restore|fall_through collapse founder / go_through
restore renew re-establish / break_off sever cut_off|acquit clear exonerate / convict
drop withdraw / pursue press bring file|leave depart quit resign step_down / stay remain stay_on
pass / fail flunk|lift ease scrap / impose introduce tighten keep|admit confess acknowledge concede / deny
keep retain hold / lose abandon give_up drop relinquish|recover / deteriorate worsen
survive / die perish fold|save rescue spare / lose destroy|locate find / lose|promote / demote relegate
re-elect elect / oust unseat|reach meet hit exceed / miss fall_short|attend / miss boycott skip
build erect / demolish raze dismantle|raise increase lift hike / cut lower reduce slash trim
sell / keep retain buy|welcome praise hail / condemn criticise criticize denounce
deploy send / withdraw pull_out recall|join / leave quit pull_out|extend renew prolong / expire end
comply obey honour honor respect observe / defy flout breach violate break ignore|prove / disprove
remember recall / forget|merge / split|protect / harm damage|unite / divide split
flee escape / stay remain surrender|calm soothe / stoke inflame|touch_down land / take_off
reopen / close shut|back support / oppose reject abandon|unlock / lock
reveal disclose / conceal hide withhold|reward / punish|advance / retreat|gain / shed lose|fill / vacate
encourage urge / discourage|load / unload|plug / unplug|pay settle / default
ban outlaw / legalise legalize allow|hand_over give_up / keep retain|turn_on switch_on / turn_off switch_off
speed_up / slow_down|apologise / refuse|strengthen / weaken|win retain hold / lose
open / shut_down close_down|accept / dispute contest challenge
dismiss throw_out strike_down / allow uphold accept hear|acquit clear exonerate innocent / guilty
cancel call_off scrap postpone / take_place|skip miss / take_part|collapse fall_through / complete succeed
disregard ignore flout / follow obey heed|retract / repeat stand_by|dissolve disband / convene form
"""


def _reverses(table: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in table.replace("\n", "|").split("|"):
        if "/" not in group:
            continue
        one, other = (side.split() for side in group.split("/"))
        for word in one:
            found.setdefault(word, set()).update(other)
        for word in other:
            found.setdefault(word, set()).update(one)
    return {word: frozenset(words) for word, words in found.items()}


REVERSE_ACTS = _reverses(_REVERSE_ACTS)
"""What is done to words for what is done instead; only of the same do these say the reverse."""

FUNCTION_WORDS = frozenset(
    listed(
        """a about all also am an and any are as at be because been being both but by can could did do does
    doing for from had has have having he her hers him his how i if in into is it its itself just me
    my of on only or other our own same she should so some such than that the their them then there
    these they this those through to too upon us very was we were what when where which while who
    whom whose why will with would you your s t d ll m re ve am himself herself themselves may might
    must shall not no nor never one two"""
    )
)
"""Words that carry no content of their own."""

NICKNAMES = tuple(
    frozenset(group.split())
    for group in [
        "joe joseph",
        "mike michael",
        "bob robert rob bobby",
        "bill william will billy",
        "jim james jimmy",
        "tom thomas",
        "dan daniel danny",
        "dave david",
        "steve steven stephen",
        "chris christopher",
        "matt matthew",
        "tony anthony",
        "ben benjamin",
        "sam samuel samantha",
        "alex alexander alexandra",
        "nick nicholas",
        "ed edward ted",
        "liz elizabeth beth",
        "kate katherine catherine kathy",
        "sue susan",
        "pat patrick patricia",
        "jon jonathan",
        "ken kenneth",
        "ron ronald",
        "don donald",
        "greg gregory",
        "jeff jeffrey",
        "andy andrew",
        "tim timothy",
        "larry lawrence",
        "charlie charles",
        "fred frederick",
        "vlad vladimir",
        "jen jennifer",
        "meg megan",
        "max maximilian",
        "josh joshua",
        "zach zachary",
        "pete peter",
        "phil philip",
        "ray raymond",
        "rick richard dick",
        "jack john",
    ]
)
PERSON_TITLES = frozenset(
    listed(
        """mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister chancellor
    king queen prince princess pope cardinal bishop archbishop rev reverend father sister senator
    sen representative rep congressman congresswoman governor gov mayor judge justice attorney
    general gen colonel col captain capt lieutenant lt sergeant sgt major officer detective chief
    director secretary ambassador chairman chairwoman chair ceo coach former ex the"""
    )
)
"""Words that stand before a name and are written with a capital there. Not one of them is a name alone."""

DENIALS = frozenset(
    listed("""not no never cannot neither nor none nobody nothing without hardly barely rarely non""")
)
"""Words that deny what comes after them."""

UNDOING_PHRASES = frozenset(
    listed(
        """rule_out turn_down call_off leave_out break_off fall_through strike_down throw_out vote_down
        back_out pull_out run_out give_up put_off cut_off shut_down shut_out hold_off
        hold_back keep_out step_down"""
    )
)
"""Verbs with a particle that deny what they are said of: "turned the offer down"."""

UNITS = {
    word: value
    for value, word in enumerate(
        listed(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
        )
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(listed("""twenty thirty forty fifty sixty seventy eighty ninety"""), start=2)
}
SMALL = UNITS | TENS
ORDINALS = {
    word: value
    for value, word in enumerate(
        listed(
            """second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
        ),
        start=2,
    )
}
"""Without "first", which in most sentences counts nothing."""

_OF_A_PLACE = """
us usa america american americans united-states states|uk britain british briton britons kingdom
england english|scotland scottish scots|wales welsh|ireland irish|france french frenchman
germany german germans|italy italian italians|spain spanish spaniard|portugal portuguese
netherlands dutch holland|belgium belgian|switzerland swiss|austria austrian|denmark danish dane danes
sweden swedish swede swedes|norway norwegian norwegians|finland finnish finn finns|iceland icelandic
poland polish pole poles|czech czechia czechs|slovakia slovak|hungary hungarian|romania romanian
bulgaria bulgarian|greece greek greeks|turkey turkish turk turks turkiye türkiye|russia russian russians
ukraine ukrainian ukrainians|belarus belarusian|moldova moldovan|serbia serbian serb serbs
croatia croatian|bosnia bosnian|kosovo kosovar|albania albanian|estonia estonian|latvia latvian
lithuania lithuanian|georgia georgian|armenia armenian|azerbaijan azerbaijani|israel israeli israelis
palestine palestinian palestinians|lebanon lebanese|syria syrian syrians|iraq iraqi iraqis
iran iranian iranians|jordan jordanian|egypt egyptian egyptians|saudi saudis|yemen yemeni|qatar qatari
kuwait kuwaiti|afghanistan afghan afghans|pakistan pakistani pakistanis|india indian indians
bangladesh bangladeshi|nepal nepali nepalese|china chinese|japan japanese|korea korean koreans
taiwan taiwanese|mongolia mongolian|vietnam vietnamese|thailand thai|cambodia cambodian
myanmar burma burmese|indonesia indonesian|malaysia malaysian|philippines filipino filipinos philippine
singapore singaporean|australia australian australians|zealand zealander zealanders
canada canadian canadians|mexico mexican mexicans|brazil brazilian brazilians
argentina argentine argentinian|chile chilean|peru peruvian|colombia colombian|venezuela venezuelan
cuba cuban|haiti haitian|jamaica jamaican|nigeria nigerian|kenya kenyan|ethiopia ethiopian
somalia somali|sudan sudanese|libya libyan|tunisia tunisian|algeria algerian|morocco moroccan
africa african africans|europe european europeans|asia asian|congo congolese|rwanda rwandan
uganda ugandan|ghana ghanaian|zimbabwe zimbabwean|eu european|california californian|texas texan texans
hawaii hawaiian|democrat democrats democratic|republican republicans gop
christianity christian christians|islam muslim muslims islamic|jew jews jewish judaism
hindu hindus hinduism|catholic catholics catholicism|tv television|un united-nations nations
dc washington|nyc york|la angeles
"""
HOMES = {
    word: frozenset(group.split())
    for group in _OF_A_PLACE.replace("\n", "|").split("|")
    for word in group.split()
}
"""Each word to all that may stand for it, in lower case without full stops."""
