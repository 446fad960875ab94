// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/moment_panel.h"

#include "core/run/initial_state.h"

#include "ui/format.h"
#include "ui/models/call_story.h"
#include "ui/models/explain_command.h"
#include "ui/models/record_slices.h"
#include "ui/models/reason_text.h"
#include "ui/theme.h"
#include "ui/views/chart_paint.h"
#include "ui/views/copy_button.h"
#include "ui/views/plot_view.h"
#include "ui/views/transition_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace halfopen {

namespace {

constexpr int kMark = 7;         // a call of a count window, with its gap
constexpr int kMarkLinesMax = 6; // older calls are left out
constexpr double kBucketsHeight = 36;
constexpr double kSlack = 28; ///< a text may need one line more than its layout says

QString capital(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString countsText(const WindowCounts &counts, CountedKinds kinds)
{
    const auto share = [&](std::uint32_t part) {
        return counts.calls > 0 ? QStringLiteral(" (%1)").arg(formatShare(double(part) / counts.calls)) : QString();
    };
    if (!kinds.slow)
        return MomentPanel::tr("%1, %2 failed%3").arg(formatCalls(counts.calls), formatCount(counts.failures), share(counts.failures));
    if (!kinds.failures)
        return MomentPanel::tr("%1, %2 slow%3").arg(formatCalls(counts.calls), formatCount(counts.slow), share(counts.slow));
    return MomentPanel::tr("%1, %2 failed%3, %4 slow%5")
        .arg(formatCalls(counts.calls), formatCount(counts.failures), share(counts.failures), formatCount(counts.slow),
             share(counts.slow));
}

/// The shares of the window, each with the threshold of the rule that opens by it.
WindowBar::Shares sharesOf(const Explanation &explanation, CountedKinds counted)
{
    WindowBar::Shares shares{.failed = counted.failures ? explanation.failureRate() : -1, .slow = counted.slow ? explanation.slowCallRate() : -1};
    for (const Explanation::Rule &rule : explanation.rules) {
        if (rule.unit != Explanation::Unit::Share || rule.leadsTo != BreakerState::Open)
            continue;
        double &threshold = rule.what.starts_with("slow") ? shares.slowThreshold : shares.failedThreshold;
        threshold = threshold < 0 ? rule.threshold : threshold;
    }
    return shares;
}

} // namespace

WindowStrip::WindowStrip(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Calls in the window, oldest first"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void WindowStrip::setExplanation(const Explanation &explanation, CountedKinds kinds)
{
    m_calls = explanation.calls;
    m_buckets = explanation.buckets;
    setVisible(!m_calls.empty() || !m_buckets.empty());
    setAccessibleDescription(countsText(explanation.window, kinds));
    setToolTip(m_calls.empty() ? tr("The buckets of the window, oldest first: failed calls below")
               : kinds.slow    ? tr("The calls of the window, oldest first: failed ones filled, slow ones hatched")
                               : tr("The calls of the window, oldest first: failed ones filled"));
    fit();
    update();
}

int WindowStrip::columns() const
{
    return std::max(1, width() / Theme::px(kMark));
}

void WindowStrip::fit()
{
    if (m_calls.empty()) {
        setFixedHeight(Theme::px(kBucketsHeight));
        return;
    }
    const int lines = (static_cast<int>(m_calls.size()) + columns() - 1) / columns();
    setFixedHeight(std::clamp(lines, 1, kMarkLinesMax) * Theme::px(kMark));
}

void WindowStrip::resizeEvent(QResizeEvent *)
{
    fit();
}

void WindowStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    if (!m_calls.empty()) {
        const int side = Theme::px(kMark);
        const auto room = static_cast<std::size_t>(columns() * kMarkLinesMax);
        const std::size_t first = m_calls.size() > room ? m_calls.size() - room : 0;
        for (std::size_t i = first; i < m_calls.size(); ++i) {
            const int at = static_cast<int>(i - first);
            const QRectF mark(at % columns() * side, at / columns() * side, side - 1, side - 1);
            switch (m_calls[i]) {
            case Explanation::Mark::Good: // low, so that the others stand out by shape, too
                painter.fillRect(mark.adjusted(0, (side - 1) / 2.0, 0, 0), blended(theme.panel, theme.success, 0.6));
                break;
            case Explanation::Mark::Slow:
                fillPatterned(painter, mark, theme.timeout, Qt::BDiagPattern);
                break;
            case Explanation::Mark::Failed:
            case Explanation::Mark::FailedSlow:
                painter.fillRect(mark, theme.error);
                break;
            }
        }
        return;
    }
    std::uint32_t most = 1;
    for (const Explanation::Bucket &bucket : m_buckets)
        most = std::max(most, bucket.counts.calls);
    const double wide = double(width()) / std::max<std::size_t>(1, m_buckets.size());
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        const WindowCounts &counts = m_buckets[i].counts;
        const double all = std::round((height() - 1.0) * counts.calls / most);
        const double bad = std::round((height() - 1.0) * counts.failures / most);
        const QRectF column(std::round(i * wide), 0, std::max(1.0, std::round((i + 1) * wide) - std::round(i * wide) - 1), height());
        painter.fillRect(QRectF(column.left(), height() - 1 - all, column.width(), all), blended(theme.panel, theme.success, 0.45));
        painter.fillRect(QRectF(column.left(), height() - 1 - bad, column.width(), bad), theme.error);
    }
    paintHLine(painter, 0, width(), height() - 1, theme.divider);
}

