// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_panel.h"

#include "ui/format.h"
#include "simulators/study/measured.h"
#include "ui/models/measured_text.h"
#include "ui/models/schema_text.h"
#include "ui/models/text_change.h"
#include "ui/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequence>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <string_view>
#include <tuple>

namespace halfopen {

namespace {

constexpr std::chrono::milliseconds kReadingPace{250};
constexpr int kSeedsDefault = 10;
constexpr int kSeedsMax = 1000;
constexpr QKeyCombination kTickAll = Qt::CTRL | Qt::Key_A;
constexpr QKeyCombination kTickNone = Qt::CTRL | Qt::SHIFT | Qt::Key_A;

/// "a", "a, b": variants, as they are listed.
QString listOf(const std::vector<std::string> &names)
{
    QStringList all;
    for (const std::string &name : names)
        all += QString::fromStdString(name);
    return all.join(QStringLiteral(", "));
}

/// Long names may be broken into lines behind the joints of a path, numbers never.
class BreakingDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QString displayText(const QVariant &value, const QLocale &locale) const override
    {
        static const QRegularExpression joints(QStringLiteral("(?<=[A-Za-z_0-9])([._])(?=[A-Za-z_])"));
        return QStyledItemDelegate::displayText(value, locale).replace(joints, QStringLiteral("\\1\u200b"));
    }
};

/// What a column counts; empty for those that say it in their title.
QString meaningOf(const report::ComparedFigure &figure)
{
    const std::string_view key = figure.key;
    if (key == "time_to_detect_s")
        return ComparePanel::tr("From the beginning of a disturbance to the first breaker that opens: the mean of all disturbances");
    if (key == "time_to_recover_s")
        return ComparePanel::tr("From the end of a disturbance until goodput stays above 95 % of the usual: the worst of all disturbances");
    return {};
}

/// Why there is no number, where something was wrong that it could be of.
QString whyNothing(const report::ComparedFigure &figure)
{
    const std::string_view key = figure.key;
    if (key == "time_to_detect_s")
        return ComparePanel::tr("No breaker opened before the next disturbance or the end of the run.");
    if (key == "time_to_recover_s")
        return ComparePanel::tr("Goodput did not come back before the next disturbance or the end of the run.");
    return ComparePanel::tr("There was nothing to measure.");
}

} // namespace

ComparePanel::ComparePanel(std::function<std::shared_ptr<const Scenario>()> present, QWidget *parent)
    : QWidget(parent), m_present(std::move(present))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::gap(), Theme::px(4), Theme::gap(), Theme::px(4));
    layout->setSpacing(Theme::padding());
    layout->addWidget(buildControls());
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_figures = buildTable(tr("Figures of the variants"));
    m_differences = buildTable(tr("What differs in the scenarios"));
    m_differences->verticalHeader()->hide();
    m_differences->setItemDelegate(new BreakingDelegate(m_differences));
    m_differences->setTextElideMode(Qt::ElideNone); // long ones are broken into lines: no number loses its digits
    m_tabs->addTab(buildFigures(), tr("Figures"));
    m_tabs->addTab(buildCharts(), tr("Over time"));
    m_tabs->addTab(m_differences, tr("What differs"));
    m_results = new QStackedWidget;
    auto *empty = new QLabel(tr("Tick what is to be compared and press Compare: all of it runs under the same seeds, and the figures, "
                                "how they differ from the first, and what makes them differ stand here as they come."));
    empty->setWordWrap(true);
    empty->setAlignment(Qt::AlignCenter);
    empty->setForegroundRole(QPalette::PlaceholderText);
    empty->setMargin(Theme::padding());
    m_results->addWidget(empty);
    m_results->addWidget(m_tabs);
    layout->addWidget(m_results, 1);
    m_pace.setSingleShot(true);
    m_pace.setInterval(kReadingPace);
    connect(&m_pace, &QTimer::timeout, this, &ComparePanel::fill);
    connect(&m_runner, &ComparisonRunner::progressed, this, [this] {
        showProgress();
        if (!m_runner.isBusy())
            fill();
        else if (!m_pace.isActive())
            m_pace.start();
    });
    showProgress();
}

