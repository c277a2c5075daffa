"""Telegraphic notes as the sentences a report would have: one frame a row, each worked out by hand."""

from __future__ import annotations

import pytest
from draft_items import evidence

from assistant.draft.compose import compose
from assistant.draft.language.nouns import definite_form, is_plural_noun
from assistant.draft.language.personal import sift
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.notes.sentences import write
from assistant.draft.notes.shorthand import expand
from assistant.draft.notes.unchanged import says_nothing_new
from assistant.draft.proposal import propose_answer
from corpus.model import renumber

WORDS = Vocabulary(
    ["Fältgruppen går ut varje vecka. Handlarföreningen har elva medlemmar. Rådet möts ofta, och Riskspegeln används av alla."]
)


def written(note: str) -> list[str]:
    return [sentence.text for sentence in write(expand(note, WORDS), WORDS, 2026)]


@pytest.mark.parametrize(
    ("note", "sentences"),
    [
        # parts of a count
        ("7 tr.vandringar, 1 m. enb. äldre", ["7 trygghetsvandringar har gjorts, varav 1 med enbart äldre."]),
        ("12 kontroller gjorda tills. m. Skatteverket", ["12 kontroller har gjorts tillsammans med Skatteverket."]),
        ("6 besök gjorda ihop med skolan", ["6 besök har gjorts ihop med skolan."]),
        ("47 insatser, 6 beroende av 1 pers", ["Antalet insatser är 47, varav 6 beroende av 1 person."]),
        ("karta: 27 platser, 4 nya", ["Kartan har 27 platser, varav 4 nya."]),
        ("45 barn < 15 år, 11 under 12", ["Antalet barn under 15 år är 45, varav 11 under 12."]),
        ("9 pers m. plan, 2 kvinnor", ["9 personer har plan, varav 2 kvinnor."]),
        ("5 workshops, totalt 96 delt., 2 digitala", ["5 workshops har hållits med totalt 96 deltagare (2 digitala)."]),
        (
            "13 kontroller (12 i fjol), 2 restauranger, 4 nagelsalonger, resten biltvättar",
            ["13 kontroller (12 i fjol) har gjorts, varav 2 restauranger, 4 nagelsalonger och resten biltvättar."],
        ),
        ("88 ungd., 30 tjejer / 58 killar", ["Antalet ungdomar är 88, varav 30 tjejer och 58 killar."]),
        # several counts
        (
            "112 utr., 61 återkrav (3,9 mnkr), 15 polisanm.",
            ["Antalet utredningar är 112, antalet återkrav 61 (3,9 miljoner kronor) och antalet polisanmälningar 15."],
        ),
        (
            "aug–juli: 96 utr., 55 återkrav, 3,4 mnkr, 12 pol.anm.",
            [
                "Under augusti–juli var antalet utredningar 96, antalet återkrav 55 (3,4 miljoner kronor) och antalet polisanmälningar 12."
            ],
        ),
        ("2 halvdagar, 81 delt.", ["2 halvdagar har hållits med 81 deltagare."]),
        ("halvdagsutb. x 3, 94 delt.", ["3 halvdagsutbildningar har hållits med 94 deltagare."]),
        ("chefsutb. 2 tillfällen, 28 chefer", ["Chefsutbildningar har hållits vid 2 tillfällen med 28 chefer."]),
        ("mars: 78 i riskzon / 22 på väg in / 9 etabl.", ["I mars fanns 78 i riskzon, 22 på väg in och 9 etablerade."]),
        ("övningar: 30 av 31 enh. ht", ["Övningar har genomförts på 30 av 31 enheter under hösten."]),
        ("fältgr: 5 tj., alla tillsatta fr aug", ["Fältgruppen har 5 tjänster.", "Alla är tillsatta från och med augusti."]),
        ("punkter: 118 av 140 avklarade", ["118 av 140 punkter har avklarats."]),
        ("lgh: 12 st", ["Antalet lägenheter är 12."]),
        ("handledning för mentorer 1 ggn/mån", ["Handledningen för mentorer sker 1 gång per månad."]),
        ("folköl 2 av 17, vitt snus 6 av 17", ["För folköl är siffran 2 av 17 och för vitt snus 6 av 17."]),
        # changes
        ("väntetid 3 -> 2 v", ["Väntetiden har minskat från 3 till 2 veckor."]),
        ("kö 6 v → 8 v", ["När det gäller kö har tiden ökat från 6 till 8 veckor."]),
        ("cannabis: 7 -> 5 %", ["När det gäller cannabis har andelen minskat från 7 till 5 procent."]),
        ("handlarfören. 11 -> 15 medl.", ["Handlarföreningen har ökat från 11 till 15 medlemmar."]),
        ("lgh: 2 -> 3", ["Antalet lägenheter har ökat från 2 till 3."]),
        ("5 tillsynsärenden -> 2 återkallade tillstånd", ["5 tillsynsärenden har lett till 2 återkallade tillstånd."]),
        ("rapporter ner från 58 till 44", ["Rapporter har gått ner från 58 till 44."]),
        # staff and what was done
        ("vakant tj. tillsatt aug", ["En vakant tjänst tillsattes i augusti."]),
        ("3 mentorer hoppat av", ["3 mentorer har hoppat av."]),
        ("57 elever, 33 ökat närvaron", ["Antalet elever är 57, och 33 har ökat närvaron."]),
        ("samordnare slutat", ["En samordnare har slutat."]),
        ("alla 31 enh. haft APT", ["Alla 31 enheter har haft APT."]),
        ("Riskspegeln 12/12 utb.", ["När det gäller Riskspegeln har 12 av 12 utbildats."]),
        ("600 tkr sökt", ["600 tusen kronor har sökts."]),
        ("ej alla enh. klara", ["Inte alla enheter är klara."]),
        ("KLART: rutin f. hotbild m. polis", ["Rutinen för hotbild med polis är klar."]),
        ("NY RUTIN KLAR 3 MARS", ["En ny rutin blev klar den 3 mars."]),
        ("nej, ej hunnit pga sjukskrivn.", ["Vi har inte hunnit på grund av sjukskrivning."]),
        ("polisen ej m. sedan årsskiftet", ["Polisen är inte med sedan årsskiftet."]),
        # times
        ("rapport klar v 11, 3 v senare än planerat", ["Rapporten blev klar vecka 11, 3 veckor senare än planerat."]),
        ("analys påbörjad, klar ht", ["Analys har påbörjats och blir klar under hösten."]),
        ("app: skjutet till vt-27, budget saknas", ["Appen har skjutits till våren 2027.", "Budget saknas."]),
        ("nytt forum m. regionen, start 15/3", ["Ett nytt forum med regionen startade den 15 mars."]),
        ("licenser inköpta, start jan 2027", ["Licenser har köpts in, med start i januari 2027."]),
        ("rutinen rev. maj, nu även för skolor", ["Rutinen reviderades i maj och finns nu även för skolor."]),
        # what there is and what came of it
        ("samarb. m. polis + skola", ["Det finns samarbete med polis och skola."]),
        ("budget: avslag", ["När det gäller budgeten blev det avslag."]),
        ("broschyr nu på 8 språk", ["En broschyr finns nu på 8 språk."]),
        ("våldet: inga skjutningar i jan–juli", ["När det gäller våldet har inga skjutningar skett i januari–juli."]),
        ("flickor 12–16: fortf. svårt nå", ["Flickor 12–16 är fortfarande svåra att nå."]),
        ("8 prio problem, nytt: bilbränder", ["Antalet prioriterade problem är 8.", "Nytt är bilbränder."]),
        # what reads as a verb and is a noun, and the other way round
        ("14 träffar, ca 260 delt.", ["14 träffar har hållits med cirka 260 deltagare."]),
        ("granskn. maj: 17 brister kvar av 41", ["Enligt granskning i maj finns 17 brister kvar av 41."]),
        ("2 anhörigträffar, 34 resp 41 anh.", ["2 anhörigträffar har hållits med 34 respektive 41 anhöriga."]),
        ("rastvärdar infört", ["Rastvärdar har införts."]),
        ("kurator slutat", ["En kurator har slutat."]),
        ("rektor bytt x 2", ["Rektor har bytts 2 gånger."]),
        ("väntetid oför.", ["Väntetiden är oförändrad."]),
        ("vikarier svårt rekrytera", ["Vikarier är svåra att rekrytera."]),
        ("kön kortare, 3 mån i st.f. 7", ["Kön är kortare (3 månader i stället för 7)."]),
        ("2 grupper nedlagda, för lite använda", ["2 grupper har lagts ned, för lite använda."]),
        ("digitala system ur funktion 11 nätter", ["Digitala system har varit ur funktion 11 nätter."]),
        ("lokal stängd 4 v i mars", ["En lokal var stängd 4 veckor i mars."]),
        ("broschyr omtryckt 2 000 ex", ["En broschyr har tryckts om i 2 000 exemplar."]),
        ("upphandl. försenad, flyttad t. 2027", ["Upphandlingen är försenad och har flyttats till 2027."]),
        ("rutin: stöd infört på 1 enh. fr. april", ["När det gäller rutinen är stöd infört på 1 enhet från och med april."]),
        # what is counted and what it is about
        ("svinn 31 → 27 g/portion", ["Svinn har minskat från 31 till 27 gram per portion."]),
        ("otrygghet ner fr 31 → 26 %", ["När det gäller otryggheten har andelen minskat från 31 till 26 procent."]),
        ("läxhjälp 2 → 3 dgr/v", ["Läxhjälp har ökat från 2 till 3 dagar per vecka."]),
        ("underskott 6,1 → 2,4 mnkr", ["Underskottet har minskat från 6,1 till 2,4 miljoner kronor."]),
        ("plac. 31 → 22", ["Antalet placeringar har minskat från 31 till 22."]),
        ("fukt: 4 fsk → 2 fsk åtgärdade", ["Fukt: 4 förskolor → 2 förskolor åtgärdade."]),
        ("vägn. 2 v/termin", ["Vägningen sker 2 veckor per termin."]),
        ("chefsutb. i rehab: 2 omg, 31 chefer", ["Chefsutbildningar i rehab har hållits i 2 omgångar med 31 chefer."]),
        ("flygresor 41 st (35 i fjol) pga konferens", ["Antalet flygresor är 41 (35 i fjol) på grund av konferens."]),
        ("studenter: 30 som tidigare", ["Antalet studenter är 30, som tidigare."]),
        ("felanm. 530 st", ["Antalet felanmälningar är 530."]),
        ("hembesök 120-130 st", ["120–130 hembesök har gjorts."]),
        ("medarb.enkät 78 % svarade, index 71", ["I en medarbetarenkät svarade 78 procent.", "Index är 71."]),
        ("brukarenkät vt: 86 % nöjda", ["Enligt en brukarenkät under våren är 86 procent nöjda."]),
        ("Kontaktcenter: svarstid 4 min", ["När det gäller Kontaktcentret är svarstiden 4 minuter."]),
        ("ny ledare 75 % fr. 1/4", ["En ny ledare på 75 procent finns från och med den 1 april."]),
        ("läsombud på 31/34 försk., vakanser på resten", ["Läsombud finns på 31 av 34 förskolor (vakanser på resten)."]),
        ("ordningsvakter även torsd. maj–aug", ["Ordningsvakter finns även torsdag maj–augusti."]),
        ("rådet 4 möten, 3 av 4 digitalt", ["Rådet har haft 4 möten, 3 av 4 digitalt."]),
        ("boende 16 barn, 3 i kö", ["När det gäller boendet är antalet barn 16 (3 i kö)."]),
        ("9 kvinnor (14/19)", ["Antalet kvinnor är 9 (14/19)."]),
        ("gymnasiet: 6 klasser, ca 150 elever", ["När det gäller gymnasiet är antalet klasser 6 och antalet elever cirka 150."]),
        ("lå 25/26: 1 340 kuratorssamtal", ["Under läsåret 2025/26 hölls 1 340 kuratorssamtal."]),
        ("mässan 9 maj: 34 utställare", ["När det gäller mässan den 9 maj var antalet utställare 34."]),
        ("etapp 1 klar, etapp 2 ht-26", ["Etapp 1 är klar (etapp 2 under hösten 2026)."]),
        ("FaR 103 pers, 61 % kvinnor", ["När det gäller FaR är antalet personer 103, varav 61 procent kvinnor."]),
        ("hot mot personal 7 ggr", ["När det gäller hot mot personal är antalet gånger 7."]),
        ("olyckor 2 ggr", ["Olyckor har skett 2 gånger."]),
        ("matavfall 48 > 53 %", ["När det gäller matavfall har andelen ökat från 48 till 53 procent."]),
        ("bytesdagar 3 st, 900 besökare", ["Antalet bytesdagar är 3 (900 besökare)."]),
        ("insamling igång okt -25: 11 ton", ["Insamling kom i gång i oktober 2025 (11 ton)."]),
        ("ÅVC stängt söndagar fr. mars", ["ÅVC är stängt söndagar från och med mars."]),
        ("1 612 samtal, varav 240 akuta", ["Antalet samtal är 1 612, varav 240 akuta."]),
        ("Bokstart 214 fam. besökta", ["När det gäller Bokstart har 214 familjer besökts."]),
        ("digidel 745 hjälpta", ["När det gäller digidel har 745 hjälpts."]),
        ("teammöten ej varje v på 2 av 9 enh.", ["Teammöten inte varje vecka på 2 av 9 enheter."]),
        ("åk 6: 93 % simkunniga", ["När det gäller årskurs 6 är 93 procent simkunniga."]),
        ("badhuset åter öppet 7 jan", ["Badhuset är åter öppet sedan den 7 januari."]),
        ("bara 2 intresserade", ["Bara 2 är intresserade."]),
        ("var 5:e lgh till unga: uppfyllt", ["Var femte lägenhet till unga har uppfyllts."]),
        ("plan: remiss ute, antas dec", ["När det gäller planen är remiss ute.", "Planen antas i december."]),
        ("unga: bara 2 intresserade", ["När det gäller unga är bara 2 intresserade."]),
        ("frågor: 64 % av besöken dokumenterat", ["När det gäller frågor har 64 procent av besöken dokumenterats."]),
        ("19 sökande, 11 män / 8 kvinnor", ["Antalet sökande är 19, varav 11 män och 8 kvinnor."]),
        ("vinter 25/26: 14 plogningar", ["Under vintern 2025/26 var antalet plogningar 14."]),
        ("lön höjd till 95 kr/h", ["Lön har höjts till 95 kronor per timme."]),
        # what is new, what was asked, what corrects
        ("nu 16 språk, nya: dari, ukrainska", ["Antalet språk är nu 16.", "Nya är dari och ukrainska."]),
        (
            "ny mötesplats Björken invigd 12/5, öppet tis + tors",
            ["En ny mötesplats, Björken, invigdes den 12 maj och är öppen tisdag och torsdag."],
        ),
        ("regionövn. 14 nov, 46 delt.", ["En regionövning hölls den 14 november (46 deltagare)."]),
        (
            "föräldraråd: 1:a mötet 4/2, 11 föräldrar",
            ["När det gäller föräldrarådet hölls det första mötet den 4 februari (11 föräldrar)."],
        ),
        ("förslag: 1 patrull till", ["Förslaget är 1 patrull till."]),
        ("kvinnojouren: nytt avtal t.o.m. 2028", ["När det gäller kvinnojouren finns ett nytt avtal till och med 2028."]),
        ("ny app? ej beslutat", ["En ny app har inte beslutats."]),
        ("rättelse: rådgivare deltar ej", ["Rådgivare deltar inte."]),
        ("samma upplägg på rådet", ["Det är samma upplägg på rådet."]),
        ("inga anm.", ["Inga anmälningar har gjorts."]),
        ("ingen enkätundersökning i år", ["Ingen enkätundersökning har gjorts i år."]),
        # nothing new
        ("samma mall som förra året", ["Det är samma mall som förra året."]),
        ("samma som förra året", ["Arbetet fortsätter som förra året."]),
        ("inget nytt", ["Det finns inget nytt att redovisa."]),
        ("Vuxna ute: inget nytt", ["När det gäller Vuxna ute finns inget nytt att redovisa."]),
        ("rådet: som tidigare", ["Rådet fortsätter som tidigare."]),
    ],
)
def test_frames(note: str, sentences: list[str]) -> None:
    assert written(note) == sentences


