"""French names."""

from creatorgraph.synth.culture.culture import Culture

FRENCH = Culture(
    language="fr",
    share=0.06,
    given="""
        Camille Léa Manon Chloé Emma Inès Jade Louise Alice Lola Juliette Zoé Anaïs Mathilde Pauline Charlotte Clémence
        Margaux Élodie Aurélie Céline Amandine Noémie Solène Lucas Hugo Louis Gabriel Arthur Jules Nathan Raphaël Théo Maxime
        Antoine Thomas Alexandre Nicolas Julien Mathieu Clément Romain Quentin Baptiste Valentin Adrien Florian Rémi Loïc
        Cédric Yann Étienne
    """,
    family="""
        Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia Bertrand
        Roux Vincent Fournier Morel Girard André Mercier Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau
        Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Lopez Fontaine Chevalier Robin
        Masson Sanchez Gérard Nguyen Boyer Denis
    """,
    stems="""
        Arche Bala Barba Beau Bel Boissi Bour Cara Carpen Chante Cour Dela Fon Gail Grand Hauter Lacha Lamo Mala Mari Mont
        Neuvi Peli Pontar Queva Rabi Ravi Sau Tail Vale Vau Ville
    """,
    endings="court dier geon lard lier ville mont nard neau nel quet rand reuil rive ronde sac teau tier vais zac",
    places="""
        Paris Lyon Marseille Toulouse Bordeaux Lille Nantes Strasbourg Montpellier Rennes Nice Grenoble Bruxelles Liège
        Genève Lausanne Montréal Québec Dakar Abidjan
    """,
    links="i a",
    rare=0.9,
)
