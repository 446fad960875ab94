<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CoreMessage</name>
    <message>
        <source>&apos;%1&apos; is not a number: write for example 2 or 1.5</source>
        <translation>&apos;%1&apos; ist keine Zahl: Schreiben Sie zum Beispiel 2 oder 1.5</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a flag: write true or false</source>
        <translation>&apos;%1&apos; ist kein Schalter: Schreiben Sie true oder false</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is none of the choices: %2</source>
        <translation>&apos;%1&apos; steht nicht zur Wahl: %2</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a list: write for example [a, b]</source>
        <translation>&apos;%1&apos; ist keine Liste: Schreiben Sie zum Beispiel [a, b]</translation>
    </message>
    <message>
        <source>the list has an empty place: write for example [a, b]</source>
        <translation>Die Liste hat eine leere Stelle: Schreiben Sie zum Beispiel [a, b]</translation>
    </message>
    <message>
        <source>a duration is missing: write a number with a unit (ns, us, ms, s, m, h or d), for example 250ms</source>
        <translation>Eine Dauer fehlt: Schreiben Sie eine Zahl mit Einheit (ns, us, ms, s, m, h oder d), zum Beispiel 250ms</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is negative, expected a duration of 0 or more</source>
        <translation>&apos;%1&apos; ist negativ, erwartet wird eine Dauer von mindestens 0</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a duration: expected a number with a unit (ns, us, ms, s, m, h or d), for example 250ms or 1h30m</source>
        <translation>&apos;%1&apos; ist keine Dauer: Erwartet wird eine Zahl mit Einheit (ns, us, ms, s, m, h oder d), zum Beispiel 250ms oder 1h30m</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has no unit: write %2 or %3 (ns, us, ms, s, m, h or d)</source>
        <translation>&apos;%1&apos; hat keine Einheit: Schreiben Sie %2 oder %3 (ns, us, ms, s, m, h oder d)</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has the unknown unit &apos;%2&apos;, expected ns, us, ms, s, m, h or d: write the number out, without an exponent</source>
        <translation>&apos;%1&apos; hat die unbekannte Einheit &apos;%2&apos;, erwartet wird ns, us, ms, s, m, h oder d: Schreiben Sie die Zahl aus, ohne Exponent</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has the unknown unit &apos;%2&apos;, expected ns, us, ms, s, m, h or d: write %3</source>
        <translation>&apos;%1&apos; hat die unbekannte Einheit &apos;%2&apos;, erwartet wird ns, us, ms, s, m, h oder d: Schreiben Sie %3</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has the unknown unit &apos;%2&apos;, expected ns, us, ms, s, m, h or d</source>
        <translation>&apos;%1&apos; hat die unbekannte Einheit &apos;%2&apos;, erwartet wird ns, us, ms, s, m, h oder d</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is out of order: units go from long to short, each once, as in 1h30m</source>
        <translation>&apos;%1&apos; ist nicht in der Reihenfolge: Einheiten stehen von der längsten zur kürzesten, jede einmal, wie in 1h30m</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is finer than 1 ns, the smallest step of time here</source>
        <translation>&apos;%1&apos; ist feiner als 1 ns, der kleinste Zeitschritt hier</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is longer than 292 years, the longest duration</source>
        <translation>&apos;%1&apos; ist länger als 292 Jahre, die längste Dauer</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is negative, expected a rate of 0 or more</source>
        <translation>&apos;%1&apos; ist negativ, erwartet wird eine Rate von mindestens 0</translation>
    </message>
    <message>
        <source>a rate is missing: write a number per unit of time, for example 900/s or 10/m</source>
        <translation>Eine Rate fehlt: Schreiben Sie eine Zahl pro Zeiteinheit, zum Beispiel 900/s oder 10/m</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a rate: write a number per unit of time, for example 900/s or 10/m</source>
        <translation>&apos;%1&apos; ist keine Rate: Schreiben Sie eine Zahl pro Zeiteinheit, zum Beispiel 900/s oder 10/m</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has no unit: write %2 (/ns, /us, /ms, /s, /m, /h or /d)</source>
        <translation>&apos;%1&apos; hat keine Einheit: Schreiben Sie %2 (/ns, /us, /ms, /s, /m, /h oder /d)</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has the unknown unit &apos;%2&apos;, expected /ns, /us, /ms, /s, /m, /h or /d: write the number out, without an exponent</source>
        <translation>&apos;%1&apos; hat die unbekannte Einheit &apos;%2&apos;, erwartet wird /ns, /us, /ms, /s, /m, /h oder /d: Schreiben Sie die Zahl aus, ohne Exponent</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has the unknown unit &apos;%2&apos;, expected /ns, /us, /ms, /s, /m, /h or /d: write %3</source>
        <translation>&apos;%1&apos; hat die unbekannte Einheit &apos;%2&apos;, erwartet wird /ns, /us, /ms, /s, /m, /h oder /d: Schreiben Sie %3</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has the unknown unit &apos;%2&apos;, expected /ns, /us, /ms, /s, /m, /h or /d</source>
        <translation>&apos;%1&apos; hat die unbekannte Einheit &apos;%2&apos;, erwartet wird /ns, /us, /ms, /s, /m, /h oder /d</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is too large for a rate</source>
        <translation>&apos;%1&apos; ist zu groß für eine Rate</translation>
    </message>
    <message>
        <source>a probability is missing: write 10% or 0.1</source>
        <translation>Eine Wahrscheinlichkeit fehlt: Schreiben Sie 10% oder 0.1</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a probability: write 10% or 0.1</source>
        <translation>&apos;%1&apos; ist keine Wahrscheinlichkeit: Schreiben Sie 10% oder 0.1</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a probability: write %2</source>
        <translation>&apos;%1&apos; ist keine Wahrscheinlichkeit: Schreiben Sie %2</translation>
    </message>
    <message>
        <source>a count is missing: write a whole number, for example 100</source>
        <translation>Eine Anzahl fehlt: Schreiben Sie eine ganze Zahl, zum Beispiel 100</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is negative, expected a whole number of 0 or more</source>
        <translation>&apos;%1&apos; ist negativ, erwartet wird eine ganze Zahl von mindestens 0</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a whole number: write for example 100 or 1_000</source>
        <translation>&apos;%1&apos; ist keine ganze Zahl: Schreiben Sie zum Beispiel 100 oder 1_000</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is too large, expected at most %2</source>
        <translation>&apos;%1&apos; ist zu groß, erwartet wird höchstens %2</translation>
    </message>
    <message>
        <source>another dialect has other settings; write the policy anew in the text, with them</source>
        <translation>Ein anderer Dialekt hat andere Einstellungen; schreiben Sie die Policy im Text neu, mit diesen</translation>
    </message>
    <message>
        <source>max_delay is shorter than initial_delay</source>
        <translation>max_delay ist kürzer als initial_delay</translation>
    </message>
    <message>
        <source>window.size is a time, but window.kind is count; write kind: time, or a number of calls</source>
        <translation>window.size ist eine Zeit, window.kind aber count; schreiben Sie kind: time oder eine Anzahl Aufrufe</translation>
    </message>
    <message>
        <source>window.size must be 1 to 100000 calls</source>
        <translation>window.size muss 1 bis 100000 Aufrufe sein</translation>
    </message>
    <message>
        <source>window.size is a number of calls, but window.kind is time; write a time such as 60s, or kind: count</source>
        <translation>window.size ist eine Anzahl Aufrufe, window.kind aber time; schreiben Sie eine Zeit wie 60s oder kind: count</translation>
    </message>
    <message>
        <source>window.size must be 10ms to 24h</source>
        <translation>window.size muss 10ms bis 24h sein</translation>
    </message>
    <message>
        <source>window.minimum_calls is %1, but the window holds only %2 calls, so that the rate could never be judged</source>
        <translation>window.minimum_calls ist %1, das Fenster fasst aber nur %2 Aufrufe, sodass die Rate nie beurteilt werden könnte</translation>
    </message>
    <message>
        <source>slow_call.rate_threshold needs slow_call.duration: how long a call may take before it is slow</source>
        <translation>slow_call.rate_threshold braucht slow_call.duration: wie lange ein Aufruf dauern darf, bevor er langsam ist</translation>
    </message>
    <message>
        <source>%1 has no meaning with kind: %2; it belongs to kind: %3</source>
        <translation>%1 hat bei kind: %2 keine Bedeutung; es gehört zu kind: %3</translation>
    </message>
    <message>
        <source>min_limit is above max_limit</source>
        <translation>min_limit liegt über max_limit</translation>
    </message>
    <message>
        <source>initial_limit is not between min_limit and max_limit (%1 to %2)</source>
        <translation>initial_limit liegt nicht zwischen min_limit und max_limit (%1 bis %2)</translation>
    </message>
    <message>
        <source>max_wait needs a queue: without places to wait in, nobody waits</source>
        <translation>max_wait braucht queue: Ohne Warteplätze wartet niemand</translation>
    </message>
    <message>
        <source>exponent has no meaning with popularity: uniform</source>
        <translation>exponent hat bei popularity: uniform keine Bedeutung</translation>
    </message>
    <message>
        <source>source: other needs &apos;to&apos;, the service that is called instead</source>
        <translation>source: other braucht &apos;to&apos;, den Dienst, der stattdessen aufgerufen wird</translation>
    </message>
    <message>
        <source>source: work needs &apos;work&apos;, the time that it takes</source>
        <translation>source: work braucht &apos;work&apos;, die Zeit, die das dauert</translation>
    </message>
    <message>
        <source>policies has no meaning without source: other</source>
        <translation>policies hat ohne source: other keine Bedeutung</translation>
    </message>
    <message>
        <source>to has no meaning without source: other</source>
        <translation>to hat ohne source: other keine Bedeutung</translation>
    </message>
    <message>
        <source>work has no meaning without source: work</source>
        <translation>work hat ohne source: work keine Bedeutung</translation>
    </message>
    <message>
        <source>cached.max_age has no meaning without source: cached; for two substitutes write two fallbacks, one inside the other</source>
        <translation>cached.max_age hat ohne source: cached keine Bedeutung; für zwei Ersatzantworten schreiben Sie zwei fallback ineinander</translation>
    </message>
    <message>
        <source>cached.max_age has no meaning with source: static</source>
        <translation>cached.max_age hat bei source: static keine Bedeutung</translation>
    </message>
    <message>
        <source>cached.stale_max_age needs cached.max_age: without it an answer of any age may be served</source>
        <translation>cached.stale_max_age braucht cached.max_age: Ohne das darf eine Antwort beliebig alt sein</translation>
    </message>
    <message>
        <source>cached.stale_max_age is shorter than cached.max_age</source>
        <translation>cached.stale_max_age ist kürzer als cached.max_age</translation>
    </message>
    <message>
        <source>exponential_max_wait_duration needs enable_exponential_backoff: true</source>
        <translation>exponential_max_wait_duration braucht enable_exponential_backoff: true</translation>
    </message>
    <message>
        <source>exponential_max_wait_duration_in_open_state needs enable_exponential_backoff: true</source>
        <translation>exponential_max_wait_duration_in_open_state braucht enable_exponential_backoff: true</translation>
    </message>
    <message>
        <source>sliding_window_size of a time_based window is in seconds, at most 86400</source>
        <translation>sliding_window_size eines Fensters time_based ist in Sekunden, höchstens 86400</translation>
    </message>
    <message>
        <source>break_duration_generator.max is shorter than break_duration</source>
        <translation>break_duration_generator.max ist kürzer als break_duration</translation>
    </message>
    <message>
        <source>metrics.health_snapshot.interval is longer than metrics.rolling_stats.time</source>
        <translation>metrics.health_snapshot.interval ist länger als metrics.rolling_stats.time</translation>
    </message>
    <message>
        <source>metrics.rolling_stats.time holds more than 10000 times metrics.health_snapshot.interval</source>
        <translation>metrics.rolling_stats.time fasst mehr als 10000-mal metrics.health_snapshot.interval</translation>
    </message>
    <message>
        <source>maximum is shorter than start</source>
        <translation>maximum ist kürzer als start</translation>
    </message>
    <message>
        <source>count is a share from 0 to 1 with grade: error_ratio; the library ignores such a rule</source>
        <translation>count ist bei grade: error_ratio ein Anteil von 0 bis 1; die Bibliothek übergeht eine solche Regel</translation>
    </message>
    <message>
        <source>retry_back_off.max_interval is shorter than retry_back_off.base_interval</source>
        <translation>retry_back_off.max_interval ist kürzer als retry_back_off.base_interval</translation>
    </message>
    <message>
        <source>bucket_period needs interval: the length of the window that is cut into buckets</source>
        <translation>bucket_period braucht interval: die Länge des Fensters, das in Abschnitte geteilt wird</translation>
    </message>
    <message>
        <source>interval holds more than 10000 buckets of bucket_period</source>
        <translation>interval fasst mehr als 10000 Abschnitte von bucket_period</translation>
    </message>
    <message>
        <source>failure_rate_threshold needs failure_thresholding_period: the library judges rates over time only</source>
        <translation>failure_rate_threshold braucht failure_thresholding_period: Die Bibliothek beurteilt Raten nur über die Zeit</translation>
    </message>
    <message>
        <source>failure_thresholding_capacity counts calls, failure_thresholding_period counts over time; give one of them</source>
        <translation>failure_thresholding_capacity zählt Aufrufe, failure_thresholding_period zählt über die Zeit; geben Sie eines davon an</translation>
    </message>
    <message>
        <source>failure_execution_threshold is smaller than the calls that the failure rule counts, so that trials could be left without a verdict</source>
        <translation>failure_execution_threshold ist kleiner als die Aufrufe, die die Fehlerregel zählt, sodass Proben ohne Urteil bleiben könnten</translation>
    </message>
    <message>
        <source>failure_thresholding_capacity is smaller than failure_threshold, so that it could never open</source>
        <translation>failure_thresholding_capacity ist kleiner als failure_threshold, sodass er nie öffnen könnte</translation>
    </message>
    <message>
        <source>success_thresholding_capacity needs success_threshold</source>
        <translation>success_thresholding_capacity braucht success_threshold</translation>
    </message>
    <message>
        <source>success_thresholding_capacity is smaller than success_threshold, so that it could never close</source>
        <translation>success_thresholding_capacity ist kleiner als success_threshold, sodass er nie schließen könnte</translation>
    </message>
    <message>
        <source>%1 says who is called instead: that cannot be changed while the run plays</source>
        <translation>%1 sagt, wer stattdessen aufgerufen wird: Das lässt sich nicht ändern, während der Lauf spielt</translation>
    </message>
    <message>
        <source>more than %1 calls were in flight at %2 s: the world takes in more than it can answer. Add a timeout, a smaller queue or less load, or raise the limit.</source>
        <translation>Mehr als %1 Aufrufe waren bei %2 s unterwegs: Die Welt nimmt mehr an, als sie beantworten kann. Geben Sie ihr ein Timeout, eine kürzere Warteschlange oder weniger Last, oder heben Sie die Grenze an.</translation>
    </message>
    <message>
        <source>the limit of %1 events was reached at %2 s. Raise it or shorten the run.</source>
        <translation>Die Grenze von %1 Ereignissen war bei %2 s erreicht. Heben Sie sie an, oder kürzen Sie den Lauf.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has an empty value</source>
        <translation>&apos;%1&apos; hat einen leeren Wert</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no range: expected two values of one unit, for example 20%..80%/13 or 100ms..2s/log5</source>
        <translation>&apos;%1&apos; ist kein Bereich: erwartet werden zwei Werte einer Einheit, zum Beispiel 20%..80%/13 oder 100ms..2s/log5</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: a range in equal ratios needs both ends above 0</source>
        <translation>&apos;%1&apos;: bei gleichen Verhältnissen müssen beide Enden des Bereichs über 0 liegen</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is %2, expected %3</source>
        <translation>&apos;%1&apos; ist %2, erwartet: %3</translation>
    </message>
</context>
<context>
    <name>ExplainCommand</name>
    <message>
        <source>No command line tells this run: settings were changed while it played.</source>
        <translation>Keine Befehlszeile erzählt diesen Lauf: Einstellungen wurden geändert, während er spielte.</translation>
    </message>
    <message>
        <source>No command line tells this run: its scenario is in no file. Save it first.</source>
        <translation>Keine Befehlszeile erzählt diesen Lauf: Sein Szenario steht in keiner Datei. Speichern Sie es zuerst.</translation>
    </message>
    <message>
        <source>No command line tells this run: its file is another scenario by now. Save the text of this run, or run the file.</source>
        <translation>Keine Befehlszeile erzählt diesen Lauf: Seine Datei ist inzwischen ein anderes Szenario. Speichern Sie den Text dieses Laufs, oder spielen Sie die Datei ab.</translation>
    </message>
</context>
<context>
    <name>HelpDialogs</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings of one: %1</source>
        <translation>Einstellungen, je Eintrag: %1</translation>
    </message>
    <message>
        <source>Settings in: %1</source>
        <translation>Einstellungen in: %1</translation>
    </message>
    <message>
        <source>must be given</source>
        <translation>muss angegeben werden</translation>
    </message>
    <message>
        <source>Its settings, with ranges and defaults</source>
        <translation>Seine Einstellungen, mit Bereichen und Vorgaben</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>Measured</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>pt</source>
        <extracomment>Percentage points, the unit of a difference of shares.</extracomment>
        <translation>PP</translation>
    </message>
    <message>
        <source>attempts per call</source>
        <translation>Versuche pro Aufruf</translation>
    </message>
    <message>
        <source>within %1</source>
        <translation>binnen %1</translation>
    </message>
</context>
<context>
    <name>QsciScintilla</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>ScenarioFiles</name>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
</context>
<context>
    <name>ScenarioMenu</name>
    <message>
        <source>Faults</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>Patterns, where they help and where they harm</source>
        <translation>Muster: wo sie helfen und wo sie schaden</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
</context>
<context>
    <name>Speed</name>
    <message>
        <source>max</source>
        <translation>max</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>the speed is &apos;%1&apos;, expected 0.1 to 1000, or max</source>
        <translation>Die Geschwindigkeit ist „%1“, erwartet wird 0.1 bis 1000 oder max</translation>
    </message>
