#include "bundle/thread_page.hpp"

#include <algorithm>
#include <array>

#include "bundle/contact_rows.hpp"
#include "bundle/write_text.hpp"
#include "cases/machine.hpp"
#include "store/registry.hpp"

namespace heard::bundle {

namespace {

namespace field_id = store::field_id;
using store::Kind;

constexpr std::array<std::string_view, 7> kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// What a step of a case is called; "" for kinds that say nothing to a reader.
std::string_view step_words(Kind kind) {
  static const std::map<Kind, std::string_view> kWords{
      {Kind::case_opened, "Case opened"},
      {Kind::case_assigned, "Assigned"},
      {Kind::case_accepted, "Accepted"},
      {Kind::case_waiting, "Waiting on the family"},
      {Kind::case_held, "Waiting on somebody else"},
      {Kind::case_solved, "Solved"},
      {Kind::case_closed, "Closed"},
      {Kind::case_reopened, "Reopened"},
      {Kind::case_clock_warned, "Warning: an answer was nearly due"},
      {Kind::case_clock_missed, "An answer was not given in time"},
      {Kind::case_clock_corrected, "A response time was corrected"},
      {Kind::case_prioritized, "Priority changed"},
      {Kind::case_moved, "Moved to another school"},
      {Kind::case_merged, "Merged into another case"},
      {Kind::case_absorbed, "Another case was merged into this one"},
      {Kind::case_split, "Contacts were moved to a new case"},
      {Kind::case_policy_applied, "Another policy was applied"},
      {Kind::case_escalated, "Escalated"},
      {Kind::interaction_marked, "A contact was marked otherwise"},
  };
  const auto found = kWords.find(kind);
  return found == kWords.end() ? std::string_view() : found->second;
}

std::string words(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string_view tone_of(const cases::Clock &clock) {
  if (clock.verdict == cases::Verdict::met) return "good";
  if (clock.verdict != cases::Verdict::none || clock.missed_at) return "late";
  return "open";
}

std::string_view verdict_words(const cases::Clock &clock) {
  switch (clock.verdict) {
    case cases::Verdict::met:
      return "in time";
    case cases::Verdict::missed:
      return "late";
    case cases::Verdict::closed_without_answer:
      return "closed without an answer";
    case cases::Verdict::none:
      break;
  }
  return clock.missed_at ? "late, still unanswered" : cases::to_text(clock.state);
}

const audit::Hidden *hidden_in(const ReadEntry &entry, std::uint16_t field) {
  for (const audit::Hidden &hidden : entry.hidden)
    if (hidden.field == field) return &hidden;
  return nullptr;
}

}  // namespace

std::string PageSetting::zone() const {
  if (!calendar || calendar->definition.eras.empty()) return "UTC";
  return calendar->definition.eras.back().zone;
}

std::string PageSetting::local(Millis at) const {
  const Seconds second = floor_seconds(at);
  const Seconds shown = second + (calendar ? calendar->compiled->offset_at(second) : 0);
  const std::string text = format_utc(shown);
  const Seconds day = shown >= 0 ? shown / 86400 : -((-shown + 86399) / 86400);
  std::string out(kDays[static_cast<std::size_t>((day % 7 + 7) % 7)]);
  const int month = (text[5] - '0') * 10 + (text[6] - '0');
  out += ' ';
  out += text[8] == '0' ? text.substr(9, 1) : text.substr(8, 2);
  out += ' ';
  out += kMonths[static_cast<std::size_t>(month - 1)];
  return out + ' ' + text.substr(0, 4) + ", " + text.substr(11, 5);
}

std::string document(std::string_view title, std::string_view root, std::string_view content) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'self' file: 'unsafe-inline'\">\n<title>";
  put_html(out, title);
  out += "</title>\n<link rel=\"stylesheet\" href=\"";
  out += root;
  out += "threads/page.css\">\n</head>\n<body>\n<main>\n";
  out += content;
  return out + "</main>\n</body>\n</html>\n";
}

std::string ThreadPage::title() const {
  std::string title = number_ > 0 ? "Case " + std::to_string(number_) : "Contact";
  if (!subject_.empty()) title += ": " + subject_;
  return title;
}

void ThreadPage::add(const ReadEntry &entry) {
  if (!entry.body) {
    body_ += "<p class=\"step\">Entry " + std::to_string(entry.event.seq) +
             " was removed when its time was over.</p>\n";
    return;
  }
  read_facts(entry);
  if (is_contact(entry.event))
    add_contact(entry);
  else
    add_step(entry);
}

void ThreadPage::read_facts(const ReadEntry &entry) {
  const store::Body &body = *entry.body;
  if (number_ == 0) number_ = body.number(field_id::number);
  if (subject_.empty()) subject_ = body.text(field_id::subject);
  for (const auto &[field, name] : {std::pair(field_id::topic, "Topic"),
                                    {field_id::department, "Department"},
                                    {field_id::language, "Language"}})
    if (body.has(field)) facts_[name] = words(body.text(field));
  if (body.has(field_id::school))
    facts_["School"] = setting_.school_name(body.text(field_id::school));
  if (!body.has(field_id::status) || is_contact(entry.event)) return;
  const auto status = static_cast<cases::CaseStatus>(body.number(field_id::status));
  facts_["Status"] = words(cases::to_text(status));
}

void ThreadPage::put_withheld(const ReadEntry &entry, std::uint16_t field) {
  const audit::Hidden *hidden = hidden_in(entry, field);
  if (hidden == nullptr) {
    body_ += "<span class=\"box erased\">Erased</span>";
    return;
  }
  const audit::RedactionRule &rule = setting_.redaction->rules()[hidden->rule];
  body_ += "<span class=\"box\">Withheld: ";
  put_html(body_, rule.reason);
  if (!rule.statute.empty()) {
    body_ += " (";
    put_html(body_, rule.statute);
    body_ += ')';
  }
  body_ += "</span>";
}

void ThreadPage::put_value(const ReadEntry &entry, std::uint16_t field, std::string_view tag) {
  const bool is_closed = entry.body->is_closed(field);
  if (!is_closed && !entry.body->has(field)) return;
  body_ += "<";
  body_ += tag;
  body_ += tag == "p" ? " class=\"text\">" : ">";
  if (is_closed)
    put_withheld(entry, field);
  else
    put_html(body_, entry.body->text(field));
  body_ += "</";
  body_ += tag;
  body_ += ">\n";
}

void ThreadPage::add_contact(const ReadEntry &entry) {
  const store::Body &body = *entry.body;
  const std::string direction = body.text(field_id::direction);
  ++contacts_;
  body_ += "<article class=\"entry ";
  put_html(body_, direction);
  body_ += "\" id=\"e" + std::to_string(entry.event.seq) + "\">\n<p class=\"meta\"><strong>";
  put_html(body_, sender_of(body));
  body_ += "</strong>";
  const std::string to = names_in_role(body, "to");
  if (!to.empty()) body_ += " to " + bundle::html(to);
  const std::string about = names_in_role(body, "about");
  if (!about.empty()) body_ += " about " + bundle::html(about);
  body_ += "<span class=\"chip\">" + bundle::html(words(body.text(field_id::channel))) +
           "</span>\n<time>" + setting_.local(body.number(field_id::occurred_at)) + "</time></p>\n";
  put_value(entry, field_id::subject, "h3");
  put_value(entry, field_id::text, "p");
  body_ += "<p class=\"foot\">Entry " + std::to_string(entry.event.seq) + ", recorded " +
           setting_.local(entry.event.wall_ms);
  if (entry.event.ref != 0) body_ += ", corrects entry " + std::to_string(entry.event.ref);
  body_ += "</p>\n</article>\n";
}

void ThreadPage::add_step(const ReadEntry &entry) {
  const std::string_view said = step_words(static_cast<Kind>(entry.event.kind));
  if (said.empty()) return;
  const store::Body &body = *entry.body;
  body_ += "<p class=\"step\"><time>" + setting_.local(body.number(field_id::at)) + "</time> ";
  body_ += said;
  const std::string assignee = body.text(field_id::assignee_name);
  if (!assignee.empty()) body_ += " to " + bundle::html(assignee);
  if (body.is_closed(field_id::assignee_name)) body_ += " to " + std::string(kWithheld);
  const std::string actor = body.is_closed(field_id::actor_name) ? std::string(kWithheld)
                                                                 : body.text(field_id::actor_name);
  if (!actor.empty()) body_ += " by " + bundle::html(actor);
  body_ += "</p>\n";
  put_value(entry, field_id::note, "p");
}

std::string ThreadPage::clock_box(const ThreadClocks::Row &row) const {
  const cases::Clock &clock = row.judged.clock;
  std::string out = "<li class=\"clock ";
  out += tone_of(clock);
  out += "\"><strong>" + words(cases::to_text(clock.name));
  if (clock.no > 1) out += " " + std::to_string(clock.no);
  out += "</strong> <span class=\"chip\">";
  out += verdict_words(clock);
  out += "</span>";
  if (row.judged.due_at) out += " due " + setting_.local(*row.judged.due_at * 1000);
  if (clock.stopped_at) out += ", ended " + setting_.local(*clock.stopped_at * 1000);
  out += "<span class=\"why\">" + bundle::html(row.judged.text) + "</span></li>\n";
  return out;
}

std::string ThreadPage::fact_list() const {
  std::string out = "<dl class=\"facts\">\n";
  for (const auto &[name, value] : facts_)
    if (!value.empty())
      out += "<div><dt>" + name + "</dt><dd>" + bundle::html(value) + "</dd></div>\n";
  out += "<div><dt>Contacts</dt><dd>" + std::to_string(contacts_) + "</dd></div>\n";
  return out + "<div><dt>Times in</dt><dd>" + bundle::html(setting_.zone()) +
         "</dd></div>\n</dl>\n";
}

std::string ThreadPage::html(const Id &thread, const std::vector<ThreadClocks::Row> &clocks) const {
  std::string content =
      "<p class=\"crumb\"><a href=\"../READ-ME-FIRST.html\">Bundle</a></p>\n<h1>" +
      bundle::html(title()) + "</h1>\n" + fact_list();
  if (!clocks.empty()) {
    content += "<h2>Response times</h2>\n<ul class=\"clocks\">\n";
    for (const ThreadClocks::Row &row : clocks) content += clock_box(row);
    content += "</ul>\n";
  }
  content += "<h2>What was said and done</h2>\n" + body_;
  content += "<p class=\"foot\">Conversation ";
  put_hex(content, view(thread));
  content += " of ledger " + setting_.ledger + "</p>\n";
  return document(title(), "../", content);
}

}  // namespace heard::bundle
