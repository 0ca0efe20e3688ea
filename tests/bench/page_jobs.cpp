// Our own pages through heard_handle, in milliseconds. A case page records that it was read.
#include <stdexcept>

#include "bare.hpp"
#include "history.hpp"
#include "jobs.hpp"
#include "product.hpp"

namespace heard::bench {

namespace {

constexpr int kPages = 20;

void get(Product &product, const std::string &path) {
  const api::Record head("request", {{"method", "GET"}, {"path", path}, {"surface", "document"}});
  const api::Response page = product.store().handle(product.actor(), head, "");
  if (page.status() != 200)
    throw std::runtime_error("page " + path + " answers " + std::to_string(page.status()));
}

Figure page(const Settings &settings, const std::string &name, const std::string &path) {
  const std::string store = settings.folder + "/pages.heard";
  copy_store(history(settings).path, store);
  Product product(store);
  const int next = history(settings).contacts;
  for (int i = 0; i < 60; ++i)  // somebody must be waiting
    product.apply("interaction.log", history(settings).mail.contact(next + 2 * i, product.now));
  return measure({name,
                  Shown::milliseconds,
                  kPages,
                  [&] {
                    return spent_in([&] {
                      for (int i = 0; i < kPages; ++i) get(product, path);
                    });
                  },
                  {}});
}

}  // namespace

void page_jobs(const Settings &settings, const Runner &run) {
  run("page_waiting", [&] { return page(settings, "page_waiting", "/waiting"); });
  run("page_case", [&] { return page(settings, "page_case", "/cases/17"); });
  run("page_people", [&] { return page(settings, "page_people", "/people"); });
}

}  // namespace heard::bench
