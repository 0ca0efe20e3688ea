// Forms: described in code, drawn by one template, shown again with everything typed when refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/failure.hpp"
#include "web/request.hpp"
#include "web/template.hpp"

namespace heard::web {

enum class FieldKind { line, text, when, date, select, choice, checks, hidden };

struct Option {
  std::string value;
  std::string label;
  std::string warning = {};
  bool chosen = false;  ///< until somebody has chosen otherwise
};

/// Its label is the text "field.<form>.<name>". A field of kind checks posts <name>_1, <name>_2
/// ..., since some hosts keep only the last of several equal names.
struct Field {
  std::string name;
  FieldKind kind = FieldKind::line;
  std::string value = {};
  std::vector<Option> options = {};
  std::string hint = {};
};

struct Form {
  std::string name;  ///< also names its texts "action.", "button." and its id "hrd-<name>"
  std::string path;  ///< ours, where it is posted to
  std::vector<Field> fields;
  bool quiet = false;      ///< not what the page is for
  bool downloads = false;  ///< answered with a file, so it goes where the host passes files on
  std::string title = {};  ///< instead of the text "action.<name>"
};

/// True if the form shows a field of that name.
bool asks(const Form &form, std::string_view field);

/// What somebody sent, and what was wrong with it.
class Typed {
 public:
  Typed() = default;
  /// The posted values of the form `name`; a form that was too old starts out refused.
  Typed(std::string name, const Request &request);

  bool is_for(std::string_view form) const { return name_ == form; }
  std::string text(std::string_view field) const;
  /// The values chosen in a field of kind checks.
  std::vector<std::string> chosen(const std::string &field) const;
  bool ok() const { return errors_.empty(); }
  int status() const { return status_; }
  const std::vector<std::pair<std::string, std::string>> &errors() const { return errors_; }
  /// Adds an error at a field ("" for the whole form) and the status to answer with.
  void refuse(std::string field, std::string_view says, int status = 422);

 private:
  std::string name_;
  Record values_;
  std::vector<std::pair<std::string, std::string>> errors_;
  int status_ = 200;
};

/// The hidden fields of a form that posts to `path`: the host's, the token and `extra`.
Data hidden_fields(const Request &request, const std::string &path, const Query &extra);

/// What form.mustache wants to know.
Data form_data(const Request &request, const Form &form, const Typed &typed);

/// A command's field and the form's field that fills it, where they differ.
using FieldNames = std::vector<std::pair<std::string_view, std::string_view>>;

/// Says at the form what the sender can mend; rethrows the rest.
void refuse(const Failure &failure, const FieldNames &names, Typed &typed);

/// Runs a command; nothing when it was refused for a reason the sender can mend, then in `typed`.
std::optional<Record> try_apply(const Request &request, const Record &command,
                                const FieldNames &names, Typed &typed);

/// Rows of a view that is asked by a form; refused like a command.
std::optional<std::vector<Record>> try_rows(const Request &request, std::string_view view,
                                            const Record &filter, const FieldNames &names,
                                            Typed &typed);

/// Marks a contact with the form's own reference, so that sending it twice logs it once.
void mark_once(const Request &request, Record &command);

}  // namespace heard::web
