// What the auditor's pages share: who may see them, and the lists they link to.
#pragma once

#include <string>

#include "web/blocks.hpp"

namespace heard::web {

/// Throws Failure(denied) for all but auditors and admins.
void check_audit_access(const Request &request);

enum class AuditList { disclosures, erasures, holds, retention, checkpoints };

/// "/audit/holds".
std::string audit_path(AuditList list);
/// "audit.holds": its texts begin with it.
std::string audit_key(AuditList list);

}  // namespace heard::web
