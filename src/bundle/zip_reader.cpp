// Reads a zip by its directory: stored and deflated files, ZIP64 or not, all below one folder.
#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "base/failure.hpp"
#include "bundle/little_endian.hpp"
#include "bundle/source.hpp"

namespace heard::bundle {

namespace {

constexpr std::uint64_t kMax32 = 0xFFFFFFFF;
constexpr std::size_t kPiece = std::size_t{64} * 1024;
constexpr std::size_t kEnd = 22;      // the end record without its comment
constexpr std::size_t kLocator = 20;  // of the ZIP64 end record
constexpr std::size_t kEntry = 46;    // of the directory, without names
constexpr std::uint64_t kMostDirectory = std::uint64_t{1} << 31;

Failure broken(const std::string &what) { return {Status::corrupt, "the zip is damaged: " + what}; }

struct Packed {
  std::uint64_t method = 0, packed = 0, size = 0, offset = 0;
};

/// The file at any place; throws when it ends too early.
class Archive {
 public:
  explicit Archive(const std::string &path) : in_(path, std::ios::binary | std::ios::ate) {
    if (!in_) throw Failure(Status::not_found, "'" + path + "' cannot be read; check the path");
    size_ = static_cast<std::uint64_t>(in_.tellg());
  }
  std::uint64_t size() const { return size_; }
  std::string read(std::uint64_t offset, std::uint64_t length) {
    if (offset > size_ || length > size_ - offset) throw broken("it ends too early");
    std::string bytes(length, '\0');
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(offset));
    in_.read(bytes.data(), static_cast<std::streamsize>(length));
    if (in_.gcount() != static_cast<std::streamsize>(length)) throw broken("it cannot be read");
    return bytes;
  }

 private:
  std::ifstream in_;
  std::uint64_t size_ = 0;
};

class ZipBytes : public Bytes {
 public:
  ZipBytes(const std::string &path, const Packed &file)
      : archive_(path), file_(file), out_(kPiece, '\0') {
    const std::string head = archive_.read(file.offset, 30);
    if (!head.starts_with("PK\x03\x04")) throw broken("a file does not begin where it should");
    at_ = file.offset + 30 + get_little(std::string_view(head).substr(26, 2)) +
          get_little(std::string_view(head).substr(28, 2));
    if (inflateInit2(&stream_, -MAX_WBITS) != Z_OK)
      throw Failure(Status::no_memory, "there is no memory left to read the zip");
  }
  ~ZipBytes() override { inflateEnd(&stream_); }
  ZipBytes(const ZipBytes &) = delete;
  ZipBytes &operator=(const ZipBytes &) = delete;

  std::string_view next() override {
    const std::string_view piece = file_.method == 0 ? stored() : inflated();
    given_ += piece.size();
    if (given_ > file_.size || (piece.empty() && given_ != file_.size))
      throw broken("a file has another size than its directory says");
    return piece;
  }

 private:
  std::string_view stored() {
    take();
    return in_;
  }

  void take() {
    const std::uint64_t length = std::min<std::uint64_t>(kPiece, file_.packed - taken_);
    in_ = archive_.read(at_ + taken_, length);
    taken_ += length;
  }

  std::string_view inflated() {
    while (!ended_) {
      if (stream_.avail_in == 0) {
        take();
        if (in_.empty()) throw broken("a file ends too early");
        stream_.next_in = reinterpret_cast<Bytef *>(in_.data());
        stream_.avail_in = static_cast<uInt>(in_.size());
      }
      stream_.next_out = reinterpret_cast<Bytef *>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int code = inflate(&stream_, Z_NO_FLUSH);
      if (code != Z_OK && code != Z_STREAM_END) throw broken("a file cannot be unpacked");
      ended_ = code == Z_STREAM_END;
      const std::size_t made = out_.size() - stream_.avail_out;
      if (made > 0) return {out_.data(), made};
    }
    return {};
  }

