#include "abi/signer.hpp"

#include "abi/handles.hpp"

namespace heard::abi {

namespace {

/// Used by any thread: the host's functions must stand that, as its other ones do.
class TableSigner : public Signer {
 public:
  explicit TableSigner(const heard_signer &table) : table_(table) {}

  std::string verifier_key(const std::string &name) override {
    heard_sink sink;
    const int32_t status = table_.verifier_key(table_.signer_data, name.c_str(), &sink);
    if (status < 0) throw Failure(Status::host, "the host's signer gave no verifier key");
    return sink.bytes;
  }

  std::string sign(const std::string &verifier_key, std::string_view text) override {
    heard_sink sink;
    const int32_t status = table_.sign(table_.signer_data, verifier_key.c_str(), text.data(),
                                       static_cast<int64_t>(text.size()), &sink);
    if (status < 0) throw Failure(Status::host, "the host's signer did not sign");
    return sink.bytes;
  }

 private:
  heard_signer table_;
};

}  // namespace

std::unique_ptr<Signer> signer_of(const heard_host &host) {
  if (host.service == nullptr) return nullptr;
  const auto *table =
      static_cast<const heard_signer *>(host.service(host.host_data, "heard.signer/1"));
  if (table == nullptr) return nullptr;
  if (table->struct_size != sizeof(heard_signer) || table->verifier_key == nullptr ||
      table->sign == nullptr)
    throw Failure(Status::argument,
                  "heard_signer has the wrong size or lacks a function; the binding declares the "
                  "table wrongly",
                  {{"field", "struct_size"},
                   {"wanted", std::to_string(sizeof(heard_signer))},
                   {"provided", std::to_string(table->struct_size)}});
  return std::make_unique<TableSigner>(*table);
}

}  // namespace heard::abi
