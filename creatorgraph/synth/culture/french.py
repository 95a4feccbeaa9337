"""French names."""

from creatorgraph.synth.culture.culture import Culture

FRENCH = Culture(
    language="fr",
    share=0.06,
    given="""
        Camille Léa Manon Chloé Emma Inès Jade Louise Alice Lola Juliette Zoé Anaïs Mathilde Pauline Charlotte Clémence
        Margaux Élodie Aurélie Céline Amandine Noémie Solène Lucas Hugo Louis Gabriel Arthur Jules Nathan Raphaël Théo Maxime
        Antoine Thomas Alexandre Nicolas Julien Mathieu Clément Romain Quentin Baptiste Valentin Adrien Florian Rémi Loïc
        Cédric Yann Étienne Marie Pierre Julie Guillaume Sarah Sébastien Laura David Marion Christophe Marine Stéphane Sophie
        Frédéric Isabelle Laurent Nathalie Olivier Stéphanie Philippe Sandrine Vincent Virginie Jérôme Émilie Benjamin Lucie
        Benoît Claire Kevin Hélène Anthony Caroline Alexis Delphine Jérémy Karine Jonathan Séverine Simon Christelle Paul
        Laetitia Victor Valérie Damien Mélanie Mickaël Audrey Fabien Jessica Ludovic Jennifer Arnaud Sabrina Sylvain Morgane
        Axel Océane Dylan Justine Grégory Fanny Marc Cécile François Anne Éric Élise Pascal Alexandra Thierry Vanessa Franck
        Angélique Bruno Laurence Fabrice Véronique Xavier Catherine Emmanuel Sylvie Yannick Christine Cyril Florence Samuel
        Patricia Tristan Corinne Bastien Agnès Corentin Carole Enzo Mélissa Léo Coralie Mathis Alexia Tom Estelle Ethan
        Ophélie Robin Charlène Dorian Clara Matthieu Eva Rémy Lisa Thibault Jeanne Thibaut Romane Aurélien Maëva Gaëtan Maëlle
        Mehdi Lucile Karim Célia Mohamed Nina Yanis Ambre Sofiane Margot Rayan Salomé Erwan Capucine Maël Gaëlle Martin Sandra
        Charles Myriam Henri Sonia Augustin Nadia Édouard Yasmine Grégoire Leïla Jean Fatima Patrick Samira Alain Magali
        Michel Béatrice Christian Emmanuelle Daniel Élisabeth Hervé Ludivine Gilles Adeline Didier Aline Denis Axelle Luc
        Amélie Joris Valentine Killian Lilian Sacha Noé Tanguy
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
