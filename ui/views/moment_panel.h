// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/counted_kinds.h"
#include "ui/models/moment_explainer.h"

#include <QPushButton>
#include <QWidget>

class QLabel;
class QVBoxLayout;
class QStackedWidget;

namespace halfopen {

class CopyButton;
class WindowBar;

/// The calls in a breaker's window: one mark each for a count window, one bar for each bucket of a time window.
class WindowStrip : public QWidget {
    Q_OBJECT
public:
    explicit WindowStrip(QWidget *parent = nullptr);
    void setExplanation(const Explanation &explanation, CountedKinds kinds = {});

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int columns() const;
    void fit();

    std::vector<Explanation::Mark> m_calls;
    std::vector<Explanation::Bucket> m_buckets;
};

/// What a breaker knew at one moment, and why it was not in another state yet.
class MomentPanel : public QWidget {
    Q_OBJECT
public:
    explicit MomentPanel(QWidget *parent = nullptr);

    /// Whether it stays until it is let go of, and has a button for that.
    void setPinned(bool pinned) { m_close->setVisible(pinned); }
    void showBusy(const QString &what);
    void showProblem(const QString &message);
    /// The height that what is shown takes at this width, in logical pixels.
    int heightOfContents(int width) const;
    void showMoment(const MomentPtr &shown);

signals:
    /// The user wants to know how the breaker came into its state: RunRecord::transitions[index] of the run.
    void transitionPicked(std::size_t index);
    void closed();

private:
    QLabel *addText(const QString &text);
    void addHeading(const QString &text);
    void addRules(const Explanation &explanation, Instant now);
    void addFleet(const ExplainedMoment &moment);
    void addLastChange(const ExplainedMoment &moment);
    void clear();

    QWidget *m_page = nullptr; ///< inside the scroll area
    QLabel *m_title;
    QLabel *m_where;
    WindowBar *m_bar;
    WindowStrip *m_strip;
    QVBoxLayout *m_first; ///< above the window: why not another state
    QVBoxLayout *m_more;  ///< below it
    QVBoxLayout *m_into;  ///< where addText() adds
    QPushButton *m_change;
    CopyButton *m_copy;
    QPushButton *m_close;
    std::size_t m_changeIndex = 0;
};

} // namespace halfopen
