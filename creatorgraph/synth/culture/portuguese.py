"""Portuguese names, as in Brazil and Portugal."""

from creatorgraph.synth.culture.culture import Culture

PORTUGUESE = Culture(
    language="pt",
    share=0.1,
    given="""
        Maria Ana Juliana Mariana Fernanda Beatriz Larissa Camila Letícia Amanda Bruna Gabriela Rafaela Carolina Isabela
        Vitória Luana Patrícia Aline Bianca Helena Lívia João José Pedro Lucas Gabriel Rafael Matheus Gustavo Felipe Bruno
        Thiago Rodrigo André Diego Leonardo Vinícius Caio Eduardo Henrique Marcelo Fábio Danilo Renato Otávio Murilo Igor
        Tainá Yasmin Débora Cauã
        Adriana Alberto Alessandra Alexandre Alice Antônio Arthur Augusto Bárbara Benedito Bernardo Breno Carlos Cecília César
        Cláudia Cristiane Cristina Daniel Daniela Davi Elaine Elisa Enzo Érica Fabiana Fernando Flávia Francisco Giovana
        Guilherme Heitor Hugo Isadora Jéssica Joaquim Jorge Júlia Júlio Karina Laura Leandro Lorena Luciana Luís Luiza Manuela
        Márcia Márcio Marcos Marina Mateus Maurício Miguel Mônica Natália Nicole Paula Paulo Priscila Raquel Regina Renata
        Ricardo Roberto Rosana Samuel Sandra Sérgio Silvana Simone Sofia Tatiana Teresa Tiago Valéria Vanessa Verônica Vítor
        Joana Luiz Carla Anderson Inês Alex Tatiane Adriano Catarina Luciano Sara Rogério Jaqueline Cláudio Andressa Diogo
        Michele Fabiano Viviane Wellington Rita Mário Marta Renan Denise Jefferson Sabrina Ronaldo Thaís Edson Roberta
        Cristiano Eliane Flávio Rosângela Douglas Lúcia Wesley Andreia Nuno Sônia Rui Tânia Jonathan Marcela Everton
        Daiane Emerson Milena Fabrício Eduarda Luan Sílvia Robson Gisele Geraldo Clara Wagner Lara Raul Rebeca Gilberto
        Franciele Ivan Janaína Filipe Vera Willian Josiane Evandro Cíntia Celso Talita Elias Ingrid Gonçalo Angélica
        Juliano Eliana Nelson Raíssa Jean Emanuelle Mauro Rayane Yuri Ester Álvaro Rosa Jonas Susana Tomás Filipa Allan
        Leonor Erick Monique Afonso Kelly Saulo Marília Cleber Marisa Moisés Tamires Joel Pâmela Ramon Paloma Sidnei
        Solange Valdir Poliana Ítalo Maiara Israel Elisângela Osvaldo Samara Hélder Suelen Rômulo Joyce Isaac Sheila Hélio
        Mirela Michel Matilde
    """,
    family="""
        Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes
        Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso
        Ramos Gonçalves Santana Teixeira Araújo Pinto Correia Cunha Azevedo Castro Campos Monteiro Moura Batista Borges
        Fonseca Miranda Tavares Coelho Magalhães Duarte Queiroz Bezerra
    """,
    stems="""
        Abran Alcân Amoe Bara Bitten Brandi Cala Carra Casta Coim Fari Figuei Gua Jaca Lace Louren Maga Mala Mascare Meire
        Pache Pala Quin Resen Sala Sampa Sequei Tabo Vasco Vilela
    """,
    endings="tara ruda court nhas rdo drão valho ques vedo nheira ndes tella rinho reda cedo lhosa",
    rare=0.4,
    places="""
        São_Paulo Rio_de_Janeiro Belo_Horizonte Salvador Fortaleza Recife Curitiba Porto_Alegre Brasília Manaus Belém Goiânia
        Campinas Florianópolis Natal Lisboa Porto Braga Coimbra Faro
    """,
    double_family=0.3,
    middle=0.12,
)
