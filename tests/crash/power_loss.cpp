#include "crash/power_loss.hpp"

#include <filesystem>
#include <fstream>

namespace heard::crash {

using support::FileCall;
using What = FileCall::What;

namespace {

constexpr std::size_t kSector = 512;

/// A new file each time: some file systems sync one that is cut to nothing and written again.
void put(const std::string &path, const std::string &bytes) {
  std::filesystem::remove(path);
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

PowerLoss::PowerLoss(support::ShimVfs &shim, std::string path, std::string image, unsigned seed)
    : path_(std::move(path)), image_(std::move(image)), random_(seed) {
  shim.before = [this](const FileCall &call) { return see(call); };
}

std::optional<int> PowerLoss::see(const FileCall &call) {
  const bool is_log = call.path == path_ + "-wal";
  if (!is_log && call.path != path_) return {};
  if (call.what != What::write && call.what != What::truncate && call.what != What::sync) return {};
  cut_power();
  File &file = is_log ? log_ : database_;
  if (call.what == What::sync) {
    sync(file, is_log);
    return SQLITE_OK;
  }
  if (call.what == What::write) write(file, call.offset, call.bytes);
  if (call.what == What::truncate) file.pending.push_back({++changes_, call.offset, {}});
  return {};
}

void PowerLoss::write(File &file, std::int64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t room = kSector - static_cast<std::size_t>(offset) % kSector;
    const std::string_view piece = bytes.substr(0, room);
    file.pending.push_back({++changes_, offset, std::string(piece)});
    offset += static_cast<std::int64_t>(piece.size());
    bytes.remove_prefix(piece.size());
  }
}

/// Only what was written before the sync began is durable after it.
void PowerLoss::sync(File &file, bool is_log) {
  const std::uint64_t last = changes_;
  if (!is_log && judge) ++checkpoints_;
  if (is_log && before_log_sync && !syncing_) {
    syncing_ = true;
    before_log_sync();
    syncing_ = false;
  }
  if (lies) return;
  for (; !file.pending.empty() && file.pending.front().number <= last; file.pending.pop_front())
    apply(file.durable, file.pending.front());
}

void PowerLoss::apply(std::string &bytes, const Change &change) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (change.bytes.empty() || bytes.size() < offset + change.bytes.size())
    bytes.resize(offset + change.bytes.size());
  bytes.replace(offset, change.bytes.size(), change.bytes);
}

std::string PowerLoss::content(const File &file, unsigned kept_of_8) {
  std::string bytes = file.durable;
  for (const Change &change : file.pending)
    if (random_() % 8 < kept_of_8) apply(bytes, change);
  return bytes;
}

void PowerLoss::make_image(unsigned kept_of_8) {
  std::filesystem::remove(image_ + "-shm");
  put(image_, content(database_, kept_of_8));
  put(image_ + "-wal", content(log_, kept_of_8));
  ++images_;
  judge();
}

void PowerLoss::cut_power() {
  if (!judge) return;
  for (const unsigned kept_of_8 : {0u, 4u, 7u, 8u}) make_image(kept_of_8);
}

}  // namespace heard::crash
