// Finding people, and everything with one of them on one page.
#include "base/failure.hpp"
#include "web/entries.hpp"
#include "web/pages.hpp"
#include "web/people.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::size_t kMostEntries = 300;

Data person_chips(const Record &person) {
  Data chips = make_list();
  if (!person.flag("active", true)) chips.push_back(chip(text("person.inactive"), "hrd-warn"));
  if (!person.flag("verified", true)) chips.push_back(chip(text("person.unverified"), "hrd-warn"));
  return chips;
}

Data person_facts(const Record &person) {
  const std::string email = person.text("email"), phone = person.text("phone");
  const std::string language = person.text("language"), school = person.text("school_name");
  Data facts = make_list();
  if (!language.empty())
    facts.push_back(fact(text("person.language"), word_for("language", language)));
  if (!phone.empty())
    facts.push_back(fact(text("person.phone"), phone, "tel:" + percent_encoded(phone, "+")));
  if (!email.empty())
    facts.push_back(fact(text("person.email"), email, "mailto:" + percent_encoded(email, "@+")));
  if (!school.empty()) facts.push_back(fact(text("person.school"), school));
  return facts;
}

std::string eyebrow_of(const Record &person) {
  const std::string kind = word_for("kind", person.text("kind"));
  const std::string grade = person.text("grade");
  return grade.empty() ? kind : kind + ", " + text_with("person.grade", grade);
}

}  // namespace

Page people_page(const Request &request) {
  Page page;
  page.title = text("people.title");
  page.template_name = "people";
  page.menu = "/people";
  put_search(request, "/people", false, page.data);
  return page;
}

Page person_page(const Request &request) {
  const std::string key = request.path().at(1);
  const auto person = find_person(request, key);
  if (!person) throw Failure(Status::not_found, text_with("person.missing", key));
  Page page;
  page.title = person->text("name", key);
  page.template_name = "person";
  page.menu = "/people";
  put(page.data, "name", page.title);
  put(page.data, "eyebrow", eyebrow_of(*person));
  put(page.data, "log_href", request.may_write() ? request.page("/log", {{"person", key}}) : "");
  put(page.data, "chips", person_chips(*person));
  put(page.data, "facts", person_facts(*person));
  put_cautions(*person, page.data);
  put_links(request, *person, page.data);
  const auto entries = request.backend().rows("timeline", Record("filter").set("person", key));
  put_entries(request, entries, {person->text("school"), true, kMostEntries}, page.data);
  return page;
}

}  // namespace heard::web
