"""Arabic names, with one of the Latin spellings that people use in handles."""

from creatorgraph.synth.culture.culture import Culture

ARABIC = Culture(
    language="ar",
    share=0.07,
    given="""
        محمد=Mohammed أحمد=Ahmed علي=Ali عمر=Omar خالد=Khaled يوسف=Youssef حسن=Hassan إبراهيم=Ibrahim مصطفى=Mostafa
        عبدالله=Abdullah كريم=Karim طارق=Tarek سامي=Sami زياد=Ziad رامي=Rami ماجد=Majed فيصل=Faisal ياسر=Yasser بلال=Bilal
        أنس=Anas وليد=Walid هشام=Hisham نادر=Nader عادل=Adel جمال=Jamal فهد=Fahad سلطان=Sultan حمزة=Hamza فاطمة=Fatima
        مريم=Maryam عائشة=Aisha نور=Nour سارة=Sara ليلى=Layla هدى=Huda رنا=Rana دينا=Dina ياسمين=Yasmine سلمى=Salma
        هبة=Heba ريم=Reem منى=Mona لينا=Lina زينب=Zainab أمل=Amal رانيا=Rania شيماء=Shaimaa جنى=Jana لمى=Lama غادة=Ghada
        أيمن=Ayman أسامة=Osama أشرف=Ashraf إسلام=Islam أكرم=Akram أميرة=Amira أماني=Amani أسماء=Asmaa إيمان=Eman باسم=Basem
        بسمة=Basma تامر=Tamer ثائر=Thaer جاسم=Jassim جميلة=Jamila حسام=Hossam حازم=Hazem حنان=Hanan خليفة=Khalifa دعاء=Doaa
        راشد=Rashed رضا=Reda رحاب=Rehab روان=Rawan زكريا=Zakaria سعاد=Souad سهى=Soha سمير=Samir سميرة=Samira شادي=Shady
        شريفة=Sharifa صفاء=Safaa صلاح=Salah ضياء=Diaa طلال=Talal عاصم=Assem عبير=Abeer عزة=Azza علاء=Alaa عمرو=Amr عماد=Emad
        فارس=Fares فرح=Farah فؤاد=Fouad قيس=Qais كمال=Kamal لؤي=Louay مازن=Mazen محسن=Mohsen مروان=Marwan معاذ=Moaz مها=Maha
        نبيل=Nabil نجلاء=Naglaa نهى=Noha هاني=Hany وسام=Wissam يحيى=Yahya
        خديجة=Khadija حسين=Hussein آية=Aya محمود=Mahmoud نادية=Nadia عبدالرحمن=Abdulrahman نورة=Noura سعيد=Said
        إسراء=Esraa إسماعيل=Ismail مروة=Marwa صالح=Saleh هند=Hind سعد=Saad ندى=Nada ناصر=Nasser هاجر=Hajar
        عبدالعزيز=Abdulaziz حليمة=Halima رشيد=Rachid سناء=Sanaa ياسين=Yassine نوال=Nawal مهدي=Mehdi هالة=Hala أمين=Amine
        وفاء=Wafaa عباس=Abbas سحر=Sahar حيدر=Haider رشا=Rasha وائل=Wael سمر=Samar سالم=Salem بشرى=Bushra بدر=Badr
        رقية=Ruqaya سعود=Saud لطيفة=Latifa أيوب=Ayoub إلهام=Ilham عصام=Essam شهد=Shahd سليمان=Sulaiman سكينة=Soukaina
        عمار=Ammar نسرين=Nisreen تركي=Turki مي=Mai خليل=Khalil علياء=Alia شريف=Sherif كوثر=Kawtar منصور=Mansour
        نعيمة=Naima ماهر=Maher سلوى=Salwa سيف=Saif جيهان=Jihan حمد=Hamad أروى=Arwa هيثم=Haitham دانة=Dana فراس=Feras
        رغد=Raghad غسان=Ghassan لبنى=Lobna نواف=Nawaf إيناس=Enas سفيان=Soufiane منيرة=Munira مراد=Mourad تسنيم=Tasneem
        عدنان=Adnan خلود=Kholoud بندر=Bandar ديما=Dima عبدالقادر=Abdelkader رهف=Rahaf معتز=Moataz منار=Manar مهند=Mohannad
        شيخة=Shaikha أنور=Anwar حياة=Hayat مالك=Malek فدوى=Fadwa رائد=Raed فاتن=Faten نزار=Nizar يسرى=Yosra منير=Mounir
        موزة=Mouza مشعل=Meshal لجين=Lujain جواد=Jawad رزان=Razan إدريس=Driss حصة=Hessa عثمان=Osman عفاف=Afaf يزن=Yazan
        وئام=Wiam جعفر=Jaafar شذى=Shatha حاتم=Hatem رولا=Rola ليث=Laith جواهر=Jawaher قاسم=Qasim ميساء=Maysaa زايد=Zayed
    """,
    family="""
        حسين=Hussein محمود=Mahmoud صالح=Saleh منصور=Mansour سليمان=Suleiman عثمان=Othman إسماعيل=Ismail فاروق=Farouk
        ناصر=Nasser رشيد=Rashid حداد=Haddad خوري=Khoury نجار=Najjar صباغ=Sabbagh شاهين=Shaheen زيدان=Zidan قاسم=Qassem
        جابر=Jaber عوض=Awad بكر=Bakr غانم=Ghanem داود=Dawood شريف=Sherif حمدان=Hamdan مراد=Murad عيسى=Issa بشير=Bashir
        توفيق=Tawfiq حجازي=Hegazy عامر=Amer سعيد=Saeed فرج=Farag درويش=Darwish كنعان=Kanaan صقر=Saqr طه=Taha عزام=Azzam
        خليل=Khalil نصار=Nassar رزق=Rizk هلال=Hilal برهان=Burhan شعبان=Shaaban
    """,
    stems="""
        الحمد=Al-Hamd الزهر=Al-Zahr القرش=Al-Qurash الشمر=Al-Shammar العتيب=Al-Otaib الدوسر=Al-Dosar الغامد=Al-Ghamd
        الحرب=Al-Harb المطير=Al-Mutair الشهر=Al-Shehr البغداد=Al-Baghdad الحلب=Al-Halab المغرب=Al-Maghrib التونس=Al-Tunis
        الكعب=Al-Kaab السالم=Al-Salim الهاشم=Al-Hashim العامر=Al-Amir النعيم=Al-Nuaim الراشد=Al-Rashid البكر=Al-Bakr
        الجابر=Al-Jabir الصالح=Al-Salih المنصور=Al-Mansur الفاروق=Al-Faruq الناصر=Al-Nasir
    """,
    endings="ي=i اوي=awi اني=ani ة=a",
    places="""
        القاهرة=Cairo الإسكندرية=Alexandria دبي=Dubai أبوظبي=Abu_Dhabi الرياض=Riyadh جدة=Jeddah الدوحة=Doha الكويت=Kuwait
        بيروت=Beirut عمّان=Amman بغداد=Baghdad تونس=Tunis الجزائر=Algiers الدار_البيضاء=Casablanca الرباط=Rabat مسقط=Muscat
    """,
    native_script=0.4,
    patronymic=0.2,
    rare=0.45,
    steepness=0.5,
)
