// A command's way of looking at cases, for a view that changes nothing.
#pragma once

#include "commands/work.hpp"
#include "folds/journal.hpp"
#include "views/view_table.hpp"

namespace heard::views {

/// Outlives the reader it was made from.
struct Looking {
  explicit Looking(const Reader &reader)
      : journal(reader.db()),
        actor(reader.actor),
        work{journal, actor, reader.now, reader.zone_folder} {}
  Looking(const Looking &) = delete;
  Looking &operator=(const Looking &) = delete;

  folds::Journal journal;
  directory::Actor actor;
  commands::Work work;
};

}  // namespace heard::views
