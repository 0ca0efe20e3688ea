// A roster from the demo SIS over loopback, new and unchanged, beside bare Expat on the same bytes.
#include <expat.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "bare.hpp"
#include "demo_sis/sis_server.hpp"
#include "jobs.hpp"
#include "product.hpp"

namespace heard::bench {

namespace {

constexpr std::size_t kPageSize = 500;

/// The documents the SIS will send.
std::vector<std::string> documents(const std::vector<demo::Collection> &collections) {
  std::vector<std::string> all;
  for (const demo::Collection &collection : collections)
    for (std::size_t from = 0; from < collection.records.size(); from += kPageSize)
      all.push_back(demo::to_document(collection, from, from + kPageSize));
  return all;
}

std::size_t size_of(const std::vector<std::string> &documents) {
  std::size_t bytes = 0;
  for (const std::string &document : documents) bytes += document.size();
  return bytes;
}

void parse(const std::vector<std::string> &documents) {
  for (const std::string &document : documents) {
    XML_Parser parser = XML_ParserCreate(nullptr);
    const auto length = static_cast<int>(document.size());
    const bool good = XML_Parse(parser, document.data(), length, 1) == XML_STATUS_OK;
    XML_ParserFree(parser);
    if (!good) throw std::runtime_error("Expat refuses a document of the demo SIS");
  }
}

void save(Product &product, const char *name, const std::string &value) {
  product.apply("settings.save",
                api::Record("settings.save",
                            {{"name", std::string("feed.bench.") + name}, {"value", value}}));
}

/// A store that knows the feed and nobody yet.
void make_empty(const std::string &path, const demo::SisServer &server) {
  Product product(path);
  save(product, "adapter", "sif.xpress");
  save(product, "url", server.url());
  save(product, "user", demo::SisServer::user());
  save(product, "page_size", std::to_string(kPageSize));
}

/// Runs the feed; the records it wrote and those it found unchanged.
std::pair<std::int64_t, std::int64_t> sync(Product &product) {
  const api::Record result = product.store().run_feed(product.actor(), "bench");
  return {result.row().number("written"), result.row().number("unchanged")};
}

class Roster {
 public:
  explicit Roster(const Settings &settings)
      : empty_(settings.folder + "/empty.heard"),
        store_(settings.folder + "/roster.heard"),
        collections_(demo::collections(
            demo::make_district(settings.seed, {settings.is_small ? 300 : 3000, 90, 4}))),
        documents_(documents(collections_)),
        server_(collections_) {
    server_.start();
    make_empty(empty_, server_);
  }

  Figure first() {
    const auto product = [&] {
      copy_store(empty_, store_);
      Product fresh(store_);
      return spent_in([&] { require(sync(fresh).first); });
    };
    return measure({"roster_first", Shown::milliseconds, megabytes(), product, floor()});
  }

  Figure unchanged() {
    copy_store(empty_, store_);
    Product synced(store_);
    require(sync(synced).first);
    const auto product = [&] { return spent_in([&] { require(sync(synced).second); }); };
    return measure({"roster_unchanged", Shown::milliseconds, megabytes(), product, floor()});
  }

 private:
  double megabytes() const { return static_cast<double>(size_of(documents_)) / 1e6; }
  std::function<Spent()> floor() const {
    return [&] { return spent_in([&] { parse(documents_); }); };
  }
  /// Every record must have come.
  void require(std::int64_t records) const {
    std::size_t sent = 0;
    for (const demo::Collection &collection : collections_) sent += collection.records.size();
    if (records != static_cast<std::int64_t>(sent))
      throw std::runtime_error("the feed took " + std::to_string(records) + " of " +
                               std::to_string(sent) + " records");
  }

  std::string empty_;
  std::string store_;
  std::vector<demo::Collection> collections_;
  std::vector<std::string> documents_;
  demo::SisServer server_;
};

}  // namespace

void roster_jobs(const Settings &settings, const Runner &run) {
  std::unique_ptr<Roster> roster;
  const auto made = [&]() -> Roster & {
    if (!roster) roster = std::make_unique<Roster>(settings);
    return *roster;
  };
  run("roster_first", [&] { return made().first(); });
  run("roster_unchanged", [&] { return made().unchanged(); });
}

}  // namespace heard::bench
