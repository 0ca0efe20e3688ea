// The code of the formatting library, compiled once: in its header-only form every source that
// formats a number pays for all of it, and as a shared library every host would have to install it.
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
namespace detail {

// What its headers promise to be somewhere.
template thousands_sep_result<char> thousands_sep_impl<char>(locale_ref);
template char decimal_point_impl<char>(locale_ref);

}  // namespace detail
FMT_END_NAMESPACE
