// One contact as a command states it, checked but not yet placed in a case.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/record.hpp"
#include "store/body.hpp"

namespace heard::interactions {

struct Contact {
  std::string channel;
  std::string direction = "inbound";
  std::string from, from_name;
  std::vector<std::string> to;
  std::vector<std::string> about;
  std::string requester;
  std::string school, department, topic, moment, priority, subject, text, language, delivery;
  Millis occurred_at = 0;
  bool occurred_at_given = false;
  std::string source, host_ref;
  bool human = true;
  bool is_public = true;
  bool bulk = false;
  bool needs_response = false;
  bool answered = false;
  bool answers = false;  ///< marked as an answer to this case, though it went to many
  bool opens_case = false;
  std::string case_name;  ///< id or number, as given
  std::int64_t reply_to = 0;
  std::int64_t corrects = 0;

  bool is_inbound() const { return direction == "inbound"; }
  bool is_outbound() const { return direction == "outbound"; }
  /// Went out to the family itself; an automatic receipt does too.
  bool reaches_family() const;
  /// Counts as staff's answer to the family.
  bool answers_family() const;
};

/// Checks every field that needs no store. `now` is the default of occurred_at and its limit.
Contact contact_from(const Record &fields, Millis now);

/// The fields of interaction.logged that stand for the contact itself (parties are added
/// elsewhere).
void encode_contact(const Contact &contact, store::FieldList &fields);

/// The first field in which the stored entry says something else than `contact`; "" if none, or if
/// erasure made it undecidable.
std::string differing_field(const Contact &contact, const store::Body &stored);

}  // namespace heard::interactions
