// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/defaults.h"

#include "core/base/check.h"
#include "core/scenario/help_text.h"
#include "core/scenario/problems.h"
#include "core/scenario/settings_reader.h"
#include "core/scenario/text_tools.h"
#include "core/scenario/yaml_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kFileBytesMax = 1'000'000;
constexpr std::string_view kVersionKey = "halfopen_settings";

constexpr std::array<DefaultVariable, 5> kVariables = {{
    {"CIRCUIT_BREAKER_ENABLED", "false lets every call through and counts nothing", {"circuit_breaker.mode", {}}},
    {"DEFAULT_TIMEOUT", "how long an operation may take", {"timeout.after", "circuit_breaker.timeout"}},
    {"RETRY_MAX_ATTEMPTS", "tries per call, the first included", {"retry.max_attempts", {}}},
    {"CIRCUIT_BREAKER_FAILURE_THRESHOLD", "failures in a row that open a breaker", {"circuit_breaker.failure_threshold", {}}},
    {"CIRCUIT_BREAKER_RECOVERY_TIMEOUT", "how long a breaker stays open", {"circuit_breaker.recovery_timeout", {}}},
}};

/// A default that stands aside when the scenario gives another setting.
struct StandsAside {
    std::string_view policy;
    std::string_view key;
    std::string_view beside;
};
constexpr std::array<StandsAside, 1> kStandsAside = {{
    // With a rate given, the count of failures in a row is off unless it is given, too.
    {"circuit_breaker", "failure_threshold", "failure_rate_threshold"},
}};

std::string rowName(const PolicyType &type)
{
    const PolicyType *first = findPolicyType(type.key());
    const std::string name(type.key());
    return first == &type ? name : name + "/" + std::string(type.dialect);
}

/// Every name that may stand below `defaults`.
std::vector<std::string> rowNames()
{
    std::vector<std::string> names;
    for (const PolicyType &type : policyTypes()) {
        names.push_back(rowName(type));
        if (type.otherDialects)
            for (const PolicyType &other : type.otherDialects())
                names.push_back(rowName(other));
    }
    return names;
}

const PolicyType *findRow(std::string_view name)
{
    const std::size_t slash = name.find('/');
    const PolicyType *type = findPolicyType(name.substr(0, slash));
    return type && slash != std::string_view::npos ? type->findDialect(name.substr(slash + 1)) : type;
}

/// One of the words that people write for yes and no.
std::optional<bool> flagOf(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    for (const char *yes : {"true", "1", "yes", "on"})
        if (text == yes)
            return true;
    for (const char *no : {"false", "0", "no", "off"})
        if (text == no)
            return false;
    return std::nullopt;
}

bool isPlainNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

Result<Value> readVariable(const DefaultVariable &variable, const Field &field, const std::string &text)
{
    const std::string intro = std::string(variable.name) + " is '" + text + "', expected ";
    if (field.key == "mode") {
        const std::optional<bool> enabled = flagOf(text);
        if (!enabled)
            return failure(intro + "true or false (in the environment)");
        return Value(std::string(*enabled ? "active" : "disabled"));
    }
    const bool isTime = field.type == ValueType::Duration;
    Result<Value> value = parseValue(field, isTime && isPlainNumber(text) ? text + "s" : text);
    if (!value || std::holds_alternative<std::monostate>(*value))
        return failure(intro + (isTime ? "seconds or a time such as 30s" : describeType(field)) + ", " + describeRange(field)
                       + " (in the environment)");
    return value;
}

std::string joined(const std::vector<Diagnostic> &diagnostics)
{
    std::string text;
    for (const Diagnostic &diagnostic : diagnostics) {
        text += (text.empty() ? "" : "\n") + diagnostic.text();
        while (text.ends_with('\n'))
            text.pop_back();
    }
    return text;
}

/// Reads the map below `defaults` of a settings file.
class FileReader {
public:
    FileReader(const std::filesystem::path &path, Problems &problems) : m_path(path), m_problems(problems) {}

