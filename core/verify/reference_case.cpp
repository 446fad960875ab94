// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/reference_case.h"

#include <array>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <zlib.h>

namespace halfopen::verify {

namespace {

constexpr std::size_t kBytesMax = 64u << 20; // unpacked

/// The whole file, unpacked if it is gzip.
Result<std::string> readAll(const std::filesystem::path &path)
{
    const gzFile file = gzopen(path.string().c_str(), "rb");
    if (!file)
        return failure(path.string() + ": cannot be opened");
    std::string text;
    std::array<char, 65536> block{};
    int got = 0;
    while ((got = gzread(file, block.data(), block.size())) > 0 && text.size() <= kBytesMax)
        text.append(block.data(), static_cast<std::size_t>(got));
    gzclose(file);
    if (got < 0)
        return failure(path.string() + ": cannot be read to its end; is it damaged?");
    if (text.size() > kBytesMax)
        return failure(path.string() + ": larger than 64 MB, which no set of cases is");
    return text;
}

void refuseUnknownKeys(const Json &object, std::initializer_list<std::string_view> known)
{
    for (const auto &[key, value] : object.items()) {
        bool found = false;
        for (const std::string_view word : known)
            found = found || key == word;
        for (const std::string_view word : {"note", "notes", "comment", "source", "quoted", "verification", "basis"})
            found = found || key == word; // for people
        if (!found)
            throw std::invalid_argument("unknown key '" + key + "'");
    }
}

Tolerance readTolerance(const Json &json)
{
    refuseUnknownKeys(json, {"type", "value", "sigma", "z", "relative", "basis"});
    Tolerance tolerance;
    const auto type = json.at("type").get<std::string>();
    if (type == "abs")
        tolerance.kind = Tolerance::Kind::Absolute;
    else if (type == "rel")
        tolerance.kind = Tolerance::Kind::Relative;
    else if (type == "abs_each")
        tolerance.kind = Tolerance::Kind::EachAbsolute;
    else if (type == "equal")
        tolerance.kind = Tolerance::Kind::Equal;
    else
        throw std::invalid_argument("unknown type of tolerance '" + type + "', expected abs, rel, abs_each or equal");
    if (const auto value = json.find("value"); value != json.end() && value->is_number())
        tolerance.value = value->get<double>();
    if (const auto sigma = json.find("sigma"); sigma != json.end() && sigma->is_number())
        tolerance.sigma = sigma->get<double>();
    return tolerance;
}

Check readCheck(const Json &json)
{
    refuseUnknownKeys(json, {"metric", "unit", "expected", "obtained", "definition", "tolerance"});
    Check check;
    check.metric = json.at("metric").get<std::string>();
    check.unit = json.value("unit", "");
    check.definition = json.value("definition", "");
    check.expected = json.at("expected");
    check.tolerance = readTolerance(json.at("tolerance"));
    return check;
}

ReferenceCase readCase(const Json &json, const std::string &file)
{
    ReferenceCase one;
    one.file = file;
    one.id = json.at("id").get<std::string>();
    try {
        one.title = json.value("title", "");
        one.model = json.at("model");
        one.run = json.value("run", Json::object());
        for (const Json &check : json.at("checks"))
            one.checks.push_back(readCheck(check));
    } catch (const std::exception &e) {
        throw std::invalid_argument("case '" + one.id + "': " + e.what());
    }
    return one;
}

bool isNear(const Json &expected, const Json &measured, double allowed)
{
    return expected.is_number() && measured.is_number()
        && std::abs(measured.get<double>() - expected.get<double>()) <= allowed;
}

} // namespace

Result<std::vector<ReferenceCase>> readReferenceFile(const std::filesystem::path &path)
{
    const Result<std::string> text = readAll(path);
    if (!text)
        return tl::unexpected<Error>(text.error());
    const std::string file = path.filename().string();
    std::vector<ReferenceCase> cases;
    try {
        const Json json = Json::parse(*text);
        if (!json.is_object() || !json.contains("cases"))
            throw std::invalid_argument("there is no key \"cases\": this is no file of reference cases");
        if (!json["cases"].is_array() || (!json["cases"].empty() && !json["cases"].front().is_object())) {
            if (json.contains("files"))
                return cases; // the list of what the other files hold
            throw std::invalid_argument("\"cases\" is no list of cases");
        }
        for (const Json &one : json["cases"])
            cases.push_back(readCase(one, file));
    } catch (const Json::parse_error &e) {
        const std::string what = e.what();
        return failure(path.string() + ": this is no JSON: " + what.substr(what.find("] ") + 2)
                       + ". Files of reference cases are JSON, such as those in tests/data/reference.");
    } catch (const std::exception &e) {
        return failure(path.string() + ": " + e.what());
    }
    return cases;
}

double allowedDifference(const Check &check, double lengthShare)
{
    double allowed = check.tolerance.value;
    if (check.tolerance.sigma && lengthShare < 1)
        allowed /= std::sqrt(lengthShare);
    if (check.tolerance.kind == Tolerance::Kind::Relative && check.expected.is_number())
        allowed *= std::abs(check.expected.get<double>());
    // A deterministic count is exact, a time carries the rounding of the text it was written in.
    if (check.expected.is_number_float())
        allowed += std::abs(check.expected.get<double>()) * 1e-9;
    return allowed;
}

Judgement judge(const Check &check, const Json &measured, double lengthShare)
{
    const double allowed = allowedDifference(check, lengthShare);
    switch (check.tolerance.kind) {
    case Tolerance::Kind::Absolute:
    case Tolerance::Kind::Relative:
        if (!check.expected.is_number() || !measured.is_number())
            return {false, "a number is compared with something else"};
        return {isNear(check.expected, measured, allowed), {}};
    case Tolerance::Kind::EachAbsolute: {
        if (!check.expected.is_array() || !measured.is_array())
            return {false, "a list is compared with something else"};
        if (check.expected.size() != measured.size())
            return {false, "the lists have " + std::to_string(measured.size()) + " and "
                               + std::to_string(check.expected.size()) + " numbers"};
        for (std::size_t i = 0; i < measured.size(); ++i) {
            const double rounding =
                check.expected[i].is_number_float() ? std::abs(check.expected[i].get<double>()) * 1e-9 : 0;
            if (!isNear(check.expected[i], measured[i], allowed + rounding))
                return {false, "number " + std::to_string(i + 1) + " differs"};
        }
        return {true, {}};
    }
    case Tolerance::Kind::Equal:
        return {check.expected == measured, {}};
    }
    return {};
}

} // namespace halfopen::verify
