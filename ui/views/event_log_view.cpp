// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/event_log_view.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/event_log_model.h"
#include "ui/models/record_csv.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"
#include "ui/views/figure.h"
#include "ui/views/frame_clock.h"
#include "ui/views/plot_view.h"
#include "ui/views/state_shapes.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace halfopen {

namespace {

/// Puts the shape of the state, or a bar for faults and a dot for settings, before the words.
class WhatDelegate : public QStyledItemDelegate {
public:
    WhatDelegate(const EventLogModel *model, QObject *parent)
        : QStyledItemDelegate(parent), m_model(model)
    {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyleOptionViewItem shifted = option;
        const int room = Theme::px(18);
        const QRect full = option.rect;
        if (option.state & QStyle::State_Selected)
            painter->fillRect(full, option.palette.highlight());
        shifted.rect.adjust(room, 0, 0, 0);
        QStyledItemDelegate::paint(painter, shifted, index);
        const Theme &theme = Theme::of(option.widget);
        const double side = Theme::px(10);
        const QRectF box(full.left() + Theme::px(6), full.center().y() - side / 2 + 0.5, side,
                         side);
        if (const auto state = m_model->stateOf(index.row())) {
            paintStateShape(*painter, box, *state, theme);
            return;
        }
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing, true);
        painter->setPen(Qt::NoPen);
        const bool isChange = m_model->kindOf(index.row()) == EventLogModel::Kind::Change;
        painter->setBrush(isChange ? theme.accent : theme.error);
        if (isChange) {
            const QPointF tip[] = {box.topLeft(), box.topRight(),
                                   QPointF(box.center().x(), box.bottom())};
            painter->drawPolygon(tip, 3);
        } else {
            painter->drawRect(box.adjusted(0, side / 4, 0, -side / 4));
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(Theme::px(18), 0);
    }

private:
    const EventLogModel *m_model;
};

class EventLogView : public View, public FigureSource {
    Q_OBJECT
public:
    EventLogView(TimeAxisModel *axis, QWidget *parent);

    void setRecord(RecordPtr record) override;
    void showTransition(std::size_t index) override;
    void dropTransition() override;
    void setFigure(bool on) override
    {
        if (on)
            takeRecord(); // what waits for the next screen refresh
    }
    int figureHeight() const override
    {
        const int around = height() - m_table->viewport()->height();
        return around + m_table->verticalHeader()->length();
    }
    QString csv() const override { return m_pending ? eventsCsv(*m_pending) : QString(); }

private:
    QWidget *makeHeader();
    QWidget *makeEmptyPage();
    void makeTable();
    void applyFilter();
    void takeRecord();
    void updateCount();
    void pick(const QModelIndex &index);

    TimeAxisModel *m_axis;
    EventLogModel m_model;
    RecordPtr m_pending;
    FrameClock m_frames;
    QStackedWidget *m_pages;
    QTableView *m_table;
    QLabel *m_count;
    QLineEdit *m_text;
    QCheckBox *m_transitions;
    QCheckBox *m_changes;
    QCheckBox *m_faults;
    bool m_isPicking = false;
};

EventLogView::EventLogView(TimeAxisModel *axis, QWidget *parent)
    : View(parent), m_axis(axis), m_pages(new QStackedWidget(this)), m_table(new QTableView),
      m_count(new QLabel), m_text(new QLineEdit), m_transitions(new QCheckBox(tr("Transitions"))),
      m_changes(new QCheckBox(tr("Settings"))), m_faults(new QCheckBox(tr("Faults")))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    makeTable();
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(4));
    layout->addWidget(makeHeader());
    layout->addWidget(m_table, 1);
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    focusShownPage(this, m_pages, m_table);
    connect(m_axis, &TimeAxisModel::selectionChanged, &m_frames, &FrameClock::request);
    connect(&m_frames, &FrameClock::draw, this, &EventLogView::takeRecord);
}

void EventLogView::makeTable()
{
    m_table->setModel(&m_model);
    m_table->setFont(Theme::axisFont());
    m_table->setAccessibleName(tr("Events"));
    m_table->setAccessibleDescription(
        tr("Breaker transitions, changes of settings and faults, newest last"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false); // arrows go through it; Tab leaves it
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setItemDelegateForColumn(EventLogModel::WhatColumn,
                                      new WhatDelegate(&m_model, m_table));
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(Theme::px(22));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setColumnWidth(EventLogModel::TimeColumn, Theme::px(110));
    m_table->setColumnWidth(EventLogModel::WhatColumn, Theme::px(180));
    m_table->setColumnWidth(EventLogModel::WhereColumn, Theme::px(220));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &EventLogView::pick);
}

