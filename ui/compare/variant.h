// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/comparison.h"
#include "core/run/run_record.h"
#include "ui/library/kept_run.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace halfopen {

/// Something to be compared over replications.
struct Variant {
    QString name;
    std::shared_ptr<const Scenario> scenario;
    std::vector<CarriedSetting> carried;  ///< of a dialect: what its settings are made of
    std::vector<ParameterChange> changes; ///< made while it runs
    QString problem; ///< why it cannot be run, or empty; then there is no scenario
};

/// The first is what the others are compared with.
using Variants = std::vector<Variant>;

/// \a scenario as it is, and with its breakers as each of the libraries has them.
Variants dialectVariants(const std::shared_ptr<const Scenario> &scenario);
/// \a scenario as it is, and with two neighbouring policies of a stack in the other order.
Variants orderedVariants(const std::shared_ptr<const Scenario> &scenario);
/// Runs of the library. Costs the reading of their texts.
Variants keptVariants(const std::vector<RunSource> &sources);

/// A thing in which the scenarios of variants differ.
struct DifferenceRow {
    QString what;       ///< "policies.db_client.1.recovery_timeout", or a line of the text
    QStringList values; ///< one per variant; a dash where it has no such thing
};
/// Policies and their settings, then seed and length, then lines of the texts. Nothing that is the same in all.
std::vector<DifferenceRow> differencesOf(const Variants &variants);

} // namespace halfopen
