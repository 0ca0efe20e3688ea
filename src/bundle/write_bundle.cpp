#include "bundle/write_bundle.hpp"

#include <algorithm>

#include "audit/explanations.hpp"
#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "bundle/bag.hpp"
#include "bundle/contact_rows.hpp"
#include "bundle/embedded.hpp"
#include "bundle/proof_writer.hpp"
#include "bundle/read_me.hpp"
#include "bundle/reading.hpp"
#include "bundle/tables.hpp"
#include "bundle/thread_page.hpp"
#include "directory/person.hpp"
#include "store/connection.hpp"
#include "store/ledger.hpp"

namespace heard::bundle {

namespace {

using store::Kind;

constexpr std::size_t kTitles = 500;  // conversations the first page links to
constexpr std::int64_t kPasses = 5;   // walks through the entries, for progress

std::string_view embedded(std::string_view name) {
  for (const EmbeddedFile &file : embedded_files())
    if (file.name == name) return file.content;
  throw Failure(Status::internal, "the library was built without '" + std::string(name) + "'");
}

/// One entry of a conversation.
struct Step {
  Id thread;
  std::int64_t seq;
};

class Writer {
 public:
  Writer(store::Database &database, const Order &order, Target &target)
      : database_(database),
        order_(order),
        bag_(target),
        reading_(database, order.redaction),
        explanations_(database),
        seqs_(audit::seqs_of(database, order.selection, order.head.size)),
        proof_(database, order, static_cast<std::int64_t>(seqs_.size())) {
    setting_ = {&order.redaction, folds::calendar_now(database, std::string(folds::kDefault)),
                hex(store::Ledger(database).id()),
                [this](const std::string &key) { return school_name(key); }};
  }

  Sealed write() {
    write_proof();
    write_contacts();
    write_small_tables();
    write_threads();
    write_clocks();
    write_vouchers();
    bag_.file("data/threads/page.css", embedded("page.css"));
    file("data/verify.py", embedded("verify.py"));
    write_read_me();
    const Hash seal = bag_.finish(info());
    return {seal, static_cast<std::int64_t>(seqs_.size()), hidden_};
  }

 private:
  const std::string &school_name(const std::string &key) {
    auto &name = school_names_[key];
    if (name.empty()) name = directory::school_name(database_, key);
    return name;
  }

  void file(const std::string &path, std::string_view bytes) {
    bag_.file(path, bytes);
    files_.push_back(path);
  }

  using Put = std::function<void(std::string &, const ReadEntry &)>;

  /// One file made by a walk through the entries: `put` appends what an entry has to say.
  void walk(const std::string &path, const std::string &header, const Put &put,
            const Reading::Wanted &wanted = {}) {
    std::string out = begin_file(path, header);
    walk(out, put, wanted);
    end_file(out);
  }

  void walk(std::string &out, const Put &put, const Reading::Wanted &wanted = {}) {
    const std::int64_t before = done_;
    reading_.each(
        seqs_, [&](const ReadEntry &entry) { put(out, entry); },
        [&] {
          flush(out);
          done_ += Reading::kPage;
          tell_progress();
        },
        wanted);
    done_ = before + static_cast<std::int64_t>(seqs_.size());
  }

  std::string begin_file(const std::string &path, std::string header) {
    bag_.begin(path);
    files_.push_back(path);
    return header;
  }

  void end_file(const std::string &rest) {
    bag_.write(rest);
    bag_.end();
  }

  void flush(std::string &out) {
    if (out.size() < 65536) return;
    bag_.write(out);
    out.clear();
  }

  void tell_progress() {
    if (done_ - told_ < kBetween || !order_.progress) return;
    told_ = done_;
    const auto total = static_cast<std::int64_t>(seqs_.size());
    order_.progress(std::min(done_ / kPasses, total), total);
  }

  void write_proof() {
    std::string text = begin_file("data/proof/proof.jsonl", {});
    proof_.begin(text, false);
    walk(text, [&](std::string &out, const ReadEntry &entry) {
      proof_.entry(out, entry);
      note(entry);
    });
    proof_.finish(text);
    end_file(text);
  }