QWidget *ComparePanel::buildControls()
{
    auto *controls = new QWidget;
    controls->setFixedWidth(Theme::px(190));
    auto *layout = new QVBoxLayout(controls);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(4));
    m_source = new QComboBox;
    m_source->setAccessibleName(tr("What is compared"));
    m_source->addItems({tr("Dialects of the breaker"), tr("Orders of the policies"), tr("Kept runs")});
    connect(m_source, &QComboBox::currentIndexChanged, this, &ComparePanel::fillList);
    layout->addWidget(m_source);
    m_all = new QCheckBox;
    m_all->setFont(Theme::axisFont());
    m_all->setToolTip(tr("Ticks all of them, or none (%1, %2 in the list)")
                          .arg(QKeySequence(kTickAll).toString(QKeySequence::NativeText), QKeySequence(kTickNone).toString(QKeySequence::NativeText)));
    // Some of them are ticked by hand in the list only: pressing it means all, or none if all are.
    connect(m_all, &QCheckBox::clicked, this, [this] { tickAll(m_ticked < m_tickable); });
    layout->addWidget(m_all);
    layout->addWidget(buildList(), 1);
    m_note = new QLabel;
    m_note->setWordWrap(true);
    m_note->setFont(Theme::axisFont());
    m_note->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_note);
    m_note->hide();
    auto *row = new QHBoxLayout;
    m_seeds = new QSpinBox;
    m_seeds->setRange(1, kSeedsMax);
    m_seeds->setValue(kSeedsDefault);
    m_seeds->setSuffix(tr(" seeds"));
    m_seeds->setAccessibleName(tr("Seeds for each variant"));
    m_seeds->setToolTip(tr("Every variant meets the same chance under each seed, so that their difference is theirs alone"));
    row->addWidget(m_seeds);
    m_run = new QPushButton(tr("Compare"));
    m_run->setAutoDefault(false);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_runner.isBusy())
            stop();
        else
            run();
    });
    row->addWidget(m_run, 1);
    layout->addLayout(row);
    m_progress = new QProgressBar;
    m_progress->setAccessibleName(tr("Runs done"));
    m_progress->setFixedHeight(Theme::px(8));
    m_progress->setTextVisible(false);
    layout->addWidget(m_progress);
    showTicks(); // of an empty list: nothing to tick
    return controls;
}

QListWidget *ComparePanel::buildList()
{
    m_list = new QListWidget;
    m_list->setAccessibleName(tr("Variants; the first is what the others are compared with"));
    m_list->setFont(Theme::axisFont());
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (const auto &[text, keys, on] : {std::tuple(tr("Tick all"), kTickAll, true), std::tuple(tr("Tick none"), kTickNone, false)}) {
        auto *action = new QAction(text, m_list);
        action->setShortcut(QKeySequence(keys));
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setShortcutVisibleInContextMenu(true);
        m_list->addAction(action);
        connect(action, &QAction::triggered, this, [this, on = on] { tickAll(on); });
    }
    connect(m_list, &QListWidget::itemChanged, this, &ComparePanel::showTicks);
    return m_list;
}

void ComparePanel::tickAll(bool on)
{
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->flags() & Qt::ItemIsUserCheckable)
            m_list->item(i)->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    showTicks();
}

void ComparePanel::showTicks()
{
    m_ticked = m_tickable = 0;
    for (int i = 0; i < m_list->count(); ++i) {
        m_tickable += m_list->item(i)->flags() & Qt::ItemIsUserCheckable ? 1 : 0;
        m_ticked += m_list->item(i)->checkState() == Qt::Checked ? 1 : 0;
    }
    m_all->setCheckState(m_ticked == 0 ? Qt::Unchecked : m_ticked == m_tickable ? Qt::Checked : Qt::PartiallyChecked);
    m_all->setText(tr("All (%1 of %2)").arg(m_ticked).arg(m_tickable));
    m_all->setVisible(m_tickable > 1);
    showNote();
}

QWidget *ComparePanel::buildFigures()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(2));
    layout->addWidget(m_figures, 1);
    m_figuresNote = new QLabel;
    m_figuresNote->setWordWrap(true);
    m_figuresNote->setFont(Theme::axisFont());
    m_figuresNote->setForegroundRole(QPalette::PlaceholderText);
    m_figuresNote->hide();
    layout->addWidget(m_figuresNote);
    return page;
}

