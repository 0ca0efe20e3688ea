// Opening a store, commands, views, the pump.
#include "abi/guard.hpp"

using heard::abi::Entered;
using heard::abi::guard;
using heard::abi::require;
using heard::abi::text_argument;

namespace {

const heard::Record kNothing;

const heard::Record &or_nothing(const heard_record *record) {
  return record ? record->record : kNothing;
}

/// A cursor over rows that `open` makes from the store.
template <class Open>
int32_t open_cursor(heard_store *store, heard_cursor **out, heard_error **err, Open &&open) {
  if (out) *out = nullptr;
  return guard(err, [&] {
    require(out, "out");
    const Entered entered(store);
    *out = new heard_cursor{store, open(*store->engine), {heard::Record(), {}, {}}};
    return HEARD_OK;
  });
}

}  // namespace

int32_t heard_store_migrate(heard_runtime *runtime, const heard_options *options,
                            heard_error **err) {
  return guard(err, [&] {
    require(runtime, "runtime");
    require(options, "options");
    heard::runtime::migrate(*runtime->host, options->options);
    return HEARD_OK;
  });
}

int32_t heard_store_open(heard_runtime *runtime, const heard_options *options, heard_store **out,
                         heard_error **err) {
  if (out) *out = nullptr;
  return guard(err, [&] {
    require(out, "out");
    require(runtime, "runtime");
    require(options, "options");
    auto store = std::make_unique<heard_store>();
    store->engine = std::make_unique<heard::runtime::Engine>(*runtime->host, options->options);
    *out = store.release();
    return HEARD_OK;
  });
}

void heard_store_close(heard_store *store) {
  guard(nullptr, [&] {
    delete store;
    return HEARD_OK;
  });
}

void heard_store_interrupt(heard_store *store) {
  if (store) store->engine->interrupt();
}

int32_t heard_apply(heard_store *store, const heard_record *actor, const char *command,
                    const heard_record *fields, heard_record **result, heard_error **err) {
  if (result) *result = nullptr;
  return guard(err, [&] {
    const Entered entered(store);
    require(actor, "actor");
    auto answer = std::make_unique<heard_record>();
    answer->record =
        store->engine->apply(actor->record, text_argument(command, "command"), or_nothing(fields));
    if (result) *result = answer.release();
    return HEARD_OK;
  });
}

int32_t heard_query(heard_store *store, const heard_record *actor, const char *view,
                    const heard_record *filter, heard_cursor **out, heard_error **err) {
  return open_cursor(store, out, err, [&](heard::runtime::Engine &engine) {
    require(actor, "actor");
    return engine.query(actor->record, text_argument(view, "view"), or_nothing(filter));
  });
}

int32_t heard_verify(heard_store *store, const heard_record *actor, const heard_record *what,
                     heard_cursor **out, heard_error **err) {
  return open_cursor(store, out, err, [&](heard::runtime::Engine &engine) {
    require(actor, "actor");
    return engine.verify(actor->record, or_nothing(what));
  });
}

int32_t heard_rebuild(heard_store *store, const heard_record *actor, const heard_record *what,
                      heard_cursor **out, heard_error **err) {
  return open_cursor(store, out, err, [&](heard::runtime::Engine &engine) {
    require(actor, "actor");
    return engine.rebuild(actor->record, or_nothing(what));
  });
}

int32_t heard_backup(heard_store *store, const heard_record *actor, const heard_record *what,
                     heard_cursor **out, heard_error **err) {
  return open_cursor(store, out, err, [&](heard::runtime::Engine &engine) {
    require(actor, "actor");
    return engine.backup(actor->record, or_nothing(what));
  });
}

int32_t heard_cursor_next(heard_cursor *cursor, const heard_record **row, heard_error **err) {
  if (row) *row = nullptr;
  return guard(err, [&]() -> int32_t {
    require(cursor, "cursor");
    require(row, "row");
    const Entered entered(cursor->store);
    cursor->row.forget();
    if (!cursor->rows->next(cursor->row.record)) return HEARD_OK;
    *row = &cursor->row;
    return HEARD_ROW;
  });
}

void heard_cursor_destroy(heard_cursor *cursor) { delete cursor; }

int32_t heard_pump(heard_store *store, int64_t budget_ms, int64_t *next_due_ms, heard_error **err) {
  if (next_due_ms) *next_due_ms = 0;
  return guard(err, [&]() -> int32_t {
    const Entered entered(store);
    const auto pumped = store->engine->pump(budget_ms);
    if (next_due_ms) *next_due_ms = pumped.next_due;
    return pumped.more ? HEARD_ROW : HEARD_OK;
  });
}
