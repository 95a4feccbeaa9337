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
)
