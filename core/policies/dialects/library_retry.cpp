// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/library_retry.h"

namespace halfopen {

Admission LibraryRetry::admit(Instant now, PolicyCall &call)
{
    Try &made = call.as<Try>();
    made = {};
    onBegun(now, made);
    return Admission::admit();
}

Verdict LibraryRetry::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    Try &made = call.as<Try>();
    onTryEnded(now, made);
    if (isGood(outcome.kind)) {
        onSuccess(now, made);
        return Verdict::keep();
    }
    if (!m_retryOn.contains(outcome)) {
        ++m_notRetriable;
        return Verdict::keep();
    }
    const std::optional<Duration> wait = waitAfter(now, made, outcome, call.draw(made.retries + 1));
    if (!wait) {
        ++(made.retries + 1 >= triesAtMost() ? m_usedUp : m_limited);
        return Verdict::keep();
    }
    ++m_retried;
    ++made.retries;
    made.retryNs = (now + *wait).ns();
    return Verdict::retryAt(now + *wait);
}

void LibraryRetry::onCancelled(Instant now, PolicyCall &call)
{
    onTryEnded(now, call.as<Try>());
}

void LibraryRetry::onBegun(Instant, Try &) {}
void LibraryRetry::onTryEnded(Instant, Try &) {}
void LibraryRetry::onSuccess(Instant, Try &) {}

} // namespace halfopen
