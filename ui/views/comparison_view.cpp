// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/comparison_view.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/comparison.h"
#include "ui/models/record_csv.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"
#include "ui/views/elided_label.h"
#include "ui/views/figure.h"
#include "ui/views/plot_view.h"

#include <QEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace halfopen {

namespace {

/// Numbers that change faster than this cannot be read.
constexpr std::chrono::milliseconds kReadingPace{300};
constexpr double kCellMargins = 12;      ///< both sides of a text
constexpr double kNumbersWidth = 132;    ///< of a column of numbers
constexpr double kNumbersWidthMax = 160; ///< of one, where names are cut

/// The paths of settings begin alike, so that they are cut in the middle; a number that is cut there reads like another one.
class NameDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideMiddle;
    }
};

class ComparisonView : public View, public FigureSource {
    Q_OBJECT
public:
    ComparisonView(TimeAxisModel *axis, QWidget *parent)
        : View(parent), m_axis(axis), m_pages(new QStackedWidget), m_caption(new ElidedLabel),
          m_table(new QTableWidget)
    {
        setAutoFillBackground(true);
        setBackgroundRole(QPalette::Base);
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_pages);
        m_pages->addWidget(makeEmptyPage());
        auto *page = new QWidget;
        auto *pageLayout = new QVBoxLayout(page);
        pageLayout->setContentsMargins(0, Theme::px(4), 0, 0);
        pageLayout->setSpacing(Theme::px(4));
        auto *head = new QHBoxLayout;
        head->setContentsMargins(Theme::padding(), 0, Theme::padding(), 0);
        head->addWidget(m_caption);
        pageLayout->addLayout(head);
        pageLayout->addWidget(m_table, 1);
        m_pages->addWidget(page);
        makeTable();
        focusShownPage(this, m_pages, m_table);
        m_pace.setSingleShot(true);
        m_pace.setInterval(kReadingPace);
        connect(&m_pace, &QTimer::timeout, this, &ComparisonView::fill);
        connect(axis, &TimeAxisModel::selectionChanged, this, &ComparisonView::request);
    }

    void setRecord(RecordPtr record) override
    {
        m_record = std::move(record);
        request();
    }
    void setGhost(RecordPtr record) override
    {
        m_ghost = std::move(record);
        request();
    }
    QString nothingToExport() const override { return tr("there is nothing to write before there is a ghost to compare with"); }
    QString csv() const override
    {
        return m_record && m_ghost ? comparisonCsv(*m_record, *m_ghost, m_axis->selection()) : QString();
    }
    void setFigure(bool) override { fill(); } // at once, in the colours that it has now

protected:
    void showEvent(QShowEvent *event) override
    {
        View::showEvent(event);
        fill();
    }
    void resizeEvent(QResizeEvent *event) override
    {
        View::resizeEvent(event);
        QTimer::singleShot(0, this, &ComparisonView::fitColumns); // once the table has its size
    }
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            request();
        View::changeEvent(event);
    }

