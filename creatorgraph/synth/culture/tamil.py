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
        செந்தில்=Senthil சரண்யா=Saranya விக்னேஷ்=Vignesh காயத்ரி=Gayathri ரவி=Ravi விஜயலட்சுமி=Vijayalakshmi மணி=Mani
        ஐஸ்வர்யா=Aishwarya செந்தில்குமார்=Senthilkumar மகாலட்சுமி=Mahalakshmi சிவகுமார்=Sivakumar சித்ரா=Chitra
        பாலமுருகன்=Balamurugan ஜெயந்தி=Jayanthi சந்தோஷ்=Santhosh கீர்த்தனா=Keerthana சக்திவேல்=Sakthivel கலைச்செல்வி=Kalaiselvi
        ராஜ்குமார்=Rajkumar ராஜேஸ்வரி=Rajeswari பிரவீன்=Praveen சௌமியா=Sowmya அருண்குமார்=Arunkumar லதா=Latha
        வெங்கடேஷ்=Venkatesh சந்தியா=Sandhya கார்த்திகேயன்=Karthikeyan கார்த்திகா=Karthika முகமது=Mohamed புவனேஸ்வரி=Bhuvaneswari
        விஜயகுமார்=Vijayakumar தமிழ்செல்வி=Tamilselvi சங்கர்=Sankar சுதா=Sudha முத்துக்குமார்=Muthukumar ராதா=Radha கோகுல்=Gokul
        சினேகா=Sneha பிரசாந்த்=Prasanth மஞ்சுளா=Manjula செல்வராஜ்=Selvaraj ஹேமா=Hema ராம்குமார்=Ramkumar சுவேதா=Swetha
        பிரதீப்=Pradeep பிரியங்கா=Priyanka ரஞ்சித்=Ranjith ஜனனி=Janani நாகராஜ்=Nagaraj வசந்தி=Vasanthi ஸ்ரீதர்=Sridhar
        கௌசல்யா=Kowsalya அப்துல்=Abdul பாத்திமா=Fathima ஜெயக்குமார்=Jayakumar துர்கா=Durga பாலா=Bala வைஷ்ணவி=Vaishnavi
        அஸ்வின்=Ashwin மேரி=Mary ஹரிஹரன்=Hariharan ஷாலினி=Shalini சசிகுமார்=Sasikumar ஆர்த்தி=Aarthi ஜான்=John
        பிரியதர்ஷினி=Priyadharshini பரத்=Bharath வனிதா=Vanitha ரவிச்சந்திரன்=Ravichandran சரஸ்வதி=Saraswathi சஞ்சய்=Sanjay
        அபிநயா=Abinaya ராகுல்=Rahul ராதிகா=Radhika கோபிநாத்=Gopinath சசிகலா=Sasikala ஸ்ரீனிவாசன்=Srinivasan லாவண்யா=Lavanya
        வேல்முருகன்=Velmurugan மீனாட்சி=Meenakshi மாதவன்=Madhavan உஷா=Usha குமரன்=Kumaran கிருத்திகா=Krithika விஷ்ணு=Vishnu
        சிந்து=Sindhu பிரபாகரன்=Prabhakaran ஜெயா=Jaya கிஷோர்=Kishore நிவேதா=Nivetha அந்தோணி=Antony மோனிகா=Monika
        சுதாகர்=Sudhakar முத்துலட்சுமி=Muthulakshmi ராஜசேகர்=Rajasekar சுகந்தி=Suganthi ஸ்ரீராம்=Sriram ஹரிணி=Harini ஜீவா=Jeeva
        தேன்மொழி=Thenmozhi மாரிமுத்து=Marimuthu அனு=Anu வசந்த்=Vasanth பிருந்தா=Brindha விக்ரம்=Vikram புவனா=Bhuvana அருள்=Arul
        சுஜாதா=Sujatha பார்த்திபன்=Parthiban பத்மா=Padma தமிழ்செல்வன்=Tamilselvan ஈஸ்வரி=Eswari ஜோசப்=Joseph அஸ்வினி=Ashwini
        நந்தகுமார்=Nandhakumar விமலா=Vimala விவேக்=Vivek மல்லிகா=Mallika மகேந்திரன்=Mahendran தீபிகா=Deepika யோகேஷ்=Yogesh
        ஆயிஷா=Ayesha இப்ராஹிம்=Ibrahim ஜானகி=Janaki மனோஜ்=Manoj சங்கரி=Sankari ராமச்சந்திரன்=Ramachandran சுவாதி=Swathi
        தீபக்=Deepak வினோதினி=Vinothini மோகன்ராஜ்=Mohanraj ரஞ்சனி=Ranjani பாண்டி=Pandi கல்பனா=Kalpana சபரி=Sabari
        ராஜலட்சுமி=Rajalakshmi கருப்பசாமி=Karuppasamy அர்ச்சனா=Archana உதயகுமார்=Udhayakumar பவானி=Bhavani ஜெகதீஷ்=Jagadeesh
        ரேகா=Rekha கமல்=Kamal மதுமிதா=Madhumitha குமரேசன்=Kumaresan கிருஷ்ணவேணி=Krishnaveni அன்பரசன்=Anbarasan ஜெனிபர்=Jenifer
        டேனியல்=Daniel சர்மிளா=Sharmila பிரேம்குமார்=Premkumar நர்மதா=Narmadha தனுஷ்=Dhanush தரணி=Dharani லட்சுமணன்=Lakshmanan
        கௌரி=Gowri சிலம்பரசன்=Silambarasan லலிதா=Lalitha விமல்=Vimal யாஸ்மின்=Yasmin தங்கராஜ்=Thangaraj ஆனந்தி=Anandhi ரகு=Raghu
        வெண்ணிலா=Vennila நாராயணன்=Narayanan பூஜா=Pooja தமிழரசன்=Tamilarasan புனிதா=Punitha ஐயப்பன்=Iyappan சுபா=Subha
        பிரசன்னா=Prasanna நிஷா=Nisha ஸ்டீபன்=Stephen பரமேஸ்வரி=Parameswari பூபதி=Boopathi ஸ்ரீதேவி=Sridevi வெற்றிவேல்=Vetrivel
        மாரியம்மாள்=Mariammal சுரேந்திரன்=Surendran அஞ்சலி=Anjali ஜெயப்பிரகாஷ்=Jayaprakash கனிமொழி=Kanimozhi சரண்=Saran
        ஜெயஸ்ரீ=Jayashree யூசுப்=Yusuf இந்திரா=Indira தீபன்=Deepan நாகலட்சுமி=Nagalakshmi கபிலன்=Kabilan மாலா=Mala பீட்டர்=Peter
        துளசி=Thulasi தியாகராஜன்=Thiagarajan ஹேமலதா=Hemalatha மனோகர்=Manohar மணிமேகலை=Manimegalai கோவிந்தன்=Govindan
        இலக்கியா=Ilakkiya கலையரசன்=Kalaiyarasan ரோஜா=Roja சாமுவேல்=Samuel தர்ஷினி=Dharshini கௌசிக்=Kowsik ரெஹானா=Rehana
        இளையராஜா=Ilayaraja நளினி=Nalini சுகுமார்=Sugumar சிவரஞ்சனி=Sivaranjani மதிவாணன்=Mathivanan ஸ்டெல்லா=Stella
        அறிவழகன்=Arivazhagan பானுமதி=Banumathi சாதிக்=Sadiq கண்மணி=Kanmani பாண்டியராஜன்=Pandiarajan மைதிலி=Mythili
        அய்யனார்=Ayyanar ஓவியா=Oviya வானதி=Vanathi
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
    given_steepness=0.4,
)
