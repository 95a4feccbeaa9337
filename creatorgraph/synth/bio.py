"""Bios: a person's facts, said anew for each profile by a small grammar in the person's language."""

from dataclasses import dataclass
from random import Random

from creatorgraph.synth.niche import NICHES, Niche


@dataclass(frozen=True, slots=True)
class Phrases:
    """Sentence parts of one language. Places to fill: topic, other, role, offer, place, year, count, address."""

    openers: tuple[str, ...]
    middles: tuple[str, ...]
    places: tuple[str, ...]
    calls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BioFacts:
    """What one person says of themselves, wherever they say it."""

    niche: Niche
    language: str
    topics: tuple[str, ...]
    role: str
    offer: str
    place: str | None
    year: int
    count: int


PHRASES = {
    "en": Phrases(
        (
            "{topic} and {other}", "{role} | {topic}", "{role} obsessed with {topic}", "All about {topic}", "{topic}, mostly",
            "Making {topic} simple", "{role} by day, {topic} by night", "Your friend for {topic} & {other}",
            "Learning {topic} in public", "I post {topic}, {other} and bad jokes", "{other} first, then {topic}",
        ),
        (
            "{offer}", "{count}+ videos since {year}", "Sharing {offer}", "Doing this since {year}", "{offer} for beginners",
            "Team of one, {count} cups of tea", "he/him", "she/her", "they/them", "Opinions my own", "Work in progress",
            "{count}k of you so far, thank you",
        ),
        ("{place}", "Based in {place}", "📍 {place}", "{place} born and raised", "From {place} with love", "Living in {place}"),
        (
            "Business: {address}", "📩 {address}", "Write to {address}", "Collabs → {address}", "Work with me: {address}",
            "Contact {address}",
        ),
    ),
    "es": Phrases(
        ("{topic} y {other}", "Amante de {topic}", "Todo sobre {topic}", "Hablo de {topic}, {other} y más", "{topic} sin prisa"),
        ("Desde {year}", "Vídeo nuevo cada semana", "{count} vídeos y sumando", "Comparto lo que aprendo", "Gracias por estar"),
        ("{place}", "Desde {place}", "📍 {place}", "Vivo en {place}"),
        ("Contacto: {address}", "Colaboraciones {address}", "📩 {address}"),
    ),
    "pt": Phrases(
        ("{topic} e {other}", "Apaixonada por {topic}", "Tudo sobre {topic}", "Falo de {topic} e {other}",
         "{topic} sem mistério"),
        ("Desde {year}", "Vídeo novo toda semana", "{count} vídeos até aqui", "Dicas todo dia", "Obrigada por estar aqui"),
        ("{place}", "Direto de {place}", "📍 {place}", "Moro em {place}"),
        ("Contato: {address}", "Parcerias {address}", "📩 {address}"),
    ),
    "de": Phrases(
        ("{topic} und {other}", "Alles über {topic}", "{topic} für alle", "Hier geht es um {topic} und {other}",
         "Fan von {topic}"),
        ("Seit {year}", "Jede Woche ein neues Video", "{count} Beiträge und mehr", "Ehrlich und ohne Filter",
         "Schön, dass du da bist"),
        ("{place}", "Aus {place}", "📍 {place}", "Zuhause in {place}"),
        ("Kontakt: {address}", "Anfragen an {address}", "📩 {address}"),
    ),
    "fr": Phrases(
        ("{topic} et {other}", "Tout sur {topic}", "Je parle de {topic} et {other}", "Passion : {topic}", "{topic} au quotidien"),
        ("Depuis {year}", "Une vidéo par semaine", "{count} vidéos déjà", "Sans filtre", "Merci d'être là"),
        ("{place}", "Depuis {place}", "📍 {place}", "Je vis à {place}"),
        ("Contact : {address}", "Collabs {address}", "📩 {address}"),
    ),
    "ru": Phrases(
        ("{topic} и {other}", "Всё про {topic}", "Пишу про {topic}, {other}", "{topic} каждый день", "Блог: {topic}"),
        ("С {year} года", "Новое видео каждую неделю", "Уже {count} видео", "Просто о сложном", "Спасибо, что вы здесь"),
        ("{place}", "Живу: {place}", "📍 {place}", "Город: {place}"),
        ("Сотрудничество: {address}", "Почта {address}", "📩 {address}"),
    ),
    "hi": Phrases(
        ("{topic} और {other}", "{topic} की बातें", "{topic} सबके लिए", "मेरा जुनून: {topic}", "{topic}, {other} और ज़िंदगी"),
        ("{year} से", "हर हफ्ते नया वीडियो", "{count} वीडियो", "सीखो और सिखाओ", "साथ देने का शुक्रिया"),
        ("{place}", "📍 {place}", "{place} से"),
        ("संपर्क: {address}", "📩 {address}", "काम के लिए {address}"),
    ),
    "ta": Phrases(
        ("{topic} மற்றும் {other}", "{topic} பற்றி", "{topic} எல்லோருக்கும்", "என் ஆர்வம்: {topic}", "{topic}, {other}, வாழ்க்கை"),
        ("{year} முதல்", "வாரம் ஒரு காணொளி", "{count} காணொளிகள்", "கற்போம் பகிர்வோம்", "ஆதரவுக்கு நன்றி"),
        ("{place}", "📍 {place}", "ஊர்: {place}"),
        ("தொடர்புக்கு: {address}", "📩 {address}", "மின்னஞ்சல் {address}"),
    ),
    "zh": Phrases(
        ("{topic}和{other}", "分享{topic}", "热爱{topic}", "{topic}日常", "一起聊{topic}、{other}"),
        ("始于{year}年", "每周更新", "已发布{count}个视频", "慢慢来", "感谢关注"),
        ("{place}", "📍{place}", "坐标{place}"),
        ("合作：{address}", "📩 {address}", "商务 {address}"),
    ),
    "ar": Phrases(
        ("{topic} و{other}", "كل شيء عن {topic}", "أحب {topic}", "{topic} كل يوم", "محتوى عن {topic} و{other}"),
        ("منذ {year}", "فيديو جديد كل أسبوع", "{count} فيديو حتى الآن", "ببساطة", "شكرا لوجودكم"),
        ("{place}", "📍 {place}", "من {place}"),
        ("للتواصل: {address}", "📩 {address}", "للإعلان {address}"),
    ),
}  # fmt: skip

