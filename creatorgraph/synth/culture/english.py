"""English names."""

from creatorgraph.synth.culture.culture import Culture

ENGLISH = Culture(
    language="en",
    share=0.36,
    given="""
        James Olivia Emma Noah Liam Amelia Charlotte Mia Oliver Sophia Jack Isabella Harry Ava Lucas Grace Henry Lily Ella
        Ethan Chloe Daniel Emily Jacob Zoe Samuel Hannah Alexander Ruby Benjamin Alice Thomas Lucy Ryan Megan Nathan Abigail
        Dylan Rachel Tyler Lauren Connor Jessica Aaron Natalie Kyle Samantha Jordan Brooke Marcus Paige Derek Faith Trevor
        Ivy Wesley Hazel Grant Willow Felix Jade Theo Naomi Callum Freya Owen Poppy Rhys Bethany Adam Alan Albert Alison
        Amanda Amber Amy Andrew Angela Anthony Ashley Austin Barbara Blake Brandon Brian Cameron Caroline Cassandra Catherine
        Charles Christina Christopher Claire Cody Colin Courtney Craig Curtis David Deborah Diana Dominic Donald Dorothy Douglas
        Edward Elaine Eleanor Elizabeth Eric Erin Evan Fiona Frances Frank Gary Gavin George Georgia Gordon Graham Gregory
        Heather Helen Holly Ian Isaac Jason Jeffrey Jennifer Jeremy Joanna John Jonathan Joseph Joshua Julian Karen Katherine
        Keith Kenneth Kevin Kimberly Laura Leah Leslie Logan Louis Malcolm Margaret Mark Martha Mary Matthew Melissa Michael
        Molly Nicholas Nicole Nigel Patricia Patrick Paul Peter Philip Phoebe Rebecca Richard Robert Robin Rosemary Roy Russell
        Sarah Scott Sean Simon Spencer Stella Stephanie Stephen Stuart Susan Tara Teresa Timothy Tracy Travis Vanessa Vera
        Veronica Victor Vincent Walter Wendy William Zachary Madison Luke Danielle Justin Michelle Christian Lisa Jake Kelly
        Gabriel Victoria Hunter Sara Caleb Anna Elijah Julie Isaiah Julia Mason Taylor Aidan Katie Steven Kate Bradley Sophie
        Bryan Alexis Joel Alyssa Sebastian Allison Adrian Kayla Jesse Brittany Raymond Tiffany Dennis Andrea Jerry Christine
        Larry Kathryn Ronald Kathleen Lewis Jasmine Martin Morgan Neil Chelsea Darren Maria Lee Melanie Wayne Alexandra Shane
        Haley Shaun Hailey Shawn Sydney Ross Savannah Jared Lindsay Alex Erica Sam Monica Ben Jenna Max Kelsey Chris Crystal
        Josh Shannon Matt Sandra Mike Linda Tom Sharon Nick Nancy Will Carol Joe Donna Dan Pamela Todd Denise Chad Cynthia
        Brett Jacqueline Brent Valerie Dustin Kristen Corey Alicia Cory Alana Cole Madeline Chase Gabrielle Bryce Caitlin
        Devin Kaitlyn Devon Katelyn Garrett Brianna Tony Destiny Jeff Jane Greg Anne Lawrence Marie Roger Louise Leonard Gemma
        Barry Kirsty Terry Hayley Danny Stacey Jay April Oscar Bianca Levi Autumn Eli Ebony Miles Sadie Jon Sierra Troy
        Felicity Glenn Florence Hugh Shelby Leon Simone Maxwell Annie Andre Keisha Jamal Yasmin Malik Abby Jerome Whitney Ivan
        Imani Drew Kylie Jonah Rhiannon Brody Beth Dean Bridget Brendan Meghan Angus Natasha Lachlan Nina Duncan Josephine
        Bruce Joanne Calvin Tracey Hamish Zara Marc Isla Micah Evie Mitchell Ellie Nathaniel Tina Xavier Paula Tristan Lydia
        Seth Cheryl Riley Theresa Parker Maeve Carter Virginia Leo Daisy Arthur Millie Stanley Rosie Darnell Niamh Tyrone
        Aoife Carl Ciara Dale Sinead Fred Siobhan Ricky Roisin Randy Saoirse Jayden Orla Gareth Aisling Hugo Eve Archie Eva
        Toby Evelyn Elliot Violet Elliott Scarlett Harvey Penelope Harrison Nora Finley Audrey Finn Claudia Kieran Leanne
        Declan Kayleigh Ciaran Jodie Harriet Francesca Georgina Imogen Matilda Sienna Summer Skye Jamie Casey Carly Carrie
    """,
    family="""
        Smith Johnson Williams Brown Jones Davis Miller Wilson Taylor Clark White Harris Martin Thompson Walker Young Allen
        King Wright Scott Green Baker Adams Nelson Hill Campbell Mitchell Roberts Carter Phillips Evans Turner Parker Collins
        Edwards Stewart Morris Murphy Cook Rogers Morgan Cooper Reed Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson
        Brooks Bennett Gray Hughes Price Myers Foster Sanders Ross Powell Sullivan Russell Hayes Fisher
    """,
    stems="""
        Ash Black Brad Bran Carl Chester Clay Cran Dal Dun East Ef Elling Fair Far Green Had Hal Hart Haw Hazel Hel Hol Kings
        Lang Lin Lock Mar Mel Nor Oak Pem Rad Red Rock Ruther Shel Stan Stoke Thorn Under Wake Wal War Wen West Whit Win Wood
    """,
    endings="""
        worth ford field ley burn bury combe dale den gate ham hurst land low more ridge shaw stead stone ston thorpe ton
        well wick wood
    """,
    links="er ing en el",
    rare=0.85,
    places="""
        London Manchester Leeds Bristol Glasgow Dublin New_York Los_Angeles Chicago Austin Seattle Denver Portland Nashville
        Atlanta Boston Toronto Vancouver Melbourne Sydney Brisbane Auckland Cape_Town Lagos Accra Cardiff Edinburgh
    """,
    middle=0.08,
    given_steepness=0.4,
)
