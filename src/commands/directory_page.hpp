// Turns records of people, links, schools and sections into one directory event.
#pragma once

#include <map>
#include <string>

#include "base/record.hpp"
#include "commands/work.hpp"

namespace heard::commands {

/// One page of a feed, or one person saved by hand. Keys become person ids; people who are named
/// before their own record came get an unverified stub in the same event.
class DirectoryPage {
 public:
  /// `source` stands before a feed's own ids ("sis" + ":student:" + id); "": keys are whole.
  DirectoryPage(store::Database &database, std::string source)
      : database_(database), source_(std::move(source)) {}

  /// A record in the shape of NAMES.md, "Feed records". Throws bad_field when it cannot be used.
  void add(const Record &record);
  /// One link by hand: "student" and `contact` are whole keys; other links stay.
  void add_single_link(const Record &link, const std::string &contact);
  /// The same person, no longer active and linked to nobody as a contact.
  void deactivate_person(const Id &person);
  /// A school or section, no longer active.
  void deactivate_place(const std::string &type, const std::string &key);

  std::string full_key(const std::string &type, const std::string &key) const;
  bool empty() const { return records_ == 0; }
  /// The id a person of this page has: for the feed's memory of what it stored.
  Id person_id(const std::string &key) const;
  store::FieldList take() { return std::move(fields_); }

 private:
  struct Named {
    Id id{};
    bool is_new = false;
    bool stubbed = false;
  };
  Named &name(const std::string &key);
  Id name_or_stub(const std::string &key, const std::string &kind);

  void add_person(const Record &record, const std::string &kind);
  void add_links(const Record &contact, const Id &contact_id);
  void add_link(const Record &link, const Id &student, const Id &contact);
  void drop_other_links(const Id &contact, const std::map<Id, bool> &kept);
  void add_school(const Record &record);
  void add_section(const Record &record);

  store::Database &database_;
  std::string source_;
  store::FieldList fields_;
  std::map<std::string, Named> named_;
  int records_ = 0;
};

}  // namespace heard::commands
