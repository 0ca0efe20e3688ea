// Builds one page, then spoils it as asked.
#include "demo_sis/answers.hpp"

#include <algorithm>

namespace heard::demo {
namespace {

constexpr int kTooMany = 50;  ///< of Trouble::too_large

void add_paging_headers(Answer &answer, const Collection &collection, int page, int size) {
  const auto total = static_cast<int>(collection.records.size());
  answer.headers = {{"navigationPage", std::to_string(page)},
                    {"navigationPageSize", std::to_string(size)},
                    {"navigationCount", std::to_string(total)},
                    {"navigationLastPage", std::to_string(std::max(1, (total + size - 1) / size))},
                    {"navigationId", "snapshot-1"}};
}

Answer good_page(const Collection &collection, PageWish wish, Paging paging) {
  Answer answer;
  if (!paging.on) {
    answer.body = to_document(collection, 0, collection.records.size());
    return answer;
  }
  const int size = std::clamp(wish.size == 0 ? 100 : wish.size, 1, paging.largest);
  const auto from = static_cast<std::size_t>(std::max(0, wish.page - 1) * size);
  if (from > 0 && from >= collection.records.size()) return {.status = 204, .type = ""};
  answer.body = to_document(collection, from, from + static_cast<std::size_t>(size));
  add_paging_headers(answer, collection, wish.page, size);
  return answer;
}

Answer refusal(int status) {
  return {.status = status,
          .body = "<error xmlns=\"http://www.sifassociation.org/infrastructure/3.2\"><code>" +
                  std::to_string(status) + "</code><message>demo</message></error>"};
}

/// Puts an entity that is declared in the document itself into the first name.
void plant_entity(std::string &body) {
  const std::size_t root = body.find('\n') + 1;
  body.insert(root, "<!DOCTYPE x [<!ENTITY who \"Mallory\">]>\n");
  const std::size_t name = body.find("<familyName>");
  if (name != std::string::npos) body.insert(name + 12, "&who;");
}

void drop_second_id(std::string &body, const std::string &record) {
  const std::size_t first = body.find("<" + record + " ");
  const std::size_t second = body.find("<" + record + " ", first + 1);
  if (second == std::string::npos) return;
  const std::size_t end = body.find('>', second);
  body.erase(second + record.size() + 1, end - second - record.size() - 1);
}

void raise_count(Answer &answer) {
  for (auto &[name, value] : answer.headers) {
    if (name == "navigationCount") value = std::to_string(std::stoi(value) + 1);
  }
}

/// Troubles that need no page; false if `trouble` is none of them.
bool instead_of_page(Trouble trouble, Answer &answer) {
  switch (trouble) {
    case Trouble::unauthorized:
      answer = refusal(401);
      return true;
    case Trouble::forbidden:
      answer = refusal(403);
      return true;
    case Trouble::not_found:
      answer = refusal(404);
      return true;
    case Trouble::redirect:
      answer = {.status = 302, .type = "", .headers = {{"Location", "http://127.0.0.1:9/login"}}};
      return true;
    case Trouble::busy:
      answer = refusal(503);
      answer.headers = {{"Retry-After", "7"}};
      return true;
    case Trouble::later:
      answer = {.status = 202, .type = ""};
      return true;
    case Trouble::html:
      answer = {.type = "text/html", .body = "<!DOCTYPE html><html><body>Log in<br></body></html>"};
      return true;
    case Trouble::json:
      answer = {.type = "application/json", .body = "{\"xStudents\":[]}"};
      return true;
    case Trouble::empty:
      answer = {.type = "application/xml"};
      return true;
    case Trouble::not_xml:
      answer = {.body = "refId,familyName\n1,Example\n"};
      return true;
    case Trouble::wrong_collection:
      answer = {.body = "<environment><id>1</id></environment>"};
      return true;
    case Trouble::none:
    case Trouble::too_large:
    case Trouble::truncated:
    case Trouble::broken_off:
    case Trouble::entity:
    case Trouble::no_id:
    case Trouble::miscount:
      return false;
  }
  return false;
}

void spoil(Answer &answer, const Collection &collection, Trouble trouble) {
  if (trouble == Trouble::truncated) answer.body.resize(answer.body.size() * 2 / 3);
  if (trouble == Trouble::broken_off && answer.status == 200)
    answer.announced = answer.body.size() + 1000;
  if (trouble == Trouble::entity) plant_entity(answer.body);
  if (trouble == Trouble::no_id) drop_second_id(answer.body, collection.record);
  if (trouble == Trouble::miscount) raise_count(answer);
}

}  // namespace

Answer answer_page(const Collection &collection, PageWish wish, Paging paging, Trouble trouble) {
  Answer answer;
  if (instead_of_page(trouble, answer)) return answer;
  if (trouble == Trouble::too_large && wish.size > kTooMany) return refusal(413);
  answer = good_page(collection, wish, paging);
  spoil(answer, collection, trouble);
  return answer;
}

}  // namespace heard::demo
