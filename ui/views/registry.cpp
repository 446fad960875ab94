// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/registry.h"

#include "ui/views/breaker_view.h"
#include "ui/views/call_view.h"
#include "ui/views/comparison_view.h"
#include "ui/views/event_log_view.h"
#include "ui/views/latency_view.h"
#include "ui/views/outcomes_view.h"
#include "ui/views/retry_view.h"
#include "ui/views/stability_view.h"
#include "ui/views/sweep_view.h"
#include "ui/views/topology_view.h"

#include <array>

namespace halfopen {

namespace {

// Heights of tracks.
constexpr int kLegendHeight = 220; ///< a legend of eleven lines
constexpr int kReasonHeight = 240; ///< why a breaker changed its state, and by what figures
constexpr int kLanesHeight = 300;  ///< a dozen of lanes, or the story of a call

constexpr std::array kViewTypes = {
    ViewType{"outcomes", QT_TRANSLATE_NOOP("halfopen::View", "Outcomes"), createOutcomesView, false, ViewPlace::Track,
             kLegendHeight},
    ViewType{"breakers", QT_TRANSLATE_NOOP("halfopen::View", "Breakers"), createBreakerView, false, ViewPlace::Track,
             kReasonHeight},
    ViewType{"retries", QT_TRANSLATE_NOOP("halfopen::View", "Retries"), createRetryView},
    ViewType{"latency", QT_TRANSLATE_NOOP("halfopen::View", "Latency"), createLatencyView},
    ViewType{"calls", QT_TRANSLATE_NOOP("halfopen::View", "Calls"), createCallView, true, ViewPlace::Track, kLanesHeight},
    ViewType{"events", QT_TRANSLATE_NOOP("halfopen::View", "Events"), createEventLogView, true},
    ViewType{"comparison", QT_TRANSLATE_NOOP("halfopen::View", "Comparison"), createComparisonView, true},
    ViewType{"topology", QT_TRANSLATE_NOOP("halfopen::View", "Topology"), createTopologyView, false, ViewPlace::Side},
    ViewType{"sweep", QT_TRANSLATE_NOOP("halfopen::View", "Sweep"), createSweepView, false, ViewPlace::Page},
    ViewType{"stability", QT_TRANSLATE_NOOP("halfopen::View", "Stability map"), createStabilityView, false, ViewPlace::Page},
};

} // namespace

std::span<const ViewType> viewTypes()
{
    return kViewTypes;
}

QString viewTitle(const ViewType &type)
{
    return View::tr(type.title);
}

} // namespace halfopen
