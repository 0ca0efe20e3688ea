// Builds through the object interface, not by gluing text: no second parser with looser rules.
#include "xml/record_tree.hpp"

namespace heard::xml {

const tinyxml2::XMLElement &RecordTree::build(const Tape &tape) {
  document_.Clear();
  ++built_;
  tinyxml2::XMLNode *parent = &document_;
  std::string name, text;
  for (std::size_t at = 0; at < tape.size();) {
    const Tape::Item item = tape.next(at);
    text.assign(item.text);
    switch (item.kind) {
      case Tape::Kind::start:
        parent = parent->InsertEndChild(document_.NewElement(text.c_str()));
        break;
      case Tape::Kind::name:
        name.swap(text);
        break;
      case Tape::Kind::value:
        parent->ToElement()->SetAttribute(name.c_str(), text.c_str());
        break;
      case Tape::Kind::text:
        parent->InsertEndChild(document_.NewText(text.c_str()));
        break;
      case Tape::Kind::end:
        parent = parent->Parent();
        break;
    }
  }
  return *document_.RootElement();
}

const tinyxml2::XMLElement *child(const tinyxml2::XMLElement *parent, const char *name) {
  return parent == nullptr ? nullptr : parent->FirstChildElement(name);
}

std::string text_at(const tinyxml2::XMLElement *parent, std::initializer_list<const char *> path) {
  for (const char *name : path) parent = child(parent, name);
  const char *text = parent == nullptr ? nullptr : parent->GetText();
  return text == nullptr ? "" : text;
}

}  // namespace heard::xml
