// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_summary.h"

#include "core/policies/registry.h"
#include "core/scenario/vocabulary.h"
#include "simulators/faults/fault_timeline.h"
#include "ui/format.h"
#include "ui/models/measured_text.h"
#include "ui/models/schema_text.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace halfopen {
namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("ScenarioSummary", text, nullptr, count);
}

QString html(const std::string &text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

QString html(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size())).toHtmlEscaped();
}

/// Builds the page line by line.
class Page {
public:
    explicit Page(const Theme &theme) : m_theme(theme) {}

    QString secondary(const QString &text) const
    {
        return QStringLiteral("<span style='color:%1'>%2</span>").arg(m_theme.secondary.name(), text);
    }
    QString mark(const QString &sign, const QColor &colour) const
    {
        return QStringLiteral("<span style='color:%1;font-weight:600'>%2</span>").arg(colour.name(), sign);
    }
    void heading(const QString &text)
    {
        m_html += QStringLiteral("<p style='margin-top:%2px;margin-bottom:2px'>%1</p>")
                      .arg(secondary(text))
                      .arg(Theme::px(12));
    }
    void line(const QString &text)
    {
        m_html += QStringLiteral("<p style='margin-top:2px;margin-bottom:2px'>%1</p>").arg(text);
    }
    const Theme &theme() const { return m_theme; }
    QString result() const { return m_html; }

private:
    const Theme &m_theme;
    QString m_html;
};

QString callsText(const Page &page, const std::vector<CallSpec> &calls)
{
    QStringList parts;
    for (const CallSpec &call : calls) {
        QString part = QStringLiteral("→ ") + html(call.endpoint.empty() ? call.to : call.to + "/" + call.endpoint);
        if (!call.policies.empty())
            part += QLatin1Char(' ') + page.secondary(tr("through %1").arg(html(call.policies)));
        parts += part;
    }
    return parts.join(QStringLiteral(", "));
}

QString arrivalText(const ArrivalSpec &arrivals)
{
    if (arrivals.kind == ArrivalSpec::Kind::Recorded)
        return tr("recorded arrivals");
    if (arrivals.kind == ArrivalSpec::Kind::ClosedLoop)
        return arrivals.users == 1
            ? tr("1 user, one call after the other")
            : tr("%1 users, one call after the other").arg(formatCount(static_cast<std::uint64_t>(arrivals.users)));
    QString rates;
    const std::size_t shown = std::min<std::size_t>(arrivals.points.size(), 4);
    for (std::size_t i = 0; i < shown; ++i) {
        rates += (i > 0 ? QStringLiteral(" → ") : QString()) + formatRate(arrivals.points[i].perSecond);
    }
    if (shown < arrivals.points.size())
        rates += QStringLiteral(" …");
    return arrivals.kind == ArrivalSpec::Kind::Poisson ? tr("Poisson %1").arg(rates) : tr("constant %1").arg(rates);
}

/// The comment at the head of a file, whose lines begin with "Question:", "Watch:" and "Source:".
void addQuestion(Page &page, const std::string &question)
{
    QString text = html(question);
    for (const char *word : {"Question:", "Watch:", "Source:"}) {
        const QString plain = QLatin1String(word);
        text.replace(plain, QStringLiteral("\n<b>%1</b>").arg(plain));
    }
    for (const QString &paragraph : text.split(QStringLiteral("\n<b>"), Qt::SkipEmptyParts)) {
        const QString flowing = paragraph.simplified();
        if (!flowing.isEmpty())
            page.line(text.startsWith(paragraph) ? flowing : QStringLiteral("<b>") + flowing);
    }
}

void addWorld(Page &page, const Scenario &scenario)
{
    page.heading(tr("Clients"));
    for (const ClientSpec &client : scenario.clients) {
        const QString processes = client.processes == 1
            ? tr("1 process")
            : tr("%1 processes").arg(formatCount(std::uint64_t(client.processes)));
        page.line(QStringLiteral("<b>%1</b> %2, %3<br>%4")
                      .arg(html(client.name), processes, arrivalText(client.arrivals), callsText(page, client.calls)));
    }
    page.heading(tr("Services"));
    for (const ServiceSpec &service : scenario.services) {
        QString facts = tr("%1 × %2 workers, queue %3, work %4")
                            .arg(formatCount(std::uint64_t(service.instances)), formatCount(std::uint64_t(service.workers)),
                                 formatCount(std::uint64_t(service.queue)), html(service.serviceTimeText));
        if (service.recording)
            facts = tr("answers as recorded in %1").arg(html(service.recordingFile));
        QStringList endpoints;
        for (const EndpointSpec &endpoint : service.endpoints)
            endpoints += QStringLiteral("%1 (%2)").arg(html(endpoint.name), html(endpoint.serviceTimeText));
        if (!endpoints.isEmpty())
            facts += QStringLiteral("<br>") + tr("endpoints: %1").arg(endpoints.join(QStringLiteral(", ")));
        const QString calls = callsText(page, service.calls);
        page.line(QStringLiteral("<b>%1</b> %2%3")
                      .arg(html(service.name), facts, calls.isEmpty() ? QString() : QStringLiteral("<br>") + calls));
    }
    if (!scenario.stacks.empty())
        page.heading(tr("Policies, outermost first"));
    for (const PolicyStackSpec &stack : scenario.stacks) {
        QStringList layers;
        for (const PolicySpec &layer : stack.layers)
            layers += schemaText(layer.settings.schema().title).toHtmlEscaped();
        page.line(QStringLiteral("<b>%1</b> %2").arg(html(stack.name), layers.join(QStringLiteral(" › "))));
    }
}

