// The commands of `heard`: each function adds one to the command line; its file is named for it.
#pragma once

#include "context.hpp"

namespace heard::cli {

void add_init(Command app, Context &context);
void add_demo(Command app, Context &context);
void add_sync(Command app, Context &context);
void add_log(Command app, Context &context);
void add_due(Command app, Context &context);
void add_case(Command app, Context &context);
void add_calendar(Command app, Context &context);
void add_person(Command app, Context &context);
void add_policy(Command app, Context &context);
void add_simulate(Command app, Context &context);
void add_integrity(Command app, Context &context);
void add_outbox(Command app, Context &context);
void add_promise(Command app, Context &context);
void add_do(Command app, Context &context);
void add_pump(Command app, Context &context);
void add_backup(Command app, Context &context);
void add_restore(Command app, Context &context);
void add_checkpoint(Command app, Context &context);
void add_proof(Command app, Context &context);
void add_export(Command app, Context &context);
void add_erase(Command app, Context &context);
void add_hold(Command app, Context &context);
void add_retention(Command app, Context &context);
void add_disclosures(Command app, Context &context);
void add_verify(Command app, Context &context);
void add_rebuild(Command app, Context &context);
void add_serve(Command app, Context &context);
void add_clocks(Command app, Context &context);
void add_names(Command app, Context &context);

// Below `heard calendar`.
void add_calendar_edit(Command calendar_command, Context &context);
void add_calendar_import(Command calendar_command, Context &context);

}  // namespace heard::cli