MomentPanel::MomentPanel(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_where(new QLabel), m_bar(new WindowBar), m_strip(new WindowStrip),
      m_first(new QVBoxLayout), m_more(new QVBoxLayout), m_into(m_first), m_change(new QPushButton),
      m_copy(new CopyButton(tr("Copy command"))), m_close(new QPushButton(tr("Unpin")))
{
    setAccessibleName(tr("Why the breaker is in its state"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(Theme::px(4), Theme::px(4), Theme::px(4), Theme::px(4));
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, Theme::gap(), 0);
    layout->setSpacing(Theme::px(4));
    QFont strong = Theme::axisFont();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_where->setFont(Theme::axisFont());
    m_where->setWordWrap(true);
    m_where->setForegroundRole(QPalette::PlaceholderText);
    for (QVBoxLayout *texts : {m_first, m_more})
        texts->setSpacing(Theme::px(3));
    for (QPushButton *button : {m_change, m_close})
        button->setFont(Theme::axisFont());
    m_change->setText(tr("Why it came to this state"));
    connect(m_change, &QPushButton::clicked, this, [this] { emit transitionPicked(m_changeIndex); });
    connect(m_close, &QPushButton::clicked, this, &MomentPanel::closed);
    layout->addLayout(titleLine(m_title, m_close));
    layout->addWidget(m_where);
    layout->addLayout(m_first);
    layout->addWidget(m_bar);
    layout->addWidget(m_strip);
    layout->addLayout(m_more);
    layout->addWidget(m_change, 0, Qt::AlignLeft);
    layout->addWidget(m_copy, 0, Qt::AlignLeft);
    layout->addStretch();
    outer->addWidget(scrolledSide(page));
    m_page = page;
}

int MomentPanel::heightOfContents(int width) const
{
    return heightAtWidth(m_page, width - Theme::px(4)) + 2 * Theme::px(4) + Theme::px(kSlack);
}

void MomentPanel::clear()
{
    for (QVBoxLayout *texts : {m_first, m_more}) {
        while (QLayoutItem *item = texts->takeAt(0)) {
            delete item->widget();
            delete item;
        }
    }
    m_into = m_first;
    m_copy->clear();
}

QLabel *MomentPanel::addText(const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(Theme::axisFont());
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_into->addWidget(label);
    return label;
}

void MomentPanel::addHeading(const QString &text)
{
    QLabel *label = addText(text);
    QFont strong = Theme::axisFont();
    strong.setWeight(QFont::DemiBold);
    label->setFont(strong);
    label->setContentsMargins(0, Theme::px(4), 0, 0);
}

void MomentPanel::showBusy(const QString &what)
{
    clear();
    m_title->setText(what);
    m_where->setText(tr("Running the scenario up to there once more…"));
    for (QWidget *part : {static_cast<QWidget *>(m_bar), static_cast<QWidget *>(m_strip), static_cast<QWidget *>(m_change),
                          static_cast<QWidget *>(m_copy)})
        part->hide();
}

void MomentPanel::showProblem(const QString &message)
{
    showBusy(tr("This moment cannot be explained"));
    m_where->setText(message);
}

void MomentPanel::showMoment(const MomentPtr &shown)
{
    clear();
    scrollToTop(m_page);
    const ExplainedMoment &moment = *shown;
    const report::ExplainedLayer &layer = moment.layer;
    const Explanation &e = layer.explanation;
    const RunRecord &record = moment.record;
    const Instant since = report::inStateSince(layer);
    m_title->setText(tr("%1 at %2, for %3 up to there")
                         .arg(breakerStateLabel(e.state), formatInstant(record.now), formatDuration(record.now - since)));
    const EdgeInfo &edge = record.edges[layer.edge];
    QString where = tr("%1 on %2").arg(layer.breaker ? QString::fromStdString(record.breakers[*layer.breaker].name) : QString(),
                                       edgeLabel(edge.name));
    if (layer.dialect != "halfopen")
        where += QStringLiteral(", ") + QString::fromUtf8(layer.dialect.data(), qsizetype(layer.dialect.size()));
    m_where->setText(where);
    const bool hasCalls = e.window.calls > 0;
    const CountedKinds counted = countedKinds(record, layer.edge, layer.layer);
    m_copy->setVisible(layer.breaker.has_value());
    if (layer.breaker)
        m_copy->setCommand([shown, breaker = *layer.breaker] { return explainBreakerCommand(shown->record, breaker, shown->record.now); },
                           [shown] { return whyNoCommand(shown->record); });
    m_bar->setVisible(hasCalls);
    if (hasCalls)
        m_bar->setShares(sharesOf(e, counted));
    m_strip->setExplanation(e, counted);
    addRules(e, record.now);
    m_into = m_more;
    if (!e.windowText.empty())
        addText(capital(phraseText(e.windowText)) + QStringLiteral(": ") + countsText(e.window, counted));
    const report::WindowCalls seen = report::windowCalls(layer);
    QStringList kinds;
    for (std::size_t k = 0; k < kOutcomeKinds; ++k)
        if (seen.ended[k] > 0)
            kinds += outcomeLabel(static_cast<OutcomeKind>(k)) + QLatin1Char(' ') + formatCount(seen.ended[k]);
    if (seen.refused > 0)
        kinds += tr("refused here %1").arg(formatCount(seen.refused));
    addHeading(tr("What ended in it, %1").arg(formatRange(seen.from, seen.to)));
    addText(kinds.isEmpty() ? tr("nothing") : kinds.join(QStringLiteral(", ")));
    for (const Explanation::Fact &fact : e.facts)
        addText(capital(phraseText(fact.what)) + QStringLiteral(": ") + phraseText(fact.value));
    addFleet(moment);
    addLastChange(moment);
}

void MomentPanel::addRules(const Explanation &e, Instant now)
{
    addHeading(e.state == BreakerState::Closed || e.state == BreakerState::MetricsOnly ? tr("Why it has not tripped")
                                                                                       : tr("Why not another state yet"));
    for (const Explanation::Rule &rule : e.rules) {
        const QString text = ruleText(rule);
        // It is reached, and the state is still another: nothing has asked yet. Who only keeps metrics is asked and stays.
        const bool isUnasked = e.state != BreakerState::MetricsOnly && rule.isMet() && rule.leadsTo != e.state && rule.note.empty();
        addText(isUnasked    ? tr("✓ %1: %2. It is asked when the next call ends.").arg(breakerStateLabel(rule.leadsTo), text)
                : rule.isMet() ? tr("✓ %1: %2").arg(breakerStateLabel(rule.leadsTo), text)
                             : tr("not %1: %2").arg(breakerStateLabel(rule.leadsTo), text));
    }
    if (e.nextAt && *e.nextAt != Instant::never()) {
        addText(*e.nextAt <= now ? tr("%1 could end since %2: %3")
                                       .arg(breakerStateLabel(e.state), formatInstant(*e.nextAt), phraseText(e.next))
                                 : tr("%1 until %2 (%3 from here): %4")
                                       .arg(breakerStateLabel(e.state), formatInstant(*e.nextAt),
                                            formatDuration(*e.nextAt - now), phraseText(e.next)));
    } else if (!e.next.empty()) {
        addText(capital(phraseText(e.next)));
    }
}

void MomentPanel::addFleet(const ExplainedMoment &moment)
{
    const RunRecord &record = moment.record;
    if (!moment.layer.breaker)
        return;
    const BreakerInfo &own = record.breakers[*moment.layer.breaker];
    std::vector<BreakerState> states = initialStates(record);
    for (std::size_t i = 0; i < record.transitions.size() && record.transitions[i].at <= record.now; ++i)
        states[record.transitions[i].breaker] = record.transitions[i].to;
    std::array<std::uint64_t, 6> inState{};
    std::uint64_t all = 0;
    for (std::uint32_t b = 0; b < record.breakers.size(); ++b) {
        if (record.breakers[b].edge != own.edge || record.breakers[b].layer != own.layer)
            continue;
        ++inState[static_cast<std::size_t>(states[b])];
        ++all;
    }
    if (all < 2)
        return;
    QStringList parts;
    for (std::size_t s = 0; s < inState.size(); ++s)
        if (inState[s] > 0)
            parts += formatCount(inState[s]) + QLatin1Char(' ') + breakerStateLabel(static_cast<BreakerState>(s));
    addHeading((own.instance ? tr("All %1 judgements of instances at this moment (OPEN: ejected)") : tr("All %1 processes at this moment"))
                   .arg(formatCount(all)));
    addText(parts.join(QStringLiteral(", ")));
}

void MomentPanel::addLastChange(const ExplainedMoment &moment)
{
    bool found = false;
    for (std::size_t i = 0; i < moment.record.transitions.size(); ++i) {
        const BreakerTransition &t = moment.record.transitions[i];
        if (moment.layer.breaker && t.breaker == *moment.layer.breaker && t.from != t.to) {
            m_changeIndex = i;
            found = true;
        }
    }
    m_change->setVisible(found);
    if (!found) {
        addText(tr("It has not changed its state before."));
        return;
    }
    const BreakerTransition &last = moment.record.transitions[m_changeIndex];
    addHeading(tr("%1 since %2").arg(breakerStateLabel(last.to), formatInstant(last.at)));
    addText(capital(reasonText(last.reason)));
}

} // namespace halfopen
