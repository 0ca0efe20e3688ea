#include "district.hpp"

#include "bare.hpp"

namespace heard::bench {

namespace {

constexpr int kBatch = 5000;

void save_policies(Product &product) {
  product.apply("policy.save", api::Record::from_json("policy", R"({"policy": "minutes",
      "when": [{"school": ["s0", "s2"]}], "targets": [
        {"clock": "first_response", "amount": 600, "unit": "business_minutes"},
        {"clock": "resolution", "amount": 2400, "unit": "business_minutes"}]})"));
  product.apply("policy.save", api::Record::from_json("policy", R"({"policy": "wall",
      "when": [{"school": ["s4"]}], "warn_percent": 0, "targets": [
        {"clock": "first_response", "amount": 120, "unit": "wall_minutes"}]})"));
}

void save_calendars(Product &product) {
  for (int i = kMinutesOwn; i < kFirstBeside; ++i) {
    if (i == kWall) continue;
    api::Record fields = api::Record::from_json("calendar", R"({"zone": "America/New_York",
        "hours": [{"monday": ["08:00-16:00"], "tuesday": ["08:00-16:00"],
                   "wednesday": ["08:00-16:00"], "thursday": ["08:00-16:00"],
                   "friday": ["08:00-16:00"]}]})");
    fields.set({"calendar", "of-" + school(i)}).add("schools", school(i));
    product.apply("calendar.save", fields);
  }
}

}  // namespace

std::string school(int number) { return "s" + std::to_string(number); }

int open_clocks(const Settings &settings) {
  if (settings.is_large) return 1000000;
  return settings.is_small ? 50000 : 200000;
}

api::Record message(int number, const std::string &school, std::int64_t occurred_at) {
  return api::Record("interaction.log", {{"channel", "email"},
                                         {"from", "sis:guardian:" + std::to_string(number)},
                                         {"school", school},
                                         {"topic", "bus"},
                                         {"text", "When will the bus come?"},
                                         {"occurred_at", occurred_at}});
}

const std::string &district(const Settings &settings) {
  static const std::string path = [&] {
    std::string made = settings.folder + "/district.heard";
    {
      Product product(made);
      save_policies(product);
      save_calendars(product);
      product.now = kAllOpen;
      const int cases = open_clocks(settings) / 2;
      for (int from = 0; from < cases; from += kBatch) {
        api::Record batch("interaction.log_many");
        for (int i = from; i < from + kBatch && i < cases; ++i)
          batch.add("items", message(i, school(i % kSchools),
                                     kBeginning + std::int64_t{i} * 3599000 / cases));
        product.apply("interaction.log_many", batch);
      }
    }
    BareDatabase(made).exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return made;
  }();
  return path;
}

}  // namespace heard::bench