@pytest.mark.parametrize(
    ("note", "out"),
    [
        ("köer över 3 v, torg < 15 pers", "köer över 3 veckor, torg under 15 personer"),
        ("polis + skola + fritid", "polis, skola och fritid"),
        ("51/60 vet", "51 av 60 vet"),
        ("25/26 lokaler", "25 av 26 lokaler"),
        ("möte 3/3 på skolan", "möte den 3 mars på skolan"),
        ("31/kväll", "31 per kväll"),
        ("ändrat 3 => 4", "ändrat 3 → 4"),
        ("klar våren -27", "klar våren 2027"),
        ("SSPF", "SSPF"),
        ("läcka 14–16 jan", "läcka den 14–16 januari"),
        ("reservkraft + 1 (Solgläntan)", "reservkraft + 1 (Solgläntan)"),
        ("skolor + 8 förskolor", "skolor och 8 förskolor"),
        ("12 pers/natt", "12 personer per natt"),
        ("kostn./pers", "kostnad per person"),
    ],
)
def test_marks(note: str, out: str) -> None:
    assert expand(note, WORDS).text.lower() == out.lower()


def test_a_bare_figure_in_brackets_that_the_last_comment_has_is_last_years() -> None:
    made = compose(evidence("Vändpunkten hade 71 inskrivna.", ["Jouren 64 samtal (71)"]))
    assert "64 (71 året innan)" in made.text or "64 samtal (71 året innan)" in made.text
    other = compose(evidence("Vändpunkten hade 71 inskrivna.", ["Jouren 64 samtal (70)"]))
    assert "året innan" not in other.text


