// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/yaml_highlighter.h"

#include "ui/theme.h"

#include <QRegularExpression>

namespace halfopen {

void YamlHighlighter::highlightBlock(const QString &text)
{
    static const QRegularExpression key(QStringLiteral(R"((?:^|[\s{,\-])([A-Za-z_][\w.\-]*)(?=\s*:))"));
    static const QRegularExpression number(QStringLiteral(R"((?<![\w.])\d[\d_.]*(?:%|[a-zµ/]+)?)"));
    static const QRegularExpression comment(QStringLiteral(R"((?:^|\s)#.*$)"));
    const Theme &theme = Theme::current();
    const auto paint = [this](const QRegularExpressionMatch &match, int group, const QColor &colour) {
        setFormat(int(match.capturedStart(group)), int(match.capturedLength(group)), colour);
    };
    for (auto it = number.globalMatch(text); it.hasNext();)
        paint(it.next(), 0, theme.dark ? theme.timeout : theme.error);
    for (auto it = key.globalMatch(text); it.hasNext();)
        paint(it.next(), 1, theme.accent);
    if (const auto match = comment.match(text); match.hasMatch())
        paint(match, 0, theme.secondary);
}

} // namespace halfopen
