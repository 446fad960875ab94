// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "ui/scenario/scenario_draft.h"

#include <QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;

namespace halfopen {

class TextEditor;

/// The scenario as text: the editor, a line to find words, what is wrong with the text, and whether it is in effect.
class TextPanel : public QWidget {
    Q_OBJECT
public:
    /// \a draft must outlive the panel.
    explicit TextPanel(ScenarioDraft *draft, QWidget *parent = nullptr);

    TextEditor *editor() const { return m_editor; }
    QListWidget *problemList() const { return m_problems; }
    QLineEdit *findLine() const { return m_find; }
    /// What the line below the text says.
    QString status() const;
    /// What reading the text last has led to: "acts from now on", say. Shown until it changes again.
    void setOutcome(const QString &outcome);

    /// When the run was kept whose text this is, if that is not what its file holds; empty = it is the file's.
    void setOrigin(const QString &origin);
    /// What was changed in the form and waits for a text that can be read, "Max attempts 3"; empty = nothing.
    void setOverdue(const QString &settings);

public slots:
    void showFind();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildFind();
    QWidget *buildProblems();
    void tellProblem(QPoint at);
    void showDraft();
    void showProblems();
    void showStatus();
    void findNext(bool forward, bool fromSelection = false);

    ScenarioDraft *m_draft;
    QString m_formMet; ///< until the next status: undo in the text has come to a change of the form
    QString m_outcome;
    QString m_origin;
    QString m_overdue;
    TextEditor *m_editor = nullptr;
    QWidget *m_findBar = nullptr;
    QLineEdit *m_find = nullptr;
    QLabel *m_findCount = nullptr;
    QWidget *m_problemArea = nullptr;
    QLabel *m_problemTitle = nullptr;
    QListWidget *m_problems = nullptr;
    QLabel *m_status = nullptr;
};

} // namespace halfopen
