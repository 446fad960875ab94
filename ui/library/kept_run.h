// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"
#include "core/scenario/loader.h"
#include "ui/models/record_ptr.h"

#include <QByteArray>
#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// A run as the library lists it: everything but the scenario's text.
struct KeptRun {
    qint64 id = 0;
    QDateTime kept;   ///< when it ended; UTC
    QString name;     ///< of the scenario
    QString path;     ///< of the file that the scenario came from
    std::uint64_t seed = 0;
    QString version;  ///< of the program that ran it
    std::uint64_t fingerprint = 0;
    Duration played{};   ///< virtual time
    Duration duration{}; ///< virtual time that was asked for
    RunEnd end = RunEnd::Finished;
    QStringList tuned;   ///< "path: value", what was set by hand before it began
    QStringList changes; ///< "12.4 s path: before → after", what was changed while it played
    std::uint64_t calls = 0;          ///< of all clients, begun
    std::optional<double> goodput;    ///< good calls per ended call, 0 to 1
    std::optional<Duration> p99;      ///< of all ended calls of the clients
    std::uint64_t trips = 0;          ///< of all breakers
    double amplification = 0;         ///< attempts per call begun
    QByteArray picture; ///< see run_picture.h
    QString notes;
    QStringList tags;   ///< without blanks and commas, in the user's order
    QStringList telling; ///< tuned and changes in the order in which they tell it from others; empty where none are known
};

/// What it takes to run a kept run once more, and what must come out.
struct RunSource {
    qint64 id = 0;
    QString name;
    QString path; ///< files that the text names are looked for beside it
    std::string text;
    std::uint64_t seed = 0;
    std::vector<ParameterChange> changes;
    Duration played{};
    RunEnd end = RunEnd::Finished;
    QString version;
    std::uint64_t fingerprint = 0;
};

/// A run to be kept.
struct RunToKeep {
    RecordPtr record;            ///< of a run that is over, with its scenario
    std::vector<Override> tuned; ///< what was set by hand before it began
    QDateTime at;                ///< UTC
};

/// The figures of \a run; id, notes and tags are left empty.
KeptRun describeRun(const RunToKeep &run);
/// The same for two runs that are the same: text, file, seed, changes, length and program.
QByteArray identityOf(const RunRecord &record);

/// Changes as a JSON array, for the library's file; times in ns.
QByteArray changesToJson(const std::vector<ParameterChange> &changes);
/// What is no such array gives none.
std::vector<ParameterChange> changesFromJson(const QByteArray &json);

/// "#slow, incident 7" -> {"slow", "incident", "7"}: words divided by blanks or commas, each once, a leading # dropped.
QStringList parseTags(const QString &text);

} // namespace halfopen

Q_DECLARE_METATYPE(halfopen::KeptRun)
