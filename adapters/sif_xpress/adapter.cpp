// One run: schools, staff, students, contacts, rosters, in this order.
#include "sif_xpress/adapter.hpp"

#include "sif_xpress/objects.hpp"
#include "sif_xpress/service.hpp"
#include "sif_xpress/walk.hpp"
#include "transport/http.hpp"

namespace heard::sif_xpress {
namespace {

constexpr char kDescribe[] = R"json({
  "title": "SIF xPress (New York RICs and other SIF 3 roster services)",
               "settings" : [
                 {"name" : "url", "type" : "text", "required" : true},
                 {"name" : "user", "type" : "text"}, {"name" : "password", "type" : "secret"},
                 {"name" : "zone", "type" : "text"}, {"name" : "context", "type" : "text"},
                 {"name" : "page_size", "type" : "integer", "default" : 200}
               ]
})json";

/// How pages are asked for.
struct Way {
  const transport::Get &get;
  const transport::Patience &patience;
};

void walk_all(feed::Feed &feed, const Service &service, const Way &way,
              std::span<const Object> wanted) {
  xml::RecordTree tree;
  const Tools tools{feed, service, way.get, way.patience, tree};
  for (const Object &object : wanted) walk(tools, object);
}

int32_t run_adapter(heard_feed *feed, heard_error **err) {
  if (err != nullptr) *err = nullptr;
  return feed::run_guarded(feed, err, [](feed::Feed &guarded) { run_objects(guarded, objects()); });
}

}  // namespace

void run_objects(feed::Feed &feed, std::span<const Object> wanted) {
  const Service service = read_service(feed);
  const auto cancelled = [&feed] { return feed.cancelled(); };
  transport::Client client(service.account, {}, cancelled);
  const transport::Patience patience{
      4, cancelled, [&](std::chrono::milliseconds time) { transport::wait_for(time, cancelled); }};
  const transport::Get get = [&](const auto &request, auto &body) {
    return client.get(request, body);
  };
  walk_all(feed, service, {get, patience}, wanted);
}

const heard_adapter kAdapter = {sizeof(heard_adapter), HEARD_ABI, "sif.xpress", kDescribe,
                                run_adapter};

void run_with(feed::Feed &feed, const transport::Get &get, const transport::Patience &patience) {
  const Service service = read_service(feed);
  walk_all(feed, service, {get, patience}, objects());
}

}  // namespace heard::sif_xpress
