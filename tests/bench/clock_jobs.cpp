// Snow days, the next due clock, and clocks that fall due by the thousand, in a district full of
// open clocks, beside bare loops that read and write just the rows in question.
#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "district.hpp"
#include "jobs.hpp"
#include "product.hpp"
#include "rewrite.hpp"
#include "tape.hpp"

namespace heard::bench {

namespace {

constexpr const char *kTomorrow = "2026-03-04";

/// One school, asked to close tomorrow again and again.
struct SnowDay {
  std::string school;
  bool shares;  ///< the district's calendar, and gets one of its own in the same command
};

std::string close(Product &product, const std::string &school) {
  const api::Record done = product.apply(
      "calendar.close", api::Record("calendar.close", {{"school", school}, {"closed", kTomorrow}}));
  return done.row().text("calendar");
}

/// Back to what it was, but for versions that nobody uses.
void take_back(Product &product, const SnowDay &day, const std::string &calendar) {
  if (!day.shares) {
    product.apply("calendar.close",
                  api::Record("calendar.close",
                              {{"school", day.school}, {"closed", kTomorrow}, {"reopen", 1}}));
    return;
  }
  api::Record fields = api::Record::from_json("calendar.save", R"({"schools": []})");
  product.apply("calendar.save", fields.set({"calendar", calendar}));
}

void require(bool holds, const std::string &job, const std::string &says) {
  if (!holds) throw std::runtime_error(job + ": " + says);
}

/// Records what the product writes for the snow day, and lets the floor write the same.
Figure snow_day(const std::string &job, const Settings &settings, const SnowDay &day) {
  const std::string path = settings.folder + "/snow.heard";
  const std::string bare_path = settings.folder + "/snow-bare.heard";
  copy_store(district(settings), path);
  copy_store(district(settings), bare_path);
  Product product(path);
  product.now = kAllOpen;
  BareDatabase seen(path);
  const std::int64_t size = seen.number("SELECT size FROM head");
  const Snapshot before(seen, day.school);
  std::string calendar = close(product, day.school);
  Rewrite rewrite(seen, before, Snapshot(seen, day.school), size);
  BareDatabase bare(bare_path);
  BareLedger ledger(bare);
  rewrite.play(bare, ledger);
  const std::string differs = calendar_difference(path, bare_path);
  require(differs.empty(), job, "product and floor did not store the same: " + differs);
  Figure figure = measure({job, Shown::milliseconds, 1,
                           [&] {
                             take_back(product, day, calendar);
                             return spent_in([&] { calendar = close(product, day.school); });
                           },
                           [&] {
                             rewrite.undo(bare);
                             return spent_in([&] { rewrite.play(bare, ledger); });
                           }});
  figure.note = std::to_string(rewrite.rows()) + " of " + std::to_string(open_clocks(settings)) +
                " clocks and cases rewritten";
  return figure;
}

std::int64_t next_due(Product &product) {
  std::int64_t next = 0;
  require(!product.store().pump(0, next), "next_due", "something was due");
  return next;
}

/// The smallest key of each calendar and axis; of those on the wall, the smallest of all.
std::int64_t seek_each(BareDatabase &database) {
  sqlite3_stmt *calendars = database.prepare("SELECT DISTINCT id FROM fold_calendar ORDER BY id");
  sqlite3_stmt *seek = database.prepare(
      "SELECT next_key FROM fold_clock WHERE calendar = ?1 AND next_axis = ?2 AND next_axis <> 0"
      " ORDER BY next_key LIMIT 1");
  constexpr int kOnTheWall = 3;
  std::int64_t soonest = INT64_MAX;
  while (sqlite3_step(calendars) == SQLITE_ROW) {
    const std::string_view id = column_bytes(calendars, 0);
    sqlite3_bind_text(seek, 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
    for (int axis = 1; axis <= kOnTheWall; ++axis) {
      bind(seek, 2, axis);
      if (sqlite3_step(seek) == SQLITE_ROW && axis == kOnTheWall)
        soonest = std::min<std::int64_t>(soonest, sqlite3_column_int64(seek, 0));
      sqlite3_reset(seek);
    }
  }
  sqlite3_reset(calendars);
  return soonest;
}

Figure next_of_all(const Settings &settings) {
  constexpr int kTimes = 50;
  const std::string path = settings.folder + "/next.heard";
  copy_store(district(settings), path);
  Product product(path);
  product.now = kAllOpen;
  BareDatabase bare(path);
  // A clock on the wall falls due in the second after its key.
  require(next_due(product) == (seek_each(bare) + 1) * 1000, "next_due",
          "product and floor name different instants");
  const auto repeated = [](const auto &work) {
    return spent_in([&] {
      for (int i = 0; i < kTimes; ++i) work();
    });
  };
  Figure figure = measure({"next_due", Shown::milliseconds, kTimes,
                           [&] { return repeated([&] { next_due(product); }); },
                           [&] { return repeated([&] { seek_each(bare); }); }});
  figure.note = "of " + std::to_string(open_clocks(settings)) + " clocks";
  return figure;
}

constexpr std::int64_t kMinute = 60 * 1000;

/// A closed store in which all cases fall due within one minute, two hours after they began.
std::string falling_due(const Settings &settings, int cases) {
  std::string path = settings.folder + "/due.heard";
  {
    Product product(path);
    product.apply("policy.save", api::Record::from_json("policy.save", R"({"warn_percent": 0,
        "targets": [{"clock": "first_response", "amount": 120, "unit": "wall_minutes"}],
        "steps": [{"name": "due", "clock": "first_response", "offset": 100, "unit": "percent",
                   "notify": "role:admin"}]})"));
    product.now = kBeginning + kMinute;
    for (int from = 0; from < cases; from += 1000) {
      api::Record batch("interaction.log_many");
      for (int i = from; i < from + 1000; ++i)
        batch.add("items", message(i, "north", kBeginning + i * (kMinute - 1000) / cases));
      product.apply("interaction.log_many", batch);
    }
  }
  BareDatabase(path).exec("PRAGMA wal_checkpoint(TRUNCATE)");
  return path;
}

void pump_all(Product &product) {
  product.now = kBeginning + 121 * kMinute;
  for (std::int64_t next = 0; product.store().pump(1000, next);) {
  }
}

Figure pump_due(const Settings &settings) {
  constexpr std::size_t kSlice = 200;  // cases the product settles in one transaction
  const int cases = settings.is_small ? 1000 : 10000;
  const std::string made = falling_due(settings, cases);
  const std::string path = settings.folder + "/pump.heard";
  const std::string bare_path = settings.folder + "/pump-bare.heard";
  copy_store(made, path);
  copy_store(made, bare_path);
  Tape tape;
  {
    Recorder recorder(path);
    recorder.know_all();
    Product product(path);
    pump_all(product);
    recorder.look_singly();
    tape = std::move(recorder).take();
  }
  require(static_cast<int>(tape.contacts.size()) == cases, "pump_due", "not every clock fell due");
  Player(bare_path, tape).play(kSlice);
  const std::string differs = difference(path, bare_path, false);
  require(differs.empty(), "pump_due", "product and floor did not store the same: " + differs);
  return measure({"pump_due", Shown::rate, double(cases),
                  [&] {
                    copy_store(made, path);
                    Product product(path);
                    return spent_in([&] { pump_all(product); });
                  },
                  [&] {
                    copy_store(made, bare_path);
                    Player player(bare_path, tape);
                    return spent_in([&] { player.play(kSlice); });
                  }});
}

}  // namespace

void clock_jobs(const Settings &settings, const Runner &run) {
  const std::tuple<const char *, int, bool> days[] = {
      {"snow_day_minutes", kMinutesOwn, false},
      {"snow_day_days", kDaysOwn, false},
      {"snow_day_new_minutes", kMinutesShared, true},
      {"snow_day_new_days", kDaysShared, true},
  };
  for (const auto &[name, number, shares] : days)
    run(name, [&, job = std::string(name), day = SnowDay{school(number), shares}] {
      return snow_day(job, settings, day);
    });
  run("next_due", [&] { return next_of_all(settings); });
  run("pump_due", [&] { return pump_due(settings); });
}

}  // namespace heard::bench
