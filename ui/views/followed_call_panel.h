// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/call_follower.h"
#include "ui/models/record_ptr.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <cstdint>

class QLabel;
class QProgressBar;
class QPushButton;

namespace halfopen {

class CopyButton;

/// The steps of a call that the record does not hold whole. They are found by making the run once more behind the window, which
/// begins at once and may be given up.
class FollowedCallPanel : public QWidget {
    Q_OBJECT
public:
    explicit FollowedCallPanel(QWidget *parent = nullptr);

    /// \a call: its key; \a record must not hold it.
    void showCall(const RecordPtr &record, std::uint64_t call);
    /// The run has gone on, to what \a record holds: a call that had not ended is looked for again, at a pace that the run can
    /// bear and in any case when it has ended.
    void followRecord(const RecordPtr &record);
    /// The call had not ended as far as the run had come.
    bool isUnfinished() const { return m_isUnfinished; }
    /// Hides itself, gives up what is under way and holds nothing of a run any more.
    void clear();

private:
    void ask();
    void giveUp();
    void tell(const RecordPtr &followed);
    /// Nothing is under way any more.
    void settle(const QString &text, bool mayAskAgain);

    RecordPtr m_record;
    std::uint64_t m_call = 0;
    QLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QPushButton *m_again;
    CopyButton *m_copy;
    bool m_isUnfinished = false;
    QElapsedTimer m_asked; ///< since the last question began
    qint64 m_took = 0;     ///< the last answer, ms
    QTimer m_busy; ///< what is found sooner shows nothing on its way
    CallFollower m_follower;
};

} // namespace halfopen