def test_a_number_that_names_a_point_is_no_figure_to_fill_in() -> None:
    """ "punkt 1" is the name of a point: the earlier sentence's 12 must not become 1."""
    made = compose(evidence("Den första punkten klarades i samtliga fall, den andra i 12.", ["punkt 1 klarad i alla"]))
    assert made.text.endswith("Punkt 1 har klarats i alla.")
    assert "andra i 1" not in made.text


def test_a_question_mark_is_no_text_and_no_certainty() -> None:
    made = compose(evidence("Gruppen träffas.", ["avtalet klart?"]))
    assert "?" not in made.text
    assert "uncertain" in [flag.code for sentence in made.sentences for flag in sentence.flags]


def test_nothing_new_keeps_last_years_answer_and_what_still_stands() -> None:
    made = compose(evidence("Gruppen träffas varje vecka. Under året nåddes 74 unga.", ["inget nytt"], answer="Ja"))
    assert made.text == "Gruppen träffas varje vecka.\n\nDet finns inget nytt att redovisa."
    assert (made.answer, made.answer_reason) == ("Ja", "Anteckning 1 säger att inget har ändrats: samma svar som 2025.")
    assert "thin_notes" in [flag.code for flag in made.flags]


@pytest.mark.parametrize(
    "note", ["inget nytt", "samma som förra året", "som tidigare", "rådet: oförändrat", "Inga förändringar i år"]
)
def test_says_nothing_new(note: str) -> None:
    assert says_nothing_new(note)
    assert not says_nothing_new(note + ", men 3 nya")