</context>
<context>
    <name>StabilityView</name>
    <message>
        <source>%1 › %2 at %3</source>
        <translation>%1 › %2 bei %3</translation>
    </message>
</context>
<context>
    <name>halfopen</name>
    <message>
        <source>Runs a resilience scenario in virtual time, to be watched and tuned while it plays.</source>
        <translation>Spielt ein Szenario in virtueller Zeit ab, um ihm zuzusehen und es dabei einzustellen.</translation>
    </message>
    <message>
        <source>Play at once.</source>
        <translation>Sofort abspielen.</translation>
    </message>
    <message>
        <source>Virtual time per real time, 0.1 to 1000, or max.</source>
        <translation>Virtuelle Zeit pro wirklicher Zeit, 0.1 bis 1000 oder max.</translation>
    </message>
    <message>
        <source>light, dark or system.</source>
        <translation>light, dark oder system.</translation>
    </message>
    <message>
        <source>en, de or system.</source>
        <translation>en, de oder system.</translation>
    </message>
    <message>
        <source>Defaults for what scenarios leave open; see halfopen settings --help.</source>
        <translation>Vorgaben für das, was Szenarien offen lassen; siehe halfopen settings --help.</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>Diese Hilfe zeigen.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Die Version zeigen.</translation>
    </message>
    <message>
        <source>In a chart</source>
        <translation>In einem Diagramm</translation>
    </message>
    <message>
        <source>Move the cursor</source>
        <translation>Den Zeiger bewegen</translation>
    </message>
    <message>
        <source>Select a range</source>
        <translation>Einen Bereich auswählen</translation>
    </message>
    <message>
        <source>Row by row</source>
        <translation>Zeile für Zeile</translation>
    </message>
    <message>
        <source>Open and close the fleets of breakers</source>
        <translation>Flotten von Breakern auf- und zuklappen</translation>
    </message>
    <message>
        <source>Page by page through the breakers</source>
        <translation>Seite für Seite durch die Breaker</translation>
    </message>
    <message>
        <source>Explain the breaker at the cursor</source>
        <translation>Den Breaker am Zeiger erklären</translation>
    </message>
    <message>
        <source>Start and end of the run, in the time bar</source>
        <translation>Anfang und Ende des Laufs, in der Zeitleiste</translation>
    </message>
    <message>
        <source>In a sweep or a stability map</source>
        <translation>In der Messreihe und in der Stabilitätskarte</translation>
    </message>
    <message>
        <source>From value to value</source>
        <translation>Von Wert zu Wert</translation>
    </message>
    <message>
        <source>Open the selected run</source>
        <translation>Den gewählten Lauf öffnen</translation>
    </message>
    <message>
        <source>Let the selection go</source>
        <translation>Die Auswahl aufheben</translation>
    </message>
    <message>
        <source>In the text</source>
        <translation>Im Text</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Vervollständigen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Next and previous place</source>
        <translation>Nächste und vorige Fundstelle</translation>
    </message>
    <message>
        <source>Next and previous problem</source>
        <translation>Nächstes und voriges Problem</translation>
    </message>
    <message>
        <source>Leave the text</source>
        <translation>Den Text verlassen</translation>
    </message>
    <message>
        <source>must be given</source>
        <translation>muss angegeben werden</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>Vorgabe %1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About Halfopen</source>
        <translation>Über Halfopen</translation>
    </message>
    <message>
        <source>A lab for resilience: describe a small world, let it fail, and see what breakers, retries and timeouts make of it.</source>
        <translation>Ein Labor für Ausfallsicherheit: Beschreiben Sie eine kleine Welt, lassen Sie sie ausfallen und sehen Sie, was Breaker, Wiederholungen und Timeouts daraus machen.</translation>
    </message>
    <message>
        <source>Copyright 2026 The Halfopen authors. Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Copyright 2026 The Halfopen authors. Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>the policy</source>
        <translation>die Policy</translation>
    </message>
    <message>
        <source> (status %1)</source>
        <translation> (Status %1)</translation>
    </message>
    <message>
        <source>attempt %1 sent</source>
        <translation>Versuch %1 gesendet</translation>
    </message>
    <message>
        <source>attempt %1 ends: %2</source>
        <translation>Versuch %1 endet: %2</translation>
    </message>
    <message>
        <source>%1 stops waiting for attempt %2; a late answer is of no use</source>
        <translation>%1 wartet nicht mehr auf Versuch %2; eine späte Antwort nützt nichts mehr</translation>
    </message>
    <message>
        <source>%1: the time is up</source>
        <translation>%1: Die Zeit ist um</translation>
    </message>
    <message>
        <source>%1 tries again in %2</source>
        <translation>%1 versucht es in %2 noch einmal</translation>
    </message>
    <message>
        <source>%1 tries again at once</source>
        <translation>%1 versucht es sofort noch einmal</translation>
    </message>
    <message>
        <source>%1 refuses: %2</source>
        <translation>%1 weist ab: %2</translation>
    </message>
    <message>
        <source>%1 serves a substitute: %2</source>
        <translation>%1 liefert einen Ersatz: %2</translation>
    </message>
    <message>
        <source>the caller gets: %1</source>
        <translation>der Aufrufer erhält: %1</translation>
    </message>
    <message>
        <source>no attempt</source>
        <translation>kein Versuch</translation>
    </message>
    <message>
        <source>1 attempt</source>
        <translation>1 Versuch</translation>
    </message>
    <message>
        <source>%1 attempts</source>
        <translation>%1 Versuche</translation>
    </message>
    <message>
        <source>%1 after %2, %3</source>
        <translation>%1 nach %2, %3</translation>
    </message>
    <message>
        <source>%1 of %2.</source>
        <translation>%1 von %2.</translation>
    </message>
    <message>
        <source>No call has ended yet.</source>
        <translation>Noch kein Aufruf ist beendet.</translation>
    </message>
    <message>
        <source>No breakers in this run.</source>
        <translation>Kein Breaker in diesem Lauf.</translation>
    </message>
    <message>
        <source>%1 of %2 breakers %3: %4.</source>
        <translation>%1 von %2 Breakern %3: %4.</translation>
    </message>
    <message>
        <source>None of %1 breakers is open.</source>
        <translation>Keiner von %1 Breakern ist offen.</translation>
    </message>
    <message>
        <source>Breaker %1: %2, %3.</source>
        <translation>Breaker %1: %2, %3.</translation>
    </message>
    <message>
        <source>No retries.</source>
        <translation>Keine Wiederholungen.</translation>
    </message>
    <message>
        <source>%1 sampled calls, %2 of them without success.</source>
        <translation>%1 Aufrufe in der Stichprobe, %2 davon ohne Erfolg.</translation>
    </message>
    <message>
        <source>The settings are the same</source>
        <translation>Die Einstellungen sind gleich</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>%1: workers busy</source>
        <translation>%1: beschäftigte Worker</translation>
    </message>
    <message>
        <source>%1: work for nobody</source>
        <translation>%1: Arbeit für niemanden</translation>
    </message>
    <message>
        <source>Calls of all clients</source>
        <translation>Aufrufe aller Clients</translation>
    </message>
    <message>
        <source>good calls per second</source>
        <translation>gelungene Aufrufe pro Sekunde</translation>
    </message>
    <message>
        <source>ended as: %1</source>
        <translation>beendet als: %1</translation>
    </message>
    <message>
        <source>%1 of all calls</source>
        <translation>%1 aller Aufrufe</translation>
    </message>
    <message>
        <source>p99 of good calls</source>
        <translation>p99 der gelungenen Aufrufe</translation>
    </message>
    <message>
        <source>Breakers and services</source>
        <translation>Breaker und Dienste</translation>
    </message>
    <message>
        <source>breaker trips</source>
        <translation>Auslösungen der Breaker</translation>
    </message>
    <message>
        <source>service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>policy stack</source>
        <translation>Policy-Stapel</translation>
    </message>
    <message>
        <source>client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>%1: the end of the name says what to write, expected %2</source>
        <translation>%1: Die Endung des Namens sagt, was geschrieben wird; erwartet wird %2</translation>
    </message>
    <message>
        <source>.png, .svg or .csv</source>
        <translation>.png, .svg oder .csv</translation>
    </message>
    <message>
        <source>%1: there is nothing to write before the scenario runs</source>
        <translation>%1: Solange das Szenario nicht läuft, gibt es nichts zu schreiben</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>tuned: no</source>
        <translation>gegenüber der Datei geändert: nichts</translation>
    </message>
    <message>
        <source>run as far as %1</source>
        <translation>gelaufen bis %1</translation>
    </message>
    <message>
        <source>.html or .json</source>
        <translation>.html oder .json</translation>
    </message>
    <message>
        <source>through %1</source>
        <translation>durch %1</translation>
    </message>
    <message>
        <source>recorded arrivals</source>
        <translation>aufgezeichnete Ankünfte</translation>
    </message>
    <message>
        <source>Poisson %1</source>
        <translation>Poisson %1</translation>
    </message>
    <message>
        <source>constant %1</source>
        <translation>konstant %1</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>1 process</source>
        <translation>1 Prozess</translation>
    </message>
    <message>
        <source>%1 processes</source>
        <translation>%1 Prozesse</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>%1 × %2 workers, queue %3, work %4</source>
        <translation>%1 × %2 Worker, Warteschlange %3, Arbeit %4</translation>
    </message>
    <message>
        <source>answers as recorded in %1</source>
        <translation>Antworten wie aufgezeichnet in %1</translation>
    </message>
    <message>
        <source>endpoints: %1</source>
        <translation>Endpunkte: %1</translation>
    </message>
    <message>
        <source>Policies, outermost first</source>
        <translation>Policies, die äußerste zuerst</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>alle %1</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>ab %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>✓ met</source>
        <translation>✓ erfüllt</translation>
    </message>
    <message>
        <source>○ not reached</source>
        <translation>○ nicht erreicht</translation>
    </message>
    <message>
        <source>✗ not met</source>
        <translation>✗ nicht erfüllt</translation>
    </message>
    <message>
        <source>got %1</source>
        <translation>erreicht: %1</translation>
    </message>
    <message>
        <source>%1, seed %2</source>
        <translation>%1, Startwert %2</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>es ist nicht lesbar</translation>
    </message>
    <message>
        <source>seed of the scenario</source>
        <translation>Startwert des Szenarios</translation>
    </message>
    <message>
        <source>duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>%1 calls per second</source>
        <translation>%1 Aufrufe pro Sekunde</translation>
    </message>
    <message>
        <source>%1 › Rate of calls</source>
        <translation>%1 › Aufrufrate</translation>
    </message>
    <message>
        <source>How many calls the clients begin each second, all processes together.</source>
        <translation>Wie viele Aufrufe die Clients pro Sekunde beginnen, alle Prozesse zusammen.</translation>
    </message>
    <message>
        <source>How many calls the clients begin each second, in the mean; the shape of their arrivals stays.</source>
        <translation>Wie viele Aufrufe die Clients pro Sekunde im Mittel beginnen; die Form ihrer Ankünfte bleibt.</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Over how many processes the calls are spread, each with a state of its own.</source>
        <translation>Auf wie viele Prozesse sich die Aufrufe verteilen, jeder mit eigenem Zustand.</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>How many instances share the requests.</source>
        <translation>Wie viele Instanzen sich die Anfragen teilen.</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>How many requests one instance works on at once.</source>
        <translation>An wie vielen Anfragen eine Instanz gleichzeitig arbeitet.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Waiting places of one instance.</source>
        <translation>Warteplätze einer Instanz.</translation>
    </message>
    <message>
        <source>Both ends of the range need a value, such as 100ms and 2s.</source>
        <translation>Beide Enden des Bereichs brauchen einen Wert, zum Beispiel 100ms und 2s.</translation>
    </message>
    <message>
        <source>the scenario cannot be read with these values</source>
        <translation>das Szenario lässt sich mit diesen Werten nicht lesen</translation>
    </message>
    <message>
        <source>more is better</source>
        <translation>mehr ist besser</translation>
    </message>
    <message>
        <source>less is better</source>
        <translation>weniger ist besser</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>schlecht</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 Lauf</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 Läufe</translation>
    </message>
    <message>
        <source>%1: not legal, %2</source>
        <translation>%1: nicht zulässig, %2</translation>
    </message>
    <message>
        <source>%1: not run yet</source>
        <translation>%1: noch nicht gelaufen</translation>
    </message>
    <message>
        <source>%1: %2, nothing measured</source>
        <translation>%1: %2, nichts gemessen</translation>
    </message>
    <message>
        <source>not legal</source>
        <translation>nicht zulässig</translation>
    </message>
    <message>
        <source>%1: recovers at once</source>
        <translation>%1: erholt sich sofort</translation>
    </message>
    <message>
        <source>%1: recovers %2 after the trigger&apos;s end</source>
        <translation>%1: erholt sich %2 nach dem Ende des Auslösers</translation>
    </message>
    <message>
        <source>%1: stays down, goodput %2 at the end</source>
        <translation>%1: bleibt unten, Goodput am Ende %2</translation>
    </message>
    <message>
        <source>%1: goodput was only %2 before the trigger</source>
        <translation>%1: Goodput war schon vor dem Auslöser nur %2</translation>
    </message>
    <message>
        <source>%1: too many calls in flight, the run ended early</source>
        <translation>%1: zu viele offene Aufrufe, der Lauf endete früher</translation>
    </message>
    <message>
        <source>how long the trigger lasts</source>
        <translation>wie lange der Auslöser dauert</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>DOWN</source>
        <translation>UNTEN</translation>
    </message>
    <message>
        <source>LIMIT</source>
        <translation>GRENZE</translation>
    </message>
    <message>
        <source>overload</source>
        <translation>Überlast</translation>
    </message>
    <message>
        <source>recovers in</source>
        <translation>erholt sich in</translation>
    </message>
    <message>
        <source>%1 stops waiting for %2 attempts; late answers are of no use</source>
        <translation>%1 wartet nicht länger auf %2 Versuche; späte Antworten nützen nichts</translation>
    </message>
    <message>
        <source>goodput</source>
        <translation>Goodput</translation>
    </message>
    <message>
        <source>attempts per call</source>
        <translation>Versuche pro Aufruf</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>keine gefunden</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>1 failure in a row reached the threshold of %1</source>
        <translation>1 Fehler in Folge hat die Schwelle von %1 erreicht</translation>
    </message>
    <message>
        <source>%1 failures in a row reached the threshold of %2</source>
        <translation>%1 Fehler in Folge haben die Schwelle von %2 erreicht</translation>
    </message>
    <message>
        <source>1 failure in all reached the threshold of %1</source>
        <translation>insgesamt 1 Fehler hat die Schwelle von %1 erreicht</translation>
    </message>
    <message>
        <source>%1 failures in all reached the threshold of %2</source>
        <translation>insgesamt %1 Fehler haben die Schwelle von %2 erreicht</translation>
    </message>
    <message>
        <source>1 failure in a row without an answer reached the threshold of %1</source>
        <translation>1 Fehler in Folge ohne Antwort hat die Schwelle von %1 erreicht</translation>
    </message>
    <message>
        <source>%1 failures in a row without an answer reached the threshold of %2</source>
        <translation>%1 Fehler in Folge ohne Antwort haben die Schwelle von %2 erreicht</translation>
    </message>
    <message>
        <source>1 trial call went well, %1 wanted</source>
        <translation>1 Probeaufruf gelungen, %1 verlangt</translation>
    </message>
    <message>
        <source>%1 trial calls went well, %2 wanted</source>
        <translation>%1 Probeaufrufe gelungen, %2 verlangt</translation>
    </message>
    <message>
        <source>failure rate %1 of %2 reached the threshold of %3</source>
        <translation>Fehlerrate %1 (%2) hat die Schwelle von %3 erreicht</translation>
    </message>
    <message>
        <source>slow-call rate %1 of %2 reached the threshold of %3</source>
        <translation>Rate langsamer Aufrufe %1 (%2) hat die Schwelle von %3 erreicht</translation>
    </message>
    <message>
        <source>open for %1, the recovery timeout of %2 is over</source>
        <translation>seit %1 offen, der Recovery-Timeout von %2 ist um</translation>
    </message>
    <message>
        <source>a trial call was too slow</source>
        <translation>ein Probeaufruf war zu langsam</translation>
    </message>
    <message>
        <source>a trial call failed</source>
        <translation>ein Probeaufruf ist misslungen</translation>
    </message>
    <message>
        <source>set by hand</source>
        <translation>von Hand gesetzt</translation>
    </message>
    <message>
        <source>new settings, already met by what was counted (%1 against %2)</source>
        <translation>neue Einstellungen, vom bisher Gezählten schon erreicht (%1 gegen %2)</translation>
    </message>
    <message>
        <source>failure rate %1 of %2 on trial is below the threshold of %3</source>
        <translation>Fehlerrate %1 (%2 zur Probe) liegt unter der Schwelle von %3</translation>
    </message>
    <message>
        <source>half-open for %1 without a verdict</source>
        <translation>seit %1 halb offen, ohne Urteil</translation>
    </message>
    <message>
        <source>%1 gateway failures in a row reached the threshold of %2</source>
        <translation>%1 Gateway-Fehler in Folge haben die Schwelle von %2 erreicht</translation>
    </message>
    <message>
        <source>success rate %1 of %2 is below %3, which the other instances set</source>
        <translation>Erfolgsrate %1 (%2) liegt unter %3, die die anderen Instanzen vorgeben</translation>
    </message>
    <message>
        <source>ejected for %1, the ejection time of %2 is over</source>
        <translation>seit %1 ausgeschlossen, die Ausschlusszeit von %2 ist um</translation>
    </message>
    <message>
        <source>%1; call %2 is the first trial</source>
        <translation>%1; Aufruf %2 ist der erste Probeaufruf</translation>
    </message>
    <message>
        <source>%1; decided by call %2 (%3)</source>
        <translation>%1; entschieden durch Aufruf %2 (%3)</translation>
    </message>
    <message>
        <source>%1 ended: %2.</source>
        <translation>%1 beendet: %2.</translation>
    </message>
    <message>
        <source>%1, delays p50 %2, p99 %3.</source>
        <translation>%1, Wartezeiten p50 %2, p99 %3.</translation>
    </message>
    <message>
        <source>best: %1</source>
        <translation>bester Wert: %1</translation>
    </message>
    <message>
        <source>%1, the best of one run each</source>
        <translation>%1, das Beste aus je einem Lauf</translation>
    </message>
    <message>
        <source>%1 each</source>
        <translation>je %1</translation>
    </message>
    <message>
        <source>%1; band: 95 % confidence interval</source>
        <translation>%1; Band: 95-%-Konfidenzintervall</translation>
    </message>
    <message>
        <source>%1, as good as 1 other in one run each</source>
        <translation>%1, in je einem Lauf gleichauf mit 1 anderen</translation>
    </message>
    <message>
        <source>%1, as good as %2 others in one run each</source>
        <translation>%1, in je einem Lauf gleichauf mit %2 anderen</translation>
    </message>
    <message>
        <source>%1, within noise of 1 other</source>
        <translation>%1, im Rauschen gleichauf mit 1 anderen</translation>
    </message>
    <message>
        <source>%1, within noise of %2 others</source>
        <translation>%1, im Rauschen gleichauf mit %2 anderen</translation>
    </message>
    <message>
        <source>%1, logarithmic</source>
        <translation>%1, logarithmisch</translation>
    </message>
    <message>
        <source>now %1</source>
        <translation>jetzt %1</translation>
    </message>
    <message>
        <source>1 user, one call after the other</source>
        <translation>1 Nutzer, ein Aufruf nach dem anderen</translation>
    </message>
    <message>
        <source>%1 users, one call after the other</source>
        <translation>%1 Nutzer, ein Aufruf nach dem anderen</translation>
    </message>
    <message>
        <source>and %1 more lines that differ</source>
        <translation>und %1 weitere Zeilen, die sich unterscheiden</translation>
    </message>
    <message>
        <source>%1 · seed %2</source>
        <translation>%1 · Startwert %2</translation>
    </message>
    <message>
        <source>%1, %2 from %3</source>
        <translation>%1, %2 ab %3</translation>
    </message>
    <message>
        <source>%1 outside %2</source>
        <translation>%1 außerhalb von %2</translation>
    </message>
    <message>
        <source>%1: %2 %3, %4</source>
        <translation>%1: %2 %3, %4</translation>
    </message>
    <message>
        <source>%1: %2 %3, %4 %5</source>
        <translation>%1: %2 %3, %4 %5</translation>
    </message>
    <message>
        <source>%1: recovers %2 of the trigger&apos;s end</source>
        <translation>%1: erholt sich %2 nach dem Ende des Auslösers</translation>
    </message>
    <message>
        <source>In the help</source>
        <translation>In der Hilfe</translation>
    </message>
    <message>
        <source>Back and forward</source>
        <translation>Zurück und vor</translation>
    </message>
    <message>
        <source>From link to link</source>
        <translation>Von Verweis zu Verweis</translation>
    </message>
    <message>
        <source>Back to the work</source>
        <translation>Zurück zur Arbeit</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Policies</translation>
    </message>
    <message>
        <source>Dialects: policies as other libraries have them</source>
        <translation>Dialekte: Policies, wie andere Bibliotheken sie haben</translation>
    </message>
    <message>
        <source>Distributions of a service time</source>
        <translation>Verteilungen einer Bedienzeit</translation>
    </message>
    <message>
        <source>Parts of a scenario</source>
        <translation>Teile eines Szenarios</translation>
    </message>
    <message>
        <source>A share, written as 95%.</source>
        <translation>Ein Anteil, geschrieben als 95%.</translation>
    </message>
    <message>
        <source>A time, written as 800ms.</source>
        <translation>Eine Zeit, geschrieben als 800ms.</translation>
    </message>
    <message>
        <source>A count, written as 3.</source>
        <translation>Eine Anzahl, geschrieben als 3.</translation>
    </message>
    <message>
        <source>A rate, written as 900/s.</source>
        <translation>Eine Rate, geschrieben als 900/s.</translation>
    </message>
    <message>
        <source>A ratio, written as 1.5.</source>
        <translation>Ein Verhältnis, geschrieben als 1.5.</translation>
    </message>
    <message>
        <source>“of” names a policy stack.</source>
        <translation>„of“ nennt einen Policy-Stapel.</translation>
    </message>
    <message>
        <source>“of” names a service, and must be given.</source>
        <translation>„of“ nennt einen Dienst und muss angegeben werden.</translation>
    </message>
    <message>
        <source>“of” names a client or an edge; without it all clients together.</source>
        <translation>„of“ nennt einen Client oder eine Verbindung; ohne Angabe alle Clients zusammen.</translation>
    </message>
    <message>
        <source>a duration such as 100ms</source>
        <translation>eine Dauer wie 100ms</translation>
    </message>
    <message>
        <source>a rate such as 900/s</source>
        <translation>eine Rate wie 900/s</translation>
    </message>
    <message>
        <source>a share such as 10%</source>
        <translation>ein Anteil wie 10%</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a whole number or a duration</source>
        <translation>eine ganze Zahl oder eine Dauer</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>%1, or none</source>
        <translation>%1 oder none</translation>
    </message>
    <message>
        <source>%1 (then %2)</source>
        <translation>%1 (dann %2)</translation>
    </message>
    <message>
        <source>This page is not translated yet. Here it is in English.</source>
        <translation>Diese Seite ist noch nicht übersetzt. Hier steht sie auf Englisch.</translation>
    </message>
    <message>
        <source>As a metric of an expectation: %1</source>
        <translation>Als Kennzahl einer Erwartung: %1</translation>
    </message>
    <message>
        <source>See also:</source>
        <translation>Siehe auch:</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>F1 opens the page for what has the focus: a setting, a view, or the key at the cursor of the text. Esc goes back to it.</source>
        <translation>F1 öffnet die Seite zu dem, was den Fokus hat: eine Einstellung, eine Ansicht oder der Schlüssel am Zeiger des Textes. Esc geht dorthin zurück.</translation>
    </message>
    <message>
        <source>tuned: %1</source>
        <translation>gegenüber der Datei geändert: %1</translation>
    </message>
    <message>
        <source>%1: not in the file</source>
        <translation>%1: nicht in der Datei</translation>
    </message>
    <message>
        <source>%1: only in the file</source>
        <translation>%1: nur in der Datei</translation>
    </message>
    <message>
        <source>%1: other than in the file</source>
        <translation>%1: anders als in der Datei</translation>
    </message>
    <message>
        <source>scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>%1 %2 from %3 on</source>
        <translation>%1 %2 ab %3</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>fault %1 on %2</source>
        <translation>Störung %1 an %2</translation>
    </message>
    <message>
        <source>Take back what was typed</source>
        <translation>Getipptes zurücknehmen</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>%1: %2 percent is written %3</source>
        <translation>%1; %2 Prozent schreibt man %3</translation>
    </message>
    <message>
        <source>%1 or none</source>
        <translation>%1 oder none</translation>
    </message>
    <message>
        <source>a count or a duration</source>
        <translation>eine Anzahl oder eine Dauer</translation>
    </message>
    <message>
        <source>a whole number, %1</source>
        <translation>eine ganze Zahl, %1</translation>
    </message>
    <message>
        <source>%1, or a duration above 0s</source>
        <translation>%1, oder eine Dauer über 0s</translation>
    </message>
    <message>
        <source>The scenario to open: a file, or the name of one that ships with the lab, such as retry_storm. Without one: the one that was open last, at first the retry storm.</source>
        <translation>Das Szenario, das geöffnet wird: eine Datei oder der Name eines mitgelieferten, etwa retry_storm. Ohne Angabe: das zuletzt geöffnete, am Anfang der Wiederholungssturm.</translation>
    </message>
    <message>
        <source>tuned: no, by what its file held when it was read; it is gone now</source>
        <translation>gegenüber der Datei geändert: nichts, nach deren Inhalt beim Lesen; sie ist nicht mehr da</translation>
    </message>
    <message>
        <source>tuned: %1, by what its file held when it was read; it is gone now</source>
        <translation>gegenüber der Datei geändert: %1, nach deren Inhalt beim Lesen; sie ist nicht mehr da</translation>
    </message>
    <message>
        <source>tuned: unknown, it is in no file</source>
        <translation>gegenüber der Datei geändert: unbekannt, es steht in keiner Datei</translation>
    </message>
    <message>
        <source>tuned: %1, else unknown: it is in no file</source>
        <translation>gegenüber der Datei geändert: %1, sonst unbekannt: es steht in keiner Datei</translation>
    </message>
    <message>
        <source>tuned: unknown, its file cannot be read</source>
        <translation>gegenüber der Datei geändert: unbekannt, die Datei ist nicht lesbar</translation>
    </message>
    <message>
        <source>tuned: %1, else unknown: its file cannot be read</source>
        <translation>gegenüber der Datei geändert: %1, sonst unbekannt: die Datei ist nicht lesbar</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Zoom in and out</source>
        <translation>Vergrößern und verkleinern</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Scroll the views, when all of the run is seen</source>
        <translation>Ansichten verschieben, wenn der ganze Lauf zu sehen ist</translation>
    </message>
    <message>
        <source>Zoom in and out always</source>
        <translation>Immer vergrößern und verkleinern</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Strg+Mausrad</translation>
    </message>
    <message>
        <source>Earlier and later</source>
        <translation>Früher und später</translation>
    </message>
    <message>
        <source>Shift+wheel</source>
        <translation>Umschalt+Mausrad</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>How many users there are: each waits for the end of its call before the next one.</source>
        <translation>Wie viele Nutzer es gibt: Jeder wartet das Ende seines Aufrufs ab, bevor der nächste kommt.</translation>
    </message>
