#include "runtime/key_source.hpp"

#include <fmt/format.h>

#include "base/failure.hpp"
#include "store/connection.hpp"
#include "store/note.hpp"

namespace heard::runtime {

namespace {

std::string bytes_of(const Signature &signature) { return std::string(view(signature)); }

/// Signs with the file's key, or during a change of keys with the next one.
class FileSigner : public Signer {
 public:
  explicit FileSigner(const store::KeyFile &file) : file_(file) {}

  std::string verifier_key(const std::string &name) override {
    return store::format_key(store::verifier_key(name, file_.public_key()));
  }

  std::string sign(const std::string &verifier_key, std::string_view text) override {
    const store::VerifierKey wanted = store::parse_key(verifier_key);
    SigningSeed seed = file_.read();
    if (public_key_of(seed) != wanted.key) seed = file_.next().value_or(seed);
    const bool fits = public_key_of(seed) == wanted.key;
    const std::string signature = fits ? bytes_of(heard::sign(seed, text)) : "";
    wipe(seed);
    if (!fits)
      throw Failure(Status::conflict, fmt::format("the key in '{}' is not the one in force ({})",
                                                  file_.path(), store::key_id(wanted)));
    return signature;
  }

 private:
  const store::KeyFile &file_;
};

}  // namespace

KeySource::KeySource(Host &host, const Options &options) {
  const std::string store_path = options.get("store.path");
  const bool in_memory = store_path == store::kMemoryPath;
  const bool is_named = options.has("ledger.key");
  if (!is_named) signer_ = host.signer();
  if (signer_ != nullptr) return;
  const std::string path = options.get("ledger.key", in_memory ? "" : store_path + ".key");
  if (path.empty()) return;
  file_.emplace(path);
  own_ = std::make_unique<FileSigner>(*file_);
  signer_ = own_.get();
}

std::string origin_for(const Options &options, const std::string &ledger_id) {
  const std::string origin = options.get("ledger.origin", "heard.local/ledger/" + ledger_id);
  if (!store::is_key_name(origin) || origin.size() > 200)
    throw bad_field("ledger.origin",
                    "must be a name without spaces and '+', like district.example/ledger/1");
  return origin;
}

}  // namespace heard::runtime