QWidget *EventLogView::makeHeader()
{
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(Theme::padding(), Theme::px(4), Theme::padding(), 0);
    layout->setSpacing(Theme::padding());
    m_count->setFont(Theme::axisFont());
    m_count->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_count, 1);
    for (QCheckBox *box : {m_transitions, m_changes, m_faults}) {
        box->setFont(Theme::axisFont());
        box->setChecked(true);
        box->setAccessibleDescription(tr("Shows or hides these events"));
        layout->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &EventLogView::applyFilter);
    }
    m_text->setFont(Theme::axisFont());
    m_text->setPlaceholderText(tr("Filter, for example OPEN"));
    m_text->setAccessibleName(tr("Filter"));
    m_text->setAccessibleDescription(
        tr("Shows the events that have this text in what happened or where"));
    m_text->setClearButtonEnabled(true);
    m_text->setFixedWidth(Theme::px(190));
    layout->addWidget(m_text);
    connect(m_text, &QLineEdit::textChanged, this, &EventLogView::applyFilter);
    return header;
}

QWidget *EventLogView::makeEmptyPage()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(Theme::padding());
    auto *sentence = new QLabel(
        tr("Breaker transitions, changes of settings and faults will be listed here once the "
           "scenario runs."));
    sentence->setWordWrap(true);
    sentence->setAlignment(Qt::AlignCenter);
    sentence->setForegroundRole(QPalette::PlaceholderText);
    auto *run = new QPushButton(tr("Run the scenario"));
    run->setAccessibleDescription(sentence->text());
    connect(run, &QPushButton::clicked, this, &View::emptyActionRequested);
    layout->addStretch();
    layout->addWidget(sentence);
    layout->addWidget(run, 0, Qt::AlignHCenter);
    layout->addStretch();
    return page;
}

void EventLogView::setRecord(RecordPtr record)
{
    m_pending = std::move(record);
    m_pages->setCurrentIndex(m_pending ? 1 : 0);
    m_frames.request();
}

void EventLogView::takeRecord()
{
    m_frames.started();
    // Held at the end, the log follows; scrolled up, it stays where the reader is.
    const QScrollBar *bar = m_table->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    m_model.setRecord(m_pending);
    applyFilter();
    if (atEnd && !m_table->currentIndex().isValid())
        m_table->scrollToBottom();
    updateCount();
}

void EventLogView::applyFilter()
{
    EventLogModel::Filter filter;
    filter.transitions = m_transitions->isChecked();
    filter.changes = m_changes->isChecked();
    filter.faults = m_faults->isChecked();
    filter.text = m_text->text();
    filter.range = m_axis->selection();
    m_model.setFilter(filter);
    updateCount();
}

void EventLogView::updateCount()
{
    const auto shown = static_cast<std::size_t>(m_model.rowCount());
    QString text =
        shown == m_model.eventCount()
            ? tr("%1 events").arg(formatCount(shown))
            : tr("%1 of %2 events").arg(formatCount(shown), formatCount(m_model.eventCount()));
    if (m_pending && m_pending->transitionsDropped > 0)
        text += tr("; %1 transitions more than can be kept")
                    .arg(formatCount(m_pending->transitionsDropped));
    m_count->setText(text);
}

void EventLogView::pick(const QModelIndex &index)
{
    if (!index.isValid() || m_isPicking)
        return;
    const Instant at = m_model.timeOf(index.row());
    const TimeRange visible = m_axis->visibleRange();
    if (!visible.contains(at))
        m_axis->setVisibleRange({at - visible.length() / 2, at + visible.length() / 2});
    m_axis->setCursor(at);
    if (const auto transition = m_model.transitionOf(index.row()))
        emit transitionPicked(*transition);
}

void EventLogView::showTransition(std::size_t index)
{
    const auto row = m_model.rowOfTransition(index);
    if (!row)
        return;
    m_isPicking = true; // the pick came from elsewhere
    m_table->setCurrentIndex(m_model.index(*row, 0));
    m_isPicking = false;
}

void EventLogView::dropTransition()
{
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid() || !m_model.transitionOf(current.row()))
        return; // another event
    m_isPicking = true;
    m_table->setCurrentIndex(QModelIndex());
    m_isPicking = false;
}

} // namespace

View *createEventLogView(TimeAxisModel *axis, QWidget *parent)
{
    return new EventLogView(axis, parent);
}

} // namespace halfopen

#include "event_log_view.moc"