  Archive archive_;
  Packed file_;
  std::string in_, out_;
  z_stream stream_{};
  std::uint64_t at_ = 0, taken_ = 0, given_ = 0;
  bool ended_ = false;
};

class ZipSource : public Source {
 public:
  explicit ZipSource(std::string path) : path_(std::move(path)) {
    Archive archive(path_);
    const auto [offset, length] = directory_place(archive);
    if (length > kMostDirectory) throw broken("its directory is too large");
    const std::string directory = archive.read(offset, length);
    for (std::string_view rest = directory; !rest.empty();) take_entry(rest);
    for (const auto &[name, file] : files_) paths_.push_back(name);
  }

  std::unique_ptr<Bytes> open(const std::string &path) override {
    const auto found = files_.find(path);
    if (found == files_.end())
      throw Failure(Status::corrupt, "'" + path + "' is missing from the bundle");
    return std::make_unique<ZipBytes>(path_, found->second);
  }

 private:
  /// Offset and length of the directory.
  static std::pair<std::uint64_t, std::uint64_t> directory_place(Archive &archive) {
    const std::uint64_t length = std::min<std::uint64_t>(archive.size(), 65535 + kEnd);
    const std::string tail = archive.read(archive.size() - length, length);
    const std::size_t at = tail.rfind("PK\x05\x06");
    if (at == std::string::npos || tail.size() - at < kEnd) throw broken("it has no end record");
    const std::string_view end = std::string_view(tail).substr(at);
    const std::uint64_t offset = get_little(end.substr(16, 4));
    if (offset != kMax32) return {offset, get_little(end.substr(12, 4))};
    if (at < kLocator) throw broken("it has no ZIP64 end record");
    const std::string_view locator = std::string_view(tail).substr(at - kLocator, kLocator);
    const std::string wide = archive.read(get_little(locator.substr(8, 8)), 56);
    if (!locator.starts_with("PK\x06\x07") || !wide.starts_with("PK\x06\x06"))
      throw broken("it has no ZIP64 end record");
    return {get_little(std::string_view(wide).substr(48, 8)),
            get_little(std::string_view(wide).substr(40, 8))};
  }

  void take_entry(std::string_view &rest) {
    if (rest.size() < kEntry || !rest.starts_with("PK\x01\x02"))
      throw broken("its directory cannot be read");
    const auto number = [&](std::size_t at, std::size_t width) {
      return get_little(rest.substr(at, width));
    };
    Packed file{number(10, 2), number(20, 4), number(24, 4), number(42, 4)};
    const std::uint64_t name_size = number(28, 2), extra_size = number(30, 2);
    const std::uint64_t all = kEntry + name_size + extra_size + number(32, 2);
    if (rest.size() < all) throw broken("its directory ends too early");
    const std::string name(rest.substr(kEntry, name_size));
    widen(file, rest.substr(kEntry + name_size, extra_size));
    rest.remove_prefix(all);
    if (name.ends_with("/")) return;
    if (file.method != 0 && file.method != Z_DEFLATED)
      throw broken("'" + name + "' is packed in a way that is not known");
    add(name, file);
  }

  /// Takes what the directory's four bytes cannot hold from the ZIP64 part of `extra`.
  static void widen(Packed &file, std::string_view extra) {
    while (extra.size() >= 4) {
      const std::uint64_t id = get_little(extra.substr(0, 2));
      const std::uint64_t length = get_little(extra.substr(2, 2));
      std::string_view data = extra.substr(4, length);
      extra.remove_prefix(std::min<std::size_t>(extra.size(), 4 + length));
      if (id != 1) continue;
      for (std::uint64_t *value : {&file.size, &file.packed, &file.offset}) {
        if (*value != kMax32) continue;
        if (data.size() < 8) throw broken("its directory ends too early");
        *value = get_little(data.substr(0, 8));
        data.remove_prefix(8);
      }
    }
  }

  void add(const std::string &name, const Packed &file) {
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos || slash == 0) throw broken("'" + name + "' is in no folder");
    if (top_.empty()) top_ = name.substr(0, slash);
    if (name.substr(0, slash) != top_) throw broken("it has more than one top folder");
    if (!files_.emplace(name.substr(slash + 1), file).second)
      throw broken("'" + name + "' is in it twice");
  }

  std::string path_, top_;
  std::map<std::string, Packed> files_;
};

}  // namespace

std::unique_ptr<Source> open_zip(const std::string &path) {
  return std::make_unique<ZipSource>(path);
}

}  // namespace heard::bundle
