"""The judged queries: said as people say it, with what of the synthetic world answers them."""

from dataclasses import dataclass, field

from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedQuery:
    """`niche` is a category of the world, `topics` those of its topics that answer the query (in every language), `place` the
    Latin name of a place that it names. `filter_by` holds for everybody that is asked."""

    text: str
    niche: str
    topics: frozenset[str]
    place: str | None = None
    filter_by: CreatorFilter = field(default=NO_FILTER)


def _query(
    text: str, niche: str, topics: str, place: str | None = None, filter_by: CreatorFilter = NO_FILTER
) -> JudgedQuery:
    words = frozenset(part.strip() for part in topics.split(","))
    return JudgedQuery(text=text, niche=niche, topics=words, place=place, filter_by=filter_by)


_STRENGTH = (
    "strength training, kettlebells, CrossFit, calisthenics, fuerza, musculação, Krafttraining, musculation, "
    "силовые тренировки, शक्ति प्रशिक्षण, வலிமை பயிற்சி, 力量训练, رفع الأثقال"
)
_RUNNING = "marathon running, trail runs, correr maratones, corrida, Laufen, course à pied, бег, दौड़, ஓட்டம், 跑步, الجري"
_YOGA = "yoga flows, yoga, ioga, Yoga, йога, योग, யோகா, 瑜伽, اليوغا"
_SKIN = (
    "skincare, acne care, clean beauty, cuidado de la piel, cuidados com a pele, Hautpflege, soin de la peau, "
    "уход за кожей, त्वचा की देखभाल, சரும பராமரிப்பு, 护肤, العناية بالبشرة"
)
_NAILS = "nail art, uñas, unhas, Nageldesign, маникюр, नेल आर्ट, நக அலங்காரம், 美甲, الأظافر"
_RETRO = (
    "speedruns, retro consoles, retro, retrô, Retrospiele, rétro, ретро игры, पुराने गेम, பழைய விளையாட்டுகள், 怀旧主机, "
    "ألعاب قديمة"
)
_BREAD = "sourdough, fermentation, pan casero, pão caseiro, Sauerteig, pain maison, домашний хлеб, خبز منزلي"
_VEGAN = (
    "vegan baking, cocina vegana, cozinha vegana, vegane Küche, cuisine végane, веганская кухня, शाकाहारी खाना, சைவ உணவு, "
    "素食, أكل نباتي"
)
_STREET_FOOD = "street food, स्ट्रीट फूड, தெரு உணவு, 街头小吃"
_VAN = "van life, road trips, camping, rutas en furgoneta, Vanlife, vanlife, सड़क यात्रा, சாலைப் பயணம், 自驾, تخييم"
_TRAINS = "night trains, border crossings, Nachtzüge, trains de nuit"
_SONGS = "songwriting, canciones propias, Songwriting, गीत लेखन, 原创音乐, песни, chanson, تلحين"
_JAZZ = "jazz piano, jazz, Jazz, джаз, 爵士, piano, Klavier, фортепиано, 钢琴, بيانو"
_ROBOTS = (
    "robotics, electronics, 3D printing, robótica, Robotik, 3D-Druck, robotique, impression 3D, робототехника, रोबोटिक्स, "
    "ரோபோடிக்ஸ், 机器人, روبوتات, electrónica, eletrônica, Elektronik, électronique, электроника, इलेक्ट्रॉनिक्स, மின்னணுவியல், "
    "电子制作, إلكترونيات"
)
_SECOND_HAND = (
    "thrift flips, vintage denim, sewing, ropa de segunda mano, brechó, Secondhand, friperie, винтаж, 古着, costura, Nähen, "
    "couture, шитьё, सिलाई, தையல், 缝纫, خياطة"
)
_CERAMICS = "ceramics, cerámica, cerâmica, Keramik, céramique, керамика, मिट्टी के बर्तन, மட்பாண்டம், 陶艺, خزف"
_CALLIGRAPHY = "calligraphy, каллиграфия, सुलेख, எழுத்தணி, 书法, خط عربي"
_WEDDINGS = "weddings, bodas, casamentos, Hochzeiten, mariages, свадьбы, शादियाँ, திருமணங்கள், 婚礼, أعراس"
_INVEST = (
    "index funds, inversión, investimentos, ETFs, investissement, инвестиции, निवेश, शेयर बाजार, முதலீடு, பங்குச் சந்தை, 基金, "
    "استثمار"
)