  /// What later files need to know of an entry.
  void note(const ReadEntry &entry) {
    hidden_ += static_cast<std::int64_t>(entry.hidden.size());
    erased_ += static_cast<std::int64_t>(entry.erased.size());
    const auto kind = static_cast<Kind>(entry.event.kind);
    if (is_contact(entry.event)) ++contacts_;
    if (is_contact(entry.event) || store::to_text(kind).starts_with("case."))
      steps_.push_back({entry.event.thread, entry.event.seq});
    for (std::size_t i = 0; i < kind_tables().size(); ++i) {
      if (!is_in(kind_tables()[i], entry.event)) continue;
      columns_.resize(kind_tables().size());
      ++rows_[i];
      if (!entry.body) continue;
      for (const store::SaltedField &field : entry.body->fields()) columns_[i].insert(field.id);
    }
  }

  void write_contacts() {
    const auto csv = [](std::string &out, const ReadEntry &entry) {
      if (entry.body) put_contact_csv(out, entry.event, *entry.body);
    };
    const auto json = [](std::string &out, const ReadEntry &entry) {
      if (entry.body) put_contact_json(out, entry.event, *entry.body);
    };
    walk("data/communications.csv", contact_csv_header(), csv, is_contact);
    walk("data/communications.jsonl", {}, json, is_contact);
    file("data/fields.csv", field_dictionary());
  }

  void write_small_tables() {
    if (hidden_ > 0)
      walk("data/redactions.csv", redactions_header(),
           [&](std::string &out, const ReadEntry &entry) {
             put_redactions(out, entry, order_.redaction);
           });
    if (erased_ > 0) walk("data/erasures.csv", erasures_header(), put_erasures);
    for (std::size_t i = 0; i < kind_tables().size(); ++i) {
      const KindTable &table = kind_tables()[i];
      if (rows_[i] == 0) continue;
      const auto put = [&](std::string &out, const ReadEntry &entry) {
        put_kind_row(out, columns_[i], entry);
      };
      walk(std::string(table.file), kind_header(columns_[i]), put,
           [&](const store::Event &event) { return is_in(table, event); });
    }
  }

  /// Calls `visit` for each conversation, and `pause` now and then, outside of any transaction.
  void each_thread(const std::function<void(const Id &, const std::vector<std::int64_t> &)> &visit,
                   const std::function<void()> &pause) {
    std::vector<std::int64_t> seqs;
    for (std::size_t from = 0; from < steps_.size();) {
      {
        const store::ReadTransaction together(database_);
        for (const std::size_t end = from + Reading::kPage; from < std::min(end, steps_.size());) {
          const Id thread = steps_[from].thread;
          seqs.clear();
          for (; from < steps_.size() && steps_[from].thread == thread; ++from)
            seqs.push_back(steps_[from].seq);
          visit(thread, seqs);
          done_ += static_cast<std::int64_t>(seqs.size());
        }
      }
      pause();
      tell_progress();
    }
  }

  void write_threads() {
    std::sort(steps_.begin(), steps_.end(), [](const Step &a, const Step &b) {
      return a.thread != b.thread ? a.thread < b.thread : a.seq < b.seq;
    });
    std::vector<std::pair<std::string, std::string>> made;  // path, page
    const auto make = [&](const Id &thread, const std::vector<std::int64_t> &seqs) {
      ThreadPage page(setting_);
      ThreadClocks clocks(explanations_);
      reading_.read(seqs, [&](const ReadEntry &entry) {
        page.add(entry);
        clocks.add(entry);
      });
      const std::string name = hex(thread) + ".html";
      made.emplace_back("data/threads/" + name, page.html(thread, clocks.rows()));
      if (titles_.size() < kTitles) titles_.push_back({page.number(), name, page.title()});
      ++threads_;
    };
    each_thread(make, [&] {
      for (const auto &[path, html] : made) bag_.file(path, html);
      made.clear();
    });
  }

  void write_clocks() {
    std::string out = begin_file("data/sla.csv", clocks_header());
    const auto put = [&](const Id &thread, const std::vector<std::int64_t> &seqs) {
      ThreadClocks clocks(explanations_);
      reading_.read(seqs, [&](const ReadEntry &entry) { clocks.add(entry); });
      for (const ThreadClocks::Row &row : clocks.rows()) put_clock_row(out, thread, row);
    };
    each_thread(put, [&] { flush(out); });
    end_file(out);
  }

