// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "core/scenario/scenario.h"
#include "ui/models/text_change.h"

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <vector>

namespace halfopen {

/// The text of a scenario while it is worked on, by hand and by the form.
///
/// What is typed is read on another thread once the typist pauses. As long as it cannot be read, the last scenario that
/// could be stays in effect. Knows neither editor nor run: whoever has them connects the signals.
class ScenarioDraft : public QObject {
    Q_OBJECT
public:
    enum class State {
        Empty,   ///< nothing is open
        Read,    ///< the text is what is in effect
        Waiting, ///< typed and not read yet
        Broken,  ///< problems() says why it is not in effect
    };
    Q_ENUM(State)
    /// How long the typist must pause.
    static constexpr std::chrono::milliseconds kPause{300};

    explicit ScenarioDraft(QObject *parent = nullptr);
    /// Waits for a reading that is under way.
    ~ScenarioDraft() override;

    /// Another file: \a text as it is on disk. \a scenario is what was read from it, null if it could not be.
    /// A text that is there already (it was mended here) stays, with its way back.
    void open(const QString &path, const QString &text, std::shared_ptr<const Scenario> scenario,
              std::vector<Diagnostic> problems);
    /// The text was typed, pasted, undone or brought back.
    void type(const QString &text);
    /// The form's scenario, whose text differs in changed settings only. Left for later while the text waits to be
    /// read or is broken; the reader of accepted() merges then.
    void follow(std::shared_ptr<const Scenario> tuned);
    /// What was typed at \a mend is about to be taken back, and the values that came in with it: they wait again.
    void unmend(int mend);
    /// The text was written to \a path.
    void saved(const QString &path, const QString &text);
    /// Reads at once, on this thread, what still waits. True if the text is in effect then.
    bool readNow();

    State state() const { return m_state; }
    QString path() const { return m_path; }
    QString text() const { return m_text; }
    /// As the file was when it was opened or saved last.
    QString textOnDisk() const { return m_disk; }
    bool isModified() const { return m_text != m_disk; }
    const std::vector<Diagnostic> &problems() const { return m_problems; }
    /// In effect when the present text was begun to be typed; null when the file could not be read.
    std::shared_ptr<const Scenario> before() const { return m_before; }

signals:
    /// Another file is shown: what was typed before cannot be undone.
    void opened();
    /// text() was changed by something else than type().
    void replaced(const QString &text);
    /// The same when what was typed last made the text readable, and values of the form that had waited for that are in it now. \a mend
    /// is the number by which unmend() knows it.
    void mended(const QString &text, int mend);
    /// text() is not what it was.
    void textChanged();
    void stateChanged();
    void problemsChanged();
    /// What was typed is a scenario. \a change: against before(), a change of the world when that is null.
    void accepted(std::shared_ptr<const halfopen::Scenario> scenario, const halfopen::TextChange &change);

private:
    struct Reading;
    static std::shared_ptr<const Reading> read(const std::string &text, const std::string &path,
                                               const std::shared_ptr<const Scenario> &before);
    void begin();
    void take(quint64 job, const std::shared_ptr<const Reading> &reading);
    void enter(State state);

    State m_state = State::Empty;
    QString m_path;
    QString m_text;
    QString m_disk;
    std::shared_ptr<const Scenario> m_before;
    std::vector<std::shared_ptr<const Scenario>> m_mends; ///< before(), by the number of the mend; of this file
    bool m_isFormLast = false;  ///< the form was changed after the last letter, and waits
    bool m_isAccepting = false; ///< follow() brings in what has waited
    std::vector<Diagnostic> m_problems;
    QTimer m_pause;
    quint64 m_job = 0;     ///< readings of an older text are dropped
    QThreadPool m_readers; ///< last: waits for its work before anything else goes
};

} // namespace halfopen
