"""Short forms of given names, both ways."""

from functools import cache

# Formal name, then usual short forms; common knowledge of several European languages.
_FORMS = """
alexander alex lex sandy xander sasha; alexandra alex sandra sasha; andrew andy drew; anthony tony; antonio toni tony;
barbara barb babs; benjamin ben benny; catherine cathy cate kate; charles charlie chuck; christine chris tina;
christopher chris topher kit; daniel dan danny; david dave davy; deborah deb debbie; dmitry dima mitya;
donald don donnie; dorothy dot dottie; edward ed eddie ted ned; elizabeth liz beth betty eliza lizzie betsy;
francisco paco fran pancho; frederick fred freddie; gabriel gabe; gerald gerry jerry; gregory greg; harold harry hal;
henry hank harry; jacob jake; james jim jimmy jamie; jeffrey jeff; jennifer jen jenny; jessica jess; johannes hans jan;
john jack johnny jon; jonathan jon jonny; jose pepe; joseph joe joey; joshua josh; katherine kate katie kathy kat;
kenneth ken kenny; lawrence larry laurie; leonard leo len lenny; margaret maggie meg peggy greta; martin marty;
matthew matt; maximilian max; michael mike mick mikey; mikhail misha; nathaniel nate nathan; nicholas nick nico klaus;
pamela pam; patricia pat patty trish; patrick pat paddy; peter pete; philip phil; rafael rafa; raymond ray;
rebecca becky becca; richard rick dick ricky rich; robert rob bob bobby robbie; ronald ron ronnie;
samantha sam; samuel sam sammy; sebastian seb basti; stephen steve; steven steve; susan sue susie; theodore ted theo;
thomas tom tommy; timothy tim; valerie val; victoria vicky tori; vincent vince vinny; walter walt; william will bill billy liam;
zachary zach zack
"""


@cache
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _FORMS.split(";"):
        formal, *short = line.split()
        for form in short:
            found.setdefault(formal, set()).add(form)
            found.setdefault(form, set()).add(formal)
    return {name: frozenset(forms) for name, forms in found.items()}


def formal_and_short(given_name: str) -> tuple[str, ...]:
    """Other forms of a folded given name, sorted: `bob` -> (`robert`,)."""
    return tuple(sorted(_table().get(given_name, ())))


def has_forms(given_name: str) -> bool:
    """Whether a folded word is a given name with other forms."""
    return given_name in _table()


def are_forms(one: str, other: str) -> bool:
    """Whether one is a short form of the other."""
    return other in _table().get(one, ())