    std::vector<DefaultValue> read(const YamlNode &root)
    {
        if (root.isNull())
            return {}; // an empty file, or only comments
        if (!root.isMap()) {
            reportKind(root, "a map with the key 'defaults'", m_problems);
            return {};
        }
        for (const YamlNode &entry : root.children) {
            if (entry.key == kVersionKey) {
                if (!entry.isScalar() || entry.scalar != "1")
                    m_problems.error(entry, "'" + entry.key + "' is " + describeNode(entry) + ", expected 1");
            } else if (entry.key == "defaults") {
                readRows(entry);
            } else {
                static constexpr std::array<std::string_view, 2> kKeys = {kVersionKey, "defaults"};
                m_problems.errorAtKey(entry, "unknown key '" + entry.key + "' in the settings",
                                      hintForWord(entry.key, kKeys, "the keys are "));
            }
        }
        return std::move(m_values);
    }

private:
    void readRows(const YamlNode &rows)
    {
        if (rows.isNull())
            return;
        if (!rows.isMap()) {
            reportKind(rows, "a map of policies, for example { retry: { max_attempts: 4 } }", m_problems);
            return;
        }
        for (const YamlNode &entry : rows.children) {
            const PolicyType *type = findRow(entry.key);
            if (!type) {
                const std::vector<std::string> names = rowNames();
                const std::vector<std::string_view> known(names.begin(), names.end());
                m_problems.errorAtKey(entry, "there is no policy '" + entry.key + "'",
                                      hintForWord(entry.key, known, "there are "));
                continue;
            }
            readRow(entry, *type);
        }
    }
    void readRow(const YamlNode &entry, const PolicyType &type)
    {
        Settings settings(type.schema());
        if (entry.isMap() && entry.find("dialect")) {
            m_problems.errorAtKey(*entry.find("dialect"), "the dialect is no default: it belongs to the name",
                                  "write for example circuit_breaker/resilience4j: { ... }");
            return;
        }
        readSettings(entry, type.schema(), settings.config(), m_problems, "'" + entry.key + "'");
        for (const Field &field : type.schema().fields) {
            const YamlNode *given = findSetting(entry, type.schema(), field.key);
            if (!given)
                continue;
            const SourcePlace place = given->place;
            m_values.push_back({&type, &field, settings.get(field), DefaultValue::From::SettingsFile,
                                m_path.string() + ":" + std::to_string(place.line)});
        }
    }

    const std::filesystem::path &m_path;
    Problems &m_problems;
    std::vector<DefaultValue> m_values;
};

Result<std::string> readFile(const std::filesystem::path &path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return failure(path.string() + ": this is a directory, expected a settings file");
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return failure(path.string() + ": the settings cannot be read: " + std::strerror(errno));
    std::string text(kFileBytesMax + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > kFileBytesMax)
        return failure(path.string() + ": the settings are larger than 1 MB");
    return text;
}

} // namespace

std::span<const DefaultVariable> defaultVariables()
{
    return kVariables;
}

