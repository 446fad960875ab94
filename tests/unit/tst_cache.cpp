// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/cache.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <rapidcheck.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

CacheConfig oneKey()
{
    CacheConfig c;
    c.keys = 1;
    c.ttl = 10s;
    return c;
}

/// Ends here with a success: it was in the cache.
bool isHit(const Admission &admission)
{
    return admission.kind == Admission::Kind::Refuse && admission.outcome.kind == OutcomeKind::Success;
}

/// A call that asks, and on a miss gets \a outcome at once. Says whether it was a hit.
bool ask(Policy &cache, Instant now, std::uint64_t key = 0, OutcomeKind outcome = OutcomeKind::Success)
{
    ProbeCall call(key);
    const Admission a = call.admit(cache, now);
    if (isHit(a))
        return true;
    static_cast<void>(call.end(cache, now, {.kind = outcome}));
    return false;
}

} // namespace

class TestCache : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(300); }

    void anAnswerIsFreshForItsTime()
    {
        Cache cache(oneKey());
        QVERIFY(!ask(cache, at(0)));
        QVERIFY(ask(cache, at(1)));
        QVERIFY(ask(cache, at(9'999)));
        QVERIFY(!ask(cache, at(10'000))); // counted from the store, not from the last use
        QVERIFY(ask(cache, at(10'001)));
    }

    void failuresAreNotKept()
    {
        Cache cache(oneKey());
        QVERIFY(!ask(cache, at(0), 0, OutcomeKind::Error));
        QVERIFY(!ask(cache, at(1), 0, OutcomeKind::Fallback)); // nor is what a fallback further in made up
        QVERIFY(!ask(cache, at(2)));
        QVERIFY(ask(cache, at(3)));
    }

    void aStaleAnswerReplacesAFailureForAWhile()
    {
        CacheConfig c = oneKey();
        c.staleWhileError = 20s;
        Cache cache(c);
        const auto failAt = [&](std::int64_t ms) {
            ProbeCall call;
            if (isHit(call.admit(cache, at(ms))))
                qFatal("still fresh");
            return call.end(cache, at(ms), {.kind = OutcomeKind::Timeout});
        };
        QCOMPARE(failAt(0).kind, Verdict::Kind::Keep); // nothing there yet
        QVERIFY(!ask(cache, at(0)));
        const Verdict stale = failAt(15'000);
        QCOMPARE(stale.kind, Verdict::Kind::Replace);
        QCOMPARE(stale.outcome.kind, OutcomeKind::Fallback);
        QCOMPARE(failAt(29'999).kind, Verdict::Kind::Replace);
        QCOMPARE(failAt(30'000).kind, Verdict::Kind::Keep);
    }

    // H(1000) = 7.485470861: the first of 1000 keys is asked for by 1 / H, the second by half of that.
    void zipfIsZipf()
    {
        const KeySpace keys(1000, 1.0);
        constexpr double kHarmonic = 7.4854708605503449;
        QVERIFY(std::abs(keys.chanceOf(0) - 1 / kHarmonic) < 1e-12);
        QVERIFY(std::abs(keys.chanceOf(1) - 0.5 / kHarmonic) < 1e-12);
        QVERIFY(std::abs(keys.chanceOf(999) - 0.001 / kHarmonic) < 1e-12);
        const RandomStream stream(1, "keys");
        std::map<std::uint32_t, int> seen;
        constexpr int kDraws = 200'000;
        for (std::uint64_t i = 0; i < kDraws; ++i)
            ++seen[keys.keyOf(stream.draw(i, 0))];
        const double share = 1 / kHarmonic;
        const double sigma = std::sqrt(share * (1 - share) / kDraws);
        QVERIFY(std::abs(static_cast<double>(seen[0]) / kDraws - share) < 4 * sigma);
        QVERIFY(seen.rbegin()->first <= 999);
        QCOMPARE(keys.keyOf(~std::uint64_t{0}), 999u);
        QCOMPARE(keys.keyOf(0), 0u);
        QVERIFY(std::abs(KeySpace(4, 0).chanceOf(2) - 0.25) < 1e-12);
    }

    // Uniform keys, a cache of a quarter of them that always keeps the last ones used: a hit with chance 1/4 (each key is
    // equally likely to be among the C used last).
    void aSmallCacheOfUniformKeysHitsByItsShare()
    {
        CacheConfig c;
        c.keys = 400;
        c.popularity = KeyPopularity::Uniform;
        c.capacity = 100;
        c.ttl = 1h;
        Cache cache(c);
        int hits = 0;
        constexpr int kCalls = 100'000;
        for (std::uint64_t i = 0; i < 2000; ++i)
            static_cast<void>(ask(cache, at(0), i));
        for (std::uint64_t i = 0; i < kCalls; ++i)
            hits += ask(cache, at(1), 10'000 + i);
        QVERIFY(std::abs(static_cast<double>(hits) / kCalls - 0.25) < 4 * std::sqrt(0.25 * 0.75 / kCalls) * 1.5);
        QCOMPARE(cache.entries(), std::size_t{100});
    }

    void theLeastRecentlyUsedGoesFirst()
    {
        QVERIFY(rc::check("agrees with a plain list in order of use", [] {
            CacheConfig c;
            c.keys = *rc::gen::inRange(1, 12);
            c.popularity = KeyPopularity::Uniform;
            c.capacity = *rc::gen::inRange(1, 12);
            c.ttl = 100ms;
            Cache cache(c);
            std::vector<std::pair<std::uint32_t, std::int64_t>> plain; // key, stored at; last used last
            std::int64_t ms = 0;
            const int steps = *rc::gen::inRange(0, 200);
            for (int i = 0; i < steps; ++i) {
                ms += *rc::gen::inRange(0, 30);
                const auto callKey = static_cast<std::uint64_t>(*rc::gen::inRange(0, 1000));
                const std::uint32_t key = KeySpace(c.keys, 0).keyOf(RandomStream(1, "probe").draw(callKey, 0));
                const auto found = std::find_if(plain.begin(), plain.end(), [&](auto &e) { return e.first == key; });
                bool fresh = false;
                if (found != plain.end()) {
                    const auto entry = *found;
                    fresh = ms - entry.second < 100;
                    plain.erase(found);
                    plain.push_back(entry);
                }
                const bool fails = *rc::gen::arbitrary<bool>();
                RC_ASSERT(ask(cache, at(ms), callKey, fails ? OutcomeKind::Error : OutcomeKind::Success) == fresh);
                if (!fresh && !fails) {
                    std::erase_if(plain, [&](auto &e) { return e.first == key; });
                    plain.emplace_back(key, ms);
                    if (plain.size() > static_cast<std::size_t>(*c.capacity))
                        plain.erase(plain.begin());
                }
                RC_ASSERT(cache.entries() == plain.size());
                if (*rc::gen::inRange(0, 20) == 0) {
                    c.capacity = *rc::gen::inRange(1, 12);
                    cache.reconfigure(at(ms), &c);
                    while (plain.size() > static_cast<std::size_t>(*c.capacity))
                        plain.erase(plain.begin());
                }
            }
        }));
    }
};

QTEST_GUILESS_MAIN(TestCache)
#include "tst_cache.moc"
