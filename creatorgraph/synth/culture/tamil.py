"""Tamil names: the father's given name follows one's own, with the Latin spelling that people use in handles."""

from creatorgraph.synth.culture.culture import Culture

TAMIL = Culture(
    language="ta",
    share=0.05,
    given="""
        அருண்=Arun கார்த்திக்=Karthik விஜய்=Vijay சூர்யா=Suriya பிரகாஷ்=Prakash செல்வம்=Selvam முருகன்=Murugan ராஜா=Raja குமார்=Kumar
        சரவணன்=Saravanan மணிகண்டன்=Manikandan தினேஷ்=Dinesh ரமேஷ்=Ramesh சுரேஷ்=Suresh கணேஷ்=Ganesh பாலாஜி=Balaji சதீஷ்=Sathish
        அஜித்=Ajith வெற்றி=Vetri இளங்கோ=Ilango தமிழ்=Thamizh கவின்=Kavin முகிலன்=Mugilan நவீன்=Naveen ஹரீஷ்=Harish லோகேஷ்=Logesh
        அன்பு=Anbu சிவா=Siva பிரபு=Prabhu வேலு=Velu மதன்=Madhan ஆனந்த்=Anand லட்சுமி=Lakshmi மீனா=Meena கவிதா=Kavitha
        தேவி=Devi நித்யா=Nithya ரம்யா=Ramya சங்கீதா=Sangeetha பிரியா=Priya வித்யா=Vidhya திவ்யா=Dhivya அனிதா=Anitha
        சுமதி=Sumathi மாலதி=Malathi கயல்=Kayal யாழினி=Yazhini நிலா=Nila தாமரை=Thamarai பூங்கொடி=Poongodi
        அமுதா=Amudha அபிராமி=Abirami அகிலா=Akila அரவிந்த்=Aravind அசோக்=Ashok பாரதி=Bharathi சந்திரன்=Chandran தீபா=Deepa
        தனலட்சுமி=Dhanalakshmi துரை=Durai எழில்=Ezhil கீதா=Geetha கோபால்=Gopal கோமதி=Gomathi இந்து=Indhu இனியா=Iniya
        ஜெகன்=Jegan ஜோதி=Jothi கலா=Kala கண்ணன்=Kannan கதிர்=Kadhir கௌதம்=Gowtham கோகிலா=Kokila குணா=Guna மாரி=Maari மகேஷ்=Mahesh
        மலர்=Malar மோகன்=Mohan முத்து=Muthu நந்தினி=Nandhini நரேன்=Naren பவித்ரா=Pavithra பழனி=Pazhani பிரேமா=Prema ராஜேஷ்=Rajesh
        ராமன்=Raman ரேவதி=Revathi சாந்தி=Shanthi சத்யா=Sathya செல்வி=Selvi சேகர்=Sekar சுகன்யா=Suganya சுந்தர்=Sundar உமா=Uma
        வள்ளி=Valli வாசு=Vasu வேணு=Venu வினோத்=Vinoth யுவன்=Yuvan யமுனா=Yamuna
    """,
    family="""
        ராமசாமி=Ramasamy சுப்பிரமணியன்=Subramanian நடராஜன்=Natarajan வெங்கடேசன்=Venkatesan கிருஷ்ணன்=Krishnan
        சண்முகம்=Shanmugam பழனிசாமி=Palanisamy ராஜேந்திரன்=Rajendran கோவிந்தராஜ்=Govindaraj பெருமாள்=Perumal
        ஆறுமுகம்=Arumugam கந்தசாமி=Kandasamy மாரியப்பன்=Mariappan சந்திரசேகர்=Chandrasekar தங்கவேல்=Thangavel
        பன்னீர்செல்வம்=Panneerselvam ஜெயராமன்=Jayaraman கருணாநிதி=Karunanidhi சிதம்பரம்=Chidambaram வேலாயுதம்=Velayutham
        ராஜகோபால்=Rajagopal முத்துசாமி=Muthusamy அய்யப்பன்=Ayyappan துரைசாமி=Duraisamy பாலசுப்பிரமணி=Balasubramani
        தனசேகரன்=Dhanasekaran குணசேகரன்=Gunasekaran மாணிக்கம்=Manickam சுந்தரம்=Sundaram வரதராஜன்=Varadarajan
        ஏழுமலை=Ezhumalai அண்ணாமலை=Annamalai செந்தில்நாதன்=Senthilnathan லோகநாதன்=Loganathan ரங்கநாதன்=Ranganathan
        விஸ்வநாதன்=Viswanathan கதிரேசன்=Kathiresan பாண்டியன்=Pandian சோழன்=Cholan இளவரசன்=Ilavarasan கலைச்செல்வன்=Kalaiselvan
    """,
    stems="""
        முத்து=Muthu வேல்=Vel சிவ=Siva ராம=Rama தங்க=Thanga பொன்=Pon கலை=Kalai இள=Ila அருள்=Arul செல்வ=Selva குண=Guna தன=Dhana
        ஜெய=Jaya லோக=Loga வீர=Veera மணி=Mani பால=Bala கரு=Karu சுந்தர=Sundara
    """,
    endings="மூர்த்தி=moorthy குமார்=kumar ராஜ்=raj வேலன்=velan நாயகம்=nayagam பாண்டி=pandi லிங்கம்=lingam சேகர்=sekar மாறன்=maran வாணன்=vanan",
    places="""
        சென்னை=Chennai கோவை=Coimbatore மதுரை=Madurai திருச்சி=Trichy சேலம்=Salem ஈரோடு=Erode தஞ்சாவூர்=Thanjavur
        திருநெல்வேலி=Tirunelveli வேலூர்=Vellore யாழ்ப்பாணம்=Jaffna கொழும்பு=Colombo புதுச்சேரி=Puducherry
    """,
    native_script=0.35,
    patronymic=0.4,
    rare=0.35,
    middle=0.0,
)
