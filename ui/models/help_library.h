// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expectations.h"
#include "simulators/help_topics.h"

#include <QString>

#include <optional>
#include <vector>

namespace halfopen {

/// A place in the help: a topic, and where on its page. As text "circuit_breaker.polly#minimum_throughput".
struct HelpPlace {
    QString word; ///< of the topic; empty = the list of all topics
    QString at;   ///< a setting, or a named section; empty = the top
    bool operator==(const HelpPlace &) const = default;

    QString text() const { return at.isEmpty() ? word : word + QLatin1Char('#') + at; }
    static HelpPlace of(const QString &text);
};

/// One page of the help: what `halfopen help` tells of a word, in the language of the lab.
struct HelpTopic {
    QString word;  ///< "retry", "circuit_breaker.polly"
    QString title; ///< "Circuit breaker, dialect polly"
    QString group; ///< "Policies"
    QString summary;    ///< a sentence; may be empty
    QString metricText; ///< what it measures, where it is a metric, too
    QString markdown; ///< what was written for it; empty where there are only tables
    bool isForeign = false; ///< markdown is English although the lab speaks another language
    QString text;           ///< every word that a search looks at, in small letters
    QString body;           ///< what is told below the title, as an excerpt is taken from it
    std::vector<const SchemaTopic *> schemas; ///< whose settings stand below
    std::vector<const PartTopic *> parts;
    std::vector<const ListTopic *> lists;
    const Metric *metric = nullptr;
};

/// A place that a search has found.
struct HelpHit {
    const HelpTopic *topic;
    QString at;      ///< the setting that fits, or empty
    QString excerpt; ///< a line: what the topic or the setting is, or the text around the words; never the title again
    bool isFirst = true; ///< of its page; the others follow at once
};

/// All of the help in one language: the written pages and the tables of the core, which stay the only source of what a setting is.
class HelpLibrary {
public:
    /// \a language: "en", "de"; a page that is not there in it is taken in English.
    explicit HelpLibrary(const QString &language);

    /// Group by group.
    const std::vector<HelpTopic> &topics() const { return m_topics; }
    /// By its word; null if there is none.
    const HelpTopic *find(const QString &word) const;
    /// The place that \a text means: a place ("retry#jitter"), a topic, "circuit_breaker/polly", or a setting by itself ("users").
    std::optional<HelpPlace> resolve(const QString &text) const;
    /// What has all words of \a query in it: titles and words first, then settings, then texts. Hits
    /// of one page stand together. Everything for an empty query.
    std::vector<HelpHit> search(const QString &query) const;
    /// Policies that the page of \a topic speaks of, and its dialects or the policy it is a dialect of.
    std::vector<const HelpTopic *> related(const HelpTopic &topic) const;

private:
    void addSchemas();
    void addLists();
    void addParts();
    void addMetrics();
    HelpTopic &topic(const QString &word, const QString &group);
    void read(HelpTopic &topic);
    void gatherText(HelpTopic &topic);

    QString m_language;
    std::vector<HelpTopic> m_topics;
};

/// The word of the page of \a topic: what a file has as its key ("closed_loop").
QString helpWordOf(const SchemaTopic &topic);
/// The place of the page of \a schema, which is a policy's, a dialect's, a fault's or a part's; \a field may be empty.
QString helpPlaceOf(const Schema &schema, std::string_view field = {});

/// What a value of \a field may be, and what it is when nothing is said: "1 to 100; default 3", in the language of the lab.
QString helpOnValues(const Schema &schema, const Field &field);

} // namespace halfopen
