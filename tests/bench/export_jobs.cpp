// What leaves the store: lines and bundles beside a bare loop and bare zlib, and verify.py.
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "bare_ledger.hpp"
#include "history.hpp"
#include "jobs.hpp"
#include "product.hpp"

namespace heard::bench {

namespace {

namespace fs = std::filesystem;

std::string read_file(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string copied(const Settings &settings, const std::string &name) {
  std::string path = settings.folder + "/" + name;
  copy_store(history(settings).path, path);
  return path;
}

void export_all(Product &product, const std::string &file, const char *format) {
  fs::remove(file);
  api::Sink sink = api::Sink::to_new_file(file);
  api::Record what("what", {{"all", 1}, {"format", format}});
  product.store().export_to(sink, product.actor(), what);
  sink.close();
}

void put_hex(std::string &out, std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const char byte : bytes) {
    out += kDigits[static_cast<unsigned char>(byte) >> 4];
    out += kDigits[static_cast<unsigned char>(byte) & 15];
  }
}

/// Every column of every entry as a line, and nothing else.
void write_bare_lines(BareDatabase &database, const std::string &file) {
  sqlite3_stmt *rows = database.prepare(
      "SELECT e.seq, e.wall_ms, e.kind, e.thread, e.rid, e.cm, b.salt, b.fields FROM event e"
      " JOIN body b ON b.seq = e.seq ORDER BY e.seq");
  std::FILE *out = std::fopen(file.c_str(), "wb");
  std::string line;
  while (sqlite3_step(rows) == SQLITE_ROW) {
    line.assign(1, '{');
    for (int column = 0; column < 8; ++column) {
      line += column == 0 ? "\"" : ",\"";
      line += sqlite3_column_name(rows, column);
      line += "\":";
      if (column < 3) {
        line += std::to_string(sqlite3_column_int64(rows, column));
        continue;
      }
      line += '"';
      put_hex(line, column_bytes(rows, column));
      line += '"';
    }
    line += "}\n";
    std::fwrite(line.data(), 1, line.size(), out);
  }
  std::fclose(out);
  sqlite3_reset(rows);
}

std::string everything_below(const std::string &folder) {
  std::string all;
  for (const auto &item : fs::recursive_directory_iterator(folder))
    if (item.is_regular_file()) all += read_file(item.path().string());
  return all;
}

void deflate_bare(const std::string &bytes, const std::string &file) {
  uLongf size = compressBound(bytes.size());
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef *>(packed.data()), &size,
            reinterpret_cast<const Bytef *>(bytes.data()), bytes.size(), Z_BEST_SPEED);
  std::ofstream(file, std::ios::binary).write(packed.data(), static_cast<std::streamsize>(size));
}

Figure export_lines(const Settings &settings) {
  const std::string path = copied(settings, "export.heard");
  Product product(path);
  BareDatabase bare(path);
  const auto entries = static_cast<double>(bare.number("SELECT size FROM head"));
  return measure(
      {"export_jsonl", Shown::rate, entries,
       [&] {
         return spent_in([&] { export_all(product, settings.folder + "/e.jsonl", "lines"); });
       },
       [&] { return spent_in([&] { write_bare_lines(bare, settings.folder + "/b.jsonl"); }); }});
}

Figure export_bundle(const Settings &settings) {
  const std::string path = copied(settings, "bundle.heard");
  Product product(path);
  const std::string folder = settings.folder + "/bundle";
  fs::remove_all(folder);  // when it is measured once more
  api::Record what("what", {{"all", 1}, {"format", "bundle"}, {"folder", folder}});
  api::Sink seal = api::Sink::in_memory();
  product.store().export_to(seal, product.actor(), what);
  const std::string bytes = everything_below(folder);
  return measure(
      {"export_bundle", Shown::rate, static_cast<double>(bytes.size()) / 1e6,
       [&] { return spent_in([&] { export_all(product, settings.folder + "/e.zip", "bundle"); }); },
       [&] { return spent_in([&] { deflate_bare(bytes, settings.folder + "/b.z"); }); }});
}

Figure verify_python(const Settings &settings) {
  const std::string path = copied(settings, "python.heard");
  Product product(path);
  const std::string zip = settings.folder + "/python.zip";
  export_all(product, zip, "bundle");
  const auto entries = static_cast<double>(BareDatabase(path).number("SELECT size FROM head"));
  const std::string line = "python3 -B " HEARD_VERIFY_PY " " + zip + " > /dev/null";
  return measure({"verify_python",
                  Shown::rate,
                  entries,
                  [&] {
                    return spent_in([&] {
                      if (std::system(line.c_str()) != 0)
                        throw std::runtime_error("verify.py does not accept the bundle");
                    });
                  },
                  {}});
}

}  // namespace

void export_jobs(const Settings &settings, const Runner &run) {
  run("export_jsonl", [&] { return export_lines(settings); });
  run("export_bundle", [&] { return export_bundle(settings); });
  run("verify_python", [&] { return verify_python(settings); });
}

}  // namespace heard::bench
