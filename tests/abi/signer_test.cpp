// The host's signing service (heard_signer): a key the library never sees.
#include <string>

#include "abi/fixture.hpp"
#include "base/signature.hpp"
#include "store/note.hpp"

using namespace abi_test;

namespace {

/// A host with a key, as plain C functions see it.
struct Host {
  Host() {
    table.struct_size = sizeof table;
    table.abi = HEARD_ABI;
    table.host_data = this;
    table.log = [](void *self, int32_t, const char *, const char *message) {
      static_cast<Host *>(self)->said += std::string(message) + "\n";
    };
    table.service = [](void *self, const char *id) -> const void * {
      return std::string(id) == "heard.signer/1" ? &static_cast<Host *>(self)->signer : nullptr;
    };
    signer.struct_size = sizeof signer;
    signer.abi = HEARD_ABI;
    signer.signer_data = this;
    signer.verifier_key = [](void *self, const char *origin, heard_sink *out) {
      const std::string key = static_cast<Host *>(self)->key(origin);
      return heard_sink_put(out, key.data(), static_cast<int64_t>(key.size()));
    };
    signer.sign = [](void *self, const char *, const void *text, int64_t length, heard_sink *out) {
      Host &host = *static_cast<Host *>(self);
      ++host.asked;
      if (host.is_broken) return int32_t{HEARD_E_HOST};
      const auto signature = heard::sign(
          host.seed, {static_cast<const char *>(text), static_cast<std::size_t>(length)});
      return heard_sink_put(out, signature.data(), host.is_short ? 12 : 64);
    };
  }
  Host(const Host &) = delete;
  Host &operator=(const Host &) = delete;
  std::string key(const std::string &origin) const {
    return heard::store::format_key(heard::store::verifier_key(origin, heard::public_key_of(seed)));
  }

  heard_host table{};
  heard_signer signer{};
  heard::SigningSeed seed{1, 2, 3};
  bool is_broken = false, is_short = false;
  int asked = 0;
  std::string said;
};

std::string newest_note(OpenStore &open) {
  Cursor rows;
  const heard_record *row = nullptr;
  Record filter;
  from_json(filter, "filter", R"({"newest": 1})");
  SUCCEEDS(heard_query(open.store, open.actor, "checkpoints", filter, rows.out(), err));
  if (SUCCEEDS(heard_cursor_next(rows, &row, err)) != HEARD_ROW) return "";
  return heard_record_text(row, "note");
}

void make_checkpoint(OpenStore &open) {
  Record made;
  SUCCEEDS(heard_apply(open.store, open.actor, "checkpoint.make", nullptr, made.out(), err));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signer)

BOOST_AUTO_TEST_CASE(the_host_signs_and_no_key_file_is_made) {
  Host host;
  OpenStore open(&host.table);
  make_checkpoint(open);
  const heard::store::Note note = heard::store::parse_note(newest_note(open));
  const std::string origin = note.text.substr(0, note.text.find('\n'));
  BOOST_TEST(heard::store::is_signed_by(note, heard::store::parse_key(host.key(origin))));
  BOOST_TEST(!std::filesystem::exists(open.folder / "school.heard.key"));
}

BOOST_AUTO_TEST_CASE(a_signer_that_fails_stops_no_command) {
  Host host;
  OpenStore open(&host.table);
  for (const bool is_broken : {true, false}) {
    host.is_broken = is_broken;
    host.is_short = !is_broken;
    Record what, done;
    REFUSES(HEARD_E_HOST,
            heard_apply(open.store, open.actor, "checkpoint.make", nullptr, nullptr, err));
    Sink sink;
    from_json(what, "what", R"({"all": 1})");
    SUCCEEDS(heard_sink_open_memory(sink.out(), err));
    SUCCEEDS(heard_export(open.store, open.actor, what, sink, err));
    SUCCEEDS(heard_apply(open.store, open.actor, "interaction.log", open.contact, done.out(), err));
  }
  BOOST_TEST(newest_note(open) == "");
  BOOST_TEST(host.asked > 3);
  BOOST_TEST(host.said.find("signer") != std::string::npos);
  host.is_short = false;
  make_checkpoint(open);
  BOOST_TEST(newest_note(open) != "");
}

BOOST_AUTO_TEST_CASE(a_table_of_the_wrong_shape_is_refused) {
  Host host;
  Runtime runtime;
  host.signer.struct_size = 12;
  REFUSES(HEARD_E_ARGUMENT, heard_runtime_create(HEARD_ABI, &host.table, runtime.out(), err));
  host.signer.struct_size = sizeof host.signer;
  host.signer.sign = nullptr;
  REFUSES(HEARD_E_ARGUMENT, heard_runtime_create(HEARD_ABI, &host.table, runtime.out(), err));
}

BOOST_AUTO_TEST_SUITE_END()
