// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/breaker_view.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/moment_explainer.h"
#include "ui/models/record_csv.h"
#include "ui/models/record_slices.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/key_strip.h"
#include "ui/views/moment_panel.h"
#include "ui/views/plot_view.h"
#include "ui/views/transition_panel.h"

#include <QKeyEvent>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace halfopen {

namespace {

/// A cursor that rests this long asks a question.
constexpr std::chrono::milliseconds kRest{350};
/// The way from the chart to the answer beside it takes no longer: then the answer is gone with the pointer.
constexpr std::chrono::milliseconds kGoneAfter{200};
/// An answer that comes sooner shows nothing on its way.
constexpr std::chrono::milliseconds kBusyShownAfter{200};

class BreakerView : public PlotView {
    Q_OBJECT
public:
    BreakerView(TimeAxisModel *axisModel, QWidget *parent)
        : PlotView(axisModel, parent), m_chart(new BreakerChart(axisModel)), m_side(new QStackedWidget),
          m_panel(new TransitionPanel), m_momentPanel(new MomentPanel), m_keys(new KeyStrip)
    {
        setCaption(tr("State of each breaker; why it changed at every edge, why not in between"));
        addControl(m_keys);
        m_keys->hide(); // the readouts say it on the screen
        m_side->addWidget(m_panel);
        m_side->addWidget(m_momentPanel);
        build(m_chart, m_side,
              tr("When each circuit breaker opens and closes, and why, will be here once the "
                 "scenario runs."));
        connect(m_chart, &TimeChart::readingChanged, this, &View::readingChanged);
        connect(m_chart, &BreakerChart::picked, this, [this](std::size_t index) {
            showReason(index);
            emit transitionPicked(index);
        });
        const auto unpin = [this] {
            showNothing();
            emit transitionDropped();
        };
        connect(m_chart, &BreakerChart::unpinned, this, unpin);
        connect(m_panel, &TransitionPanel::closed, this, unpin);
        connect(m_momentPanel, &MomentPanel::closed, this, unpin);
        connect(m_panel, &TransitionPanel::callPicked, this, &View::callPicked);
        connect(m_momentPanel, &MomentPanel::transitionPicked, this, [this](std::size_t index) {
            if (!m_chart->record() || index >= m_chart->record()->transitions.size())
                return;
            m_chart->pin(index);
            showReason(index);
            emit transitionPicked(index);
        });
        connectMoments(axisModel);
    }

    void setRecord(RecordPtr record) override
    {
        setHasRun(record != nullptr);
        const bool wasPinned = m_chart->pinned().has_value();
        const bool isOther = !isSameRun(m_chart->record(), record);
        m_chart->setRecord(record);
        // Of another run even a transition with the same number is another one.
        if ((wasPinned && (isOther || !m_chart->pinned())) || (isOther && m_moment))
            showNothing();
        if (record)
            m_panel->setSummary(summary(*record));
        if (m_chart->pinned())
            m_panel->followRecord(record);
    }

    void setGhost(RecordPtr record) override
    {
        m_chart->setGhost(std::move(record));
    }

    void showTransition(std::size_t index) override
    {
        const RecordPtr &record = m_chart->record();
        if (!record || index >= record->transitions.size())
            return;
        m_chart->pin(index);
        showReason(index);
    }

    void dropTransition() override
    {
        if (m_chart->pinned())
            showNothing();
    }
    /// What was asked for by a click. A moment that the resting cursor asked for holds nothing.
    bool holdsSomething() const override { return m_chart->holdsSomething(); }
    void letGo() override { m_chart->letGo(); }
    std::optional<Instant> pinnedMoment() const override
    {
        const RecordPtr &record = m_chart->record();
        if (const auto pinned = m_chart->pinned(); record && pinned && *pinned < record->transitions.size())
            return record->transitions[*pinned].at;
        return m_moment && m_isMomentPinned ? std::optional(m_moment->at) : std::nullopt;
    }