QUERIES = (
    _query("getting stronger by lifting heavy weights", "Fitness", _STRENGTH),
    _query("training plan for my first long distance race", "Fitness", _RUNNING),
    _query("how to get rid of pimples and dry skin", "Beauty", _SKIN),
    _query("manicure ideas", "Beauty", _NAILS),
    _query("finishing old Nintendo titles as fast as possible", "Gaming", _RETRO),
    _query("relaxing farming games on the couch", "Gaming", "cosy games, indie finds"),
    _query("homemade bread with wild yeast", "Food & cooking", _BREAD),
    _query("cakes without eggs and milk", "Food & cooking", f"{_VEGAN}, cakes"),
    _query("living in a camper and driving around", "Travel", _VAN),
    _query("sleeper trains across Europe", "Travel", _TRAINS),
    _query("how to write lyrics and melodies of my own", "Musician/band", _SONGS),
    _query("improvising on the piano", "Musician/band", _JAZZ),
    _query("protecting computers from hackers", "Science & technology", "cyber security, home servers"),
    _query("building robots and circuits", "Science & technology", _ROBOTS),
    _query("old clothes turned into something new", "Fashion", _SECOND_HAND),
    _query("clothes for larger bodies", "Fashion", "plus size outfits"),
    _query("getting a baby to sleep through the night", "Parenting", "newborn sleep, Schlaf"),
    _query("teaching children at home instead of school", "Parenting", "home education"),
    _query("pictures of wild birds", "Photographer", "bird photography, பறவைகள்"),
    _query("photos of the stars and the milky way", "Photographer", "night skies"),
    _query("paying off loans and credit cards", "Personal finance", "debt free journeys"),
    _query("putting savings into the stock market", "Personal finance", _INVEST),
    _query("bowls and cups made of clay", "Artist", _CERAMICS),
    _query("beautiful handwriting with pen and ink", "Artist", _CALLIGRAPHY),
    # with a place
    _query("somebody in London who photographs weddings", "Photographer", _WEDDINGS, "London"),
    _query("yoga lessons in Toronto", "Fitness", _YOGA, "Toronto"),
    _query("what to eat on the streets of Lagos", "Food & cooking", _STREET_FOOD, "Lagos"),
    _query("pottery in Melbourne", "Artist", _CERAMICS, "Melbourne"),
    _query("robot builders from Seattle", "Science & technology", _ROBOTS, "Seattle"),
    _query("skin care in Mumbai", "Beauty", _SKIN, "Mumbai"),
    # in other languages
    _query("recetas sin carne ni leche", "Food & cooking", _VEGAN, filter_by=CreatorFilter(language="es")),
    _query("jogos antigos", "Gaming", _RETRO, filter_by=CreatorFilter(language="pt")),
    _query("Brot backen in Berlin", "Food & cooking", f"{_BREAD}, Backen", "Berlin"),
    _query("apprendre la guitare à Lyon", "Musician/band", "guitare, Gitarre, guitarra, violão", "Lyon"),
    # with a size
    _query(
        "famous dressmakers and vintage sellers", "Fashion", _SECOND_HAND, filter_by=CreatorFilter(min_followers=10_000)
    ),
    _query(
        "small channels about index investing",
        "Personal finance",
        _INVEST,
        filter_by=CreatorFilter(max_followers=2_000),
    ),
)
