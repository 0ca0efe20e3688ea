#include "calendar/inherit.hpp"

#include <algorithm>

namespace heard::calendar {

namespace {

template <class Part>
std::vector<Part> own_of(std::vector<Part> parts) {
  std::erase_if(parts, [](const Part &part) { return part.inherited; });
  return parts;
}

/// The parent's parts first, marked; then the own ones.
template <class Part>
std::vector<Part> with_inherited(std::vector<Part> parents, const std::vector<Part> &own) {
  for (Part &part : parents) part.inherited = true;
  parents.insert(parents.end(), own.begin(), own.end());
  return parents;
}

/// `ranges` without the days of `cuts`.
std::vector<DayRange> without_days(const std::vector<DayRange> &ranges,
                                   const std::vector<DayRange> &cuts) {
  std::vector<DayRange> left = ranges;
  for (const DayRange &cut : cuts) {
    std::vector<DayRange> pieces;
    for (const DayRange &range : left) {
      if (cut.last < range.first || cut.first > range.last) {
        pieces.push_back(range);
        continue;
      }
      DayRange piece = range;
      piece.last = cut.first - 1;
      if (piece.first <= piece.last) pieces.push_back(piece);
      piece = range;
      piece.first = cut.last + 1;
      if (piece.first <= piece.last) pieces.push_back(piece);
    }
    left = std::move(pieces);
  }
  return left;
}

std::vector<DayHours> without_own_days(std::vector<DayHours> parents,
                                       const std::vector<DayHours> &own) {
  std::erase_if(parents, [&](const DayHours &entry) {
    return std::any_of(own.begin(), own.end(),
                       [&](const DayHours &mine) { return mine.day == entry.day; });
  });
  return parents;
}

}  // namespace

Definition own_parts(const Definition &whole) {
  Definition own = whole;
  if (!whole.own_hours) own.eras.clear();
  own.closed = own_of(whole.closed);
  own.closed_yearly = own_of(whole.closed_yearly);
  own.terms = own_of(whole.terms);
  own.special = own_of(whole.special);
  own.breaks = own_of(whole.breaks);
  own.offsets.clear();
  return own;
}

Definition inherit(const Definition &own, const Definition &parent) {
  Definition whole = own;
  if (!own.own_hours) whole.eras = parent.eras;
  whole.closed = with_inherited(without_days(parent.closed, own.not_closed), own.closed);
  whole.closed_yearly = with_inherited(parent.closed_yearly, own.closed_yearly);
  whole.terms = with_inherited(parent.terms, own.terms);
  whole.special = with_inherited(without_own_days(parent.special, own.special), own.special);
  whole.breaks = with_inherited(without_own_days(parent.breaks, own.breaks), own.breaks);
  return whole;
}

}  // namespace heard::calendar
