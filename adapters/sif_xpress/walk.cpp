// The paging rules of SIF 3 as they are met in the field.
#include "sif_xpress/walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "sif_xpress/page.hpp"
#include "transport/answer.hpp"

namespace heard::sif_xpress {
namespace {

constexpr int kMostPages = 100'000;

/// What one walk has received so far.
struct Tally {
  std::size_t received = 0;
  std::set<std::string> keys, twice;
  std::optional<std::int64_t> announced;  ///< navigationCount of the last page that said one
  bool paged = false;                     ///< some page had a paging header
};

/// What to do after a page.
enum class Next { page, smaller_page, end };

std::optional<std::int64_t> number(const transport::Head &head, const char *name) {
  const std::string text = head.header(name);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class Walker {
 public:
  Walker(const Tools &tools, const Object &object) : tools_(tools), object_(object) {
    wish_.size = tools.service.page_size;
  }

  /// All pages once. False if the SIS does not offer this object and can do without it.
  bool walk_once(Tally &tally) {
    wish_.page = 1;
    wish_.navigation_id.clear();
    tally = {};
    while (wish_.page <= kMostPages) {
      try {
        switch (step(tally)) {
          case Next::page:
            ++wish_.page;
            break;
          case Next::smaller_page:
            wish_ = {1, wish_.size / 2, ""};
            tally = {};
            break;
          case Next::end:
            return true;
        }
      } catch (const NotOffered &) {
        return false;
      } catch (const feed::Failure &failure) {
        throw failure.about(what());
      }
    }
    throw feed::Failure(HEARD_E_LIMIT, fmt::format("{}: the SIS never ends", what()));
  }

 private:
  struct NotOffered {};

  std::string what() const { return fmt::format("{} page {}", object_.collection, wish_.page); }

  Next step(Tally &tally) {
    if (tools_.feed.cancelled()) throw feed::Failure(HEARD_E_INTERRUPTED, "the sync was stopped");
    PageReader reader(tools_.feed, object_, tools_.tree);
    const transport::Head head = transport::get_patiently(
        tools_.get, page_request(tools_.service, object_.collection, wish_), reader,
        tools_.patience);
    if (head.status == 204) return Next::end;
    if (head.status == 413 && wish_.size > 1) return Next::smaller_page;
    if (head.status != 200) refuse(head);
    if (head.body_bytes == 0) throw transport::empty_answer();
    const Page page = reader.finish();
    return take(page, head, tally);
  }

  [[noreturn]] void refuse(const transport::Head &head) const {
    const bool missing = head.status == 404 || head.status == 403;
    if (missing && !object_.required && wish_.page == 1) throw NotOffered{};
    throw transport::refusal(head);
  }

  Next take(const Page &page, const transport::Head &head, Tally &tally) {
    if (page.received == 0) return Next::end;
    const auto last_page = number(head, "navigationLastPage");
    const auto size = number(head, "navigationPageSize");
    const auto total = number(head, "navigationCount");
    tally.paged = tally.paged || last_page || size || total;
    const bool repeated = !brings_new_keys(page, tally);
    if (repeated && !tally.paged) return Next::end;  // it knows no paging and sends all each time
    if (total) tally.announced = total;
    if (wish_.page == 1) wish_.navigation_id = head.header("navigationId");
    count(page, tally);
    apply(tools_.feed, object_, page);
    if (last_page && wish_.page >= *last_page) return Next::end;
    if (size && static_cast<std::int64_t>(page.received) < *size) return Next::end;
    if (!repeated) return Next::page;
    throw feed::Failure(HEARD_E_IO,
                        "the SIS sends the same page again and again; ask its administrator");
  }

  static bool brings_new_keys(const Page &page, const Tally &tally) {
    if (page.keys.empty()) return true;
    return std::ranges::any_of(page.keys,
                               [&](const auto &key) { return !tally.keys.contains(key); });
  }

  static void count(const Page &page, Tally &tally) {
    tally.received += page.received;
    for (const std::string &key : page.keys) {
      if (!tally.keys.insert(key).second) tally.twice.insert(key);
    }
  }

  const Tools &tools_;
  const Object &object_;
  PageWish wish_;
};

/// Rows that move between pages come twice while others are missed; keys that come twice in both
/// walks alike are the SIS's own doubles.
bool agrees(const Tally &tally, const Tally *before) {
  const auto received = static_cast<std::int64_t>(tally.received);
  if (tally.announced && *tally.announced != received) return false;
  return tally.twice.empty() || (before != nullptr && before->twice == tally.twice);
}

void note(const Tools &tools, const Object &object, const std::string &says) {
  tools.feed.reject(object.type, object.collection, says);
}

}  // namespace

void walk(const Tools &tools, const Object &object) {
  Walker walker(tools, object);
  Tally first, second;
  if (!walker.walk_once(first)) {
    return note(tools, object,
                fmt::format("the SIS does not offer {} to this user; they were skipped",
                            object.collection));
  }
  if (first.received == 0) {
    if (!object.required) return;
    throw feed::Failure(HEARD_E_IO, fmt::format("{}: the SIS has none at all; nothing was changed, "
                                                "check the rights of the feed's user",
                                                object.collection));
  }
  if (agrees(first, nullptr)) return tools.feed.set_done(object.type);
  if (walker.walk_once(second) && agrees(second, &first)) return tools.feed.set_done(object.type);
  note(tools, object,
       fmt::format("the SIS announces {} {} but {} came, in two attempts; nobody was made inactive",
                   second.announced.value_or(0), object.collection, second.received));
}

}  // namespace heard::sif_xpress
