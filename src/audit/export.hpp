// Writes a part of the log as JSON lines with proofs (NAMES.md, "Export"), and checks such a file.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "audit/receipt.hpp"
#include "audit/redaction.hpp"
#include "audit/selection.hpp"
#include "views/view_table.hpp"

namespace heard::audit {

using Sink = std::function<void(std::string_view)>;

/// What goes into the file.
struct Lines {
  const Selection &selection;
  const Redaction &redaction;
  store::TreeHead head;  ///< everything is proved against it; later entries stay out
  Millis now = 0;
};

/// Streams in bounded memory.
void write_export(store::Database &database, const Lines &lines, const Sink &sink);

/// Rows as verify_store, from the file alone.
std::unique_ptr<views::Rows> verify_export(const std::string &path, std::optional<Receipt> receipt);

}  // namespace heard::audit
