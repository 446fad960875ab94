// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/breaker_view.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/record_csv.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/plot_view.h"
#include "ui/views/transition_panel.h"

#include <QKeyEvent>

namespace halfopen {

namespace {

class BreakerView : public PlotView {
    Q_OBJECT
public:
    BreakerView(TimeAxisModel *axisModel, QWidget *parent)
        : PlotView(axisModel, parent), m_chart(new BreakerChart(axisModel)),
          m_panel(new TransitionPanel)
    {
        setCaption(tr("State of each breaker; why it changed at every edge"));
        build(m_chart, m_panel,
              tr("When each circuit breaker opens and closes, and why, will be here once the "
                 "scenario runs."));
        connect(m_chart, &TimeChart::readingChanged, this,
                [this](const QString &text) { setReading(text); });
        connect(m_chart, &BreakerChart::picked, this, [this](std::size_t index) {
            m_panel->showTransition(m_chart->record(), index);
            emit transitionPicked(index);
        });
        connect(m_chart, &BreakerChart::unpinned, this,
                [this] { m_panel->showTransition(m_chart->record(), std::nullopt); });
        connect(m_panel, &TransitionPanel::closed, this, [this] {
            m_chart->pin(std::nullopt);
            m_panel->showTransition(m_chart->record(), std::nullopt);
        });
        connect(m_panel, &TransitionPanel::callPicked, this, &View::callPicked);
    }

    void setRecord(RecordPtr record) override
    {
        setHasRun(record != nullptr);
        const bool wasPinned = m_chart->pinned().has_value();
        m_chart->showRecord(record);
        if (wasPinned && !m_chart->pinned())
            m_panel->showTransition(record, std::nullopt);
        if (record)
            m_panel->setSummary(summary(*record));
    }

    void showTransition(std::size_t index) override
    {
        const RecordPtr &record = m_chart->record();
        if (!record || index >= record->transitions.size())
            return;
        m_chart->pin(index);
        m_panel->showTransition(record, index);
    }

    QString csv() const override { return m_chart->record() ? transitionsCsv(*m_chart->record()) : QString(); }

private:
    QString summary(const RunRecord &record) const
    {
        std::uint32_t open = 0;
        const auto &groups = m_chart->timeline().groups();
        for (std::size_t g = 0; g < groups.size(); ++g)
            open += m_chart->timeline().countsAt(g, record.now).open;
        QString text = tr("%1 of %2 breakers open now, %3 transitions so far.")
                           .arg(formatCount(open), formatCount(record.breakers.size()),
                                formatCount(record.transitions.size() + record.transitionsDropped));
        if (record.transitionsDropped > 0)
            text += QLatin1Char(' ') + tr("The last %1 are counted but not kept.")
                                           .arg(formatCount(record.transitionsDropped));
        return text + QStringLiteral("\n\n") +
               tr("Point at an edge to see why the state changed; click to keep the reason here. "
                  "The keys , and . "
                  "go to the previous and next transition.");
    }

    BreakerChart *m_chart;
    TransitionPanel *m_panel;
};

} // namespace

View *createBreakerView(TimeAxisModel *axis, QWidget *parent)
{
    return new BreakerView(axis, parent);
}

} // namespace halfopen

#include "breaker_view.moc"