_SEPARATORS = (" | ", " • ", ". ", "\n", " · ", " – ", ", ")


def bio_facts(rng: Random, language: str, place: str | None) -> BioFacts:
    """Facts of a new person who writes in `language` (English where the niche has no words for it)."""
    niche = rng.choice(NICHES)
    topics = niche.local.get(language) or niche.topics
    return BioFacts(
        niche=niche,
        language=language if language in niche.local else "en",
        topics=tuple(rng.sample(topics, min(4, len(topics)))),
        role=rng.choice(niche.roles),
        offer=rng.choice(niche.offers),
        place=place,
        year=rng.randint(2007, 2026),
        count=rng.randint(2, 990),
    )


def write_bio(rng: Random, facts: BioFacts, address: str | None) -> str:
    """One wording of the facts: an opener, then some of the rest in any order. `address` is an email to invite mail to."""
    phrases = PHRASES[facts.language]
    roll = rng.random
    topics = facts.topics
    first = int(roll() * len(topics))
    words = {
        "topic": topics[first],
        "other": topics[first - 1],
        "role": facts.role,
        "offer": facts.offer,
        "place": facts.place,
        "year": facts.year,
        "count": facts.count,
        "address": address,
    }
    pick = [phrases.openers[int(roll() * len(phrases.openers))]]
    if roll() < 0.6:
        pick.append(phrases.middles[int(roll() * len(phrases.middles))])
    if facts.place and roll() < 0.4:
        pick.append(phrases.places[int(roll() * len(phrases.places))])
    if roll() < 0.3:
        pick.append(phrases.middles[int(roll() * len(phrases.middles))])
    if roll() < 0.3:
        pick.reverse()
    if address:
        pick.append(phrases.calls[int(roll() * len(phrases.calls))])
    text = _SEPARATORS[int(roll() * len(_SEPARATORS))].join(pick).format_map(words)
    if roll() < 0.45:
        emoji = facts.niche.emoji
        text = f"{text} {emoji[int(roll() * len(emoji))]}"
    return text[0].upper() + text[1:]
