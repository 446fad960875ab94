// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"

#include <Qsci/qsciscintilla.h>
#include <QByteArray>
#include <QHash>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace halfopen {

class CompletionPopup;
class YamlLexer;

/// A scenario's text to edit: colours, line numbers, folding, and the loader's problems as squiggles under what they are
/// about, with their words on hover.
class TextEditor : public QsciScintilla {
    Q_OBJECT
public:
    explicit TextEditor(QWidget *parent = nullptr);

    /// Another text: the cursor goes to its beginning, and there is no way back.
    void openText(const QString &text);
    /// Another text instead, as if it had been typed: one step of undo, and the reader's place stays.
    void replaceText(const QString &text);
    /// The same text with the form's values. That is no step of this undo, which neither takes it back nor goes past it: the form has
    /// its own. What was typed before can be taken back again when the form has taken back what it did since, or can no longer
    /// do so, see setFormHasStep().
    void showForm(const QString &text);
    /// Whether the form has a step of its own to take back (or, with false, to make again). Without one, as when what was typed has
    /// made another form of it, its changes of the text are like typed ones. Unless it is set, it always has.
    void setFormHasStep(std::function<bool(bool isUndo)> hasStep);
    /// The same when what was typed last has made room for the form's values: the two are one step of undo, that of the typist. Taking
    /// it back is told by unmending(\a mend). After anything but typing it is showForm().
    void showMended(const QString &text, int mend);
    void setDiagnostics(std::vector<Diagnostic> diagnostics);
    /// Puts the cursor there and scrolls to it; both count from 1, columns in code points.
    void jumpTo(int line, int column);
    /// The cursor's line, from 1.
    int currentLine() const;
    /// Selects the next or the former place of \a words, from the cursor on and around the end. False if there is none.
    bool find(const QString &words, bool forward, bool fromSelection = false);
    /// How often \a words stand in the text.
    int count(const QString &words) const;
    /// The problems of a line (from 1), one below the other, with their hints; empty when it has none.
    QString problemsOf(int line) const;
    /// The problem after or before the cursor, around the end; nothing without one.
    void goToProblem(bool forward);
    /// Offers the words that may stand at the cursor; \a byHand also where nothing was typed yet.
    void complete(bool byHand);
    CompletionPopup *popup() const { return m_popup; }

public slots:
    /// Only what was typed; see showForm().
    void undo() override;
    void redo() override;

signals:
    /// Undo (or redo) has come to a change that the form made, and does nothing: the form's own undo, or redo, goes on there.
    void formMet(bool isUndo, bool byUndo);
    /// The step of showMended() is taken back; edited() follows.
    void unmending(int mend);
    /// The user changed the text: typed, pasted, undid.
    void edited(const QString &text);
    void findRequested();
    void findAgainRequested(bool forward);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void insert(const QString &word);
    void replace(const QByteArray &before, const QByteArray &after, std::optional<int> token = {});
    /// Steps back or forth by \a message of Scintilla. False, with nothing changed, when there is no such step or it is not the
    /// \a form's (or, with false, not the typist's).
    bool step(unsigned message, bool form);
    void stepTyped(unsigned message);
    /// The form changes again what came in with the last step, that of showMended(): it stays one step. False if it does not.
    bool changeMend(const QByteArray &after);
    /// A line break, and the spaces with which the next line of YAML begins.
    void newLine();
    QString helpOn(const QPoint &at) const;
    void applyColours();
    void freeKeys();
    void updateFolds();
    void markProblems();
    void fitNumbers();
    long positionOf(int line, int column) const;

    YamlLexer *m_lexer = nullptr;
    CompletionPopup *m_popup = nullptr;
    double m_points = 0;        ///< size of the letters
    std::size_t m_wordFrom = 0; ///< what a chosen word replaces
    std::size_t m_wordTo = 0;
    bool m_addsColon = false;
    std::vector<Diagnostic> m_diagnostics;
    std::function<bool(bool isUndo)> m_formHasStep;
    bool m_metForm = false; ///< the last step back or forth was the form's
    struct Mend {
        QByteArray typed, joined; ///< without the form's values, and with all of them
    };
    QHash<int, Mend> m_mends;
    std::optional<int> m_metMend; ///< the last step back or forth was that of showMended()
    bool m_isTyped = false; ///< the last change was
    bool m_isOurs = false; ///< the present change is not the user's
};

} // namespace halfopen
