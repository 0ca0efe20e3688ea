// How much a redaction would hide, before anything leaves.
#pragma once

#include "audit/redaction.hpp"
#include "audit/selection.hpp"

namespace heard::bundle {

/// One record: entries, entries_hidden, fields_hidden, and `by_rule`: for each rule entries and
/// fields.
Record preview(store::Database &database, const audit::Selection &selection,
               const audit::Redaction &redaction);

}  // namespace heard::bundle
