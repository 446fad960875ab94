// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/schema_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace halfopen {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SchemaText", text);
}

QString translated(const QByteArray &text)
{
    return text.isEmpty() ? QString() : QCoreApplication::translate("Schema", text.constData());
}

/// What follows \a mark at the end of \a text, without its full stop; takes both away.
QString cutTail(QString &text, const QString &mark)
{
    const qsizetype at = text.lastIndexOf(mark);
    if (at < 0)
        return {};
    QString tail = text.mid(at + mark.size());
    text.truncate(at);
    if (tail.endsWith(QLatin1Char('.')))
        tail.chop(1);
    return tail;
}

} // namespace

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString schemaText(std::string_view text)
{
    return translated(QByteArray(text.data(), qsizetype(text.size())));
}

QString schemaText(const QString &text)
{
    return translated(text.toUtf8());
}

QString insideSentence(const QString &title)
{
    const bool keepsCapitals = QLocale().language() == QLocale::German; // its titles are nouns
    return keepsCapitals ? title : title.toLower();
}

QString schemaRange(std::string_view range)
{
    const QString text = fromView(range);
    const auto behind = [&text](const char *words) {
        const QString mark = QString::fromLatin1(words);
        return text.startsWith(mark) ? text.mid(mark.size()) : QString();
    };
    if (const QString least = behind("at least "); !least.isEmpty())
        return tr("at least %1").arg(least);
    if (const QString most = behind("at most "); !most.isEmpty())
        return tr("at most %1").arg(most);
    const QString to = QStringLiteral(" to ");
    const qsizetype at = text.indexOf(to);
    return at < 0 ? text : tr("%1 to %2").arg(text.left(at), text.mid(at + to.size()));
}

SchemaDescription splitDescription(const QString &description)
{
    SchemaDescription parts{description, {}, {}};
    parts.standard = cutTail(parts.text, QStringLiteral(" Default: "));
    parts.range = cutTail(parts.text, QStringLiteral(" Range: "));
    parts.text = parts.text.trimmed();
    return parts;
}

} // namespace halfopen
