// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/study_view.h"

#include "ui/theme.h"
#include "ui/views/study_chart.h"

#include <QApplication>
#include <QEvent>
#include <QFocusEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace halfopen {

namespace {

constexpr double kCaptionLeast = 52;

/// The click that opens a run shows another page at once. Of a double click the second half would press whatever lies at
/// the same place there: for as long as a double click may take, it is nobody's.
class SecondClickEater final : public QObject {
public:
    SecondClickEater() : QObject(qApp)
    {
        qApp->installEventFilter(this);
        QTimer::singleShot(QApplication::doubleClickInterval(), this, &QObject::deleteLater);
    }
    bool eventFilter(QObject *, QEvent *event) override
    {
        const bool isEnd = m_isEating && event->type() == QEvent::MouseButtonRelease;
        m_isEating = event->type() == QEvent::MouseButtonDblClick || (m_isEating && !isEnd);
        return isEnd || event->type() == QEvent::MouseButtonDblClick;
    }

private:
    bool m_isEating = false; ///< its release is still to come
};

} // namespace

StudyView::StudyView(QWidget *parent) : View(parent)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::padding(), Theme::gap(), Theme::padding(), Theme::gap());
    layout->setSpacing(Theme::px(6));
    m_controls = new QVBoxLayout;
    m_controls->setSpacing(Theme::px(6));
    layout->addLayout(m_controls);
    m_startLine = new QHBoxLayout;
    m_startLine->setSpacing(Theme::px(6));
}

void StudyView::build(const QString &startText, const QString &chartName)
{
    m_startText = startText;
    m_controls->addLayout(m_startLine);
    auto *line = new QHBoxLayout;
    line->setSpacing(Theme::gap());
    m_start = new QPushButton(startText);
    m_start->setDefault(true);
    line->addWidget(m_start);
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(Theme::px(140));
    m_progress->setFixedHeight(Theme::px(8));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->hide();
    line->addWidget(m_progress);
    m_note = new QLabel;
    m_note->setFont(Theme::axisFont());
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    line->addWidget(m_note, 1);
    m_controls->addLayout(line);

    auto *body = static_cast<QVBoxLayout *>(layout());
    m_chart = new StudyChart;
    m_chart->setAccessibleName(chartName);
    body->addWidget(m_chart, 1);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(Theme::gap());
    m_detail = new QLabel;
    m_detail->setWordWrap(true);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setFont(Theme::axisFont());
    m_detail->setFixedHeight(2 * QFontMetrics(m_detail->font()).lineSpacing()); // the chart does not jump
    foot->addWidget(m_detail, 1);
    m_open = new QPushButton(tr("Open this run"));
    m_open->setToolTip(tr("Runs the selected combination and shows it  (Enter)"));
    m_adopt = new QPushButton(tr("Adopt these values"));
    foot->addWidget(m_open);
    foot->addWidget(m_adopt);
    body->addLayout(foot);

    connect(m_start, &QPushButton::clicked, this, &StudyView::toggle);
    connect(m_chart, &StudyChart::toldChanged, this, &StudyView::showTold);
    connect(m_chart, &StudyChart::picked, this, [this](std::size_t point) {
        new SecondClickEater; // its own owner
        open(point);
    });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const auto selected = m_chart->selected())
            open(*selected);
    });
    connect(m_adopt, &QPushButton::clicked, this, &StudyView::adopt);
    tint();
    showTold();
}

void StudyView::alignCaptions(const std::vector<QLabel *> &captions)
{
    int widest = Theme::px(kCaptionLeast);
    for (QLabel *caption : captions)
        widest = std::max(widest, caption->sizeHint().width());
    for (QLabel *caption : captions)
        caption->setMinimumWidth(widest);
}

QString StudyView::note() const
{
    return m_note->text();
}

QString StudyView::nothingToExport() const
{
    return tr("there is nothing to write before %1 has been pressed").arg(m_startText);
}

bool StudyView::holdsSomething() const
{
    return m_chart->selected().has_value();
}

void StudyView::letGo()
{
    m_chart->setSelected(std::nullopt);
}

void StudyView::setFigure(bool on)
{
    if (on) {
        for (QWidget *widget : findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
            if (widget != m_chart && !widget->isHidden())
                m_hidden.emplace_back(widget)->hide();
        }
        return;
    }
    for (const QPointer<QWidget> &widget : m_hidden) {
        if (widget)
            widget->show();
    }
    m_hidden.clear();
}

void StudyView::toggle()
{
    if (isRunning())
        cancel();
    else
        start();
}

void StudyView::setNote(const QString &text, bool isProblem)
{
    m_note->setText(text);
    m_noteIsProblem = isProblem;
    tint();
}

void StudyView::showState(bool canStart, std::size_t done, std::size_t total)
{
    const bool running = isRunning();
    m_start->setText(running ? tr("Cancel") : m_startText);
    m_start->setEnabled(running || canStart);
    m_progress->setVisible(running);
    m_progress->setRange(0, int(total));
    m_progress->setValue(int(done));
    if (running)
        setNote(tr("%1 of %2 runs").arg(done).arg(total), false);
    showTold();
}

void StudyView::showTold()
{
    const auto told = m_chart->told();
    const auto selected = m_chart->selected();
    m_detail->setText(told ? m_chart->detail(*told) : QString());
    m_open->setEnabled(selected && scenarioOf(*selected));
    const bool canAdopt = selected && scenarioOf(*selected) && !settingsOf(*selected).empty();
    m_adopt->setEnabled(canAdopt);
    // A grey button says why it is.
    m_adopt->setToolTip(canAdopt    ? whatIsAdopted()
                        : !selected ? tr("Select a point of the chart first: its values are what is adopted")
                                    : tr("The selected combination has not been run"));
}

QString StudyView::whatIsAdopted() const
{
    return tr("Makes the selected values the scenario's settings; undo takes them back");
}

void StudyView::open(std::size_t point)
{
    if (const std::shared_ptr<const Scenario> scenario = scenarioOf(point))
        emit runPicked(scenario, textOf(point), settingsOf(point));
}

void StudyView::adopt()
{
    if (const auto selected = m_chart->selected())
        emit settingsAdopted(settingsOf(*selected));
}

void StudyView::tint()
{
    if (!m_note)
        return;
    QPalette palette;
    const Theme &theme = Theme::of(this);
    palette.setColor(QPalette::WindowText, m_noteIsProblem ? theme.error : theme.secondary);
    m_note->setPalette(palette);
}

/// No focus proxy: the Tab key would leave out the controls before the chart.
void StudyView::focusInEvent(QFocusEvent *event)
{
    m_chart->setFocus(event->reason());
}

void StudyView::changeEvent(QEvent *event)
{
    View::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        tint();
}

} // namespace halfopen
