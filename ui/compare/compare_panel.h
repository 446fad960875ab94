// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/comparison_runner.h"
#include "ui/compare/variants_chart.h"

#include <QThreadPool>
#include <QTimer>
#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTableWidget;
class QStackedWidget;
class QTabWidget;

namespace halfopen {

/// Compares variants of a scenario, or kept runs, over many seeds: figures with confidence intervals and paired
/// differences, the runs of the first seed over time, and what differs in the scenarios.
class ComparePanel : public QWidget {
    Q_OBJECT
public:
    /// \a present gives the scenario that is open, with its settings as they are tuned now, or null.
    explicit ComparePanel(std::function<std::shared_ptr<const Scenario>()> present, QWidget *parent = nullptr);

    enum class Source { Dialects, Orders, Kept };
    void setSource(Source source);
    /// Lists the dialects and ticks \a dialect alone, beside the scenario as it is; all of them where it cannot be compared.
    void offerDialect(const QString &dialect);
    /// Lists kept runs once their texts are read, the first is what the others are compared with; then runs them if
    /// \a runNow. Who chooses another source meanwhile stays there.
    void compareKept(const std::vector<RunSource> &sources, bool runNow);
    /// Whether the runs that compareKept() was given are still being read.
    bool isReading() const { return m_isReading; }
    /// What can be compared is listed anew: a setting was changed.
    void renew();
    /// A setting was changed: are the figures still those of the scenario? The note says so.
    void tellAge();
    /// Another scenario is open, or none: the figures of variants of the one before go, those of kept runs stay.
    void takeScenario();
    /// Ends the runs under way; what they found stays, and is called partial.
    void stop();

    QListWidget *variantList() const { return m_list; }
    /// Above the list: whether all, some or none are ticked; pressed, it ticks all, or none if all are.
    QCheckBox *allTick() const { return m_all; }
    QSpinBox *seeds() const { return m_seeds; }
    QPushButton *runButton() const { return m_run; }
    QTableWidget *figures() const { return m_figures; }
    /// Above the buttons: what is in the way, or what is to be known of the figures.
    QLabel *note() const { return m_note; }
    QLabel *figuresNote() const { return m_figuresNote; }
    /// Every cell to be read in full: long texts are broken into lines.
    QTableWidget *differences() const { return m_differences; }
    VariantsChart *chart() const { return m_chart; }
    const ComparisonRunner &runner() const { return m_runner; }

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildControls();
    QWidget *buildCharts();
    QWidget *buildFigures();
    QTableWidget *buildTable(const QString &name);
    void fillList();
    QListWidget *buildList();
    void tickAll(bool on);
    void showTicks();
    void showNote();
    QString ageText() const;
    QString otherScenariosText() const;
    /// How many of the list have a scenario to run.
    std::size_t runnable() const;
    void run();
    void showProgress();
    void fill();
    void fillFigures();
    QString noteOfFigures() const;
    void fillFigureCell(int row, int column, std::size_t variant, std::size_t figure);
    void fillDifferences();
    void fillChart();
    Variants listed() const;
    Variants chosen() const;

    std::function<std::shared_ptr<const Scenario>()> m_present;
    Variants m_variants; ///< as listed
    Variants m_kept;
    std::vector<RecordPtr> m_firsts; ///< the runs of the first seed, by variant; null = not there yet
    int m_ticked = 0;   ///< of the list
    int m_tickable = 0;
    bool m_isListOld = true;
    int m_listedSource = -1; ///< that the list is of
    bool m_areResultsKept = false; ///< the figures are of kept runs
    std::shared_ptr<const Scenario> m_compared; ///< what the figures are of variants of; null: none yet
    bool m_wantsTicks = false; ///< too few were ticked when they were to be compared
    bool m_isReading = false;  ///< the texts of kept runs
    QString m_stopped;             ///< how far the runs came before they were stopped, or empty
    QComboBox *m_source = nullptr;
    QCheckBox *m_all = nullptr;
    QListWidget *m_list = nullptr;
    QSpinBox *m_seeds = nullptr;
    QPushButton *m_run = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_note = nullptr;
    QStackedWidget *m_results = nullptr; ///< the empty state, or m_tabs
    QTabWidget *m_tabs = nullptr;
    QTableWidget *m_figures = nullptr;
    QLabel *m_figuresNote = nullptr; ///< below them
    QTableWidget *m_differences = nullptr;
    VariantsChart *m_chart = nullptr;
    ComparisonRunner m_runner;
    QTimer m_pace; ///< results come faster than they can be read
    quint64 m_reading = 0; ///< of compareKept(); an older one is dropped
    QThreadPool m_readers; ///< last: waits for its work before anything else goes
};

} // namespace halfopen