Environment processEnvironment()
{
    return [](const std::string &name) -> std::optional<std::string> {
        const char *value = std::getenv(name.c_str());
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
}

void Defaults::put(DefaultValue value)
{
    std::erase_if(m_values, [&](const DefaultValue &old) { return old.type == value.type && old.field == value.field; });
    m_values.push_back(std::move(value));
}

Result<void> Defaults::addFile(std::string_view text, const std::filesystem::path &path)
{
    const std::vector<Override> none;
    Problems problems(path.string(), text, none);
    YamlText yaml = readYaml(text);
    for (YamlProblem &problem : yaml.problems)
        problems.errorAt(problem.place, std::move(problem.message), std::move(problem.hint));
    std::vector<DefaultValue> values;
    if (yaml.root)
        values = FileReader(path, problems).read(*yaml.root);
    if (problems.errorCount() > 0)
        return failure(joined(problems.take()));
    for (DefaultValue &value : values)
        put(std::move(value));
    m_file = path;
    return checkRules();
}

Result<void> Defaults::addEnvironment(const Environment &environment)
{
    std::string errors;
    for (const DefaultVariable &variable : kVariables) {
        const std::optional<std::string> found = environment(std::string(variable.name));
        const std::string text(trimmed(found ? std::string_view(*found) : std::string_view()));
        if (text.empty())
            continue;
        for (const std::string_view path : variable.settings) {
            if (path.empty())
                continue;
            const PolicyType *type = findPolicyType(path.substr(0, path.find('.')));
            HALFOPEN_CHECK(type != nullptr);
            const Field *field = type->schema().find(path.substr(path.find('.') + 1));
            HALFOPEN_CHECK(field != nullptr);
            Result<Value> value = readVariable(variable, *field, text);
            if (!value) {
                errors += (errors.empty() ? "" : "\n") + value.error().message;
                break; // one word per variable
            }
            put({type, field, *std::move(value), DefaultValue::From::Environment, std::string(variable.name)});
        }
    }
    if (!errors.empty())
        return failure(errors);
    return checkRules();
}

/// The defaults of one policy must fit each other.
Result<void> Defaults::checkRules() const
{
    for (const DefaultValue &one : m_values) {
        const Schema &schema = one.type->schema();
        if (!schema.conflict)
            continue;
        Settings settings(schema);
        const auto put = apply(*one.type, settings.config(), [](std::string_view) { return false; });
        const std::string conflict = schema.conflict(settings.config());
        if (conflict.empty())
            continue;
        std::vector<std::string_view> places;
        for (const DefaultValue *value : put)
            places.push_back(value->where);
        return failure("the defaults of '" + rowName(*one.type) + "' do not fit each other: " + conflict + " (set by "
                       + joinWords(places, "and") + ")");
    }
    return {};
}

const DefaultValue *Defaults::find(const PolicyType &type, const Field &field) const
{
    for (const DefaultValue &value : m_values)
        if (value.type == &type && value.field == &field)
            return &value;
    return nullptr;
}

std::vector<const DefaultValue *> Defaults::apply(const PolicyType &type, void *config,
                                                  const std::function<bool(std::string_view)> &isGiven) const
{
    std::vector<const DefaultValue *> put;
    for (const DefaultValue &value : m_values) {
        if (value.type != &type || isGiven(value.field->key))
            continue;
        const bool standsAside =
            std::any_of(kStandsAside.begin(), kStandsAside.end(), [&](const StandsAside &rule) {
                return &type == findPolicyType(rule.policy) && value.field->key == rule.key && isGiven(rule.beside);
            });
        if (standsAside)
            continue;
        value.field->set(config, value.value);
        put.push_back(&value);
    }
    return put;
}

std::filesystem::path standardSettingsFile(const Environment &environment)
{
    const auto config = environment("XDG_CONFIG_HOME");
    // The specification has relative paths ignored.
    if (config && std::filesystem::path(*config).is_absolute())
        return std::filesystem::path(*config) / "halfopen" / "settings.yaml";
    const auto home = environment("HOME");
    if (home && !home->empty())
        return std::filesystem::path(*home) / ".config" / "halfopen" / "settings.yaml";
    return {};
}

Result<Defaults> loadDefaults(const Environment &environment, const std::string &named)
{
    Defaults defaults;
    std::filesystem::path path = named;
    std::error_code ignored;
    if (named.empty()) {
        path = standardSettingsFile(environment);
        if (!path.empty() && !std::filesystem::exists(path, ignored))
            path.clear();
    }
    if (!path.empty()) {
        const Result<std::string> text = readFile(path);
        if (!text)
            return tl::unexpected<Error>(text.error());
        if (Result<void> added = defaults.addFile(*text, path); !added)
            return tl::unexpected<Error>(added.error());
    }
    if (Result<void> added = defaults.addEnvironment(environment); !added)
        return tl::unexpected<Error>(added.error());
    return defaults;
}

} // namespace halfopen