QWidget *ComparePanel::buildCharts()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, Theme::px(4), 0, 0);
    layout->setSpacing(Theme::px(4));
    auto *row = new QHBoxLayout;
    auto *measure = new QComboBox;
    measure->setAccessibleName(tr("What is drawn"));
    measure->addItems({tr("Good calls per second"), tr("p99 of all calls")});
    row->addWidget(measure);
    auto *sideBySide = new QCheckBox(tr("Side by side, same axes"));
    row->addWidget(sideBySide);
    row->addStretch();
    layout->addLayout(row);
    m_chart = new VariantsChart;
    layout->addWidget(m_chart, 1);
    connect(measure, &QComboBox::currentIndexChanged, m_chart,
            [this](int index) { m_chart->setMeasure(index == 0 ? VariantsChart::Measure::Good : VariantsChart::Measure::P99); });
    connect(sideBySide, &QCheckBox::toggled, m_chart, &VariantsChart::setSideBySide);
    return page;
}

QTableWidget *ComparePanel::buildTable(const QString &name)
{
    auto *table = new QTableWidget;
    table->setAccessibleName(name);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false); // arrows go through it; Tab leaves it
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setFont(Theme::axisFont());
    table->setFrameShape(QFrame::NoFrame);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->setFont(Theme::axisFont());
    table->horizontalHeader()->setFont(Theme::axisFont());
    return table;
}

void ComparePanel::setSource(Source source)
{
    m_source->setCurrentIndex(static_cast<int>(source));
}

void ComparePanel::offerDialect(const QString &dialect)
{
    setSource(Source::Dialects);
    fillList();
    tickAll(true);
    const QList<QListWidgetItem *> found = m_list->findItems(dialect, Qt::MatchExactly);
    if (found.isEmpty())
        return;
    m_list->setCurrentItem(found.front());
    if (!(found.front()->flags() & Qt::ItemIsUserCheckable))
        return; // its tool tip says why
    for (int i = 1; i < m_list->count(); ++i)
        if (QListWidgetItem *item = m_list->item(i); item != found.front() && item->checkState() == Qt::Checked)
            item->setCheckState(Qt::Unchecked);
    showTicks();
}

void ComparePanel::takeScenario()
{
    if (!m_areResultsKept) {
        m_runner.cancel();
        m_pace.stop();
        m_results->setCurrentIndex(0);
        m_stopped.clear();
        m_compared.reset();
        showProgress();
    }
    renew();
}

void ComparePanel::renew()
{
    m_isListOld = true;
    if (isVisible())
        fillList();
}

void ComparePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isListOld)
        fillList();
    else
        showNote();
}

void ComparePanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_figures)
        fill();
}

Variants ComparePanel::listed() const
{
    const auto source = static_cast<Source>(m_source->currentIndex());
    if (source == Source::Kept)
        return m_kept;
    const std::shared_ptr<const Scenario> scenario = m_present();
    if (!scenario)
        return {};
    return source == Source::Dialects ? dialectVariants(scenario) : orderedVariants(scenario);
}

void ComparePanel::fillList()
{
    m_isListOld = false;
    QStringList unticked; // of the same list as it was: a changed setting is no reason to tick it again
    for (int i = 0; m_listedSource == m_source->currentIndex() && i < m_list->count(); ++i) {
        if ((m_list->item(i)->flags() & Qt::ItemIsUserCheckable) && m_list->item(i)->checkState() == Qt::Unchecked)
            unticked += m_list->item(i)->text();
    }
    m_listedSource = m_source->currentIndex();
    m_variants = listed();
    const QSignalBlocker blocker(m_list); // told once
    m_list->clear();
    for (const Variant &variant : m_variants) {
        auto *item = new QListWidgetItem(variant.name, m_list);
        item->setToolTip(variant.problem.isEmpty() ? variant.name : variant.problem);
        item->setFlags(variant.scenario ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable : Qt::NoItemFlags);
        item->setCheckState(variant.scenario && !unticked.contains(variant.name) ? Qt::Checked : Qt::Unchecked);
    }
    showTicks();
    m_run->setEnabled(m_runner.isBusy() || runnable() >= 2);
}

