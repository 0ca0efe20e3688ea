// The word lists of the invented district.
#include "demo_sis/names.hpp"

namespace heard::demo {
namespace {

using Word = std::string_view;

constexpr Word kEnglishWomen[] = {"Abigail", "Brooke",  "Camille", "Denise", "Ellen",  "Fiona",
                                  "Grace",   "Heather", "Imani",   "Joanne", "Keisha", "Laurel"};
constexpr Word kEnglishMen[] = {"Aaron", "Benjamin", "Calvin", "Darnell", "Elliot", "Franklin",
                                "Gavin", "Henry",    "Isaac",  "Jamal",   "Keith",  "Logan"};
constexpr Word kEnglishFamilies[] = {"Ashdown", "Barrow",   "Colewood", "Dunmore", "Eastlake",
                                     "Fairley", "Greene",   "Halloran", "Ives",    "Jefferies",
                                     "Kirkby",  "Langford", "Merrow",   "Norwood", "O'Dell"};

constexpr Word kSpanishWomen[] = {"Alma",      "Beatriz", "Carolina", "Dolores",
                                  "Esperanza", "Inés",    "Lucía",    "Marisol",
                                  "Noemí",     "Paloma",  "Rocío",    "Yolanda"};
constexpr Word kSpanishMen[] = {"Adrián", "Benito",  "César",   "Diego",  "Emilio", "Gonzalo",
                                "Héctor", "Joaquín", "Leandro", "Matías", "Rubén",  "Tomás"};
constexpr Word kSpanishFamilies[] = {"Arroyo",  "Benítez",  "Castañeda", "Delgado", "Espinoza",
                                     "Fuentes", "Guerrero", "Ibáñez",    "Luna",    "Montoya",
                                     "Núñez",   "Palacios", "Quiroga",   "Rosales", "Villaseñor"};

constexpr Word kVietnameseWomen[] = {"Ánh", "Bích", "Diệp", "Hạnh", "Lan", "Mai", "Ngọc", "Thảo"};
constexpr Word kVietnameseMen[] = {"An", "Bình", "Cường", "Dũng", "Hải", "Khoa", "Minh", "Quân"};
constexpr Word kVietnameseFamilies[] = {"Bùi", "Đặng", "Đỗ",   "Hồ",     "Lê",
                                        "Lý",  "Ngô",  "Phạm", "Nguyễn", "Trần"};

constexpr Word kArabicWomen[] = {"Amal",  "Dalia", "Farah", "Hanan",
                                 "Layla", "Noor",  "Rania", "Salma"};
constexpr Word kArabicMen[] = {"Anwar",  "Bassam", "Fadi", "Hisham",
                               "Khalil", "Nabil",  "Omar", "Sami"};
constexpr Word kArabicFamilies[] = {"Al-Amin", "Barakat", "Darwish", "El-Sayed", "Haddad",
                                    "Khoury",  "Mansour", "Nasser",  "Qasim",    "Shaheen"};

constexpr Word kHaitianWomen[] = {"Darline",  "Fabiola", "Guerline", "Islande",
                                  "Mirlande", "Nadège",  "Roseline", "Widline"};
constexpr Word kHaitianMen[] = {"Évens",     "Frantz", "Jean-Rony", "Kervens",
                                "Mackenson", "Pierre", "Stanley",   "Wilner"};
constexpr Word kHaitianFamilies[] = {"Augustin",    "Célestin", "Desrosiers", "Estimé",
                                     "Fleurant",    "Joseph",   "Louissaint", "Pierre-Louis",
                                     "Saint-Fleur", "Toussaint"};

constexpr Word kPortugueseWomen[] = {"Benedita", "Conceição", "Graça", "Inês", "Lurdes", "Teresa"};
constexpr Word kPortugueseMen[] = {"Afonso", "Duarte", "Gonçalo", "João", "Rui", "Tiago"};
constexpr Word kPortugueseFamilies[] = {"Almada",    "Carvalhal", "Fonseca",
                                        "Magalhães", "Pacheco",   "Simões"};

constexpr Word kSomaliWomen[] = {"Amina", "Hodan", "Ifrah", "Khadra", "Sahra", "Ubah"};
constexpr Word kSomaliMen[] = {"Abdirahman", "Bashir", "Guled", "Liban", "Mahad", "Yusuf"};
constexpr Word kSomaliFamilies[] = {"Abdullahi", "Dirie", "Farah", "Hersi", "Jama", "Warsame"};

constexpr Word kUkrainianWomen[] = {"Daryna", "Halyna", "Iryna", "Lesia", "Oksana", "Solomiia"};
constexpr Word kUkrainianMen[] = {"Andrii", "Bohdan", "Danylo", "Ivan", "Mykola", "Taras"};
constexpr Word kUkrainianFamilies[] = {"Bondarenko", "Hrytsenko", "Kovalchuk",
                                       "Lysenko",    "Melnyk",    "Savchenko"};

constexpr Word kChineseWomen[] = {"Fang", "Hui", "Jing", "Lihua", "Mei", "Xiu"};
constexpr Word kChineseMen[] = {"Bo", "Feng", "Jun", "Peng", "Tao", "Wei"};
constexpr Word kChineseFamilies[] = {"Chen", "Huang", "Lin", "Song", "Xu", "Zhou"};

constexpr Origin kOrigins[] = {
    {"eng", 46, kEnglishWomen, kEnglishMen, kEnglishFamilies},
    {"spa", 24, kSpanishWomen, kSpanishMen, kSpanishFamilies},
    {"vie", 7, kVietnameseWomen, kVietnameseMen, kVietnameseFamilies},
    {"ara", 6, kArabicWomen, kArabicMen, kArabicFamilies},
    {"hat", 6, kHaitianWomen, kHaitianMen, kHaitianFamilies},
    {"por", 3, kPortugueseWomen, kPortugueseMen, kPortugueseFamilies},
    {"som", 3, kSomaliWomen, kSomaliMen, kSomaliFamilies},
    {"ukr", 3, kUkrainianWomen, kUkrainianMen, kUkrainianFamilies},
    {"zho", 2, kChineseWomen, kChineseMen, kChineseFamilies},
};

constexpr Word kStreets[] = {"Alder Lane",    "Brook Street",  "Cedar Court",  "Dove Hill Road",
                             "Elm Avenue",    "Ferry Road",    "Garden Place", "Heron Way",
                             "Juniper Drive", "Kiln Street",   "Linden Walk",  "Mill Pond Road",
                             "Orchard Row",   "Prospect Hill", "Quarry Road",  "Willow Bend"};
constexpr Word kSubjects[] = {"English", "Mathematics",        "Science", "History", "Art",
                              "Music",   "Physical Education", "Spanish"};
constexpr Word kSchoolNames[] = {"Maple Hill Elementary School", "Riverside Elementary School",
                                 "Three Bridges Middle School",  "Maple Valley High School",
                                 "Lakeview Elementary School",   "Old Mill Middle School",
                                 "Northgate High School",        "Harbor Street School"};

}  // namespace

std::span<const Origin> origins() { return kOrigins; }
std::span<const Word> streets() { return kStreets; }
std::span<const Word> subjects() { return kSubjects; }
std::span<const Word> school_names() { return kSchoolNames; }

}  // namespace heard::demo
