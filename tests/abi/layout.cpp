// T3: size and place of every member of the frozen tables, in 64 and in 32 bits.
#include <stddef.h>

#include "heard/heard.h"

namespace {

/// Each table begins with two 32-bit numbers; every member after them is one pointer wide.
constexpr size_t place(size_t pointers_before) { return 8 + pointers_before * sizeof(void *); }

static_assert(offsetof(heard_host, struct_size) == 0);
static_assert(offsetof(heard_host, abi) == 4);
static_assert(offsetof(heard_host, host_data) == place(0));
static_assert(offsetof(heard_host, release) == place(1));
static_assert(offsetof(heard_host, log) == place(2));
static_assert(offsetof(heard_host, now_ms) == place(3));
static_assert(offsetof(heard_host, secret) == place(4));
static_assert(offsetof(heard_host, schedule) == place(5));
static_assert(offsetof(heard_host, wake) == place(6));
static_assert(offsetof(heard_host, service) == place(7));
static_assert(sizeof(heard_host) == place(8));

static_assert(offsetof(heard_plugin, struct_size) == 0);
static_assert(offsetof(heard_plugin, abi) == 4);
static_assert(offsetof(heard_plugin, plugin_id) == place(0));
static_assert(offsetof(heard_plugin, display_name) == place(1));
static_assert(offsetof(heard_plugin, manifest) == place(2));
static_assert(offsetof(heard_plugin, start) == place(3));
static_assert(offsetof(heard_plugin, handle) == place(4));
static_assert(offsetof(heard_plugin, pump) == place(5));
static_assert(offsetof(heard_plugin, stop) == place(6));
static_assert(offsetof(heard_plugin, extension) == place(7));
static_assert(sizeof(heard_plugin) == place(8));

static_assert(offsetof(heard_adapter, struct_size) == 0);
static_assert(offsetof(heard_adapter, abi) == 4);
static_assert(offsetof(heard_adapter, adapter_id) == place(0));
static_assert(offsetof(heard_adapter, describe) == place(1));
static_assert(offsetof(heard_adapter, run) == place(2));
static_assert(sizeof(heard_adapter) == place(3));

static_assert(offsetof(heard_signer, struct_size) == 0);
static_assert(offsetof(heard_signer, abi) == 4);
static_assert(offsetof(heard_signer, signer_data) == place(0));
static_assert(offsetof(heard_signer, verifier_key) == place(1));
static_assert(offsetof(heard_signer, sign) == place(2));
static_assert(sizeof(heard_signer) == place(3));

static_assert(sizeof(void *) != 8 || sizeof(heard_host) == 72);
static_assert(sizeof(void *) != 8 || sizeof(heard_plugin) == 72);
static_assert(sizeof(void *) != 8 || sizeof(heard_adapter) == 32);
static_assert(sizeof(void *) != 4 || sizeof(heard_host) == 40);
static_assert(sizeof(void *) != 4 || sizeof(heard_plugin) == 40);
static_assert(sizeof(void *) != 4 || sizeof(heard_adapter) == 20);

}  // namespace