std::size_t ComparePanel::runnable() const
{
    return static_cast<std::size_t>(
        std::count_if(m_variants.begin(), m_variants.end(), [](const Variant &variant) { return variant.scenario != nullptr; }));
}

/// Why nothing can be compared, or else what there is to know of the figures that are there.
void ComparePanel::showNote()
{
    const auto source = static_cast<Source>(m_source->currentIndex());
    const bool isAnyProblem = runnable() < m_variants.size();
    QStringList notes;
    if (m_listedSource >= 0) { // else nothing is listed yet
        if (source == Source::Kept && m_isReading)
            notes += tr("Reading the runs…");
        else if (source == Source::Kept && m_kept.empty())
            notes += tr("Choose two or more runs in the run library and press Compare there.");
        else if (!m_present() && source != Source::Kept)
            notes += tr("Open a scenario to compare variants of it.");
        else if (runnable() < 2)
            notes += isAnyProblem ? m_variants.back().problem : tr("There is nothing else to compare it with.");
        else if (m_wantsTicks && m_ticked < 2)
            notes += tr("Tick at least two variants.");
        if (source == Source::Kept)
            notes += otherScenariosText();
    }
    m_wantsTicks = m_wantsTicks && m_ticked < 2;
    notes += m_stopped;
    notes += ageText();
    notes.removeAll(QString());
    m_note->setText(notes.join(QLatin1Char('\n')));
    m_note->setVisible(!notes.isEmpty());
}

/// That kept runs are of more than one scenario, or nothing.
QString ComparePanel::otherScenariosText() const
{
    QStringList names;
    for (const Variant &variant : m_variants) {
        const QString name = variant.scenario ? QString::fromStdString(variant.scenario->name) : QString();
        if (variant.scenario && !names.contains(name))
            names += name;
    }
    return names.size() < 2 ? QString()
                            : tr("These runs are of different scenarios: %1.").arg(names.join(QStringLiteral(", ")));
}

/// That the figures are of settings that are no longer those of the scenario; of kept runs they are for ever.
QString ComparePanel::ageText() const
{
    if (m_areResultsKept || !m_compared || m_runner.comparison().variants.empty())
        return {};
    const std::shared_ptr<const Scenario> now = m_present();
    return now && !differOnlyIn(*m_compared, *now) ? tr("The scenario has changed since this comparison.") : QString();
}

void ComparePanel::tellAge()
{
    if (isVisible() && m_compared) // else when it is shown
        showNote();
}

Variants ComparePanel::chosen() const
{
    Variants variants;
    for (int i = 0; i < m_list->count() && i < static_cast<int>(m_variants.size()); ++i)
        if (m_list->item(i)->checkState() == Qt::Checked)
            variants.push_back(m_variants[static_cast<std::size_t>(i)]);
    return variants;
}

void ComparePanel::compareKept(const std::vector<RunSource> &sources, bool runNow)
{
    m_isReading = true;
    m_kept.clear(); // those of before are not what is asked for
    setSource(Source::Kept);
    fillList();
    // Texts, and the recordings that they name: none of that is for the thread that draws.
    m_readers.start([this, sources, runNow, job = ++m_reading] {
        const auto kept = std::make_shared<const Variants>(keptVariants(sources));
        QMetaObject::invokeMethod(
            this,
            [this, kept, runNow, job] {
                if (job != m_reading)
                    return; // others were chosen since
                m_isReading = false;
                m_kept = *kept;
                if (static_cast<Source>(m_source->currentIndex()) != Source::Kept)
                    return; // something else was chosen meanwhile; they are listed once they are looked for
                m_listedSource = -1;
                fillList();
                if (runNow)
                    run();
            },
            Qt::QueuedConnection);
    });
}

void ComparePanel::run()
{
    // With the settings as they are now; what is ticked stays ticked.
    if (Variants now = listed(); now.size() == m_variants.size())
        m_variants = std::move(now);
    else
        fillList();
    const Variants variants = chosen();
    if (variants.size() < 2) {
        m_wantsTicks = true;
        showNote();
        return;
    }
    m_stopped.clear();
    m_compared = m_present();
    m_areResultsKept = static_cast<Source>(m_source->currentIndex()) == Source::Kept;
    m_results->setCurrentWidget(m_tabs);
    m_firsts.clear();
    m_runner.start(variants, variants.front().scenario->seed, m_seeds->value());
    showNote();
    fillDifferences();
}

