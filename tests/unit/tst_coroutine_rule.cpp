// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/coroutine_rule.h"

#include <QObject>
#include <QTest>

using namespace halfopen::test;

namespace {

/// A coroutine around the statement under test, so that it stands where statements stand.
std::string inCoroutine(const QString &statement)
{
    return "QCoro::Task<int> Probe::run(Config c) const\n{\n" + statement.toStdString() + "\n}\n";
}

} // namespace

class TestCoroutineRule : public QObject {
    Q_OBJECT
private slots:
    void noStatementOfTheTreeHasABadShape()
    {
        int awaits = 0;
        const std::vector<Finding> findings = findingsInTree(HALFOPEN_SOURCE_DIR, [&](const SourceFile &file) {
            const bool isProduct = !file.path.starts_with("tests/");
            awaits += isProduct && file.text.find("co_await") != std::string::npos ? 1 : 0;
            return checkCoroutines(file.path, file.text);
        });
        QVERIFY2(findings.empty(), listing(findings).c_str());
        QVERIFY2(awaits > 1, "the tree was not found, so nothing was judged");
    }

    void aBadShapeIsReported_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const char *statement, const char *word) {
            QTest::newRow(name) << statement << word;
        };
        row("aggregate, plain", "co_await f({a, b});", "braces");
        row("aggregate, designated", "co_await f(Config{.x = s});", "braces");
        row("aggregate, named type", "auto r = co_await f(1, ns::Config<int>{a});", "braces");
        row("initializer list", "co_await f(std::vector<QString>{a, b});", "braces");
        row("empty braces", "co_await f({});", "braces");
        row("result in braces", "std::optional<int> r{co_await f()};", "braces");
        row("returned result in braces", "co_return Pair{co_await f(), 1};", "braces");
        row("awaited result beside braces", "g(Config{1}, co_await f());", "braces");
        row("in a condition", "if (auto r = co_await f({1}); r) { g(); }", "braces");
        row("in a loop's head", "while (co_await f(Config{1})) g();", "braces");
        row("after a label", "switch (c.x) { case 1: co_await f({1}); break; }", "braces");
        row("in a nested block", "for (;;) { if (x) { co_await f({1}); } }", "braces");
        row("in a lambda's body", "spawn([](int x) -> Task<> { co_await f({x}); }(1));", "braces");
        row("in the body of a named lambda",
            "auto g = [](int x) -> QCoro::Task<> {\nco_return co_await f({x}); };", "braces");
        row("lambda that captures by value", "co_await f([s] { return s; });", "lambda");
        row("lambda with a new name", "co_await f([s = g()]() mutable { return s; });", "lambda");
        row("lambda that captures this", "co_await f(1, [this](int x) { return x; });", "lambda");
        row("lambda coroutine called at once", "co_await [x]() -> Task<> { co_return; }();",
            "lambda");
        row("conditional", "T r = cond ? co_await g() : T();", "?:");
        row("conditional argument", "co_await g(cond ? 1 : 2);", "?:");
    }
    void aBadShapeIsReported()
    {
        QFETCH(QString, statement);
        QFETCH(QString, word);
        const auto findings = checkCoroutines("core/live/x.cpp", inCoroutine(statement));
        QVERIFY2(findings.size() == 1, listing(findings).c_str());
        QVERIFY2(QString::fromStdString(findings[0].what).contains(word),
                 listing(findings).c_str());
        QCOMPARE(findings[0].line, statement.contains('\n') ? 4 : 3);
    }

    void aGoodShapeIsNotReported_data()
    {
        QTest::addColumn<QString>("statement");
        const auto row = [](const char *name, const char *statement) {
            QTest::newRow(name) << statement;
        };
        row("named first", "Config c{.x = 1};\nco_await f(std::move(c));");
        row("task first", "auto t = f({a, b});\nco_await std::move(t);");
        row("lambda first", "auto g = [s] { return s; };\nco_await f(g);");
        row("lambda without captures", "co_await f([](int x) { return x; });");
        row("value as parameter", "co_await [](int x) -> Task<> { co_await g(x); }(x);");
        row("if and else", "if (cond) { r = co_await g(); } else { r = T{}; }");
        row("if and else without braces", "if (cond) r = co_await g(); else r = T{};");
        row("aggregate returned", "co_await f();\nco_return Config{1, 2};");
        row("braces before", "const auto all = std::vector<int>{1, 2};\nco_await f(all);");
        row("loop over braces", "for (int x : {1, 2}) { co_await f(x); }");
        row("conditional before", "const int x = cond ? 1 : 2;\nco_await f(x);");
        row("conditional in a head", "if (cond ? a : b) { co_await f(); }");
        row("names bound to parts", "const auto &[a, b] = co_await f();");
        row("subscript", "v[i] = co_await f(w[2]);");
        row("switch", "switch (co_await f()) {\ncase Woke::Signal: { g({1}); break; }\n}");
        row("try", "try { co_await f(); } catch (const Cancelled &) { g(T{1}); }");
        row("lambda around", "spawn([this, x]() -> Task<> { co_await f(x); });");
        row("named lambda around", "auto g = [this]() -> Task<> { co_await f(); };\ng({1});");
        row("comment", "// co_await f({a});\nco_await f(a); // ? {x}");
        row("string", "co_await f(\"{a} ? [x](\");");
        row("character", "co_await f('{', '?');");
        row("digit separators", "co_await f(1'000, 2'000);");
    }
    void aGoodShapeIsNotReported()
    {
        QFETCH(QString, statement);
        const auto findings = checkCoroutines("core/live/x.cpp", inCoroutine(statement));
        QVERIFY2(findings.empty(), listing(findings).c_str());
    }

    void codeAroundCoroutinesDoesNotConfuseTheScanner()
    {
        const char *text = R"(
#define LOOP(x) do { x; \
    } while (false)
namespace halfopen::live {
enum class Woke : int { Signal, Timeout };
template <typename T> struct Awaiter final : public Base<T> {
    Awaiter() : m_a{1}, m_b(2) { go({1}); }
    auto operator co_await() const noexcept { return Inner{m_a ? 1 : 2}; }
    QCoro::Task<> twice(int x = {}) & override
    {
        co_await sleep(x);
        extern "C" { int y{3}; }
    }
    auto trailing() -> QCoro::Task<Woke> { co_return co_await twice(); }
    std::vector<int> m_v{1, 2, 3};
    int m_a = 0;
};
} // namespace halfopen::live
QCoro::Task<> after() { co_await f({1}); }
)";
        const auto findings = checkCoroutines("core/live/x.h", text);
        QVERIFY2(findings.size() == 1, listing(findings).c_str());
        QCOMPARE(findings[0].line, 19);
    }

    void waitForIsForTestsOnly()
    {
        const char *text = "int main() { return QCoro::waitFor(run()); }";
        QCOMPARE(checkCoroutines("app/cli_main.cpp", text).size(), std::size_t(1));
        QCOMPARE(checkCoroutines("tests/live/tst_x.cpp", text).size(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestCoroutineRule)
#include "tst_coroutine_rule.moc"
