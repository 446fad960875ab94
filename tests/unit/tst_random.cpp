// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/base/units.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

using Draws = std::function<std::uint64_t(std::uint64_t)>;

/// The ways in which a run walks through the draws: each must look like independent bits.
const std::vector<std::pair<const char *, Draws>> &walks()
{
    static const std::vector<std::pair<const char *, Draws>> all{
        {"calls", [](std::uint64_t n) { return RandomStream(1, "orders-db").draw(n, 0); }},
        {"attempts of one call",
         [](std::uint64_t n) {
             return RandomStream(1, "orders-db").draw(77, static_cast<std::uint32_t>(n));
         }},
        {"three attempts of each call",
         [](std::uint64_t n) {
             return RandomStream(1, "web").draw(n / 3, static_cast<std::uint32_t>(n % 3));
         }},
        {"keys that differ in high bits only",
         [](std::uint64_t n) { return RandomStream(1, "web").draw(n << 40, 0); }},
        {"seeds", [](std::uint64_t n) { return RandomStream(n, "web").draw(5, 0); }},
        {"children", [](std::uint64_t n) { return RandomStream(3, "web").child(n).draw(5, 1); }},
        {"names",
         [](std::uint64_t n) { return RandomStream(3, std::to_string(n) + "p").draw(5, 0); }},
    };
    return all;
}

void addWalks()
{
    QTest::addColumn<int>("walk");
    for (std::size_t i = 0; i < walks().size(); ++i)
        QTest::newRow(walks()[i].first) << static_cast<int>(i);
}

/// Standard deviations between a chi-square statistic and its mean.
double chiSquareZ(const std::vector<std::uint32_t> &counts, double expected)
{
    double sum = 0.0;
    for (const std::uint32_t count : counts)
        sum += (count - expected) * (count - expected) / expected;
    const double freedom = static_cast<double>(counts.size()) - 1.0;
    return (sum - freedom) / std::sqrt(2.0 * freedom);
}

/// Largest deviation, in standard deviations, of "output bit j flips" from one half, when one bit
/// of the argument flips.
double worstAvalanche(int inputBits, const std::function<std::uint64_t(std::uint64_t, int)> &output)
{
    constexpr int kTrials = 8192;
    double worst = 0.0;
    for (int input = 0; input < inputBits; ++input) {
        std::array<int, 64> flips{};
        for (int trial = 0; trial < kTrials; ++trial) {
            const auto t = static_cast<std::uint64_t>(trial);
            const std::uint64_t change = output(t, -1) ^ output(t, input);
            for (std::size_t bit = 0; bit < 64; ++bit)
                flips[bit] += static_cast<int>((change >> bit) & 1);
        }
        for (const int count : flips)
            worst = std::max(worst, std::fabs(count - kTrials / 2.0) / std::sqrt(kTrials / 4.0));
    }
    return worst;
}

} // namespace

class TestRandom : public QObject {
    Q_OBJECT
private slots:
    void drawsHaveTheWrittenValues();
    void hashesTextWithFnv1a();
    void everyByteIsUniform_data() { addWalks(); }
    void everyByteIsUniform();
    void neighboursAreUncorrelated_data() { addWalks(); }
    void neighboursAreUncorrelated();
    void pairsOfNeighboursFillTheSquare_data() { addWalks(); }
    void pairsOfNeighboursFillTheSquare();
    void halvesCollideAsOftenAsChanceSays_data() { addWalks(); }
    void halvesCollideAsOftenAsChanceSays();
    void streamsAreUncorrelated();
    void oneBitOfTheKeyFlipsHalfOfTheDraw();
    void oneBitOfTheIndexFlipsHalfOfTheDraw();
    void oneBitOfTheSeedFlipsHalfOfTheDraw();
    void uniformStaysInItsRange();
    void uniformIndexIsEven();
    void chanceIsExactAtItsEnds();
    void chanceComesAsOftenAsItsProbability();
};

// Computed by a separate program in arbitrary precision from the definition in random.h. They are
// what makes a recorded run repeatable: a change here changes every scenario's result.
void TestRandom::drawsHaveTheWrittenValues()
{
    const RandomStream orders(42, "orders-db");
    QCOMPARE(orders.draw(0, 0), std::uint64_t{0xfc8189d980fbf9cdu});
    QCOMPARE(orders.draw(1, 0), std::uint64_t{0xc975a73d3ab74cf8u});
    QCOMPARE(orders.draw(0, 1), std::uint64_t{0x637c9789872e218bu});
    QCOMPARE(RandomStream(43, "orders-db").draw(0, 0), std::uint64_t{0x04b7658a1d3393dbu});
    QCOMPARE(RandomStream(42, "web").draw(~0ull, ~0u), std::uint64_t{0xf98e1a55b415b982u});
    QCOMPARE(orders.child(3).draw(5, 1), std::uint64_t{0x9fdfc68edce0e8c1u});
}

