#include "bundle/read_me.hpp"

#include <fmt/format.h>

#include <map>

#include "bundle/thread_page.hpp"
#include "bundle/write_text.hpp"

namespace heard::bundle {

namespace {

constexpr std::string_view kHow =
    "<h2>How to check it</h2>\n"
    "<p>You need Python 3.9 or later and nothing else; no network, no software of ours. In the "
    "folder that holds this bundle's <code>data</code>:</p>\n"
    "<pre>python3 data/verify.py .\n"
    "python3 data/verify.py . --receipt SEQ:SIZE:ROOT\n"
    "python3 data/verify.py . --seal HASH</pre>\n"
    "<p>The first checks the bundle in itself. The second also checks it against a receipt that a "
    "family or a member of staff was given when something was logged. The third compares it with "
    "the seal that the ledger recorded when the bundle was made (entry "
    "<code>export.sealed</code>): only the seal vouches for the pages made for reading. Anyone "
    "may use a program of their own instead: the format is described in the product's "
    "<code>FORMAT.md</code>, and the files follow BagIt 1.0 (RFC 8493) and RFC 6962.</p>\n";

std::string_view meaning(std::string_view file) {
  static const std::map<std::string_view, std::string_view> kMeanings{
      {"communications.csv", "Every contact, a row each. Opens in any spreadsheet."},
      {"communications.jsonl", "The same rows for programs."},
      {"fields.csv", "What the columns mean."},
      {"disclosures.csv", "Who looked at or took out records, and exports made."},
      {"redactions.csv", "What is held back in this bundle, and why."},
      {"erasures.csv", "Fields that were erased from the ledger before."},
      {"tombstones.csv", "The entries that erased something: basis, who approved."},
      {"holds.csv", "Holds placed and released."},
      {"sla.csv", "Response clocks: when an answer was due, when it was given, the verdict."},
      {"proof/proof.jsonl", "Every entry as it is hashed; the program reads this."},
      {"proof/checkpoint.txt", "Size and root of the ledger."},
      {"proof/keys.txt", "The keys that sign for it."},
      {"proof/consistency.txt", "That the ledger continues earlier ones."},
      {"verify.py", "The program that checks; one file, made to be read."},
  };
  const auto found = kMeanings.find(file);
  return found == kMeanings.end() ? std::string_view() : found->second;
}

std::string part_words(const std::string &part) {
  if (part == "all") return "the whole ledger";
  if (part == "period") return "all entries of a period";
  return "the entries of one " + part;
}

std::string plural(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string what_it_is(const ReadMe &about) {
  std::string text = fmt::format(
      "<p class=\"lead\">From a school's communications log: {}, as of {}. Anybody can read it, "
      "and "
      "anybody can check it without trusting whoever made it.</p>\n",
      part_words(about.part), html(about.ordered));
  text += fmt::format(
      "<dl class=\"facts\">\n<div><dt>Entries</dt><dd>{}</dd></div>\n<div><dt>Contacts</dt>"
      "<dd>{}</dd></div>\n<div><dt>Conversations</dt><dd>{}</dd></div>\n<div><dt>Fields held "
      "back</dt><dd>{}</dd></div>\n<div><dt>Fields erased before</dt><dd>{}</dd></div>\n</dl>\n",
      about.entries, about.contacts, about.threads, about.hidden, about.erased);
  return text;
}

std::string own_check(const ReadMe &about) {
  std::string text = fmt::format(
      "<h2>Our own check</h2>\n<div class=\"result good\"><p><strong>Passed.</strong> While this "
      "bundle was written, every one of its {} was hashed again and put together with the rest of "
      "the tree; the result is the ledger's root. {}</p></div>\n",
      plural(about.entries, "entry", "entries"),
      about.is_signed
          ? "The root is signed."
          : "The root is not signed: a receipt in somebody else's hands is what shows that the "
            "whole was not replaced.");
  text += fmt::format(
      "<table>\n<tr><th>Ledger</th><td class=\"wide\"><code>{}</code></td></tr>\n<tr><th>Size</th>"
      "<td>{}</td></tr>\n<tr><th>Root</th><td class=\"wide\"><code>{}</code></td></tr>\n</table>\n",
      about.ledger, plural(about.head.size, "entry", "entries"), hex(about.head.root));
  return text;
}

std::string file_table(const ReadMe &about) {
  std::string text = "<h2>What is in it</h2>\n<table>\n";
  for (const std::string &file : about.files) {
    const std::string_view name = std::string_view(file).substr(5);  // without "data/"
    text +=
        fmt::format("<tr><td><a href=\"{0}\">{0}</a></td><td>{1}</td></tr>\n", name, meaning(name));
  }
  text += "<tr><td>threads/</td><td>Every conversation as a page to read or print.</td></tr>\n";
  return text + "</table>\n";
}

std::string conversations(const ReadMe &about) {
  if (about.titles.empty()) return {};
  std::string text = "<h2>Conversations</h2>\n<ul>\n";
  for (const ReadMe::Page &page : about.titles)
    text += fmt::format("<li><a href=\"threads/{}\">{}</a></li>\n", page.file, html(page.title));
  text += "</ul>\n";
  const auto shown = static_cast<std::int64_t>(about.titles.size());
  if (shown < about.threads)
    text += fmt::format(
        "<p>And {} more in the folder <code>threads</code>; the column "
        "<code>thread</code> of communications.csv names the page.</p>\n",
        about.threads - shown);
  return text;
}

}  // namespace

std::string read_me(const ReadMe &about) {
  return document("Read me first", "",
                  "<h1>Communications log, with proof</h1>\n" + what_it_is(about) +
                      std::string(kHow) + own_check(about) + file_table(about) +
                      conversations(about));
}

}  // namespace heard::bundle
