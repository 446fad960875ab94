// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

/// QCOMPARE for JSON values, which Qt Test cannot print: fails with the value that was found.
#define COMPARE_JSON(actual, expected)                                                             \
    QVERIFY2((actual) == nlohmann::json(expected), (actual).dump().c_str())

namespace halfopen::test {

/// A small judge of JSON against a JSON Schema (draft-07): the keywords that our own schemas use. A
/// keyword that it does not know is an error of its own, so that a schema cannot ask for something
/// that nobody checks.
class JsonSchemaCheck {
public:
    using Json = nlohmann::json;
    explicit JsonSchemaCheck(Json schema) : m_schema(std::move(schema)) {}

    /// Every way in which \a value breaks the schema: "/clients/web/offered: not of type integer".
    std::vector<std::string> problems(const Json &value) const
    {
        std::vector<std::string> found;
        check(value, m_schema, "", found);
        return found;
    }

private:
    static bool isOfType(const Json &value, const std::string &type)
    {
        return type == "object"    ? value.is_object()
               : type == "array"   ? value.is_array()
               : type == "string"  ? value.is_string()
               : type == "integer" ? value.is_number_integer()
               : type == "number"  ? value.is_number()
               : type == "boolean" ? value.is_boolean()
               : type == "null"    ? value.is_null()
                                   : false;
    }

    void check(const Json &value, const Json &schema, const std::string &at,
               std::vector<std::string> &found) const
    {
        for (const auto &[keyword, rule] : schema.items()) {
            if (keyword == "$ref") {
                const std::string target = rule.get<std::string>().substr(1); // "#/definitions/x"
                check(value, m_schema.at(Json::json_pointer(target)), at, found);
            } else if (keyword == "allOf") {
                for (const Json &part : rule)
                    check(value, part, at, found);
            } else if (keyword == "oneOf") {
                // null or something: the problems of the alternative that comes nearest are the ones to tell.
                std::vector<std::string> fewest;
                std::size_t fitting = 0;
                for (const Json &part : rule) {
                    std::vector<std::string> own;
                    check(value, part, at, own);
                    fitting += own.empty() ? 1 : 0;
                    if (&part == &rule.front() || own.size() < fewest.size())
                        fewest = own;
                }
                if (fitting == 0)
                    found.insert(found.end(), fewest.begin(), fewest.end());
                else if (fitting > 1)
                    found.push_back(at + ": fits more than one of the alternatives");
            } else if (keyword == "type") {
                bool fits = false;
                for (const Json &type : rule.is_array() ? rule : Json::array({rule}))
                    fits = fits || isOfType(value, type.get<std::string>());
                if (!fits)
                    found.push_back(at + ": not of type " + rule.dump());
            } else if (keyword == "const") {
                if (value != rule)
                    found.push_back(at + ": not " + rule.dump());
            } else if (keyword == "enum") {
                if (std::find(rule.begin(), rule.end(), value) == rule.end())
                    found.push_back(at + ": " + value.dump() + " is none of " + rule.dump());
            } else if (keyword == "minimum") {
                if (value.is_number() && value < rule)
                    found.push_back(at + ": less than " + rule.dump());
            } else if (keyword == "maximum") {
                if (value.is_number() && value > rule)
                    found.push_back(at + ": more than " + rule.dump());
            } else if (keyword == "pattern") {
                if (value.is_string() && !std::regex_search(value.get<std::string>(),
                                                            std::regex(rule.get<std::string>())))
                    found.push_back(at + ": does not match " + rule.dump());
            } else if (keyword == "items") {
                for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
                    check(value[i], rule, at + "/" + std::to_string(i), found);
            } else if (keyword == "required") {
                for (const Json &name : rule)
                    if (value.is_object() && !value.contains(name.get<std::string>()))
                        found.push_back(at + ": has no " + name.dump());
            } else if (keyword == "properties") {
                for (const auto &[name, part] : rule.items())
                    if (value.is_object() && value.contains(name))
                        check(value[name], part, at + "/" + name, found);
            } else if (keyword == "additionalProperties") {
                checkOthers(value, schema, rule, at, found);
            } else if (keyword != "description" && keyword != "title" && keyword != "$schema" &&
                       keyword != "$id" && keyword != "definitions") {
                found.push_back(at + ": the schema's keyword '" + keyword +
                                "' is not checked here");
            }
        }
    }

    void checkOthers(const Json &value, const Json &schema, const Json &rule, const std::string &at,
                     std::vector<std::string> &found) const
    {
        if (!value.is_object())
            return;
        for (const auto &[name, part] : value.items()) {
            if (schema.contains("properties") && schema["properties"].contains(name))
                continue;
            if (rule.is_boolean() && !rule.get<bool>())
                found.push_back(at + ": '" + name + "' is not in the schema");
            else if (rule.is_object())
                check(part, rule, at + "/" + name, found);
        }
    }

    Json m_schema;
};

} // namespace halfopen::test
