// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/help_library.h"

#include <QHash>
#include <QString>
#include <QWidget>

#include <future>
#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QSplitter;
class QTextBrowser;
class QToolButton;
class QUrl;

namespace halfopen {

/// The help: a page with links, the topics and a search over all of them, and the way back through what was read.
class HelpPanel : public QWidget {
    Q_OBJECT
public:
    /// \a language of the pages: "en", "de".
    explicit HelpPanel(const QString &language, QWidget *parent = nullptr);
    ~HelpPanel() override;

    /// Shows the page of a place, as HelpPlace::text() has it; empty = the list of all topics. False if there is no such place.
    bool showPlace(const QString &place);
    /// What is shown.
    QString place() const;
    void goBack();
    void goForward();
    /// The list of topics, with the cursor in the search field.
    void startSearch();
    /// All pages; waits for them while they are still read.
    const HelpLibrary &library() const;
    /// Whether all pages have been read: that is done behind the window soon after it is made, so that nobody waits for it.
    bool hasRead() const;

    QTextBrowser *page() const { return m_page; }
    QLineEdit *searchLine() const { return m_search; }
    QListWidget *list() const { return m_list; }

    /// Whether the topics are shown, and how high, for a saved layout.
    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);

signals:
    /// A link to a scenario of the lab was followed: "patterns/hedge_cuts_the_tail".
    void scenarioRequested(const QString &name);
    /// Escape: the user has read it.
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Visit {
        HelpPlace place;
        int scrolled = 0;
    };
    QWidget *buildHead();
    void buildPage();
    void buildTopics();
    void fillTopics();
    void showTopics();
    void visit(const HelpPlace &place, bool replaces);
    void render(int scrolled);
    void goTo(const QString &at);
    void fitWidth();
    void follow(const QUrl &link);
    void markWords();
    void showCurrent();
    int pageWidth() const;

    QString m_language;
    mutable std::unique_ptr<HelpLibrary> m_library; ///< made in about 5 ms
    mutable std::future<std::unique_ptr<HelpLibrary>> m_reading; ///< valid while another thread makes it
    QToolButton *m_back = nullptr;
    QToolButton *m_forward = nullptr;
    QToolButton *m_topics = nullptr; ///< shows or hides the list
    QLineEdit *m_search = nullptr;
    QSplitter *m_splitter = nullptr;
    QWidget *m_side = nullptr; ///< the list, or why it is empty
    QListWidget *m_list = nullptr;
    QLabel *m_nothing = nullptr;
    QTextBrowser *m_page = nullptr;
    std::vector<Visit> m_visits;
    int m_at = -1;           ///< in m_visits
    QHash<QString, int> m_places; ///< of the page that is shown
    int m_renderedWidth = 0;
    int m_placedAt = 0;         ///< how far the page is scrolled when nobody has scrolled it since; -1 = it is the reader's own place
    QString m_wentTo;           ///< the place on the page that it was put at last
    bool m_isStale = true;      ///< to be drawn anew when it is shown next
    bool m_isFilling = false;   ///< the list changes by itself
    bool m_isBrowsing = false;  ///< what is shown was only looked at in the list
};

} // namespace halfopen
