// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_ptr.h"

#include <QWidget>

#include <cstddef>
#include <optional>

class QVBoxLayout;
class QHBoxLayout;
class QLabel;
class QPainter;
class QPushButton;
class QStackedWidget;

namespace halfopen {

class CopyButton;
class FollowedCallPanel;
struct BreakerTransition;
struct TransitionReason;

/// The title of an answer, with the button that unpins it always in view: the rest may have to be scrolled.
QHBoxLayout *titleLine(QLabel *title, QPushButton *close);

/// What stood in the breaker's window when it changed its state: failed calls as a part of all, and
/// where the thresholds lie, by name.
class WindowBar : public QWidget {
    Q_OBJECT
public:
    explicit WindowBar(QWidget *parent = nullptr);
    /// Of the window's calls. What is negative is not counted (one of the two at most), or has no threshold.
    struct Shares {
        double failed = -1;
        double slow = -1;
        double failedThreshold = -1;
        double slowThreshold = -1;
    };
    void setShares(const Shares &shares);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    static int nameHeight();
    void paintName(QPainter &painter, const QString &name, double tick, double top) const;

    Shares m_shares;
    QString m_failedName; ///< of its threshold, above the bar; empty without one
    QString m_slowName;   ///< below it
};

/// Why a breaker changed its state: everything the record knows about one transition. Without one,
/// a summary of the breakers and how to find a transition.
class TransitionPanel : public QWidget {
    Q_OBJECT
public:
    explicit TransitionPanel(QWidget *parent = nullptr);

    /// The height that the reason of a transition takes at this width, in logical pixels.
    int heightOfReason(int width) const;
    /// The same of what stands there while no transition is shown.
    int heightOfSummary(int width) const;
    /// What is shown while no transition is.
    void setSummary(const QString &summary);
    void showTransition(const RecordPtr &record, std::optional<std::size_t> index);
    /// The run of the transition that is shown has gone on: what its deciding call went through may be known now.
    void followRecord(const RecordPtr &record);

signals:
    /// The user picked the sampled call with this key.
    void callPicked(quint64 call);
    void closed();

private:
    void forget();
    void addFact(const QString &label, const QString &value);
    void addSection(const QString &title);
    /// What was counted when it decided: the window, or in HALF_OPEN the trial calls.
    void addCounts(const RunRecord &record, const BreakerTransition &transition);
    /// How long it stayed, and what it was held against.
    void addWait(const TransitionReason &why);
    /// What the deciding call went through, step by step; when it is not in the record's sample, as soon as that is found.
    void addDecidingCall(const RecordPtr &record, const TransitionReason &why);

    QStackedWidget *m_pages;
    QWidget *m_summaryPage = nullptr;
    QWidget *m_page = nullptr; ///< of a transition, inside its scroll area
    QLabel *m_summary;
    QLabel *m_title;
    QLabel *m_where;
    QLabel *m_reason;
    WindowBar *m_bar;
    QWidget *m_facts;
    QVBoxLayout *m_rows; ///< of the facts, one under another
    FollowedCallPanel *m_followed = nullptr; ///< of the deciding call, below the facts
    QPushButton *m_call;
    CopyButton *m_copy = nullptr;
    quint64 m_callKey = 0;
    std::optional<std::size_t> m_index; ///< of the transition that is shown
};

} // namespace halfopen
