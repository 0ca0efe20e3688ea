// The allow-lists. Demographics, photos, marks and national numbers are on none of them.
#include "sif_xpress/objects.hpp"

#include "sif_xpress/mapping.hpp"

namespace heard::sif_xpress {
namespace {

using Name = std::string_view;

constexpr Name kSchool[] = {"localId",    "stateProvinceId", "otherIds",
                            "schoolName", "address",         "phoneNumber"};
constexpr Name kStaff[] = {
    "name",  "otherNames",  "localId",     "stateProvinceId",   "otherIds",
    "email", "otherEmails", "phoneNumber", "otherPhoneNumbers", "primaryAssignment"};
constexpr Name kStudent[] = {"name",     "otherNames",  "localId",     "stateProvinceId",
                             "otherIds", "address",     "phoneNumber", "otherPhoneNumbers",
                             "email",    "otherEmails", "enrollment",  "languages"};
constexpr Name kContact[] = {"name",        "otherNames",  "localId",           "otherIds",
                             "address",     "phoneNumber", "otherPhoneNumbers", "email",
                             "otherEmails", "languages",   "relationships"};
constexpr Name kRoster[] = {"courseTitle",     "subject",  "schoolRefId",
                            "schoolSectionId", "students", "primaryStaff"};

constexpr Object kObjects[] = {
    {"xSchools", "xSchool", "school", false, kSchool, map_school},
    {"xStaffs", "xStaff", "staff", false, kStaff, map_staff},
    {"xStudents", "xStudent", "student", true, kStudent, map_student},
    {"xContacts", "xContact", "contact", false, kContact, map_contact},
    {"xRosters", "xRoster", "section", false, kRoster, map_section},
};

}  // namespace

std::span<const Object> objects() { return kObjects; }

}  // namespace heard::sif_xpress
