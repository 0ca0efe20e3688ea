#include "bundle/write_bundle.hpp"

#include <algorithm>

#include "audit/explanations.hpp"
#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "bundle/bag.hpp"
#include "bundle/contact_rows.hpp"
#include "bundle/embedded.hpp"
#include "bundle/proof_lines.hpp"
#include "bundle/read_me.hpp"
#include "bundle/reading.hpp"
#include "bundle/tables.hpp"
#include "bundle/thread_page.hpp"
#include "directory/person.hpp"
#include "store/ledger.hpp"

namespace heard::bundle {

namespace {

using store::Kind;

constexpr std::size_t kTitles = 500;     // conversations the first page links to
constexpr std::int64_t kBetween = 4096;  // entries from one report of progress to the next
constexpr std::int64_t kPasses = 5;      // walks through the entries, for progress

Failure damaged() {
  return {
      Status::corrupt,
      "the ledger does not fit its own root, so that no bundle can be made; run 'heard verify'"};
}

std::string part_of(const audit::Selection &selection) {
  if (selection.what == "all" && !selection.is_whole()) return "period";
  return selection.what;
}

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
        ledger_(database),
        nodes_(database),
        reading_(database, order.redaction),
        explanations_(database),
        seqs_(audit::seqs_of(database, order.selection, order.head.size)) {
    setting_ = {&order.redaction, folds::calendar_now(database, std::string(folds::kDefault)),
                hex(ledger_.id()), [this](const std::string &key) { return school_name(key); }};
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

  /// One file made by a walk through the entries: `put` appends what an entry has to say.
  void walk(const std::string &path, const std::string &header,
            const std::function<void(std::string &, const ReadEntry &)> &put) {
    bag_.begin(path);
    files_.push_back(path);
    std::string out = header;
    reading_.each(seqs_, [&](const ReadEntry &entry) {
      put(out, entry);
      flush(out);
      tell_progress();
    });
    bag_.write(out);
    bag_.end();
  }

  void flush(std::string &out) {
    if (out.size() < 65536) return;
    bag_.write(out);
    out.clear();
  }

  void tell_progress() {
    if (++done_ % kBetween != 0 || !order_.progress) return;
    const auto total = static_cast<std::int64_t>(seqs_.size());
    order_.progress(std::min(done_ / kPasses, total), total);
  }

  void write_proof() {
    const ProofHeader header{ledger_.id(), order_.head, static_cast<std::int64_t>(seqs_.size()),
                             part_of(order_.selection)};
    Assembly tree;
    std::string first = header_line(header);
    if (seqs_.empty()) skip_to(order_.head.size, tree, first);
    walk("data/proof/proof.jsonl", first, [&](std::string &out, const ReadEntry &entry) {
      skip_to(entry.event.seq, tree, out);
      prove(entry, tree, out);
      note(entry);
      if (entry.event.seq == seqs_.back()) skip_to(order_.head.size, tree, out);
    });
    if (tree.root() != order_.head.root) throw damaged();
  }

  void skip_to(std::int64_t seq, Assembly &tree, std::string &out) {
    for (Skipped &piece : cover(tree.size(), seq)) {
      piece.hash = nodes_.node(piece.level, piece.index);
      tree.add(piece.level, piece.index, piece.hash);
      put_skipped(out, piece);
    }
  }

  static void prove(const ReadEntry &entry, Assembly &tree, std::string &out) {
    if (entry.body && entry.body->commitment() != entry.event.commitment) throw damaged();
    tree.add(0, entry.event.seq, store::leaf_hash(entry.event));
    put_entry(out, entry.event, entry.body);
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
    walk("data/communications.csv", contact_csv_header(),
         [](std::string &out, const ReadEntry &entry) {
           if (is_contact(entry.event) && entry.body)
             put_contact_csv(out, entry.event, *entry.body);
         });
    walk("data/communications.jsonl", "", [](std::string &out, const ReadEntry &entry) {
      if (is_contact(entry.event) && entry.body) put_contact_json(out, entry.event, *entry.body);
    });
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
      walk(std::string(table.file), kind_header(columns_[i]),
           [&](std::string &out, const ReadEntry &entry) {
             if (is_in(table, entry.event)) put_kind_row(out, columns_[i], entry);
           });
    }
  }

  /// Calls `visit` for each conversation with its place among the steps.
  void each_thread(
      const std::function<void(const Id &, const std::vector<std::int64_t> &)> &visit) {
    std::vector<std::int64_t> seqs;
    for (std::size_t from = 0; from < steps_.size();) {
      std::size_t to = from;
      seqs.clear();
      for (; to < steps_.size() && steps_[to].thread == steps_[from].thread; ++to)
        seqs.push_back(steps_[to].seq);
      visit(steps_[from].thread, seqs);
      from = to;
    }
  }

  void write_threads() {
    std::sort(steps_.begin(), steps_.end(), [](const Step &a, const Step &b) {
      return a.thread != b.thread ? a.thread < b.thread : a.seq < b.seq;
    });
    each_thread([&](const Id &thread, const std::vector<std::int64_t> &seqs) {
      ThreadPage page(setting_);
      ThreadClocks clocks(explanations_);
      reading_.each(seqs, [&](const ReadEntry &entry) {
        page.add(entry);
        clocks.add(entry);
        tell_progress();
      });
      const std::string name = hex(thread) + ".html";
      bag_.file("data/threads/" + name, page.html(thread, clocks.rows()));
      if (titles_.size() < kTitles) titles_.push_back({page.number(), name, page.title()});
      ++threads_;
    });
  }

  void write_clocks() {
    bag_.begin("data/sla.csv");
    files_.push_back("data/sla.csv");
    std::string out = clocks_header();
    each_thread([&](const Id &thread, const std::vector<std::int64_t> &seqs) {
      ThreadClocks clocks(explanations_);
      reading_.each(seqs, [&](const ReadEntry &entry) {
        clocks.add(entry);
        tell_progress();
      });
      for (const ThreadClocks::Row &row : clocks.rows()) put_clock_row(out, thread, row);
      flush(out);
    });
    bag_.write(out);
    bag_.end();
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
    for (const std::int64_t size : order_.selection.earlier_sizes) {
      if (size > order_.head.size) continue;
      text += std::to_string(size) + " " + hex(ledger_.root_at(size)) + "\n";
      for (const Hash &hash : ledger_.consistency(size, order_.head.size)) text += hex(hash) + "\n";
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
  store::Ledger ledger_;
  store::TileNodes nodes_;
  Reading reading_;
  audit::Explanations explanations_;
  PageSetting setting_;
  std::map<std::string, std::string> school_names_;
  std::vector<std::int64_t> seqs_;
  std::vector<Step> steps_;
  std::vector<Columns> columns_;
  std::map<std::size_t, std::int64_t> rows_;
  std::vector<ReadMe::Page> titles_;
  std::vector<std::string> files_;
  std::int64_t contacts_ = 0, threads_ = 0, hidden_ = 0, erased_ = 0, done_ = 0;
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
