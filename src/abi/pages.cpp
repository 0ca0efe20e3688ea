// Pages: one request in, one response out.
#include "abi/guard.hpp"

using heard::abi::Entered;
using heard::abi::guard;
using heard::abi::require;

int32_t heard_handle(heard_store *store, const heard_record *actor, const heard_record *head,
                     const void *body, int64_t length, heard_response **out, heard_error **err) {
  if (out) *out = nullptr;
  return guard(err, [&] {
    require(out, "out");
    const Entered entered(store);
    require(actor, "actor");
    require(head, "head");
    auto response = std::make_unique<heard_response>();
    response->response = store->engine->handle(actor->record, head->record,
                                               heard::abi::bytes_argument(body, length, "body"));
    *out = response.release();
    return HEARD_OK;
  });
}

int32_t heard_response_status(const heard_response *response) {
  return response ? response->response.status : 0;
}

const void *heard_response_body(const heard_response *response, int64_t *length) {
  if (length) *length = response ? static_cast<int64_t>(response->response.body.size()) : 0;
  return response ? response->response.body.data() : nullptr;
}

int32_t heard_response_header_count(const heard_response *response) {
  return response ? static_cast<int32_t>(response->response.headers.size()) : 0;
}

const char *heard_response_header_name(const heard_response *response, int32_t index) {
  if (index < 0 || index >= heard_response_header_count(response)) return nullptr;
  return response->response.headers[static_cast<std::size_t>(index)].first.c_str();
}

const char *heard_response_header_value(const heard_response *response, int32_t index) {
  if (index < 0 || index >= heard_response_header_count(response)) return nullptr;
  return response->response.headers[static_cast<std::size_t>(index)].second.c_str();
}

void heard_response_destroy(heard_response *response) { delete response; }
