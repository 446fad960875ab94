// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/loader.h"
#include "core/scenario/scenario.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace halfopen {

class TuningModel;

/// Something of a scenario that a study can vary, with a proposal of values around the present one.
struct StudyParameter {
    QString path;  ///< as Override takes it: "policies.db_client.1.max_attempts", "clients.web.arrivals.poisson"
    QString label; ///< "db_client › Retry › Max attempts"
    QString brief; ///< "Max attempts", for axes
    QString help;
    bool isTunable = false; ///< a row of the tuning model: its values can be adopted
    bool isList = false;    ///< words rather than numbers: `values` says them all
    QString values;         ///< "closed, open", for lists
    QString from, to;       ///< otherwise
    QString present;        ///< the value in force
    bool inRatios = false;  ///< equal ratios read better than equal steps
    int steps = 9;
};

/// The tuning model's settings, then what the scenario's clients and services give: rates or users, processes, workers, places.
std::vector<StudyParameter> studyParameters(const TuningModel &tuning);
/// The value of this path that is in force now, as StudyParameter::present; empty when there is none.
QString presentValue(const TuningModel &tuning, const QString &path);
/// "5s", as a scenario's text has a length of time; empty for 0.
QString lengthInText(Duration length);
/// The path of a setting that is on, in a policy that acts on some calls: how often to try, or else a threshold, a deadline, or
/// whatever the scenario sets. Empty when there is none.
QString defaultStudyPath(const TuningModel &tuning);
/// The setting of this path is on: it has a value, and its policy is in use and acts.
bool isInForce(const TuningModel &tuning, const QString &path);

/// Values of one parameter that a study tries one after the other.
struct StudyAxis {
    QString path;
    QString label; ///< StudyParameter::brief
    bool isTunable = false;
    std::vector<std::string> values;
};
/// The values from \a from to \a to: at most \a steps of them, 2 or more. The error is a sentence for a person.
Result<std::vector<std::string>> studyValues(const QString &from, const QString &to, int steps, bool inRatios);
/// The values of a list "a, b, c".
Result<std::vector<std::string>> studyValues(const QString &list);

/// \a base with \a values put in place, read again by the loader, whose first error comes back.
Result<std::shared_ptr<const Scenario>> studyScenario(const Scenario &base, const std::vector<Override> &values);

} // namespace halfopen
