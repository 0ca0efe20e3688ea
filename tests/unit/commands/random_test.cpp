// Random sequences of commands: whatever happens, the ledger stays whole and a rebuild agrees.
#include <random>

#include "support/desk.hpp"

using namespace heard;
using support::Desk;
using support::kAdmin;

namespace {

/// One clerk who does all kinds of things, sensible or not.
class Storyteller {
 public:
  explicit Storyteller(unsigned seed, bool changes_calendars = true, bool erases = false)
      : random_(seed), changes_calendars_(changes_calendars), erases_(erases) {}

  void step(Desk &desk) {
    desk.host.now += Millis{pick(7)} * pick(3600) * 1000;
    const int what = pick(20);
    try {
      if (erases_ && pick(5) == 0) return erase(desk);
      if (what < 8) return log(desk);
      if (what < 10) return log_many(desk);
      if (what == 10) return void(desk.pump());
      if (what == 11 && changes_calendars_) return calendar(desk);
      if (what == 12) return policy(desk);
      if (what == 13) return person(desk);
      if (what == 14) return read(desk);
      if (what == 15) return change_case(desk);
      work_on_case(desk);
    } catch (const Failure &failure) {
      ++refused_;
      BOOST_TEST((failure.status() != Status::internal), failure.message());
      BOOST_TEST((failure.status() != Status::corrupt), failure.message());
    }
  }
  int refused() const { return refused_; }
  int erased() const { return erased_; }

 private:
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  bool often() { return pick(3) > 0; }
  template <std::size_t N>
  const char *one_of(const char *const (&words)[N]) {
    return words[pick(N)];
  }
  std::string key(const char *type) {
    return "sis:" + std::string(type) + ":" + std::to_string(pick(5));
  }
  void apply(Desk &desk, const char *command, const Record &fields) {
    desk.engine.apply(record_from_json("actor", kAdmin), command, fields);
  }

  Record contact(const Desk &desk) {
    Record fields("contact");
    fields.set("channel", one_of({"email", "phone", "visit"}));
    fields.set("direction", one_of({"inbound", "inbound", "outbound", "internal"}));
    if (often()) fields.set("from", key(often() ? "guardian" : "staff"));
    if (often()) fields.add("about", key("student"));
    if (!often()) fields.add("to", key("guardian"));
    if (often()) fields.set("topic", one_of({"bus", "lunch"}));
    if (!often()) fields.set("occurred_at", desk.host.now - Millis{pick(200)} * 3600 * 1000);
    if (!often()) fields.set("needs_response", pick(2));
    if (!often()) fields.set("answered", pick(2));
    if (!often()) fields.set("case", std::to_string(1 + pick(8)));
    if (pick(8) == 0) fields.set("reply_to", pick(60));
    if (pick(8) == 0) fields.set("corrects", pick(60));
    if (pick(8) == 0) fields.set("open_case", 1);
    if (!often()) fields.set("priority", one_of({"low", "urgent"}));
    if (!often()) fields.set("source", "g").set("host_ref", std::to_string(pick(12)));
    if (!often()) fields.set("school", one_of({"north", "south"}));
    return fields;
  }
  void log(Desk &desk) { apply(desk, "interaction.log", contact(desk)); }
  void log_many(Desk &desk) {
    Record fields("fields");
    for (int i = 1 + pick(6); i > 0; --i) fields.add("items", contact(desk));
    apply(desk, "interaction.log_many", fields);
  }
  void calendar(Desk &desk) {
    const std::string day =
        format_date(static_cast<std::int32_t>(desk.host.now / 86400000) - 3 + pick(8));
    Record fields("fields");
    if (pick(2) == 0) {
      fields.set("closed", std::vector<std::string>{day});
    } else {
      Record hours("hours");
      for (const char *weekday : {"monday", "tuesday", "thursday"})
        if (often())
          hours.set(weekday, std::vector<std::string>{one_of({"07:00-15:30", "10:00-12:00"})});
      fields.add("hours", hours);
      if (pick(2) == 0) fields.set("from", day);
    }
    if (pick(4) == 0)
      fields.set("calendar", "south").set("zone", "America/Chicago").add("schools", "south");
    apply(desk, "calendar.save", fields);
  }
  void policy(Desk &desk) {
    Record target("target");
    target.set("clock", "first_response").set("amount", 1 + pick(3));
    target.set("unit", one_of({"business_days", "calendar_days", "business_minutes"}));
    Record fields("fields");
    fields.add("targets", target).set("pause_when_held", pick(2)).set("warn_percent", pick(90));
    for (const char *clock : {"next_response", "resolution", "update", "ownership", "wait"}) {
      if (!often()) continue;
      Record more("target");
      more.set("clock", clock).set("amount", 1 + pick(4)).set("unit", "business_days");
      fields.add("targets", more.set("ends", one_of({"closing", "midnight", "same_time"})));
    }
    Record step("step");
    step.set("name", "s").set("clock", "first_response").set("offset", 1 + pick(200));
    step.set("unit", one_of({"percent", "minutes", "business_days"})).set("notify", "assignee");
    if (!often()) step.set("raise_to", "high");
    if (often()) fields.add("steps", step);
    if (!often()) {
      Record when("when");
      when.add("topic", one_of({"bus", "lunch"}));
      fields.set("policy", "p" + std::to_string(pick(3))).add("when", when);
    }
    apply(desk, "policy.save", fields);
  }
  void person(Desk &desk) {
    Record link("link");
    link.set("student", key("student")).set("custody", one_of({"yes", "no", "unknown"}));
    Record fields("fields");
    fields.set("person", key("guardian")).set("given", one_of({"Ana", "Zoë"})).add("links", link);
    apply(desk, "person.save", fields);
  }
  void work_on_case(Desk &desk) {
    Record fields("fields");
    fields.set("case", std::to_string(1 + pick(8)));
    const char *command = one_of(
        {"case.wait", "case.solve", "case.reopen", "case.reply", "case.assign", "case.reply"});
    if (std::string_view(command) == "case.assign") fields.set("to", key("staff"));
    if (std::string_view(command) == "case.wait") fields.set("on", one_of({"family", "other"}));
    if (!often()) fields.set("at", desk.host.now - Millis{pick(100)} * 3600 * 1000);
    apply(desk, command, fields);
  }
  /// What changes the facts of cases, or what they are judged by.
  void change_case(Desk &desk) {
    Record fields("fields");
    const int what = pick(7);
    if (what == 0) return apply(desk, "policy.reapply", fields);
    if (what == 1) {
      fields.set("seq", 2 + pick(80)).set(pick(2) == 0 ? "needs_response" : "answers", pick(2));
      return apply(desk, "interaction.mark", fields);
    }
    fields.set("case", std::to_string(1 + pick(8)));
    if (what == 2) fields.set("priority", one_of({"low", "high", "urgent"}));
    if (what == 3) fields.set("school", one_of({"north", "south"}));
    if (what == 4) fields.set("into", std::to_string(1 + pick(8)));
    if (what == 5) fields.add("entries", std::to_string(2 + pick(80)));
    const char *commands[] = {"",           "",           "case.prioritize", "case.move",
                              "case.merge", "case.split", "case.close"};
    apply(desk, commands[what], fields);
  }
  /// Whatever went, the rest is whole and the tables are those of a rebuild.
  void erase(Desk &desk) {
    Record fields("fields");
    const int what = pick(8);
    if (what == 0) {
      fields.set("schedule", one_of({"contacts", "cases", "log"})).set("basis", "class 3");
      const std::string of = fields.text("schedule");
      fields.set("applies_to", of == "cases" ? of : of == "log" ? "disclosures" : "interactions");
      fields.set("keep_days", 1 + pick(2)).set("action", one_of({"erase", "remove"}));
      return apply(desk, "schedule.save", fields);
    }
    if (what <= 2) {
      apply(desk, "retention.run", fields);
    } else {
      if (what <= 4) fields.set("person", key(one_of({"guardian", "student", "staff"})));
      if (what == 5) fields.set("case", std::to_string(1 + pick(8)));
      if (what >= 6) fields.set("entry", 3 + pick(80));
      if (!often()) fields.add("fields", one_of({"text", "party_personal", "subject"}));
      apply(desk, "records.erase", fields.set("basis", "b").set("approver", "staff:2"));
    }
    ++erased_;
    desk.check_whole();
  }
  void read(Desk &desk) {
    desk.rows("waiting");
    if (erases_) desk.rows("people", R"({"search": "a"})");
    if (erases_ && often()) desk.rows("timeline", R"({"person": ")" + key("guardian") + "\"}");
    desk.rows("measures");
    desk.rows("case", R"({"case": ")" + std::to_string(1 + pick(8)) + "\"}");
  }

  std::mt19937 random_;
  bool changes_calendars_, erases_;
  int refused_ = 0, erased_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(random_commands)

