"""Spanish names."""

from creatorgraph.synth.culture.culture import Culture

SPANISH = Culture(
    language="es",
    share=0.12,
    given="""
        María Lucía Sofía Martina Paula Valeria Julia Daniela Alba Carmen Valentina Camila Elena Alejandra Gabriela Andrea
        Natalia Isabel Rocío Pilar Antonio Manuel José Francisco David Juan Javier Daniel Carlos Miguel Alejandro Rafael Pedro
        Pablo Ángel Sergio Fernando Jorge Luis Alberto Álvaro Diego Adrián Raúl Iván Rubén Óscar Andrés Joaquín Santiago
        Mateo Emilio Hugo Ximena Renata Itzel
        Adriana Agustín Aitana Amparo Araceli Arturo Beatriz Belén Benjamín Blanca Bruno Cecilia César Clara Claudia Consuelo
        Cristina Cristóbal Dolores Eduardo Enrique Ernesto Esperanza Esteban Estefanía Eva Felipe Félix Gonzalo Graciela
        Guadalupe Guillermo Gustavo Héctor Ignacio Inés Irene Jaime Jimena Leonardo Leticia Lorena Lorenzo Luciana Marcos
        Mariana Mario Marta Mercedes Mónica Montserrat Nicolás Noelia Nuria Paloma Patricia Ramón Raquel Ricardo Roberto
        Rodrigo Salvador Sandra Silvia Teresa Tomás Verónica Vicente Víctor Virginia Yolanda
        Ana Jesús Laura Martín Sara Gabriel Rosa Sebastián Paola Julio Carolina Samuel Victoria Cristian Fernanda Alfonso
        Diana Gerardo Ángela Mauricio Catalina Julián Alicia Alfredo Marina Marco Susana Marcelo Sonia Armando Gloria
        Lucas Carla Matías Florencia Jordi Margarita Federico Luisa Ismael Esther Omar Liliana Fabián Miriam Germán Lidia
        Emiliano Karina Darío Ainhoa Édgar Nerea Camilo Vanesa Iker Rosario Xavier Lourdes Aitor Fátima Joel Marisol Marc
        Josefina Domingo Maribel Mariano Agustina Isaac Julieta Humberto Micaela Aarón Emilia Elías Antonia Rodolfo
        Paulina Facundo Rebeca Abel Macarena Hernán Constanza Leandro Milagros Maximiliano Soledad Moisés Magdalena Israel
        Begoña Damián Maite Saúl Leire Borja Brenda Alonso Karla Orlando Viviana Ezequiel Tamara Josué Inmaculada Abraham
        Ruth Gilberto Noemí Efraín Candela Ramiro Fabiola Claudio Yesenia Adolfo Alma Unai Regina Simón Elsa Rogelio
        Carlota Iñaki Mireia Valentín Laia Eugenio Amaya Franco Norma
    """,
    family="""
        García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Hernández Ruiz Díaz Moreno Muñoz
        Álvarez Romero Gutiérrez Alonso Navarro Torres Domínguez Ramos Vázquez Ramírez Gil Serrano Molina Blanco Morales Suárez
        Ortega Delgado Castro Ortiz Rubio Marín Sanz Núñez Iglesias Medina Garrido Cortés Castillo Santos Lozano Guerrero Cano
        Prieto Méndez Cruz Herrera Peña Flores Cabrera Campos Vega Fuentes Carrasco
    """,
    stems="""
        Aguirre Alda Arriz Baraño Bel Cala Carba Casta Echeve Elor Fonta Gala Goro Ibar Irure Larra Loya Maldo Monta
        Olaza Pala Riba Sala Tala Urru Villa Zaba Zumala
    """,
    endings="ndo ñeda gorri zábal rrieta verde meno lobos rreal nares güena cárdenas rroyo tegui mar goitia",
    rare=0.5,
    steepness=0.5,
    places="""
        Madrid Barcelona Valencia Sevilla Málaga Bilbao Zaragoza México Guadalajara Monterrey Puebla Bogotá Medellín Cali
        Buenos_Aires Córdoba Rosario Santiago Lima Quito Montevideo Caracas San_José Panamá
    """,
    double_family=0.35,
)
