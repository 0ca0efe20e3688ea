// What families and schools write to each other in the demo.
#include "demo_texts.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace heard::cli {
namespace {

constexpr Message kMessages[] = {
    {"en", "bus", "concern", "normal", "Bus 14 was late again",
     "Bus 14 came at 7:50 today, the third time this week, and {child} missed the start of first "
     "period. Is somebody looking into this?",
     "I spoke with the bus company this morning. A second driver starts on Monday, and {child}'s "
     "late marks from this week are taken off."},
    {"en", "bus", "other", "high", "Who may pick {child} up today",
     "{child}'s grandmother will pick up today instead of the bus. She has her ID with her. Please "
     "let the office know.",
     "Noted at the front desk. We will ask her for the ID, and {child}'s teacher knows."},
    {"en", "grades", "progress", "normal", "Question about the math grade",
     "The portal shows a zero for the quiz of last week, but {child} says it was handed in. Could "
     "you please check?",
     "You are right: the quiz was in the wrong folder. The grade is corrected, {child} did well."},
    {"en", "grades", "conference", "normal", "Could we talk about reading",
     "We notice that {child} avoids reading at home. Could we find fifteen minutes to talk about "
     "what helps?",
     "Gladly. Would Thursday at 3:30 suit you? I will bring what we tried in class."},
    {"en", "absence", "other", "normal", "{child} is sick today",
     "{child} has a fever and stays at home. Can someone tell us which work to do?",
     "Get well soon! The work is in the portal under this week, nothing is due before Monday."},
    {"en", "absence", "other", "low", "Dentist on Wednesday",
     "{child} has a dentist appointment on Wednesday and will arrive around 10:30.",
     "Thank you, it is in the calendar. Please sign in at the office."},
    {"en", "bullying", "concern", "urgent", "I am worried about {child}",
     "{child} came home crying again. Two older students take lunch money at the bus stop. This "
     "has "
     "to stop; please call me today.",
     "Thank you for telling us at once. Staff will be at the stop from today, I have spoken with "
     "both families, and I will call you tonight."},
    {"en", "bullying", "concern", "high", "Messages in the class chat",
     "There are unkind messages about {child} in the class chat. I have screenshots. Whom should I "
     "send them to?",
     "Please send them to me. Our counselor meets {child} tomorrow and the chat is closed for "
     "now."},
    {"en", "enrolment", "enrolment", "normal", "Moving into the district",
     "We move next month and have a second child for grade 3. Which papers do you need?",
     "Welcome! A proof of address and the records of the last school are enough; the form is "
     "attached, and you are invited to look around on Friday."},
    {"en", "lunch", "other", "normal", "Lunch account",
     "I paid 40 dollars on Sunday, but {child} was told that the account is empty.",
     "The payment arrived this morning. {child} will not be turned away, with or without balance."},
    {"en", "lunch", "other", "high", "Nut allergy",
     "A reminder that {child} must not have nuts. Today there was a cookie with hazelnut on the "
     "tray.",
     "I am sorry. The kitchen has been told in writing and {child}'s tray is marked from "
     "tomorrow."},
    {"en", "activities", "activity", "low", "Permission for the museum trip",
     "Where do I hand in the form for the museum trip? {child} is looking forward to it.",
     "In the office or as a photo in the portal, both are fine until Thursday."},
    {"en", "praise", "feedback", "low", "A word of praise",
     "{child} came home singing after the concert. Please tell the music teacher how much it "
     "meant.",
     "That made the whole music room happy. Thank you for writing."},
    {"es", "bus", "concern", "normal", "El autobús no pasó",
     "El autobús de la tarde no pasó por nuestra parada y {child} volvió a casa a pie. ¿Qué pasó?",
     "Lo sentimos mucho. Hubo un cambio de ruta sin aviso; desde mañana la parada está otra vez en "
     "la lista y le avisaremos antes de cualquier cambio."},
    {"es", "absence", "other", "normal", "{child} no va hoy a la escuela",
     "{child} tiene fiebre y se queda en casa. ¿Qué tarea tiene que hacer?",
     "Que se mejore pronto. La tarea está en el portal; no hay prisa."},
    {"es", "grades", "progress", "normal", "Pregunta sobre las notas",
     "No entiendo la nota de ciencias de {child}. ¿Puedo hablar con la maestra, por favor con "
     "intérprete?",
     "Con gusto. El jueves a las 15:30 tenemos una intérprete; ¿le queda bien?"},
    {"es", "bullying", "concern", "urgent", "Molestan a {child}",
     "Unos niños molestan a {child} en el recreo y ya no quiere ir a la escuela. Necesito hablar "
     "con "
     "alguien hoy.",
     "Gracias por avisarnos. La consejera habló hoy con {child} y le llamará esta tarde en "
     "español."},
    {"es", "enrolment", "enrolment", "normal", "Inscripción de mi hija menor",
     "Quiero inscribir a la hermana de {child} en el kínder. ¿Qué documentos necesito?",
     "Basta un comprobante de domicilio y el acta de nacimiento. Le esperamos cualquier mañana."},
    {"es", "lunch", "other", "normal", "Cuenta del almuerzo",
     "¿Cómo pongo dinero en la cuenta del almuerzo sin tarjeta?",
     "Puede pagar en efectivo en la oficina. También hay un formulario para almuerzo gratis."},
    {"vi", "grades", "progress", "normal", "Hỏi về điểm toán",
     "Tôi muốn hỏi vì sao điểm toán của {child} giảm. Có giờ học thêm không ạ?",
     "Có ạ, mỗi thứ Ba và thứ Năm sau giờ học. Tôi đã ghi tên {child}."},
    {"vi", "absence", "other", "normal", "Xin phép nghỉ học",
     "Hôm nay {child} bị ốm nên xin phép nghỉ học. Cảm ơn thầy cô.",
     "Cảm ơn phụ huynh đã báo. Chúc {child} mau khỏe."},
    {"ar", "bus", "concern", "normal", "تأخر الحافلة",
     "تأخرت الحافلة اليوم نصف ساعة ووصل {child} متأخراً. هل يمكنكم المساعدة؟",
     "نعتذر عن ذلك. تحدثنا مع شركة النقل ولن تُحسب ساعات التأخير."},
    {"ar", "conference", "conference", "normal", "موعد مع المعلمة",
     "أود أن ألتقي بمعلمة {child} وأحتاج إلى مترجم من فضلكم.",
     "أهلاً بكم. الموعد يوم الخميس الساعة الثالثة والنصف والمترجم سيكون حاضراً."},
    {"ht", "absence", "other", "normal", "{child} malad",
     "{child} gen lafyèv, li p ap vini lekòl jodi a. Tanpri di m ki devwa li dwe fè.",
     "Mèsi paske ou fè nou konnen. Devwa yo nan pòtal la; fè l repoze byen."},
    {"ht", "lunch", "other", "normal", "Kont manje midi",
     "Èske {child} ka jwenn manje midi gratis? Ki fòm pou m ranpli?",
     "Wi, fòm nan nan biwo a, e gen yon moun ki pale kreyòl chak maten."},
    {"pt", "activities", "activity", "low", "Passeio ao museu",
     "Onde entrego a autorização para o passeio? {child} não vê a hora.",
     "Na secretaria ou pelo portal, até quinta-feira. Obrigada!"},
    {"uk", "enrolment", "first_day", "normal", "Перші дні в школі",
     "{child} ще погано розуміє англійську. Чи є в школі хтось, хто допоможе в перші тижні?",
     "Так, щодня до полудня з {child} працює асистентка, яка говорить українською."},
    {"zh", "grades", "progress", "normal", "关于阅读作业",
     "{child} 的阅读作业在网上找不到。请问应该在哪里看？",
     "作业在家长门户的本周页面里，我也请 {child} 带一份纸质的回家。"},
};

constexpr GoodNews kGoodNews[] = {
    {"Good news about {child}", "{child} helped a new classmate through the whole day, unasked."},
    {"{child} read aloud today", "For the first time {child} read a whole page to the class."},
    {"Science fair", "{child}'s bridge carried eleven books. Come and see it on Friday!"},
    {"A great week", "{child} had every piece of homework in on time this week. Well done."},
};

struct Thanks {
  const char *language, *text;
};
constexpr Thanks kThanks[] = {
    {"en", "Thank you so much for getting back to us. That helps a lot."},
    {"es", "Muchas gracias por su respuesta y por su ayuda."},
    {"vi", "Cảm ơn thầy cô rất nhiều."},
    {"ar", "شكراً جزيلاً لكم."},
    {"ht", "Mèsi anpil pou èd ou."},
    {"pt", "Muito obrigado pela resposta!"},
    {"uk", "Щиро дякуємо за допомогу!"},
    {"zh", "非常感谢！"},
};

struct Spoken {
  const char *home, *language;
};
constexpr Spoken kSpoken[] = {{"spa", "es"}, {"vie", "vi"}, {"ara", "ar"}, {"hat", "ht"},
                              {"por", "pt"}, {"ukr", "uk"}, {"zho", "zh"}};

std::string_view language_at(const std::string &home) {
  for (const Spoken &spoken : kSpoken)
    if (home == spoken.home) return spoken.language;
  return "en";
}

}  // namespace

std::span<const Message> messages() { return kMessages; }

const Message &pick_message(const std::string &home_language, demo::Chance &chance) {
  // Many families write in English although they speak something else at home.
  const std::string_view language = chance.percent(70) ? language_at(home_language) : "en";
  std::vector<const Message *> fitting;
  for (const Message &message : kMessages)
    if (message.language == language) fitting.push_back(&message);
  return *fitting[chance.number(fitting.size())];
}

std::string_view thanks_in(std::string_view language) {
  for (const Thanks &thanks : kThanks)
    if (thanks.language == language) return thanks.text;
  return kThanks[0].text;
}

std::span<const GoodNews> good_news() { return kGoodNews; }

std::string filled(std::string_view text, std::string_view child) {
  static constexpr std::string_view kPlace = "{child}";
  std::string all(text);
  for (std::size_t at = all.find(kPlace); at != std::string::npos;
       at = all.find(kPlace, at + child.size()))
    all.replace(at, kPlace.size(), child);
  return all;
}

}  // namespace heard::cli