  void write_vouchers() {
    const Vouchers &vouchers = order_.vouchers;
    file("data/proof/checkpoint.txt", vouchers.checkpoint);
    if (!vouchers.keys.empty()) file("data/proof/keys.txt", vouchers.keys);
    const std::string proofs = consistency();
    if (!proofs.empty()) file("data/proof/consistency.txt", proofs);
    for (const auto &[name, content] : vouchers.anchors)
      file("data/proof/anchors/" + name, content);
  }

  /// For each earlier size a line "size root", then the proof's hashes, a line each, and a blank.
  std::string consistency() {
    std::string text;
    for (const Continuation &proof : proof_.continuations()) {
      text += std::to_string(proof.earlier.size) + " " + hex(proof.earlier.root) + "\n";
      for (const Hash &hash : proof.hashes) text += hex(hash) + "\n";
      text += "\n";
    }
    return text;
  }

  void write_read_me() {
    std::stable_sort(titles_.begin(), titles_.end(),
                     [](const ReadMe::Page &a, const ReadMe::Page &b) {
                       const bool is_case = a.number > 0, is_other_case = b.number > 0;
                       return is_case != is_other_case ? is_case : a.number < b.number;
                     });
    ReadMe about;
    about.part = part_of(order_.selection);
    about.ordered = setting_.local(order_.ordered_at) + " (" + setting_.zone() + ")";
    about.ledger = setting_.ledger;
    about.head = order_.head;
    about.entries = static_cast<std::int64_t>(seqs_.size());
    about.contacts = contacts_;
    about.threads = threads_;
    about.hidden = hidden_;
    about.erased = erased_;
    about.is_signed = !order_.vouchers.keys.empty();
    about.titles = std::move(titles_);
    about.files = files_;
    bag_.file("data/READ-ME-FIRST.html", read_me(about));
  }

  std::vector<std::pair<std::string, std::string>> info() const {
    std::vector<std::pair<std::string, std::string>> lines{
        {"Bagging-Date", format_utc(floor_seconds(order_.ordered_at)).substr(0, 10)},
        {"Bag-Software-Agent", "Heard 1.0.0"},
        {"External-Identifier", setting_.ledger + "/" + std::to_string(order_.head.size)},
        {"External-Description",
         "School communications log with proof: " + part_of(order_.selection)},
        {"Heard-Ledger", setting_.ledger},
        {"Heard-Size", std::to_string(order_.head.size)},
        {"Heard-Root", hex(order_.head.root)}};
    if (order_.ordered_by >= 0)
      lines.emplace_back("Heard-Order", std::to_string(order_.ordered_by));
    return lines;
  }

  store::Database &database_;
  const Order &order_;
  BagWriter bag_;
  Reading reading_;
  audit::Explanations explanations_;
  PageSetting setting_;
  std::map<std::string, std::string> school_names_;
  std::vector<std::int64_t> seqs_;
  ProofWriter proof_;
  std::vector<Step> steps_;
  std::vector<Columns> columns_;
  std::map<std::size_t, std::int64_t> rows_;
  std::vector<ReadMe::Page> titles_;
  std::vector<std::string> files_;
  std::int64_t contacts_ = 0, threads_ = 0, hidden_ = 0, erased_ = 0, done_ = 0, told_ = 0;
};

}  // namespace

std::string folder_name(store::Database &database, const Order &order) {
  const std::string ledger = hex(store::Ledger(database).id());
  return "heard-" + ledger.substr(0, 12) + "-" + std::to_string(order.head.size) + "-" +
         part_of(order.selection);
}

Sealed write_bundle(store::Database &database, const Order &order, Target &target) {
  return Writer(database, order, target).write();
}

std::string unsigned_checkpoint(const Id &ledger, const store::TreeHead &head) {
  return "heard.local/ledger/" + hex(ledger) + "\n" + std::to_string(head.size) + "\n" +
         to_base64(view(head.root)) + "\n";
}

}  // namespace heard::bundle
