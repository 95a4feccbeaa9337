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
    rare=0.25,
    places="""
        São_Paulo Rio_de_Janeiro Belo_Horizonte Salvador Fortaleza Recife Curitiba Porto_Alegre Brasília Manaus Belém Goiânia
        Campinas Florianópolis Natal Lisboa Porto Braga Coimbra Faro
    """,
    double_family=0.3,
    middle=0.12,
)