private:
    QWidget *makeEmptyPage()
    {
        auto *sentence = new QLabel(tr("What is better and worse than in the ghost, figure by figure, will be here once there "
                                       "is one: play, press Ctrl+K to keep the run as the ghost, change a setting and run "
                                       "again, or choose What if."));
        sentence->setWordWrap(true);
        sentence->setAlignment(Qt::AlignCenter);
        sentence->setForegroundRole(QPalette::PlaceholderText);
        auto *run = new QPushButton(tr("Run the scenario"));
        run->setAccessibleDescription(sentence->text());
        connect(run, &QPushButton::clicked, this, &View::emptyActionRequested);
        auto *page = new QWidget;
        auto *layout = new QVBoxLayout(page);
        layout->setContentsMargins(Theme::padding(), Theme::padding(), Theme::padding(), Theme::padding());
        layout->setSpacing(Theme::padding());
        layout->addStretch();
        layout->addWidget(sentence);
        layout->addWidget(run, 0, Qt::AlignHCenter);
        layout->addStretch();
        return page;
    }

    void makeTable()
    {
        m_table->setColumnCount(4);
        m_table->setHorizontalHeaderLabels({tr("Figure"), tr("This run"), tr("Ghost"), tr("Difference")});
        m_table->setAccessibleName(tr("Comparison of two runs"));
        m_table->setFont(Theme::axisFont());
        m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
        m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
        m_table->setTabKeyNavigation(false); // arrows go through it; Tab leaves it
        m_table->setShowGrid(false);
        m_table->setWordWrap(false);
        m_table->setItemDelegateForColumn(0, new NameDelegate(m_table));
        m_table->setFrameShape(QFrame::NoFrame);
        m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
        m_table->verticalHeader()->hide();
        m_table->verticalHeader()->setDefaultSectionSize(Theme::px(22));
        m_table->horizontalHeader()->setHighlightSections(false);
        m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
        for (int column = 1; column < 4; ++column) {
            m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Fixed); // fitColumns()
            m_table->setColumnWidth(column, Theme::px(kNumbersWidth));
            m_table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        }
        m_table->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    }

    void request()
    {
        m_pages->setCurrentIndex(m_record && m_ghost ? 1 : 0);
        if (!m_pace.isActive())
            m_pace.start();
    }

    void fill()
    {
        if (!m_record || !m_ghost || !(isVisible() || isDrawingFigure())) // a folded track is filled when it is opened
            return;
        const Comparison comparison = compareRuns(*m_record, *m_ghost, m_axis->selection());
        m_caption->setText((m_axis->selection() ? tr("In the selection, %1") : tr("Both runs from %1"))
                               .arg(formatRange(comparison.range.from, comparison.range.to)));
        m_table->setRowCount(static_cast<int>(comparison.rows.size()));
        for (int i = 0; i < m_table->rowCount(); ++i)
            fillRow(i, comparison.rows[static_cast<std::size_t>(i)]);
        fitColumns();
    }

    /// The widest text of a column, with its margins.
    int wanted(int column) const
    {
        int width = m_table->horizontalHeader()->sectionSizeHint(column);
        for (int row = 0; row < m_table->rowCount(); ++row) {
            const QTableWidgetItem *item = m_table->item(row, column);
            width = std::max(width, QFontMetrics(item->font()).horizontalAdvance(item->text()) + Theme::px(kCellMargins));
        }
        return width;
    }
    /// Names that do not fit get the room that the columns of numbers do not need.
    void fitColumns()
    {
        if (m_table->rowCount() == 0)
            return;
        int usual = 0;
        for (int column = 1; column < 4; ++column)
            usual += std::max(Theme::px(kNumbersWidth), wanted(column));
        const bool haveNamesRoom = wanted(0) <= m_table->viewport()->width() - usual;
        for (int column = 1; column < 4; ++column) {
            const int least = std::min(wanted(column), Theme::px(kNumbersWidthMax));
            m_table->setColumnWidth(column, haveNamesRoom ? std::max(Theme::px(kNumbersWidth), least) : least);
        }
    }

    void fillRow(int index, const ComparisonRow &row)
    {
        const Theme &theme = Theme::of(this);
        QString difference = row.difference;
        // In words too: the colour alone would not do.
        if (row.meaning == ComparisonRow::Meaning::Better)
            difference = tr("%1, better").arg(difference);
        else if (row.meaning == ComparisonRow::Meaning::Worse)
            difference = tr("%1, worse").arg(difference);
        const QString texts[] = {row.figure, row.present, row.other, difference};
        for (int column = 0; column < 4; ++column) {
            QTableWidgetItem *item = m_table->item(index, column);
            if (!item) {
                item = new QTableWidgetItem;
                m_table->setItem(index, column, item);
            }
            item->setText(texts[column]);
            item->setToolTip(texts[column]);
            item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            QFont font = Theme::axisFont();
            font.setWeight(row.isHeading ? QFont::DemiBold : QFont::Normal);
            item->setFont(font);
            item->setForeground(row.isHeading ? theme.secondary : theme.text);
        }
        if (row.meaning == ComparisonRow::Meaning::Worse)
            m_table->item(index, 3)->setForeground(theme.error);
        else if (row.meaning == ComparisonRow::Meaning::Better)
            m_table->item(index, 3)->setForeground(theme.success);
    }

    TimeAxisModel *m_axis;
    QStackedWidget *m_pages;
    ElidedLabel *m_caption;
    QTableWidget *m_table;
    QTimer m_pace;
    RecordPtr m_record;
    RecordPtr m_ghost;
};

} // namespace

View *createComparisonView(TimeAxisModel *axis, QWidget *parent)
{
    return new ComparisonView(axis, parent);
}

} // namespace halfopen

#include "comparison_view.moc"
