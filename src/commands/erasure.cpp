#include "commands/erasure.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "folds/codec.hpp"
#include "folds/people.hpp"
#include "folds/refold.hpp"
#include "store/purge.hpp"
#include "store/seq_list.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
namespace sub = folds::sub;
using store::Kind;

/// People whose rows came from closed groups: those of the facts beside them.
void touch_people(const Erasable &entry, folds::Touched &touched) {
  const auto each = [&](std::uint16_t facts_id, std::uint16_t personal_id, const auto &touch) {
    const auto facts = entry.body.fact_groups(facts_id);
    std::size_t i = 0;
    for (std::size_t place = 0; place < entry.body.fields().size(); ++place) {
      if (entry.body.fields()[place].id != personal_id) continue;
      if (entry.places.contains(place) && i < facts.size()) touch(facts[i]);
      ++i;
    }
  };
  const auto touch_person = [&](const store::Group &fact) {
    touched.people.insert(fact.id(sub::person));
  };
  each(field_id::party_fact, field_id::party_personal, touch_person);
  each(field_id::record_fact, field_id::record_personal, touch_person);
  each(field_id::link_fact, field_id::link_personal, [&](const store::Group &fact) {
    touched.people.insert(fact.id(sub::student));
    touched.people.insert(fact.id(sub::contact));
  });
}

void touch(const Erasable &entry, folds::Touched &touched) {
  touch_people(entry, touched);
  const auto kind = static_cast<Kind>(entry.event.kind);
  if (kind == Kind::case_opened || kind == Kind::case_assigned)
    touched.cases.insert(entry.event.thread);
}

void close(const Work &work, Erasable &entry) {
  entry.body.close({entry.places.begin(), entry.places.end()});
  work.journal.ledger().replace_body(entry.event.seq, entry.body);
}

/// Everybody the entry concerned: those of its parties may have been named first by it.
void remove(const Work &work, const Erasable &entry, folds::Touched &touched) {
  std::vector<Id> people = folds::concerned_by(entry.body);
  for (const store::Group &fact : entry.body.fact_groups(field_id::party_fact)) {
    people.push_back(fact.id(sub::person));
    touched.people.insert(people.back());
  }
  touched.removed.emplace(entry.event.seq, std::move(people));
  work.journal.ledger().remove_body(entry.event.seq);
}

/// Erasing takes the right of an admin or of the system: that is the role to be recorded.
directory::Actor as_admin(directory::Actor actor) {
  for (const char *role : {"system", "admin"})
    std::stable_partition(actor.roles.begin(), actor.roles.end(),
                          [&](const std::string &own) { return own == role; });
  return actor;
}

}  // namespace

void refuse_held(const Work &work, const Erasables &entries) {
  const Holds holds(work.database(), work.now);
  if (holds.none()) return;
  for (const auto &[seq, entry] : entries) {
    const Hold *hold = holds.covering(hold_subject(work.database(), entry));
    if (!hold) continue;
    throw Failure(Status::conflict,
                  "nothing was erased: " + says(*hold) + " covers entry " + std::to_string(seq) +
                      "; release it first",
                  {{"hold", hold->id},
                   {"hold_kind", hold->kind},
                   {"since", std::to_string(hold->placed_at)},
                   {"seq", std::to_string(seq)}});
  }
}

Erased erase(const Work &work, Erasure erasure) {
  Erased done;
  folds::Touched touched;
  std::vector<store::Places> closed;
  std::vector<std::int64_t> removed;
  for (auto &[seq, entry] : erasure.entries) {
    if (erasure.removes) {
      remove(work, entry, touched);
      removed.push_back(seq);
      continue;
    }
    // Without anything left in it, it is listed all the same: retention need not look again.
    if (entry.places.empty() && !erasure.is_whole) continue;
    touch(entry, touched);
    if (!entry.places.empty()) close(work, entry);
    closed.push_back({seq, {entry.places.begin(), entry.places.end()}});
    done.fields += static_cast<std::int64_t>(entry.places.size());
  }
  done.entries = static_cast<std::int64_t>(closed.size());
  done.removed = static_cast<std::int64_t>(removed.size());
  const directory::Actor actor = as_admin(work.actor);
  const Work officer{work.journal, actor, work.now, work.zone_folder};
  store::Draft draft = officer.draft(Kind::erasure_done, random_id());
  draft.fields.text(field_id::scope, erasure.scope);
  draft.fields.text(field_id::erased, store::encode_places(closed));
  draft.fields.text(field_id::removed, store::encode_runs(std::move(removed)));
  if (erasure.is_whole) draft.fields.number(field_id::whole, 1);
  draft.fields.append(std::move(erasure.says));
  done.seq = officer.append(std::move(draft));
  folds::refold_touched(work.database(), touched);
  if (done.entries + done.removed > 0) store::want_purge(work.database());
  return done;
}

}  // namespace heard::commands