// Test vectors of FNV-1a, 64 bits: http://www.isthe.com/chongo/src/fnv/test_fnv.c
void TestRandom::hashesTextWithFnv1a()
{
    QCOMPARE(hashText(""), mix64(0xcbf29ce484222325u));
    QCOMPARE(hashText("a"), mix64(0xaf63dc4c8601ec8cu));
    QCOMPARE(hashText("foobar"), mix64(0x85944171f73967e8u));
}

void TestRandom::everyByteIsUniform()
{
    QFETCH(int, walk);
    const Draws &draws = walks()[static_cast<std::size_t>(walk)].second;
    constexpr std::uint64_t kDraws = 1 << 17;
    std::array<std::vector<std::uint32_t>, 8> counts;
    counts.fill(std::vector<std::uint32_t>(256));
    for (std::uint64_t n = 0; n < kDraws; ++n) {
        const std::uint64_t bits = draws(n);
        for (std::size_t byte = 0; byte < 8; ++byte)
            ++counts[byte][(bits >> (8 * byte)) & 255];
    }
    for (const auto &count : counts) {
        const double z = chiSquareZ(count, kDraws / 256.0);
        QVERIFY2(std::fabs(z) < 4.5, qPrintable(QString::number(z)));
    }
}

void TestRandom::neighboursAreUncorrelated()
{
    QFETCH(int, walk);
    const Draws &draws = walks()[static_cast<std::size_t>(walk)].second;
    constexpr int kDraws = 1 << 17;
    for (const std::uint64_t lag : {1u, 2u, 3u, 64u}) {
        double sum = 0.0;
        for (std::uint64_t n = 0; n < kDraws; ++n) {
            const double a = static_cast<double>(draws(n)) * 0x1p-64 - 0.5;
            const double b = static_cast<double>(draws(n + lag)) * 0x1p-64 - 0.5;
            sum += a * b;
        }
        // Each product has mean 0 and variance 1/144.
        const double z = sum * 12.0 / std::sqrt(kDraws);
        QVERIFY2(std::fabs(z) < 4.5, qPrintable(QString::number(z)));
    }
}

void TestRandom::pairsOfNeighboursFillTheSquare()
{
    QFETCH(int, walk);
    const Draws &draws = walks()[static_cast<std::size_t>(walk)].second;
    constexpr std::uint64_t kPairs = 1 << 17;
    for (const int shift : {58, 29, 0}) { // six bits from the top, the middle and the bottom
        std::vector<std::uint32_t> counts(64 * 64);
        for (std::uint64_t n = 0; n < kPairs; ++n)
            ++counts[((draws(2 * n) >> shift) & 63) * 64 + ((draws(2 * n + 1) >> shift) & 63)];
        const double z = chiSquareZ(counts, kPairs / 4096.0);
        QVERIFY2(std::fabs(z) < 4.5, qPrintable(QString::number(z)));
    }
}

void TestRandom::halvesCollideAsOftenAsChanceSays()
{
    QFETCH(int, walk);
    const Draws &draws = walks()[static_cast<std::size_t>(walk)].second;
    constexpr std::uint64_t kDraws = 1 << 18;
    std::vector<std::uint32_t> low, high;
    for (std::uint64_t n = 0; n < kDraws; ++n) {
        low.push_back(static_cast<std::uint32_t>(draws(n)));
        high.push_back(static_cast<std::uint32_t>(draws(n) >> 32));
    }
    for (auto *half : {&low, &high}) {
        std::sort(half->begin(), half->end());
        int collisions = 0;
        for (std::size_t i = 1; i < half->size(); ++i)
            collisions += (*half)[i] == (*half)[i - 1];
        // Poisson with mean n^2 / 2^33 = 8; 0 to 24 holds all but 3e-4 below and 1e-6 above.
        QVERIFY2(collisions >= 1 && collisions <= 24, qPrintable(QString::number(collisions)));
    }
}

