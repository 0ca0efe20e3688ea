#include "bundle/bag.hpp"

namespace heard::bundle {

void BagWriter::begin(const std::string &path) {
  payload_.push_back({path, {}});
  target_.begin(path);
}

void BagWriter::write(std::string_view bytes) {
  octets_ += static_cast<std::int64_t>(bytes.size());
  hasher_.update(bytes);
  target_.write(bytes);
}

void BagWriter::end() {
  payload_.back().hash = hasher_.finish();
  target_.end();
}

void BagWriter::file(const std::string &path, std::string_view bytes) {
  begin(path);
  write(bytes);
  end();
}

void BagWriter::tag_file(const std::string &path, std::string_view bytes) {
  target_.begin(path);
  target_.write(bytes);
  target_.end();
  tags_.push_back({path, sha256(bytes)});
}

std::string BagWriter::manifest(const std::vector<Listed> &files) {
  std::string text;
  for (const Listed &file : files) text += hex(file.hash) + "  " + file.path + "\n";
  return text;
}

Hash BagWriter::finish(const std::vector<std::pair<std::string, std::string>> &info) {
  std::string about;
  for (const auto &[name, value] : info) about += name + ": " + value + "\n";
  about += "Payload-Oxum: " + std::to_string(octets_) + "." + std::to_string(files()) + "\n";
  tag_file("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  tag_file("bag-info.txt", about);
  tag_file("manifest-sha256.txt", manifest(payload_));
  const std::string tags = manifest(tags_);
  tag_file("tagmanifest-sha256.txt", tags);
  target_.finish();
  return sha256(tags);
}

}  // namespace heard::bundle
