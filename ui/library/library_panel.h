// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/library/run_list_model.h"

#include <QWidget>

#include <optional>

class QAction;
class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace halfopen {

/// The run library: a list to search, notes and tags to write, and what can be done with the runs chosen.
class LibraryPanel : public QWidget {
    Q_OBJECT
public:
    explicit LibraryPanel(RunLibrary *library, QWidget *parent = nullptr);

    QListView *list() const { return m_list; }
    QLineEdit *search() const { return m_search; }
    QLineEdit *tags() const { return m_tags; }
    QPlainTextEdit *notes() const { return m_notes; }
    /// Shows figures, tags and notes below the list, or gives their room to it. Nothing: where the panel is high enough for both.
    QToolButton *detailsButton() const { return m_detailsButton; }
    void setDetailsShown(std::optional<bool> shown);
    /// In the order of the list.
    std::vector<qint64> selected() const;
    void select(const std::vector<qint64> &ids);
    /// There is a run on screen that one of the library can be compared with.
    void setHasRun(bool hasRun);
    /// Brings back what was deleted last; nothing happens when there is nothing.
    void undoDelete();
    /// "Undo delete of 3 runs", of what undoDelete() would bring back.
    QString undoDeleteText() const;

signals:
    void openRequested(qint64 id);
    /// Runs of the library against each other, the newest first; at least two.
    void compareRequested(const std::vector<qint64> &ids);
    /// A run of the library against the one on screen.
    void compareWithPresentRequested(qint64 id);
    /// The user deleted these; undoDelete() brings them back.
    void removed(const std::vector<qint64> &ids);
    /// By undoDelete().
    void broughtBack();
    void untaggedMaxChosen(int count);
    /// By the user; to be remembered.
    void detailsChosen(bool shown);
    /// The button of the empty state.
    void runRequested();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildList();
    QWidget *buildMessagePage();
    QWidget *buildDetails();
    QWidget *buildButtons();
    void addListActions();
    void fillMenu(QMenu *menu);
    void showDetails();
    void chooseDetails(bool shown);
    void writeNotes();
    void showState();
    void showSelection();
    void keepInSight();
    /// The details have room for any run's figures: when another is chosen, no row moves under the pointer.
    void fitDetails();
    void openSelected();
    void compareSelected();
    void removeSelected();

    RunLibrary *m_library;
    RunListModel *m_model;
    RunFilterModel *m_filter;
    QLineEdit *m_search = nullptr;
    QStackedWidget *m_pages = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_sentence = nullptr;
    QPushButton *m_sentenceButton = nullptr;
    QWidget *m_details = nullptr;
    QToolButton *m_detailsButton = nullptr;
    std::optional<bool> m_detailsChosen; ///< by the user, else by the height
    QLabel *m_figures = nullptr;
    QLineEdit *m_tags = nullptr;
    QPlainTextEdit *m_notes = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_compare = nullptr;
    QPushButton *m_remove = nullptr;
    QAction *m_doOpen = nullptr; ///< of the list's menu
    QAction *m_doCompare = nullptr;
    QAction *m_doNote = nullptr;
    QAction *m_doRemove = nullptr;
    QAction *m_doUndoDelete = nullptr;
    qint64 m_shown = 0; ///< whose notes and tags stand in the fields; 0 = none
    bool m_hasRun = false;
    bool m_wasInSight = false; ///< the chosen run, before the list changed
};

} // namespace halfopen
