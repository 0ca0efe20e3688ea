// One request as the pages see it: what was asked, by whom, and how to link, tell time and name
// schools.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.hpp"
#include "web/backend.hpp"
#include "web/links.hpp"
#include "web/local_time.hpp"

namespace heard::web {

/// Lives during one answer; keeps references to what it was made of.
class Request {
 public:
  Request(Backend &backend, const Record &actor, const Record &head);

  /// Reads path, query and, for a POST, the form. Throws Failure for what cannot be read.
  void read(std::string_view body);

  const std::string &method() const { return method_; }
  const std::vector<std::string> &path() const { return path_; }  ///< decoded words
  const Record &query() const { return query_; }
  const Record &form() const { return form_; }
  const Record &actor() const { return actor_; }
  const Record &head() const { return head_; }
  Backend &backend() const { return backend_; }
  Millis now() const { return now_; }
  bool is_post() const { return method_ == "POST"; }
  /// False for those who only read, such as auditors; they are shown no forms.
  bool may_write() const;
  /// Admins change settings; auditors look at them as well.
  bool is_admin() const;
  bool may_see_settings() const;
  bool is_document() const { return head_.text("surface", "fragment") == "document"; }

  /// The posted form was ours, but made too many days ago.
  bool form_too_old() const { return form_too_old_; }
  /// Throws Failure(denied) unless the posted form is one of ours.
  void check_form();
  std::string token_for(std::string_view form_path) const;

  std::string page(std::string_view path, const Query &query = {}) const;
  const std::vector<Record> &schools() const;
  /// The head's zone, else the school's, else that of the default calendar.
  const LocalTime &time(std::string_view school) const;
  std::string when(Millis at, std::string_view school) const;

 private:
  std::string zone_of(std::string_view school) const;
  const std::string &default_zone() const;

  Backend &backend_;
  const Record &actor_;
  const Record &head_;
  Millis now_;
  std::string method_;
  std::vector<std::string> path_;
  Record query_;
  Record form_;
  bool form_too_old_ = false;
  mutable std::optional<std::vector<Record>> schools_;
  mutable std::optional<std::string> default_zone_;
  mutable std::map<std::string, LocalTime> zones_;
};

/// "/cases/17" from its decoded words.
std::string path_of(const std::vector<std::string> &words);

}  // namespace heard::web
