"""Hindi names: Devanagari, with the Latin spelling that people use in handles."""

from creatorgraph.synth.culture.culture import Culture

HINDI = Culture(
    language="hi",
    share=0.11,
    given="""
        राहुल=Rahul प्रिया=Priya अमित=Amit पूजा=Pooja रोहित=Rohit नेहा=Neha विकास=Vikas अंजलि=Anjali संजय=Sanjay कविता=Kavita
        अर्जुन=Arjun दीपिका=Deepika विजय=Vijay सुनीता=Sunita मनोज=Manoj रिया=Riya करण=Karan स्नेहा=Sneha आदित्य=Aditya मीरा=Meera
        राजेश=Rajesh अनन्या=Ananya सुरेश=Suresh श्रेया=Shreya निखिल=Nikhil दिव्या=Divya गौरव=Gaurav स्वाति=Swati अभिषेक=Abhishek
        रश्मि=Rashmi मोहित=Mohit ज्योति=Jyoti विशाल=Vishal शिवानी=Shivani अंकित=Ankit पल्लवी=Pallavi हर्ष=Harsh तन्वी=Tanvi
        यश=Yash इशिता=Ishita देव=Dev सोनल=Sonal पंकज=Pankaj मोनिका=Monika तरुण=Tarun वर्षा=Varsha लोकेश=Lokesh चेतन=Chetan
        किरण=Kiran मानसी=Mansi
        अनिल=Anil अनीता=Anita अजय=Ajay आरती=Aarti अशोक=Ashok बबीता=Babita भावना=Bhavna दीपक=Deepak दिनेश=Dinesh गीता=Geeta
        गोपाल=Gopal हेमंत=Hemant इंदु=Indu जगदीश=Jagdish जया=Jaya कमला=Kamla कैलाश=Kailash कृति=Kriti कुणाल=Kunal ललित=Lalit
        लता=Lata महेश=Mahesh मनीष=Manish मनीषा=Manisha माधुरी=Madhuri मुकेश=Mukesh नरेश=Naresh नवीन=Naveen निशा=Nisha
        नितिन=Nitin पवन=Pawan प्रदीप=Pradeep प्रकाश=Prakash रवि=Ravi राखी=Rakhi रमेश=Ramesh रेखा=Rekha ऋतु=Ritu सचिन=Sachin
        संदीप=Sandeep सरिता=Sarita सीमा=Seema शालिनी=Shalini शशि=Shashi सोनिया=Sonia सुधीर=Sudhir सुमन=Suman सुनील=Sunil
        उषा=Usha उमेश=Umesh वंदना=Vandana विनोद=Vinod विवेक=Vivek योगेश=Yogesh अमृता=Amrita आकाश=Akash ईशान=Ishaan कार्तिक=Kartik
        राकेश=Rakesh प्रियंका=Priyanka आशीष=Ashish संगीता=Sangeeta सौरभ=Saurabh ममता=Mamta अरुण=Arun प्रीति=Preeti संतोष=Santosh
        श्वेता=Shweta शुभम=Shubham निधि=Nidhi विक्रम=Vikram पूनम=Poonam राजीव=Rajeev रीना=Reena संजीव=Sanjeev सपना=Sapna
        अनुराग=Anurag काजल=Kajal वरुण=Varun रेनू=Renu सूरज=Suraj सोनम=Sonam इमरान=Imran शिल्पा=Shilpa प्रशांत=Prashant
        नीलम=Neelam जितेंद्र=Jitendra अर्चना=Archana राजेंद्र=Rajendra खुशबू=Khushboo नीरज=Neeraj मेघा=Megha हिमांशु=Himanshu
        आयशा=Ayesha अरविंद=Arvind कोमल=Komal प्रवीण=Praveen साक्षी=Sakshi मयंक=Mayank अंकिता=Ankita शिवम=Shivam मधु=Madhu
        गुरप्रीत=Gurpreet सिमरन=Simran अमन=Aman रुचि=Ruchi धर्मेंद्र=Dharmendra सविता=Savita सतीश=Satish मुस्कान=Muskan
        प्रमोद=Pramod सुषमा=Sushma मोहम्मद=Mohammad राधा=Radha अंकुर=Ankur कल्पना=Kalpana कुलदीप=Kuldeep मंजू=Manju सुमित=Sumit
        आकांक्षा=Akanksha अनुज=Anuj शिखा=Shikha महेंद्र=Mahendra हरप्रीत=Harpreet अक्षय=Akshay फातिमा=Fatima कपिल=Kapil
        अनुराधा=Anuradha हरीश=Harish शीतल=Sheetal धीरज=Dheeraj पायल=Payal सिद्धार्थ=Siddharth लक्ष्मी=Laxmi सलमान=Salman
        सुधा=Sudha प्रतीक=Prateek खुशी=Khushi आयुष=Ayush संध्या=Sandhya विनय=Vinay अदिति=Aditi नरेंद्र=Narendra शबनम=Shabnam
        सुरेंद्र=Surendra पुष्पा=Pushpa आलोक=Alok रजनी=Rajni रितेश=Ritesh गरिमा=Garima वैभव=Vaibhav अंजू=Anju आरिफ=Arif
        मनप्रीत=Manpreet अतुल=Atul प्रतिभा=Pratibha कमल=Kamal नंदिनी=Nandini साहिल=Sahil पिंकी=Pinky राम=Ram अलका=Alka
        मोहन=Mohan दीप्ति=Deepti अखिलेश=Akhilesh सना=Sana समीर=Sameer रूबी=Ruby वीरेंद्र=Virendra मीनाक्षी=Meenakshi
        बलविंदर=Balwinder सरोज=Saroj हर्षित=Harshit निकिता=Nikita सुशील=Sushil वैशाली=Vaishali राजकुमार=Rajkumar कंचन=Kanchan
        अभिनव=Abhinav प्राची=Prachi ऋषभ=Rishabh शबाना=Shabana रजत=Rajat निर्मला=Nirmala कृष्णा=Krishna रितिका=Ritika
        देवेंद्र=Devendra भारती=Bharti आसिफ=Asif तनु=Tanu पीयूष=Piyush जसप्रीत=Jaspreet विपिन=Vipin आंचल=Aanchal मनदीप=Mandeep
        रंजना=Ranjana सागर=Sagar गायत्री=Gayatri भरत=Bharat सोनाली=Sonali जतिन=Jatin ईशा=Isha शशांक=Shashank सुजाता=Sujata
        ओमप्रकाश=Omprakash नाज़िया=Nazia अविनाश=Avinash सृष्टि=Srishti रोशन=Roshan रोशनी=Roshni फैज़ान=Faizan अनु=Anu
        रंजीत=Ranjeet शोभा=Shobha भूपेंद्र=Bhupendra उर्मिला=Urmila उत्कर्ष=Utkarsh सुरभि=Surabhi चंदन=Chandan नैना=Naina
        पुनीत=Puneet वंशिका=Vanshika परमजीत=Paramjit सुशीला=Sushila तुषार=Tushar विद्या=Vidya गोविंद=Govind हिना=Heena
        बृजेश=Brijesh अपर्णा=Aparna शैलेश=Shailesh दिशा=Disha इरफान=Irfan तान्या=Tanya सत्यम=Satyam विमला=Vimla राघव=Raghav
        गुंजन=Gunjan ध्रुव=Dhruv सौम्या=Saumya अनिकेत=Aniket जसविंदर=Jaswinder योगेंद्र=Yogendra आस्था=Aastha हरदीप=Hardeep
        शारदा=Sharda लक्ष्मण=Laxman सरस्वती=Saraswati केशव=Keshav बबली=Babli वसीम=Wasim ज़ोया=Zoya नमन=Naman विनीता=Vineeta
        गिरीश=Girish प्रेरणा=Prerna अर्पित=Arpit चंचल=Chanchal दानिश=Danish नम्रता=Namrata रूपेश=Rupesh स्मृति=Smriti
        नवजोत=Navjot मोना=Mona शिव=Shiv कुसुम=Kusum पारस=Paras रुखसार=Rukhsar मुकुल=Mukul सलोनी=Saloni ज़ीशान=Zeeshan
        तृप्ति=Tripti राजन=Rajan रागिनी=Ragini अक्षत=Akshat पार्वती=Parvati सुरजीत=Surjeet वीणा=Veena रमन=Raman बिंदु=Bindu
        जावेद=Javed परमिंदर=Parminder कुशल=Kushal अनामिका=Anamika पुष्पेंद्र=Pushpendra चारु=Charu बलराम=Balram मालती=Malti
        यशवंत=Yashwant सबा=Saba हरिओम=Hariom नूतन=Nutan शोएब=Shoaib अंशिका=Anshika वंश=Vansh रिंकी=Rinki मयूर=Mayur मैरी=Mary
        डेविड=David जागृति=Jagriti मृदुला=Mridula
    """,
    family="""
        शर्मा=Sharma सिंह=Singh कुमार=Kumar गुप्ता=Gupta वर्मा=Verma यादव=Yadav मिश्रा=Mishra पटेल=Patel जैन=Jain अग्रवाल=Agarwal
        चौधरी=Chaudhary तिवारी=Tiwari पांडे=Pandey मेहता=Mehta जोशी=Joshi त्रिपाठी=Tripathi चौहान=Chauhan कपूर=Kapoor
        मल्होत्रा=Malhotra खन्ना=Khanna राठौर=Rathore सक्सेना=Saxena श्रीवास्तव=Srivastava दुबे=Dubey भट्ट=Bhatt बंसल=Bansal
        अरोड़ा=Arora सेठी=Sethi चोपड़ा=Chopra भाटिया=Bhatia गोयल=Goyal मित्तल=Mittal राजपूत=Rajput सोनी=Soni शुक्ला=Shukla
        ठाकुर=Thakur नेगी=Negi रावत=Rawat बिष्ट=Bisht गर्ग=Garg सहगल=Sehgal ग्रोवर=Grover बजाज=Bajaj तनेजा=Taneja व्यास=Vyas
        पुरोहित=Purohit कश्यप=Kashyap दीक्षित=Dixit
    """,
    stems="""
        राम=Ram कृष्ण=Krishna शिव=Shiv हरि=Hari देव=Dev जय=Jai धर्म=Dharm सत्य=Satya सूर्य=Surya चंद्र=Chandra इंद्र=Indra
        गंगा=Ganga बल=Bal प्रेम=Prem ज्ञान=Gyan सोम=Som भानु=Bhanu लक्ष्मी=Laxmi विष्णु=Vishnu वीर=Veer नर=Nar कमल=Kamal
        सुख=Sukh दया=Daya
    """,
    endings="पाल=pal नाथ=nath राज=raj दास=das प्रसाद=prasad चंद=chand लाल=lal नारायण=narayan पुरी=puri वंशी=vanshi वाल=wal कर=kar",
    places="""
        मुंबई=Mumbai दिल्ली=Delhi बेंगलुरु=Bengaluru पुणे=Pune जयपुर=Jaipur लखनऊ=Lucknow इंदौर=Indore भोपाल=Bhopal पटना=Patna
        कानपुर=Kanpur नागपुर=Nagpur वाराणसी=Varanasi चंडीगढ़=Chandigarh देहरादून=Dehradun अहमदाबाद=Ahmedabad सूरत=Surat
    """,
    native_script=0.25,
    rare=0.45,
    steepness=0.5,
    middle=0.04,
    given_steepness=0.4,
)