BOOST_AUTO_TEST_CASE(after_any_sequence_the_ledger_is_whole_and_a_rebuild_agrees) {
  constexpr int kSequences = 25;
  constexpr int kSteps = 80;
  for (unsigned seed = 1; seed <= kSequences; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Desk desk(seed % 2 == 0 ? "America/Chicago" : "UTC");
      Storyteller story(seed);
      for (int i = 0; i < kSteps; ++i) story.step(desk);
      BOOST_TEST(story.refused() < kSteps * 3 / 4);
      BOOST_TEST(desk.size() > kSteps / 4);
      desk.pump();
      desk.check_whole();
      for (const Record &row : desk.rows("replay"))
        if (row.text("row") == "difference") BOOST_TEST(row.flag("calendar_changed"), to_json(row));
    }
  }
}

BOOST_AUTO_TEST_CASE(after_any_erasure_among_any_commands_the_same_holds) {
  int erased = 0;
  for (unsigned seed = 201; seed <= 215; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Desk desk(seed % 2 == 0 ? "America/Chicago" : "UTC");
      Storyteller story(seed, true, true);
      for (int i = 0; i < 90; ++i) story.step(desk);
      desk.pump();
      desk.check_whole();
      desk.rows("replay");
      desk.rows("integrity");
      erased += story.erased();
    }
  }
  BOOST_TEST(erased > 60);
}

BOOST_AUTO_TEST_CASE(on_a_calendar_that_never_changes_every_verdict_follows_from_the_facts) {
  std::int64_t cases = 0;
  for (unsigned seed = 101; seed <= 140; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Desk desk;
      Storyteller story(seed, false);
      for (int i = 0; i < 80; ++i) story.step(desk);
      desk.pump();
      const auto rows = desk.rows("replay");
      for (const Record &row : rows)
        if (row.text("row") == "difference") BOOST_TEST(false, to_json(row));
      BOOST_TEST(rows.back().flag("intact"));
      cases += rows.back().number("cases");
    }
  }
  BOOST_TEST(cases > 100);
}

BOOST_AUTO_TEST_SUITE_END()
