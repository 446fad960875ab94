// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>
#include <QStringList>
#include <QXmlStreamReader>

#include <vector>

namespace halfopen::test {

/// One text of a .ts file.
struct CatalogueText {
    QString context, source;
    QStringList translations; ///< more than one where it depends on a number
    bool finished = true;
};

/// Empty if the file cannot be read.
inline std::vector<CatalogueText> readCatalogue(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<CatalogueText> all;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            all.push_back({context, {}, {}, true});
        else if (xml.name() == QLatin1String("source"))
            all.back().source = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            all.back().finished = xml.attributes().value("type").isEmpty();
            QString plain;
            while (xml.readNext() != QXmlStreamReader::EndElement) {
                if (xml.isStartElement())
                    all.back().translations += xml.readElementText();
                else
                    plain += xml.text();
            }
            if (all.back().translations.isEmpty())
                all.back().translations += plain;
        }
    }
    return all;
}

} // namespace halfopen::test
