// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/topology_view.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/record_csv.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"
#include "ui/views/elided_label.h"
#include "ui/views/plot_view.h"
#include "ui/views/topology_chart.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace halfopen {

namespace {

class TopologyView : public View {
    Q_OBJECT
public:
    TopologyView(TimeAxisModel *axis, QWidget *parent)
        : View(parent), m_axis(axis), m_pages(new QStackedWidget), m_caption(new ElidedLabel),
          m_chart(new TopologyChart(axis))
    {
        setAutoFillBackground(true);
        setBackgroundRole(QPalette::Base);
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_pages);
        auto *sentence = new QLabel(tr("Clients, services and the calls between them will be here once the scenario runs."));
        sentence->setWordWrap(true);
        sentence->setAlignment(Qt::AlignCenter);
        sentence->setForegroundRole(QPalette::PlaceholderText);
        auto *run = new QPushButton(tr("Run the scenario"));
        run->setAccessibleDescription(sentence->text());
        connect(run, &QPushButton::clicked, this, &View::emptyActionRequested);
        auto *empty = new QWidget;
        auto *emptyLayout = new QVBoxLayout(empty);
        emptyLayout->setSpacing(Theme::padding());
        emptyLayout->addStretch();
        emptyLayout->addWidget(sentence);
        emptyLayout->addWidget(run, 0, Qt::AlignHCenter);
        emptyLayout->addStretch();
        auto *page = new QWidget;
        auto *pageLayout = new QVBoxLayout(page);
        pageLayout->setContentsMargins(0, Theme::px(4), 0, 0);
        pageLayout->setSpacing(0);
        auto *head = new QHBoxLayout;
        head->setContentsMargins(Theme::padding(), 0, Theme::padding(), 0);
        head->addWidget(m_caption);
        pageLayout->addLayout(head);
        pageLayout->addWidget(m_chart, 1);
        m_pages->addWidget(empty);
        m_pages->addWidget(page);
        focusShownPage(this, m_pages, m_chart);
        connect(m_chart, &TopologyChart::picked, this, &View::edgePicked);
        connect(axis, &TimeAxisModel::cursorChanged, this, &TopologyView::showCaption);
        connect(axis, &TimeAxisModel::selectionChanged, this, &TopologyView::showCaption);
    }

    void setRecord(RecordPtr record) override
    {
        m_pages->setCurrentIndex(record ? 1 : 0);
        m_chart->setRecord(std::move(record));
        showCaption();
    }
    void showEdge(const QString &name) override { m_chart->select(name); }
    QString csv() const override { return m_chart->record() ? edgesCsv(*m_chart->record()) : QString(); }

private:
    void showCaption()
    {
        if (const auto selection = m_axis->selection())
            m_caption->setText(tr("In the selection"));
        else if (const auto cursor = m_axis->cursor(); cursor && m_chart->record() && *cursor < m_chart->record()->now)
            m_caption->setText(tr("At the cursor, %1").arg(formatInstant(*cursor, std::chrono::milliseconds(100))));
        else
            m_caption->setText(tr("Now"));
    }

    TimeAxisModel *m_axis;
    QStackedWidget *m_pages;
    ElidedLabel *m_caption;
    TopologyChart *m_chart;
};

} // namespace

View *createTopologyView(TimeAxisModel *axis, QWidget *parent)
{
    return new TopologyView(axis, parent);
}

} // namespace halfopen

#include "topology_view.moc"
