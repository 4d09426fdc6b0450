"""First names by which a run of capitalised words is known as a person's, and by which "he" or "she" is known to fit.

Common ones of the languages that speeches are reported in, folded.  A name that either may bear is in neither table; an
unknown name fits both pronouns.
"""

from __future__ import annotations

__all__ = ["FIRST_NAMES", "HERS", "HIS"]

HIS = frozenset(
    """
    aaron abdul abdullah abraham adam adil ahmad ahmed alan albert aleksandr alexander alexei alfred ali allen alok
    anders andre andrei andrew andy anthony antonio antony arif arnold arthur asif asim barack barry ben benjamin
    bernard bernie bill bob boris brad brandon brian bruce bryan carl carlos cem charles charlie chris christian
    christopher chuck colin corey craig cyril dan daniel dave david dean dennis derek dick dirk dmitri dmitry don
    donald doug douglas drew earl ed eddie edgar edmund edward edwin elijah elmar elon emile emin emmanuel enrique
    eric erik ernest eugene evan farhad felix fernando francis francisco francois frank franklin fred frederick
    friedrich fuad gabriel gary gavin geoff geoffrey george gerald gerard giorgi giorgos giovanni giuseppe glenn
    gordon graham greg gregory guido gustav guy hans harold harry hasan hassan heiko heinrich heinz henri henry
    herbert hikmet howard hugh hussein ian ibrahim igor ilham ilya irakli isaac ismail ivan jack jacob jacques jaime
    jake jamal james jared jason javier jay jeff jeffrey jens jeremy jerome jerry jeyhun jim jimmy joe joel johan
    johann john johnny jon jonathan jorge jose joseph josh joshua juan julian justin kamal karl keith ken kenneth
    kevin kemal khalid klaus kurt kyle larry lars laurence lawrence lee leif leon leonard lewis liam lindsey lloyd
    lorenzo louis luca lucas luis luke magnus mahmoud mahmud manuel marc marcel marco marcus mario mark markus
    martin matt matteo matthew matthias maurice max mehmet mevlut michael michel miguel mike mikhail mitch mitt
    mohamed mohammad mohammed moritz muhammad murad mustafa narendra nathan neil nicholas nick nicolas nigel nikol
    nikolai noah norman oleg olaf oliver omar oscar osman otto pablo pat patrick paul pavel pedro pete peter petr
    phil philip philipp phillip pierre qasim rafael ralph ramil rand randy rashid raul ray raymond recep reza
    ricardo richard rick rishi rob robert roberto rodrigo roger roland roman ron ronald roy ruslan russell ryan
    salman sam samir samuel scott sean sebastian serge sergei sergey sergio shahin shane shaun sherrod shinzo simon
    stanley stefan stephen steve steven stuart tayyip ted teymur terrence terry theo theodore thomas tim timothy
    toby todd tom tommy tony travis ulrich vagif vaclav victor viktor vincent vladimir volker volodymyr wang walter
    warren wayne werner wilhelm will william wolfgang xavier yusif yusuf zaur zelimkhan ильхам владимир дмитрий
    сергей александр алексей андрей иван михаил николай петр павел виктор юрий олег игорь реджеп
    """.split()
)
HERS = frozenset(
    """
    abigail ada aisha alice alicia alina alison aliya amal amanda amina amy ana anastasia andrea angela angelina
    anita ann anna annalena anne annette annie aung aygul aylin aysel ayse barbara beatrice bela benazir bertha beth
    betsy betty beverly bonnie brenda bridget camilla carla carly carmen carol carolina caroline carolyn catherine
    cecilia charlotte cheryl christiane christina christine cindy claire clara claudia condoleezza connie cristina
    cynthia dana deborah debbie denise diana diane dianne dolores donna doris dorothy eileen elaine eleanor elena
    elisabeth elise elizabeth ella ellen elsa emily emma erica esther eva evelyn fatima federica fiona florence
    frances frida gabriela gina giorgia gisela gloria grace greta gulnara gwen hannah harriet heather heidi helen
    helena helga henrietta hilary hillary ilana indira ingrid irene irina isabel isabelle ivanka jacinda jacqueline
    jan jane janet janice jean jeanne jennifer jenny jessica jill joan joanna jocelyn josephine joyce juanita judith
    judy julia julie kaja kamala karen karin katharina katherine kathleen kathryn kathy katie kellyanne kirsten
    kristi kristalina kristen kristina lana laura lauren leila lena leyla lillian linda lisa liz loretta louise
    lucia lucy lydia madeleine margaret margarita maria marianne marie marilyn marine marta martha mary maryam megan
    megyn melania melanie melissa mehriban mia michaela michele michelle mildred miriam molly monica nadia nana
    nancy naomi narmin natalia natalie natasha nicola nicole nigar nina nora norma olga olivia pamela patricia patty
    paula pauline penelope penny phyllis priti priyanka rachel rebecca regina renee rita roberta robin rosa rose
    rosemary roza ruth sabina sally samantha sandra sanna sara sarah sevinj sharon sheila shirley simone sofia sonia
    sonja sophia sophie stacey stella stephanie sue susan susanna suzanne sylvia tamara tanya teresa theresa tina
    tulsi tzipi ursula valentina valerie vanessa vera veronica victoria violeta virginia vivian wendy yasmin yulia
    yvonne zeynep анна мария елена ольга наталья татьяна ирина светлана екатерина людмила мехрибан валентина
    """.split()
)
FIRST_NAMES = HIS | HERS
