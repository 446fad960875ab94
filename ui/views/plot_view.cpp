// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/plot_view.h"

#include "ui/theme.h"
#include "ui/views/control_row.h"
#include "ui/views/elided_label.h"
#include "ui/views/key_strip.h"
#include "ui/wheel_guard.h"

#include <QComboBox>
#include <QFocusEvent>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace halfopen {

namespace {

constexpr double kSideWidth = 220;
constexpr double kComboWidthMin = 84;
constexpr double kWidthWithSide = 512; // below, the chart gets it all

class FocusPasser final : public QObject {
public:
    FocusPasser(QWidget *view, QStackedWidget *pages, QWidget *content) : QObject(view), m_pages(pages), m_content(content) {}

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() != QEvent::FocusIn)
            return false;
        QWidget *shown = m_pages->currentIndex() == 0 ? m_pages->widget(0)->findChild<QPushButton *>() : m_content;
        shown->setFocus(static_cast<QFocusEvent *>(event)->reason());
        return true;
    }

private:
    QStackedWidget *m_pages;
    QWidget *m_content;
};

} // namespace

QWidget *scrolledSide(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

void scrollToTop(QWidget *page)
{
    if (auto *area = qobject_cast<QScrollArea *>(page->parentWidget()->parentWidget()))
        area->verticalScrollBar()->setValue(0);
}

int heightAtWidth(QWidget *page, int width)
{
    QLayout *layout = page->layout();
    layout->activate();
    return layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : layout->totalSizeHint().height();
}

void focusShownPage(QWidget *view, QStackedWidget *pages, QWidget *content)
{
    view->installEventFilter(new FocusPasser(view, pages, content));
}

ChartAndSide::ChartAndSide(QWidget *chart, QWidget *side, QWidget *parent)
    : QWidget(parent), m_chart(chart), m_side(side)
{
    m_chart->setParent(this);
    m_side->setParent(this);
}

QSize ChartAndSide::minimumSizeHint() const
{
    return m_chart->minimumSize();
}

void ChartAndSide::resizeEvent(QResizeEvent *)
{
    const bool hasSide = width() >= Theme::px(kWidthWithSide);
    const int side = hasSide ? Theme::px(kSideWidth) : 0;
    m_side->setVisible(hasSide);
    m_chart->setGeometry(0, 0, width() - side, height());
    m_side->setGeometry(width() - side, 0, side, height());
}

PlotView::PlotView(TimeAxisModel *axis, QWidget *parent)
    : View(parent), m_axis(axis), m_pages(new QStackedWidget(this)), m_label(new ElidedLabel),
      m_header(new ControlRow(m_label))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void PlotView::setCaption(const QString &caption, const QString &brief)
{
    m_label->setText(caption, brief);
}

void PlotView::addControl(QWidget *control)
{
    control->setFont(Theme::axisFont());
    if (qobject_cast<QComboBox *>(control)) {
        leaveWheelAlways(control); // the wheel scrolls the tracks
        control->setMinimumWidth(Theme::px(kComboWidthMin)); // else its longest choice is how narrow the centre can be
    }
    m_header->add(control, qobject_cast<KeyStrip *>(control) != nullptr);
}

void PlotView::build(QWidget *chart, QWidget *side, const QString &emptySentence)
{
    auto *page = new QWidget;
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(0);
    pageLayout->addWidget(m_header);
    pageLayout->addWidget(new ChartAndSide(chart, side), 1);

    auto *empty = new QWidget;
    auto *emptyLayout = new QVBoxLayout(empty);
    emptyLayout->setSpacing(Theme::padding());
    auto *sentence = new QLabel(emptySentence);
    sentence->setWordWrap(true);
    sentence->setAlignment(Qt::AlignCenter);
    sentence->setForegroundRole(QPalette::PlaceholderText);
    auto *run = new QPushButton(tr("Run the scenario"));
    run->setAccessibleDescription(emptySentence);
    connect(run, &QPushButton::clicked, this, &View::emptyActionRequested);
    emptyLayout->addStretch();
    emptyLayout->addWidget(sentence);
    emptyLayout->addWidget(run, 0, Qt::AlignHCenter);
    emptyLayout->addStretch();

    m_pages->addWidget(empty);
    m_pages->addWidget(page);
    focusShownPage(this, m_pages, chart);
}

int PlotView::sideWidth() const
{
    return width() >= Theme::px(kWidthWithSide) ? Theme::px(kSideWidth) : 0;
}

int PlotView::headerHeight() const
{
    return m_header->height();
}

void PlotView::setHasRun(bool hasRun)
{
    m_pages->setCurrentIndex(hasRun ? 1 : 0);
}

} // namespace halfopen
