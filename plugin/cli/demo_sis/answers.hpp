// What the demo SIS answers to one request: the paging rules of SIF 3, and every kind of mishap.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "demo_sis/sis_server.hpp"

namespace heard::demo {

struct Answer {
  int status = 200;
  std::string type = "application/xml";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  /// More than the body has, for a connection that breaks off; 0: the body's own length.
  std::size_t announced = 0;
};

struct PageWish {
  int page = 1;
  int size = 0;  ///< 0: not said
};

struct Paging {
  bool on = true;
  int largest = 1000;
};

Answer answer_page(const Collection &collection, PageWish wish, Paging paging, Trouble trouble);

}  // namespace heard::demo
