"""The words by which a sentence of a language tells its numbers apart, one module a language."""

from okrsite.sentences.words import de, en, es, fr, pt, zh
from okrsite.sentences.words.lexicon import Lexicon, Role, lexicon

LEXICONS: dict[str, Lexicon] = {
    "en": lexicon(en.WORDS),
    "de": lexicon(de.WORDS),
    "fr": lexicon(fr.WORDS),
    "es": lexicon(es.WORDS),
    "pt": lexicon(pt.WORDS),
    "zh": lexicon(zh.WORDS),
}

__all__ = ["LEXICONS", "Lexicon", "Role"]
