// Sinks and the export that writes into one.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "abi/guard.hpp"

using heard::Failure;
using heard::Status;
using heard::abi::Entered;
using heard::abi::guard;
using heard::abi::require;
using heard::abi::text_argument;

namespace {

constexpr std::size_t kMostMemory = std::size_t{256} * 1024 * 1024;
constexpr std::size_t kBuffer = std::size_t{64} * 1024;

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(fd, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

int32_t put(heard_sink &sink, std::string_view bytes) {
  if (sink.failed) return HEARD_E_IO;
  if (sink.fd < 0 && sink.bytes.size() + bytes.size() > kMostMemory) return HEARD_E_LIMIT;
  sink.bytes += bytes;
  if (sink.fd < 0 || sink.bytes.size() < kBuffer) return HEARD_OK;
  sink.failed = !write_all(sink.fd, sink.bytes);
  sink.bytes.clear();
  return sink.failed ? HEARD_E_IO : HEARD_OK;
}

Failure refused(const heard_sink &sink, int32_t status) {
  if (status == HEARD_E_LIMIT)
    return {Status::limit, "the export is larger than a sink in memory holds; write it to a file"};
  return {Status::io, "'" + sink.path + "' cannot be written; is the disk full?"};
}

}  // namespace

int32_t heard_sink_open_memory(heard_sink **out, heard_error **err) {
  if (out) *out = nullptr;
  return guard(err, [&] {
    require(out, "out");
    *out = new heard_sink;
    return HEARD_OK;
  });
}

int32_t heard_sink_open_file(const char *path, heard_sink **out, heard_error **err) {
  if (out) *out = nullptr;
  return guard(err, [&] {
    require(out, "out");
    auto sink = std::make_unique<heard_sink>();
    sink->path = text_argument(path, "path");
    sink->fd = ::open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (sink->fd < 0 && errno == EEXIST)
      throw Failure(Status::conflict, "'" + sink->path + "' exists already; choose another name",
                    {{"field", "path"}});
    if (sink->fd < 0)
      throw Failure(Status::io, "'" + sink->path + "' cannot be made; check the folder",
                    {{"field", "path"}});
    *out = sink.release();
    return HEARD_OK;
  });
}

int32_t heard_sink_put(heard_sink *sink, const void *bytes, int64_t length) {
  return guard(nullptr, [&] {
    require(sink, "sink");
    return put(*sink, heard::abi::bytes_argument(bytes, length, "bytes"));
  });
}

const void *heard_sink_bytes(const heard_sink *sink, int64_t *length) {
  if (length) *length = 0;
  if (sink == nullptr || sink->fd >= 0) return nullptr;
  if (length) *length = static_cast<int64_t>(sink->bytes.size());
  return sink->bytes.data();
}

int32_t heard_sink_close(heard_sink *sink, heard_error **err) {
  const std::unique_ptr<heard_sink> owned(sink);
  return guard(err, [&] {
    if (!owned || owned->fd < 0) return HEARD_OK;
    const bool written = !owned->failed && write_all(owned->fd, owned->bytes);
    const bool safe = written && ::fsync(owned->fd) == 0;
    ::close(owned->fd);
    if (!safe) throw refused(*owned, HEARD_E_IO);
    return HEARD_OK;
  });
}

int32_t heard_export(heard_store *store, const heard_record *actor, const heard_record *what,
                     heard_sink *sink, heard_error **err) {
  return guard(err, [&] {
    const Entered entered(store);
    require(actor, "actor");
    require(what, "what");
    require(sink, "sink");
    store->engine->write_export(actor->record, what->record, [&](std::string_view bytes) {
      const int32_t status = put(*sink, bytes);
      if (status < 0) throw refused(*sink, status);
    });
    return HEARD_OK;
  });
}
