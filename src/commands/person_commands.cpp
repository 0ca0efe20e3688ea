// person.save: one person by hand, on top of what is known.
#include <array>

#include "base/failure.hpp"
#include "commands/command_table.hpp"
#include "commands/directory_page.hpp"
#include "directory/person.hpp"
#include "directory/visibility.hpp"
#include "folds/codec.hpp"

namespace heard::commands {

namespace {

constexpr auto kPersonFields = std::to_array<FieldSpec>({
    {"person", FieldKind::text, true},
    {"kind"},
    {"given"},
    {"family"},
    {"name"},
    {"language"},
    {"email"},
    {"phone"},
    {"school"},
    {"grade"},
    {"active", FieldKind::number},
    {"links", FieldKind::records},
});
constexpr auto kLinkFields = std::to_array<FieldSpec>({
    {"student"},
    {"contact"},
    {"relation"},
    {"custody"},
    {"legal"},
    {"communications"},
    {"emergency"},
    {"lives_with"},
    {"portal"},
    {"restriction"},
    {"sequence", FieldKind::number},
    {"active", FieldKind::number},
});
constexpr std::array<std::string_view, 12> kKept{
    "kind",  "name",  "given",   "family", "preferred",    "language",
    "email", "phone", "address", "grade",  "other_emails", "other_phones"};

std::string check_kind(const std::string &kind) {
  for (const auto known : {"student", "guardian", "staff", "community"})
    if (kind == known) return kind;
  throw bad_field("kind", "'" + kind + "' is not one of: student guardian staff community");
}

/// What is known, overlaid with what the command says.
Record merged(const Work &work, const Record &fields) {
  const std::string key = fields.text("person");
  Record record;
  record.set("key", key);
  std::string kind = directory::kind_of_key(key);
  if (const auto known = directory::find_person(work.database(), key)) {
    directory::require_person(work.database(), work.actor, known->id);
    record.set("key", known->key);
    store::Query row(work.database(),
                     "SELECT kind, name, given, family, preferred, language, email, phone, address,"
                     " grade, other_emails, other_phones, school, active FROM fold_person"
                     " WHERE id = ?1");
    row.bind(1, known->id);
    if (row.step()) {
      kind = row.text(0);
      for (std::size_t i = 1; i < kKept.size(); ++i)
        if (!row.bytes(static_cast<int>(i)).empty())
          record.set(kKept[i], row.text(static_cast<int>(i)));
      if (!row.bytes(12).empty()) record.set("school", row.text(12));
      record.set("active", row.number(13));
    }
    // A new given or family name makes a new display name.
    if (!fields.has("name") && (fields.has("given") || fields.has("family"))) record.erase("name");
  }
  for (const auto &[name, value] : fields.fields())
    if (name != "person" && name != "kind" && name != "links")
      std::visit([&, &field = name](const auto &v) { record.set(field, v); }, value);
  record.rename(check_kind(fields.text("kind", kind)));
  return record;
}

/// The stored link, overlaid with what the command says; both ends must be the actor's to see.
Record known_link(const Work &work, Record link) {
  const auto student = directory::find_person(work.database(), link.text("student"));
  const auto contact = directory::find_person(work.database(), link.text("contact"));
  if (student) directory::require_person(work.database(), work.actor, student->id);
  if (contact) directory::require_person(work.database(), work.actor, contact->id);
  if (!student || !contact) return link;
  store::Query row(work.database(),
                   "SELECT custody, legal, communications, emergency, lives_with, portal, relation,"
                   " restriction, sequence FROM fold_link WHERE student = ?1 AND contact = ?2");
  row.bind(1, student->id).bind(2, contact->id);
  if (!row.step()) return link;
  constexpr std::array kFlags{"custody",   "legal",      "communications",
                              "emergency", "lives_with", "portal"};
  for (std::size_t i = 0; i < kFlags.size(); ++i)
    if (!link.has(kFlags[i]))
      link.set(kFlags[i],
               folds::to_text(static_cast<folds::Flag>(row.number(static_cast<int>(i)))));
  if (!link.has("relation")) link.set("relation", row.text(6));
  if (!link.has("restriction")) link.set("restriction", row.text(7));
  if (!link.has("sequence")) link.set("sequence", row.number(8));
  return link;
}

/// Links given with a student put the saved person in the contact's place, and the reverse.
std::vector<Record> relationships(const Work &work, const std::string &person,
                                  const Record &fields) {
  std::vector<Record> links;
  for (Record link : fields.records("links")) {
    check_fields("links of person.save", kLinkFields, link);
    if (link.has("student") == link.has("contact"))
      throw bad_field("links", "each link names either a student or a contact");
    const bool to_contact = link.has("contact");
    link.set(to_contact ? "student" : "contact", person);
    links.push_back(known_link(work, std::move(link)));
  }
  return links;
}

Record save_person(const Work &work, const Record &fields) {
  const std::string key = fields.text("person");
  directory::check_key("person", key);
  const Record record = merged(work, fields);
  directory::require_school(work.actor, record.text("school"));
  DirectoryPage page(work.database(), "");
  page.add(record);
  for (const Record &link : relationships(work, record.text("key"), fields))
    page.add_single_link(link, link.text("contact"));
  const Id id = page.person_id(record.text("key"));
  store::Draft draft = work.draft(store::Kind::directory_person_changed, id);
  store::FieldList common = std::move(draft.fields);
  draft.fields = page.take();
  draft.fields.append(std::move(common));
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
  return result.set("person", record.text("key")).set("id", hex(id));
}

constexpr auto kCommands = std::to_array<Command>({
    {"person.save", "1.0", kPersonFields, directory::require_write, save_person},
});

}  // namespace

std::span<const Command> person_commands() { return kCommands; }

}  // namespace heard::commands
