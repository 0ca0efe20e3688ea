#include "directory/disclosure_basis.hpp"

#include <array>

namespace heard::directory {

namespace {

constexpr bool kListed = false;
constexpr bool kExempt = true;

// Facts to model, not legal advice. 34 CFR unless another title is named.
constexpr auto kBases = std::to_array<DisclosureBasis>({
    {"school_official", "99.31(a)(1)", kExempt, "own staff with a legitimate educational interest"},
    {"own_record", "99.10, 99.31(a)(12)", kExempt, "the parent or the eligible student themselves"},
    {"consent", "99.30", kExempt, "the parent or eligible student agreed in writing"},
    {"directory_information", "99.31(a)(11), 99.37", kExempt, "what the school publishes anyway"},
    {"subpoena_sealed", "99.31(a)(9)(ii)", kExempt, "a court forbade to tell of the subpoena"},
    {"other_school", "99.31(a)(2)", kListed, "a school the student goes or wants to go to"},
    {"audit", "99.31(a)(3), 99.35", kListed, "audit or evaluation by an education authority"},
    {"financial_aid", "99.31(a)(4)", kListed, "aid the student applied for or received"},
    {"juvenile_justice", "99.31(a)(5)", kListed, "a state's juvenile justice statute"},
    {"studies", "99.31(a)(6)", kListed, "an organisation that studies for the school"},
    {"accreditation", "99.31(a)(7)", kListed, "an accrediting organisation"},
    {"dependent_parent", "99.31(a)(8)", kListed, "a parent of a dependent student of age"},
    {"court_order", "99.31(a)(9)", kListed, "an order of a court"},
    {"subpoena", "99.31(a)(9)", kListed, "a lawful subpoena"},
    {"emergency", "99.31(a)(10), 99.36", kListed, "health or safety; the threat is recorded"},
    {"child_welfare", "99.31(a)(10)", kListed, "an agency that cares for a child in foster care"},
    {"idea", "300.614", kListed, "records of special education"},
    {"public_records", "state law", kListed, "a request under a public records act"},
});

bool is_own_staff(std::string_view role) {
  return role == "admin" || role == "office" || role == "teacher" || role == "system";
}

}  // namespace

std::span<const DisclosureBasis> disclosure_bases() { return kBases; }

const DisclosureBasis *disclosure_basis(std::string_view code) {
  for (const DisclosureBasis &basis : kBases)
    if (basis.code == code) return &basis;
  return nullptr;
}

bool is_exempt(std::string_view code, std::string_view role, std::string_view view) {
  if (code.empty()) return is_own_staff(role) && view != "export";
  const DisclosureBasis *basis = disclosure_basis(code);
  return basis != nullptr && basis->exempt;
}

}  // namespace heard::directory
