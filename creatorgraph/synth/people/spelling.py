"""Other spellings of one name: short forms, ways into Latin letters, slips of the pen."""

from random import Random

# Formal name, then what friends say; common knowledge, and on purpose not the table that the resolver has.
_SHORT_FORMS = {
    formal: tuple(forms)
    for formal, *forms in (
        line.split()
        for line in """
        james jim jimmy; benjamin ben; daniel dan danny; samuel sam; alexander alex sasha; thomas tom; nathan nate; jacob jake;
        matthew matt; oliver olly; olivia liv; emily em emmy; isabella bella; charlotte lottie charlie; abigail abby;
        jessica jess; samantha sam; rachel rach; natalie nat; benedikt ben; maximilian max; johannes hannes; katharina kathi;
        sebastian basti; elisabeth lisa; francisco paco; josé pepe; manuel manolo; alejandro ale; alejandra ale; antonio toño;
        valentina vale; gabriela gabi; daniela dani; fernando fer; rafael rafa; guilherme gui; leonardo leo; eduardo edu;
        екатерина катя; мария маша; ольга оля; наталья наташа; елена лена; дарья даша; анастасия настя; александр саша;
        дмитрий дима; михаил миша; сергей серёжа; алексей лёша; владимир вова; ekaterina katya; anastasia nastya;
        dmitry dima; mikhail misha; sergey serge; vladimir vlad; natalia natasha; karthik kart; abhishek abhi; siddharth sid;
        mohammed mo; abdullah abed; christophe chris; nicolas nico; frédéric fred; philippe phil; dominique dom
        """.replace("\n", " ").split(";")
    )
}
_SPELLINGS: dict[str, tuple[tuple[tuple[str, str], ...], ...]] = {
    # per language what the three spellings in use replace; the first is that of the culture's own list
    "ru": ((), (("y", "i"), ("Yu", "Iu"), ("Ju", "Yu"), ("ks", "x")), (("ey", "ei"), ("ry", "riy"), ("kh", "h"))),
    "ar": (
        (), (("ou", "u"), ("ee", "i"), ("ss", "s")),
        (("led", "lid"), ("med", "mad"), ("Mos", "Mus"), ("Q", "K"), ("ei", "ai"), ("sser", "sir")),
    ),
    "hi": ((), (("ee", "i"), ("v", "w"), ("au", "ou")), (("oo", "u"), ("aa", "a"), ("ksh", "x"), ("tri", "thri"))),
    "ta": ((), (("th", "t"), ("zh", "l"), ("oo", "u")), (("dh", "d"), ("Siva", "Shiva"), ("Vij", "Wij"))),
}  # fmt: skip
TYPO_SHARE = 0.012
"""Share of entries with a slip in the name."""


def short_form(rng: Random, given: str) -> str | None:
    """What the bearer of a given name may be called, in the same capitals; None where we know none."""
    forms = _SHORT_FORMS.get(given.lower())
    return forms[int(rng.random() * len(forms))].title() if forms else None


def respelled(latin: str, language: str, spelling: int) -> str:
    """A name in Latin letters as another habit of transliteration writes it; the same for all of a list's entries."""
    for old, new in _SPELLINGS.get(language, ((), (), ()))[spelling]:
        latin = latin.replace(old, new)
    return latin


def with_slip(rng: Random, word: str) -> str:
    """One letter swapped with the next, left out or written twice; the first letter stays."""
    if len(word) < 4:
        return word
    place = 1 + int(rng.random() * (len(word) - 2))
    roll = rng.random()
    if roll < 0.4:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place + 1 :] if roll < 0.7 else word[:place] + word[place] + word[place:]