void ComparePanel::stop()
{
    m_runner.cancel();
    m_stopped = tr("Stopped after %1 of %2 runs: the figures are of those.").arg(m_runner.done()).arg(m_runner.total());
    showProgress();
    fillList();
    fill(); // all that there is: some results may still wait for their turn
}

void ComparePanel::showProgress()
{
    const bool isBusy = m_runner.isBusy();
    m_run->setText(isBusy ? tr("Stop") : tr("Compare"));
    m_progress->setVisible(isBusy);
    m_progress->setRange(0, std::max(1, m_runner.total()));
    m_progress->setValue(m_runner.done());
    m_progress->setToolTip(tr("%1 of %2 runs").arg(m_runner.done()).arg(m_runner.total()));
}

void ComparePanel::fill()
{
    fillFigures();
    fillChart();
}

void ComparePanel::fillFigures()
{
    const report::Comparison &comparison = m_runner.comparison();
    const auto all = report::comparedFigures();
    m_figures->setRowCount(static_cast<int>(comparison.variants.size()));
    m_figures->setColumnCount(static_cast<int>(all.size()));
    for (std::size_t f = 0; f < all.size(); ++f) {
        auto *head = new QTableWidgetItem(schemaText(std::string_view(all[f].title)));
        head->setToolTip(meaningOf(all[f]).isEmpty() ? head->text() : head->text() + QStringLiteral(": ") + meaningOf(all[f]));
        m_figures->setHorizontalHeaderItem(static_cast<int>(f), head);
    }
    for (std::size_t v = 0; v < comparison.variants.size(); ++v) {
        auto *head = new QTableWidgetItem(QString::fromStdString(comparison.variants[v].name));
        if (!comparison.variants[v].problem.empty())
            head->setToolTip(QString::fromStdString(comparison.variants[v].problem));
        m_figures->setVerticalHeaderItem(static_cast<int>(v), head);
        for (std::size_t f = 0; f < all.size(); ++f)
            fillFigureCell(static_cast<int>(v), static_cast<int>(f), v, f);
    }
    m_figures->resizeColumnsToContents();
    m_figures->resizeRowsToContents();
    const QString note = noteOfFigures();
    m_figuresNote->setText(note);
    m_figuresNote->setVisible(!note.isEmpty());
}

/// Why times are missing, and how well those that are there are known.
QString ComparePanel::noteOfFigures() const
{
    const report::Comparison &comparison = m_runner.comparison();
    const report::Undisturbed nothing = report::undisturbed(comparison);
    const auto isAll = [&](const std::vector<std::string> &names) { return names.size() == comparison.variants.size(); };
    QStringList notes;
    if (!nothing.withoutFault.empty())
        notes += isAll(nothing.withoutFault)
            ? tr("No fault is declared, so there is nothing to detect or to recover from: what goes wrong lies in the world or in its recording.")
            : tr("In %1 no fault is declared, so there is nothing to detect or to recover from.").arg(listOf(nothing.withoutFault));
    if (!nothing.faultTooLate.empty())
        notes += isAll(nothing.faultTooLate)
            ? tr("No fault begins before the end of the run, so there is nothing to detect or to recover from.")
            : tr("In %1 no fault begins before the end of the run, so there is nothing to detect or to recover from.")
                  .arg(listOf(nothing.faultTooLate));
    if (const Duration step = report::recoveryStep(comparison); step > Duration(0) && comparison.variants.size() > 1)
        notes += tr("Times to recover are known to %1: what differs by less does not differ.")
                     .arg(formatDuration(report::knownTo(step)));
    return notes.join(QLatin1Char(' '));
}

