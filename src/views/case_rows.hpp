// Pieces that several case views share: the case's own columns, its people and its clocks.
#pragma once

#include <vector>

#include "base/record.hpp"
#include "folds/clock_rows.hpp"
#include "views/view_table.hpp"

namespace heard::views {

/// Columns put_case_columns reads, with `c` for fold_case.
constexpr std::string_view kCaseColumns =
    "c.id, c.number, c.status, c.priority, c.school, c.requester, c.requester_name, c.subject,"
    " c.topic, c.channel, c.language, c.opened_at, c.assignee, c.assignee_name, c.moment,"
    " c.department";
void put_case_columns(const Reader &reader, const store::Query &columns, Record &row);

std::vector<Record> students_of(const Reader &reader, const Id &case_id);
/// A clock with its due instant, whether it is late, and why it is due when it is. `policy`: name;
/// `pauses`: of the case.
Record clock_record(const Reader &reader, const folds::ClockRow &row, const std::string &policy,
                    const cases::Pauses &pauses);

}  // namespace heard::views
