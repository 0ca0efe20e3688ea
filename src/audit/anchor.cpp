#include "audit/anchor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::audit {

namespace {

constexpr std::string_view kFormat = "heard-anchor/1";
constexpr std::string_view kEnd = "end";  // a line without it was cut short

std::string line_of(const store::StoredCheckpoint &stored) {
  const store::Note note = store::parse_note(stored.note);
  const store::Checkpoint checkpoint = store::parse_checkpoint(note.text);
  return fmt::format("{} {} {} {} {} {}\n", kFormat, stored.at, checkpoint.head.size,
                     to_base64(view(checkpoint.head.root)), checkpoint.origin, kEnd);
}

AnchorLine parse_line(const std::vector<std::string_view> &parts, std::int64_t number) {
  if (parts.size() != 6 || parts[0] != kFormat) throw Failure(Status::corrupt, "no anchor");
  AnchorLine line;
  line.line = number;
  line.at = to_int(parts[1]).value_or(0);
  line.checkpoint =
      store::parse_checkpoint(fmt::format("{}\n{}\n{}\n", parts[4], parts[2], parts[3]));
  return line;
}

class FileAnchor : public Anchor {
 public:
  FileAnchor(std::string path, bool is_known) : path_(std::move(path)), is_known_(is_known) {}

  std::string name() const override { return "file"; }

  std::string deliver(const store::StoredCheckpoint &checkpoint) override {
    const int make = is_known_ ? 0 : O_CREAT;
    const int fd = ::open(path_.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | make, 0640);
    if (fd < 0 && is_known_ && errno == ENOENT)
      throw Failure(Status::io, fmt::format("the anchor file '{}' is gone; put it back, or name "
                                            "another one with 'anchor.file'",
                                            path_));
    if (fd < 0)
      throw Failure(Status::io, fmt::format("the anchor file '{}' cannot be written", path_));
    const std::string line = begun_line(fd) + line_of(checkpoint);
    const bool safe = ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                      ::fsync(fd) == 0;
    ::close(fd);
    if (!safe)
      throw Failure(Status::io, fmt::format("the anchor file '{}' cannot be written; is the disk "
                                            "full?",
                                            path_));
    return path_;
  }

 private:
  /// The end of a line that was cut short, so that ours begins at the margin.
  static std::string begun_line(int fd) {
    const off_t end = ::lseek(fd, 0, SEEK_END);
    char last = '\n';
    if (end > 0 && ::pread(fd, &last, 1, end - 1) != 1) last = '\n';
    return last == '\n' ? "" : "\n";
  }

  std::string path_;
  bool is_known_;
};

}  // namespace

std::unique_ptr<Anchor> file_anchor(const std::string &path, bool is_known) {
  return std::make_unique<FileAnchor>(path, is_known);
}

AnchorFile read_anchor_file(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw Failure(Status::not_found,
                  fmt::format("the anchor file '{}' cannot be read; check the path", path),
                  {{"field", "anchors"}});
  AnchorFile file;
  std::string text;
  for (std::int64_t number = 1; std::getline(in, text); ++number) {
    const auto parts = split(text, ' ');
    if (parts.back() != kEnd) continue;
    try {
      file.lines.push_back(parse_line(parts, number));
    } catch (const Failure &) {
      file.unreadable.push_back(number);
    }
  }
  return file;
}

}  // namespace heard::audit
