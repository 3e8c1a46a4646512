"""Phrases and whom a careful reader takes them for: text | phrase | country+country [sector].

The phrase is looked for from the end of the text, so that the last occurrence counts. `-` as the country means a
bare sector, `none` nobody at all. Every sentence is made up for this table.
"""

# ruff: noqa: E501

CASES = """
# names, demonyms, capitals, seats
Norway recalled its ambassador from Chad on Friday. | Norway | NOR GOV
Norway recalled its ambassador from Chad on Friday. | its ambassador | NOR GOV
Britain and Denmark condemned the strike. | Britain | GBR
The French said they would stay. | The French | FRA
Dutch police arrested two men in Rotterdam. | Dutch police | NLD COP
Ankara warned Athens about the drilling ship. | Ankara | TUR GOV
Ankara warned Athens about the drilling ship. | Athens | GRC GOV
The Kremlin rejected the accusation. | The Kremlin | RUS GOV
The Pentagon said a drone had crashed. | The Pentagon | USA MIL
Downing Street declined to comment on the raid. | Downing Street | GBR GOV
The White House welcomed the truce. | The White House | USA GOV
A Burmese court jailed three reporters. | A Burmese court | MMR JUD
The Soviet Union invaded the valley in 1979. | The Soviet Union | RUS
The UAE expelled the consul of Qatar. | the consul of Qatar | QAT GOV
U.S. Marines landed on the coast. | U.S. Marines | USA MIL
Seoul and Pyongyang exchanged fire across the border. | Pyongyang | PRK
North Korean troops shelled the island. | North Korean troops | PRK MIL
Congolese soldiers fled the town. | Congolese soldiers | COD MIL
The Polish Sejm approved the treaty with Lithuania. | Lithuania | LTU
Brussels imposed new tariffs on Chinese steel. | Brussels | EUR
# namesakes
The governor of Georgia met Kenya's president in Nairobi. | The governor of Georgia | USA GOV
Georgia's parliament in Tbilisi condemned the strike. | Georgia's parliament | GEO LEG
Chad Millbank, the British consul, met the Omani minister. | Chad Millbank | GBR GOV
Jordan Millbank, the British consul, met the Omani minister. | Jordan Millbank | GBR GOV
Rebels shelled the Lebanese port of Tripoli on Sunday. | Tripoli | LBN
A South Korean frigate shadowed a trawler from the North. | the North | PRK GOV
King Hussein of Jordan met Saddam Hussein. | Saddam Hussein | IRQ
The leaders of North and South Korea shook hands. | The leaders of North and South Korea | PRK+KOR
Norway, Chad and Denmark signed. The three countries will share the cost. | The three countries | NOR+TCD+DNK
# by what they do
Norwegian aircraft bombed the depot. | Norwegian aircraft | NOR MIL
A Norwegian aircraft hit a mountain. | A Norwegian aircraft | NOR BUS
# introduced by what they are
Ahmet Kocman, a retired Turkish general, was arrested. | Ahmet Kocman | TUR ELI
Jorge Vidal, an ex-minister from Spain, was jailed. | Jorge Vidal | ESP ELI
Huda Osmani, a doctor at a Sudanese hospital, left. | Huda Osmani | SDN MED
# roles with their countries
Egyptian Foreign Minister Tarek Amin flew to Tunis. | Egyptian Foreign Minister Tarek Amin | EGY GOV
Egyptian Foreign Minister Tarek Amin flew to Tunis. Later Amin left. | Amin | EGY GOV
Kenya's Defence Minister Joyce Mwangi visited the camp. | Kenya's Defence Minister Joyce Mwangi | KEN GOV
Paulo Reis, a former Portuguese finance minister, was arrested. | Paulo Reis | PRT ELI
The president of Peru, Elena Quispe, called a vote. | The president of Peru | PER GOV
The police chief of Lagos, Musa Bello, resigned. | Musa Bello | NGA COP
Iranian lawmakers voted to expel the inspectors. | Iranian lawmakers | IRN LEG
Thai opposition leader Somchai Dee was detained. | Thai opposition leader Somchai Dee | THA OPP
Ecuador's Supreme Court ordered the release of the banker. | Ecuador's Supreme Court | ECU JUD
Mexican prosecutors charged four officers. | Mexican prosecutors | MEX JUD
Ethiopian farmers blocked the road. | Ethiopian farmers | ETH AGR
Chilean students marched in Valparaiso. | Chilean students | CHL EDU
Israeli and Palestinian officials met in Oslo. | Israeli and Palestinian officials | ISR+PSE GOV
French, German and Polish diplomats walked out. | French, German and Polish diplomats | FRA+DEU+POL GOV
A Russian Su-30 fighter jet crossed the line. | A Russian Su-30 fighter jet | RUS MIL
Turkey's military struck the convoy. | Turkey's military | TUR MIL
Rebels in Yemen fired rockets at the port. | Rebels in Yemen | YEM REB
Troops from Chad crossed into Niger. | Troops from Chad | TCD MIL
Two Saudi oil tankers were damaged. | Two Saudi oil tankers | SAU
The Ukrainian embassy in Belgrade was attacked. | The Ukrainian embassy in Belgrade | UKR
A spokesman for the Taliban claimed the attack. | A spokesman for the Taliban | AFG REB
Officials of the Sudanese government denied it. | Officials of the Sudanese government | SDN GOV
The Colombian air force bombed the camp. | The Colombian air force | COL MIL
Jailed Belarusian journalists began a hunger strike. | Jailed Belarusian journalists | BLR JRN
Vietnamese refugees reached Manila. | Vietnamese refugees | VNM REF
Bolivian miners clashed with police. | Bolivian miners | BOL LAB
The Greek Orthodox bishop blessed the fleet of Cyprus. | the fleet of Cyprus | CYP MIL
The U.S. ambassador to Syria left Damascus. | The U.S. ambassador to Syria | USA GOV
Former Canadian prime minister Anne Roy joined the panel. | Former Canadian prime minister Anne Roy | CAN ELI
# organisations
The United Nations sent monitors to Mali. | The United Nations | UNO
NATO warned Serbia on Monday. | NATO | IGO MIL
The European Union lifted sanctions against Belarus. | The European Union | EUR
Islamic State fighters seized the dam. | Islamic State fighters | IMG REB
Daesh claimed the bombing. | Daesh | IMG REB
Hezbollah fired rockets at Haifa. | Hezbollah | LBN REB
The PKK declared a ceasefire. | The PKK | TUR REB
Boko Haram kidnapped 20 girls. | Boko Haram | NGA REB
The International Atomic Energy Agency inspected the plant. | The International Atomic Energy Agency | IGO
The Arab League suspended Libya. | The Arab League | IGO
Amnesty International accused Eritrea of torture. | Amnesty International | NGO
FARC rebels released two hostages. | FARC rebels | COL REB
The African Union sent envoys to Burundi. | envoys | IGO GOV
NATO troops withdrew from Kunduz. | NATO troops | IGO MIL
The Interfax news agency reported the crash. | The Interfax news agency | RUS JRN
Mossad denied the report. | Mossad | ISR SPY
The Quds Force moved its men to the border. | The Quds Force | IRN MIL
Carabinieri arrested four men in Naples. | Carabinieri | ITA COP
The Quai d'Orsay summoned the envoy. | The Quai d'Orsay | FRA GOV
Foggy Bottom declined to comment. | Foggy Bottom | USA GOV
Itamaraty protested to Lima. | Itamaraty | BRA GOV
The Lord's Resistance Army burned two villages. | The Lord's Resistance Army | UGA REB
M23 rebels entered the town. | M23 rebels | COD REB
The ADF attacked a village near Beni. | The ADF | UGA REB
Wagner Group mercenaries left Bamako. | Wagner Group mercenaries | RUS PRM
The Jalisco New Generation Cartel killed a mayor. | The Jalisco New Generation Cartel | MEX CRM
The Oromo Liberation Army freed the students. | The Oromo Liberation Army | ETH REB
In Mexico, the PAN rejected the deal. | the PAN | MEX PTY
The French Socialist Party called for a vote. | The French Socialist Party | FRA PTY
The National Salvation Front rejected talks with Juba. | The National Salvation Front | SSD REB
The African Development Bank lent Malawi $20m. | The African Development Bank | IGO
UNMISS opened its gates in Malakal. | UNMISS | UNO MIL
The European Court of Human Rights ruled against Hungary. | The European Court of Human Rights | IGO JUD
Taliban militants attacked a checkpoint in Ghazni. | Taliban militants | AFG REB
Hamas spokesman Nabil Odeh threatened Israel. | Hamas spokesman Nabil Odeh | PSE REB
UN peacekeepers in Lebanon came under fire. | UN peacekeepers in Lebanon | UNO
A U.S.-led coalition struck the refinery. | A U.S.-led coalition | USA MIL
A coalition led by Saudi Arabia bombed Sanaa. | A coalition led by Saudi Arabia | SAU MIL
# known people
Putin ordered the fleet to sea. | Putin | RUS GOV
Angela Merkel spoke with Hollande by telephone. | Angela Merkel | DEU GOV
Angela Merkel spoke with Hollande by telephone. | Hollande | FRA GOV
Erdogan accused Assad of lying. | Assad | SYR GOV
Bashar al-Assad refused to step down. | Bashar al-Assad | SYR GOV
# pronouns and possessives
Italy closed its ports after it accused Libya. | its ports | ITA
The Cuban president said he would sign the deal. | he | CUB GOV
Finnish President Aino Salo said her country would join the pact. | her country | FIN GOV
Morocco, whose navy seized the boat, apologised to Spain. | whose navy | MAR MIL
Japan, which had banned the imports, lifted the ban. | which | JPN
Iraqi soldiers said they had retaken the bridge. | they | IRQ MIL
Georgia's army fired on the post and Russia condemned it. | Russia | RUS
Pakistan shot down an Indian drone, accusing it of spying. | it | IND MIL
"We will defend ourselves," Croatian Prime Minister Ivo Babic said. | We | HRV GOV
Argentine Foreign Minister Luis Paz met his Chilean counterpart. | his Chilean counterpart | CHL GOV
Kenyan soldiers and their colleagues from Uganda patrolled the lake. | their colleagues from Uganda | UGA
The destroyer HMS Larkspur fired on a trawler. | HMS Larkspur | GBR MIL
The aircraft carrier USS Hartwell entered the gulf. | The aircraft carrier USS Hartwell | USA MIL
Malawi expelled Commonwealth observers. | Commonwealth observers | IGO
Austrian Chancellor Karl Huber met Hungarian President Eva Nagy. He praised her. | her | HUN GOV
India blamed Pakistan for the attack. Its foreign minister summoned the envoy. | Its foreign minister | IND GOV
# the two countries, the group, the president
Ghana and Togo reopened the border. The two countries had closed it in May. | The two countries | GHA+TGO GOV
Armenia shelled positions of Azerbaijan. Both sides reported losses. | Both sides | ARM+AZE
Indian Prime Minister Ravi Rao met Pakistani President Omar Shah. The two leaders shook hands. | The two leaders | IND+PAK
Al-Shabaab attacked a hotel in Mogadishu. The group said it had killed ten. | The group | SOM REB
Greek Prime Minister Nikos Vlahos arrived in Sofia. The prime minister will stay two days. | The prime minister | GRC GOV
The Nigerian army freed the hostages. The army said it lost no men. | The army | NGA MIL
NATO opened talks with Ukraine. The alliance promised aid. | The alliance | IGO
Zambia held a vote on Sunday. The country has been calm. | The country | ZMB GOV
The Iranian president, Ali Rostami, resigned. The Iranian president had been ill. | The Iranian president | IRN GOV
# setting
Syrian President Nizar Haddad was accused of bombing anti-government insurgents. | anti-government insurgents | SYR REB
Police fired tear gas at protesters in Cairo. | Police | EGY COP
Demonstrators in Harare called on the government to quit. | the government | ZWE GOV
Government troops entered Juba, the capital of South Sudan, on Monday. | Government troops | SSD MIL
The rebels shelled Donetsk. | The rebels | UKR REB
France bombed Islamist rebels in northern Mali. | Islamist rebels in northern Mali | MLI REB
Lebanese soldiers clashed with militants near Tripoli. | militants | LBN REB
# bare sectors and nobody
Gunmen killed a teacher. | Gunmen | - UAF
The blast killed 12 civilians. | 12 civilians | - CVL
The budget was approved. | The budget | none
The talks lasted for hours. | The talks | none
Dozens of protesters were hurt. | Dozens of protesters | - CVL
A report on the economy was published. | A report on the economy | none
It rained all day. | all day | none
# counting nouns
Hundreds of Hungarian teachers went on strike. | Hundreds of Hungarian teachers | HUN EDU
Members of the Kenyan parliament booed the speaker. | Members of the Kenyan parliament | KEN LEG
A group of Somali pirates seized the ship. | A group of Somali pirates | SOM CRM
# things and deeds stand for whose they are
The plane violated Turkish airspace. | Turkish airspace | TUR
Israel condemned Iran's decision. | Iran's decision | IRN
A bombing by Boko Haram killed nine. | A bombing by Boko Haram | NGA REB
The Trump administration cut aid to Honduras. | The Trump administration | USA GOV
# the two countries and third parties
Mali accused Niger of theft. Chad urged the two countries to talk. | the two countries | MLI+NER GOV
Peru and Chile exchanged notes. The Pope appealed to both governments on Sunday. | both governments | PER+CHL GOV
Ghana blamed Togo for the raid. Togo denied it. The Canadian minister will visit both capitals. | both capitals | GHA+TGO GOV
Oman warned Yemen. Oman's army waited. Qatar offered both sides its help. | both sides | OMN+YEM
Laos quarrelled with Burma. Laos's king said the two countries had agreed on a truce. | the two countries | LAO+MMR GOV
Kenya cut trade with Uganda. Rwanda closed its market. Kenya hopes the two countries can talk. | Kenya | KEN GOV
Delegations from both Koreas met at the truce village. | both Koreas | KOR+PRK GOV
Danish Prime Minister Ida Holm spoke first. Sweden and Norway listened. Her two colleagues sighed. | Her two colleagues | SWE+NOR
# he and she
Irish Foreign Minister Mary Byrne arrived late. In a call with Polish Prime Minister Jan Kot, she complained. | she | IRL GOV
Latvian President Anna Ozola met Thai Prime Minister Somchai Rak. She praised him. | She | LVA GOV
Latvian President Anna Ozola met Thai Prime Minister Somchai Rak. He thanked her. | He | THA GOV
Latvian President Anna Ozola met Thai Prime Minister Somchai Rak. He thanked her. | her | LVA GOV
Cuban Foreign Minister Luis Vega phoned Maltese Prime Minister Helena Borg. She refused to talk. | She | MLT GOV
According to Nepalese President Hari Rana, he will not resign. | he | NPL GOV
A United Nations spokesman said the secretary-general was appalled by Sudan's raid. | the secretary-general | UNO GOV
# the other party of the predicate is not meant
Fiji had protested to Samoa twice. Fiji was angry. On Friday the government broke off relations with Samoa. | the government | FJI GOV
Albania blamed Serbia. Albania is furious. The president recalled his envoy from Serbia. | The president | ALB GOV
# vessels and those aboard
A Moroccan coast guard vessel stopped a Spanish trawler. | A Moroccan coast guard vessel | MAR MIL
A Moroccan coast guard vessel stopped a Spanish trawler. | a Spanish trawler | ESP BUS
A Danish navy helicopter picked up the men. | A Danish navy helicopter | DNK MIL
A Greek patrol ship fired into the air. | A Greek patrol ship | GRC MIL
A Maltese surveillance drone was lost. | A Maltese surveillance drone | MLT MIL
A Chilean police boat sank. | A Chilean police boat | CHL COP
Two Indian cargo ships collided. | Two Indian cargo ships | IND BUS
The Peruvian trawler Esmeralda left port. A day later the Esmeralda was boarded. | the Esmeralda | PER BUS
The Ecuadorian frigate Bolivar put to sea. A storm came up. The Bolivar returned. | The Bolivar | ECU MIL
A Korean tanker was seized off Oman. The crew were taken ashore. | The crew | KOR BUS
A Kenyan patrol boat stopped a Somali trawler and arrested its skipper. | its skipper | SOM BUS
Brazil accused Uruguay of seizing a Brazilian trawler. The fishermen were jailed. | The fishermen | BRA AGR
An Iranian gunboat rammed a Pakistani ferry. Iran denied that its gunboat had struck the ferry. | the ferry | PAK BUS
A Turkish coast guard ship rammed a Greek trawler. The Kaptan struck the Elpida at dawn. | The Kaptan | TUR MIL
A Turkish coast guard ship rammed a Greek trawler. The Kaptan struck the Elpida at dawn. | the Elpida | GRC BUS
Ghana stopped an Ivorian trawler and arrested its crew of 21. A court heard the 21 men. | the 21 men | CIV BUS
A country that jails fishermen has no friends, Tuvalu said. | A country | none
# whose ministry
Tunisian Foreign Minister Karim Dali left the talks. His ministry gave no reason. | His ministry | TUN GOV
Croatia has few ships, and its coast guard has three. | its coast guard | HRV MIL
Swedish Prime Minister Eva Lind flew home and called a meeting of her cabinet. | her cabinet | SWE GOV
Hackers working for Belarus broke into the bank. | Hackers working for Belarus | BLR CRM
# "it" for a proposal
Finland made a proposal on Monday. Russian officials rejected it. | it | none
Egypt accused Sudan of seizing it. | Egypt | EGY GOV
# nobody: games, arts, nature
Brazil crushed Chile 4-0 in the final. | Brazil | none
Denmark ambushed Sweden to win the handball title. | Denmark | none
The Serbian striker fired a warning shot. | The Serbian striker | none
Poland's volleyball team conceded the first set. | Poland's volleyball team | none
The pianist attacked the Hungarian rhapsody. | the Hungarian rhapsody | none
A Kenyan runner was shot dead at home. | A Kenyan runner | KEN CVL
The Swedish truck maker launched an assault on the market. | The Swedish truck maker | SWE BUS
Argentina voted with Chile, 15-0, in the council. | Argentina | ARG GOV
# traps
Michael Jordan visited Beijing. | Michael Jordan | none-country
Jordan closed its border with Iraq. | Jordan | JOR GOV
Turkey won the vote against Chad. | Chad | TCD
The American Red Cross sent blankets to Niger. | Niger | NER
Guinea and Equatorial Guinea signed the accord. | Equatorial Guinea | GNQ
The South China Sea was calm. | The South China Sea | none
Polish troops left Latin America. | Latin America | none
The Senate of Brazil rejected the bill. | The Senate of Brazil | BRA LEG
Iraqi Kurds blocked the pipeline. | Iraqi Kurds | IRQ
Pro-Russian separatists in Ukraine seized the town hall. | Pro-Russian separatists in Ukraine | UKR REB
Iranian-backed militias in Iraq fired on the base. | Iranian-backed militias in Iraq | IRQ REB
Anti-NATO activists blocked the road in Hamburg. | Anti-NATO activists | - SOC
Turkish terrorist organizations were blamed. | Turkish terrorist organizations | TUR REB
An Irish oil company sued Ghana. | An Irish oil company | IRL BUS
"""


def cases() -> list[tuple[str, str, frozenset[str], str | None]]:
    """(text, phrase, countries, sector) for each row; countries may hold `-`, `none` or `none-country`."""
    found = []
    for line in CASES.strip().splitlines():
        if line.startswith("#"):
            continue
        text, phrase, want = (part.strip() for part in line.split(" | "))
        countries, _, sector = want.partition(" ")
        found.append((text, phrase, frozenset(countries.split("+")), sector or None))
    return found
