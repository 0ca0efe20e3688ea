#include "web/blocks.hpp"

#include "base/text.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

Data line_data(std::string_view says) {
  Data data;
  put(data, "says", says);
  return data;
}

Data link_data(std::string_view href, std::string_view label, bool current = false) {
  Data data;
  put(data, "href", href);
  put(data, "label", label);
  put(data, "current", current);
  return data;
}

Data cell_data(const Cell &cell, std::string_view label) {
  Data data, more = make_list();
  for (const std::string &line : cell.more)
    if (!line.empty()) more.push_back(line_data(line));
  put(data, "label", label);
  const bool empty = cell.says.empty() && more.is_empty_list() && !cell.chip.is_object();
  put(data, "says", empty ? std::string("-") : cell.says);
  put(data, "href", cell.href);
  put(data, "chip", cell.chip);
  put(data, "more", more);
  return data;
}

Data row_data(const std::vector<Cell> &row, const std::vector<std::string_view> &columns) {
  Data data, cells = make_list();
  for (std::size_t i = 1; i < row.size(); ++i) cells.push_back(cell_data(row[i], columns.at(i)));
  put(data, "head", cell_data(row.at(0), ""));
  put(data, "cells", cells);
  return data;
}

Data table_data(const Table &table) {
  const auto columns = split(text("columns." + std::string(table.columns)), '|');
  Data data, heads = make_list(), rows = make_list();
  for (const std::string_view column : columns) heads.push_back(chip(column));
  for (const auto &row : table.rows) rows.push_back(row_data(row, columns));
  put(data, "caption", table.caption);
  put(data, "heads", heads);
  put(data, "empty", text(table.empty));
  put_list(data, "rows", rows);
  return data;
}

}  // namespace

Blocks::Blocks(const Request &request, std::string title, std::string_view lead)
    : request_(request) {
  page_.title = std::move(title);
  page_.template_name = "blocks";
  page_.menu = "/settings";
  put(page_.data, "heading", page_.title);
  put(page_.data, "lead", lead);
  put(page_.data, "back", false);
  put(page_.data, "jump", false);
  put(page_.data, "filter", false);
  tabs("", make_list());
}

void Blocks::back_to(std::string_view path, std::string_view label) {
  put(page_.data, "back", link_data(request_.page(path), label));
}

void Blocks::jump_to(const Form &form) {
  put(page_.data, "jump", link_data("#hrd-" + form.name, word_for("action", form.name)));
}

void Blocks::link(std::string_view path, std::string_view label) {
  links_.push_back(link_data(request_.page(path), label));
}

void Blocks::warn(const std::vector<std::string> &says) {
  for (const std::string &line : says) warnings_.push_back(line_data(line));
}

void Blocks::tabs(std::string_view label, Data entries) {
  put(page_.data, "tabs_label", label);
  put_list(page_.data, "tabs", std::move(entries));
}

void Blocks::table(const Table &table) {
  Data block;
  put(block, "table", table_data(table));
  put(block, "form", false);
  blocks_.push_back(block);
}

void Blocks::form(const Form &form, const Typed &typed) {
  Data block;
  put(block, "table", false);
  put(block, "form", form_data(request_, form, typed));
  blocks_.push_back(block);
}

Page Blocks::page(const Typed &typed) {
  page_.status = typed.status();
  put_list(page_.data, "warnings", warnings_);
  put_list(page_.data, "links", links_);
  put(page_.data, "blocks", blocks_);
  if (!typed.ok()) page_.title = std::string(text("form.error")) + ' ' + page_.title;
  return std::move(page_);
}

Data tab(const Request &request, std::string_view path, const Query &query, std::string_view label,
         bool current) {
  return link_data(request.page(path, query), label, current);
}

std::string joined(const std::vector<std::string> &parts, std::string_view between) {
  std::string line;
  for (const std::string &part : parts) {
    if (!line.empty()) line += between;
    line += part;
  }
  return line;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n'))
    if (!trimmed(line).empty()) lines.emplace_back(trimmed(line));
  return lines;
}

}  // namespace heard::web
