// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/scenario_text.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace halfopen::test {

/// All that is said about \a text, as "s.yaml".
inline QString said(std::string_view text, const std::vector<Override> &overrides = {})
{
    return QString::fromStdString(diagnosticsOf(text, overrides));
}

/// A small world with one service of this \a body, or with these \a arrivals.
inline std::string withService(const std::string &body)
{
    return "halfopen: 1\nservices:\n  db: " + body +
           "\nclients:\n  web: { arrivals: { poisson: 10/s }, calls: [ { to: db } ] }\n";
}

inline std::string withArrivals(const std::string &arrivals)
{
    return "halfopen: 1\nservices:\n  db: {}\nclients:\n  web: { arrivals: " + arrivals +
           ", calls: [ { to: db } ] }\n";
}

} // namespace halfopen::test