def test_an_answer_with_its_reason() -> None:
    assert propose_answer(evidence("Gruppen träffas.", ["nej, ej hunnit pga sjukskrivn."], answer="Ja"))[0] == "Nej"
    assert propose_answer(evidence("Gruppen träffas.", ["delvis - ej alla enh. klara"], answer="Ja"))[0] == "Delvis"


@pytest.mark.parametrize(
    "note",
    ["?? kolla m Eva om stödet", "glöm fjolåret", "skriv att allt gått bra", "en man, Kjell-Åke Brunn, 0733-41 22 90, ville tacka"],
)
def test_left_out(note: str) -> None:
    (sifted,) = sift(renumber([note]))
    assert sifted.usable == "" and sifted.left_out


def test_what_is_not_started_is_not_kept() -> None:
    made = compose(evidence("En insats för syskon ska startas till hösten 2025.", ["syskoninsats: ej startad, psykolog saknas"]))
    assert [promise.state for promise in made.commitments] == ["delayed"]


@pytest.mark.parametrize(
    ("noun", "definite"),
    [
        ("grupp", "gruppen"),
        ("karta", "kartan"),
        ("mentor", "mentorn"),
        ("team", "teamet"),
        ("möte", "mötet"),
        ("register", "registret"),
        ("program", "programmet"),
        ("handläggare", "handläggaren"),
        ("strategi", "strategin"),
        ("snus", ""),
    ],
)
def test_definite_form(noun: str, definite: str) -> None:
    assert definite_form(noun) == definite


