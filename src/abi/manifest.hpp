// What a host shows before it switches Heard on: settings, pages, permissions, scheduled work.
#pragma once

namespace heard::abi {

constexpr const char *kManifest = R"json({
  "schema": 1,
  "id": "org.heard.heard",
  "name": "Heard",
  "version": "1.0.0",
  "abi": {"major": 1, "minor": 0},
  "settings": [
    {"name": "store.path", "type": "text", "title": "Store file", "required": true},
    {"name": "calendar.timezone", "type": "text", "title": "Time zone", "required": true},
    {"name": "store.wait_ms", "type": "integer", "title": "Longest wait for a write (ms)",
     "default": "5000"}
  ],
  "pages": [
    {"id": "waiting", "title": "Waiting", "path": "/", "menu": true},
    {"id": "log", "title": "Log a contact", "path": "/log", "menu": true},
    {"id": "people", "title": "People", "path": "/people", "menu": true},
    {"id": "measures", "title": "Response times", "path": "/measures", "menu": true}
  ],
  "roles": ["admin", "office", "teacher", "auditor"],
  "schedule": [{"call": "pump", "every": "5m"}],
  "network": "none, except the adapters module when a feed is run"
})json";

}  // namespace heard::abi
