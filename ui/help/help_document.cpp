// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/help_document.h"

#include "ui/help/help_fold.h"
#include "ui/models/schema_text.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>
#include <QTextTable>

#include <algorithm>
#include <numeric>
#include <vector>

namespace halfopen {
namespace {

constexpr double kCodeSize = 12.5;   ///< of drawings, in logical pixels
constexpr double kCodeSizeMin = 10;  ///< what does not fit in letters of this size is folded
constexpr double kCellPadding = 4;
constexpr double kColumnMin = 90;    ///< of a table, on average
constexpr double kHeadingSizes[] = {18, 15, 13.5};

bool isDrawing(const QTextBlock &block)
{
    return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) || block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
}

class Painter {
public:
    Painter(QTextDocument &document, const Theme &theme, int width) : m_document(document), m_theme(theme), m_width(width) {}

    QHash<QString, int> paint(const HelpPageText &page, const HelpTopic *topic)
    {
        m_document.clear();
        m_document.setDefaultFont(Theme::bodyFont());
        m_document.setDocumentMargin(Theme::padding());
        m_document.setIndentWidth(Theme::px(18));
        m_document.setMarkdown(foldedHelp(page.markdown, room()), QTextDocument::MarkdownDialectGitHub);
        dressBlocks(page.sections);
        dressFragments();
        dressTables();
        if (topic)
            addSettings(*topic);
        return m_places;
    }

private:
    /// Of a letter of drawings, per pixel of its size.
    static double letterWidth()
    {
        QFont font = Theme::monoFont();
        font.setPixelSize(100);
        return QFontMetricsF(font).horizontalAdvance(QLatin1Char('m')) / 100;
    }
    /// For a line of a drawing.
    double codeRoom() const { return m_width - 2 * Theme::padding() - 2 * Theme::px(8); }
    HelpRoom room() const
    {
        QFont bold = Theme::bodyFont();
        bold.setWeight(QFont::DemiBold);
        QFont code = Theme::monoFont();
        code.setPixelSize(Theme::px(12));
        return {int(codeRoom() / (letterWidth() * Theme::px(kCodeSizeMin))), double(m_width - 2 * Theme::padding()), double(Theme::px(kColumnMin)),
                2.0 * Theme::px(kCellPadding) + 3,
                [bold = QFontMetricsF(bold), code = QFontMetricsF(code)](const QString &word, bool isCode) {
                    return (isCode ? code : bold).horizontalAdvance(word);
                }};
    }
    /// How large the letters of drawings are so that the longest line fits.
    double codeSize() const
    {
        const double letter = letterWidth();
        qsizetype longest = 1;
        for (QTextBlock block = m_document.begin(); block.isValid(); block = block.next())
            if (isDrawing(block))
                longest = std::max(longest, block.text().size());
        return std::clamp(codeRoom() / (letter * double(longest)), double(Theme::px(kCodeSizeMin)), double(Theme::px(kCodeSize)));
    }
    void dressBlocks(const std::vector<QString> &sections)
    {
        const double code = codeSize();
        std::size_t headings = 0;
        for (QTextBlock block = m_document.begin(); block.isValid(); block = block.next()) {
            QTextBlockFormat format = block.blockFormat();
            if (const int level = format.headingLevel(); level > 0) {
                if (headings < sections.size() && !sections[headings].isEmpty())
                    m_places.insert(sections[headings], block.position());
                ++headings;
                dressHeading(block, level);
            } else if (isDrawing(block)) {
                format.setBackground(m_theme.raised);
                format.setNonBreakableLines(true);
                const bool isFirst = !block.previous().isValid() || !isDrawing(block.previous());
                const bool isLast = !block.next().isValid() || !isDrawing(block.next());
                format.setTopMargin(isFirst ? Theme::px(6) : 0);
                format.setBottomMargin(isLast ? Theme::px(10) : 0);
                QTextCursor whole(block);
                whole.setBlockFormat(format);
                whole.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
                QTextCharFormat letters;
                letters.setFont(Theme::monoFont());
                letters.setProperty(QTextFormat::FontPixelSize, int(code));
                letters.setForeground(m_theme.text);
                whole.setCharFormat(letters);
                whole.setBlockCharFormat(letters);
            } else if (block.textList()) {
                format.setBottomMargin(Theme::px(4));
                QTextCursor(block).setBlockFormat(format);
            } else if (block.text().isEmpty() && isBehindTable(block)) {
                flatten(block);
            }
        }
    }
    static bool isBehindTable(const QTextBlock &block)
    {
        return !QTextCursor(block).currentTable() && block.previous().isValid() && QTextCursor(block.previous()).currentTable();
    }
    /// The reader of Markdown leaves an empty line behind a table.
    static void flatten(const QTextBlock &block)
    {
        QTextBlockFormat format = block.blockFormat();
        format.setTopMargin(0);
        format.setBottomMargin(0);
        format.setLineHeight(1, QTextBlockFormat::FixedHeight);
        QTextCursor(block).setBlockFormat(format);
    }
    void dressHeading(const QTextBlock &block, int level)
    {
        std::vector<std::pair<int, QTextCharFormat>> pieces; // ends, with what stands before them
        for (auto it = block.begin(); !it.atEnd(); ++it)
            pieces.emplace_back(it.fragment().position() + it.fragment().length(), it.fragment().charFormat());
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        format.setTopMargin(level == 1 ? 0 : Theme::px(14));
        format.setBottomMargin(Theme::px(5));
        cursor.setBlockFormat(format);
        for (auto &[end, letters] : pieces) {
            letters.clearProperty(QTextFormat::FontSizeAdjustment); // would win over the size in pixels
            letters.setFontWeight(QFont::DemiBold);
            letters.setProperty(QTextFormat::FontPixelSize, Theme::px(kHeadingSizes[std::clamp(level, 1, 3) - 1]));
            cursor.setPosition(end, QTextCursor::KeepAnchor);
            cursor.setCharFormat(letters);
            cursor.setPosition(end);
        }
    }
    void dressFragments()
    {
        struct Piece {
            int from, length;
            bool isCode, isLink, isName;
        };
        std::vector<Piece> pieces;
        for (QTextBlock block = m_document.begin(); block.isValid(); block = block.next()) {
            if (isDrawing(block))
                continue;
            for (auto it = block.begin(); !it.atEnd(); ++it) {
                const QTextFragment fragment = it.fragment();
                const QTextCharFormat format = fragment.charFormat();
                const bool isCode = format.fontFixedPitch();
                if (isCode || format.isAnchor())
                    pieces.push_back({fragment.position(), fragment.length(), isCode, format.isAnchor(),
                                      isCode && block.textList() && fragment.position() == block.position()});
            }
        }
        for (const Piece &piece : pieces) {
            QTextCursor cursor(&m_document);
            cursor.setPosition(piece.from);
            cursor.setPosition(piece.from + piece.length, QTextCursor::KeepAnchor);
            QTextCharFormat letters;
            if (piece.isCode) {
                letters.setFontFamilies({Theme::monoFont().family()});
                letters.setProperty(QTextFormat::FontPixelSize, Theme::px(12));
                letters.setBackground(m_theme.raised);
            }
            if (piece.isName) // what the item tells of
                letters.setFontWeight(QFont::Bold);
            if (piece.isLink) {
                letters.setForeground(m_theme.accent);
                letters.setFontUnderline(true);
            }
            cursor.mergeCharFormat(letters);
        }
    }
    /// Each column gets its longest word, so that no name is parted, and then its share of what is left.
    QList<QTextLength> columnWidths(const QTextTable &table) const
    {
        const HelpRoom has = room();
        QHash<std::pair<QChar, bool>, double> widths; // of a letter; whether as code
        const auto widthOf = [&](QChar letter, bool isCode) {
            const auto found = widths.constFind({letter, isCode});
            return found != widths.constEnd() ? *found : *widths.insert({letter, isCode}, has.wordWidth(QString(letter), isCode));
        };
        std::vector<double> least(std::size_t(table.columns()), 0), text(std::size_t(table.columns()), 1);
        for (int row = 0; row < table.rows(); ++row)
            for (int column = 0; column < table.columns(); ++column) {
                const QTextTableCell cell = table.cellAt(row, column);
                double word = 0, all = 0, longest = 0;
                for (QTextBlock block = cell.firstCursorPosition().block(); block.isValid(); block = block.next()) {
                    for (auto it = block.begin(); !it.atEnd(); ++it) {
                        const bool isCode = it.fragment().charFormat().fontFixedPitch();
                        for (const QChar letter : it.fragment().text()) {
                            const double width = widthOf(letter, isCode);
                            all += width;
                            word = letter == QLatin1Char(' ') ? 0 : word + width;
                            longest = std::max(longest, word);
                        }
                    }
                    word = 0;
                    if (block == cell.lastCursorPosition().block())
                        break;
                }
                least[std::size_t(column)] = std::max(least[std::size_t(column)], longest + has.cell);
                text[std::size_t(column)] = std::max(text[std::size_t(column)], all);
            }
        const double taken = std::accumulate(least.begin(), least.end(), 0.0), share = std::accumulate(text.begin(), text.end(), 0.0);
        QList<QTextLength> lengths;
        for (std::size_t c = 0; c < least.size(); ++c)
            lengths += QTextLength(QTextLength::PercentageLength,
                                  100 * (least[c] + std::max(0.0, has.width - taken) * text[c] / share) / std::max(has.width, taken));
        return lengths;
    }
    void dressTables()
    {
        for (QTextFrame *frame : m_document.rootFrame()->childFrames()) {
            auto *table = qobject_cast<QTextTable *>(frame);
            if (!table)
                continue;
            QTextTableFormat format = table->format();
            format.setBorder(1);
            format.setBorderCollapse(true);
            format.setBorderBrush(m_theme.divider);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setCellPadding(Theme::px(kCellPadding));
            format.setCellSpacing(0);
            format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
            format.setTopMargin(Theme::px(6));
            format.setBottomMargin(Theme::px(10));
            format.setColumnWidthConstraints(columnWidths(*table));
            table->setFormat(format);
            for (int column = 0; column < table->columns(); ++column) {
                QTextTableCell cell = table->cellAt(0, column);
                QTextCharFormat head = cell.format();
                head.setBackground(m_theme.raised);
                cell.setFormat(head);
                QTextCursor words = cell.firstCursorPosition();
                words.setPosition(cell.lastCursorPosition().position(), QTextCursor::KeepAnchor);
                QTextCharFormat bold;
                bold.setFontWeight(QFont::DemiBold);
                words.mergeCharFormat(bold);
            }
        }
    }