    void setFigure(bool on) override
    {
        const RecordPtr &record = m_chart->record();
        if (record)
            m_panel->setSummary(on ? figures(*record) : summary(*record));
        if (on && !holdsSomething()) // the answer to a pointer that rests
            m_side->setCurrentWidget(m_panel);
        const Theme &theme = Theme::of(this);
        m_keys->setKeys({{theme.breakerState(BreakerState::Open), breakerStateLabel(BreakerState::Open), false},
                         {theme.breakerState(BreakerState::HalfOpen), breakerStateLabel(BreakerState::HalfOpen), false}});
        m_keys->setVisible(on && m_chart->hasFleet()); // the bands of single breakers have their labels
    }
    int figureHeight() const override
    {
        const int rows = m_chart->heightOfRows();
        return headerHeight() + (holdsSomething() ? std::max(rows, heightOfAnswer()) : std::max(rows, m_panel->heightOfSummary(sideWidth())));
    }

    QString csv() const override { return m_chart->record() ? transitionsCsv(*m_chart->record()) : QString(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_side && event->type() == QEvent::Leave)
            m_gone.start(); // unless the pointer is back in the chart by then
        return PlotView::eventFilter(watched, event);
    }

private:
    void connectMoments(TimeAxisModel *axisModel)
    {
        m_rest.setSingleShot(true);
        m_rest.setInterval(kRest);
        m_gone.setSingleShot(true);
        m_gone.setInterval(kGoneAfter);
        m_busy.setSingleShot(true);
        m_busy.setInterval(kBusyShownAfter);
        m_side->installEventFilter(this);
        connect(m_chart, &BreakerChart::momentPicked, this, [this](BreakerChart::Moment moment) {
            m_isMomentPinned = true;
            const bool wasPinned = m_chart->pinned().has_value();
            m_chart->pin(std::nullopt);
            explain(moment);
            emit roomWanted();
            if (wasPinned)
                emit transitionDropped();
        });
        connect(axisModel, &TimeAxisModel::cursorChanged, this, [this] {
            if (m_isMomentPinned || m_chart->pinned())
                return;
            if (isAsked()) {
                m_gone.stop();
                m_rest.start();
            } else {
                m_rest.stop();
                m_gone.start();
            }
        });
        connect(&m_gone, &QTimer::timeout, this, [this] {
            if (m_moment && !m_isMomentPinned && !isAsked() && !m_side->underMouse())
                dropMoment();
        });
        connect(&m_rest, &QTimer::timeout, this, [this] {
            const auto moment = m_chart->momentAtCursor();
            if (moment == m_moment || m_chart->pinned() || m_isMomentPinned)
                return;
            // What it means is drawn already while the pointer is on an edge.
            if (moment)
                explain(*moment);
            else
                dropMoment(); // it rests elsewhere now, where there is nothing to explain
        });
        connect(&m_busy, &QTimer::timeout, this, [this] {
            if (!m_moment)
                return;
            m_momentPanel->showBusy(tr("%1 at %2").arg(breakerStateLabel(m_chart->timeline().stateAt(m_moment->breaker, m_moment->at)),
                                                       formatInstant(m_moment->at)));
            m_side->setCurrentWidget(m_momentPanel);
        });
        connect(&m_explainer, &MomentExplainer::explained, this, [this](const MomentPtr &moment) {
            m_busy.stop();
            m_momentPanel->showMoment(moment);
            m_side->setCurrentWidget(m_momentPanel);
        });
        connect(&m_explainer, &MomentExplainer::failed, this, [this](const QString &message) {
            m_busy.stop();
            m_momentPanel->showProblem(message);
            m_side->setCurrentWidget(m_momentPanel);
        });
    }
    /// A cursor that rests in another chart asks nothing here.
    bool isAsked() const { return axis()->cursor() && isVisible() && m_chart->hasSetCursor(); }
    void dropMoment()
    {
        forgetMoment();
        m_side->setCurrentWidget(m_panel);
    }
    void explain(BreakerChart::Moment moment)
    {
        m_moment = moment;
        m_chart->markMoment(moment, m_isMomentPinned);
        m_momentPanel->setPinned(m_isMomentPinned);
        m_busy.start();
        m_explainer.ask(m_chart->record(), moment.breaker, moment.at);
    }
    void forgetMoment()
    {
        m_explainer.cancel();
        m_rest.stop();
        m_gone.stop();
        m_busy.stop();
        m_moment.reset();
        m_isMomentPinned = false;
        m_chart->markMoment(std::nullopt);
    }
    void showReason(std::size_t index)
    {
        forgetMoment();
        m_panel->showTransition(m_chart->record(), index);
        m_side->setCurrentWidget(m_panel);
        emit roomWanted();
    }
    /// What the explanation needs to be read without scrolling.
    int heightOfAnswer() const
    {
        const bool isReason = m_side->currentWidget() == m_panel;
        return isReason ? m_panel->heightOfReason(sideWidth()) : m_momentPanel->heightOfContents(sideWidth());
    }
    void showNothing()
    {
        forgetMoment();
        m_chart->pin(std::nullopt);
        m_panel->showTransition(m_chart->record(), std::nullopt);
        m_side->setCurrentWidget(m_panel);
    }
    QString figures(const RunRecord &record) const
    {
        if (record.breakers.empty())
            return tr("This scenario has no circuit breaker.");
        std::uint32_t open = 0;
        const auto &groups = m_chart->timeline().groups();
        for (std::size_t g = 0; g < groups.size(); ++g)
            open += m_chart->timeline().countsAt(g, record.now).open;
        const QString changes = formatTransitions(record.transitions.size() + record.transitionsDropped);
        QString text = record.breakers.size() == 1
            ? tr("The breaker is %1 now, %2 so far.").arg(breakerStateLabel(m_chart->timeline().stateAt(0, record.now)), changes)
            : tr("%1 of %2 breakers open now, %3 so far.").arg(formatCount(open), formatCount(record.breakers.size()), changes);
        if (record.transitionsDropped > 0)
            text += QLatin1Char(' ') + tr("The last %1 are counted but not kept.")
                                           .arg(formatCount(record.transitionsDropped));
        if (const auto [ejected, instances] = ejectedNow(record); instances > 0) // OPEN is another word for it there
            text += QLatin1Char(' ') + tr("%1 of them judge instances of a service (OPEN = ejected): %2 are ejected now.")
                                           .arg(formatCount(instances), formatCount(ejected));
        return text;
    }
    QString summary(const RunRecord &record) const
    {
        const QString text = figures(record);
        if (record.breakers.empty())
            return text;
        return text + QStringLiteral("\n\n") +
               tr("Point at an edge to see why the state changed; click to keep the reason here. "
                  "Let the pointer rest on a band, click it or press E to see what is in the window and why it "
                  "has not changed yet. "
                  "The keys , and . "
                  "go to the previous and next transition.");
    }

    /// How many breakers that judge instances have ejected theirs, and how many there are.
    std::pair<std::uint32_t, std::uint32_t> ejectedNow(const RunRecord &record) const
    {
        std::uint32_t ejected = 0, instances = 0;
        const auto &groups = m_chart->timeline().groups();
        for (std::size_t g = 0; g < groups.size(); ++g) {
            if (!isOfInstances(record, groups[g]))
                continue;
            ejected += m_chart->timeline().countsAt(g, record.now).open;
            instances += static_cast<std::uint32_t>(groups[g].members.size());
        }
        return {ejected, instances};
    }

    BreakerChart *m_chart;
    QStackedWidget *m_side;
    TransitionPanel *m_panel;
    MomentPanel *m_momentPanel;
    KeyStrip *m_keys;
    MomentExplainer m_explainer;
    QTimer m_rest;
    QTimer m_gone;
    QTimer m_busy;
    std::optional<BreakerChart::Moment> m_moment; ///< explained, or being
    bool m_isMomentPinned = false;                ///< stays until another is chosen
};

} // namespace

View *createBreakerView(TimeAxisModel *axis, QWidget *parent)
{
    return new BreakerView(axis, parent);
}

} // namespace halfopen

#include "breaker_view.moc"
