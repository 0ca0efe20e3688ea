// The commands of `heard`: each function adds one to the command line; its file is named for it.
#pragma once

#include <CLI/CLI.hpp>

#include "context.hpp"

namespace heard::cli {

void add_init(CLI::App &app, Context &context);
void add_demo(CLI::App &app, Context &context);
void add_sync(CLI::App &app, Context &context);
void add_log(CLI::App &app, Context &context);
void add_due(CLI::App &app, Context &context);
void add_case(CLI::App &app, Context &context);
void add_calendar(CLI::App &app, Context &context);
void add_person(CLI::App &app, Context &context);
void add_policy(CLI::App &app, Context &context);
void add_simulate(CLI::App &app, Context &context);
void add_integrity(CLI::App &app, Context &context);
void add_outbox(CLI::App &app, Context &context);
void add_promise(CLI::App &app, Context &context);
void add_do(CLI::App &app, Context &context);
void add_pump(CLI::App &app, Context &context);
void add_backup(CLI::App &app, Context &context);
void add_restore(CLI::App &app, Context &context);
void add_checkpoint(CLI::App &app, Context &context);
void add_proof(CLI::App &app, Context &context);
void add_export(CLI::App &app, Context &context);
void add_erase(CLI::App &app, Context &context);
void add_hold(CLI::App &app, Context &context);
void add_retention(CLI::App &app, Context &context);
void add_disclosures(CLI::App &app, Context &context);
void add_verify(CLI::App &app, Context &context);
void add_rebuild(CLI::App &app, Context &context);
void add_serve(CLI::App &app, Context &context);
void add_clocks(CLI::App &app, Context &context);
void add_names(CLI::App &app, Context &context);

// Below `heard calendar`.
void add_calendar_edit(CLI::App &calendar_command, Context &context);
void add_calendar_import(CLI::App &calendar_command, Context &context);

}  // namespace heard::cli
