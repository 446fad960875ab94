// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy_event.h"
#include "ui/theme.h"

#include <QRectF>

class QPainter;

namespace halfopen {

/// The shape of a breaker's state, so that no state is told by colour alone: CLOSED a filled
/// circle, OPEN a filled square, HALF_OPEN a half-filled diamond, FORCED_OPEN a square with a lock,
/// DISABLED an outlined circle, METRICS_ONLY a dotted circle. \a box is square.
void paintStateShape(QPainter &painter, const QRectF &box, BreakerState state, const Theme &theme);

/// How much of its colour fills a state of a run that is only compared with; its outline has Theme::kGhostAlpha of it.
constexpr double kGhostFill = 0.2;

/// The band of a state over time: thin when closed, full height when open, hatched when half-open.
void paintStateBand(QPainter &painter, const QRectF &band, BreakerState state, const Theme &theme);

/// The same for the run that is compared with: dashed when closed, an outline when open, a hatched one when half-open.
void paintGhostBand(QPainter &painter, const QRectF &band, BreakerState state, const Theme &theme);

} // namespace halfopen
