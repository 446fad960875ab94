// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/latency_view.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/latency_focus.h"
#include "ui/models/record_csv.h"
#include "ui/models/time_axis_model.h"
#include "ui/views/distribution_panel.h"
#include "ui/views/edge_combo.h"
#include "ui/views/key_strip.h"
#include "ui/views/latency_chart.h"
#include "ui/views/plot_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>

#include <cmath>

namespace halfopen {

namespace {

class LatencyView : public PlotView {
    Q_OBJECT
public:
    LatencyView(TimeAxisModel *axisModel, QWidget *parent)
        : PlotView(axisModel, parent), m_edges(new EdgeCombo), m_keys(new KeyStrip),
          m_mode(new QComboBox), m_heatmap(new QCheckBox(tr("Heat map"))), m_chart(new LatencyChart(axisModel, m_edges)),
          m_distribution(new DistributionPanel)
    {
        setCaption(tr("Latency of calls, start to end"), tr("Start to end"));
        m_distribution->setAccessibleName(tr("Distribution of the latencies"));
        m_mode->addItem(tr("Histogram"));
        m_mode->addItem(tr("Share slower"));
        m_mode->setAccessibleName(tr("Distribution as"));
        m_mode->setAccessibleDescription(tr("Bars of how many calls took how long, or the share of "
                                            "calls slower than each latency (CCDF)"));
        m_mode->setToolTip(m_mode->accessibleDescription());
        m_heatmap->setAccessibleDescription(tr("How many calls took how long, instead of their percentiles"));
        m_heatmap->setToolTip(m_heatmap->accessibleDescription());
        addControl(m_keys);
        addControl(m_heatmap);
        addControl(m_mode);
        addControl(m_edges);
        build(m_chart, m_distribution,
              tr("How long calls take, by percentile and as a distribution, will be here once the "
                 "scenario runs."));
        connect(m_chart, &LatencyChart::readingChanged, this, &View::readingChanged);
        connect(m_edges, &EdgeCombo::edgesChanged, m_chart, &LatencyChart::refresh);
        connect(m_mode, &QComboBox::currentIndexChanged, this, [this](int index) {
            m_distribution->setMode(index == 0 ? DistributionPanel::Mode::Histogram
                                               : DistributionPanel::Mode::ShareAbove);
        });
        connect(m_chart, &LatencyChart::updated, this, &LatencyView::updateDistribution);
        connect(m_chart, &LatencyChart::updated, this, &LatencyView::updateKeys);
        connect(m_heatmap, &QCheckBox::toggled, m_chart, &LatencyChart::setHeatmap);
        connect(axisModel, &TimeAxisModel::selectionChanged, this,
                &LatencyView::updateDistribution);
        updateKeys();
    }

    void setRecord(RecordPtr record) override
    {
        setHasRun(record != nullptr);
        m_edges->offer(record.get());
        m_chart->setRecord(std::move(record));
    }
    void setGhost(RecordPtr record) override { m_chart->setGhost(std::move(record)); }
    void showEdge(const QString &name) override { m_edges->chooseByName(name); }
    QString csv() const override { return m_chart->record() ? latencyCsv(*m_chart->record()) : QString(); }

protected:
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            updateKeys();
        PlotView::changeEvent(event);
    }

private:
    void updateKeys()
    {
        const Theme &theme = Theme::of(this);
        std::vector<KeyStrip::Key> keys;
        if (m_chart->isHeatmap()) {
            // Round numbers of calls in a cell, in their colours.
            const auto most = static_cast<double>(m_chart->heatmap().most());
            for (double calls = 1; calls <= most; calls *= 10) {
                const double share = std::log1p(calls) / std::log1p(most);
                keys.push_back({theme.heat(share), calls == 1 ? tr("1 call") : formatCount(static_cast<std::uint64_t>(calls)),
                                false});
            }
            m_keys->setKeys(std::move(keys));
            return;
        }
        for (std::size_t i = 0; i < kPercentiles.size(); ++i)
            keys.push_back(
                {theme.sequence(static_cast<int>(i), static_cast<int>(kPercentiles.size())),
                 percentileText(percentileName(i))});
        if (m_chart->hasGhost())
            keys.push_back({blended(theme.panel, theme.text, Theme::kGhostAlpha), tr("ghost"), true, true, true});
        m_keys->setKeys(std::move(keys));
    }
    void updateDistribution();

    EdgeCombo *m_edges;
    KeyStrip *m_keys;
    QComboBox *m_mode;
    QCheckBox *m_heatmap;
    LatencyChart *m_chart;
    DistributionPanel *m_distribution;
    LatencyFocus m_focus;
};

void LatencyView::updateDistribution()
{
    const RecordPtr &record = m_chart->record();
    if (!record)
        return;
    const Theme &theme = Theme::of(this);
    const LatencyParts &parts = m_focus.update(record, m_edges->edges(), axis()->focusRange());
    DistributionPanel::Contents contents;
    contents.axis = m_chart->valueAxis();
    contents.title = (axis()->selection() ? tr("Selection: %1") : tr("Visible: %1"))
                         .arg(formatCalls(parts.count()));
    Histogram all = parts.good;
    all.merge(parts.bad);
    for (std::size_t i = 0; i < kPercentiles.size() && !all.isEmpty(); ++i)
        contents.marks.push_back(
            {static_cast<double>(all.quantile(kPercentiles[i])), percentileText(percentileName(i))});
    contents.parts.push_back({theme.success, tr("good"), parts.good});
    contents.parts.push_back({theme.error, tr("bad"), parts.bad});
    if (const QString counted = countedRangeText(*record, axis()->focusRange()); !counted.isEmpty())
        contents.title += QStringLiteral(", ") + counted;
    m_distribution->setContents(std::move(contents));
}

} // namespace

View *createLatencyView(TimeAxisModel *axis, QWidget *parent)
{
    return new LatencyView(axis, parent);
}

} // namespace halfopen

#include "latency_view.moc"
