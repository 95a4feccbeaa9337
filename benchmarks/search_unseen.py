"""Queries that were written after the ranking was chosen, before it had answered any of them: scored, and never tuned on."""

from benchmarks.search_query import JudgedQuery
from creatorgraph.store.read.creator import CreatorFilter


def _query(text: str, niche: str, place: str | None = None, **filter_by: object) -> JudgedQuery:
    return JudgedQuery(
        text=text,
        niche=niche,
        topics=frozenset(),
        place=place,
        filter_by=CreatorFilter(**filter_by),  # type: ignore[arg-type]
    )


UNSEEN = (
    _query("portraits of families and newborn babies", "Photographer"),
    _query("explaining black holes and space missions", "Science & technology"),
    _query("how to plan for early retirement", "Personal finance"),
    _query("beating the hardest bosses in role playing games", "Gaming"),
    _query("stretching and mobility for stiff backs", "Fitness"),
    _query("drummer who teaches rhythm", "Musician/band"),
    _query("hiking trails and mountain huts", "Travel"),
    _query("activities for toddlers on rainy days", "Parenting"),
    _query("everyday makeup for beginners", "Beauty"),
    _query("watercolour landscapes and sketchbooks", "Artist"),
    _query("quick dinners for weeknights", "Food & cooking"),
    _query("sustainable clothing brands", "Fashion"),
    # with a place
    _query("street photographer in Chicago", "Photographer", "Chicago"),
    _query("marathon runners in Boston", "Fitness", "Boston"),
    _query("vegan food in Austin", "Food & cooking", "Austin"),
    _query("indie musicians from Manchester", "Musician/band", "Manchester"),
    _query("makeup artist in Sydney", "Beauty", "Sydney"),
    _query("travel tips from someone in Vancouver", "Travel", "Vancouver"),
    # in other languages
    _query("maquillaje natural", "Beauty", language="es"),
    _query("videojuegos de terror", "Gaming", language="es"),
    _query("treino em casa", "Fitness", language="pt"),
    _query("Reisen mit dem Zug", "Travel", language="de"),
    # with a size
    _query("small crochet and knitting artists", "Artist", max_followers=2_000),
    _query("big finance educators", "Personal finance", min_followers=10_000),
)
