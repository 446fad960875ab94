// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/transition_panel.h"

#include "core/policies/deciding_call.h"
#include "core/policies/not_counted.h"
#include "core/policies/registry.h"
#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/call_story.h"
#include "ui/models/explain_command.h"
#include "ui/models/record_slices.h"
#include "ui/models/reason_text.h"
#include "ui/theme.h"
#include "ui/views/chart_paint.h"
#include "ui/views/copy_button.h"
#include "ui/views/followed_call_panel.h"
#include "ui/views/plot_view.h"
#include "ui/views/text_cache.h"
#include "ui/views/wrapped_label.h"

#include <QFileInfo>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <memory>

namespace halfopen {

namespace {

constexpr double kFactsWidthMax = 380; ///< names and numbers do not drift apart
constexpr double kBarHeight = 22; ///< with its ticks, without their names
constexpr double kSlack = 28; ///< a text may need one line more than its layout says

QLabel *wrappedLabel(QWidget *parent = nullptr)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setFont(Theme::axisFont());
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString sentence(const TransitionReason &reason)
{
    QString text = reasonText(reason);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

/// The threshold as a share of the window, or negative when the kind has none.
double windowThreshold(const TransitionReason &reason)
{
    using Kind = TransitionReason::Kind;
    const bool isShare = reason.kind == Kind::FailureRate || reason.kind == Kind::SlowCallRate || reason.kind == Kind::RateBelowThreshold;
    return isShare ? reason.threshold : -1;
}

/// What the threshold is one of; empty where the decision had none.
QString thresholdLabel(TransitionReason::Kind kind)
{
    using Kind = TransitionReason::Kind;
    switch (kind) {
    case Kind::FailureRate:
    case Kind::RateBelowThreshold:
        return TransitionPanel::tr("Failure-rate threshold");
    case Kind::SlowCallRate:
        return TransitionPanel::tr("Slow-call-rate threshold");
    case Kind::SuccessRateOutlier:
        return TransitionPanel::tr("Success-rate threshold");
    case Kind::ConsecutiveFailures:
    case Kind::GatewayFailuresInARow:
    case Kind::LocalFailuresInARow:
    case Kind::TotalFailures:
        return TransitionPanel::tr("Threshold of failures");
    case Kind::TrialsSucceeded:
        return TransitionPanel::tr("Trial calls wanted");
    default:
        return {};
    }
}

QString ofThem(std::uint32_t count, double calls)
{
    return formatCount(count) + QStringLiteral(" (") + formatShare(count / calls) + QStringLiteral(")");
}

QString secondsText(double seconds)
{
    return formatDuration(Duration(std::llround(seconds * 1e9)));
}

/// What is counted in a row; empty where nothing is.
QString inARowLabel(TransitionReason::Kind kind)
{
    using Kind = TransitionReason::Kind;
    switch (kind) {
    case Kind::ConsecutiveFailures:
        return TransitionPanel::tr("Failures in a row");
    case Kind::GatewayFailuresInARow:
        return TransitionPanel::tr("Gateway failures in a row");
    case Kind::LocalFailuresInARow:
        return TransitionPanel::tr("In a row without an answer");
    default:
        return {};
    }
}

/// The dialect of a breaker, with which the record's run began; empty where it does not say.
std::string_view dialectOf(const RunRecord &record, const BreakerInfo &breaker)
{
    const PolicyStackSpec *stack = record.scenario ? record.scenario->findStack(record.edges[breaker.edge].stack) : nullptr;
    return stack && breaker.layer < stack->layers.size() ? stack->layers[breaker.layer].type->dialect : std::string_view();
}

/// What TransitionReason::windowCalls is a number of.
QString callsLabel(const RunRecord &record, const BreakerTransition &transition)
{
    const BreakerInfo &breaker = record.breakers[transition.breaker];
    if (breaker.instance)
        return TransitionPanel::tr("Calls since the last sweep");
    const bool isTrial = transition.from == BreakerState::HalfOpen;
    const std::string_view dialect = dialectOf(record, breaker);
    if (dialect == "gobreaker") // it counts them when they begin
        return isTrial ? TransitionPanel::tr("Trial calls let through") : TransitionPanel::tr("Calls let through in the window");
    if (!isTrial)
        return TransitionPanel::tr("Calls in the window");
    // Other libraries also take in what was let through before and ends only now.
    return dialect.empty() || dialect == "halfopen" ? TransitionPanel::tr("Trial calls") : TransitionPanel::tr("Calls ended half-open");
}

} // namespace

QHBoxLayout *titleLine(QLabel *title, QPushButton *close)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(Theme::px(4));
    line->addWidget(title, 1);
    line->addWidget(close, 0, Qt::AlignTop);
    return line;
}

WindowBar::WindowBar(QWidget *parent) : QWidget(parent)
{
    setShares({});
    setAccessibleName(tr("Contents of the window"));
}

void WindowBar::setShares(const Shares &shares)
{
    m_shares = shares;
    const auto named = [](const QString &name, double threshold) {
        return threshold < 0 ? QString() : name.arg(formatShare(threshold));
    };
    m_failedName = named(tr("Failure-rate threshold: %1"), shares.failedThreshold);
    m_slowName = named(tr("Slow-call-rate threshold: %1"), shares.slowThreshold);
    QStringList parts; // a line each
    if (shares.failed >= 0)
        parts += tr("%1 failed").arg(formatShare(shares.failed));
    if (!m_failedName.isEmpty())
        parts += m_failedName;
    if (shares.slow >= 0)
        parts += tr("%1 slow").arg(formatShare(shares.slow));
    if (!m_slowName.isEmpty())
        parts += m_slowName;
    const int lines = (m_failedName.isEmpty() ? 0 : 1) + (m_slowName.isEmpty() ? 0 : 1);
    setFixedHeight(Theme::px(kBarHeight) + lines * nameHeight());
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
    setToolTip(parts.join(QLatin1Char('\n')));
    update();
}

int WindowBar::nameHeight()
{
    return QFontMetrics(Theme::axisFont()).height();
}

/// At its tick, to whichever side it fits.
void WindowBar::paintName(QPainter &painter, const QString &name, double tick, double top) const
{
    const double room = width() - tick;
    const double wide = textWidth(name, Theme::axisFont());
    const double left = wide <= room ? tick : std::max(0.0, std::min<double>(tick + 2, width()) - wide);
    drawLine(painter, QRectF(left, top, width() - left, nameHeight()), Qt::AlignLeft | Qt::AlignVCenter,
             elidedLine(name, Theme::axisFont(), width() - left));
}

/// Where the tick of \a threshold stands, in pixels, or negative.
static double tickAt(double threshold, double width)
{
    return threshold < 0 ? -1 : std::min(std::round(width * std::min(threshold, 1.0)), width - 2);
}

void WindowBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const double top = m_failedName.isEmpty() ? 0 : nameHeight();
    const double bottom = top + Theme::px(kBarHeight);
    const QRectF bar(0, top + Theme::px(5), width(), Theme::px(10));
    painter.fillRect(bar, blended(theme.panel, theme.success, 0.45));
    // Half of the height each: a call can be both, so neither may hide the other.
    const bool areBoth = m_shares.failed >= 0 && m_shares.slow >= 0;
    const double each = areBoth ? bar.height() / 2 : bar.height();
    const auto part = [&](double share, double from) {
        return QRectF(bar.left(), from, std::round(bar.width() * std::clamp(share, 0.0, 1.0)), each);
    };
    painter.fillRect(part(m_shares.failed, bar.top()), theme.error);
    fillPatterned(painter, part(m_shares.slow, bar.bottom() - each), theme.timeout, Qt::BDiagPattern);
    // Each share is held against its own threshold, which stands out at its own side of the bar.
    const double above = tickAt(m_shares.failedThreshold, bar.width());
    const double below = tickAt(m_shares.slowThreshold, bar.width());
    const double middle = bar.center().y();
    if (above >= 0)
        painter.fillRect(QRectF(above, top + 1, 2, (areBoth ? middle : bottom - 1) - top - 1), theme.text);
    if (below >= 0)
        painter.fillRect(QRectF(below, areBoth ? middle : top + 1, 2, bottom - 1 - (areBoth ? middle : top + 1)), theme.text);
    painter.setFont(Theme::axisFont());
    painter.setPen(theme.text);
    paintName(painter, m_failedName, above, 0);
    paintName(painter, m_slowName, below, bottom);
}

