"""Biographies as lists print them: one person's facts, worded anew for each list in the list's language."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Sentences:
    """Per kind of fact the ways to say it. Places to fill: name, role, company, topic,
    other, before, study, year, place, side."""

    work: tuple[str, ...]
    topics: tuple[str, ...]
    before: tuple[str, ...]
    study: tuple[str, ...]
    home: tuple[str, ...]


SENTENCES = {
    "en": Sentences(
        (
            "{name} is a {role} at {company}.", "{name} works at {company} as a {role}.", "{name}, {role}, {company}.",
            "As a {role} at {company}, {name} helps teams get better.", "{role} at {company} and a regular speaker.",
            "I am a {role} at {company}.",
        ),
        (
            "Known for work on {topic} and {other}.", "Writes and speaks about {topic}.",
            "Cares deeply about {topic} and {other}.",
            "The current focus is {topic}.", "I love {topic}, {other} and good questions.",
        ),
        ("Formerly at {before}.", "Before that, {before}.", "Spent some years at {before}.", "Past stops include {before}."),
        ("Studied in {study}.", "Holds a degree from the University of {study}.", "{study} alumni, class of {year}."),
        (
            "Lives in {place} and likes {side}.", "Based in {place}.", "When not at work: {side}.",
            "Lives in {place} with two cats and too much {side}.",
        ),
    ),
    "es": Sentences(
        ("{name} trabaja en {company} ({role}).", "{role} en {company}.", "{name}, {role}, {company}."),
        ("Habla y escribe sobre {topic} y {other}.", "Su tema es {topic}.", "Le interesan {topic} y {other}."),
        ("Antes trabajó en {before}.", "Pasó por {before}."),
        ("Estudió en {study}.", "Universidad de {study}, {year}."),
        ("Vive en {place}.", "Desde {place}, entre {topic} y familia."),
    ),
    "pt": Sentences(
        ("{name} trabalha na {company} ({role}).", "{role} na {company}.", "{name}, {role}, {company}."),
        ("Fala e escreve sobre {topic} e {other}.", "O seu tema é {topic}.", "Interessa-se por {topic} e {other}."),
        ("Antes passou pela {before}.", "Trabalhou na {before}."),
        ("Estudou em {study}.", "Universidade de {study}, {year}."),
        ("Vive em {place}.", "Mora em {place} com a família."),
    ),
    "de": Sentences(
        ("{name} arbeitet bei {company} ({role}).", "{role} bei {company}.", "{name}, {role}, {company}."),
        ("Schreibt und spricht über {topic} und {other}.", "Schwerpunkt: {topic}.", "Beschäftigt sich mit {topic} und {other}."),
        ("Davor bei {before}.", "Frühere Station: {before}."),
        ("Studium in {study}.", "Universität {study}, Abschluss {year}."),
        ("Lebt in {place}.", "Wohnt mit Familie in {place}."),
    ),
    "fr": Sentences(
        ("{name} travaille chez {company} ({role}).", "{role} chez {company}.", "{name}, {role}, {company}."),
        ("Écrit et parle de {topic} et {other}.", "Son sujet : {topic}.", "Se passionne pour {topic} et {other}."),
        ("Passé par {before}.", "Auparavant chez {before}."),
        ("Études à {study}.", "Université de {study}, {year}."),
        ("Vit à {place}.", "Installé près de {place}."),
    ),
    "ru": Sentences(
        ("{name} работает в {company} ({role}).", "{company}, {role}.", "{name}, {role}, {company}."),
        ("Пишет и рассказывает про {topic} и {other}.", "Главная тема: {topic}.", "Интересы: {topic}, {other}."),
        ("Ранее {before}.", "До этого {before}."),
        ("Образование: {study}, {year}.", "Университет: {study}."),
        ("Город: {place}.", "Живёт: {place}."),
    ),
    "hi": Sentences(
        ("{name} {company} में {role} हैं।", "{company}, {role}।"),
        ("{topic} और {other} पर लिखते और बोलते हैं।", "मुख्य विषय: {topic}।"),
        ("इससे पहले {before}।", "पहले {before} में काम किया।"),
        ("शिक्षा: {study}, {year}।", "{study} विश्वविद्यालय।"),
        ("शहर: {place}।", "{place} में रहते हैं।"),
    ),
    "ta": Sentences(
        ("{name}, {company}, {role}.", "{company} நிறுவனத்தில் {role}."),
        ("{topic} மற்றும் {other} பற்றி எழுதுகிறார்.", "முக்கிய ஆர்வம்: {topic}."),
        ("முன்பு {before}.", "இதற்கு முன் {before}."),
        ("படிப்பு: {study}, {year}.", "{study} பல்கலைக்கழகம்."),
        ("ஊர்: {place}.", "{place} இல் வசிக்கிறார்."),
    ),
    "zh": Sentences(
        ("{name}，{company}，{role}。", "{name}就职于{company}。"),
        ("关注{topic}和{other}。", "主要方向：{topic}。"),
        ("曾任职于{before}。", "此前在{before}。"),
        ("毕业于{study}大学。", "{year}年毕业于{study}。"),
        ("现居{place}。", "常住{place}。"),
    ),
    "ar": Sentences(
        ("{name} في {company} ({role}).", "{role} لدى {company}."),
        ("الاهتمام: {topic} و{other}.", "الموضوع الرئيسي: {topic}."),
        ("سابقا في {before}.", "قبل ذلك {before}."),
        ("الدراسة في {study}.", "جامعة {study}، {year}."),
        ("المدينة: {place}.", "من سكان {place}."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeFacts:
    """What one person can say in one language, at any time; `places` are home and place of study."""

    topics: tuple[str, ...]
    side: str
    study: str
    year: int


def write_biography(
    rng: Random, language: str, facts: LifeFacts, *, name: str, role: str, company: str, before: str | None, place: str
) -> str:
    """One wording: work and topics mostly, the rest as the person feels; facts may be left out, never wrong."""
    sentences, roll = SENTENCES[language], rng.random
    topic = int(roll() * len(facts.topics))
    words = {
        "name": name, "role": role, "company": company, "before": before, "study": facts.study, "year": facts.year,
        "place": place, "side": facts.side, "topic": facts.topics[topic], "other": facts.topics[topic - 1],
    }  # fmt: skip
    chosen = []
    for kinds, share in (
        (sentences.work, 0.85), (sentences.topics, 0.9), (sentences.before, 0.4 if before else 0.0), (sentences.study, 0.3),
        (sentences.home, 0.4),
    ):  # fmt: skip
        if roll() < share:
            chosen.append(kinds[int(roll() * len(kinds))])
    if not chosen:
        chosen.append(sentences.topics[0])
    text = ("" if language == "zh" else " ").join(chosen).format_map(words)
    return text[0].upper() + text[1:]
