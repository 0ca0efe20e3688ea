#include "views/view_table.hpp"

#include <algorithm>

#include "base/failure.hpp"

namespace heard::views {

namespace {

class PagedRows : public Rows {
 public:
  explicit PagedRows(std::function<bool(std::vector<Record> &)> more) : more_(std::move(more)) {}

  bool next(Record &row) override {
    while (at_ == page_.size() && more_) {
      std::vector<Record> fresh;
      const bool may_go_on = fetch(fresh);
      page_ = std::move(fresh);
      at_ = 0;
      if (!may_go_on) more_ = nullptr;
    }
    if (at_ == page_.size()) return false;
    row = std::move(page_[at_++]);
    return true;
  }

 private:
  /// When a page fails, nothing of it is shown, and going on would leave a gap.
  bool fetch(std::vector<Record> &page) {
    try {
      return more_(page);
    } catch (...) {
      more_ = [](std::vector<Record> &) -> bool {
        throw Failure(Status::misuse, "the cursor failed before; open the view again");
      };
      throw;
    }
  }

  std::function<bool(std::vector<Record> &)> more_;
  std::vector<Record> page_;
  std::size_t at_ = 0;
};

void check_filter(const View &view, const Record &filter) {
  for (const auto &[name, value] : filter.fields()) {
    const auto spec = std::find_if(view.filter.begin(), view.filter.end(),
                                   [&, &wanted = name](const auto &f) { return f.name == wanted; });
    if (spec == view.filter.end())
      throw Failure(Status::unknown_name,
                    "filter '" + name + "' is not known to view " + std::string(view.name) +
                        " of Heard 1.0.0; check the spelling",
                    {{"name", name}, {"field", name}});
    const bool fits = spec->is_number ? std::holds_alternative<std::int64_t>(value)
                                      : std::holds_alternative<std::string>(value);
    if (!fits) throw bad_field(name, spec->is_number ? "must be a whole number" : "must be a text");
  }
  if (filter.number("limit") < 0) throw bad_field("limit", "cannot be negative");
  for (const FilterField &field : view.filter)
    if (field.required && !filter.has(field.name)) throw bad_field(field.name, "is missing");
}

}  // namespace

std::unique_ptr<Rows> paged_rows(std::function<bool(std::vector<Record> &)> more) {
  return std::make_unique<PagedRows>(std::move(more));
}

std::unique_ptr<Rows> all_rows(std::vector<Record> rows) {
  return paged_rows([rows = std::move(rows)](std::vector<Record> &page) mutable {
    page = std::move(rows);
    return false;
  });
}

std::span<const View> views() {
  static const std::vector<View> kAll = [] {
    std::vector<View> all;
    for (const auto family :
         {case_views(), people_views(), measure_views(), ledger_views(), calendar_views(),
          policy_views(), replay_views(), report_views(), desk_views(), settings_views(),
          neutral_views(), signing_views(), disclosure_views(), records_views()})
      all.insert(all.end(), family.begin(), family.end());
    return all;
  }();
  return kAll;
}

std::unique_ptr<Rows> open_view(const Reader &reader, std::string_view name, const Record &filter) {
  for (const View &view : views()) {
    if (view.name != name) continue;
    directory::require_read(reader.actor);
    check_filter(view, filter);
    return view.open(reader, filter);
  }
  throw Failure(Status::unknown_name,
                "view '" + std::string(name) + "' is not known to Heard 1.0.0",
                {{"name", std::string(name)}});
}

}  // namespace heard::views