void addFaults(Page &page, const Scenario &scenario)
{
    if (scenario.faults.empty())
        return;
    page.heading(tr("Faults"));
    for (const FaultSpec &fault : scenario.faults) {
        const Schema &schema = fault.settings.schema();
        QStringList settings;
        for (const Field &field : schema.fields) {
            const Value value = fault.settings.get(field);
            if (value != field.standard || field.required)
                settings += html(field.key) + QLatin1Char(' ') + html(formatValue(field, value));
        }
        QString when = formatRange(Instant(fault.from), Instant(fault.from + fault.length));
        if (fault.every)
            when += QLatin1Char(' ') + tr("every %1").arg(formatDuration(*fault.every));
        QString where = html(faultPlaceText(fault));
        if (!fault.name.empty())
            where += QStringLiteral(" (%1)").arg(html(fault.name));
        if (const std::string timing = faultTimingText(fault); !timing.empty())
            settings += html(timing.substr(2)); // behind the comma
        page.line(QStringLiteral("%1<br><b>%2</b> %3 %4")
                      .arg(when, where, insideSentence(schemaText(schema.title)).toHtmlEscaped(), page.secondary(settings.join(QStringLiteral(", ")))));
    }
}

/// As the locale writes it.
QString gotText(const ExpectationResult &result)
{
    const Metric *metric = findMetric(result.expectation.metric);
    if (metric == nullptr || std::isnan(result.got))
        return html(result.gotText);
    return measuredText(Measured{result.expectation.metric, metric, {}, nullptr}, result.got).toHtmlEscaped();
}

void addExpectations(Page &page, const Scenario &scenario, const std::vector<ExpectationResult> &results)
{
    if (scenario.expectations.empty())
        return;
    page.heading(tr("Expected"));
    const bool judged = results.size() == scenario.expectations.size();
    for (std::size_t i = 0; i < scenario.expectations.size(); ++i) {
        const ExpectationSpec &expected = scenario.expectations[i];
        QString text = html(expected.metric) + QLatin1Char(' ') + html(expected.valueText);
        if (!expected.of.empty())
            text += QLatin1Char(' ') + tr("of %1").arg(html(expected.of));
        if (expected.from)
            text += QLatin1Char(' ') + tr("from %1").arg(formatDuration(*expected.from));
        if (expected.to)
            text += QLatin1Char(' ') + tr("to %1").arg(formatDuration(*expected.to));
        QString sign = page.secondary(QStringLiteral("○"));
        if (judged) {
            sign = !results[i].reached ? page.secondary(tr("○ not reached"))
                : results[i].met       ? page.mark(tr("✓ met"), page.theme().fallback)
                                       : page.mark(tr("✗ not met"), page.theme().error);
            text += QStringLiteral("<br>") + tr("got %1").arg(gotText(results[i]));
        }
        if (!expected.why.empty())
            text += QStringLiteral("<br>") + page.secondary(html(expected.why));
        page.line(sign + QLatin1Char(' ') + text);
    }
}

} // namespace

QString scenarioSummary(const Scenario &scenario, const std::vector<ExpectationResult> &results, const Theme &theme)
{
    Page page(theme);
    page.line(QStringLiteral("<span style='font-size:%2px;font-weight:600'>%1</span>")
                  .arg(html(scenario.name))
                  .arg(Theme::px(15)));
    if (!scenario.question.empty())
        addQuestion(page, scenario.question);
    page.line(page.secondary(tr("%1, seed %2").arg(formatDuration(scenario.duration)).arg(scenario.seed)));
    addExpectations(page, scenario, results);
    addFaults(page, scenario);
    addWorld(page, scenario);
    return page.result();
}

} // namespace halfopen
