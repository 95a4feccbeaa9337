"""How people of different languages are named; one module per culture, all names composed from common lists."""

from creatorgraph.synth.culture.arabic import ARABIC
from creatorgraph.synth.culture.chinese import CHINESE
from creatorgraph.synth.culture.culture import Culture, PersonName
from creatorgraph.synth.culture.english import ENGLISH
from creatorgraph.synth.culture.french import FRENCH
from creatorgraph.synth.culture.german import GERMAN
from creatorgraph.synth.culture.hindi import HINDI
from creatorgraph.synth.culture.portuguese import PORTUGUESE
from creatorgraph.synth.culture.russian import RUSSIAN
from creatorgraph.synth.culture.spanish import SPANISH
from creatorgraph.synth.culture.tamil import TAMIL

CULTURES = (ENGLISH, SPANISH, PORTUGUESE, HINDI, GERMAN, FRENCH, RUSSIAN, ARABIC, CHINESE, TAMIL)

__all__ = ["CULTURES", "Culture", "PersonName"]
