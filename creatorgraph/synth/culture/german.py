"""German names."""

from creatorgraph.synth.culture.culture import Culture

GERMAN = Culture(
    language="de",
    share=0.06,
    given="""
        Anna Lena Laura Julia Lisa Sarah Katharina Hannah Sophie Marie Johanna Franziska Jana Lea Nina Theresa Carolin Vanessa
        Melanie Greta Frieda Mathilda Lukas Leon Finn Jonas Paul Felix Maximilian Tim Jan Niklas Florian Tobias Sebastian
        Philipp Moritz Fabian Simon Dominik Matthias Stefan Jürgen Björn Jörg Sören Henrik Lars Till Emil Anton Konrad
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
)
