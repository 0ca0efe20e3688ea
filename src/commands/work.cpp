#include "commands/work.hpp"

namespace heard::commands {

namespace field_id = store::field_id;

store::Draft Work::draft(store::Kind kind, const Id &thread) const {
  store::Draft draft;
  draft.kind = kind;
  draft.thread = thread;
  draft.fields.text(field_id::actor, actor.id).text(field_id::actor_name, actor.display);
  draft.fields.text(field_id::actor_role, actor.roles.empty() ? "" : actor.roles.front());
  draft.fields.text(field_id::purpose, actor.purpose).number(field_id::at, now);
  return draft;
}

}  // namespace heard::commands