/// The mean with its interval; below it the paired difference to the first variant, in colour and in words only when it is clear by
/// the rule of `halfopen compare`.
void ComparePanel::fillFigureCell(int row, int column, std::size_t variant, std::size_t figure)
{
    const Theme &theme = Theme::of(this);
    const report::Comparison &comparison = m_runner.comparison();
    const report::ComparedFigure &kind = report::comparedFigures()[figure];
    const report::ComparedVariant &own = comparison.variants[variant];
    const report::Estimate value = report::figureOf(own, figure);
    QString text = measuredText(report::toldFigure(comparison, kind, value));
    QColor colour = theme.text;
    if (variant > 0) {
        const report::Estimate difference = report::differenceOf(own, comparison.variants.front(), figure);
        if (difference.count > 0) {
            text += QLatin1Char('\n') + measuredText(report::toldDifference(comparison, kind, difference), true);
            const Better wanted = betterOf(kind);
            const bool isClear = report::isClearDifference(comparison, kind, difference);
            if (isClear && wanted != Better::None) {
                const bool isBetter = (difference.mean > 0) == (wanted == Better::More);
                text += QStringLiteral(", ") + (isBetter ? tr("better") : tr("worse"));
                colour = isBetter ? theme.success : theme.error;
            } else if (!isClear) {
                colour = theme.secondary;
            }
        }
    }
    auto *item = m_figures->item(row, column);
    if (!item) {
        item = new QTableWidgetItem;
        m_figures->setItem(row, column, item);
    }
    item->setText(text);
    item->setForeground(colour);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    const bool isRun = std::any_of(own.figures.begin(), own.figures.end(), [](const auto &seed) { return !seed.empty(); });
    const bool isDisturbed = !own.firstDisturbances.empty();
    QString meaning;
    if (value.count > 0)
        meaning = tr("Mean and 95 % confidence interval over %1 seeds; below, the difference to \u201c%2\u201d seed by seed")
                      .arg(value.count)
                      .arg(QString::fromStdString(comparison.variants.front().name));
    else if (isRun)
        meaning = isDisturbed || meaningOf(kind).isEmpty() ? whyNothing(kind)
                                                           : tr("Nothing was disturbed, so there is nothing to count from.");
    // A column may be cut at the edge of the table.
    const QString whole = QStringLiteral("%1: %2").arg(schemaText(std::string_view(kind.title)), text);
    item->setToolTip(meaning.isEmpty() ? QString() : whole + QLatin1Char('\n') + meaning);
}

void ComparePanel::fillChart()
{
    const std::vector<report::ComparedVariant> &variants = m_runner.comparison().variants;
    bool isNew = m_firsts.size() != variants.size();
    m_firsts.resize(variants.size());
    std::vector<VariantsChart::Run> runs;
    for (std::size_t v = 0; v < variants.size(); ++v) {
        if (!m_firsts[v] && variants[v].first) {
            m_firsts[v] = std::make_shared<const RunRecord>(*variants[v].first);
            isNew = true;
        }
        runs.push_back({QString::fromStdString(variants[v].name), m_firsts[v]});
    }
    if (isNew)
        m_chart->setRuns(runs);
}

void ComparePanel::fillDifferences()
{
    const Variants &variants = m_runner.variants();
    const std::vector<DifferenceRow> rows = differencesOf(variants);
    m_differences->setRowCount(static_cast<int>(rows.size()));
    m_differences->setColumnCount(static_cast<int>(variants.size()) + 1);
    m_differences->setHorizontalHeaderItem(0, new QTableWidgetItem(tr("setting")));
    for (std::size_t v = 0; v < variants.size(); ++v) {
        auto *head = new QTableWidgetItem(variants[v].name);
        QStringList notes;
        for (const CarriedSetting &one : variants[v].carried)
            notes += QString::fromStdString(one.meaning + " \u2192 " + (one.isCarried() ? one.setting : std::string("\u2013"))
                                            + (one.note.empty() ? "" : " (" + one.note + ")"));
        head->setToolTip(notes.join(QLatin1Char('\n')));
        m_differences->setHorizontalHeaderItem(static_cast<int>(v) + 1, head);
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        QStringList texts{rows[r].what};
        texts += rows[r].values;
        for (int column = 0; column < texts.size(); ++column) {
            auto *item = new QTableWidgetItem(texts[column]);
            m_differences->setItem(static_cast<int>(r), column, item);
        }
    }
    m_differences->resizeColumnsToContents();
    for (int column = 0; column < m_differences->columnCount(); ++column)
        m_differences->setColumnWidth(column, std::min(m_differences->columnWidth(column), Theme::px(column == 0 ? 320 : 220)));
    m_differences->resizeRowsToContents(); // broken into lines where that is narrower than the text
}

} // namespace halfopen
