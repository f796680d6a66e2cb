//! Invented people come from several cultures, each with its names, scripts, towns and countries.
//!
//! A name is `own:latin/other latin|short/shorter`: how it is written at home, how it is written in Latin letters, and what
//! friends say. Long tails of family names are put together from parts.

use super::draws::Skewed;

/// One name with its forms.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// As written at home.
    pub(super) own: String,
    /// In Latin letters; the first is the usual one.
    pub(super) latin: Vec<String>,
    /// Short forms.
    pub(super) short: Vec<String>,
}

/// Where people and their names come from.
#[derive(Debug)]
pub(super) struct Culture {
    /// How many people in a thousand.
    pub(super) share: u64,
    pub(super) script: Script,
    pub(super) given: Vec<Name>,
    pub(super) family: Vec<Name>,
    pub(super) given_draw: Skewed,
    pub(super) family_draw: Skewed,
    pub(super) towns: Vec<Vec<String>>,
    /// Country and its dialling code.
    pub(super) countries: Vec<(&'static str, &'static str)>,
}

/// How names are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// In Latin letters everywhere.
    Latin,
    /// In letters of their own at home.
    Other,
    /// In Han characters at home, the family name first.
    Han,
}

/// The plain text that a culture is read from.
struct Source {
    share: u64,
    script: Script,
    given: &'static str,
    family: &'static str,
    heads: &'static str,
    tails: &'static str,
    towns: &'static str,
    countries: &'static [(&'static str, &'static str)],
}

/// Reads all cultures.
pub(super) fn cultures() -> Vec<Culture> {
    SOURCES.iter().map(Culture::read).collect()
}

impl Culture {
    fn read(source: &Source) -> Self {
        let names = |text: &str| text.split_whitespace().map(Name::read).collect::<Vec<_>>();
        let given = names(source.given);
        let mut family = names(source.family);
        for head in source.heads.split_whitespace() {
            for tail in source.tails.split_whitespace() {
                family.push(Name::read(&format!("{head}{tail}")));
            }
        }
        let towns = source.towns.split_whitespace();
        Self {
            share: source.share,
            script: source.script,
            given_draw: Skewed::names(given.len(), 12),
            family_draw: Skewed::names(family.len(), 8),
            given,
            family,
            towns: towns
                .map(|town| town.split('/').map(|word| word.replace('_', " ")).collect())
                .collect(),
            countries: source.countries.to_vec(),
        }
    }
}

impl Name {
    fn read(text: &str) -> Self {
        let (spelt, short) = text.split_once('|').unwrap_or((text, ""));
        let (own, latin) = spelt.split_once(':').unwrap_or((spelt, spelt));
        let list = |text: &str| {
            text.split('/')
                .filter(|form| !form.is_empty())
                .map(|form| form.replace('_', " "))
                .collect()
        };
        Self {
            own: own.replace('_', " "),
            latin: list(latin),
            short: list(short),
        }
    }
}

