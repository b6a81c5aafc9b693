"""Which language a text is in, by its commonest words.

A list of function words is enough here, needs no model, and says why: of twenty words or more, a text is English if at
least a fifth are among English ones and no other list has more of them; it is another language if that language's list
has at least a seventh of its words and twice as many as English. Anything else stays unknown: tables, lists of names.
A text mostly in letters other than Latin ones is `und`, not determined. The lists leave out words that two of the
languages share where that can be helped.
"""

from __future__ import annotations

import re

__all__ = ["find_language"]

#: How much of a text is looked at, in characters.
_SAMPLE = 50_000

#: The fewest words that tell.
_FEWEST = 20

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_FUNCTION_WORDS = {
    "en": "the of and to a in that is was for it with as be on not by at are this have from or had an they which their "
    "has were been would there will said its but he she we you who more what when if than can could should about",
    "cy": "y yr yn o i a ac ar ei eu gan gyda wedi fod mae bod oedd sydd nid am at hyn hynny yw neu ond bydd ein ni",
    "de": "der die das und ist nicht mit den von zu ein eine auf für sich dem des im auch es werden wird sie als aus",
    "es": "el la los las de que y en un una por con para se no del es al lo su más como pero ha sus este son también",
    "fr": "le la les de des du et un une est que qui dans en pour par sur pas au aux ce il elle sont avec plus ont",
    "it": "il lo la gli di che e un una per con non del della dei è sono nel si al anche da le alla più come ha questo",
    "nl": "de het een en van dat niet zijn te op met voor er aan ook bij uit dit wordt naar worden om hij ze maar die",
    "pl": "i w na z do nie się jest że to o jak po od za są przez dla oraz ale ich tym być który która które jego",
    "pt": "o a os as de que e do da em um uma para com não por mais se no na dos das ao foi são também pelo pela como",
    "sv": "och att det som en på är av för med den till inte har ett om de var vi men så från kan han ska vid eller",
}
_LISTS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}


def find_language(text: str) -> str | None:
    """Return the language of a text as a BCP 47 tag, `und` for other scripts, None where the words do not tell.

    Example:
        >>> find_language("The council said that it would not be able to meet the costs of the plan by the end of it.")
        'en'
    """
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    letters = "".join(words)
    latin = sum(sign < "\u0250" for sign in letters)
    if len(letters) >= _FEWEST * 3 and latin * 2 < len(letters):
        return "und"
    if len(words) < _FEWEST:
        return None
    counts = {language: sum(word in known for word in words) for language, known in _LISTS.items()}
    english = counts.pop("en")
    other, count = max(counts.items(), key=lambda item: item[1])
    if english * 5 >= len(words) and english >= count:
        return "en"
    if count * 7 >= len(words) and count >= english * 2:
        return other
    return None
