// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/schema.h"

#include <optional>

namespace halfopen {

/// The mapping between the positions of a slider and the values of a setting.
///
/// Shares are linear over their range. Durations, rates, counts and numbers are logarithmic, within the legal range
/// and at most a factor of 100 around the default and the value the scenario begins with: a slider that spans
/// microseconds to days moves too fast to be of use, and the text beside it takes any legal value. Where zero is
/// legal, the leftmost position is zero.
class ValueScale {
public:
    static constexpr int kPositions = 1000;

    /// The scale of \a field for a scenario that begins with \a start (which may be none), or nothing when the
    /// kind of value has no scale.
    static std::optional<ValueScale> of(const Field &field, const Value &start);

    /// 0 to kPositions; values outside of the scale stand at its ends.
    int toPosition(const Value &value) const;
    /// A legal value with two significant digits (shares: whole percents).
    Value toValue(int position) const;
    /// A value to begin with when a setting is switched on that has none: in the middle of the scale.
    Value middle() const { return toValue(kPositions / 2); }

private:
    enum class Kind { Share, Count, Real, Time };
    double asNumber(const Value &value) const;
    Value asValue(double number) const;

    Kind m_kind = Kind::Real;
    bool m_linear = false;
    bool m_zero = false; ///< position 0 is the value 0
    double m_low = 0;
    double m_high = 1;
};

} // namespace halfopen
