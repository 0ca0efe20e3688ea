#include "bundle/zip_writer.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/failure.hpp"
#include "bundle/little_endian.hpp"

namespace heard::bundle {

namespace {

constexpr std::uint64_t kMax32 = 0xFFFFFFFF;
constexpr std::uint64_t kVersion = 45;    // ZIP64
constexpr std::uint64_t kFlags = 0x0808;  // sizes follow, names are UTF-8
constexpr std::uint64_t kUnixFile = 0100644u << 16;
constexpr std::size_t kPiece = std::size_t{32} * 1024;

/// MS-DOS date and time, which begin in 1980 and count in steps of two seconds.
std::uint32_t dos_time(Seconds at) {
  const std::string text = format_utc(std::max<Seconds>(at, 315532800));
  const auto part = [&](std::size_t from, std::size_t count) {
    return static_cast<std::uint32_t>(std::stoul(text.substr(from, count)));
  };
  const std::uint32_t date = (part(0, 4) - 1980) << 9 | part(5, 2) << 5 | part(8, 2);
  return date << 16 | part(11, 2) << 11 | part(14, 2) << 5 | part(17, 2) / 2;
}

}  // namespace

struct ZipWriter::Deflate {
  z_stream stream{};
  std::array<unsigned char, kPiece> out;

  Deflate() {
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw Failure(Status::no_memory, "there is no memory left to compress the bundle");
  }
  ~Deflate() { deflateEnd(&stream); }
  Deflate(const Deflate &) = delete;
  Deflate &operator=(const Deflate &) = delete;
};

ZipWriter::ZipWriter(Sink sink, std::string folder, Seconds at)
    : sink_(std::move(sink)),
      folder_(std::move(folder)),
      dos_time_(dos_time(at)),
      deflate_(std::make_unique<Deflate>()) {}

ZipWriter::~ZipWriter() = default;

void ZipWriter::emit(std::string_view bytes) {
  if (bytes.empty()) return;
  sink_(bytes);
  offset_ += bytes.size();
}

void ZipWriter::begin(const std::string &path) {
  File &file = files_.emplace_back();
  file.path = folder_ + "/" + path;
  file.offset = offset_;
  file.crc = static_cast<std::uint32_t>(crc32(0, nullptr, 0));
  std::string head = "PK\x03\x04";
  put_little(head, kVersion, 2);
  put_little(head, kFlags, 2);
  put_little(head, Z_DEFLATED, 2);
  put_little(head, dos_time_, 4);
  put_little(head, 0, 4);
  put_little(head, kMax32, 4);
  put_little(head, kMax32, 4);
  put_little(head, file.path.size(), 2);
  put_little(head, 20, 2);
  head += file.path;
  put_little(head, 1, 2);  // ZIP64: the sizes behind the file have eight bytes
  put_little(head, 16, 2);
  put_little(head, 0, 8);
  put_little(head, 0, 8);
  emit(head);
  deflateReset(&deflate_->stream);
}

void ZipWriter::write(std::string_view bytes) {
  File &file = files_.back();
  while (!bytes.empty()) {
    const std::string_view piece =
        bytes.substr(0, std::size_t{std::numeric_limits<std::int32_t>::max()});
    file.size += piece.size();
    file.crc = static_cast<std::uint32_t>(crc32(
        file.crc, reinterpret_cast<const Bytef *>(piece.data()), static_cast<uInt>(piece.size())));
    deflate(piece, false);
    bytes.remove_prefix(piece.size());
  }
}

void ZipWriter::deflate(std::string_view bytes, bool is_last) {
  z_stream &stream = deflate_->stream;
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  do {
    stream.next_out = deflate_->out.data();
    stream.avail_out = kPiece;
    ::deflate(&stream, is_last ? Z_FINISH : Z_NO_FLUSH);
    const std::size_t made = kPiece - stream.avail_out;
    files_.back().packed += made;
    emit({reinterpret_cast<const char *>(deflate_->out.data()), made});
  } while (stream.avail_out == 0);
}

void ZipWriter::end() {
  deflate({}, true);
  const File &file = files_.back();
  std::string tail = "PK\x07\x08";
  put_little(tail, file.crc, 4);
  put_little(tail, file.packed, 8);
  put_little(tail, file.size, 8);
  emit(tail);
}

std::string ZipWriter::directory_entry(const File &file) const {
  std::string entry = "PK\x01\x02";
  put_little(entry, 3 << 8 | kVersion, 2);  // made on Unix
  put_little(entry, kVersion, 2);
  put_little(entry, kFlags, 2);
  put_little(entry, Z_DEFLATED, 2);
  put_little(entry, dos_time_, 4);
  put_little(entry, file.crc, 4);
  put_little(entry, kMax32, 4);
  put_little(entry, kMax32, 4);
  put_little(entry, file.path.size(), 2);
  put_little(entry, 28, 2);
  put_little(entry, 0, 6);  // no comment, first disk, no internal attributes
  put_little(entry, kUnixFile, 4);
  put_little(entry, kMax32, 4);
  entry += file.path;
  put_little(entry, 1, 2);
  put_little(entry, 24, 2);
  put_little(entry, file.size, 8);
  put_little(entry, file.packed, 8);
  put_little(entry, file.offset, 8);
  return entry;
}

void ZipWriter::finish() {
  const std::uint64_t begins = offset_;
  for (const File &file : files_) emit(directory_entry(file));
  const std::uint64_t ends = offset_;
  std::string tail = "PK\x06\x06";
  put_little(tail, 44, 8);
  put_little(tail, 3 << 8 | kVersion, 2);
  put_little(tail, kVersion, 2);
  put_little(tail, 0, 8);
  put_little(tail, files_.size(), 8);
  put_little(tail, files_.size(), 8);
  put_little(tail, ends - begins, 8);
  put_little(tail, begins, 8);
  tail += "PK\x06\x07";
  put_little(tail, 0, 4);
  put_little(tail, ends, 8);
  put_little(tail, 1, 4);
  tail += "PK\x05\x06";
  put_little(tail, 0, 4);
  put_little(tail, 0xFFFF, 2);
  put_little(tail, 0xFFFF, 2);
  put_little(tail, kMax32, 4);
  put_little(tail, kMax32, 4);
  put_little(tail, 0, 2);
  emit(tail);
}

}  // namespace heard::bundle
