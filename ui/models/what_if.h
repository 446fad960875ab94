// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expectations.h"
#include "simulators/study/background_work.h"
#include "simulators/study/measured.h"
#include "ui/models/record_ptr.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace halfopen {

/// What a change of settings does to a run: the present whole run against the one before the change. Once there is time,
/// further runs of both with other seeds say how sure that is: each pair meets the same chance.
class WhatIf : public QObject {
    Q_OBJECT
public:
    /// One figure that differs, or one expectation of which the verdict does.
    struct Difference {
        enum class Meaning { Neither, Better, Worse } meaning = Meaning::Neither;
        QString text; ///< "goodput +3.1 ± 0.4 pt", "trips 7 → 2", "now missed: p99 <= 800ms (1.2 s), and 2 more"
        QString detail; ///< with every name, where there is room; empty when the text has them all
        bool isVerdict = false; ///< of an expectation: it says itself whether that is better
    };
    static constexpr std::size_t kReplications = 4; ///< further seeds
    /// What the present run is compared with, for the words: the run before the last change, or that of the file as it is saved.
    enum class Base { LastChange, File };

    explicit WhatIf(QObject *parent = nullptr);
    ~WhatIf() override;

    /// What was found of the other one is forgotten.
    void setBase(Base base);
    Base base() const { return m_base; }
    /// A run of changed settings has begun: what was computed for the one before is dropped.
    void begin();
    /// Where the run before comes from, for the words.
    enum class Origin {
        Shown,  ///< it was on screen
        Bare,   ///< made for this, without what was changed while the run that the user saw played
        Unseen, ///< made for this, of the settings before the change: a run of a study was on screen
    };
    /// \a present and \a before have finished; null \a before = there is nothing to compare with.
    void compare(RecordPtr present, RecordPtr before, Origin origin = Origin::Shown);
    /// The run has come to its end and cannot be compared: \a why is all there is to say of it.
    void refuse(const QString &why);
    /// Runs both to their ends behind the window, then as compare().
    void compareSettings(std::shared_ptr<const Scenario> present, std::shared_ptr<const Scenario> before);
    /// Forgets all.
    void clear();

    bool isComputing() const { return m_isComputing; }
    bool hasComparison() const { return m_present && m_before; }
    Origin origin() const { return m_origin; }
    /// Pairs of runs that the differences are of: 1, and more as replications come.
    std::size_t pairs() const { return m_pairs.size(); }
    /// Verdicts first, then figures in the order in which people ask.
    const std::vector<Difference> &differences() const;
    enum class Which { All, Clear }; ///< Clear: without what the seeds leave open
    /// "now met: …; goodput +3.1 ± 0.4 pt, better", in words that need no colour; empty when nothing differs.
    QString whatDiffers(Which which = Which::All) const;
    /// "Against the run before this change:".
    QString lead() const;
    /// The same with what it is compared with, or what is to be done to get there.
    QString sentence() const;

signals:
    void changed();

private:
    struct Inbox;
    void forgetFound();
    /// Nothing runs behind the window any more, and nothing is waited for.
    void stop();
    struct Figures {
        std::vector<double> values; ///< as m_measured says
        Duration step{};            ///< in which the times to recover are known
    };
    struct Pair {
        std::vector<double> before, present;
        Duration step{};
    };
    /// What there is to be known of the run before: it stays the same while a slider is dragged.
    struct Known {
        RecordPtr record;
        Figures figures;
        std::vector<ExpectationResult> expectations;
    };
    void replicate();
    void poll();
    static Figures figuresOf(const std::vector<Measured> &measured, const RunRecord &record);
    static Pair pairOf(const Figures &before, const Figures &present);
    Difference differenceOf(std::size_t measured) const;
    std::vector<Difference> verdicts() const;

    RecordPtr m_present;
    RecordPtr m_before;
    Base m_base = Base::LastChange;
    QString m_refusal; ///< why there is nothing to compare with
    Origin m_origin = Origin::Shown; ///< of m_before
    bool m_isComputing = false;
    bool m_runsBoth = false; ///< of compareSettings()
    Known m_known; ///< of m_before, or of the last one there was
    std::vector<Measured> m_measured;
    std::vector<Pair> m_pairs; ///< the first: of the two records
    mutable std::optional<std::vector<Difference>> m_differences; ///< once they were asked for: expectations take milliseconds
    QTimer m_rest; ///< replications wait until the user does
    QTimer m_timer;
    std::shared_ptr<Inbox> m_inbox;
    BackgroundWork m_work; ///< last: its threads end before anything else goes
};

} // namespace halfopen