</context>
<context>
    <name>halfopen::BreakerChart</name>
    <message>
        <source>Breaker states over time</source>
        <translation>Zustände der Breaker über die Zeit</translation>
    </message>
    <message>
        <source>This scenario has no circuit breaker.</source>
        <translation>Dieses Szenario hat keinen Circuit Breaker.</translation>
    </message>
    <message>
        <source>%1 of %2 open now</source>
        <translation>%1 von %2 jetzt offen</translation>
    </message>
    <message>
        <source>%1 of %2 ejected now</source>
        <translation>%1 von %2 jetzt ausgeschlossen</translation>
    </message>
    <message>
        <source>%1 of %2 open</source>
        <translation>%1 von %2 offen</translation>
    </message>
    <message>
        <source>half-open</source>
        <translation>halb offen</translation>
    </message>
    <message>
        <source>One row per breaker. Comma and full stop go to the previous and next transition, E explains the state at the cursor, Enter opens and closes the fleets, Up and Down scroll.</source>
        <translation>Eine Zeile je Breaker. Komma und Punkt gehen zum vorigen und nächsten Zustandswechsel, E erklärt den Zustand am Zeiger, Eingabe öffnet und schließt die Flotten, Auf und Ab blättern.</translation>
    </message>
    <message>
        <source>%1 of %2 ejected</source>
        <translation>%1 von %2 ausgeschlossen</translation>
    </message>
    <message>
        <source>ghost</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>ghost: %1</source>
        <translation>Schatten: %1</translation>
    </message>
    <message>
        <source>%1 (ghost: %2)</source>
        <translation>%1 (Schatten: %2)</translation>
    </message>
    <message>
        <source>up to the cursor</source>
        <translation>bis zum Zeiger</translation>
    </message>
    <message>
        <source>in all</source>
        <translation>insgesamt</translation>
    </message>
    <message>
        <source>in all, so far</source>
        <translation>insgesamt bisher</translation>
    </message>
</context>
<context>
    <name>halfopen::BreakerView</name>
    <message>
        <source>When each circuit breaker opens and closes, and why, will be here once the scenario runs.</source>
        <translation>Wann jeder Circuit Breaker öffnet und schließt und warum, steht hier, sobald das Szenario läuft.</translation>
    </message>
    <message>
        <source>The last %1 are counted but not kept.</source>
        <translation>Die letzten %1 sind gezählt, aber nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>State of each breaker; why it changed at every edge, why not in between</source>
        <translation>Zustand jedes Breakers; an jeder Kante, warum er wechselte, dazwischen, warum nicht</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>Point at an edge to see why the state changed; click to keep the reason here. Let the pointer rest on a band, click it or press E to see what is in the window and why it has not changed yet. The keys , and . go to the previous and next transition.</source>
        <translation>Zeigen Sie auf eine Kante, um zu sehen, warum der Zustand wechselte; ein Klick hält den Grund hier fest. Lassen Sie den Zeiger auf einem Band ruhen, klicken Sie darauf oder drücken Sie E, um zu sehen, was im Fenster ist und warum er noch nicht gewechselt hat. Die Tasten , und . gehen zum vorigen und nächsten Zustandswechsel.</translation>
    </message>
    <message>
        <source>%1 of %2 breakers open now, %3 so far.</source>
        <translation>%1 von %2 Breakern jetzt offen, bisher %3.</translation>
    </message>
    <message>
        <source>The breaker is %1 now, %2 so far.</source>
        <translation>Der Breaker ist jetzt %1, bisher %2.</translation>
    </message>
    <message>
        <source>This scenario has no circuit breaker.</source>
        <translation>Dieses Szenario hat keinen Circuit Breaker.</translation>
    </message>
    <message>
        <source>%1 of them judge instances of a service (OPEN = ejected): %2 are ejected now.</source>
        <translation>%1 davon urteilen über Instanzen eines Dienstes (OPEN = ausgeschlossen): %2 sind jetzt ausgeschlossen.</translation>
    </message>
</context>
<context>
    <name>halfopen::CallChart</name>
    <message>
        <source>Sampled calls</source>
        <translation>Aufrufe der Stichprobe</translation>
    </message>
    <message>
        <source>Calls one by one with their attempts and waits. The keys up and down go from call to call.</source>
        <translation>Einzelne Aufrufe mit ihren Versuchen und Wartezeiten. Die Tasten Auf und Ab gehen von Aufruf zu Aufruf.</translation>
    </message>
    <message>
        <source>Only calls that clients begin are sampled.</source>
        <translation>In der Stichprobe sind nur Aufrufe, die Clients beginnen.</translation>
    </message>
    <message>
        <source>Each sampled call in this range worked at its first attempt.</source>
        <translation>Jeder Aufruf der Stichprobe in diesem Bereich gelang beim ersten Versuch.</translation>
    </message>
    <message>
        <source>No sampled call in this range.</source>
        <translation>Kein Aufruf der Stichprobe in diesem Bereich.</translation>
    </message>
    <message>
        <source>%1; click for the whole story</source>
        <translation>%1; ein Klick zeigt die ganze Geschichte</translation>
    </message>
</context>
<context>
    <name>halfopen::CallPanel</name>
    <message>
        <source>What happened to the call</source>
        <translation>Was dem Aufruf geschah</translation>
    </message>
    <message>
        <source>Zoom to it</source>
        <translation>Darauf zoomen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>, process %1</source>
        <translation>, Prozess %1</translation>
    </message>
    <message>
        <source>%1%2, began at %3</source>
        <translation>%1%2, begann bei %3</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
</context>
<context>
    <name>halfopen::CallView</name>
    <message>
        <source>Only troubled</source>
        <translation>Nur mit Problemen</translation>
    </message>
    <message>
        <source>Sampled calls: attempts, waits, and how they ended</source>
        <translation>Aufrufe der Stichprobe: Versuche, Wartezeiten und Ausgang</translation>
    </message>
    <message>
        <source>Leaves out the calls that worked at their first attempt</source>
        <translation>Lässt die Aufrufe weg, die beim ersten Versuch gelangen</translation>
    </message>
    <message>
        <source>Single calls with their attempts, waits and outcomes will be here once the scenario runs.</source>
        <translation>Einzelne Aufrufe mit ihren Versuchen, Wartezeiten und Ausgängen stehen hier, sobald das Szenario läuft.</translation>
    </message>
    <message>
        <source>%1 sampled calls in view.</source>
        <translation>%1 Aufrufe der Stichprobe im Bild.</translation>
    </message>
    <message>
        <source>%1 of them have no room here: zoom in to see them.</source>
        <translation>Für %1 davon ist hier kein Platz: Zoomen Sie hinein, um sie zu sehen.</translation>
    </message>
    <message>
        <source>Filled: an attempt, in the colour of its outcome. Hatched: an attempt whose caller stopped waiting. Dotted: waiting for the next try. The cap is what the caller got. Click a call for its story.</source>
        <translation>Gefüllt: ein Versuch, in der Farbe seines Ausgangs. Schraffiert: ein Versuch, auf den der Aufrufer nicht mehr wartet. Gepunktet: Warten auf den nächsten Versuch. Die Kappe ist, was der Aufrufer erhielt. Ein Klick auf einen Aufruf zeigt seine Geschichte.</translation>
    </message>
</context>
<context>
    <name>halfopen::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Type a part of a command, for example: next</source>
        <translation>Einen Teil eines Befehls eingeben, zum Beispiel: nächst</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Einen Befehl suchen</translation>
    </message>
    <message>
        <source>No command has all of these words.</source>
        <translation>Kein Befehl enthält alle diese Wörter.</translation>
    </message>
