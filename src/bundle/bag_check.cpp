#include "bundle/bag_check.hpp"

#include <fmt/format.h>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::bundle {

namespace {

constexpr std::string_view kManifest = "manifest-sha256.txt";
constexpr std::string_view kTagManifest = "tagmanifest-sha256.txt";
constexpr std::string_view kBagIt = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

bool is_payload(const std::string &path) { return path.starts_with("data/"); }

}  // namespace

BagCheck::List BagCheck::read_list(const std::string &path) {
  List list;
  Lines lines(source_.open(path));
  for (std::string line; lines.next(line);) {
    const std::size_t blank = line.find("  ");
    Hash hash{};
    if (blank != 64 || !parse_hash(line.substr(0, 64), hash) || line.size() < 67) {
      find_(fmt::format("{} has a line that cannot be read", path));
      continue;
    }
    if (!list.emplace(line.substr(66), line.substr(0, 64)).second)
      find_(fmt::format("{} lists '{}' twice", path, line.substr(66)));
  }
  return list;
}

void BagCheck::compare(const std::string &path, const std::string &hash) {
  if (!source_.has(path)) return find_(fmt::format("file '{}' is missing", path));
  Hasher hasher;
  const auto bytes = source_.open(path);
  for (std::string_view piece = bytes->next(); !piece.empty(); piece = bytes->next())
    hasher.update(piece);
  if (hex(hasher.finish()) != lowered(hash))
    find_(fmt::format("file '{}' was changed: it has another hash than the manifest says", path));
}

Hash BagCheck::check_tags() {
  const List tags = read_list(std::string(kTagManifest));
  for (const auto &[path, hash] : tags) compare(path, hash);
  if (!source_.has("bagit.txt") || source_.text("bagit.txt") != kBagIt)
    find_("bagit.txt does not say that this is a bag of version 1.0");
  const List payload = read_list(std::string(kManifest));
  payload_.assign(payload.begin(), payload.end());
  for (const std::string &path : source_.paths()) {
    const bool is_listed = is_payload(path)       ? payload.contains(path)
                           : path == kTagManifest ? true
                                                  : tags.contains(path);
    if (!is_listed) find_(fmt::format("file '{}' is in no manifest", path));
  }
  return sha256(source_.text(std::string(kTagManifest)));
}

bool BagCheck::check_next() {
  if (at_ == payload_.size()) return false;
  const auto &[path, hash] = payload_[at_++];
  if (is_payload(path))
    compare(path, hash);
  else
    find_(fmt::format("the manifest lists '{}', which is no payload", path));
  return true;
}

}  // namespace heard::bundle
