"""What creators are about: the words of each niche, in English and in the other languages of the world."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Niche:
    """`category` as platforms name it, English words for bios and handles, and topics by language."""

    category: str
    topics: tuple[str, ...]
    roles: tuple[str, ...]
    offers: tuple[str, ...]
    handles: tuple[str, ...]
    emoji: str
    local: dict[str, tuple[str, ...]]


def _niche(category: str, topics: str, roles: str, offers: str, handles: str, emoji: str, **local: str) -> Niche:
    def words(text: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in text.split(","))

    return Niche(
        category, words(topics), words(roles), words(offers), words(handles), emoji,
        {language: words(text) for language, text in local.items()},
    )  # fmt: skip


NICHES = (
    _niche(
        "Fitness",
        "strength training, home workouts, marathon running, mobility, calisthenics, kettlebells, yoga flows, trail runs, "
        "swimming drills, pilates, CrossFit, recovery",
        "personal trainer, running coach, yoga teacher, physiotherapist, powerlifter, amateur triathlete",
        "free training plans, an eight week programme, meal prep guides, weekly challenges, a beginner's course",
        "fit, fitness, moves, lifts, runs, strong",
        "💪🏃🧘🏋🔥",
        es="entrenamiento en casa, yoga, correr maratones, fuerza, movilidad",
        pt="treino em casa, corrida, ioga, musculação, mobilidade",
        de="Krafttraining, Laufen, Yoga, Mobilität, Heimtraining",
        fr="musculation, course à pied, yoga, mobilité, sport à la maison",
        ru="силовые тренировки, бег, йога, растяжка, тренировки дома",
        hi="योग, घर पर कसरत, दौड़, शक्ति प्रशिक्षण, सेहत",
        ta="யோகா, உடற்பயிற்சி, ஓட்டம், வலிமை பயிற்சி, ஆரோக்கியம்",
        zh="健身, 瑜伽, 跑步, 力量训练, 居家锻炼",
        ar="تمارين منزلية, الجري, اليوغا, رفع الأثقال, اللياقة",
    ),
    _niche(
        "Beauty",
        "skincare, everyday make-up, curly hair, nail art, clean beauty, acne care, drugstore finds, bridal looks, perfume, "
        "K-beauty, mature skin, colour theory",
        "make-up artist, esthetician, hair stylist, cosmetic chemist, nail technician, beauty editor",
        "honest reviews, routine checks, discount codes, one to one lessons, weekly tutorials",
        "beauty, glow, skin, glam, makeup, nails",
        "💄✨💅🌸💋",
        es="maquillaje, cuidado de la piel, pelo rizado, uñas, perfumes",
        pt="maquiagem, cuidados com a pele, cabelo cacheado, unhas, perfumes",
        de="Hautpflege, Make-up, Locken, Nageldesign, Naturkosmetik",
        fr="maquillage, soin de la peau, cheveux bouclés, ongles, parfum",
        ru="макияж, уход за кожей, маникюр, причёски, парфюмерия",
        hi="मेकअप, त्वचा की देखभाल, बाल, नेल आर्ट, घरेलू नुस्खे",
        ta="ஒப்பனை, சரும பராமரிப்பு, கூந்தல், நக அலங்காரம், இயற்கை அழகு",
        zh="护肤, 彩妆, 美甲, 香水, 发型",
        ar="مكياج, العناية بالبشرة, الشعر, العطور, الأظافر",
    ),
    _niche(
        "Gaming",
        "speedruns, cosy games, retro consoles, ranked shooters, strategy games, indie finds, game lore, racing sims, chess "
        "streams, roguelikes, fighting games, modding",
        "streamer, esports coach, game designer, speedrunner, caster, retro collector",
        "live streams every Friday, coaching sessions, patch notes explained, viewer games, build guides",
        "gaming, plays, games, gg, live, ttv",
        "🎮🕹👾🏆🔥",
        es="videojuegos, directos, estrategia, retro, esports",
        pt="jogos, lives, estratégia, retrô, esports",
        de="Streams, Retrospiele, Strategie, Indie-Spiele, E-Sport",
        fr="jeux vidéo, rétro, stratégie, jeux indés, esport",
        ru="стримы, ретро игры, стратегии, шутеры, киберспорт",
        hi="गेमिंग, लाइव स्ट्रीम, रणनीति, पुराने गेम, ईस्पोर्ट्स",
        ta="விளையாட்டு, நேரலை, வியூகம், பழைய விளையாட்டுகள், போட்டிகள்",
        zh="游戏直播, 独立游戏, 策略, 怀旧主机, 电竞",
        ar="ألعاب, بث مباشر, استراتيجية, ألعاب قديمة, رياضات إلكترونية",
    ),
    _niche(
        "Food & cooking",
        "sourdough, weeknight dinners, street food, vegan baking, fermentation, family recipes, budget meals, spice blends, "
        "pasta by hand, barbecue, cakes, coffee brewing",
        "home cook, pastry chef, food writer, recipe developer, barista, dietitian",
        "a new recipe every Sunday, shopping lists, a cookbook, cooking classes, meal plans",
        "cooks, eats, kitchen, food, bakes, tasty",
        "🍳🍰🥑🍜🌶",
        es="recetas fáciles, repostería, cocina vegana, pan casero, café",
        pt="receitas fáceis, confeitaria, cozinha vegana, pão caseiro, café",
        de="Rezepte, Backen, vegane Küche, Sauerteig, Kaffee",
        fr="recettes faciles, pâtisserie, cuisine végane, pain maison, café",
        ru="рецепты, выпечка, веганская кухня, домашний хлеб, кофе",
        hi="आसान रेसिपी, मिठाई, शाकाहारी खाना, मसाले, स्ट्रीट फूड",
        ta="சமையல், இனிப்பு, சைவ உணவு, மசாலா, தெரு உணவு",
        zh="家常菜, 烘焙, 素食, 街头小吃, 咖啡",
        ar="وصفات سهلة, حلويات, أكل نباتي, خبز منزلي, قهوة",
    ),
    _niche(
        "Travel",
        "slow travel, van life, night trains, solo trips, hidden beaches, mountain huts, city breaks, island hopping, border "
        "crossings, camping, food markets, road trips",
        "travel writer, tour guide, van dweller, digital nomad, flight attendant, mapmaker",
        "itineraries, packing lists, travel maps, small group tours, visa tips",
        "travels, wanders, abroad, nomad, trips, roams",
        "✈🌍🏔🏝🧳",
        es="viajes lentos, mochilera, rutas en furgoneta, playas escondidas, escapadas",
        pt="viagens, mochilão, praias escondidas, trilhas, roteiros",
        de="Reisen, Wandern, Vanlife, Nachtzüge, Städtereisen",
        fr="voyages lents, randonnée, vanlife, trains de nuit, îles",
        ru="путешествия, походы, автостоп, горы, города",
        hi="यात्रा, पहाड़, अकेले सफर, सड़क यात्रा, समुद्र तट",
        ta="பயணம், மலைகள், தனிப் பயணம், கடற்கரை, சாலைப் பயணம்",
        zh="旅行, 徒步, 自驾, 背包客, 海岛",
        ar="سفر, تخييم, رحلات فردية, جبال, شواطئ",
    ),
    _niche(
        "Musician/band",
        "indie folk, bass guitar, bedroom pop, film scores, vinyl, jazz piano, vocal training, beat making, synth patches, "
        "cover songs, choir arranging, songwriting",
        "singer, producer, session drummer, songwriter, DJ, violin teacher",
        "sheet music, sample packs, online lessons, a new single, tour dates",
        "music, sings, beats, sound, band, tunes",
        "🎵🎸🎹🎤🎧",
        es="canciones propias, guitarra, jazz, producción musical, canto",
        pt="violão, samba, produção musical, canto, jazz",
        de="Gitarre, Jazz, Songwriting, Klavier, Beats",
        fr="guitare, jazz, chanson, piano, production musicale",
        ru="гитара, джаз, вокал, фортепиано, песни",
        hi="संगीत, गिटार, गायन, तबला, गीत लेखन",
        ta="இசை, கிட்டார், பாடல், வயலின், கர்நாடக இசை",
        zh="吉他, 爵士, 唱歌, 钢琴, 原创音乐",
        ar="موسيقى, عود, غناء, بيانو, تلحين",
    ),
    _niche(
        "Science & technology",
        "home servers, robotics, Python, 3D printing, open data, cyber security, game engines, phone reviews, electronics, "
        "space news, machine learning, web design",
        "software engineer, science teacher, security researcher, maker, data analyst, astronomer",
        "weekly newsletters, open source tools, repair guides, free courses, talks",
        "tech, codes, labs, dev, builds, bytes",
        "💻🤖🔭🔧🧪",
        es="programación, robótica, ciencia, móviles, electrónica",
        pt="programação, robótica, ciência, celulares, eletrônica",
        de="Programmieren, Robotik, Wissenschaft, 3D-Druck, Elektronik",
        fr="programmation, robotique, science, impression 3D, électronique",
        ru="программирование, робототехника, наука, гаджеты, электроника",
        hi="प्रोग्रामिंग, रोबोटिक्स, विज्ञान, मोबाइल, इलेक्ट्रॉनिक्स",
        ta="நிரலாக்கம், அறிவியல், ரோபோடிக்ஸ், கைபேசி, மின்னணுவியல்",
        zh="编程, 机器人, 科普, 数码测评, 电子制作",
        ar="برمجة, روبوتات, علوم, هواتف, إلكترونيات",
    ),
    _niche(
        "Fashion",
        "thrift flips, capsule wardrobes, streetwear, modest style, sewing, sneakers, vintage denim, knitwear, office looks, "
        "plus size outfits, jewellery, runway notes",
        "stylist, model, dressmaker, fashion student, vintage seller, costume designer",
        "outfit ideas, sewing patterns, shop drops, styling sessions, size guides",
        "style, wears, fashion, closet, looks, threads",
        "👗👠🧵👟🕶",
        es="moda sostenible, costura, ropa de segunda mano, zapatillas, estilo",
        pt="moda sustentável, costura, brechó, tênis, estilo",
        de="Mode, Nähen, Secondhand, Sneaker, Stil",
        fr="mode durable, couture, friperie, baskets, style",
        ru="мода, шитьё, винтаж, кроссовки, стиль",
        hi="फैशन, सिलाई, साड़ी, स्टाइल, गहने",
        ta="ஆடை அலங்காரம், தையல், சேலை, நகைகள், பாணி",
        zh="穿搭, 缝纫, 古着, 球鞋, 首饰",
        ar="أزياء, خياطة, أزياء محتشمة, أحذية, مجوهرات",
    ),
    _niche(
        "Parenting",
        "toddler life, home education, twin stories, gentle parenting, lunch boxes, bedtime books, crafts for kids, newborn "
        "sleep, single parenting, family budgets, nature play, adoption",
        "mum of three, stay at home dad, midwife, nursery teacher, sleep consultant, children's author",
        "printables, activity ideas, sleep plans, book lists, parent circles",
        "mama, dad, family, littles, home, kids",
        "👶🧸🏡📚🌈",
        es="maternidad, crianza, manualidades, cuentos, familia",
        pt="maternidade, criação, artesanato, histórias, família",
        de="Familienleben, Basteln, Erziehung, Kinderbücher, Schlaf",
        fr="parentalité, activités, lecture, famille, bricolage",
        ru="материнство, воспитание, поделки, сказки, семья",
        hi="परवरिश, बच्चों की कहानियाँ, शिल्प, परिवार, टिफिन",
        ta="குழந்தை வளர்ப்பு, கதைகள், கைவினை, குடும்பம், தாய்மை",
        zh="育儿, 绘本, 手工, 亲子, 家庭",
        ar="أمومة, تربية, أشغال يدوية, قصص, عائلة",
    ),
    _niche(
        "Photographer",
        "street portraits, film cameras, bird photography, night skies, weddings, drone shots, macro, food styling, darkroom "
        "prints, landscapes, black and white, editing",
        "wedding photographer, photojournalist, drone pilot, film shooter, retoucher, nature photographer",
        "prints, presets, workshops, portfolio reviews, open bookings",
        "photo, shoots, frames, lens, pics, visuals",
        "📷🎞🌅🦅🌌",
        es="fotografía callejera, bodas, paisajes, retratos, cámaras analógicas",
        pt="fotografia de rua, casamentos, paisagens, retratos, drones",
        de="Fotografie, Hochzeiten, Landschaften, Porträts, Analogfilm",
        fr="photo de rue, mariages, paysages, portraits, argentique",
        ru="фотография, свадьбы, пейзажи, портреты, плёнка",
        hi="फोटोग्राफी, शादियाँ, प्रकृति, पोर्ट्रेट, ड्रोन",
        ta="புகைப்படம், திருமணங்கள், இயற்கை, உருவப்படம், பறவைகள்",
        zh="摄影, 婚礼, 风光, 人像, 胶片",
        ar="تصوير, أعراس, مناظر طبيعية, بورتريه, أفلام",
    ),
    _niche(
        "Personal finance",
        "index funds, debt free journeys, first homes, side jobs, freelance taxes, frugal living, pensions, small business, "
        "money habits, bookkeeping, scholarships, salary talks",
        "accountant, financial coach, economist, freelance bookkeeper, business owner, analyst",
        "budget sheets, a money course, tax checklists, monthly reports, podcasts",
        "money, invests, budget, finance, saves, wealth",
        "💰📈🏦🧾💡",
        es="finanzas personales, ahorro, inversión, emprender, impuestos",
        pt="finanças pessoais, poupança, investimentos, empreender, impostos",
        de="Finanzen, Sparen, ETFs, Selbstständigkeit, Steuern",
        fr="finances, épargne, investissement, entreprendre, impôts",
        ru="финансы, инвестиции, накопления, бизнес, налоги",
        hi="बचत, निवेश, टैक्स, छोटा व्यवसाय, शेयर बाजार",
        ta="சேமிப்பு, முதலீடு, வரி, சிறு தொழில், பங்குச் சந்தை",
        zh="理财, 基金, 省钱, 创业, 税务",
        ar="مال, ادخار, استثمار, مشاريع صغيرة, ضرائب",
    ),
    _niche(
        "Artist",
        "watercolour, digital painting, ceramics, comics, calligraphy, character design, linocut, murals, oil portraits, "
        "textile art, animation, sketchbooks",
        "illustrator, potter, comic artist, muralist, tattoo artist, printmaker",
        "commissions, prints, brush packs, studio visits, drawing classes",
        "art, draws, paints, studio, makes, ink",
        "🎨🖌🖼✏🏺",
        es="acuarela, ilustración, cerámica, cómics, murales",
        pt="aquarela, ilustração, cerâmica, quadrinhos, murais",
        de="Aquarell, Illustration, Keramik, Comics, Linoldruck",
        fr="aquarelle, illustration, céramique, bande dessinée, fresques",
        ru="акварель, иллюстрация, керамика, комиксы, каллиграфия",
        hi="चित्रकला, मिट्टी के बर्तन, कॉमिक्स, सुलेख, मेहंदी",
        ta="ஓவியம், மட்பாண்டம், கோலம், சித்திரக்கதை, எழுத்தணி",
        zh="水彩, 插画, 陶艺, 漫画, 书法",
        ar="رسم, خط عربي, خزف, قصص مصورة, ألوان مائية",
    ),
)