</context>
<context>
    <name>halfopen::ComparePanel</name>
    <message>
        <source>Figures of the variants</source>
        <translation>Kennzahlen der Varianten</translation>
    </message>
    <message>
        <source>What differs in the scenarios</source>
        <translation>Worin sich die Szenarien unterscheiden</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Über die Zeit</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>Dialects of the breaker</source>
        <translation>Dialekte des Breakers</translation>
    </message>
    <message>
        <source>Orders of the policies</source>
        <translation>Reihenfolgen der Policies</translation>
    </message>
    <message>
        <source>Kept runs</source>
        <translation>Aufbewahrte Läufe</translation>
    </message>
    <message>
        <source>Variants; the first is what the others are compared with</source>
        <translation>Varianten; mit der ersten werden die anderen verglichen</translation>
    </message>
    <message>
        <source> seeds</source>
        <translation> Startwerte</translation>
    </message>
    <message>
        <source>Seeds for each variant</source>
        <translation>Startwerte je Variante</translation>
    </message>
    <message>
        <source>Every variant meets the same chance under each seed, so that their difference is theirs alone</source>
        <translation>Unter jedem Startwert trifft jede Variante denselben Zufall, so dass der Unterschied allein ihrer ist</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Runs done</source>
        <translation>Fertige Läufe</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>Was gezeichnet wird</translation>
    </message>
    <message>
        <source>Good calls per second</source>
        <translation>Gelungene Aufrufe pro Sekunde</translation>
    </message>
    <message>
        <source>p99 of all calls</source>
        <translation>p99 aller Aufrufe</translation>
    </message>
    <message>
        <source>Side by side, same axes</source>
        <translation>Nebeneinander, gleiche Achsen</translation>
    </message>
    <message>
        <source>Choose two or more runs in the run library and press Compare there.</source>
        <translation>Wählen Sie zwei oder mehr Läufe in der Laufbibliothek und drücken Sie dort Vergleichen.</translation>
    </message>
    <message>
        <source>Open a scenario to compare variants of it.</source>
        <translation>Öffnen Sie ein Szenario, um Varianten davon zu vergleichen.</translation>
    </message>
    <message>
        <source>There is nothing else to compare it with.</source>
        <translation>Es gibt nichts anderes zum Vergleichen.</translation>
    </message>
    <message>
        <source>Tick at least two variants.</source>
        <translation>Haken Sie mindestens zwei Varianten an.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>%1 of %2 runs</source>
        <translation>%1 von %2 Läufen</translation>
    </message>
    <message>
        <source>better</source>
        <translation>besser</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>schlechter</translation>
    </message>
    <message>
        <source>Mean and 95 % confidence interval over %1 seeds; below, the difference to “%2” seed by seed</source>
        <translation>Mittelwert und 95-%-Konfidenzintervall über %1 Startwerte; darunter der Unterschied zu „%2“, Startwert für Startwert</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Reading the runs…</source>
        <translation>Die Läufe werden gelesen …</translation>
    </message>
    <message>
        <source>Tick what is to be compared and press Compare: all of it runs under the same seeds, and the figures, how they differ from the first, and what makes them differ stand here as they come.</source>
        <translation>Was verglichen werden soll, ankreuzen und Vergleichen drücken: alles läuft mit denselben Startwerten, und die Zahlen, ihr Unterschied zur ersten Zeile und dessen Ursache stehen hier, sobald sie da sind.</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2 runs: the figures are of those.</source>
        <translation>Nach %1 von %2 Läufen angehalten: Die Zahlen sind von diesen.</translation>
    </message>
    <message>
        <source>From the beginning of a disturbance to the first breaker that opens: the mean of all disturbances</source>
        <translation>Vom Beginn einer Störung bis zum ersten Breaker, der öffnet: Mittel über alle Störungen</translation>
    </message>
    <message>
        <source>From the end of a disturbance until goodput stays above 95 % of the usual: the worst of all disturbances</source>
        <translation>Vom Ende einer Störung, bis der Goodput über 95 % des Üblichen bleibt: die längste aller Störungen</translation>
    </message>
    <message>
        <source>No breaker opened before the next disturbance or the end of the run.</source>
        <translation>Kein Breaker hat vor der nächsten Störung oder dem Ende des Laufs geöffnet.</translation>
    </message>
    <message>
        <source>Goodput did not come back before the next disturbance or the end of the run.</source>
        <translation>Der Goodput kam vor der nächsten Störung oder dem Ende des Laufs nicht zurück.</translation>
    </message>
    <message>
        <source>There was nothing to measure.</source>
        <translation>Es gab nichts zu messen.</translation>
    </message>
    <message>
        <source>No fault is declared, so there is nothing to detect or to recover from: what goes wrong lies in the world or in its recording.</source>
        <translation>Es ist keine Störung vereinbart, also gibt es nichts zu bemerken und nichts, wovon man sich erholt: Was schiefgeht, liegt in der Welt oder in ihrer Aufzeichnung.</translation>
    </message>
    <message>
        <source>In %1 no fault is declared, so there is nothing to detect or to recover from.</source>
        <translation>In %1 ist keine Störung vereinbart, also gibt es nichts zu bemerken und nichts, wovon man sich erholt.</translation>
    </message>
    <message>
        <source>No fault begins before the end of the run, so there is nothing to detect or to recover from.</source>
        <translation>Keine Störung beginnt vor dem Ende des Laufs, also gibt es nichts zu bemerken und nichts, wovon man sich erholt.</translation>
    </message>
    <message>
        <source>In %1 no fault begins before the end of the run, so there is nothing to detect or to recover from.</source>
        <translation>In %1 beginnt keine Störung vor dem Ende des Laufs, also gibt es nichts zu bemerken und nichts, wovon man sich erholt.</translation>
    </message>
    <message>
        <source>Times to recover are known to %1: what differs by less does not differ.</source>
        <translation>Erholungszeiten sind auf %1 genau bekannt: Was sich um weniger unterscheidet, unterscheidet sich nicht.</translation>
    </message>
    <message>
        <source>Nothing was disturbed, so there is nothing to count from.</source>
        <translation>Nichts war gestört, also gibt es keinen Anfang zum Zählen.</translation>
    </message>
    <message>
        <source>Ticks all of them, or none (%1, %2 in the list)</source>
        <translation>Hakt alle an, oder keine (%1, %2 in der Liste)</translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation>Alle anhaken</translation>
    </message>
    <message>
        <source>Tick none</source>
        <translation>Keine anhaken</translation>
    </message>
    <message>
        <source>All (%1 of %2)</source>
        <translation>Alle (%1 von %2)</translation>
    </message>
    <message>
        <source>The scenario has changed since this comparison.</source>
        <translation>Das Szenario hat sich seit diesem Vergleich geändert.</translation>
    </message>
    <message>
        <source>These runs are of different scenarios: %1.</source>
        <translation>Diese Läufe gehören zu verschiedenen Szenarien: %1.</translation>
    </message>
</context>
<context>
    <name>halfopen::ComparisonView</name>
    <message>
        <source>Run the scenario</source>
        <translation>Das Szenario abspielen</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>Dieser Lauf</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Comparison of two runs</source>
        <translation>Vergleich zweier Läufe</translation>
    </message>
    <message>
        <source>In the selection, %1</source>
        <translation>In der Auswahl, %1</translation>
    </message>
    <message>
        <source>Both runs from %1</source>
        <translation>Beide Läufe ab %1</translation>
    </message>
    <message>
        <source>%1, better</source>
        <translation>%1, besser</translation>
    </message>
    <message>
        <source>%1, worse</source>
        <translation>%1, schlechter</translation>
    </message>
    <message>
        <source>there is nothing to write before there is a ghost to compare with</source>
        <translation>es gibt nichts zu schreiben, bevor es einen Schatten zum Vergleichen gibt</translation>
    </message>
    <message>
        <source>What is better and worse than in the ghost, figure by figure, will be here once there is one: play, press Ctrl+K to keep the run as the ghost, change a setting and run again, or choose What if.</source>
        <translation>Was besser und schlechter ist als im Schatten, Zahl für Zahl, steht hier, sobald es einen gibt: abspielen, mit Strg+K den Lauf als Schatten behalten, eine Einstellung ändern und noch einmal laufen lassen, oder „Was wäre wenn“ wählen.</translation>
    </message>
    <message>
        <source>Ghost</source>
        <translation>Schatten</translation>
    </message>
</context>
<context>
    <name>halfopen::CompletionPopup</name>
    <message>
        <source>Words that can stand here</source>
        <translation>Wörter, die hier stehen können</translation>
    </message>
</context>
<context>
    <name>halfopen::CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>The command line that tells this on a terminal</source>
        <translation>Die Befehlszeile, die dies im Terminal erzählt</translation>
    </message>
</context>
<context>
    <name>halfopen::DistributionPanel</name>
    <message>
        <source>Distribution</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>%1, longer</source>
        <translation>%1, länger</translation>
    </message>
    <message>
        <source>share longer</source>
        <translation>Anteil länger</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>%1 below %2</source>
        <translation>%1 unter %2</translation>
    </message>
</context>
<context>
    <name>halfopen::DraftStore</name>
    <message>
        <source>the folder %1 cannot be made: check who may write there, or set XDG_CONFIG_HOME to another one</source>
        <translation>der Ordner %1 kann nicht angelegt werden: prüfen Sie, wer dort schreiben darf, oder setzen Sie XDG_CONFIG_HOME auf einen anderen</translation>
    </message>
</context>
<context>
    <name>halfopen::EdgeCombo</name>
    <message>
        <source>Calls shown</source>
        <translation>Gezeigte Aufrufe</translation>
    </message>
    <message>
        <source>All calls together, or the calls from one caller to one service</source>
        <translation>Alle Aufrufe zusammen oder die Aufrufe von einem Aufrufer an einen Dienst</translation>
    </message>
    <message>
        <source>All clients</source>
        <translation>Alle Clients</translation>
    </message>
    <message>
        <source>All edges</source>
        <translation>Alle Verbindungen</translation>
    </message>
</context>
<context>
    <name>halfopen::EventLogModel</name>
    <message>
        <source>setting changed</source>
        <translation>Einstellung geändert</translation>
    </message>
    <message>
        <source>fault begins</source>
        <translation>Störung beginnt</translation>
    </message>
    <message>
        <source>fault ends</source>
        <translation>Störung endet</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>von %1 auf %2</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>für %1</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>halfopen::EventLogView</name>
    <message>
        <source>Transitions</source>
        <translation>Zustandswechsel</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Breaker transitions, changes of settings and faults, newest last</source>
        <translation>Zustandswechsel der Breaker, geänderte Einstellungen und Störungen, die neuesten zuletzt</translation>
    </message>
    <message>
        <source>Shows or hides these events</source>
        <translation>Zeigt oder verbirgt diese Ereignisse</translation>
    </message>
    <message>
        <source>Filter, for example OPEN</source>
        <translation>Filter, zum Beispiel OPEN</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Shows the events that have this text in what happened or where</source>
        <translation>Zeigt die Ereignisse, bei denen dieser Text in „Was“ oder „Wo“ vorkommt</translation>
    </message>
    <message>
        <source>Breaker transitions, changes of settings and faults will be listed here once the scenario runs.</source>
        <translation>Zustandswechsel der Breaker, geänderte Einstellungen und Störungen stehen hier, sobald das Szenario läuft.</translation>
    </message>
    <message>
        <source>Run the scenario</source>
        <translation>Das Szenario abspielen</translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation>%1 Ereignisse</translation>
    </message>
    <message>
        <source>%1 of %2 events</source>
        <translation>%1 von %2 Ereignissen</translation>
    </message>
    <message>
        <source>; %1 transitions more than can be kept</source>
        <translation>; %1 Zustandswechsel mehr, als aufbewahrt werden können</translation>
    </message>
</context>
<context>
    <name>halfopen::FollowedCallPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Show its steps</source>
        <translation>Seine Schritte zeigen</translation>
    </message>
    <message>
        <source>Copy the call&apos;s command</source>
        <translation>Befehl zum Aufruf kopieren</translation>
    </message>
    <message>
        <source>How much of the run is made again</source>
        <translation>Wie viel des Laufs noch einmal gemacht ist</translation>
    </message>
    <message>
        <source>Gives up making the run again</source>
        <translation>Gibt auf, den Lauf noch einmal zu machen</translation>
    </message>
    <message>
        <source>Makes the run once more to follow this call</source>
        <translation>Macht den Lauf noch einmal, um diesen Aufruf zu verfolgen</translation>
    </message>
    <message>
        <source>The run could not be made again: %1</source>
        <translation>Der Lauf ließ sich nicht noch einmal machen: %1</translation>
    </message>
    <message>
        <source>Its steps are not in the sample of calls that the record keeps whole.</source>
        <translation>Seine Schritte sind nicht in der Stichprobe der Aufrufe, die der Bericht ganz aufbewahrt.</translation>
    </message>
    <message>
        <source>Its steps are not in the sample of calls that the record keeps whole. The run is made once more to follow it.</source>
        <translation>Seine Schritte sind nicht in der Stichprobe der Aufrufe, die der Bericht ganz aufbewahrt. Der Lauf wird noch einmal gemacht, um ihn zu verfolgen.</translation>
    </message>
    <message>
        <source>It had not ended at %1, which is as far as the run had come.</source>
        <translation>Bei %1 war er nicht zu Ende; weiter war der Lauf noch nicht.</translation>
    </message>
    <message>
        <source>It had not ended when the run did, at %1.</source>
        <translation>Er war nicht zu Ende, als der Lauf bei %1 endete.</translation>
    </message>
</context>
<context>
    <name>halfopen::HelpLibrary</name>
    <message>
        <source>Policies</source>
        <translation>Policies</translation>
    </message>
    <message>
        <source>The lab</source>
        <translation>Das Labor</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>Metrics of expectations</source>
        <translation>Kennzahlen von Erwartungen</translation>
    </message>
</context>
<context>
    <name>halfopen::HelpPanel</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>In der Hilfe suchen</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Shows the list of all topics</source>
        <translation>Zeigt die Liste aller Themen</translation>
    </message>
    <message>
        <source>Topics of the help</source>
        <translation>Themen der Hilfe</translation>
    </message>
    <message>
        <source>Help page</source>
        <translation>Hilfeseite</translation>
    </message>
    <message>
        <source>Nothing has all of these words: %1. Try one of them alone, such as “breaker” or “timeout”; Esc clears the search and shows all topics.</source>
        <translation>Nichts enthält alle diese Wörter: %1. Versuchen Sie eines allein, etwa „breaker“ oder „timeout“; Esc leert die Suche und zeigt alle Themen.</translation>
    </message>
    <message>
        <source>All topics</source>
        <translation>Alle Themen</translation>
    </message>
</context>
<context>
    <name>halfopen::KeyStrip</name>
    <message>
        <source>Key</source>
        <translation>Zeichenerklärung</translation>
    </message>
</context>
<context>
    <name>halfopen::LatencyChart</name>
    <message>
        <source>Latency over time</source>
        <translation>Latenz über die Zeit</translation>
    </message>
    <message>
        <source>The percentiles p50, p90, p99 and p99.9 of the latency, on a logarithmic axis</source>
        <translation>Die Perzentile p50, p90, p99 und p99,9 der Latenz auf einer logarithmischen Achse</translation>
    </message>
    <message>
        <source>No call has ended in this range.</source>
        <translation>In diesem Bereich ist kein Aufruf beendet.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 (slowest)</source>
        <translation>%1 (langsamste)</translation>
    </message>
    <message>
        <source>%1, %2 ended %3</source>
        <translation>%1, %2 beendet %3</translation>
    </message>
    <message>
        <source>ghost %1</source>
        <translation>Schatten %1</translation>
    </message>
</context>
<context>
    <name>halfopen::LatencyView</name>
    <message>
        <source>Heat map</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>Latency of calls, start to end</source>
        <translation>Latenz der Aufrufe vom Anfang bis zum Ende</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
    <message>
        <source>Share slower</source>
        <translation>Anteil langsamer</translation>
    </message>
    <message>
        <source>Distribution as</source>
        <translation>Verteilung als</translation>
    </message>
    <message>
        <source>Bars of how many calls took how long, or the share of calls slower than each latency (CCDF)</source>
        <translation>Balken, wie viele Aufrufe wie lange dauerten, oder der Anteil der Aufrufe, die langsamer waren als jede Latenz (CCDF)</translation>
    </message>
    <message>
        <source>How many calls took how long, instead of their percentiles</source>
        <translation>Wie viele Aufrufe wie lange dauerten, statt ihrer Perzentile</translation>
    </message>
    <message>
        <source>How long calls take, by percentile and as a distribution, will be here once the scenario runs.</source>
        <translation>Wie lange Aufrufe dauern, nach Perzentilen und als Verteilung, steht hier, sobald das Szenario läuft.</translation>
    </message>
    <message>
        <source>1 call</source>
        <translation>1 Aufruf</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gelungen</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>misslungen</translation>
    </message>
    <message>
        <source>Selection: %1</source>
        <translation>Auswahl: %1</translation>
    </message>
    <message>
        <source>Visible: %1</source>
        <translation>Sichtbar: %1</translation>
    </message>
    <message>
        <source>Distribution of the latencies</source>
        <translation>Verteilung der Latenzen</translation>
    </message>
    <message>
        <source>ghost</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>Start to end</source>
        <translation>Anfang bis Ende</translation>
    </message>
</context>
<context>
    <name>halfopen::LayerGroup</name>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message>
        <source>What it does, how it helps and how it hurts  (F1)</source>
        <translation>Was es tut, wie es hilft und wie es schadet  (F1)</translation>
    </message>
    <message>
        <source>Help page: %1</source>
        <translation>Hilfeseite: %1</translation>
    </message>
</context>
<context>
    <name>halfopen::LegendPanel</name>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
