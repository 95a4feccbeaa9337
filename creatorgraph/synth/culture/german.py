"""German names."""

from creatorgraph.synth.culture.culture import Culture

GERMAN = Culture(
    language="de",
    share=0.06,
    given="""
        Anna Lena Laura Julia Lisa Sarah Katharina Hannah Sophie Marie Johanna Franziska Jana Lea Nina Theresa Carolin Vanessa
        Melanie Greta Frieda Mathilda Lukas Leon Finn Jonas Paul Felix Maximilian Tim Jan Niklas Florian Tobias Sebastian
        Philipp Moritz Fabian Simon Dominik Matthias Stefan Jürgen Björn Jörg Sören Henrik Lars Till Emil Anton Konrad
        Stefanie Thomas Christina Michael Nicole Andreas Sandra Christian Claudia Markus Susanne Daniel Sabine Alexander
        Andrea Martin Daniela Sven Anja Jens Katja Thorsten Tanja Torsten Nadine Marco Jessica Patrick Jennifer Dennis Sabrina
        Kevin Kathrin Oliver Katrin Marcel Christine Benjamin Martina Christoph Petra Kai Simone Peter Silke Frank Heike Dirk
        Birgit Uwe Bianca Ralf Yvonne Robert Anne David Annika Julian Alina Johannes Eva Luca Maria Jakob Michelle Noah Leonie
        Elias Clara Ben Charlotte Luis Luisa Max Amelie Marvin Emma Pascal Mia René Emily Robin Isabel Sascha Isabell Steffen
        Isabella Stephan Elisabeth Timo Alexandra Tom Miriam Marc Rebecca Mario Verena Manuel Magdalena Marius Barbara Malte
        Monika Maik Ulrike Mike Karin Mathias Kerstin Nico Bettina Nils Manuela Niels Michaela Nicolas Cornelia Nikolas
        Angelika Jannik Antje Yannick Ines Jannis Kristin Joshua Kristina Jonathan Svenja Joel Maike Hendrik Meike Hannes
        Merle Henning Wiebke Erik Silvia Eric Sonja Vincent Marion Valentin Gabriele Samuel Anke Theo Antonia Raphael Hanna
        Emre Ella Mehmet Elif Viktor Larissa Richard Kim Roman Carla Lennart Esther Julius Zeynep Adrian Isabelle Aaron Astrid
        André Carmen Arne Doreen Axel Mandy Bastian Diana Bernd Denise Boris Jasmin Bruno Janina Carsten Janine Karsten
        Jacqueline Karl Celina Klaus Chiara Holger Ronja Heiko Selina Ingo Sina Jochen Pia Jörn Paula Ole Pauline Ruben Helena
        Oskar Helene Lasse Ida Urs Elena Rainer Josephine Volker Josefine Wolfgang Juliane Ulrich Friederike Georg Christiane
        Franz Corinna Friedrich Mira Frederik Judith Ferdinand Karoline Gregor Klara Gabriel Lara Hans Lina Harald Linda
        Heinrich Luise Josef Maja Justin Mara Justus Mareike Kilian Marina Konstantin Marlene Clemens Mona Benedikt Nadja
        Bernhard Natalie Korbinian Natascha Leonard Nele Lorenz Patricia Ramona Romy Saskia Sophia Stella Tabea Tamara
    """,
    family="""
        Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf
        Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Lehmann Köhler Maier
        Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger
        Winkler Roth Beck Lorenz Baumann Franke Albrecht
    """,
    stems="""
        Acker Alten Birken Blumen Breiten Brücken Buchen Damm Dorn Eichen Eisen Erlen Falken Feld Grün Hagen Hasel Heiden
        Hirsch Hohen Kalten Kirch Kupfer Linden Lilien Mühlen Neu Nieder Ober Rosen Sand Schön Silber Stein Stern Tannen
        Wald Weiden Wiesen Winter
    """,
    endings="bach bauer baum berg berger brink burg dorf eder feld felder haus heim hofer kamp mann meier mayer müller rath thal",
    places="""
        Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dresden Hannover Nürnberg Bremen Wien Graz
        Salzburg Zürich Basel Bern Freiburg Münster
    """,
    links="en er",
    rare=0.88,
    given_steepness=0.4,
)
