// The demo's audit: a family's log leaves with proofs, and a changed byte does not stay hidden.
#include <fmt/core.h>

#include "checking.hpp"
#include "demo.hpp"
#include "tamper.hpp"

namespace heard::cli {
namespace {

std::string verdict_of(const CheckResult &result) {
  return result.is_intact() ? paint("INTACT", Ink::green) : paint("DAMAGED", Ink::red);
}

}  // namespace

void Demo::export_and_check() {
  interrupt_.check();
  if (exhibit_.case_id.empty()) return;
  steps_.begin("This family's log, as a file that anyone can check");
  const std::string file = folder_ + "/family.jsonl";
  const std::string receipt = fmt::format("{}:{}:{}", exhibit_.seq, exhibit_.size, exhibit_.root);
  api::Store store = open();
  api::Record what("what", {{"person", exhibit_.family}});
  what.add("receipts", std::to_string(exhibit_.size));
  api::Sink sink = api::Sink::to_new_file(file);
  store.export_to(sink, actor(), what);
  sink.close();
  const api::Record which("what", {{"export", file}, {"receipt", receipt}});
  const CheckResult result = run_check(store.verify(actor(), which), "    Verifying the file");
  steps_.say(fmt::format("{}: {} entries, and one proof that they are in the ledger", file,
                         result.verdict.value("entries", 0)));
  summary_["export"] = {{"file", file}, {"receipt", receipt}, {"verdict", result.verdict}};
  steps_.say(fmt::format("checked against the receipt the family got for entry {} ({}...): {}",
                         exhibit_.seq, exhibit_.root.substr(0, 12), verdict_of(result)));
  if (!result.is_intact() && !steps_.is_silent()) print_check(result);
}

void Demo::tamper_and_check() {
  interrupt_.check();
  if (exhibit_.case_id.empty()) return;
  steps_.begin("Somebody changes one byte");
  CheckResult before;
  {
    api::Store store = open();
    before = run_check(store.verify(actor()), "    Verifying the store");
  }
  summary_["store_verdict"] = before.verdict;
  steps_.say(fmt::format("the store as it is: {}, {} entries", verdict_of(before),
                         grouped(before.verdict.value("entries", 0))));
  const std::string copy = folder_ + "/tampered.heard";
  copy_store(store_path_, copy);
  const std::string changed = change_one_letter(copy, exhibit_.seq, exhibit_.subject);
  steps_.say(
      fmt::format("in a copy, one letter of entry {} is changed on the disk:", exhibit_.seq));
  steps_.say(fmt::format("  \"{}\" becomes \"{}\"", exhibit_.subject, changed));
  const api::Options tampered({{"store.path", copy}, {"store.mode", "read"}});
  api::Store store(runtime_, tampered);
  const CheckResult after = run_check(store.verify(actor()), "    Verifying the copy");
  summary_["tampered"] = {{"verdict", after.verdict}, {"findings", after.findings}};
  steps_.say(fmt::format("the copy: {}", verdict_of(after)));
  for (const json &finding : after.findings)
    steps_.say(fmt::format("{} {}", paint("✗", Ink::red), clean(finding.value("says", ""))));
}

}  // namespace heard::cli
