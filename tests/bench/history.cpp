#include "history.hpp"

#include <algorithm>

#include "bare.hpp"
#include "product.hpp"

namespace heard::bench {

int single_contacts(const Settings &settings) { return settings.is_small ? 400 : 2000; }
int batch_contacts(const Settings &settings) { return settings.is_small ? 2000 : 8000; }

const History &history(const Settings &settings) {
  static const History made = [&] {
    const int past = settings.is_small ? 1000 : settings.is_large ? 400000 : 10000;
    const int next = std::max(single_contacts(settings), batch_contacts(settings));
    History result{settings.folder + "/history.heard", past, {settings.seed, past + next}};
    {
      Product product(result.path);
      product.apply("interaction.log", result.mail.letter());
      for (int from = 0; from < past; from += 1000) {
        product.now = kBeginning + (from + 1000) * 1000;
        const auto at = kBeginning + from * 1000;
        product.apply("interaction.log_many", result.mail.batch(from, from + 1000, at));
      }
    }
    BareDatabase(result.path).exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return result;
  }();
  return made;
}

}  // namespace heard::bench