    /// The settings, from the schema alone.
    void addSettings(const HelpTopic &topic)
    {
        for (const SchemaTopic *schema : topic.schemas) {
            const QString one = schemaText(schema->schema->title);
            addSchema(*schema->schema, schema->nested,
                      topic.lists.empty() ? QCoreApplication::translate("HelpPage", "Settings")
                                          : QCoreApplication::translate("HelpPage", "Settings of one: %1").arg(one));
        }
        for (const PartTopic *part : topic.parts) {
            const QString of = fromView(part->of->schema->key);
            addSchema(part->schema, {}, QCoreApplication::translate("HelpPage", "Settings in: %1").arg(of));
        }
    }
    void addSchema(const Schema &schema, std::span<const NestedKey> nested, const QString &title)
    {
        if (schema.fields.empty() && nested.empty())
            return;
        QTextCursor cursor(&m_document);
        cursor.movePosition(QTextCursor::End);
        QTextBlockFormat heading;
        heading.setHeadingLevel(2);
        cursor.insertBlock(heading, QTextCharFormat());
        if (!m_places.contains(QStringLiteral("settings")))
            m_places.insert(QStringLiteral("settings"), cursor.position());
        cursor.insertText(title);
        dressHeading(cursor.block(), 2);
        for (const Field &field : schema.fields)
            addRow(cursor, fromView(field.key), helpOnValues(schema, field), schemaText(field.help));
        const QString needed = QCoreApplication::translate("HelpPage", "must be given");
        for (const NestedKey &key : nested)
            addRow(cursor, fromView(key.key), key.required ? needed : QString(), schemaText(key.help));
    }
    void addRow(QTextCursor &cursor, const QString &key, const QString &values, const QString &help)
    {
        QTextBlockFormat first;
        first.setTopMargin(Theme::px(7));
        QTextCharFormat name;
        name.setFontFamilies({Theme::monoFont().family()});
        name.setProperty(QTextFormat::FontPixelSize, Theme::px(12));
        name.setFontWeight(QFont::Bold);
        cursor.insertBlock(first, name);
        if (!m_places.contains(key))
            m_places.insert(key, cursor.position());
        cursor.insertText(key, name);
        QTextCharFormat small;
        small.setForeground(m_theme.secondary);
        if (!values.isEmpty())
            cursor.insertText(QStringLiteral("   ") + values, small);
        if (help.isEmpty())
            return;
        QTextBlockFormat second;
        second.setLeftMargin(Theme::px(14));
        cursor.insertBlock(second, QTextCharFormat());
        // As on a written page, code stands between backquotes.
        const QStringList pieces = help.split(QLatin1Char('`'));
        QTextCharFormat code;
        code.setFontFamilies({Theme::monoFont().family()});
        code.setProperty(QTextFormat::FontPixelSize, Theme::px(12));
        code.setBackground(m_theme.raised);
        for (qsizetype i = 0; i < pieces.size(); ++i)
            cursor.insertText(pieces[i], i % 2 == 1 ? code : QTextCharFormat());
    }

    QTextDocument &m_document;
    const Theme &m_theme;
    int m_width;
    QHash<QString, int> m_places;
};

} // namespace

QHash<QString, int> fillHelpDocument(QTextDocument &document, const HelpPageText &page, const HelpTopic *topic, const Theme &theme, int width)
{
    return Painter(document, theme, width).paint(page, topic);
}

} // namespace halfopen
