// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/figure.h"
#include "ui/views/view.h"

#include <QPointer>

#include <cstddef>
#include <optional>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace halfopen {

class StudyChart;

/// What views of many runs have in common: controls above, a chart, and below it what the pointer is at and what can
/// be done with it. The button that begins the study is the one that cancels it.
class StudyView : public View, public FigureSource {
    Q_OBJECT
public:
    StudyChart *chart() const { return m_chart; }
    QPushButton *startButton() const { return m_start; }
    QPushButton *openButton() const { return m_open; }
    QPushButton *adoptButton() const { return m_adopt; }
    /// What stands beside the button: what would be run, or what is wrong.
    QString note() const;

    void setRecord(RecordPtr) override {} // one run says nothing here
    QString nothingToExport() const override;
    bool holdsSomething() const override;
    void letGo() override;
    /// The chart alone.
    void setFigure(bool on) override;

    /// Begins, or cancels what is under way.
    void toggle();

protected:
    explicit StudyView(QWidget *parent);

    /// Lines of controls are added here.
    QVBoxLayout *controls() const { return m_controls; }
    /// The last line: more controls can be put at its left.
    QHBoxLayout *startLine() const { return m_startLine; }
    /// Call once, last in the constructor.
    void build(const QString &startText, const QString &chartName);
    /// What stands right of them begins at the same place, however long the words of a language are.
    static void alignCaptions(const std::vector<QLabel *> &captions);
    /// \a problem in the error colour.
    void setNote(const QString &text, bool isProblem);
    /// The state of the button, of the bar and of what can be done with the selected point.
    void showState(bool canStart, std::size_t done, std::size_t total);

    virtual bool isRunning() const = 0;
    virtual void start() = 0;
    virtual void cancel() = 0;
    /// Of the point with this index.
    virtual std::shared_ptr<const Scenario> scenarioOf(std::size_t point) const = 0;
    virtual QString textOf(std::size_t point) const = 0;
    /// Its values that can be adopted: paths of the scenario.
    virtual std::vector<Override> settingsOf(std::size_t point) const = 0;
    /// What the button that adopts does, for its tool tip.
    virtual QString whatIsAdopted() const;

private:
    void showTold();
    void open(std::size_t point);
    void adopt();
    void tint();
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

    QVBoxLayout *m_controls = nullptr;
    QHBoxLayout *m_startLine = nullptr;
    QPushButton *m_start = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_note = nullptr;
    StudyChart *m_chart = nullptr;
    QLabel *m_detail = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_adopt = nullptr;
    QString m_startText;
    bool m_noteIsProblem = false;
    std::vector<QPointer<QWidget>> m_hidden; ///< while a figure is drawn
};

} // namespace halfopen