void TestRandom::streamsAreUncorrelated()
{
    const RandomStream a(9, "orders"), b(9, "orders2"), c(10, "orders");
    constexpr int kDraws = 1 << 18;
    double ab = 0.0, ac = 0.0;
    for (std::uint64_t n = 0; n < kDraws; ++n) {
        const double x = static_cast<double>(a.draw(n, 0)) * 0x1p-64 - 0.5;
        ab += x * (static_cast<double>(b.draw(n, 0)) * 0x1p-64 - 0.5);
        ac += x * (static_cast<double>(c.draw(n, 0)) * 0x1p-64 - 0.5);
    }
    QVERIFY(std::fabs(ab) * 12.0 / std::sqrt(kDraws) < 4.5);
    QVERIFY(std::fabs(ac) * 12.0 / std::sqrt(kDraws) < 4.5);
}

// 64 x 64 cells of a binomial: the largest of 4096 normals is above 5.5 once in 10 000 times.
void TestRandom::oneBitOfTheKeyFlipsHalfOfTheDraw()
{
    const RandomStream stream(5, "x");
    QVERIFY(worstAvalanche(64, [&](std::uint64_t trial, int flip) {
                return stream.draw(flip < 0 ? trial : trial ^ (std::uint64_t{1} << flip), 0);
            }) < 5.5);
}

void TestRandom::oneBitOfTheIndexFlipsHalfOfTheDraw()
{
    const RandomStream stream(5, "x");
    QVERIFY(worstAvalanche(32, [&](std::uint64_t trial, int flip) {
                const auto index = static_cast<std::uint32_t>(trial & 15);
                return stream.draw(trial >> 4, flip < 0 ? index : index ^ (1u << flip));
            }) < 5.5);
}

void TestRandom::oneBitOfTheSeedFlipsHalfOfTheDraw()
{
    QVERIFY(worstAvalanche(64, [](std::uint64_t trial, int flip) {
                const std::uint64_t seed = flip < 0 ? trial : trial ^ (std::uint64_t{1} << flip);
                return RandomStream(seed, "x").draw(1, 0);
            }) < 5.5);
}

void TestRandom::uniformStaysInItsRange()
{
    QCOMPARE(uniform(0, 3ms, 9ms), Duration(3ms));
    QCOMPARE(uniform(~0ull, 3ms, 9ms), Duration(9ms) - 1ns);
    QCOMPARE(uniform(1ull << 63, 3ms, 9ms), Duration(6ms));
    QCOMPARE(uniform(~0ull, 3ms, 3ms), Duration(3ms));
    QCOMPARE(uniform(1ull << 63, -5ns, 5ns), Duration(0));
}

void TestRandom::uniformIndexIsEven()
{
    const RandomStream stream(5, "x");
    constexpr std::uint64_t kDraws = 70'000;
    std::vector<std::uint32_t> counts(7);
    for (std::uint64_t n = 0; n < kDraws; ++n)
        ++counts.at(uniformIndex(stream.draw(n, 0), 7));
    QVERIFY(std::fabs(chiSquareZ(counts, kDraws / 7.0)) < 4.5);
    QCOMPARE(uniformIndex(~0ull, 7), 6u);
    QCOMPARE(uniformIndex(~0ull, 0), 0u);
}

void TestRandom::chanceIsExactAtItsEnds()
{
    QVERIFY(chance(0, Probability(1.0).threshold()));
    QVERIFY(chance(~0ull, Probability(1.0).threshold()));
    QVERIFY(!chance(0, Probability(0.0).threshold()));
    QVERIFY(!chance(~0ull, Probability(0.0).threshold()));
    QCOMPARE(Probability(0.5).threshold(), std::uint64_t{1} << 63);
    QVERIFY(chance((std::uint64_t{1} << 63) - 1, Probability(0.5).threshold()));
    QVERIFY(!chance(std::uint64_t{1} << 63, Probability(0.5).threshold()));
    // The largest double below one is not yet "always".
    QVERIFY(!chance(~0ull, Probability(0x1.fffffffffffffp-1).threshold()));
}

void TestRandom::chanceComesAsOftenAsItsProbability()
{
    const RandomStream stream(6, "faults");
    constexpr int kDraws = 1'000'000;
    for (const double p : {0.001, 0.1, 1.0 / 3.0, 0.75}) {
        const std::uint64_t threshold = Probability(p).threshold();
        int hits = 0;
        for (std::uint64_t n = 0; n < kDraws; ++n)
            hits += chance(stream.draw(n, 0), threshold);
        QVERIFY(std::fabs(hits - p * kDraws) < 4.5 * std::sqrt(p * (1.0 - p) * kDraws));
    }
}

QTEST_GUILESS_MAIN(TestRandom)
#include "tst_random.moc"