const SOURCES: &[Source] = &[
    Source {
        share: 460,
        script: Script::Latin,
        given: "William|Bill/Will/Billy/Liam Elizabeth|Liz/Beth/Betty James|Jim/Jimmy/Jamie Margaret|Maggie/Peggy/Meg John|Jack/Johnny Robert|Bob/Rob/Bobby \
            Katherine|Kate/Kathy/Katie Thomas|Tom/Tommy Susan|Sue Charles|Charlie/Chuck Patricia|Pat/Patty/Tricia Edward|Ed/Eddie/Ted Jennifer|Jen/Jenny \
            Richard|Rick/Dick/Richie Michael|Mike/Mickey Rebecca|Becky David|Dave Joseph|Joe/Joey Deborah|Deb/Debbie Samuel|Sam/Sammy Daniel|Dan/Danny \
            Christopher|Chris/Kit Amanda|Mandy Matthew|Matt Anthony|Tony Stephen|Steve Andrew|Andy/Drew Victoria|Vicky/Tori Kenneth|Ken/Kenny Nicholas|Nick \
            Timothy|Tim Jessica|Jess Benjamin|Ben/Benny Gregory|Greg Patrick|Pat/Paddy Abigail|Abby Ronald|Ron/Ronnie Alexander|Alex/Sandy Pamela|Pam \
            Joshua|Josh Philip|Phil Stephanie|Steph Frederick|Fred/Freddie Theodore|Ted/Theo Harriet Alice George Martha Henry|Harry/Hal Florence|Flo \
            Edith Walter|Walt Agnes Hugh Clara Ralph Ivy Oscar Nora Felix Ruth Owen Hazel Simon Iris Colin Mabel Neil Judith|Judy Graham Audrey Keith Sylvia \
            Duncan Beryl Ewan Moira Rhys Megan Dylan Bronwen Gareth Fiona Angus Isla Callum Eilidh Ross Ailsa Craig Heather Bruce Lorna Stuart Rhona",
        family: "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke \
            Harris Martin Cooper King Ward Hughes Baker Hill Lewis Carter Turner Moore Morris Clark Lee Parker Cook Price Bell Murphy Kelly Bailey Cox \
            Shaw Foster Gray Mills Reid Fox Hunt Webb Palmer Stone Knight Lane Marsh Nash O'Connor O'Neill MacLeod McKenzie FitzGerald Hart-Davies Lloyd-Jones",
        heads: "Ald Ash Bar Beck Birch Brom Carr Cran Dal Elm Fair Fern Green Hal Hart Haw Hol Kirk Lang Lin Mar Mel New Nor Oak Pem Red Rush Sel Stan Thorn Wake Wel Wex Win",
        tails: "bourne bridge bury by combe cote dale den field ford gate ham hurst ley low mere more ridge shaw stead stock ton well wick worth",
        towns: "Norwich Exeter Leicester Sheffield Cardiff Dundee Inverness Galway Hartford/Hartford_CT Springfield Albany Tucson Omaha Ottawa Halifax \
            Hobart Perth Wellington New_Haven/Newhaven Salt_Lake_City/SLC Bath York Plymouth Oxford",
        countries: &[
            ("GB", "44"),
            ("US", "1"),
            ("US", "1"),
            ("CA", "1"),
            ("AU", "61"),
            ("IE", "353"),
        ],
    },
    Source {
        share: 130,
        script: Script::Latin,
        given: "María José|Pepe Francisco|Paco Antonio|Toño Guadalupe|Lupe Joaquín Concepción|Concha Ignacio|Nacho Mercedes|Merche Rafael|Rafa Dolores|Lola \
            Íñigo Julián Asunción Germán Nuria Águeda Simón Rocío Esteban Belén Gonzalo Pilar Hernán Azucena Matías Yolanda Fermín Lucía Damián",
        family: "García Fernández López Sánchez Pérez Gómez Díaz Muñoz Álvarez Romero Alonso Navarro Domínguez Ramos Gil Serrano Blanco Molina Suárez Ortiz \
            Iglesias Santos Castillo Rubio Medina García_López Pérez_Gómez Díaz_Romero Muñoz_Navarro Sánchez_Gil López_Serrano Ramos_Ortiz Alonso_Rubio",
        heads: "Arri Bel Car Este Fuen Gal Iba Mon Oli Sala Torre Val Villa Zar",
        tails: "bán cedo dero garay legui monte nosa rcón rreal seca tierra verde",
        towns: "Zaragoza/Saragossa Bilbao/Bilbo Granada Murcia Cádiz Salamanca Guadalajara Puebla Rosario Arequipa La_Coruña/A_Coruña San_Sebastián/Donostia",
        countries: &[("ES", "34"), ("MX", "52"), ("AR", "54"), ("PE", "51")],
    },
    Source {
        share: 110,
        script: Script::Latin,
        given: "Günter Jürgen|Jogi Käthe Sabine|Bine Wolfgang|Wolf Sören Brigitte|Gitta Friedrich|Fritz Johannes|Hannes Ulrich|Uli Gisela Torsten Renate Bärbel \
            Detlef Anja Holger Silke Rüdiger Maximilian|Max Katharina|Käthe Volker Ute Björn Elfriede|Friedel Norbert Gesine Hartmut Jörn Annelie",
        family: "Müller Schmidt Schneider Fischer Weber Wagner Becker Schäfer Koch Bauer Richter Klein Schröder Neumann Schwarz Zimmermann Krüger Hofmann \
            Lange Werner Köhler König Jäger Groß Weiß Böhm Förster Grün Müller-Schäfer Koch-Weiß van_der_Meer de_Vries van_Dijk von_Berg",
        heads: "Acker Alten Berg Birken Born Eber Eich Falken Grün Hagen Hof Kalten Linden Lohn Ober Rosen Stein Tannen Wald Wieden",
        tails: "bach bauer berger brück feld häuser heimer hof mann meier rath stätter thal",
        towns: "München/Munich/Muenchen Köln/Cologne/Koeln Nürnberg/Nuremberg/Nuernberg Bremen Dresden Rostock Graz Salzburg Basel/Basle Rotterdam Utrecht Den_Haag/The_Hague",
        countries: &[("DE", "49"), ("DE", "49"), ("AT", "43"), ("CH", "41"), ("NL", "31")],
    },
    Source {
        share: 60,
        script: Script::Latin,
        given: "Małgorzata|Gosia Agnieszka|Aga Grzegorz|Grzesiek Łucja Paweł Elżbieta|Ela Krzysztof|Krzysiek Żaneta Stanisław|Staszek Jędrzej Róża Zbigniew|Zbyszek \
            Wacław Bożena Mirosław|Mirek Danuta|Danka Michał Zdzisława Tadeusz|Tadek Jadwiga",
        family: "Nowak Kowalski Wiśniewski Wójcik Kamiński Zieliński Woźniak Dąbrowski Kozłowski Mazur Krawczyk Piotrowski Grabowski Pawłowski Król Wieczorek Jabłoński Wróbel",
        heads: "Bor Brzez Cies Dęb Gór Jawor Kos Lip Malin Olsz Rud Sosn Top Zaw",
        tails: "ecki ewski iński kowski nicki owicz owski ski",
        towns: "Kraków/Cracow/Krakow Gdańsk/Danzig Wrocław/Wroclaw Łódź/Lodz Poznań Lublin Toruń",
        countries: &[("PL", "48")],
    },
    Source {
        share: 50,
        script: Script::Latin,
        given: "Çağrı Gülşah Oğuz Şebnem İsmail Ömer Müge Tuğba Kürşat Ayşegül|Ayşe Halil Nilüfer Serdar Hülya Volkan Sevgi",
        family: "Yılmaz Şahin Çelik Öztürk Doğan Kılıç Çetin Koç Güneş Aksoy Bulut Erdoğan Türk Işık Kurt Taş Özkan Avcı Uçar Günay",
        heads: "Ak Boz Demir Er Gök Kara Kızıl Öz Taş Yel",
        tails: "baş can dağ er gül kaya men soy taş türk",
        towns: "İzmir/Izmir/Smyrna Ankara Bursa Eskişehir Antalya Trabzon",
        countries: &[("TR", "90")],
    },
    Source {
        share: 80,
        script: Script::Other,
        given: "Сергей:Sergei/Sergey/Serguei Дмитрий:Dmitri/Dmitry/Dmitriy|Dima Наталья:Natalia/Natalya|Natasha Юлия:Yulia/Julia/Iuliia Андрей:Andrei/Andrey Елена:Elena/Yelena|Lena \
            Алексей:Aleksei/Alexey|Alyosha Мария:Maria/Mariya|Masha Григорий:Grigori/Grigory|Grisha Ксения:Ksenia/Xenia Фёдор:Fyodor/Fedor Жанна:Zhanna/Janna Игорь:Igor Олег:Oleg \
            Людмила:Lyudmila/Ludmila|Luda Вячеслав:Vyacheslav/Viacheslav|Slava Кирилл:Kirill/Kyrill Надежда:Nadezhda|Nadia",
        family: "Соколов:Sokolov/Sokoloff Лебедев:Lebedev/Lebedeff Новиков:Novikov Зайцев:Zaitsev/Zaytsev Воробьёв:Vorobyov/Vorobyev/Vorobiev Щукин:Shchukin/Schukin Журавлёв:Zhuravlyov/Zhuravlev \
            Чехов:Chekhov/Tchekhov Кузьмин:Kuzmin/Kouzmin Яковлев:Yakovlev/Iakovlev Филиппов:Filippov/Philippov Герасимов:Gerasimov Беляев:Belyaev/Beliaev Тихонов:Tikhonov/Tihonov \
            Цветков:Tsvetkov/Cvetkov Юдин:Yudin/Iudin Хомяков:Khomyakov/Homyakov Рыбаков:Rybakov Ершов:Ershov/Yershov Давыдов:Davydov/Davidov",
        heads: "",
        tails: "",
        towns: "Москва/Moscow/Moskva Казань/Kazan Пермь/Perm Тверь/Tver Харьков/Kharkiv/Kharkov Минск/Minsk Рига/Riga",
        countries: &[("RU", "7"), ("UA", "380"), ("BY", "375"), ("LV", "371")],
    },
    Source {
        share: 25,
        script: Script::Other,
        given: "Γιώργος:Giorgos/Yiorgos/Georgios Ελένη:Eleni/Heleni Δημήτρης:Dimitris/Demetris Κατερίνα:Katerina Νίκος:Nikos Σοφία:Sofia/Sophia Γιάννης:Giannis/Yannis Χρήστος:Christos/Hristos",
        family: "Παπαδόπουλος:Papadopoulos Γεωργίου:Georgiou Δημητρίου:Dimitriou Νικολάου:Nikolaou Αντωνίου:Antoniou Χατζής:Chatzis/Hatzis Κωνσταντίνου:Konstantinou/Constantinou Μαυρίδης:Mavridis \
            Αθανασίου:Athanasiou Οικονόμου:Oikonomou/Economou",
        heads: "",
        tails: "",
        towns: "Αθήνα/Athens/Athina Πάτρα/Patras Λεμεσός/Limassol Χανιά/Chania",
        countries: &[("GR", "30"), ("CY", "357")],
    },
    Source {
        share: 50,
        script: Script::Other,
        given: "محمد:Mohammed/Muhammad/Mohamed|Mo أحمد:Ahmed/Ahmad سعيد:Said/Saeed نور:Nour/Noor كريم:Karim/Kareem ليلى:Layla/Leila سمير:Samir/Sameer طارق:Tariq/Tarek جميلة:Jamila/Djamila \
            حسين:Hussein/Husain/Hossein رشيد:Rashid/Rachid مريم:Maryam/Mariam",
        family: "النجار:Al-Najjar/Alnajjar/El_Naggar حداد:Haddad/Hadad الخوري:Al-Khoury/El_Khouri منصور:Mansour/Mansur سليمان:Suleiman/Sulaiman/Soliman الشامي:Al-Shami/Elshamy بكري:Bakri/Bakry \
            قاسم:Qasim/Kassem/Kacem زيدان:Zidan/Zeidan العطار:Al-Attar/El_Attar فارس:Faris/Fares درويش:Darwish/Darwich",
        heads: "",
        tails: "",
        towns: "القاهرة/Cairo عمان/Amman بيروت/Beirut تونس/Tunis الدوحة/Doha",
        countries: &[("EG", "20"), ("JO", "962"), ("LB", "961"), ("TN", "216")],
    },
    Source {
        share: 35,
        script: Script::Han,
        given: "伟:Wei 芳:Fang 娜:Na 敏:Min 静:Jing 丽华:Lihua/Li_Hua 建军:Jianjun/Jian_Jun 志明:Zhiming/Chih-Ming 秀兰:Xiulan/Xiu_Lan 国强:Guoqiang/Guo_Qiang 美玲:Meiling/Mei-Ling 文杰:Wenjie/Wen_Jie \
            海涛:Haitao 春梅:Chunmei 晓东:Xiaodong/Xiao_Dong",
        family: "王:Wang/Wong 李:Li/Lee 张:Zhang/Chang 刘:Liu/Lau 陈:Chen/Chan 杨:Yang/Yeung 赵:Zhao/Chao 黄:Huang/Wong 周:Zhou/Chow 吴:Wu/Ng 徐:Xu/Hsu 林:Lin/Lam 郑:Zheng/Cheng 谢:Xie/Hsieh",
        heads: "",
        tails: "",
        towns: "北京/Beijing/Peking 上海/Shanghai 广州/Guangzhou/Canton 香港/Hong_Kong 台北/Taipei",
        countries: &[("CN", "86"), ("HK", "852"), ("TW", "886")],
    },
];