</context>
<context>
    <name>halfopen::LibraryPanel</name>
    <message>
        <source>Choose a run to see its figures and to write notes and tags.</source>
        <translation>Wählen Sie einen Lauf, um seine Zahlen zu sehen und Notizen und Marken zu schreiben.</translation>
    </message>
    <message>
        <source>%1 runs are chosen.</source>
        <translation>%1 Läufe sind gewählt.</translation>
    </message>
    <message>
        <source>Search runs; #tag</source>
        <translation>Läufe suchen; #Marke</translation>
    </message>
    <message>
        <source>Search the kept runs</source>
        <translation>In den aufbewahrten Läufen suchen</translation>
    </message>
    <message>
        <source>Settings of the run library</source>
        <translation>Einstellungen der Laufbibliothek</translation>
    </message>
    <message>
        <source>Kept runs</source>
        <translation>Aufbewahrte Läufe</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Tags of the run</source>
        <translation>Marken des Laufs</translation>
    </message>
    <message>
        <source>Words divided by blanks. A tagged run is never dropped.</source>
        <translation>Wörter mit Leerzeichen dazwischen. Ein Lauf mit Marken wird nie entfernt.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Notes on the run</source>
        <translation>Notizen zum Lauf</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Runs it once more from its text, seed and changes, and checks that it is the same</source>
        <translation>Lässt ihn aus Text, Startwert und Änderungen noch einmal laufen und prüft, dass er derselbe ist</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Two or more chosen runs with each other, or one with the run on screen</source>
        <translation>Zwei oder mehr gewählte Läufe miteinander, oder einen mit dem Lauf auf dem Bildschirm</translation>
    </message>
    <message>
        <source>Takes the chosen runs out of the library; can be undone</source>
        <translation>Nimmt die gewählten Läufe aus der Bibliothek; lässt sich rückgängig machen</translation>
    </message>
    <message>
        <source>Untagged runs kept at most</source>
        <translation>Höchstens aufbewahrte Läufe ohne Marken</translation>
    </message>
    <message>
        <source>Select all runs shown</source>
        <translation>Alle gezeigten Läufe wählen</translation>
    </message>
    <message>
        <source>Opening the run library…</source>
        <translation>Die Laufbibliothek wird geöffnet…</translation>
    </message>
    <message>
        <source>There is no run library: %1.</source>
        <translation>Es gibt keine Laufbibliothek: %1.</translation>
    </message>
    <message>
        <source>Set it aside</source>
        <translation>Beiseitelegen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>No kept run fits what you search for.</source>
        <translation>Kein aufbewahrter Lauf passt zur Suche.</translation>
    </message>
    <message>
        <source>Every run that ends is kept here with its scenario, seed and figures: to find it, open it again, and compare it.</source>
        <translation>Jeder beendete Lauf wird hier mit Szenario, Startwert und Kennzahlen aufbewahrt: zum Finden, Wiederöffnen und Vergleichen.</translation>
    </message>
    <message>
        <source>Run the scenario to its end</source>
        <translation>Das Szenario bis zum Ende laufen lassen</translation>
    </message>
    <message>
        <source>Notes and tags</source>
        <translation>Notizen und Marken</translation>
    </message>
    <message>
        <source>Figures, notes and tags of the run chosen</source>
        <translation>Kennzahlen, Notizen und Marken des gewählten Laufs</translation>
    </message>
    <message>
        <source>%1  (F2 in the list)</source>
        <translation>%1  (F2 in der Liste)</translation>
    </message>
    <message>
        <source>Words of name, notes, tags, file or settings; a word with # before it is a tag, or stands so in the notes</source>
        <translation>Wörter aus Name, Notizen, Marken, Datei oder Einstellungen; ein Wort mit # davor ist eine Marke oder steht so in den Notizen</translation>
    </message>
    <message>
        <source>Undo delete</source>
        <translation>Löschen rückgängig machen</translation>
    </message>
    <message>
        <source>Undo delete of 1 run</source>
        <translation>Löschen von 1 Lauf rückgängig machen</translation>
    </message>
    <message>
        <source>Undo delete of %1 runs</source>
        <translation>Löschen von %1 Läufen rückgängig machen</translation>
    </message>
