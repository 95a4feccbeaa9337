"""Fandom: what pages about somebody say of themselves so that nobody takes them for that person."""

import re

from creatorgraph.resolution.text.fold import fold

# Phrases by which fan pages, parodies and tributes declare themselves, in the languages that most of them write.
_PHRASE_LIST = """
fan page; fanpage; fan account; fan acc; fan club; fanclub; fan site; fansite; fan made;
fanmade; fan edits; run by fans; fan run; unofficial; not official; not affiliated;
no affiliation; unaffiliated; parody; parody account; tribute page; tribute account;
stan account; not the real; no oficial; pagina de fans; cuenta de fans; club de fans;
cuenta fan; parodia; nao oficial; pagina de fas; fa clube; conta fa; non officiel;
non officielle; page de fans; compte fan; parodie; inoffiziell; inoffizielle; nicht offiziell;
fanseite; fan seite; non ufficiale; pagina fan; неофициальная; неофициальный; фан страница;
фан клуб; фанклуб; фан аккаунт; фан группа; 非官方; 粉丝团; 粉丝页; 后援会; ファンアカウント; 非公式; 팬페이지; 팬계정;
غير رسمي; صفحة معجبين; حساب معجبين; फैन पेज; फैन क्लब; अनऑफिशियल; ரசிகர் பக்கம்; ரசிகர் மன்றம்
"""
_PHRASES = tuple(fold(phrase) for phrase in _PHRASE_LIST.split(";"))
_SPACED = tuple(phrase for phrase in _PHRASES if ord(phrase[0]) < 0x2E80)
_UNSPACED = tuple(phrase for phrase in _PHRASES if ord(phrase[0]) >= 0x2E80)
SAYS = rf"(?:^|\s)(?:{'|'.join(sorted(_SPACED))})(?:\s|$)|{'|'.join(sorted(_UNSPACED))}"
"""Found in a folded bio or name of such a page; letters, digits and spaces need no escape in any syntax of patterns."""
NAMED = r"\S\s+fans$"
"""Found in the folded name of one."""
_SAYS, _NAMED = re.compile(SAYS), re.compile(NAMED)


def is_about_somebody(display_name: str, bio: str) -> bool:
    """Whether the texts say that the page is about somebody by others: a fan page, a parody, a tribute."""
    name = fold(display_name)
    return bool(_SAYS.search(fold(bio)) or _SAYS.search(name) or _NAMED.search(name))
