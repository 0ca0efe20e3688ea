#include "web/template.hpp"

#include <unordered_map>

#include "base/failure.hpp"
#include "web/embedded.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

using DataMap = std::unordered_map<std::string, Data>;

const DataMap &text_data() {
  static const DataMap map = [] {
    DataMap made;
    for (const Text &text : all_texts())
      made.emplace("t." + std::string(text.key), Data(std::string(text.says)));
    return made;
  }();
  return map;
}

const DataMap &partial_data() {
  static const DataMap map = [] {
    DataMap made;
    for (const EmbeddedFile &file : embedded_files())
      made.emplace(file.name.substr(0, file.name.rfind('.')), Data(std::string(file.content)));
    return made;
  }();
  return map;
}

/// Looks texts and partials up in the tables, all else in the page's data.
class Context : public kainjow::mustache::context<std::string> {
 public:
  using context::context;

  const Data *get(const std::string &name) const override {
    return name.starts_with("t.") ? &known(text_data(), name) : context::get(name);
  }
  const Data *get_partial(const std::string &name) const override {
    return &known(partial_data(), name);
  }

 private:
  static const Data &known(const DataMap &map, const std::string &name) {
    const auto found = map.find(name);
    if (found == map.end())
      throw Failure(Status::internal, "a page wants the unknown '" + name + "'");
    return found->second;
  }
};

}  // namespace

void put(Data &data, const std::string &name, std::string_view text) {
  data.set(name, text.empty() ? Data(false) : Data(std::string(text)));
}
void put(Data &data, const std::string &name, const std::string &text) {
  put(data, name, std::string_view(text));
}
void put(Data &data, const std::string &name, const char *text) {
  put(data, name, std::string_view(text));
}
void put(Data &data, const std::string &name, bool yes) { data.set(name, Data(yes)); }
void put(Data &data, const std::string &name, Data value) { data.set(name, value); }

void put_list(Data &data, const std::string &name, Data list) {
  data.set("has_" + name, Data(!list.is_empty_list()));
  data.set(name, list);
}

std::string_view embedded(std::string_view name) {
  for (const EmbeddedFile &file : embedded_files())
    if (file.name == name) return file.content;
  throw Failure(Status::internal, "no file '" + std::string(name) + "' was built in");
}

std::string fill(const std::string &name, const Data &data) {
  kainjow::mustache::mustache page{std::string(embedded(name + ".mustache"))};
  Context context(&data);
  std::string html = page.render(context);
  if (!page.is_valid())
    throw Failure(Status::internal, "template '" + name + "': " + page.error_message());
  return html;
}

}  // namespace heard::web
