"""The words by which a text says that somebody speaks: tables for attribution."""

from __future__ import annotations

__all__ = [
    "CUES",
    "DESCRIPTIONS",
    "LONGEST_TITLE_CUE",
    "NATIONS",
    "ORGANISATION_WORDS",
    "PARTICIPLES",
    "PREFIXES",
    "PRONOUNS",
    "TITLE_CUES",
]

CUES = tuple(
    # "…," he said
    """
    said says say stated states noted notes added adds told tells stressed stresses emphasized emphasised emphasizes
    underlined underscored highlighted declared declares announced announces explained explains argued argues warned
    warns claimed claims insisted insists replied replies responded answered asked asks continued continues
    concluded recalled remarked observed wrote writes tweeted commented admitted acknowledged conceded reiterated
    repeated confirmed denied complained joked quipped promised vowed pledged suggested maintained asserted
    contended testified recounted lamented exclaimed shouted thundered boasted offered predicted urged called
    described opined mused pointed demanded questioned summed reports reported believes believed thinks thought
    insists agreed agrees alleged alleges accused accuses attacked blasted criticized criticised slammed mocked
    hailed praised denounced referred refers dismissed labeled labelled branded cautioned proclaimed pleaded vented
    texted posted emailed sings sang read reads concedes acknowledges admits argued jokes writes tweets recalls
    explains continues concludes complains calls describes boasts offers predicts suggests maintains contends
    laments promises vows counters countered interjected chimed whispered yelled screamed gushed quoted expressed
    defended touted cited encouraged encourages spoke speaking went compared likened characterized characterised
    urges responds replies answers remarks cites warns compares scolded scolds shouts pleads expects expected feels
    felt hopes hoped wondered wonders dedi deyib bildirib bildirdi vurğulayıb söyləyib söylədi söyledi belirtti
    kaydetti vurguladı сказал сказала заявил заявила отметил отметила подчеркнул подчеркнула добавил добавила
    сообщил сообщила déclaré affirmé souligné ajouté expliqué dit sagte erklärte betonte dijo afirmó declaró señaló
    disse afirmou
    """.split()
)

PARTICIPLES = tuple(
    """
    saying adding telling asking arguing claiming calling describing noting stating explaining warning insisting
    writing tweeting stressing emphasizing emphasising declaring suggesting denouncing admitting acknowledging
    complaining promising vowing joking boasting quipping replying responding accusing labeling labelling citing
    predicting encouraging urging referring recalling announcing pointing asserting contending alleging mocking
    """.split()
)
"""Forms whose subject is that of their sentence: Trump attacked her, saying, "…"."""

PRONOUNS = frozenset("he she".split())
"""They stand for the last person whom the text names; "they" and "I" stand for nobody certain."""

DESCRIPTIONS = {
    # "the head of state said" -> words one of which the person's office must have
    "head of state": ("president", "king", "queen", "emir"),
    "head of government": ("prime", "chancellor", "premier"),
    "azerbaijani leader": ("president",),
    "turkish leader": ("president",),
    "president": ("president",),
    "vice president": ("vice",),
    "prime minister": ("prime",),
    "premier": ("prime", "premier"),
    "chancellor": ("chancellor",),
    "minister": ("minister",),
    "foreign minister": ("foreign",),
    "defense minister": ("defense",),
    "defence minister": ("defence",),
    "secretary": ("secretary",),
    "secretary-general": ("secretary-general", "secretary"),
    "secretary general": ("secretary-general", "secretary"),
    "governor": ("governor",),
    "senator": ("senator",),
    "congressman": ("congressman", "representative"),
    "congresswoman": ("congresswoman", "representative"),
    "representative": ("representative",),
    "ambassador": ("ambassador",),
    "chairman": ("chairman",),
    "chairwoman": ("chairwoman",),
    "mayor": ("mayor",),
    "speaker": ("speaker",),
    "spokesman": ("spokesman",),
    "spokeswoman": ("spokeswoman",),
    "spokesperson": ("spokesperson", "spokesman", "spokeswoman"),
    "general": ("general",),
    "king": ("king",),
    "queen": ("queen",),
    "pope": ("pope",),
}

TITLE_CUES = frozenset(
    """
    themed theme titled entitled called named dubbed headlined headline title book film movie song article essay
    report novel play show series program programme project slogan motto hashtag campaign exhibition term phrase word
    words so-called known branded labeled labelled nicknamed
    """.split()
)
"""Words before a quotation that make it a title, a term or a slogan: the conference themed "…", so-called "…"."""
LONGEST_TITLE_CUE = 24

ORGANISATION_WORDS = frozenset(
    """
    house ministry department committee council party group bank university news times post watch association union
    agency office court senate congress campaign center centre foundation institute inc corp company journal press
    states nations kingdom street republic government administration organization organisation federation commission
    college school church army navy force forces police bureau board fund club team network tv radio magazine daily
    herald tribune chronicle report research poll survey justice security service services national international
    republicans democrats gop city county district airlines airport hospital studies policy affairs
    league capital partners securities equities labs studios music tower hotel plaza square avenue road
    islands valley coast times post digest examiner games prize award bill plan project deal accord accords pact
    summit forum conference convention debate election elections parenthood media online facebook twitter google
    amazon microsoft yahoo reuters bloomberg politico breitbart fargo sachs parliament bundestag senators
    congressmen lawmakers officials voters americans muslims christians jews latinos hispanics catholics evangelicals
    russians kremlin pentagon isis nato eu un
    act law treaty agreement declaration charter constitution day week month year january february march
    july september october november december monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
"""A run of capitalised words with one of these is no person's name."""

PREFIXES = frozenset(
    """
    north south east west new united northern southern eastern western central republican democrat democratic
    conservative liberal labour independent socialist green tory senior junior acting interim executive
    """.split()
)
"""They stand before a name or an institution and belong to neither: Democrat Hillary Clinton."""

NATIONS = frozenset(
    """
    afghan african albanian algerian american arab argentine armenian asian australian austrian azerbaijani
    bangladeshi belarusian belgian bosnian brazilian british bulgarian canadian chilean chinese colombian croatian
    cuban cypriot czech danish dutch egyptian english estonian european finnish french georgian german greek
    hungarian indian indonesian iranian iraqi irish israeli italian japanese jordanian kazakh kenyan korean kurdish
    kuwaiti kyrgyz latvian lebanese libyan lithuanian malaysian mexican moldovan mongolian moroccan nigerian
    norwegian pakistani palestinian polish portuguese qatari romanian russian saudi scottish serbian singaporean
    slovak slovenian somali spanish sudanese swedish swiss syrian tajik thai tunisian turkish turkmen ukrainian
    uzbek venezuelan vietnamese welsh yemeni
    """.split()
)
"""Italian Prime Minister Matteo Renzi is Matteo Renzi."""
