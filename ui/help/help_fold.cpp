// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/help_fold.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <utility>
#include <vector>

namespace halfopen {
namespace {

constexpr int kCodeIndent = 4;   ///< of a line of code that goes on
constexpr int kColumnsMin = 20;  ///< narrower than this nothing can be read

QStringList cellsOf(const QString &row)
{
    QStringList cells;
    QString cell;
    bool isCode = false;
    const QString inside = row.trimmed().mid(1);
    for (qsizetype i = 0; i < inside.size(); ++i) {
        const QChar letter = inside[i];
        const bool isEscaped = i > 0 && inside[i - 1] == QLatin1Char('\\');
        if (letter == QLatin1Char('`'))
            isCode = !isCode;
        if (letter == QLatin1Char('|') && !isCode && !isEscaped)
            cells += std::exchange(cell, QString()).trimmed();
        else
            cell += letter;
    }
    return cells;
}

double longestWord(const QString &cell, const HelpRoom &room)
{
    static const QRegularExpression link(QStringLiteral("\\]\\([^)]*\\)"));
    QString text = cell;
    text.remove(link).remove(QLatin1Char('[')).remove(QLatin1String("**"));
    double longest = 0;
    bool isCode = false;
    for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const bool hasCode = isCode || word.contains(QLatin1Char('`'));
        isCode = isCode != (word.count(QLatin1Char('`')) % 2 == 1);
        longest = std::max(longest, room.wordWidth(QString(word).remove(QLatin1Char('`')), hasCode));
    }
    return longest;
}

bool fits(const QStringList &rows, const HelpRoom &room)
{
    std::vector<double> widths;
    for (const QString &row : rows) {
        const QStringList cells = cellsOf(row);
        widths.resize(std::max(widths.size(), std::size_t(cells.size())));
        for (qsizetype c = 0; c < cells.size(); ++c)
            widths[std::size_t(c)] = std::max(widths[std::size_t(c)], longestWord(cells[c], room));
    }
    double sum = 0;
    for (const double width : widths)
        sum += width + room.cell;
    return sum <= room.width && room.perColumn * double(widths.size()) <= room.width;
}

/// One item for each row: its first cell as the name, then the others with what stands above them.
QString asList(const QStringList &rows)
{
    const QStringList head = cellsOf(rows.front());
    QString list;
    for (qsizetype r = 2; r < rows.size(); ++r) {
        const QStringList cells = cellsOf(rows[r]);
        QStringList said;
        for (qsizetype c = 1; c < cells.size(); ++c)
            if (!cells[c].isEmpty())
                said += head.size() > 2 && c < head.size() ? QStringLiteral("%1: %2").arg(head[c], cells[c]) : cells[c];
        if (cells.isEmpty())
            continue;
        const QString name = cells.front().contains(QLatin1String("**")) ? cells.front() : QStringLiteral("**%1**").arg(cells.front());
        list += QStringLiteral("- %1  %2\n").arg(name, said.join(QStringLiteral("; ")));
    }
    return list + QLatin1Char('\n');
}

bool isDrawn(const QStringList &lines)
{
    return std::any_of(lines.begin(), lines.end(), [](const QString &line) {
        return std::any_of(line.begin(), line.end(), [](QChar letter) { return letter.unicode() >= 0x2190 && letter.unicode() < 0x2800; });
    });
}

/// Where a strip of the drawing that begins at \a from may end: in a gap of all its lines if there is one, else anywhere.
qsizetype stripEnd(const QStringList &lines, qsizetype from, qsizetype columns)
{
    const auto isGap = [&](qsizetype at) {
        return std::all_of(lines.begin(), lines.end(), [at](const QString &line) { return at >= line.size() || line[at] == QLatin1Char(' '); });
    };
    for (qsizetype end = from + columns; end > from + columns / 2; --end)
        if (isGap(end))
            return end;
    return from + columns;
}

QStringList inStrips(const QStringList &lines, qsizetype columns)
{
    qsizetype longest = 0;
    for (const QString &line : lines)
        longest = std::max(longest, line.size());
    QStringList out;
    for (qsizetype from = 0; from < longest;) {
        const qsizetype end = longest - from <= columns ? longest : stripEnd(lines, from, columns);
        QStringList strip;
        for (const QString &line : lines) {
            QString piece = line.mid(from, end - from);
            while (piece.endsWith(QLatin1Char(' ')))
                piece.chop(1);
            if (!piece.isEmpty()) // nothing goes up or down through an empty line
                strip += piece;
        }
        if (from > 0 && !strip.isEmpty() && lines.size() > 1)
            out += QString(); // between two strips
        out += strip;
        from = end;
    }
    return out;
}

/// At its spaces, as YAML allows it between the braces; what is in one piece stays so.
QStringList wrapped(const QString &line, qsizetype columns)
{
    QStringList out;
    QString rest = line;
    qsizetype indent = 0;
    while (indent < line.size() && line[indent] == QLatin1Char(' '))
        ++indent;
    while (rest.size() > columns) {
        qsizetype cut = rest.lastIndexOf(QLatin1Char(' '), columns);
        if (cut <= indent + kCodeIndent)
            cut = rest.indexOf(QLatin1Char(' '), columns);
        if (cut < 0)
            break;
        out += rest.left(cut);
        rest = QString(indent + kCodeIndent, QLatin1Char(' ')) + rest.mid(cut).trimmed();
    }
    return out += rest;
}

QStringList folded(const QStringList &lines, qsizetype columns)
{
    const bool fit = std::all_of(lines.begin(), lines.end(), [columns](const QString &line) { return line.size() <= columns; });
    if (fit)
        return lines;
    if (isDrawn(lines))
        return inStrips(lines, columns);
    QStringList out;
    for (const QString &line : lines)
        out += wrapped(line, columns);
    return out;
}

} // namespace

QString foldedHelp(const QString &markdown, const HelpRoom &room)
{
    QString out;
    QStringList block; // of a table, or between two fences
    bool isFenced = false;
    const auto endTable = [&] {
        if (block.size() > 2 && !fits(block, room))
            out += QLatin1Char('\n') + asList(block);
        else
            for (const QString &row : block)
                out += row + QLatin1Char('\n');
        block.clear();
    };
    const auto endCode = [&] {
        for (const QString &one : folded(std::exchange(block, {}), std::max(kColumnsMin, room.columns)))
            out += one + QLatin1Char('\n');
    };
    for (const QString &line : markdown.split(QLatin1Char('\n'))) {
        const bool isFence = line.startsWith(QLatin1String("```"));
        if (isFenced && !isFence) {
            block += line;
            continue;
        }
        if (!isFenced && line.startsWith(QLatin1Char('|'))) {
            block += line;
            continue;
        }
        if (isFenced)
            endCode();
        else
            endTable();
        isFenced = isFenced != isFence;
        out += line + QLatin1Char('\n');
    }
    if (isFenced) { // nothing closes it: as in Markdown itself, all the rest is code
        while (!block.isEmpty() && block.back().trimmed().isEmpty())
            block.removeLast();
        endCode();
        out += QLatin1String("```\n");
    } else {
        endTable();
    }
    return out;
}

} // namespace halfopen
