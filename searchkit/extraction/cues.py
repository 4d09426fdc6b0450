"""The words by which a text says that somebody speaks: tables for attribution."""

from __future__ import annotations

__all__ = ["CUES", "DESCRIPTIONS", "LONGEST_TITLE_CUE", "ORGANISATION_WORDS", "PRONOUNS", "TITLE_CUES"]

CUES = tuple(
    # "…," he said
    """
    said says say stated states noted notes added adds told tells stressed stresses emphasized emphasised emphasizes
    underlined underscored highlighted declared declares announced announces explained explains argued argues warned
    warns claimed claims insisted insists replied replies responded answered asked asks continued continues concluded
    recalled remarked observed wrote writes tweeted commented admitted acknowledged conceded reiterated repeated
    confirmed denied complained joked quipped promised vowed pledged suggested maintained asserted contended
    testified recounted lamented exclaimed shouted thundered boasted offered predicted urged called described opined
    mused pointed demanded tells asks questioned observed summed
    dedi deyib bildirib bildirdi vurğulayıb söyləyib söylədi söyledi belirtti kaydetti vurguladı
    сказал сказала заявил заявила отметил отметила подчеркнул подчеркнула добавил добавила сообщил сообщила
    déclaré affirmé souligné ajouté expliqué dit sagte erklärte betonte dijo afirmó declaró señaló disse afirmou
    """.split()
)

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
    north south east west new united american european republican republicans democrat democrats democratic
    conservative liberal labour gop city county district airlines airport hospital studies policy affairs
    act law treaty agreement declaration charter constitution day week month year january february march
    july september october november december monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
"""A run of capitalised words with one of these is no person's name."""
