"""Russian names: Cyrillic, with the Latin spelling that people use in handles."""

from creatorgraph.synth.culture.culture import Culture

RUSSIAN = Culture(
    language="ru",
    share=0.06,
    given="""
        Анна=Anna Мария=Maria Екатерина=Ekaterina Ольга=Olga Наталья=Natalia Елена=Elena Дарья=Daria Анастасия=Anastasia
        Юлия=Julia Ирина=Irina Татьяна=Tatiana Светлана=Svetlana Полина=Polina Ксения=Ksenia Алина=Alina Вероника=Veronika
        Кристина=Kristina Виктория=Victoria Софья=Sofya Маргарита=Margarita Людмила=Lyudmila Жанна=Zhanna
        Александр=Alexander Дмитрий=Dmitry Иван=Ivan Сергей=Sergey Андрей=Andrey Алексей=Alexey Максим=Maxim Михаил=Mikhail
        Николай=Nikolay Павел=Pavel Артём=Artem Роман=Roman Егор=Egor Никита=Nikita Илья=Ilya Кирилл=Kirill Антон=Anton
        Евгений=Evgeny Владимир=Vladimir Олег=Oleg Юрий=Yuri Денис=Denis Игорь=Igor Глеб=Gleb Тимур=Timur Фёдор=Fedor
        Вадим=Vadim Ярослав=Yaroslav Марина=Marina Константин=Konstantin Елизавета=Elizaveta Виктор=Viktor Оксана=Oksana
        Виталий=Vitaly Надежда=Nadezhda Станислав=Stanislav Александра=Alexandra Владислав=Vladislav Валерия=Valeria
        Руслан=Ruslan Галина=Galina Вячеслав=Vyacheslav Евгения=Evgenia Даниил=Daniil Яна=Yana Григорий=Grigory Диана=Diana
        Пётр=Petr Алёна=Alena Борис=Boris Лариса=Larisa Анатолий=Anatoly Вера=Vera Василий=Vasily Любовь=Lyubov Георгий=Georgy
        Нина=Nina Арсений=Arseny Катя=Katya Матвей=Matvey Настя=Nastya Степан=Stepan Арина=Arina Тимофей=Timofey
        Варвара=Varvara Валерий=Valery София=Sofia Леонид=Leonid Инна=Inna Эдуард=Eduard Олеся=Olesya Данил=Danil
        Карина=Karina Марк=Mark Валентина=Valentina Артур=Artur Ульяна=Ulyana Саша=Sasha Маша=Masha Марат=Marat Лилия=Lilia
        Рустам=Rustam Ангелина=Angelina Семён=Semyon Кира=Kira Святослав=Svyatoslav Лидия=Lidia Богдан=Bogdan Ева=Eva
        Родион=Rodion Зоя=Zoya Геннадий=Gennady Наталия=Nataliya Ильдар=Ildar Василиса=Vasilisa Лев=Lev Милана=Milana
        Герман=German Даша=Dasha Филипп=Filipp Аня=Anya Дима=Dima Эльвира=Elvira Женя=Zhenya Регина=Regina Злата=Zlata
        Тамара=Tamara Снежана=Snezhana
    """,
    family="""
        Иваненко=Ivanenko Смирнов=Smirnov Кузнецов=Kuznetsov Попов=Popov Васильев=Vasiliev Петров=Petrov Соколов=Sokolov
        Михайлов=Mikhailov Новиков=Novikov Фёдоров=Fedorov Морозов=Morozov Волков=Volkov Алексеев=Alekseev Лебедев=Lebedev
        Семёнов=Semenov Егоров=Egorov Павлов=Pavlov Козлов=Kozlov Степанов=Stepanov Николаев=Nikolaev Орлов=Orlov
        Андреев=Andreev Макаров=Makarov Никитин=Nikitin Захаров=Zakharov Зайцев=Zaytsev Соловьёв=Solovyov Борисов=Borisov
        Яковлев=Yakovlev Григорьев=Grigoriev Романов=Romanov Воробьёв=Vorobyov Сергеев=Sergeev Кузьмин=Kuzmin Фролов=Frolov
        Александров=Alexandrov Дмитриев=Dmitriev Королёв=Korolev Гусев=Gusev Киселёв=Kiselev Ильин=Ilyin Максимов=Maksimov
        Поляков=Polyakov Сорокин=Sorokin Виноградов=Vinogradov Ковалёв=Kovalev Белов=Belov Медведев=Medvedev
    """,
    stems="""
        Берез=Berez Бор=Bor Вишн=Vishn Горб=Gorb Дуб=Dub Жарк=Zhark Звер=Zver Зим=Zim Калин=Kalin Клён=Klen Крас=Kras
        Кроп=Krop Лад=Lad Лесн=Lesn Лист=List Мир=Mir Нежд=Nezhd Озер=Ozer Павл=Pavl Род=Rod Ряб=Ryab Сав=Sav Сер=Ser
        Снег=Sneg Тих=Tikh Туч=Tuch Ужв=Uzhv Хмел=Khmel Черн=Chern Шум=Shum Щег=Shcheg Яр=Yar Баг=Bag Бел=Bel Вер=Ver
        Глад=Glad Гол=Gol
        Дем=Dem Ерм=Yerm Жур=Zhur Кир=Kir Кол=Kol Лап=Lap Лук=Luk Мел=Mel Наз=Naz Пан=Pan Пет=Pet Руд=Rud Сел=Sel Стар=Star
        Тар=Tar Фил=Fil Хар=Khar Шев=Shev Ширш=Shirsh
    """,
    endings="ов=ov инский=insky овский=ovsky енко=enko анов=anov ильников=ilnikov ицын=itsyn ягин=yagin ёнок=yonok унов=unov "
    "ев=ev ин=in кин=kin ский=sky ецкий=etsky ушкин=ushkin арев=arev оненко=onenko айлов=aylov асов=asov ухин=ukhin",
    places="""
        Москва=Moscow Санкт-Петербург=Saint_Petersburg Казань=Kazan Новосибирск=Novosibirsk Екатеринбург=Yekaterinburg
        Самара=Samara Минск=Minsk Алматы=Almaty Тбилиси=Tbilisi Ереван=Yerevan Сочи=Sochi Томск=Tomsk Пермь=Perm Уфа=Ufa
    """,
    native_script=0.55,
    rare=0.85,
)