TransitionPanel::TransitionPanel(QWidget *parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_summary(new WrappedLabel),
      m_title(wrappedLabel()), m_where(wrappedLabel()), m_reason(wrappedLabel()),
      m_bar(new WindowBar), m_facts(new QWidget), m_rows(new QVBoxLayout(m_facts)),
      m_call(new QPushButton)
{
    setAccessibleName(tr("Why the breaker changed its state"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(Theme::px(4), Theme::px(4), Theme::px(4), Theme::px(4));
    outer->addWidget(m_pages);

    auto *summaryPage = new QWidget;
    auto *summaryLayout = new QVBoxLayout(summaryPage);
    summaryLayout->setContentsMargins(0, 0, Theme::gap(), 0);
    m_summary->setFont(Theme::axisFont()); // it changes with every snapshot
    summaryLayout->addWidget(m_summary);
    summaryLayout->addStretch();
    m_pages->addWidget(scrolledSide(summaryPage));
    m_summaryPage = summaryPage;

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, Theme::gap(), 0);
    layout->setSpacing(Theme::px(4));
    QFont strong = Theme::axisFont();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_where->setForegroundRole(QPalette::PlaceholderText);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(Theme::px(2));
    m_call->setFont(Theme::axisFont());
    m_call->setAccessibleName(tr("The deciding call")); // its text comes with a transition
    connect(m_call, &QPushButton::clicked, this, [this] { emit callPicked(m_callKey); });
    auto *close = new QPushButton(tr("Unpin"));
    close->setFont(Theme::axisFont());
    connect(close, &QPushButton::clicked, this, &TransitionPanel::closed);
    layout->addLayout(titleLine(m_title, close));
    layout->addWidget(m_where);
    layout->addWidget(m_reason);
    layout->addWidget(m_bar);
    m_copy = new CopyButton(tr("Copy command"));
    m_facts->setMaximumWidth(Theme::px(kFactsWidthMax));
    layout->addWidget(m_facts);
    m_followed = new FollowedCallPanel;
    layout->addWidget(m_followed);
    layout->addWidget(m_call, 0, Qt::AlignLeft);
    layout->addWidget(m_copy, 0, Qt::AlignLeft);
    layout->addStretch();
    m_pages->addWidget(scrolledSide(page));
    m_page = page;
}

int TransitionPanel::heightOfReason(int width) const
{
    return heightAtWidth(m_page, width - Theme::px(4)) + 2 * Theme::px(4) + Theme::px(kSlack);
}

int TransitionPanel::heightOfSummary(int width) const
{
    return heightAtWidth(m_summaryPage, width - Theme::px(4)) + 2 * Theme::px(4) + Theme::px(4);
}

void TransitionPanel::setSummary(const QString &summary)
{
    if (m_summary->text() != summary)
        m_summary->setText(summary);
}

void TransitionPanel::addFact(const QString &label, const QString &value)
{
    auto *fact = new QWidget;
    fact->setObjectName(QStringLiteral("fact"));
    auto *name = new QLabel(label, fact);
    auto *number = new QLabel(value, fact);
    auto *line = new QHBoxLayout(fact); // each for itself: a long name elsewhere takes no room from a long value here
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Theme::gap());
    line->addWidget(name, 1);
    line->addWidget(number, 0, Qt::AlignTop);
    name->setFont(Theme::axisFont());
    number->setFont(Theme::axisFont());
    number->setAlignment(Qt::AlignRight);
    name->setForegroundRole(QPalette::PlaceholderText);
    name->setWordWrap(true); // a pane that scrolls has no room beside its bar
    m_rows->addWidget(fact);
}

void TransitionPanel::addSection(const QString &title)
{
    auto *label = wrappedLabel();
    QFont strong = Theme::axisFont();
    strong.setWeight(QFont::DemiBold);
    label->setFont(strong);
    label->setText(title);
    label->setContentsMargins(0, Theme::px(6), 0, 0);
    m_rows->addWidget(label);
}

void TransitionPanel::addCounts(const RunRecord &record, const BreakerTransition &transition)
{
    using Kind = TransitionReason::Kind;
    const TransitionReason &why = transition.reason;
    // In OPEN nothing is counted: what the reason has are the counts that tripped it, no part of this decision.
    const bool isCounted = why.windowCalls > 0 && transition.from != BreakerState::Open && transition.from != BreakerState::ForcedOpen;
    m_bar->setVisible(isCounted);
    if (isCounted) {
        const double calls = why.windowCalls;
        const auto failed = counted(why.windowFailures), slow = counted(why.windowSlow);
        const QString label = callsLabel(record, transition);
        m_bar->setAccessibleName(label);
        const double threshold = windowThreshold(why);
        const bool isOfSlow = why.kind == Kind::SlowCallRate;
        m_bar->setShares({.failed = failed ? *failed / calls : -1,
                          .slow = slow ? *slow / calls : -1,
                          .failedThreshold = isOfSlow ? -1 : threshold,
                          .slowThreshold = isOfSlow ? threshold : -1});
        addFact(label, formatCount(why.windowCalls));
        if (failed)
            addFact(why.kind == Kind::LocalFailuresInARow ? tr("of them without an answer") : tr("of them failed"), ofThem(*failed, calls));
        if (slow)
            addFact(tr("of them slow"), ofThem(*slow, calls));
    }
    if (const QString label = inARowLabel(why.kind); !label.isEmpty())
        addFact(label, formatCount(static_cast<std::uint64_t>(std::llround(why.observed))));
    if (const QString label = thresholdLabel(why.kind); !label.isEmpty()) {
        const bool isShare = windowThreshold(why) >= 0 || why.kind == Kind::SuccessRateOutlier;
        addFact(label, isShare ? formatShare(why.threshold) : formatCount(static_cast<std::uint64_t>(std::llround(why.threshold))));
    }
}

void TransitionPanel::addWait(const TransitionReason &why)
{
    using Kind = TransitionReason::Kind;
    if (why.kind == Kind::RecoveryTimeoutElapsed) {
        addFact(tr("Open for"), secondsText(why.observed));
        addFact(tr("Recovery timeout"), secondsText(why.threshold));
    } else if (why.kind == Kind::EjectionOver) {
        addFact(tr("Ejected for"), secondsText(why.observed));
        addFact(tr("Ejection time"), secondsText(why.threshold));
    } else if (why.kind == Kind::HalfOpenTooLong) {
        addFact(tr("Half-open at most"), secondsText(why.threshold));
    }
}

void TransitionPanel::addDecidingCall(const RecordPtr &record, const TransitionReason &why)
{
    // Before an end there is an arrival: the first call after the wait of OPEN decides without an outcome.
    const std::optional<OutcomeKind> ended = decidingOutcomeOf(why);
    addSection(ended ? tr("Deciding call %1: %2").arg(callName(why.decidingCall), outcomeLabel(*ended))
                     : tr("Call %1, which asked first").arg(callName(why.decidingCall)));
    const CallTrace *call = sampledCall(*record, why.decidingCall);
    if (!call) {
        m_followed->showCall(record, why.decidingCall);
        return;
    }
    for (const StoryLine &line : callStory(*record, *call)) {
        auto *step = wrappedLabel();
        step->setText(line.offset + QStringLiteral("  ") + line.text);
        m_rows->addWidget(step);
    }
}

/// Holds nothing of a run any more.
void TransitionPanel::forget()
{
    while (const std::unique_ptr<QLayoutItem> row{m_rows->takeAt(0)})
        delete row->widget();
    m_followed->clear();
    m_copy->clear();
}

void TransitionPanel::followRecord(const RecordPtr &record)
{
    if (!m_index || !record || !m_followed->isUnfinished())
        return;
    if (sampledCall(*record, m_callKey))
        showTransition(record, m_index);
    else
        m_followed->followRecord(record);
}

void TransitionPanel::showTransition(const RecordPtr &record, std::optional<std::size_t> index)
{
    const bool isOther = m_index != index;
    forget();
    m_index.reset();
    if (!record || !index || *index >= record->transitions.size()) {
        m_pages->setCurrentIndex(0);
        return;
    }
    m_index = index;
    const BreakerTransition &transition = record->transitions[*index];
    const TransitionReason &why = transition.reason;
    const BreakerInfo &breaker = record->breakers[transition.breaker];
    m_title->setText(breakerStateLabel(transition.from) + QStringLiteral(" → ") +
                     breakerStateLabel(transition.to));
    m_where->setText(tr("%1 on %2, at %3")
                         .arg(QString::fromStdString(breaker.name),
                              edgeLabel(record->edges[breaker.edge].name),
                              formatInstant(transition.at)));
    m_reason->setText(sentence(why));
    addCounts(*record, transition);
    addWait(why);
    if (why.hasDecidingCall)
        addDecidingCall(record, why);
    m_copy->setCommand([record, breaker = transition.breaker, at = transition.at] { return explainBreakerCommand(*record, breaker, at); },
                       [record] { return whyNoCommand(*record); });
    m_callKey = why.decidingCall;
    m_call->setVisible(why.hasDecidingCall && sampledCall(*record, why.decidingCall));
    m_call->setText(tr("Show call %1").arg(callName(why.decidingCall)));
    m_call->setAccessibleName(m_call->text());
    m_call->setToolTip(tr("Call %1 in the tables and on the command line").arg(why.decidingCall));
    m_pages->setCurrentIndex(1);
    if (isOther)
        scrollToTop(m_page);
}

} // namespace halfopen
