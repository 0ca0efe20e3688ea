// Logging contacts singly and a thousand at a time, and bare entries, beside the bare ledger loop.
#include <stdexcept>

#include "history.hpp"
#include "jobs.hpp"
#include "product.hpp"
#include "tape.hpp"

namespace heard::bench {

namespace {

constexpr int kBatch = 1000;
constexpr int kCall = 100;

/// Logs the contacts one by one and calls `after` for each.
void log_each(Product &product, const History &past, int count,
              const std::function<void()> &after) {
  for (int i = past.contacts; i < past.contacts + count; ++i) {
    product.now = kBeginning + i * 1000;
    product.apply("interaction.log", past.mail.contact(i, product.now));
    after();
  }
}

void log_batches(Product &product, const History &past, int count) {
  for (int from = past.contacts; from < past.contacts + count; from += kBatch) {
    product.now = kBeginning + (from + kBatch) * 1000;
    const auto at = kBeginning + from * 1000;
    product.apply("interaction.log_many", past.mail.batch(from, from + kBatch, at));
  }
}

/// Entries that open no case, a hundred a call; calls `after` for each call.
void append_entries(Product &product, const History &past, int count,
                    const std::function<void()> &after) {
  for (int from = 0; from < count; from += kCall) {
    api::Record notes("interaction.log_many");
    for (int i = from; i < from + kCall; ++i) notes.add("items", past.mail.note(i));
    product.apply("interaction.log_many", notes);
    after();
  }
}

/// What the product wrote while `log` ran, which says where the tape is cut.
Tape recorded(const std::string &path, const std::function<void(Product &, Recorder &)> &log) {
  Product product(path);
  Recorder recorder(path);
  log(product, recorder);
  return std::move(recorder).take();
}

Tape recorded_contacts(const std::string &path, const History &past, int count) {
  return recorded(path, [&](Product &product, Recorder &recorder) {
    log_each(product, past, count, [&] { recorder.look(); });
  });
}

void require_same(const std::string &left, const std::string &right, bool counts_only) {
  const std::string says = difference(left, right, counts_only);
  if (!says.empty()) throw std::runtime_error("product and floor did not store the same: " + says);
}

/// A fresh copy of the past to write into, for each side.
struct Copies {
  Copies(const Settings &settings, const History &history)
      : past(history),
        product(settings.folder + "/log.heard"),
        bare(settings.folder + "/bare.heard") {
    copy_store(past.path, product);
    copy_store(past.path, bare);
  }
  const History &past;
  std::string product;
  std::string bare;
};

/// `log` on a fresh copy of the past, beside the tape of what it writes played `batch` a commit.
Job beside_tape(const char *name, int count, const Copies &copies, const Tape &tape, int batch,
                const std::function<void(Product &)> &log) {
  const auto product = [&copies, log] {
    copy_store(copies.past.path, copies.product);
    Product fresh(copies.product);
    return spent_in([&] { log(fresh); });
  };
  const auto floor = [&copies, &tape, batch] {
    copy_store(copies.past.path, copies.bare);
    Player player(copies.bare, tape);
    return spent_in([&] { player.play(static_cast<std::size_t>(batch)); });
  };
  return {name, Shown::rate, double(count), product, floor};
}

/// In batches times and salts differ: both must store as many rows.
Figure measure_batches(const Job &job, const Copies &copies) {
  job.product();
  job.floor();
  require_same(copies.product, copies.bare, true);
  return measure(job);
}

Figure one_by_one(const Settings &settings) {
  const History &past = history(settings);
  const int count = single_contacts(settings);
  const Copies copies(settings, past);
  const Tape tape = recorded_contacts(copies.product, past, count);
  Player(copies.bare, tape).play(1);
  require_same(copies.product, copies.bare, false);
  return measure(beside_tape("log_single", count, copies, tape, 1,
                             [&](Product &fresh) { log_each(fresh, past, count, [] {}); }));
}

Figure in_batches(const Settings &settings) {
  const History &past = history(settings);
  const int count = batch_contacts(settings);
  const Copies copies(settings, past);
  const Tape tape = recorded_contacts(copies.product, past, count);
  const Job job = beside_tape("log_batch", count, copies, tape, kBatch,
                              [&](Product &fresh) { log_batches(fresh, past, count); });
  return measure_batches(job, copies);
}

Figure entries_in_batches(const Settings &settings) {
  const History &past = history(settings);
  const int count = batch_contacts(settings);
  const Copies copies(settings, past);
  const Tape tape = recorded(copies.product, [&](Product &product, Recorder &recorder) {
    append_entries(product, past, count, [&] { recorder.look_singly(); });
  });
  const Job job = beside_tape("append_batch", count, copies, tape, kCall,
                              [&](Product &fresh) { append_entries(fresh, past, count, [] {}); });
  return measure_batches(job, copies);
}

/// What an entry takes in the file, beside its body and 300 bytes.
Figure entry_bytes(const Settings &settings) {
  const History &past = history(settings);
  const int count = batch_contacts(settings);
  const std::string path = settings.folder + "/bytes.heard";
  copy_store(past.path, path);
  BareDatabase file(path);
  const auto size = [&] {
    return file.number("PRAGMA page_count") * file.number("PRAGMA page_size");
  };
  const std::int64_t first = file.number("SELECT size FROM head"), before = size();
  Product product(path);
  append_entries(product, past, count, [] {});
  const auto grown = static_cast<double>(size() - before);
  const auto bodies = static_cast<double>(
      file.number("SELECT SUM(LENGTH(fields)) FROM body WHERE seq >= " + std::to_string(first)));
  return figure_of("entry_bytes", Shown::bytes, count, {{grown, 0}}, {{bodies + 300 * count, 0}});
}

}  // namespace

void log_jobs(const Settings &settings, const Runner &run) {
  run("log_single", [&] { return one_by_one(settings); });
  run("log_batch", [&] { return in_batches(settings); });
  run("append_batch", [&] { return entries_in_batches(settings); });
  run("entry_bytes", [&] { return entry_bytes(settings); });
}

}  // namespace heard::bench
