"""Places and the words for what comes from them: France and French, the U.S. and American."""

from __future__ import annotations

_GROUPS = """
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
    for group in _GROUPS.replace("\n", "|").split("|")
    for word in group.split()
}
"""Each word to all that may stand for it, in lower case without full stops."""
