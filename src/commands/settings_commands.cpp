// settings.save: one setting.
#include <array>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "commands/command_table.hpp"
#include "commands/versions.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;

constexpr auto kSettingFields = std::to_array<FieldSpec>({
    {"name", FieldKind::text, true},
    {"value"},
});
constexpr auto kFeedSettings = std::to_array<std::string_view>(
    {"adapter", "url", "user", "source", "page_size", "zone", "context", "brake_percent",
     "calendar", "category", "from", "to"});

constexpr auto kStoreSettings =
    std::to_array<std::string_view>({"disclosure.require_purpose", "retention.automatic"});

void check_setting(const std::string &name, const Record &fields) {
  for (const std::string_view known : kStoreSettings) {
    if (name != known) continue;
    const std::string value = fields.text("value", "0");
    if (value != "0" && value != "1") throw bad_field("value", "of " + name + " must be 0 or 1");
    return;
  }
  const auto parts = split(name, '.');
  if (parts.size() == 3 && parts[0] == "feed" && !parts[1].empty())
    for (const std::string_view known : kFeedSettings)
      if (parts[2] == known) return;
  throw Failure(Status::unknown_name,
                "setting '" + name +
                    "' is not known to Heard 1.0.0; a secret is not a setting, "
                    "the host keeps it",
                {{"name", name}});
}

Record save_setting(const Work &work, const Record &fields) {
  const std::string name = fields.text("name");
  check_setting(name, fields);
  store::Draft draft = work.draft(store::Kind::settings_saved, thread_of("setting", name));
  draft.fields.text(field_id::setting, name).text(field_id::value, fields.text("value"));
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
  return result;
}

constexpr auto kCommands = std::to_array<Command>({
    {"settings.save", "1.0", kSettingFields, directory::require_admin, save_setting},
});

}  // namespace

std::span<const std::string_view> feed_settings() { return kFeedSettings; }

std::span<const std::string_view> store_settings() { return kStoreSettings; }

std::span<const Command> settings_commands() { return kCommands; }

}  // namespace heard::commands