</context>
<context>
    <name>halfopen::MainWindow</name>
    <message>
        <source>Start over</source>
        <translation>Von vorn beginnen</translation>
    </message>
    <message>
        <source>A scenario runs here: its calls, its breakers and its queues over one time axis.</source>
        <translation>Hier läuft ein Szenario: seine Aufrufe, seine Breaker und seine Warteschlangen über einer Zeitachse.</translation>
    </message>
    <message>
        <source>Open the retry storm</source>
        <translation>Den Wiederholungssturm öffnen</translation>
    </message>
    <message>
        <source>or drop a scenario file here</source>
        <translation>oder eine Szenariodatei hierher ziehen</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Tuning</source>
        <translation>Einstellen</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Abspielleiste</translation>
    </message>
    <message>
        <source>The run could not begin: %1</source>
        <translation>Der Lauf konnte nicht beginnen: %1</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Öffnen …</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save &amp;as scenario…</source>
        <translation>Als Szenario s&amp;peichern …</translation>
    </message>
    <message>
        <source>&amp;Reload from disk</source>
        <translation>&amp;Neu laden</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Reset &amp;all settings</source>
        <translation>&amp;Alle Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Find a setting</source>
        <translation>Einstellung &amp;suchen</translation>
    </message>
    <message>
        <source>Edit the &amp;text</source>
        <translation>Den &amp;Text bearbeiten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play and pause</source>
        <translation>Abspielen und anhalten</translation>
    </message>
    <message>
        <source>Step one event</source>
        <translation>Ein Ereignis weiter</translation>
    </message>
    <message>
        <source>Next transition</source>
        <translation>Nächster Zustandswechsel</translation>
    </message>
    <message>
        <source>Previous transition</source>
        <translation>Voriger Zustandswechsel</translation>
    </message>
    <message>
        <source>Run to the end</source>
        <translation>Bis zum Ende laufen</translation>
    </message>
    <message>
        <source>End the run here</source>
        <translation>Den Lauf hier beenden</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Schneller</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Langsamer</translation>
    </message>
    <message>
        <source>Real time</source>
        <translation>Echtzeit</translation>
    </message>
    <message>
        <source>As fast as possible</source>
        <translation>So schnell wie möglich</translation>
    </message>
    <message>
        <source>Changes act from now on</source>
        <translation>Änderungen wirken ab jetzt</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>Ab jetzt</translation>
    </message>
    <message>
        <source>A change acts in the present run, from this moment on</source>
        <translation>Eine Änderung wirkt im gegenwärtigen Lauf, von diesem Augenblick an</translation>
    </message>
    <message>
        <source>Changes run it all again (what if)</source>
        <translation>Änderungen lassen alles noch einmal laufen (was wäre wenn)</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Zoom to the selection</source>
        <translation>Auf die Auswahl zoomen</translation>
    </message>
    <message>
        <source>Next area</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Previous area</source>
        <translation>Voriger Bereich</translation>
    </message>
    <message>
        <source>Clear selection and cursor</source>
        <translation>Auswahl und Zeiger löschen</translation>
    </message>
    <message>
        <source>Show the whole run</source>
        <translation>Den ganzen Lauf zeigen</translation>
    </message>
    <message>
        <source>Follow the present</source>
        <translation>Der Gegenwart folgen</translation>
    </message>
    <message>
        <source>&amp;Presentation</source>
        <translation>&amp;Präsentation</translation>
    </message>
    <message>
        <source>Everything larger, the whole screen, no side panels  (F11)</source>
        <translation>Alles größer, der ganze Bildschirm, keine Seitenleisten  (F11)</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle …</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Halfopen</source>
        <translation>&amp;Über Halfopen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Export a view</source>
        <translation>Eine Ansicht &amp;exportieren</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>Sp&amp;rache</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>Die Sprache wechselt beim nächsten Start.</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Keep them for later</source>
        <translation>Für später aufbewahren</translation>
    </message>
    <message>
        <source>The scenarios that ship with the lab were not found. Set HALFOPEN_SCENARIOS to their folder, or open a file.</source>
        <translation>Die mitgelieferten Szenarien wurden nicht gefunden. Setzen Sie HALFOPEN_SCENARIOS auf ihren Ordner oder öffnen Sie eine Datei.</translation>
    </message>
    <message>
        <source>%1 stays open.</source>
        <translation>%1 bleibt offen.</translation>
    </message>
    <message>
        <source>%1 was not opened: %2. %3</source>
        <translation>%1 wurde nicht geöffnet: %2. %3</translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>1 Problem</translation>
    </message>
    <message>
        <source>%1 problems</source>
        <translation>%1 Probleme</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Show the open scenario</source>
        <translation>Das offene Szenario zeigen</translation>
    </message>
    <message>
        <source>%1 was changed by another program.</source>
        <translation>%1 wurde von einem anderen Programm geändert.</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The run is over, so the change acts in the next one.</source>
        <translation>Der Lauf ist zu Ende; die Änderung wirkt im nächsten.</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Noch einmal laufen</translation>
    </message>
    <message>
        <source>%1[*] - Halfopen</source>
        <translation>%1[*] - Halfopen</translation>
    </message>
    <message>
        <source>Halfopen</source>
        <translation>Halfopen</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>Ein Szenario öffnen</translation>
    </message>
    <message>
        <source>Scenarios (*.yaml *.yml);;All files (*)</source>
        <translation>Szenarien (*.yaml *.yml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Save as scenario</source>
        <translation>Als Szenario speichern</translation>
    </message>
    <message>
        <source>Scenarios (*.yaml *.yml)</source>
        <translation>Szenarien (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>Table of the whole run (*.csv)</source>
        <translation>Tabelle des ganzen Laufs (*.csv)</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>%1 exportieren</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>%1 wird geschrieben…</translation>
    </message>
    <message>
        <source>Exported as %1</source>
        <translation>Exportiert als %1</translation>
    </message>
    <message>
        <source>Not exported: %1</source>
        <translation>Nicht exportiert: %1</translation>
    </message>
    <message>
        <source>Export the run&apos;s report</source>
        <translation>Den Bericht des Laufs exportieren</translation>
    </message>
    <message>
        <source>report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Page that needs nothing else (*.html);;Figures (*.json)</source>
        <translation>Seite, die nichts weiter braucht (*.html);;Zahlen (*.json)</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Unsaved changes cannot be kept for the case of a crash: %1</source>
        <translation>Ungespeicherte Änderungen können für den Fall eines Absturzes nicht aufbewahrt werden: %1</translation>
    </message>
    <message>
        <source>In effect: the scenario ran again with it.</source>
        <translation>In Kraft: Das Szenario lief damit noch einmal.</translation>
    </message>
    <message>
        <source>Read: takes effect in the next run.</source>
        <translation>Gelesen: Tritt mit dem nächsten Lauf in Kraft.</translation>
    </message>
    <message>
        <source>In effect from now on.</source>
        <translation>Ab jetzt in Kraft.</translation>
    </message>
    <message>
        <source>In effect.</source>
        <translation>In Kraft.</translation>
    </message>
    <message>
        <source>In effect: more than settings changed, so the scenario ran again from the beginning to %1.</source>
        <translation>In Kraft: Nicht nur Einstellungen wurden geändert, darum lief das Szenario noch einmal vom Anfang bis %1.</translation>
    </message>
    <message>
        <source>the text has problems, see below it; it is kept until they are mended</source>
        <translation>der Text hat Probleme, siehe unter ihm; er bleibt aufbewahrt, bis sie behoben sind</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep them and close</source>
        <translation>Aufbewahren und schließen</translation>
    </message>
    <message>
        <source>Changes to %1 of %2 were not saved and are kept.</source>
        <translation>Änderungen an %1 vom %2 wurden nicht gespeichert, sind aber aufbewahrt.</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Run re&amp;port…</source>
        <translation>Be&amp;richt des Laufs …</translation>
    </message>
    <message>
        <source>Open re&amp;cent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Scenarios of the &amp;lab</source>
        <translation>Szenarien des &amp;Labors</translation>
    </message>
    <message>
        <source>Run li&amp;brary</source>
        <translation>Laufbibliothek</translation>
    </message>
    <message>
        <source>&amp;Compare variants over many seeds…</source>
        <translation>Varianten über viele Startwerte vergleichen…</translation>
    </message>
    <message>
        <source>Run library</source>
        <translation>Laufbibliothek</translation>
    </message>
    <message>
        <source>1 run was deleted from the library.</source>
        <translation>1 Lauf wurde aus der Bibliothek gelöscht.</translation>
    </message>
    <message>
        <source>%1 runs were deleted from the library.</source>
        <translation>%1 Läufe wurden aus der Bibliothek gelöscht.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>%1 could not be run again to compare with: %2.</source>
        <translation>%1 konnte zum Vergleichen nicht noch einmal laufen: %2.</translation>
    </message>
    <message>
        <source>Runs are not kept: %1. Everything else works.</source>
        <translation>Läufe werden nicht aufbewahrt: %1. Alles andere geht.</translation>
    </message>
    <message>
        <source>Set it aside</source>
        <translation>Beiseitelegen</translation>
    </message>
    <message>
        <source>Compare variants</source>
        <translation>Varianten vergleichen</translation>
    </message>
    <message>
        <source>%1 ran again as it was kept: fingerprint %2.</source>
        <translation>%1 lief wieder wie aufbewahrt: Fingerabdruck %2.</translation>
    </message>
    <message>
        <source>It was kept by version %1, and this is version %2.</source>
        <translation>Er wurde von Version %1 aufbewahrt, und dies ist Version %2.</translation>
    </message>
    <message>
        <source>A file that it names, or your defaults for what it leaves open, may have changed since.</source>
        <translation>Eine Datei, die es nennt, oder Ihre Vorgaben für das, was es offen lässt, können sich seither geändert haben.</translation>
    </message>
    <message>
        <source>%1 is not the run that was kept: fingerprint %2 instead of %3. %4</source>
        <translation>%1 ist nicht der aufbewahrte Lauf: Fingerabdruck %2 statt %3. %4</translation>
    </message>
    <message>
        <source>What the centre shows</source>
        <translation>Was die Mitte zeigt</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>This is the run with %1.</source>
        <translation>Das ist der Lauf mit %1.</translation>
    </message>
    <message>
        <source>Adopt these values</source>
        <translation>Diese Werte übernehmen</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>Zurück zu: %1</translation>
    </message>
    <message>
        <source>adopt %1</source>
        <translation>%1 übernehmen</translation>
    </message>
    <message>
        <source>Not adopted: %1</source>
        <translation>Nicht übernommen: %1</translation>
    </message>
    <message>
        <source>Adopted: %1.</source>
        <translation>Übernommen: %1.</translation>
    </message>
    <message>
        <source>Show what is kept</source>
        <translation>Aufbewahrtes zeigen</translation>
    </message>
    <message>
        <source>A change runs the whole scenario again, with the one before as the ghost behind it  (Ctrl+T)</source>
        <translation>Eine Änderung lässt das ganze Szenario noch einmal laufen, mit dem vorigen Lauf als Schatten dahinter  (Strg+T)</translation>
    </message>
    <message>
        <source>Keep this run as the ghost</source>
        <translation>Diesen Lauf als Schatten behalten</translation>
    </message>
    <message>
        <source>Forget the ghost</source>
        <translation>Den Schatten vergessen</translation>
    </message>
    <message>
        <source>The next run that is kept leaves %1 of %2 runs without tags and notes: give a tag to what is to stay.</source>
        <translation>Der nächste behaltene Lauf lässt %1 von %2 Läufen ohne Marken und Notizen übrig: was bleiben soll, braucht eine Marke.</translation>
    </message>
    <message>
        <source>Not saved: %1 was opened meanwhile</source>
        <translation>Nicht gespeichert: inzwischen wurde %1 geöffnet</translation>
    </message>
    <message>
        <source>the text is that of %1, and another file is open</source>
        <translation>der Text ist der von %1, und geöffnet ist eine andere Datei</translation>
    </message>
    <message>
        <source>There is no scenario (*.yaml, *.yml) in %1.</source>
        <translation>In %1 ist kein Szenario (*.yaml, *.yml).</translation>
    </message>
    <message>
        <source>The changes to %1 cannot be kept: %2. They are only in this window.</source>
        <translation>Die Änderungen an %1 können nicht aufbewahrt werden: %2. Sie sind nur in diesem Fenster.</translation>
    </message>
    <message>
        <source>kept run of %1</source>
        <translation>aufbewahrter Lauf vom %1</translation>
    </message>
    <message>
        <source>%1[*] (%2) - Halfopen</source>
        <translation>%1[*] (%2) - Halfopen</translation>
    </message>
    <message>
        <source>means of %1 seeds</source>
        <translation>Mittel aus %1 Startwerten</translation>
    </message>
    <message>
        <source>this seed only</source>
        <translation>nur dieser Startwert</translation>
    </message>
    <message>
        <source>The result is the same as with the settings before.</source>
        <translation>Das Ergebnis ist dasselbe wie mit den Einstellungen davor.</translation>
    </message>
    <message>
        <source>The result does not differ clearly from the one with the settings before (%1).</source>
        <translation>Das Ergebnis unterscheidet sich nicht deutlich von dem mit den Einstellungen davor (%1).</translation>
    </message>
    <message>
        <source>Against the settings before: %1 (%2).</source>
        <translation>Gegenüber den Einstellungen davor: %1 (%2).</translation>
    </message>
    <message>
        <source>Comparing with the settings before…</source>
        <translation>Wird mit den Einstellungen davor verglichen…</translation>
    </message>
    <message>
        <source>&amp;Help on what has the focus</source>
        <translation>&amp;Hilfe zu dem, was den Fokus hat</translation>
    </message>
    <message>
        <source>&amp;Topics of the help</source>
        <translation>Th&amp;emen der Hilfe</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Help: %1</source>
        <translation>Hilfe: %1</translation>
    </message>
    <message>
        <source>Help: %1 (%2)</source>
        <translation>Hilfe: %1 (%2)</translation>
    </message>
    <message>
        <source>length of the fault</source>
        <translation>Dauer der Störung</translation>
    </message>
    <message>
        <source>the text has problems, see below it</source>
        <translation>der Text hat Probleme, siehe unter ihm</translation>
    </message>
    <message>
        <source>the text could not take them</source>
        <translation>der Text konnte sie nicht aufnehmen</translation>
    </message>
    <message>
        <source>The text has changed since then, so it stays as it is.</source>
        <translation>Der Text hat sich seitdem geändert, also bleibt er, wie er ist.</translation>
    </message>
    <message>
        <source>other than in the file</source>
        <translation>anders als in der Datei</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 statt %2</translation>
    </message>
    <message>
        <source>Not in the file: undo takes adopted values back, and the text shows all of it.</source>
        <translation>Nicht in der Datei: Rückgängig nimmt übernommene Werte zurück, und der Text zeigt alles.</translation>
    </message>
    <message>
        <source>Not the file&apos;s world: %1</source>
        <translation>Nicht die Welt der Datei: %1</translation>
    </message>
    <message>
        <source>This run lasts %1 and the one to compare it with %2: their figures are not compared.</source>
        <translation>Dieser Lauf dauert %1, der zum Vergleich %2: Ihre Zahlen werden nicht verglichen.</translation>
    </message>
    <message>
        <source>The file as it is saved is no scenario: there is nothing to compare with.</source>
        <translation>Die gespeicherte Datei ist kein Szenario: Es gibt nichts zum Vergleichen.</translation>
    </message>
    <message>
        <source>what was kept</source>
        <translation>Aufbewahrtes</translation>
    </message>
    <message>
        <source>Open the last scenario at s&amp;tart</source>
        <translation>Beim S&amp;tart das letzte Szenario öffnen</translation>
    </message>
    <message>
        <source>%1, which was open last, is not there any more. This is the scenario that the lab begins with.</source>
        <translation>%1, das zuletzt geöffnet war, ist nicht mehr da. Dies ist das Szenario, mit dem das Labor beginnt.</translation>
    </message>
    <message>
        <source>Open another one…</source>
        <translation>Ein anderes öffnen …</translation>
    </message>
    <message>
        <source>In the run library</source>
        <translation>In der Laufbibliothek</translation>
    </message>
    <message>
        <source>From the search into the list, and back</source>
        <translation>Von der Suche in die Liste und zurück</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>In the list of variants</source>
        <translation>In der Liste der Varianten</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
    <message>
        <source>In another folder, it names the files that it reads by their whole paths now.</source>
        <translation>In einem anderen Ordner nennt sie die Dateien, die sie liest, jetzt mit ihrem ganzen Pfad.</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>Not adopted: %1. So the next run is another one than that of the study.</source>
        <translation>Nicht übernommen: %1. Der nächste Lauf ist also ein anderer als der der Studie.</translation>
    </message>
    <message>
        <source>%1 %2 (now otherwise)</source>
        <translation>%1 %2 (jetzt anders)</translation>
    </message>
    <message>
        <source>%1 %2 (now %3)</source>
        <translation>%1 %2 (jetzt %3)</translation>
    </message>
    <message>
        <source>%1 (no longer there)</source>
        <translation>%1 (nicht mehr da)</translation>
    </message>
    <message>
        <source>without %1</source>
        <translation>ohne %1</translation>
    </message>
    <message>
        <source>%1 (now otherwise)</source>
        <translation>%1 (jetzt anders)</translation>
    </message>
    <message>
        <source>Run the settings in Tuning</source>
        <translation>Die Werte aus „Einstellen“ laufen lassen</translation>
    </message>
    <message>
        <source>other settings of policies</source>
        <translation>andere Einstellungen der Policies</translation>
    </message>
    <message>
        <source>This is the run with %1. Other settings have changed since the study; in this run: %2.</source>
        <translation>Das ist der Lauf mit %1. Andere Einstellungen haben sich seit der Studie geändert; in diesem Lauf: %2.</translation>
    </message>
    <message>
        <source>%1: the run with %2, not with the settings in Tuning.</source>
        <translation>%1: der Lauf mit %2, nicht mit den Werten aus „Einstellen“.</translation>
    </message>
    <message>
        <source>What should happen to them before the kept run of %1 is opened?</source>
        <translation>Was soll damit geschehen, bevor der aufbewahrte Lauf von %1 geöffnet wird?</translation>
    </message>
    <message>
        <source>What should happen to them before two kept runs of %1 are compared?</source>
        <translation>Was soll damit geschehen, bevor zwei aufbewahrte Läufe von %1 verglichen werden?</translation>
    </message>
    <message>
        <source>What should happen to them before kept runs of %1 and %2 are compared?</source>
        <translation>Was soll damit geschehen, bevor aufbewahrte Läufe von %1 und %2 verglichen werden?</translation>
    </message>
    <message>
        <source>Two different scenarios are compared: the ghost is a run of %1, and this is one of %2.</source>
        <translation>Verglichen werden zwei verschiedene Szenarien: Der Schatten ist ein Lauf von %1, und dieser ist einer von %2.</translation>
    </message>
    <message>
        <source>What should happen to them before %1 is opened?</source>
        <translation>Was soll damit geschehen, bevor %1 geöffnet wird?</translation>
    </message>
    <message>
        <source>What should happen to them before the file is read again?</source>
        <translation>Was soll damit geschehen, bevor die Datei noch einmal gelesen wird?</translation>
    </message>
    <message>
        <source>A run of a study is shown, which is not compared. The ghost is the run of the file.</source>
        <translation>Gezeigt ist ein Lauf einer Studie, der nicht verglichen wird. Der Schatten ist der Lauf der Datei.</translation>
    </message>
    <message>
        <source>A run of a study is shown, which is not compared. The ghost is the run before the last change.</source>
        <translation>Gezeigt ist ein Lauf einer Studie, der nicht verglichen wird. Der Schatten ist der Lauf vor der letzten Änderung.</translation>
    </message>
    <message>
        <source>1 setting changed</source>
        <translation>1 Einstellung geändert</translation>
    </message>
    <message>
        <source>%1 settings changed</source>
        <translation>%1 Einstellungen geändert</translation>
    </message>
    <message>
        <source>1 line of the text edited</source>
        <translation>1 Zeile des Textes bearbeitet</translation>
    </message>
    <message>
        <source>%1 lines of the text edited</source>
        <translation>%1 Zeilen des Textes bearbeitet</translation>
    </message>
    <message>
        <source>%1 has changes that are not saved: %2.</source>
        <translation>%1 hat Änderungen, die nicht gespeichert sind: %2.</translation>
    </message>
    <message>
        <source>What should happen to them before the lab closes? Closing again keeps them for the next start.</source>
        <translation>Was soll damit geschehen, bevor das Labor schließt? Noch einmal schließen bewahrt sie für den nächsten Start auf.</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>Changed while it ran: %1.</source>
        <translation>Geändert, während er lief: %1.</translation>
    </message>
    <message>
        <source>%1: the run with %2, changed while it ran, not with the settings in Tuning.</source>
        <translation>%1: der Lauf mit %2, geändert, während er lief, nicht mit den Werten aus „Einstellen“.</translation>
    </message>
    <message>
        <source>A file is still being written. The lab closes when it is; closing again does not wait.</source>
        <translation>Eine Datei wird noch geschrieben. Danach schließt das Labor; erneutes Schließen wartet nicht darauf.</translation>
    </message>
    <message>
        <source>This run is the ghost now, until the next change: that is compared with the file as it is saved.</source>
        <translation>Dieser Lauf ist jetzt der Schatten, bis zur nächsten Änderung: Die wird mit der gespeicherten Datei verglichen.</translation>
    </message>
    <message>
        <source>This run is the ghost now; the next change is compared with it.</source>
        <translation>Dieser Lauf ist jetzt der Schatten; die nächste Änderung wird mit ihm verglichen.</translation>
    </message>
    <message>
        <source>This run is the ghost now, until the next change.</source>
        <translation>Dieser Lauf ist jetzt der Schatten, bis zur nächsten Änderung.</translation>
    </message>
</context>
<context>
    <name>halfopen::MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>halfopen::MomentPanel</name>
    <message>
        <source>✓ %1: %2. It is asked when the next call ends.</source>
        <translation>✓ %1: %2. Danach wird gefragt, wenn der nächste Aufruf endet.</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Why the breaker is in its state</source>
        <translation>Warum der Breaker in seinem Zustand ist</translation>
    </message>
    <message>
        <source>Why it came to this state</source>
        <translation>Warum dieser Zustand</translation>
    </message>
    <message>
        <source>Running the scenario up to there once more…</source>
        <translation>Das Szenario läuft noch einmal bis dorthin…</translation>
    </message>
    <message>
        <source>This moment cannot be explained</source>
        <translation>Dieser Moment lässt sich nicht erklären</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>refused here %1</source>
        <translation>hier abgewiesen %1</translation>
    </message>
    <message>
        <source>What ended in it, %1</source>
        <translation>Was in ihm endete, %1</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Why it has not tripped</source>
        <translation>Warum er nicht ausgelöst hat</translation>
    </message>
    <message>
        <source>Why not another state yet</source>
        <translation>Warum noch kein anderer Zustand</translation>
    </message>
    <message>
        <source>✓ %1: %2</source>
        <translation>✓ %1: %2</translation>
    </message>
    <message>
        <source>not %1: %2</source>
        <translation>nicht %1: %2</translation>
    </message>
    <message>
        <source>%1 could end since %2: %3</source>
        <translation>%1 könnte seit %2 enden: %3</translation>
    </message>
    <message>
        <source>%1 until %2 (%3 from here): %4</source>
        <translation>%1 bis %2 (von hier %3): %4</translation>
    </message>
    <message>
        <source>All %1 processes at this moment</source>
        <translation>Alle %1 Prozesse in diesem Moment</translation>
    </message>
    <message>
        <source>All %1 judgements of instances at this moment (OPEN: ejected)</source>
        <translation>Alle %1 Urteile über Instanzen in diesem Moment (OPEN: ausgeschlossen)</translation>
    </message>
    <message>
        <source>It has not changed its state before.</source>
        <translation>Vorher hat er seinen Zustand nicht gewechselt.</translation>
    </message>
    <message>
        <source>%1 since %2</source>
        <translation>%1 seit %2</translation>
    </message>
    <message>
        <source>%1, %2 failed%3, %4 slow%5</source>
        <translation>%1, davon %2 fehlgeschlagen%3, %4 langsam%5</translation>
    </message>
    <message>
        <source>%1, %2 failed%3</source>
        <translation>%1, %2 misslungen%3</translation>
    </message>
    <message>
        <source>%1, %2 slow%3</source>
        <translation>%1, %2 langsam%3</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>%1 at %2, for %3 up to there</source>
        <translation>%1 bei %2, bis dahin seit %3</translation>
    </message>
</context>
<context>
    <name>halfopen::OutcomesChart</name>
    <message>
        <source>Outcomes over time</source>
        <translation>Ausgänge über die Zeit</translation>
    </message>
    <message>
        <source>Calls ended per second, stacked by outcome, with faults and changes of settings above</source>
        <translation>Beendete Aufrufe pro Sekunde, gestapelt nach Ausgang, darüber Störungen und geänderte Einstellungen</translation>
    </message>
    <message>
        <source>No call has ended in this range.</source>
        <translation>In diesem Bereich ist kein Aufruf beendet.</translation>
    </message>
    <message>
        <source>fault, active from %1</source>
        <translation>Störung, wirkt ab %1</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>angeboten</translation>
    </message>
    <message>
        <source>offered, mean of %1</source>
        <translation>angeboten, Mittel über %1</translation>
    </message>
    <message>
        <source>%1, calls ended %2</source>
        <translation>%1, Aufrufe beendet %2</translation>
    </message>
    <message>
        <source>+%1</source>
        <translation>+%1</translation>
    </message>
    <message>
        <source>%1 faults</source>
        <translation>%1 Störungen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>ghost: good calls</source>
        <translation>Schatten: gelungen</translation>
    </message>
</context>
<context>
    <name>halfopen::OutcomesView</name>
    <message>
        <source>Calls ended per second, by outcome</source>
        <translation>Beendete Aufrufe pro Sekunde, nach Ausgang</translation>
    </message>
    <message>
        <source>How the calls end, second by second, will be here once the scenario runs.</source>
        <translation>Wie die Aufrufe enden, Sekunde für Sekunde, steht hier, sobald das Szenario läuft.</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>angeboten</translation>
    </message>
    <message>
        <source>abandoned attempts</source>
        <translation>aufgegebene Versuche</translation>
    </message>
    <message>
        <source>attempts per call</source>
        <translation>Versuche pro Aufruf</translation>
    </message>
    <message>
        <source>Selection: %1</source>
        <translation>Auswahl: %1</translation>
    </message>
    <message>
        <source>Visible: %1</source>
        <translation>Sichtbar: %1</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>auf %1</translation>
    </message>
    <message>
        <source>counted: %1</source>
        <translation>gezählt: %1</translation>
    </message>
    <message>
        <source>ghost: good calls</source>
        <translation>Schatten: gelungen</translation>
    </message>
</context>
<context>
    <name>halfopen::PlotView</name>
    <message>
        <source>Run the scenario</source>
        <translation>Das Szenario abspielen</translation>
    </message>
</context>
<context>
    <name>halfopen::Readout</name>
    <message>
        <source>Ghost, drawn pale: the run that this one is compared with.</source>
        <translation>Schatten, blass gezeichnet: der Lauf, mit dem dieser verglichen wird.</translation>
    </message>
</context>
<context>
    <name>halfopen::RetryChart</name>
    <message>
        <source>Retry delays over time</source>
        <translation>Wartezeiten der Wiederholungen über die Zeit</translation>
    </message>
    <message>
        <source>One dot per retry: when it was decided and how long it waits</source>
        <translation>Ein Punkt pro Wiederholung: wann sie beschlossen wurde und wie lange sie wartet</translation>
    </message>
    <message>
        <source>No retries so far: no policy has repeated a call.</source>
        <translation>Bisher keine Wiederholungen: Keine Policy hat einen Aufruf wiederholt.</translation>
    </message>
    <message>
        <source>No retries of these calls in this range.</source>
        <translation>Keine Wiederholungen dieser Aufrufe in diesem Bereich.</translation>
    </message>
    <message>
        <source>attempt %1 after %2</source>
        <translation>Versuch %1 nach %2</translation>
    </message>
    <message>
        <source>decided at</source>
        <translation>beschlossen bei</translation>
    </message>
    <message>
        <source>retries decided</source>
        <translation>beschlossene Wiederholungen</translation>
    </message>
    <message>
        <source>median delay</source>
        <translation>mittlere Wartezeit (Median)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>halfopen::RetryView</name>
    <message>
        <source>Log scale</source>
        <translation>Logarithmisch</translation>
    </message>
    <message>
        <source>Delay of each retry</source>
        <translation>Wartezeit jeder Wiederholung</translation>
    </message>
    <message>
        <source>Logarithmic axis of the delays</source>
        <translation>Logarithmische Achse der Wartezeiten</translation>
    </message>
    <message>
        <source>How long each retry waits, and how the delays spread, will be here once the scenario runs.</source>
        <translation>Wie lange jede Wiederholung wartet und wie sich die Wartezeiten verteilen, steht hier, sobald das Szenario läuft.</translation>
    </message>
    <message>
        <source>%1+</source>
        <translation>%1+</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>delays</source>
        <translation>Wartezeiten</translation>
    </message>
    <message>
        <source>Selection: %1</source>
        <translation>Auswahl: %1</translation>
    </message>
    <message>
        <source>Visible: %1</source>
        <translation>Sichtbar: %1</translation>
    </message>
    <message>
        <source>Distribution of the retry delays</source>
        <translation>Verteilung der Wartezeiten</translation>
    </message>
</context>
<context>
    <name>halfopen::RunLibrary</name>
    <message>
        <source>%1 cannot be renamed</source>
        <translation>%1 lässt sich nicht umbenennen</translation>
    </message>
    <message>
        <source>The run was not kept: %1.</source>
        <translation>Der Lauf wurde nicht aufbewahrt: %1.</translation>
    </message>
    <message>
        <source>The notes were not kept: %1.</source>
        <translation>Die Notizen wurden nicht aufbewahrt: %1.</translation>
    </message>
    <message>
        <source>The tags were not kept: %1.</source>
        <translation>Die Marken wurden nicht aufbewahrt: %1.</translation>
    </message>
    <message>
        <source>The runs were not deleted: %1.</source>
        <translation>Die Läufe wurden nicht gelöscht: %1.</translation>
    </message>
    <message>
        <source>The runs were not brought back: %1.</source>
        <translation>Die Läufe kamen nicht zurück: %1.</translation>
    </message>
    <message>
        <source>The run was not opened: %1.</source>
        <translation>Der Lauf wurde nicht geöffnet: %1.</translation>
    </message>
</context>
<context>
    <name>halfopen::RunListModel</name>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message>
        <source>1 trip</source>
        <translation>1 Auslösung</translation>
    </message>
    <message>
        <source>%1 trips</source>
        <translation>%1 Auslösungen</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>%1, %2, seed %3: %4</source>
        <translation>%1, %2, Startwert %3: %4</translation>
    </message>
    <message>
        <source>; tags %1</source>
        <translation>; Marken %1</translation>
    </message>
    <message>
        <source>seed %1, version %2, fingerprint 0x%3</source>
        <translation>Startwert %1, Version %2, Fingerabdruck 0x%3</translation>
    </message>
    <message>
        <source>1 attempt per call</source>
        <translation>1 Versuch pro Aufruf</translation>
    </message>
    <message>
        <source>%1 attempts per call</source>
        <translation>%1 Versuche pro Aufruf</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>goodput %1</source>
        <translation>Goodput %1</translation>
    </message>
    <message>
        <source>fault %1</source>
        <translation>Störung %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
</context>
<context>
    <name>halfopen::RunStore</name>
    <message>
        <source>%1 is damaged or is no run library: set it aside to begin a new one</source>
        <translation>%1 ist beschädigt oder keine Laufbibliothek: legen Sie die Datei beiseite, um eine neue zu beginnen</translation>
    </message>
    <message>
        <source>%1 cannot grow: the disk is full</source>
        <translation>%1 kann nicht wachsen: die Platte ist voll</translation>
    </message>
    <message>
        <source>%1 may not be written</source>
        <translation>%1 darf nicht geschrieben werden</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 lässt sich nicht verwenden: %2</translation>
    </message>
    <message>
        <source>the folder %1 cannot be made: check who may write there, or set XDG_DATA_HOME to another one</source>
        <translation>der Ordner %1 lässt sich nicht anlegen: prüfen Sie, wer dort schreiben darf, oder setzen Sie XDG_DATA_HOME auf einen anderen</translation>
    </message>
    <message>
        <source>Qt&apos;s SQLite plugin is not installed: install the package libqt6sql6-sqlite</source>
        <translation>Qts SQLite-Erweiterung fehlt: installieren Sie das Paket libqt6sql6-sqlite</translation>
    </message>
    <message>
        <source>%1 was written by a later version of Halfopen and is left alone: update this program to see the runs in it</source>
        <translation>%1 stammt von einer neueren Version von Halfopen und bleibt unberührt: aktualisieren Sie dieses Programm, um die Läufe darin zu sehen</translation>
    </message>
    <message>
        <source>%1 is damaged: set it aside to begin a new one</source>
        <translation>%1 ist beschädigt: legen Sie die Datei beiseite, um eine neue zu beginnen</translation>
    </message>
    <message>
        <source>this run is no longer in the library</source>
        <translation>dieser Lauf ist nicht mehr in der Bibliothek</translation>
    </message>
</context>
<context>
    <name>halfopen::ScenarioDocument</name>
    <message>
        <source>%1 was changed by another program since it was opened; reload it first, or save under another name</source>
        <translation>%1 wurde seit dem Öffnen von einem anderen Programm geändert; laden Sie es zuerst neu oder speichern Sie unter einem anderen Namen</translation>
    </message>
</context>
<context>
    <name>halfopen::ScenarioPanel</name>
    <message>
        <source>Scenario in words</source>
        <translation>Das Szenario in Worten</translation>
    </message>
    <message>
        <source>Here will stand what the scenario asks, and whether its expectations are met.</source>
        <translation>Hier steht, was das Szenario fragt und ob seine Erwartungen erfüllt sind.</translation>
    </message>
</context>
<context>
    <name>halfopen::SettingEditor</name>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
</context>
<context>
    <name>halfopen::SettingRow</name>
    <message>
        <source>%1; %2 stays</source>
        <translation>%1; %2 bleibt</translation>
    </message>
    <message>
        <source>%1 in force</source>
        <translation>%1 in Kraft</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>Vorgabe %1</translation>
    </message>
    <message>
        <source>none means %1</source>
        <translation>none heißt %1</translation>
    </message>
    <message>
        <source>none: see ?</source>
        <translation>none: siehe ?</translation>
    </message>
    <message>
        <source>None means</source>
        <translation>None heißt</translation>
    </message>
    <message>
        <source>default: see ?</source>
        <translation>Vorgabe: siehe ?</translation>
    </message>
    <message>
        <source>Help on %1</source>
        <translation>Hilfe zu %1</translation>
    </message>
    <message>
        <source>%1, slider</source>
        <translation>%1, Schieber</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>Reset to %1, the scenario&apos;s value</source>
        <translation>Zurücksetzen auf %1, den Wert des Szenarios</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>%1, or none</source>
        <translation>%1 oder none</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Sweep this…</source>
        <translation>Hierüber eine Messreihe…</translation>
    </message>
    <message>
        <source>Reset to %1</source>
        <translation>Auf %1 zurücksetzen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Open the full help page</source>
        <translation>Die ganze Hilfeseite öffnen</translation>
    </message>
    <message>
        <source>must be given</source>
        <translation>muss angegeben werden</translation>
    </message>
    <message>
        <source>default: empty</source>
        <translation>Vorgabe: leer</translation>
    </message>
    <message>
        <source>Compare with %1</source>
        <translation>Mit %1 vergleichen</translation>
    </message>
</context>
<context>
    <name>halfopen::StabilityModel</name>
    <message>
        <source>%1 is no length of time: it must be longer than 0 s.</source>
        <translation>%1 ist keine Zeitdauer: sie muss länger als 0 s sein.</translation>
    </message>
    <message>
        <source>%1 %2, trigger %3</source>
        <translation>%1 %2, Auslöser %3</translation>
    </message>
</context>
<context>
    <name>halfopen::StabilityView</name>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>Auslöser</translation>
    </message>
    <message>
        <source>then wait for the recovery</source>
        <translation>dann auf die Erholung warten</translation>
    </message>
    <message>
        <source>How long to wait for the recovery</source>
        <translation>Wie lange auf die Erholung gewartet wird</translation>
    </message>
    <message>
        <source>Draw the map</source>
        <translation>Karte zeichnen</translation>
    </message>
    <message>
        <source>Stability map</source>
        <translation>Stabilitätskarte</translation>
    </message>
    <message>
        <source>Of the scenario&apos;s faults only this one acts, once, and lasts as long as the column says.</source>
        <translation>Von den Störungen des Szenarios wirkt nur diese, einmal, und dauert so lange, wie die Spalte sagt.</translation>
    </message>
    <message>
        <source>Press Draw the map: each load meets the trigger for each length, and the map shows where the world comes back afterwards, how fast, and where it stays down.</source>
        <translation>Drücken Sie „Karte zeichnen“: Jede Last trifft auf den Auslöser in jeder Länge, und die Karte zeigt, wo die Welt danach zurückkommt, wie schnell, und wo sie unten bleibt.</translation>
    </message>
    <message>
        <source>A stability map needs something to go wrong: add a fault below faults: in the scenario, and it can be the trigger.</source>
        <translation>Eine Stabilitätskarte braucht etwas, das schiefgeht: Fügen Sie im Szenario unter faults: eine Störung hinzu, dann kann sie der Auslöser sein.</translation>
    </message>
    <message>
        <source>The scenario has no fault that could be the trigger.</source>
        <translation>Das Szenario hat keine Störung, die der Auslöser sein könnte.</translation>
    </message>
    <message>
        <source>These are more than %1 runs: choose fewer steps.</source>
        <translation>Das sind mehr als %1 Läufe: Wählen Sie weniger Schritte.</translation>
    </message>
    <message>
        <source>Cancelled after %1 of %2 runs: what was computed stays.</source>
        <translation>Nach %1 von %2 Läufen abgebrochen: Was berechnet wurde, bleibt.</translation>
    </message>
    <message>
        <source>The fault that was the trigger is no longer there: choose another one.</source>
        <translation>Die Störung, die der Auslöser war, gibt es nicht mehr: eine andere wählen.</translation>
    </message>
    <message>
        <source>The scenario has changed since this map.</source>
        <translation>Das Szenario hat sich seit dieser Karte geändert.</translation>
    </message>
    <message>
        <source>Only the load and the length of the trigger have changed since this map, and it varies just these: it holds.</source>
        <translation>Seit dieser Karte haben sich nur die Last und die Länge des Auslösers geändert, und gerade die variiert sie: Sie gilt weiter.</translation>
    </message>
    <message>
        <source>Puts the load and the length of the trigger in the scenario, where the other faults stay as they are; undo takes them back</source>
        <translation>Trägt die Last und die Dauer des Auslösers in das Szenario ein, in dem die anderen Störungen bleiben, wie sie sind; Rückgängig nimmt sie zurück</translation>
    </message>
</context>
<context>
    <name>halfopen::StudyAxisEditor</name>
    <message>
        <source>%1: values, with commas between them</source>
        <translation>%1: Werte, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Values, with commas between them</source>
        <translation>Werte, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>First value</source>
        <translation>Erster Wert</translation>
    </message>
    <message>
        <source>Last value</source>
        <translation>Letzter Wert</translation>
    </message>
    <message>
        <source>Number of values</source>
        <translation>Anzahl der Werte</translation>
    </message>
    <message>
        <source>How many values, both ends included</source>
        <translation>Wie viele Werte, beide Enden eingeschlossen</translation>
    </message>
    <message>
        <source>even steps</source>
        <translation>gleiche Schritte</translation>
    </message>
    <message>
        <source>equal ratios</source>
        <translation>gleiche Verhältnisse</translation>
    </message>
    <message>
        <source>Spacing of the values</source>
        <translation>Abstand der Werte</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>in</source>
        <translation>in</translation>
    </message>
    <message>
        <source>Nothing is chosen to vary.</source>
        <translation>Es ist nichts gewählt, das sich ändern soll.</translation>
    </message>
</context>
<context>
    <name>halfopen::StudyChart</name>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>squares: no other is better in both</source>
        <translation>Quadrate: kein anderer ist in beidem besser</translation>
    </message>
    <message>
        <source>%1 of %2 at this place, click for the next: %3</source>
        <translation>%1 von %2 an dieser Stelle, ein Klick führt zum nächsten: %3</translation>
    </message>
    <message>
        <source>%1 of %2 visible: the others lie at the same places</source>
        <translation>%1 von %2 sichtbar: Die anderen liegen an denselben Stellen</translation>
    </message>
</context>
<context>
    <name>halfopen::StudyView</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Open this run</source>
        <translation>Diesen Lauf öffnen</translation>
    </message>
    <message>
        <source>Runs the selected combination and shows it  (Enter)</source>
        <translation>Lässt die gewählte Kombination laufen und zeigt sie  (Eingabe)</translation>
    </message>
    <message>
        <source>Adopt these values</source>
        <translation>Diese Werte übernehmen</translation>
    </message>
    <message>
        <source>Makes the selected values the scenario&apos;s settings; undo takes them back</source>
        <translation>Macht die gewählten Werte zu Einstellungen des Szenarios; Rückgängig nimmt sie zurück</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 of %2 runs</source>
        <translation>%1 von %2 Läufen</translation>
    </message>
    <message>
        <source>there is nothing to write before %1 has been pressed</source>
        <translation>es gibt nichts zu schreiben, bevor „%1“ gedrückt wurde</translation>
    </message>
    <message>
        <source>Select a point of the chart first: its values are what is adopted</source>
        <translation>Zuerst einen Punkt des Diagramms wählen: Seine Werte werden übernommen</translation>
    </message>
    <message>
        <source>The selected combination has not been run</source>
        <translation>Die gewählte Kombination ist nicht gelaufen</translation>
    </message>
</context>
<context>
    <name>halfopen::SweepView</name>
    <message>
        <source>Vary</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Messreihe</translation>
    </message>
    <message>
        <source>Results of the sweep</source>
        <translation>Ergebnisse der Messreihe</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>against</source>
        <translation>gegen</translation>
    </message>
    <message>
        <source>Draws two metrics of every combination against each other, and the front that no other beats in both</source>
        <translation>Zeichnet zwei Kennzahlen jeder Kombination gegeneinander und die Front, die keine andere in beidem schlägt</translation>
    </message>
    <message>
        <source>Two metrics against each other</source>
        <translation>Zwei Kennzahlen gegeneinander</translation>
    </message>
    <message>
        <source>Other metric</source>
        <translation>Andere Kennzahl</translation>
    </message>
    <message>
        <source>Runs of each combination</source>
        <translation>Läufe jeder Kombination</translation>
    </message>
    <message>
        <source>Runs of each combination, each with a seed of its own: from two on there are confidence intervals</source>
        <translation>Läufe jeder Kombination, jeder mit eigenem Startwert: Ab zwei gibt es Konfidenzintervalle</translation>
    </message>
    <message>
        <source>runs each</source>
        <translation>Läufe je Punkt</translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation>nichts weiter</translation>
    </message>
    <message>
        <source>This scenario has nothing to vary: add a policy, or open another one.</source>
        <translation>In diesem Szenario gibt es nichts zu ändern: Fügen Sie eine Policy hinzu, oder öffnen Sie ein anderes.</translation>
    </message>
    <message>
        <source>Choose what to vary and press Sweep: all combinations run behind the window and are drawn here as they come. Then click at one to open its run.</source>
        <translation>Wählen Sie, was sich ändern soll, und drücken Sie „Messreihe“: Alle Kombinationen laufen im Hintergrund und erscheinen hier, sobald sie fertig sind. Ein Klick auf eine öffnet ihren Lauf.</translation>
    </message>
    <message>
        <source>Both are the same: choose two different ones.</source>
        <translation>Beide sind gleich: Wählen Sie zwei verschiedene.</translation>
    </message>
    <message>
        <source>These are %1 runs, and %2 are the limit: choose fewer steps or runs.</source>
        <translation>Das sind %1 Läufe, und %2 sind die Grenze: Wählen Sie weniger Schritte oder Läufe.</translation>
    </message>
    <message>
        <source>Cancelled after %1 of %2 runs: what was computed stays.</source>
        <translation>Nach %1 von %2 Läufen abgebrochen: Was berechnet wurde, bleibt.</translation>
    </message>
    <message>
        <source>The scenario has changed since this sweep.</source>
        <translation>Das Szenario hat sich seit dieser Messreihe geändert.</translation>
    </message>
    <message>
        <source>Only what this sweep varies has changed since: its results hold.</source>
        <translation>Seither hat sich nur geändert, was diese Messreihe variiert: Ihre Ergebnisse gelten weiter.</translation>
    </message>
    <message>
        <source>The scenario now has the values of one combination of this sweep, %1. All its results hold: it varies just these settings.</source>
        <translation>Das Szenario hat jetzt die Werte einer Kombination dieser Messreihe, %1. Alle ihre Ergebnisse gelten weiter: Gerade diese Einstellungen variiert sie.</translation>
    </message>
    <message>
        <source>This was not measured in the sweep: the scenario has changed since. Sweep again to see it.</source>
        <translation>Das wurde in dieser Messreihe nicht gemessen: Das Szenario hat sich seither geändert. Eine neue Messreihe zeigt es.</translation>
    </message>
</context>
<context>
    <name>halfopen::TextEditor</name>
    <message>
        <source>Scenario text</source>
        <translation>Text des Szenarios</translation>
    </message>
    <message>
        <source>Control+Space completes, F6 leaves the text</source>
        <translation>Strg+Leertaste vervollständigt, F6 verlässt den Text</translation>
    </message>
</context>
<context>
    <name>halfopen::TextPanel</name>
    <message>
        <source>Find in the text</source>
        <translation>Im Text suchen</translation>
    </message>
    <message>
        <source>Previous place (Shift+F3)</source>
        <translation>Vorige Fundstelle (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Next place (F3)</source>
        <translation>Nächste Fundstelle (F3)</translation>
    </message>
    <message>
        <source>Problems of the scenario; Enter jumps to the line</source>
        <translation>Probleme des Szenarios; die Eingabetaste springt zur Zeile</translation>
    </message>
    <message>
        <source>1 problem. Enter or click jumps to the line.</source>
        <translation>1 Problem. Eingabetaste oder Klick springt zur Zeile.</translation>
    </message>
    <message>
        <source>%1 problems. Enter or click jumps to the line.</source>
        <translation>%1 Probleme. Eingabetaste oder Klick springt zur Zeile.</translation>
    </message>
    <message>
        <source>Not saved.</source>
        <translation>Nicht gespeichert.</translation>
    </message>
    <message>
        <source>The scenario&apos;s text appears here, to read and to edit. Open a scenario to begin.</source>
        <translation>Hier erscheint der Text des Szenarios, zum Lesen und Bearbeiten. Öffnen Sie ein Szenario, um zu beginnen.</translation>
    </message>
    <message>
        <source>Typing…</source>
        <translation>Eingabe …</translation>
    </message>
    <message>
        <source>Not in effect: see the problems. The last text without problems stays in effect.</source>
        <translation>Nicht in Kraft: siehe die Probleme. Der letzte Text ohne Probleme bleibt in Kraft.</translation>
    </message>
    <message>
        <source>In effect.</source>
        <translation>In Kraft.</translation>
    </message>
    <message>
        <source>1 place</source>
        <translation>1 Fundstelle</translation>
    </message>
    <message>
        <source>%1 places</source>
        <translation>%1 Fundstellen</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>Warnung: %1</translation>
    </message>
    <message>
        <source>Text of the kept run of %1; the file has another.</source>
        <translation>Text des aufbewahrten Laufs vom %1; die Datei hat einen anderen.</translation>
    </message>
    <message>
        <source>The last change came from the settings: Undo there takes it back.</source>
        <translation>Die letzte Änderung kam von den Einstellungen: Rückgängig nimmt sie dort zurück.</translation>
    </message>
    <message>
        <source>The next change is one of the settings: Redo there makes it again.</source>
        <translation>Die nächste Änderung gehört zu den Einstellungen: Wiederherstellen macht sie dort noch einmal.</translation>
    </message>
    <message>
        <source>Once the problems are fixed, the text takes these settings over: %1.</source>
        <translation>Sobald die Probleme behoben sind, übernimmt der Text diese Einstellungen: %1.</translation>
    </message>
    <message>
        <source>The last change was taken back in the settings: Redo there makes it again.</source>
        <translation>Die letzte Änderung wurde in den Einstellungen zurückgenommen: Wiederherstellen macht sie dort noch einmal.</translation>
    </message>
    <message>
        <source>The next change is one of the settings, which have a newer one: Undo that first.</source>
        <translation>Die nächste Änderung gehört zu den Einstellungen, die eine neuere haben: Erst dort diese rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>halfopen::TimeChart</name>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>from here on</source>
        <translation>ab hier</translation>
    </message>
    <message>
        <source>setting changed at %1</source>
        <translation>Einstellung geändert bei %1</translation>
    </message>
</context>
<context>
    <name>halfopen::TimeScrubber</name>
    <message>
        <source>Time of the run</source>
        <translation>Zeit des Laufs</translation>
    </message>
    <message>
        <source>Left and right move the cursor; a click beyond the present time runs on to it</source>
        <translation>Links und Rechts bewegen den Zeiger; ein Klick jenseits der Gegenwart lässt den Lauf bis dorthin laufen</translation>
    </message>
    <message>
        <source>The run is at %1 of %2</source>
        <translation>Der Lauf ist bei %1 von %2</translation>
    </message>
    <message>
        <source>Cursor at %1. %2</source>
        <translation>Zeiger bei %1. %2</translation>
    </message>
    <message>
        <source>click to run on to here</source>
        <translation>Klick: bis hierher laufen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>halfopen::TopologyChart</name>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>%1, %2 bad</source>
        <translation>%1, %2 schlecht</translation>
    </message>
    <message>
        <source>%1 bad</source>
        <translation>%1 schlecht</translation>
    </message>
    <message>
        <source>%1 of %2 OPEN</source>
        <translation>%1 von %2 OPEN</translation>
    </message>
    <message>
        <source>%1 of %2 HALF_OPEN</source>
        <translation>%1 von %2 HALF_OPEN</translation>
    </message>
    <message>
        <source>%1 breakers %2</source>
        <translation>%1 Breaker %2</translation>
    </message>
    <message>
        <source>%1 ×%2</source>
        <translation>%1 ×%2</translation>
    </message>
    <message>
        <source>%1 processes</source>
        <translation>%1 Prozesse</translation>
    </message>
    <message>
        <source>client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>%1 busy</source>
        <translation>%1 belegt</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>workers busy</source>
        <translation>beschäftigte Worker</translation>
    </message>
    <message>
        <source>requests waiting</source>
        <translation>wartende Anfragen</translation>
    </message>
    <message>
        <source>%1 done, p99 %2, whole run</source>
        <translation>%1 erledigt, p99 %2, ganzer Lauf</translation>
    </message>
    <message>
        <source>fault</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>calls begun</source>
        <translation>begonnene Aufrufe</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>misslungen</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>breakers</source>
        <translation>Breaker</translation>
    </message>
    <message>
        <source>attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>%1 faults</source>
        <translation>%1 Störungen</translation>
    </message>
</context>
<context>
    <name>halfopen::TopologyView</name>
    <message>
        <source>Clients, services and the calls between them will be here once the scenario runs.</source>
        <translation>Clients, Dienste und die Aufrufe zwischen ihnen stehen hier, sobald das Szenario läuft.</translation>
    </message>
    <message>
        <source>Run the scenario</source>
        <translation>Das Szenario abspielen</translation>
    </message>
    <message>
        <source>In the selection</source>
        <translation>In der Auswahl</translation>
    </message>
    <message>
        <source>At the cursor, %1</source>
        <translation>Am Zeiger, %1</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
</context>
<context>
    <name>halfopen::Track</name>
    <message>
        <source>Folds the view away or shows it again</source>
        <translation>Klappt die Ansicht zu oder wieder auf</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Keep this view on top while the others scroll</source>
        <translation>Diese Ansicht oben halten, während die anderen blättern</translation>
    </message>
    <message>
        <source>Close this view; the View menu shows it again</source>
        <translation>Diese Ansicht schließen; das Menü Ansicht zeigt sie wieder</translation>
    </message>
    <message>
        <source>Pin %1</source>
        <translation>%1 anheften</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
</context>
<context>
    <name>halfopen::TransitionPanel</name>
    <message>
        <source>Why the breaker changed its state</source>
        <translation>Warum der Breaker seinen Zustand wechselte</translation>
    </message>
    <message>
        <source>The deciding call</source>
        <translation>Der entscheidende Aufruf</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Calls in the window</source>
        <translation>Aufrufe im Fenster</translation>
    </message>
    <message>
        <source>Calls let through in the window</source>
        <translation>Durchgelassene Aufrufe im Fenster</translation>
    </message>
    <message>
        <source>Calls since the last sweep</source>
        <translation>Aufrufe seit dem letzten Durchgang</translation>
    </message>
    <message>
        <source>Calls ended half-open</source>
        <translation>Aufrufe, die halboffen endeten</translation>
    </message>
    <message>
        <source>Trial calls let through</source>
        <translation>Durchgelassene Probeaufrufe</translation>
    </message>
    <message>
        <source>of them failed</source>
        <translation>davon misslungen</translation>
    </message>
    <message>
        <source>of them without an answer</source>
        <translation>davon ohne Antwort</translation>
    </message>
    <message>
        <source>of them slow</source>
        <translation>davon langsam</translation>
    </message>
    <message>
        <source>Failure-rate threshold</source>
        <translation>Schwelle der Fehlerrate</translation>
    </message>
    <message>
        <source>Slow-call-rate threshold</source>
        <translation>Schwelle langsamer Aufrufe</translation>
    </message>
    <message>
        <source>Success-rate threshold</source>
        <translation>Schwelle der Erfolgsrate</translation>
    </message>
    <message>
        <source>Threshold of failures</source>
        <translation>Schwelle der Fehler</translation>
    </message>
    <message>
        <source>Trial calls</source>
        <translation>Probeaufrufe</translation>
    </message>
    <message>
        <source>Trial calls wanted</source>
        <translation>Verlangte Probeaufrufe</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>Offen für</translation>
    </message>
    <message>
        <source>Recovery timeout</source>
        <translation>Recovery-Timeout</translation>
    </message>
    <message>
        <source>Ejected for</source>
        <translation>Ausgeschlossen für</translation>
    </message>
    <message>
        <source>Ejection time</source>
        <translation>Ausschlusszeit</translation>
    </message>
    <message>
        <source>Half-open at most</source>
        <translation>Halboffen höchstens</translation>
    </message>
    <message>
        <source>Deciding call %1: %2</source>
        <translation>Entscheidender Aufruf %1: %2</translation>
    </message>
    <message>
        <source>Call %1, which asked first</source>
        <translation>Aufruf %1, der zuerst gefragt hat</translation>
    </message>
    <message>
        <source>%1 on %2, at %3</source>
        <translation>%1 auf %2, bei %3</translation>
    </message>
    <message>
        <source>Failures in a row</source>
        <translation>Fehler in Folge</translation>
    </message>
    <message>
        <source>Gateway failures in a row</source>
        <translation>Gateway-Fehler in Folge</translation>
    </message>
    <message>
        <source>In a row without an answer</source>
        <translation>In Folge ohne Antwort</translation>
    </message>
    <message>
        <source>Show call %1</source>
        <translation>Aufruf %1 zeigen</translation>
    </message>
    <message>
        <source>Call %1 in the tables and on the command line</source>
        <translation>In den Tabellen und auf der Kommandozeile: Aufruf %1</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
</context>
<context>
    <name>halfopen::TransportBar</name>
    <message>
        <source>Time reached and length of the run</source>
        <translation>Erreichte Zeit und Länge des Laufs</translation>
    </message>
    <message>
        <source>Measured speed</source>
        <translation>Gemessene Geschwindigkeit</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Virtual time per real time, 0.1 to 1000 times, or as fast as possible</source>
        <translation>Virtuelle Zeit pro wirklicher Zeit, 0,1- bis 1000-fach oder so schnell wie möglich</translation>
    </message>
    <message>
        <source>Speed: 0.1 to 1000 times real time, rightmost as fast as possible  ([ and ])</source>
        <translation>Geschwindigkeit: 0,1- bis 1000-fache Echtzeit, ganz rechts so schnell wie möglich  ([ und ])</translation>
    </message>
    <message>
        <source>as fast as possible</source>
        <translation>so schnell wie möglich</translation>
    </message>
    <message>
        <source>Speed %1</source>
        <translation>Geschwindigkeit %1</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>limit reached</source>
        <translation>Grenze erreicht</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>zu Ende</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>%1× real time · %2 calls/s</source>
        <extracomment>real speed, then the number of simulated calls per real second</extracomment>
        <translation>%1× Echtzeit · %2 Aufrufe/s</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>This machine does not reach the chosen speed of %1</source>
        <translation>Dieser Rechner erreicht die gewählte Geschwindigkeit von %1 nicht</translation>
    </message>
    <message>
        <source>Virtual time per real time, and calls simulated per real second</source>
        <translation>Virtuelle Zeit pro wirklicher Zeit und simulierte Aufrufe pro wirklicher Sekunde</translation>
    </message>
</context>
<context>
    <name>halfopen::TuningModel</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>reset all settings</source>
        <translation>alle Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <source>the text</source>
        <translation>der Text</translation>
    </message>
    <message>
        <source>%1 is no setting of this scenario</source>
        <translation>%1 ist keine Einstellung dieses Szenarios</translation>
    </message>
</context>
<context>
    <name>halfopen::TuningPanel</name>
    <message>
        <source>Filter settings</source>
        <translation>Einstellungen filtern</translation>
    </message>
    <message>
        <source>Reset all settings to the scenario&apos;s</source>
        <translation>Alle Einstellungen auf die des Szenarios zurücksetzen</translation>
    </message>
    <message>
        <source>The settings of the scenario&apos;s policies appear here.</source>
        <translation>Hier erscheinen die Einstellungen der Policies des Szenarios.</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht benutzt</translation>
    </message>
    <message>
        <source>The stack %1, outermost policy first</source>
        <translation>Der Stapel %1, die äußerste Policy zuerst</translation>
    </message>
    <message>
        <source>This scenario has no policies to tune.</source>
        <translation>Dieses Szenario hat keine Policies zum Einstellen.</translation>
    </message>
    <message>
        <source>No setting has “%1” in its name or its help.</source>
        <translation>Keine Einstellung hat „%1“ im Namen oder in der Hilfe.</translation>
    </message>
    <message>
        <source>No setting is changed.</source>
        <translation>Keine Einstellung ist geändert.</translation>
    </message>
    <message>
        <source>@changed</source>
        <translation>@geändert</translation>
    </message>
    <message>
        <source>Show the changed settings only, or again what was shown before</source>
        <translation>Nur die geänderten Einstellungen zeigen, oder wieder, was vorher zu sehen war</translation>
    </message>
    <message numerus="yes">
        <source>%n changed, %1 hidden</source>
        <translation>
            <numerusform>%n geändert, %1 verborgen</numerusform>
            <numerusform>%n geändert, %1 verborgen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 → %2 instead of %3</source>
        <translation>%1 → %2 statt %3</translation>
    </message>
</context>
<context>
    <name>halfopen::VariantsChart</name>
    <message>
        <source>The variants over time</source>
        <translation>Die Varianten über die Zeit</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1: %2 to %3</source>
        <translation>%1: %2 bis %3</translation>
    </message>
</context>
<context>
    <name>halfopen::View</name>
    <message>
        <source>Outcomes</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <source>Breakers</source>
        <translation>Breaker</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Messreihe</translation>
    </message>
    <message>
        <source>Stability map</source>
        <translation>Stabilitätskarte</translation>
    </message>
    <message>
        <source>there is nothing to write before the scenario runs</source>
        <translation>es gibt nichts zu schreiben, bevor das Szenario läuft</translation>
    </message>
</context>
<context>
    <name>halfopen::WhatIf</name>
    <message>
        <source>%1 %2 → %3</source>
        <translation>%1 %2 → %3</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>Läuft…</translation>
    </message>
    <message>
        <source>Change a setting: the whole scenario runs again, and what differs stands here.</source>
        <translation>Ändern Sie eine Einstellung: Das ganze Szenario läuft noch einmal, und hier steht, was sich unterscheidet.</translation>
    </message>
    <message>
        <source>(this seed)</source>
        <translation>(dieser Startwert)</translation>
    </message>
    <message>
        <source>(%1 seeds)</source>
        <translation>(%1 Startwerte)</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>ab %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>nothing measured</source>
        <translation>nichts gemessen</translation>
    </message>
    <message>
        <source>now missed: %1</source>
        <translation>nun verfehlt: %1</translation>
    </message>
    <message>
        <source>now met: %1</source>
        <translation>nun erfüllt: %1</translation>
    </message>
    <message>
        <source>None of the figures differs from the run before this change.</source>
        <translation>Keine der Kennzahlen unterscheidet sich vom Lauf vor dieser Änderung.</translation>
    </message>
    <message>
        <source>None of the figures differs from the run of the file.</source>
        <translation>Keine der Zahlen unterscheidet sich vom Lauf der Datei.</translation>
    </message>
    <message>
        <source>Against the file as it is saved:</source>
        <translation>Gegenüber der gespeicherten Datei:</translation>
    </message>
    <message>
        <source>Against the run before this change:</source>
        <translation>Gegenüber dem Lauf vor dieser Änderung:</translation>
    </message>
    <message>
        <source>None of the figures differs from this run without what was changed while it played.</source>
        <translation>Keine der Kennzahlen unterscheidet sich von diesem Lauf ohne das, was währenddessen geändert wurde.</translation>
    </message>
    <message>
        <source>Against this run without what was changed while it played:</source>
        <translation>Gegenüber diesem Lauf ohne das, was währenddessen geändert wurde:</translation>
    </message>
    <message>
        <source>%1, better</source>
        <translation>%1, besser</translation>
    </message>
    <message>
        <source>%1, worse</source>
        <translation>%1, schlechter</translation>
    </message>
    <message>
        <source>None of the figures differs from the run of the settings before this change. The run of the study that was shown is not compared.</source>
        <translation>Keine der Kennzahlen unterscheidet sich vom Lauf der Einstellungen vor dieser Änderung. Der gezeigte Lauf der Studie wird nicht verglichen.</translation>
    </message>
    <message>
        <source>Against the run of the settings before this change:</source>
        <translation>Gegenüber dem Lauf der Einstellungen vor dieser Änderung:</translation>
    </message>
    <message>
        <source>now missed: %1, and %2 more</source>
        <translation>nun verfehlt: %1 und %2 weitere</translation>
    </message>
    <message>
        <source>%1 expectations now missed: %2</source>
        <translation>%1 Erwartungen nun verfehlt: %2</translation>
    </message>
    <message>
        <source>now met: %1, and %2 more</source>
        <translation>nun erfüllt: %1 und %2 weitere</translation>
    </message>
    <message>
        <source>%1 expectations now met: %2</source>
        <translation>%1 Erwartungen nun erfüllt: %2</translation>
    </message>
</context>
<context>
    <name>halfopen::WhatIfBar</name>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>What the last change did</source>
        <translation>Was die letzte Änderung bewirkt hat</translation>
    </message>
    <message>
        <source>better</source>
        <translation>besser</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>schlechter</translation>
    </message>
    <message>
        <source>means of %1 seeds</source>
        <translation>Mittel aus %1 Startwerten</translation>
    </message>
    <message>
        <source>this seed only</source>
        <translation>nur dieser Startwert</translation>
    </message>
    <message>
        <source>Compared with the run before this change, which is drawn as the ghost, and not with the file as it is saved. Pairs of runs with the same seed, before and after the change; ± is a 95 % confidence interval.</source>
        <translation>Verglichen mit dem Lauf vor dieser Änderung, der als Schatten gezeichnet ist, und nicht mit der gespeicherten Datei. Paare von Läufen mit demselben Startwert, vor und nach der Änderung; ± ist ein 95-%-Konfidenzintervall.</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>Compare with the run before the last change</source>
        <translation>Mit dem Lauf vor der letzten Änderung vergleichen</translation>
    </message>
    <message>
        <source>Compare with the file as it is saved</source>
        <translation>Mit der gespeicherten Datei vergleichen</translation>
    </message>
    <message>
        <source>What all changes did</source>
        <translation>Was alle Änderungen bewirkt haben</translation>
    </message>
    <message>
        <source>What the present run is compared with: %1</source>
        <translation>Womit der Lauf verglichen wird: %1</translation>
    </message>
    <message>
        <source>Compared with the run of the file as it is saved, which is drawn as the ghost. Pairs of runs with the same seed, of the file and as it is now; ± is a 95 % confidence interval.</source>
        <translation>Verglichen mit dem Lauf der gespeicherten Datei, der als Schatten gezeichnet ist. Paare von Läufen mit demselben Startwert, der Datei und wie es jetzt ist; ± ist ein 95-%-Konfidenzintervall.</translation>
    </message>
    <message>
        <source>vs. file</source>
        <translation>zur Datei</translation>
    </message>
    <message>
        <source>vs. run before</source>
        <translation>zum Lauf davor</translation>
    </message>
    <message>
        <source>Changes made while a run plays have no part in whole runs, so it was run once more without them: that run is the ghost, and the change is compared with it. Pairs of runs with the same seed, before and after the change; ± is a 95 % confidence interval.</source>
        <translation>Was während eines Laufs geändert wird, hat an ganzen Läufen keinen Anteil, also lief er noch einmal ohne diese Änderungen: Dieser Lauf ist der Schatten, mit dem verglichen wird. Paare von Läufen mit demselben Startwert, vor und nach der Änderung; ± ist ein 95-%-Konfidenzintervall.</translation>
    </message>
</context>
<context>
    <name>halfopen::WindowBar</name>
    <message>
        <source>Failure-rate threshold: %1</source>
        <translation>Schwelle der Fehlerrate: %1</translation>
    </message>
    <message>
        <source>Slow-call-rate threshold: %1</source>
        <translation>Schwelle langsamer Aufrufe: %1</translation>
    </message>
    <message>
        <source>Contents of the window</source>
        <translation>Inhalt des Fensters</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 misslungen</translation>
    </message>
    <message>
        <source>%1 slow</source>
        <translation>%1 langsam</translation>
    </message>
</context>
<context>
    <name>halfopen::WindowStrip</name>
    <message>
        <source>Calls in the window, oldest first</source>
        <translation>Aufrufe im Fenster, älteste zuerst</translation>
    </message>
    <message>
        <source>The buckets of the window, oldest first: failed calls below</source>
        <translation>Die Abschnitte des Fensters, ältester zuerst: fehlgeschlagene Aufrufe unten</translation>
    </message>
    <message>
        <source>The calls of the window, oldest first: failed ones filled, slow ones hatched</source>
        <translation>Die Aufrufe des Fensters, ältester zuerst: fehlgeschlagene gefüllt, langsame schraffiert</translation>
    </message>
    <message>
        <source>The calls of the window, oldest first: failed ones filled</source>
        <translation>Die Aufrufe des Fensters, ältester zuerst: fehlgeschlagene gefüllt</translation>
    </message>
</context>
<context>
    <name>halfopen::format</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>success</source>
        <translation>Erfolg</translation>
    </message>
    <message>
        <source>fallback</source>
        <translation>Ersatz</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>timeout</source>
        <translation>Timeout</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgewiesen</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>connection reset</source>
        <translation>Verbindung abgebrochen</translation>
    </message>
    <message>
        <source>breaker open</source>
        <translation>Breaker offen</translation>
    </message>
    <message>
        <source>bulkhead full</source>
        <translation>Bulkhead voll</translation>
    </message>
    <message>
        <source>rate limited</source>
        <translation>Rate begrenzt</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>vom Aufrufer abgebrochen</translation>
    </message>
    <message>
        <source>throttled</source>
        <translation>gedrosselt</translation>
    </message>
    <message>
        <source>unhealthy</source>
        <translation>nicht gesund</translation>
    </message>
    <message>
        <source>1 call</source>
        <translation>1 Aufruf</translation>
    </message>
    <message>
        <source>%1 calls</source>
        <translation>%1 Aufrufe</translation>
    </message>
    <message>
        <source>1 retry</source>
        <translation>1 Wiederholung</translation>
    </message>
    <message>
        <source>%1 retries</source>
        <translation>%1 Wiederholungen</translation>
    </message>
    <message>
        <source>1 transition</source>
        <translation>1 Zustandswechsel</translation>
    </message>
    <message>
        <source>%1 transitions</source>
        <translation>%1 Zustandswechsel</translation>
    </message>
</context>
</TS>
