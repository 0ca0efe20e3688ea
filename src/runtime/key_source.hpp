// Who signs for a store: a key file of ours, the host, or nobody.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/options.hpp"
#include "base/ports.hpp"
#include "store/key_file.hpp"

namespace heard::runtime {

class KeySource {
 public:
  /// The option `ledger.key` decides; without it the host's signer, and without one a file beside
  /// the store. A store in memory has no file.
  KeySource(Host &host, const Options &options);

  bool is_off() const { return signer_ == nullptr; }
  Signer &signer() const { return *signer_; }
  /// The key file, when it is one.
  const std::optional<store::KeyFile> &file() const { return file_; }

 private:
  std::optional<store::KeyFile> file_;
  std::unique_ptr<Signer> own_;
  Signer *signer_ = nullptr;
};

/// The name of a new ledger: the option `ledger.origin`, or one made of its id. Throws bad_field.
std::string origin_for(const Options &options, const std::string &ledger_id);

}  // namespace heard::runtime
