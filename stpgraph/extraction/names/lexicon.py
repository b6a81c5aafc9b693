"""Words that tell what a name is: titles, roles, kinds of bodies, of works, and which of them go together."""

from __future__ import annotations

__all__ = [
    "ASKING",
    "BODY_NOUNS",
    "BODY_STARTS",
    "CUES",
    "DESCRIPTIONS",
    "FEMALE",
    "FIELDS",
    "FINDING",
    "FUNCTION_WORDS",
    "MALE",
    "NEVER_PEOPLE",
    "OUTLET_NOUNS",
    "PLACES",
    "RESEARCH",
    "ROLE_NOUNS",
    "SPOKESPEOPLE",
    "SURVEYS",
    "TEXTS",
    "TITLES",
    "UNNAMED",
    "WIDE",
    "WORK_GROUPS",
    "WORK_NOUNS",
    "singular",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What stands before a person's name.
TITLES = _words(
    "Mr Mrs Ms Miss Mx Dr Doctor Prof Professor Cllr Councillor Clr Alderman Ald Sir Dame Lord Lady Baroness "
    "Baron Viscount Rev Revd Reverend Archdeacon Archbishop Father Colonel Major Captain Canon Bishop Judge "
    "Justice"
)
#: Titles of men and of women, for "he" and "she".
MALE = _words("Mr Sir Lord Baron Viscount")
FEMALE = _words("Mrs Ms Miss Dame Lady Baroness")

#: Nouns that say what somebody is at a body; the last word of a role.
ROLE_NOUNS = _words(
    "leader chair chairman chairwoman chairperson executive ceo coo cfo officer director president secretary "
    "minister manager head lead officer mayor member fellow economist adviser advisor analyst researcher "
    "consultant gp nurse doctor professor lecturer editor author founder co-founder treasurer governor "
    "commissioner partner clerk holder mp mep campaigner organiser convenor coordinator co-ordinator auditor "
    "inspector accountant surgeon matron registrar trustee reporter correspondent columnist deputy whip "
    "councillor practitioner physician paediatrician psychiatrist pharmacist midwife paramedic porter judge "
    "sister teacher vicar carer resident patient volunteer activist farmer writer journalist peer dean principal "
    "vice-chair vice-president vice-chairman co-chair associate strategist planner scientist statistician "
    "historian barrister solicitor lawyer chancellor ombudsman vice-chancellor actuary chief"
)
#: Roles whose word is that of their body.
SPOKESPEOPLE = _words("spokesman spokeswoman spokesperson spokespeople spokesmen")

#: Nouns of which the name of a body has one.
BODY_NOUNS = _words(
    "Council Trust Association Institute Centre Committee Board College University Foundation Department Ministry "
    "Society Union Network Partnership Federation Confederation Commission Authority Agency Group Hospital "
    "Hospitals CCG ICB Alliance Forum Service Services Office Parliament Party Academy Assembly Corporation "
    "Company Consulting Consultancy Institution Observatory Inspectorate Bureau Unit Coalition Campaign Panel "
    "Taskforce Initiative School Constabulary Collaborative Healthwatch STP ICS Federations Treasury Church "
    "Charity Hospice Infirmary Think-Tank Ltd LLP plc Guild League Laboratory Secretariat Directorate Consortium "
    "Homes Housing Research Associates Partners Consultants Circle Mutual Enterprises Solutions Advisers"
)
#: Nouns with which the name of a paper ends.
OUTLET_NOUNS = _words(
    "Gazette Times Journal Chronicle Post News Herald Echo Mail Express Telegraph Guardian Observer Mercury "
    "Advertiser Argus Courier Tribune Bulletin Messenger Weekly"
)
#: Words with which the name of a local body begins.
BODY_STARTS = _words("Healthwatch NHS UNISON Unison")

#: What a body may be called without its name, and the kinds (of the reference) and words of its name that fit.
#: A plus: any body fits.
DESCRIPTIONS: dict[str, frozenset[str]] = {
    "institute": _words("institute institution"),
    "institution": _words("institute institution university college"),
    "association": _words("association"),
    "society": _words("society"),
    "charity": _words("charity campaign foundation hospice"),
    "council": _words("council"),
    "authority": _words("authority council"),
    "trust": _words("trust"),
    "board": _words("board icb"),
    "committee": _words("committee parliamentary-committee"),
    "panel": _words("panel"),
    "department": _words("department government-department ministry"),
    "ministry": _words("ministry department"),
    "union": _words("union trade-union unison"),
    "tank": _words("think-tank centre institute foundation fund policy forum reform"),
    "thinktank": _words("think-tank centre institute foundation fund policy forum reform"),
    "centre": _words("centre center"),
    "college": _words("college royal-college academy"),
    "academy": _words("academy"),
    "university": _words("university"),
    "foundation": _words("foundation"),
    "fund": _words("fund"),
    "confederation": _words("confederation"),
    "federation": _words("federation"),
    "network": _words("network"),
    "alliance": _words("alliance"),
    "forum": _words("forum"),
    "commission": _words("commission"),
    "agency": _words("agency executive-agency"),
    "hospital": _words("hospital infirmary hospitals"),
    "ccg": _words("ccg clinical commissioning"),
    "partnership": _words("partnership stp ics"),
    "footprint": _words("stp"),
    "stp": _words("stp ics"),
    "regulator": _words("regulator commission quality"),
    "watchdog": _words("regulator audit-body healthwatch commission office ombudsman"),
    "consultancy": _words("consultancy consulting"),
    "firm": _words("consultancy consulting ltd llp plc company polling-company"),
    "company": _words("company ltd plc llp consultancy consulting polling-company"),
    "party": _words("party political-party"),
    "group": _words("group campaign-group clinical ccg network alliance"),
    "campaign": _words("campaign campaign-group"),
    "office": _words("office"),
    "service": _words("service"),
    "paper": frozenset(word.lower() for word in OUTLET_NOUNS) | _words("newspaper trade-press"),
    "newspaper": frozenset(word.lower() for word in OUTLET_NOUNS) | _words("newspaper trade-press"),
    "magazine": frozenset(word.lower() for word in OUTLET_NOUNS) | _words("trade-press"),
    "guild": _words("guild"),
    "league": _words("league"),
    "consortium": _words("consortium"),
    "hospice": _words("hospice"),
    "coalition": _words("coalition"),
    "consultants": _words("consultancy consulting consultants associates partners"),
    "body": _words("+"),
    "organisation": _words("+"),
    "organization": _words("+"),
}
#: Nouns for what somebody says or writes: it is theirs.
TEXTS = _words(
    "letter statement submission reply response evidence testimony speech blog article verdict view opinion "
    "answer answers comment comments remarks reaction message email post tweet modelling calculations column "
    "editorial"
)

#: Nouns for studies and reports.
WORK_NOUNS = _words(
    "survey poll review report study research analysis investigation inquiry enquiry roundtable briefing paper "
    "audit consultation questionnaire findings results data figures statistics document assessment evaluation "
    "barometer dashboard publication barometers whitepaper snapshot polling census projection"
)
#: Nouns for works that ask people; a survey is one of these.
SURVEYS = _words("survey poll questionnaire polling barometer snapshot")
#: Nouns by which the same work may be called; one of no group is called by its own alone.
WORK_GROUPS: tuple[frozenset[str], ...] = (
    SURVEYS | {"study", "research"},
    _words(
        "report document paper briefing publication whitepaper review study research analysis assessment "
        "evaluation audit"
    ),
    _words("investigation inquiry enquiry"),
)
#: Wide nouns that may also stand for a work with a narrower one: a survey is research, and has a report.
WIDE = _words("report document publication paper study research analysis")
#: Nouns for what may have asked people.
RESEARCH = _words("study research")

#: Cues after which a body speaks by a work of its own that was just named.
FINDING = _words("find show reveal conclude discover identify estimate calculate suggest indicate")

#: Common verbs of saying: where one stands, a description of a person ends; a name beside one is a speaker's.
CUES = _words(
    "said says say told tells added adds warned warns argued argues insisted insists claimed claims stated states "
    "wrote writes explained explains commented comments replied replies asked asks urged urges called calls "
    "admitted admits denied denies conceded concedes accepted accepts noted notes stressed stresses believes "
    "believed thinks thought considered considers suggested suggests announced announces revealed reveals found "
    "finds concluded concludes recommended recommends confirmed confirms agreed agrees hopes hoped wants wanted "
    "described describes predicted predicts questioned questions promised vowed criticised criticises welcomed "
    "welcomes acknowledged acknowledges maintained maintains complained complains declared"
)
#: Nouns for sources that are left unnamed.
UNNAMED = _words("source sources insider insiders whistleblower whistleblowers")

#: Words with a capital that are in no name of a person.
NEVER_PEOPLE = _words(
    "January February March April May June July August September October November December Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday Christmas Easter North South East West Northern Southern "
    "Eastern Western Central Greater Upper Lower Great New Royal National Local Public Health Social Care "
    "County City Town Street Road House Hall Green White Paper Act Bill Budget Spring Autumn Government "
    "Parliament Britain England Scotland Wales London British English Whitehall Westminster Brexit Ireland "
    "Commons Lords Shadow Clinical Primary Acute Mental Community General Hospital Plan Sustainability "
    "Transformation Minutes Meeting Councils Question Answer Item Section Agenda Present Apologies Figure "
    "Resolved Labour Conservative Conservatives Tory Tories Liberal Democrat Democrats Independent Members "
    "Officers"
)
#: Words that end the name of a place.
PLACES = _words("Ward Lane Park Green Hill Valley Vale Bay Bridge Cross Court Square Way Avenue Close Gardens Homes")
#: Words of fields of work, not of bodies.
FIELDS = _words(
    "Public Health Adult Adults Social Services Care Children Children’s Children's Finance State Resources "
    "Commissioning Nursing Strategy Operations Communities Integration Exchequer Policy Education Housing "
    "Wellbeing"
)
#: Works that ask or examine somebody: "of" leads to them; after other nouns it leads to who made it.
ASKING = _words(
    "survey poll questionnaire barometer census study snapshot review audit analysis research investigation polling"
)
#: Words with which no name begins or ends.
FUNCTION_WORDS = _words(
    "the a an and or but if in on at of for to by from with as when while where after before since although "
    "though because this that these those its their his her our your my it he she they we you i there here what "
    "who which how why not no yes is are was were be been has have had do does did will would can could should "
    "may might must also then now today yesterday tomorrow meanwhile however yet still so both each every all "
    "some most many several few one two three four five six seven eight nine ten only just even according per "
    "under over into than about between among last next new"
)


def singular(noun: str) -> str:
    """Return the singular of a regular noun.

    Example:
        >>> [singular(noun) for noun in ("councils", "authorities", "analysis", "bodies")]
        ['council', 'authority', 'analysis', 'body']
    """
    if noun.endswith(("ss", "sis", "us")) or len(noun) < 4:
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") else noun
