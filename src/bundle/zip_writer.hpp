// A zip written from front to back into a sink, the same bytes for the same files.
//
// Written here over zlib because no library in reach does it: minizip goes back in its output to
// patch sizes, libzip builds the file in one go at the end, and libarchive brings XML, ACL and five
// compression libraries into the host's process. Sizes follow each file (data descriptors), ZIP64
// throughout, level 1, one time for all files. Memory: about 100 bytes a file for the directory.
#pragma once

#include <memory>
#include <vector>

#include "bundle/target.hpp"

namespace heard::bundle {

class ZipWriter : public Target {
 public:
  /// All files lie below `folder` and carry the time `at`.
  ZipWriter(Sink sink, std::string folder, Seconds at);
  ~ZipWriter() override;
  ZipWriter(const ZipWriter &) = delete;
  ZipWriter &operator=(const ZipWriter &) = delete;

  void begin(const std::string &path) override;
  void write(std::string_view bytes) override;
  void end() override;
  void finish() override;

 private:
  struct Deflate;
  struct File {
    std::string path;
    std::uint64_t offset = 0, packed = 0, size = 0;
    std::uint32_t crc = 0;
  };

  void emit(std::string_view bytes);
  void deflate(std::string_view bytes, bool is_last);
  std::string directory_entry(const File &file) const;

  Sink sink_;
  std::string folder_;
  std::uint32_t dos_time_;
  std::uint64_t offset_ = 0;
  std::vector<File> files_;
  std::unique_ptr<Deflate> deflate_;
};

}  // namespace heard::bundle