def test_plural_nouns() -> None:
    assert all(map(is_plural_noun, ["lägenheter", "tips", "möten", "ärenden", "deltagare", "återkrav"]))
    assert not any(map(is_plural_noun, ["rutin", "enkät", "karta", "fältgruppen"]))


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("Fredagsbemanningen lagts ner", "Fredagsbemanningen har lagts ner."),
        ("caféet stängts i maj", "Caféet har stängts i maj."),
        ("avtalet sagts upp 1 mars", "Avtalet har sagts upp den 1 mars."),
        ("2 tjänster dragits in", "2 tjänster har dragits in."),
        ("kursen hållits 3 ggr", "Kursen har hållits 3 gånger."),
        ("rutinen inte ändrats", "Rutinen har inte ändrats."),
        ("rutinen har ändrats", "Rutinen har ändrats."),
        ("88 ungd. varav 31 flickor", "Antalet ungdomar är 88, varav 31 flickor."),
    ],
)
def test_what_has_been_done_gets_its_verb_whole(note: str, sentence: str) -> None:
    assert written(note) == [sentence]


@pytest.mark.parametrize(
    ("note", "text"),
    [
        # where something moved to, and where from
        (
            "språkkafé flyttat Gamla Posten -> Medborgarhuset 12 jan",
            "Språkkafé har flyttat från Gamla Posten till Medborgarhuset den 12 januari.",
        ),
        ("balansträning flyttad Lindgården -> Åkerhallen", "Balansträningen har flyttats från Lindgården till Åkerhallen."),
        # what a day led to is no figure that changed
        ("Tallåsa med i jouren sen 1 maj -> 4 kommuner", "Tallåsa med i jouren sedan den 1 maj, 4 kommuner."),
        # an arrow to something that is told with a verb of its own, a way, a result, a later time
        ("Lyktan drog sig ur i maj -> Balansen föreläser", "Lyktan drog sig ur i maj, Balansen föreläser."),
        ("väntetid upp -> 5 v sen aug", "Väntetid har gått upp till 5 veckor sedan augusti."),
        ("kampanj i april -> 31 anmälningar", "Kampanj i april har lett till 31 anmälningar."),
        ("lägesbild försenad -> mars 2027", "Lägesbild är försenad till mars 2027."),
        ("broschyr ej översatt -> flyttas till 2027", "Broschyr inte översatt, flyttas till 2027."),
        ("Kvarnen: lokal ej klar -> 2027", "Kvarnen: lokal inte klar, 2027."),
        # a fraction that is no date, and a date
        ("fel svar ca 1/3", "Fel svar cirka en tredjedel."),
        ("möte 1/3", "Ett möte hölls den 1 mars."),
        ("stöd till 17 medarb., varav 14 kv", "Det finns stöd till 17 medarbetare, varav 14 kvinnor."),
        ("förstudie påbörjad feb, klar 30 okt", "En förstudie påbörjades i februari och är klar den 30 oktober."),
        # hours, and what only looks like them
        ("lördagsöppet 10–14 sen 7 feb", "Lördagsöppet klockan 10–14 sedan den 7 februari."),
        ("läxhjälp åk 6-9 tisdagar", "Läxhjälp årskurs 6–9 tisdagar."),
        # how much of a post
        ("3:e handledare 50 %", "En tredje handledare arbetar 50 procent."),
        ("språkstödjare 50 % ht", "Språkstödjare arbetar 50 procent under hösten."),
        # who meets
        ("nätverket 3 ggr", "Nätverket har träffats 3 gånger."),
        # short words
        ("sms t föräldrar i st f veckobrev fr vt", "Sms till föräldrar finns i stället för veckobrev från och med våren."),
        ("kurs f 19 chefer i april", "En kurs för 19 chefer hölls i april."),
        ("grupp nu mån + tors", "En grupp finns nu måndag och torsdag."),
        ("41 pers m beslut", "41 personer har beslut."),
        ("mässa m. Sörby IF o. Kalvsjö GIF", "Mässa med Sörby IF och Kalvsjö GIF."),
        ("ålder sänkt 80 -> 78", "Åldern har minskat från 80 till 78."),
        ("väntetid median 7 v", "Väntetiden är i median 7 veckor."),
        ("infoblad klart i juni, 3 språk (sv, fi)", "Infoblad blev klart i juni, 3 språk (sv, fi)."),
        ("37 besök, permanent fr aug", "37 besök har gjorts. Det är permanent från och med augusti."),
    ],
)
def test_places_hours_posts_and_short_words(note: str, text: str) -> None:
    assert " ".join(written(note)) == text
