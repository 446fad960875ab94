<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Schema</name>
    <message>
        <source>Timeout</source>
        <translation>Timeout</translation>
    </message>
    <message>
        <source>Timeout (cooperative)</source>
        <translation>Timeout (kooperativ)</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Retry</translation>
    </message>
    <message>
        <source>Retry (resilience4j)</source>
        <translation>Retry (resilience4j)</translation>
    </message>
    <message>
        <source>Retry (Polly)</source>
        <translation>Retry (Polly)</translation>
    </message>
    <message>
        <source>Retry (gRPC)</source>
        <translation>Retry (gRPC)</translation>
    </message>
    <message>
        <source>Retry (AWS SDK)</source>
        <translation>Retry (AWS SDK)</translation>
    </message>
    <message>
        <source>Retry (Envoy)</source>
        <translation>Retry (Envoy)</translation>
    </message>
    <message>
        <source>Retry (Finagle)</source>
        <translation>Retry (Finagle)</translation>
    </message>
    <message>
        <source>Circuit breaker</source>
        <translation>Circuit Breaker</translation>
    </message>
    <message>
        <source>Circuit breaker (resilience4j)</source>
        <translation>Circuit Breaker (resilience4j)</translation>
    </message>
    <message>
        <source>Circuit breaker (gobreaker)</source>
        <translation>Circuit Breaker (gobreaker)</translation>
    </message>
    <message>
        <source>Circuit breaker (Polly)</source>
        <translation>Circuit Breaker (Polly)</translation>
    </message>
    <message>
        <source>Circuit breaker (failsafe-go, Failsafe)</source>
        <translation>Circuit Breaker (failsafe-go, Failsafe)</translation>
    </message>
    <message>
        <source>Circuit breaker (Hystrix)</source>
        <translation>Circuit Breaker (Hystrix)</translation>
    </message>
    <message>
        <source>Circuit breaker (Sentinel)</source>
        <translation>Circuit Breaker (Sentinel)</translation>
    </message>
    <message>
        <source>Circuit breaker (MicroProfile Fault Tolerance)</source>
        <translation>Circuit Breaker (MicroProfile Fault Tolerance)</translation>
    </message>
    <message>
        <source>Fallback</source>
        <translation>Fallback</translation>
    </message>
    <message>
        <source>Bulkhead</source>
        <translation>Bulkhead</translation>
    </message>
    <message>
        <source>Rate limiter</source>
        <translation>Rate Limiter</translation>
    </message>
    <message>
        <source>Retry budget</source>
        <translation>Retry-Budget</translation>
    </message>
    <message>
        <source>Adaptive throttle</source>
        <translation>Adaptive Drossel</translation>
    </message>
    <message>
        <source>Adaptive concurrency</source>
        <translation>Adaptive Parallelität</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>Health Check</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Hedge</source>
        <translation>Hedging</translation>
    </message>
    <message>
        <source>Outlier ejection</source>
        <translation>Outlier Ejection</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Slow body</source>
        <translation>Langsame Antwort</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnung</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Verbindungsabbruch</translation>
    </message>
    <message>
        <source>Black hole</source>
        <translation>Schwarzes Loch</translation>
    </message>
    <message>
        <source>Outage</source>
        <translation>Ausfall</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>Netztrennung</translation>
    </message>
    <message>
        <source>Capacity loss</source>
        <translation>Kapazitätsverlust</translation>
    </message>
    <message>
        <source>Crash and restart</source>
        <translation>Absturz und Neustart</translation>
    </message>
    <message>
        <source>Flap</source>
        <translation>Flattern</translation>
    </message>
    <message>
        <source>Lost rejections</source>
        <translation>Verlorene Abweisungen</translation>
    </message>
    <message>
        <source>goodput</source>
        <translation>Goodput</translation>
    </message>
    <message>
        <source>goodput per s</source>
        <translation>Goodput pro s</translation>
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
        <source>failed</source>
        <translation>misslungen</translation>
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
        <source>circuit breaker open</source>
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
        <source>throttled</source>
        <translation>gedrosselt</translation>
    </message>
    <message>
        <source>unhealthy</source>
        <translation>nicht gesund</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>angeboten</translation>
    </message>
    <message>
        <source>offered per s</source>
        <translation>angeboten pro s</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>attempts per s</source>
        <translation>Versuche pro s</translation>
    </message>
    <message>
        <source>attempts peak per s</source>
        <translation>Versuche pro s, Spitze</translation>
    </message>
    <message>
        <source>retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>late</source>
        <translation>zu spät</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p90</source>
        <translation>p90</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>max</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>pool waited</source>
        <translation>im Pool gewartet</translation>
    </message>
    <message>
        <source>pool refused</source>
        <translation>vom Pool abgewiesen</translation>
    </message>
    <message>
        <source>pool wait</source>
        <translation>Wartezeit im Pool</translation>
    </message>
    <message>
        <source>max backlog</source>
        <translation>größter Rückstand</translation>
    </message>
    <message>
        <source>backlog</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>oldest message</source>
        <translation>älteste Nachricht</translation>
    </message>
    <message>
        <source>redelivered</source>
        <translation>erneut zugestellt</translation>
    </message>
    <message>
        <source>dead lettered</source>
        <translation>in der Dead-Letter-Queue</translation>
    </message>
    <message>
        <source>trips</source>
        <translation>Auslösungen</translation>
    </message>
    <message>
        <source>breakers tripped</source>
        <translation>ausgelöste Breaker</translation>
    </message>
    <message>
        <source>first trip</source>
        <translation>erste Auslösung</translation>
    </message>
    <message>
        <source>time open</source>
        <translation>Zeit offen</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>mean queue</source>
        <translation>mittlere Warteschlange</translation>
    </message>
    <message>
        <source>max queue</source>
        <translation>längste Warteschlange</translation>
    </message>
    <message>
        <source>queue full</source>
        <translation>Warteschlange voll</translation>
    </message>
    <message>
        <source>wasted</source>
        <translation>vergeudet</translation>
    </message>
    <message>
        <source>abandoned</source>
        <translation>aufgegeben</translation>
    </message>
    <message>
        <source>arrivals</source>
        <translation>Ankünfte</translation>
    </message>
    <message>
        <source>arrivals per s</source>
        <translation>Ankünfte pro s</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>synthetisch</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>time to detect</source>
        <translation>Zeit bis zum Erkennen</translation>
    </message>
    <message>
        <source>time to recover</source>
        <translation>Zeit bis zur Erholung</translation>
    </message>
    <message>
        <source>detects in</source>
        <translation>erkennt in</translation>
    </message>
    <message>
        <source>recovers in</source>
        <translation>erholt sich in</translation>
    </message>
    <message>
        <source>A small world and a question about it.</source>
        <translation>Eine kleine Welt und eine Frage an sie.</translation>
    </message>
    <message>
        <source>Version of the scenario language; write halfopen: 1.</source>
        <translation>Version der Szenariosprache; geschrieben wird halfopen: 1.</translation>
    </message>
    <message>
        <source>Names the scenario in reports; the file's name when it is left out.</source>
        <translation>Name des Szenarios in Berichten; ohne Angabe der Name der Datei.</translation>
    </message>
    <message>
        <source>Decides every chance of the run: the same seed gives the same run.</source>
        <translation>Bestimmt allen Zufall des Laufs: derselbe Startwert ergibt denselben Lauf.</translation>
    </message>
    <message>
        <source>Virtual time that the run takes.</source>
        <translation>Virtuelle Zeit, die der Lauf dauert.</translation>
    </message>
    <message>
        <source>A map of services by name: what does the work.</source>
        <translation>Dienste nach Namen: was die Arbeit tut.</translation>
    </message>
    <message>
        <source>A map of clients by name: fleets of processes that begin the calls.</source>
        <translation>Clients nach Namen: Flotten von Prozessen, die die Aufrufe beginnen.</translation>
    </message>
    <message>
        <source>A map of policy stacks by name; each is a list of policies, outermost first.</source>
        <translation>Policy-Stapel nach Namen; jeder ist eine Liste von Policies, die äußerste zuerst.</translation>
    </message>
    <message>
        <source>A list of what goes wrong, where and when.</source>
        <translation>Eine Liste dessen, was schiefgeht, wo und wann.</translation>
    </message>
    <message>
        <source>A list of what must hold, for example { goodput: &quot;&gt;= 95%&quot;, from: 100s }.</source>
        <translation>Eine Liste dessen, was gelten muss, zum Beispiel { goodput: &quot;&gt;= 95%&quot;, from: 100s }.</translation>
    </message>
    <message>
        <source>Instances behind a load balancer, each with workers and one queue.</source>
        <translation>Instanzen hinter einem Load Balancer, jede mit Workern und einer Warteschlange.</translation>
    </message>
    <message>
        <source>Copies of the service behind its load balancer.</source>
        <translation>Kopien des Dienstes hinter seinem Load Balancer.</translation>
    </message>
    <message>
        <source>Requests that one instance works on at once; the others wait in its queue.</source>
        <translation>Anfragen, an denen eine Instanz gleichzeitig arbeitet; die übrigen warten in ihrer Warteschlange.</translation>
    </message>
    <message>
        <source>Waiting places of one instance beside its workers. A request that finds it full is rejected.</source>
        <translation>Warteplätze einer Instanz neben ihren Workern. Eine Anfrage, die keinen freien findet, wird abgewiesen.</translation>
    </message>
    <message>
        <source>Who is next. fifo: who waits longest. lifo: who came last, so that under overload some are served fast and the others not at all. random: anybody. codel: fifo, but drops at a growing rate while the wait stays above queue_target for queue_interval. controlled_delay: fifo; who came when the queue had not been empty for queue_interval is dropped after queue_target, others after queue_interval. deadline_drop: fifo, but drops requests whose caller has left.</source>
        <translation>Wer als Nächster an die Reihe kommt. fifo: wer am längsten wartet. lifo: wer zuletzt kam, so dass unter Überlast einige schnell bedient werden und die anderen gar nicht. random: irgendeiner. codel: fifo, verwirft aber mit wachsender Rate, solange die Wartezeit queue_interval lang über queue_target liegt. controlled_delay: fifo; wer kam, als die Warteschlange seit queue_interval nicht leer gewesen war, wird nach queue_target verworfen, andere nach queue_interval. deadline_drop: fifo, verwirft aber Anfragen, deren Aufrufer gegangen ist.</translation>
    </message>
    <message>
        <source>A request that waits longer for a worker is dropped and answered as rejected. Work that has begun is finished.</source>
        <translation>Eine Anfrage, die länger auf einen Worker wartet, wird verworfen und als abgewiesen beantwortet. Begonnene Arbeit wird beendet.</translation>
    </message>
    <message>
        <source>The wait that is still good, for queue_discipline codel and controlled_delay.</source>
        <translation>Die Wartezeit, die noch gut ist, für queue_discipline codel und controlled_delay.</translation>
    </message>
    <message>
        <source>How long the wait may be bad before requests are dropped, for queue_discipline codel and controlled_delay.</source>
        <translation>Wie lange die Wartezeit schlecht sein darf, bevor Anfragen verworfen werden, für queue_discipline codel und controlled_delay.</translation>
    </message>
    <message>
        <source>Share of requests that end in an error without any fault.</source>
        <translation>Anteil der Anfragen, die auch ohne Störung mit einem Fehler enden.</translation>
    </message>
    <message>
        <source>Whether a request is still worked on when its caller has given up. True is what most servers do; the work is then wasted.</source>
        <translation>Ob an einer Anfrage weitergearbeitet wird, wenn ihr Aufrufer aufgegeben hat. true ist, was die meisten Server tun; die Arbeit ist dann vergeudet.</translation>
    </message>
    <message>
        <source>How requests are spread over the instances. least_requests looks at all of them, power_of_two_choices at balancing_choices of them; each takes the one with the fewest requests.</source>
        <translation>Wie Anfragen auf die Instanzen verteilt werden. least_requests sieht sich alle an, power_of_two_choices balancing_choices davon; beide nehmen die mit den wenigsten Anfragen.</translation>
    </message>
    <message>
        <source>Instances that power_of_two_choices draws for each request.</source>
        <translation>Instanzen, die power_of_two_choices für jede Anfrage auslost.</translation>
    </message>
    <message>
        <source>Whether the service makes its calls one after the other or all at once.</source>
        <translation>Ob der Dienst seine Aufrufe nacheinander macht oder alle zugleich.</translation>
    </message>
    <message>
        <source>Which of the parallel calls must end well: all, any one, or a majority (quorum). The others are cancelled then; when too many have failed, the request fails at once.</source>
        <translation>Welche der parallelen Aufrufe gut enden müssen: alle (all), irgendeiner (any) oder eine Mehrheit (quorum). Die anderen werden dann abgebrochen; sind zu viele misslungen, misslingt die Anfrage sofort.</translation>
    </message>
    <message>
        <source>So many of the parallel calls must end well, instead of what join says.</source>
        <translation>So viele der parallelen Aufrufe müssen gut enden, anstelle dessen, was join sagt.</translation>
    </message>
    <message>
        <source>Up to this share of busy workers work takes its time; from there on it slows down in a straight line to factor when all are busy. Counted per instance when the work begins.</source>
        <translation>Bis zu diesem Anteil beschäftigter Worker braucht Arbeit ihre normale Zeit; von da an wird sie linear langsamer bis auf factor, wenn alle beschäftigt sind. Gezählt je Instanz, wenn die Arbeit beginnt.</translation>
    </message>
    <message>
        <source>How many times as long work takes when all workers of the instance are busy; see at_busy.</source>
        <translation>Wievielmal so lange Arbeit braucht, wenn alle Worker der Instanz beschäftigt sind; siehe at_busy.</translation>
    </message>
    <message>
        <source>The alpha of the Universal Scalability Law: with n requests in service, work takes 1 + contention (n - 1) + coherency n (n - 1) times as long. What everybody waits for in turn, such as a lock; 0.02 caps the throughput at 50 times that of one worker.</source>
        <translation>Das Alpha des Universal Scalability Law: Bei n Anfragen in Arbeit dauert sie 1 + contention (n - 1) + coherency n (n - 1) mal so lange. Worauf alle der Reihe nach warten, etwa eine Sperre; 0.02 begrenzt den Durchsatz auf das 50-Fache eines Workers.</translation>
    </message>
    <message>
        <source>The beta of the same law: what each pair must agree on, such as cache lines. Makes throughput fall again beyond sqrt((1 - contention) / coherency) requests in service.</source>
        <translation>Das Beta desselben Gesetzes: worüber sich je zwei einigen müssen, etwa Cache-Zeilen. Lässt den Durchsatz jenseits von sqrt((1 - contention) / coherency) Anfragen in Arbeit wieder fallen.</translation>
    </message>
    <message>
        <source>How many times as long work takes when an instance has just started: at the beginning of the run and after a crash. Falls in a straight line to 1.</source>
        <translation>Wievielmal so lange Arbeit braucht, wenn eine Instanz gerade gestartet ist: am Anfang des Laufs und nach einem Absturz. Fällt linear auf 1.</translation>
    </message>
    <message>
        <source>How long an instance takes to get warm.</source>
        <translation>Wie lange eine Instanz braucht, um warm zu werden.</translation>
    </message>
    <message>
        <source>Time from the end of one pause to the beginning of the next. Each instance pauses by itself: no work goes on and none begins, requests queue.</source>
        <translation>Zeit vom Ende einer Pause bis zum Anfang der nächsten. Jede Instanz pausiert für sich: Keine Arbeit geht weiter und keine beginnt, Anfragen warten.</translation>
    </message>
    <message>
        <source>How long each pause lasts, such as a garbage collection that stops the world.</source>
        <translation>Wie lange jede Pause dauert, etwa eine Garbage Collection, die alles anhält.</translation>
    </message>
    <message>
        <source>random: the time between pauses is exponential with the mean every. fixed: it is always every; the instances take turns.</source>
        <translation>random: Die Zeit zwischen Pausen ist exponentialverteilt mit dem Mittel every. fixed: Sie ist immer every; die Instanzen wechseln sich ab.</translation>
    </message>
    <message>
        <source>How long a worker needs for a request: 10ms, or a distribution such as { lognormal: { p50: 12ms, p99: 60ms } } or { fit: { p50: 12ms, p95: 40ms, p99: 120ms } }. 10ms when it is left out.</source>
        <translation>Wie lange ein Worker für eine Anfrage braucht: 10ms oder eine Verteilung wie { lognormal: { p50: 12ms, p99: 60ms } } oder { fit: { p50: 12ms, p95: 40ms, p99: 120ms } }. Ohne Angabe 10ms.</translation>
    </message>
    <message>
        <source>A map of endpoints by name, kinds of requests with work of their own: { browse: { weight: 9 }, checkout: { service_time: 40ms } }. They share the instances, workers and queues, so that a slow one takes them from the others.</source>
        <translation>Endpunkte nach Namen, Arten von Anfragen mit eigener Arbeit: { browse: { weight: 9 }, checkout: { service_time: 40ms } }. Sie teilen sich Instanzen, Worker und Warteschlangen, so dass ein langsamer sie den anderen wegnimmt.</translation>
    </message>
    <message>
        <source>A kind of request of a service, with work of its own. All endpoints share the service's instances, workers and queues.</source>
        <translation>Eine Art von Anfragen an einen Dienst, mit eigener Arbeit. Alle Endpunkte teilen sich Instanzen, Worker und Warteschlangen des Dienstes.</translation>
    </message>
    <message>
        <source>Calls that name no endpoint are spread over the endpoints in proportion to their weights, each by chance; retries of a call stay with its endpoint. 0: only calls that name it.</source>
        <translation>Aufrufe, die keinen Endpunkt nennen, verteilen sich zufällig im Verhältnis der Gewichte auf die Endpunkte; Wiederholungen eines Aufrufs bleiben bei seinem. 0: nur Aufrufe, die ihn nennen.</translation>
    </message>
    <message>
        <source>Share of its requests that end in an error without any fault; the service's own error_rate when it is left out.</source>
        <translation>Anteil seiner Anfragen, die auch ohne Störung mit einem Fehler enden; ohne Angabe error_rate des Dienstes.</translation>
    </message>
    <message>
        <source>How long a worker needs for a request to this endpoint, as the service_time of a service; the service's own when it is left out.</source>
        <translation>Wie lange ein Worker für eine Anfrage an diesen Endpunkt braucht, geschrieben wie service_time eines Dienstes; ohne Angabe die des Dienstes.</translation>
    </message>
    <message>
        <source>Calls that the service makes for each request after its own work, in the order that call_order says: [ { to: db, policies: db_client } ]. Its worker is held meanwhile.</source>
        <translation>Aufrufe, die der Dienst für jede Anfrage nach seiner eigenen Arbeit macht, in der Reihenfolge, die call_order sagt: [ { to: db, policies: db_client } ]. Sein Worker ist so lange belegt.</translation>
    </message>
    <message>
        <source>One call to a service through a stack of policies.</source>
        <translation>Ein Aufruf an einen Dienst durch einen Policy-Stapel.</translation>
    </message>
    <message>
        <source>The service that is called.</source>
        <translation>Der Dienst, der aufgerufen wird.</translation>
    </message>
    <message>
        <source>The policy stack around the call; none when it is left out.</source>
        <translation>Der Policy-Stapel um den Aufruf; ohne Angabe keiner.</translation>
    </message>
    <message>
        <source>The endpoint of the called service. When it is left out and the service has endpoints, one is drawn for each call by their weights.</source>
        <translation>Der Endpunkt des aufgerufenen Dienstes. Ohne Angabe wird, wenn der Dienst Endpunkte hat, für jeden Aufruf einer nach den Gewichten ausgelost.</translation>
    </message>
    <message>
        <source>Makes the call so many times at once, as fan-out to shards or as a race between replicas; needs call_order: parallel. With enough instances each copy goes to an instance of its own.</source>
        <translation>Macht den Aufruf so oft zugleich, als Fan-out an Shards oder als Rennen zwischen Replikaten; braucht call_order: parallel. Sind genug Instanzen da, geht jede Kopie an eine eigene.</translation>
    </message>
    <message>
        <source>Place in the queue of the called service: 0 is served first, whoever came first.</source>
        <translation>Platz in der Warteschlange des aufgerufenen Dienstes: 0 wird zuerst bedient, gleich wer zuerst kam.</translation>
    </message>
    <message>
        <source>Connections to the called service: a request needs one from its sending to its answer, and waits for one, first come first served. Rule of thumb: calls per second times mean answer time in seconds, and some room. A large pool only moves the queue to the service.</source>
        <translation>Verbindungen zum aufgerufenen Dienst: Eine Anfrage braucht eine vom Senden bis zur Antwort und wartet darauf in der Reihenfolge der Ankunft. Faustregel: Aufrufe pro Sekunde mal mittlere Antwortzeit in Sekunden, und etwas Luft. Ein großer Pool verlagert die Warteschlange nur in den Dienst.</translation>
    </message>
    <message>
        <source>A request that has waited so long for a connection ends as bulkhead_full. none: it waits as long as its caller does.</source>
        <translation>Eine Anfrage, die so lange auf eine Verbindung gewartet hat, endet als bulkhead_full. none: Sie wartet so lange wie ihr Aufrufer.</translation>
    </message>
    <message>
        <source>Who shares the connections. process: each process of a client has its own; instance: each instance of a calling service (another word for the same). fleet: all callers share one pool, as behind a pooling proxy.</source>
        <translation>Wer sich die Verbindungen teilt. process: jeder Prozess eines Clients hat eigene; instance: jede Instanz eines aufrufenden Dienstes (ein anderes Wort für dasselbe). fleet: alle Aufrufer teilen sich einen Pool, wie hinter einem Pooling-Proxy.</translation>
    </message>
    <message>
        <source>The connection of a request whose caller has stopped waiting. close: it is closed and another may be opened at once, as HTTP clients do; the service may go on working and see more requests than the pool has connections. hold: it stays taken until the service is done, as a thread holds a database connection.</source>
        <translation>Die Verbindung einer Anfrage, deren Aufrufer nicht mehr wartet. close: Sie wird geschlossen, und sofort darf eine andere geöffnet werden, wie HTTP-Clients es tun; der Dienst arbeitet womöglich weiter und sieht mehr Anfragen, als der Pool Verbindungen hat. hold: Sie bleibt belegt, bis der Dienst fertig ist, wie ein Thread eine Datenbankverbindung hält.</translation>
    </message>
    <message>
        <source>own: the call has the time that its policies give it. propagate: the caller's remaining time goes with it. When the caller's own caller has stopped waiting, the call ends and the request is given up; a request that waits in a queue past its deadline is dropped when its turn comes.</source>
        <translation>own: Der Aufruf hat die Zeit, die seine Policies ihm geben. propagate: Die Restzeit des Aufrufers geht mit. Wartet dessen eigener Aufrufer nicht mehr, endet der Aufruf, und die Anfrage wird aufgegeben; eine Anfrage, die über ihre Frist hinaus in einer Warteschlange steht, wird verworfen, sobald sie an der Reihe ist.</translation>
    </message>
    <message>
        <source>A recording whose answers are given instead of working: a JSON lines file (.jsonl or .jsonl.gz), relative to the scenario.</source>
        <translation>Eine Aufzeichnung, deren Antworten statt eigener Arbeit gegeben werden: eine JSON-Lines-Datei (.jsonl oder .jsonl.gz), relativ zum Szenario.</translation>
    </message>
    <message>
        <source>A fleet of processes, each with its own policy state.</source>
        <translation>Eine Flotte von Prozessen, jeder mit eigenem Policy-Zustand.</translation>
    </message>
    <message>
        <source>Size of the fleet. Each process has its own breakers and budgets and sees its share of the calls.</source>
        <translation>Größe der Flotte. Jeder Prozess hat eigene Breaker und Budgets und sieht seinen Anteil der Aufrufe.</translation>
    </message>
    <message>
        <source>When the client begins. A constant client makes its first call at this moment; without the key its first call comes one interval after the start.</source>
        <translation>Wann der Client beginnt. Ein Client mit constant macht seinen ersten Aufruf in diesem Moment; ohne den Schlüssel kommt er einen Abstand nach dem Start.</translation>
    </message>
    <message>
        <source>Makes all rates of the arrivals larger or smaller by one factor, so that their mean over the run (over one period of a wave or of bursts) is this. The shape stays.</source>
        <translation>Macht alle Raten der Ankünfte um denselben Faktor größer oder kleiner, so dass ihr Mittel über den Lauf (über eine Periode einer Welle oder von Bursts) diesen Wert hat. Die Form bleibt.</translation>
    </message>
    <message>
        <source>The client begins no more calls than this; with a worker, no more messages arrive.</source>
        <translation>Mehr Aufrufe als diese beginnt der Client nicht; mit worker kommen nicht mehr Nachrichten an.</translation>
    </message>
    <message>
        <source>Makes arrivals messages in a queue, from which so many workers take one at a time and make the call for it. Worker w belongs to process w modulo processes.</source>
        <translation>Macht aus Ankünften Nachrichten in einer Warteschlange, aus der so viele Worker je eine nehmen und den Aufruf dafür machen. Worker w gehört zu Prozess w modulo processes.</translation>
    </message>
    <message>
        <source>A message that was taken and is not done after this time is delivered again, although its worker may still be busy with it. Shorter than the slowest call: work is done twice.</source>
        <translation>Eine Nachricht, die entnommen und nach dieser Zeit nicht erledigt ist, wird noch einmal zugestellt, auch wenn ihr Worker noch mit ihr beschäftigt ist. Kürzer als der langsamste Aufruf: Arbeit wird doppelt getan.</translation>
    </message>
    <message>
        <source>After so many deliveries a message goes to the dead-letter queue instead of being delivered once more.</source>
        <translation>Nach so vielen Zustellungen kommt eine Nachricht in die Dead-Letter-Queue, statt noch einmal zugestellt zu werden.</translation>
    </message>
    <message>
        <source>From a call that ended badly to the moment the message may be taken again. 0s: at once, so that an outage uses up all deliveries in no time.</source>
        <translation>Von einem Aufruf, der schlecht endete, bis die Nachricht wieder entnommen werden darf. 0s: sofort, so dass ein Ausfall alle Zustellungen in kürzester Zeit aufbraucht.</translation>
    </message>
    <message>
        <source>Messages that may wait; one that arrives when so many do is lost, and counted.</source>
        <translation>Nachrichten, die warten dürfen; eine, die dann noch ankommt, geht verloren und wird gezählt.</translation>
    </message>
    <message>
        <source>When calls of the whole fleet begin: { poisson: 900/s }, { constant: 100/s }, { recorded: file } or { closed_loop: { users: 10, think_time: { exponential: 1s } } }. Instead of a rate: steps or ramp with a list of { from, rate }, wave: { mean, swing, period } or burst: { rate, peak, every, for }.</source>
        <translation>Wann Aufrufe der ganzen Flotte beginnen: { poisson: 900/s }, { constant: 100/s }, { recorded: file } oder { closed_loop: { users: 10, think_time: { exponential: 1s } } }. Statt einer Rate: steps oder ramp mit einer Liste von { from, rate }, wave: { mean, swing, period } oder burst: { rate, peak, every, for }.</translation>
    </message>
    <message>
        <source>The call that each arrival makes: [ { to: orders, policies: edge } ].</source>
        <translation>Der Aufruf, den jede Ankunft macht: [ { to: orders, policies: edge } ].</translation>
    </message>
    <message>
        <source>The time that every request takes.</source>
        <translation>Die Zeit, die jede Anfrage braucht.</translation>
    </message>
    <message>
        <source>Always the same time.</source>
        <translation>Immer dieselbe Zeit.</translation>
    </message>
    <message>
        <source>Memoryless: short times are common, long ones fade by a constant factor.</source>
        <translation>Ohne Gedächtnis: Kurze Zeiten sind häufig, lange klingen mit konstantem Faktor ab.</translation>
    </message>
    <message>
        <source>The mean time.</source>
        <translation>Die mittlere Zeit.</translation>
    </message>
    <message>
        <source>Every time between two bounds is equally likely.</source>
        <translation>Jede Zeit zwischen zwei Grenzen ist gleich wahrscheinlich.</translation>
    </message>
    <message>
        <source>The shortest time.</source>
        <translation>Die kürzeste Zeit.</translation>
    </message>
    <message>
        <source>The longest time.</source>
        <translation>Die längste Zeit.</translation>
    </message>
    <message>
        <source>The usual shape of service times: a body and a long tail to the right.</source>
        <translation>Die übliche Form von Bedienzeiten: ein Rumpf und ein langes Ende nach rechts.</translation>
    </message>
    <message>
        <source>Half of the requests take at most this long.</source>
        <translation>Die Hälfte der Anfragen braucht höchstens so lange.</translation>
    </message>
    <message>
        <source>99 of 100 requests take at most this long.</source>
        <translation>99 von 100 Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>Standard deviation of the logarithm; 0.5 is mild, 1 is wide.</source>
        <translation>Standardabweichung des Logarithmus; 0.5 ist mild, 1 ist breit.</translation>
    </message>
    <message>
        <source>Standard deviation divided by the mean.</source>
        <translation>Standardabweichung geteilt durch das Mittel.</translation>
    </message>
    <message>
        <source>Symmetric around its mean; what would be below 0 takes no time.</source>
        <translation>Symmetrisch um das Mittel; was unter 0 läge, braucht keine Zeit.</translation>
    </message>
    <message>
        <source>The standard deviation.</source>
        <translation>Die Standardabweichung.</translation>
    </message>
    <message>
        <source>A sum of exponential stages; any shape.</source>
        <translation>Eine Summe exponentialverteilter Stufen; jede Form.</translation>
    </message>
    <message>
        <source>1 is exponential, larger is narrower.</source>
        <translation>1 ist exponential, größer ist schmaler.</translation>
    </message>
    <message>
        <source>A sum of a whole number of equal exponential stages.</source>
        <translation>Eine Summe aus einer ganzen Zahl gleicher exponentialverteilter Stufen.</translation>
    </message>
    <message>
        <source>Heavier than exponential in the tail for shapes below 1, lighter above.</source>
        <translation>Am Ende schwerer als exponential bei Formen unter 1, leichter darüber.</translation>
    </message>
    <message>
        <source>A power law: few requests take very much longer than the others.</source>
        <translation>Ein Potenzgesetz: Wenige Anfragen brauchen sehr viel länger als die anderen.</translation>
    </message>
    <message>
        <source>How fast the tail falls; up to 1 the mean is not finite.</source>
        <translation>Wie schnell das Ende fällt; bis 1 ist das Mittel nicht endlich.</translation>
    </message>
    <message>
        <source>The longest time; without it the tail is cut at 104 days.</source>
        <translation>Die längste Zeit; ohne Angabe ist das Ende bei 104 Tagen abgeschnitten.</translation>
    </message>
    <message>
        <source>Two exponential branches with balanced means: more variable than exponential.</source>
        <translation>Zwei exponentialverteilte Zweige mit ausgewogenen Mitteln: streut mehr als exponential.</translation>
    </message>
    <message>
        <source>Standard deviation divided by the mean, above 1.</source>
        <translation>Standardabweichung geteilt durch das Mittel, über 1.</translation>
    </message>
    <message>
        <source>Through measured percentiles, with pieces of lognormals between them.</source>
        <translation>Durch gemessene Perzentile, dazwischen Stücke von Lognormalverteilungen.</translation>
    </message>
    <message>
        <source>No request is faster.</source>
        <translation>Keine Anfrage ist schneller.</translation>
    </message>
    <message>
        <source>1 % of the requests take at most this long.</source>
        <translation>1 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>5 % of the requests take at most this long.</source>
        <translation>5 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>10 % of the requests take at most this long.</source>
        <translation>10 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>25 % of the requests take at most this long.</source>
        <translation>25 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>50 % of the requests take at most this long.</source>
        <translation>50 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>75 % of the requests take at most this long.</source>
        <translation>75 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>90 % of the requests take at most this long.</source>
        <translation>90 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>95 % of the requests take at most this long.</source>
        <translation>95 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>99 % of the requests take at most this long.</source>
        <translation>99 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>99.9 % of the requests take at most this long.</source>
        <translation>99,9 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>99.99 % of the requests take at most this long.</source>
        <translation>99,99 % der Anfragen brauchen höchstens so lange.</translation>
    </message>
    <message>
        <source>No request is slower.</source>
        <translation>Keine Anfrage ist langsamer.</translation>
    </message>
    <message>
        <source>One of several forms, chosen by weight: [ { weight: 9, of: 5ms }, { weight: 1, of: { exponential: 80ms } } ].</source>
        <translation>Eine von mehreren Formen, nach Gewicht gewählt: [ { weight: 9, of: 5ms }, { weight: 1, of: { exponential: 80ms } } ].</translation>
    </message>
    <message>
        <source>One branch of a mixture.</source>
        <translation>Ein Zweig einer Mischung.</translation>
    </message>
    <message>
        <source>How often this branch is taken, compared with the others.</source>
        <translation>Wie oft dieser Zweig genommen wird, verglichen mit den anderen.</translation>
    </message>
    <message>
        <source>Each of the listed times with equal chance: [5ms, 6ms, 90ms].</source>
        <translation>Jede der aufgeführten Zeiten mit gleicher Wahrscheinlichkeit: [5ms, 6ms, 90ms].</translation>
    </message>
    <message>
        <source>The family that comes nearest to measured percentiles: lognormal, gamma, Weibull or, from five percentiles on, two lognormals. A note of the run says how far it is off.</source>
        <translation>Die Familie, die gemessenen Perzentilen am nächsten kommt: Lognormal, Gamma, Weibull oder, ab fünf Perzentilen, zwei Lognormale. Eine Anmerkung des Laufs sagt, wie weit sie danebenliegt.</translation>
    </message>
    <message>
        <source>A recording (.jsonl or .jsonl.gz, relative to the scenario): the percentiles of its good answers.</source>
        <translation>Eine Aufzeichnung (.jsonl oder .jsonl.gz, relativ zum Szenario): die Perzentile ihrer guten Antworten.</translation>
    </message>
    <message>
        <source>Calls per unit of time.</source>
        <translation>Aufrufe pro Zeiteinheit.</translation>
    </message>
    <message>
        <source>The arrival rate from one moment on.</source>
        <translation>Die Ankunftsrate von einem Moment an.</translation>
    </message>
    <message>
        <source>When this rate begins; the first point begins at 0s.</source>
        <translation>Wann diese Rate beginnt; der erste Punkt beginnt bei 0s.</translation>
    </message>
    <message>
        <source>A rate that rises and falls like a sine.</source>
        <translation>Eine Rate, die wie ein Sinus steigt und fällt.</translation>
    </message>
    <message>
        <source>The rate in the middle, with which the wave begins, rising.</source>
        <translation>Die Rate in der Mitte, mit der die Welle steigend beginnt.</translation>
    </message>
    <message>
        <source>How far it goes up and down, as a share of the mean.</source>
        <translation>Wie weit sie nach oben und unten geht, als Anteil des Mittels.</translation>
    </message>
    <message>
        <source>From crest to crest.</source>
        <translation>Von Gipfel zu Gipfel.</translation>
    </message>
    <message>
        <source>A quiet rate, and a high one for a while again and again.</source>
        <translation>Eine ruhige Rate und immer wieder für eine Weile eine hohe.</translation>
    </message>
    <message>
        <source>The rate between bursts; the run begins with it.</source>
        <translation>Die Rate zwischen den Bursts; mit ihr beginnt der Lauf.</translation>
    </message>
    <message>
        <source>The rate in a burst.</source>
        <translation>Die Rate in einem Burst.</translation>
    </message>
    <message>
        <source>From the end of one burst to the end of the next.</source>
        <translation>Vom Ende eines Bursts bis zum Ende des nächsten.</translation>
    </message>
    <message>
        <source>How long a burst lasts; the first ends at `every`.</source>
        <translation>Wie lange ein Burst dauert; der erste endet bei `every`.</translation>
    </message>
    <message>
        <source>Users who each wait for the end of their call before the next.</source>
        <translation>Nutzer, die jeweils das Ende ihres Aufrufs abwarten, bevor der nächste beginnt.</translation>
    </message>
    <message>
        <source>How many users there are: never more calls are under way.</source>
        <translation>Wie viele Nutzer es sind: Nie sind mehr Aufrufe unterwegs.</translation>
    </message>
    <message>
        <source>A user calls at multiples of this time instead of thinking. A time that comes before the answer to the call before is left out and not made up for, which hides a stall from the measurement.</source>
        <translation>Ein Nutzer ruft zu Vielfachen dieser Zeit auf, statt nachzudenken. Ein Zeitpunkt, der vor der Antwort auf den vorigen Aufruf kommt, fällt aus und wird nicht nachgeholt; das verbirgt einen Stillstand vor der Messung.</translation>
    </message>
    <message>
        <source>How long a user pauses before each call: 1s, or a distribution such as { exponential: 1s }. 0s when it is left out.</source>
        <translation>Wie lange ein Nutzer vor jedem Aufruf pausiert: 1s oder eine Verteilung wie { exponential: 1s }. Ohne Angabe 0s.</translation>
    </message>
    <message>
        <source>The circuit breaker of MicroProfile Fault Tolerance 4, as its specification has it.</source>
        <translation>Der Circuit Breaker von MicroProfile Fault Tolerance 4, wie seine Spezifikation ihn beschreibt.</translation>
    </message>
    <message>
        <source>The last calls that are looked at. The window must be full before anything is judged.</source>
        <translation>Die letzten Aufrufe, die betrachtet werden. Das Fenster muss voll sein, bevor geurteilt wird.</translation>
    </message>
    <message>
        <source>Share of failures in the full window at or over which it opens.</source>
        <translation>Anteil der Fehler im vollen Fenster, ab dem er öffnet.</translation>
    </message>
    <message>
        <source>How long it stays open; the next call at or after that is let through on trial.</source>
        <translation>Wie lange er offen bleibt; der nächste Aufruf genau dann oder danach wird zur Probe durchgelassen.</translation>
    </message>
    <message>
        <source>Trial calls let through in all; when all of them go well it closes, the first failure opens it again. A trial that never ends keeps it half-open for ever.</source>
        <translation>Probeaufrufe, die insgesamt durchgelassen werden; gelingen alle, schließt er, der erste Fehler öffnet ihn wieder. Ein Probeaufruf, der nie endet, hält ihn für immer halb offen.</translation>
    </message>
    <message>
        <source>Outcomes that are failures. Empty: all of them, also refusals of policies further in.</source>
        <translation>Ausgänge, die Fehler sind. Leer: alle misslungenen, auch Abweisungen weiter innen liegender Policies.</translation>
    </message>
    <message>
        <source>Outcomes that are successes although the call failed; wins over fail_on.</source>
        <translation>Ausgänge, die als Erfolg gelten, obwohl der Aufruf misslang; geht fail_on vor.</translation>
    </message>
    <message>
        <source>Whether the end of a call that was admitted in an earlier state counts in the present one. The specification leaves it open. false: such an end is dropped.</source>
        <translation>Ob das Ende eines Aufrufs, der in einem früheren Zustand zugelassen wurde, im gegenwärtigen zählt. Die Spezifikation lässt es offen. false: Ein solches Ende wird verworfen.</translation>
    </message>
    <message>
        <source>What a cancelled call counts as; the specification leaves it open. nothing: it only gives its place on trial back.</source>
        <translation>Als was ein abgebrochener Aufruf zählt; die Spezifikation lässt es offen. nothing: Er gibt nur seinen Platz als Probeaufruf zurück.</translation>
    </message>
    <message>
        <source>Whose rules it follows, exactly: the lab's own, or those of a library in production. Each dialect has the settings and the defaults of its library; its page is `halfopen help` with its name.</source>
        <translation>Wessen Regeln er folgt, und zwar genau: denen des Labors oder denen einer Bibliothek aus der Produktion. Jeder Dialekt hat die Einstellungen und Vorgaben seiner Bibliothek; seine Seite ist `halfopen help` mit seinem Namen.</translation>
    </message>
    <message>
        <source>The circuit breaker of Sentinel 1.8, one DegradeRule, rule by rule.</source>
        <translation>Der Circuit Breaker von Sentinel 1.8, eine DegradeRule, Regel für Regel.</translation>
    </message>
    <message>
        <source>What the rule looks at: slow_request_ratio (0, the library's default), error_ratio (1, ours) or error_count (2).</source>
        <translation>Was die Regel betrachtet: slow_request_ratio (0, die Vorgabe der Bibliothek), error_ratio (1, unsere) oder error_count (2).</translation>
    </message>
    <message>
        <source>The limit, compared with &gt;. error_ratio: a share from 0 to 1; 1 is never exceeded, so it never opens. error_count: a number of errors. slow_request_ratio: milliseconds after which a call is slow, rounded. The library has no default; 0.5 is ours.</source>
        <translation>Die Grenze, verglichen mit &gt;. error_ratio: ein Anteil von 0 bis 1; 1 wird nie überschritten, er öffnet also nie. error_count: eine Zahl von Fehlern. slow_request_ratio: Millisekunden, gerundet, nach denen ein Aufruf langsam ist. Die Bibliothek hat keine Vorgabe; 0.5 ist unsere.</translation>
    </message>
    <message>
        <source>For slow_request_ratio: share of slow calls over which it opens. Exactly 100% is the exception: it opens when all calls are slow.</source>
        <translation>Für slow_request_ratio: Anteil langsamer Aufrufe, über dem er öffnet. Genau 100% ist die Ausnahme: Er öffnet, wenn alle Aufrufe langsam sind.</translation>
    </message>
    <message>
        <source>How long it stays open, in the library a number of seconds; the next call at or after that is the one trial. The library has no default; 10s is ours.</source>
        <translation>Wie lange er offen bleibt, in der Bibliothek eine Zahl von Sekunden; der nächste Aufruf genau dann oder danach ist der eine Probeaufruf. Die Bibliothek hat keine Vorgabe; 10s ist unsere.</translation>
    </message>
    <message>
        <source>No verdict before the bucket holds this many calls: 5 per second keeps a quiet process closed whatever fails.</source>
        <translation>Kein Urteil, bevor der Abschnitt so viele Aufrufe enthält: 5 pro Sekunde lassen einen ruhigen Prozess geschlossen, was auch misslingt.</translation>
    </message>
    <message>
        <source>Length of the one bucket that is counted in (statIntervalMs). It begins empty at each whole multiple of this.</source>
        <translation>Länge des einen Abschnitts, in dem gezählt wird (statIntervalMs). Bei jedem ganzen Vielfachen davon beginnt er leer.</translation>
    </message>
    <message>
        <source>Outcomes that are traced as errors. Other failures count as completed calls; refusals of policies further in are not counted unless listed.</source>
        <translation>Ausgänge, die als Fehler erfasst werden. Andere misslungene zählen als beendete Aufrufe; Abweisungen weiter innen liegender Policies zählen nur, wenn sie hier stehen.</translation>
    </message>
    <message>
        <source>What a cancelled call counts as; the library leaves it to the adapter. failure: its exception is traced, as that of an interrupted thread is. nothing: as if a policy further in had refused it.</source>
        <translation>Als was ein abgebrochener Aufruf zählt; die Bibliothek überlässt es dem Adapter. failure: Seine Exception wird erfasst wie die eines unterbrochenen Threads. nothing: als hätte ihn eine weiter innen liegende Policy abgewiesen.</translation>
    </message>
    <message>
        <source>The circuit breaker of Hystrix 1.5 with the timeout of its commands, rule by rule.</source>
        <translation>Der Circuit Breaker von Hystrix 1.5 mit dem Timeout seiner Commands, Regel für Regel.</translation>
    </message>
    <message>
        <source>No verdict before the window holds this many calls. 20 in 10 s is more than a quiet process sends: it never opens.</source>
        <translation>Kein Urteil, bevor das Fenster so viele Aufrufe enthält. 20 in 10 s sind mehr, als ein ruhiger Prozess sendet: Er öffnet nie.</translation>
    </message>
    <message>
        <source>Share of errors at or over which it opens, in whole percents. The share of errors is cut to whole percents before it is compared: 49.9 % is 49.</source>
        <translation>Anteil der Fehler in ganzen Prozent, ab dem er öffnet. Der Anteil wird vor dem Vergleich auf ganze Prozent abgeschnitten: 49.9 % sind 49.</translation>
    </message>
    <message>
        <source>How long it stays open; the next call strictly after that (in whole milliseconds) is the one trial.</source>
        <translation>Wie lange er offen bleibt; der nächste Aufruf erst danach (in ganzen Millisekunden) ist der eine Probeaufruf.</translation>
    </message>
    <message>
        <source>Length of the window, cut into buckets of metrics.health_snapshot.interval.</source>
        <translation>Länge des Fensters, geteilt in Abschnitte von metrics.health_snapshot.interval.</translation>
    </message>
    <message>
        <source>How often the window is judged, by a timer. The bucket under way does not count yet: it opens up to this much late.</source>
        <translation>Wie oft ein Timer über das Fenster urteilt. Der laufende Abschnitt zählt noch nicht: Er öffnet bis zu so viel später.</translation>
    </message>
    <message>
        <source>The protected call may take this long; then its caller is released and it counts as an error. The thread behind it is not modelled. none: execution.timeout.enabled is false.</source>
        <translation>So lange darf der geschützte Aufruf dauern; dann wird sein Aufrufer freigegeben, und er zählt als Fehler. Der Thread dahinter wird nicht modelliert. none: execution.timeout.enabled ist false.</translation>
    </message>
    <message>
        <source>Outcomes that are thrown as HystrixBadRequestException: not counted in the window. A trial that ends so opens the breaker again all the same.</source>
        <translation>Ausgänge, die als HystrixBadRequestException geworfen werden: im Fenster nicht gezählt. Ein Probeaufruf, der so endet, öffnet den Breaker trotzdem wieder.</translation>
    </message>
    <message>
        <source>Whether a call that was admitted before may end HALF_OPEN, in either direction. true is how the source reads (who comes first wins); it was not tried out. false: only the trial decides.</source>
        <translation>Ob ein früher zugelassener Aufruf HALF_OPEN beenden kann, in beide Richtungen. true ist, wie sich der Quelltext liest (wer zuerst kommt, entscheidet); ausprobiert wurde es nicht. false: Nur der Probeaufruf entscheidet.</translation>
    </message>
    <message>
        <source>Refuses everything, whatever the window says. Wins over force_closed when both are set.</source>
        <translation>Weist alles ab, was das Fenster auch sagt. Geht force_closed vor, wenn beide gesetzt sind.</translation>
    </message>
    <message>
        <source>Lets everything through, whatever the window says; shown as DISABLED.</source>
        <translation>Lässt alles durch, was das Fenster auch sagt; gezeigt als DISABLED.</translation>
    </message>
    <message>
        <source>The circuit breaker of failsafe-go 0.9.7 and of Failsafe 3 for Java, rule by rule.</source>
        <translation>Der Circuit Breaker von failsafe-go 0.9.7 und von Failsafe 3 für Java, Regel für Regel.</translation>
    </message>
    <message>
        <source>Failures that open it: in a row, or among the last failure_thresholding_capacity calls, or within failure_thresholding_period. The library's default opens at the first failure. Not looked at when failure_rate_threshold is given.</source>
        <translation>Fehler, die ihn öffnen: in Folge, unter den letzten failure_thresholding_capacity Aufrufen oder innerhalb von failure_thresholding_period. Mit der Vorgabe der Bibliothek öffnet er beim ersten Fehler. Bleibt außer Betracht, wenn failure_rate_threshold angegeben ist.</translation>
    </message>
    <message>
        <source>The last calls among which failure_threshold failures open it. It does not wait for so many calls. none: as many as failure_threshold, that is failures in a row.</source>
        <translation>Die letzten Aufrufe, unter denen failure_threshold Fehler ihn öffnen. Er wartet nicht, bis es so viele sind. none: so viele wie failure_threshold, also Fehler in Folge.</translation>
    </message>
    <message>
        <source>Counts over this last while (ten buckets) instead of over the last calls.</source>
        <translation>Zählt über diese letzte Zeitspanne (zehn Abschnitte) statt über die letzten Aufrufe.</translation>
    </message>
    <message>
        <source>Share of failures within failure_thresholding_period at or over which it opens. Rounded to whole percents before it is compared: 49.5 % of failures reach 50%.</source>
        <translation>Anteil der Fehler innerhalb von failure_thresholding_period, ab dem er öffnet. Vor dem Vergleich auf ganze Prozent gerundet: 49.5 % Fehler erreichen 50%.</translation>
    </message>
    <message>
        <source>No verdict before so many calls. Without a period it is also the number of last calls that are looked at, and without success_threshold the number of trials in flight. 0: none; with a period and no rate, failure_threshold.</source>
        <translation>Kein Urteil vor so vielen Aufrufen. Ohne Zeitspanne ist es auch die Zahl der letzten Aufrufe, die betrachtet werden, und ohne success_threshold die der gleichzeitigen Probeaufrufe. 0: keine; mit Zeitspanne und ohne Fehlerrate failure_threshold.</translation>
    </message>
    <message>
        <source>Trials that must go well to close. It opens again as soon as they can no longer be reached. none: trials are judged by the failure rule.</source>
        <translation>Probeaufrufe, die gelingen müssen, damit er schließt. Er öffnet wieder, sobald das nicht mehr erreichbar ist. none: Über Probeaufrufe urteilt die Fehlerregel.</translation>
    </message>
    <message>
        <source>The last trials among which success_threshold must go well, and the number of trials in flight. none: as many as success_threshold, so one failure opens it again.</source>
        <translation>Die letzten Probeaufrufe, unter denen success_threshold gelingen müssen, und die Zahl der gleichzeitigen. none: so viele wie success_threshold, so dass ein Fehler ihn wieder öffnet.</translation>
    </message>
    <message>
        <source>Outcomes that are failures. Empty: all of them, also refusals of policies further in. What is not handled is a success.</source>
        <translation>Ausgänge, die Fehler sind. Leer: alle misslungenen, auch Abweisungen weiter innen liegender Policies. Was nicht behandelt wird, ist ein Erfolg.</translation>
    </message>
    <message>
        <source>What a cancelled call counts as. failure follows from the library's rule that an error is a failure; it was read in the source, not tried out. Under hedging every cancelled copy is then a failure. nothing: it only gives its permit back.</source>
        <translation>Als was ein abgebrochener Aufruf zählt. failure folgt aus der Regel der Bibliothek, dass ein error ein Fehler ist; das ist im Quelltext gelesen, nicht ausprobiert. Unter Hedging ist dann jede abgebrochene Kopie ein Fehler. nothing: Er gibt nur seinen Platz zurück.</translation>
    </message>
    <message>
        <source>go compares rates as shares with two decimals, java as whole percents: 33 % of failures do not reach 33.3% in go, but do in java. The buckets of a period are cut at whole multiples of their length in go, from the last CLOSED on in java.</source>
        <translation>go vergleicht Raten als Anteile mit zwei Dezimalen, java als ganze Prozent: 33 % Fehler erreichen 33.3% in go nicht, in java schon. Die Abschnitte einer Zeitspanne beginnen in go bei ganzen Vielfachen ihrer Länge, in java beim letzten CLOSED.</translation>
    </message>
    <message>
        <source>The circuit breaker of Polly v8, rule by rule.</source>
        <translation>Der Circuit Breaker von Polly v8, Regel für Regel.</translation>
    </message>
    <message>
        <source>Share of failed calls at or over which it opens, looked at only when a failure arrives. 0%: any failure opens it once minimum_throughput is reached.</source>
        <translation>Anteil misslungener Aufrufe, ab dem er öffnet; betrachtet nur, wenn ein Fehler eintrifft. 0%: Jeder Fehler öffnet ihn, sobald minimum_throughput erreicht ist.</translation>
    </message>
    <message>
        <source>No verdict before the window holds this many calls. 100 calls in 30 s is more than most processes of a fleet send: such a breaker never opens.</source>
        <translation>Kein Urteil, bevor das Fenster so viele Aufrufe enthält. 100 Aufrufe in 30 s sind mehr, als die meisten Prozesse einer Flotte senden: Ein solcher Breaker öffnet nie.</translation>
    </message>
    <message>
        <source>Length of the window. It is ten parts that begin at the first call after the one before is over, so a call counts for 90 to 100 % of it.</source>
        <translation>Länge des Fensters. Es besteht aus zehn Teilen, die jeweils mit dem ersten Aufruf nach dem Ende des vorigen beginnen; ein Aufruf zählt also 90 bis 100 % davon.</translation>
    </message>
    <message>
        <source>How long it stays open; the next call at or after that is the one trial.</source>
        <translation>Wie lange er offen bleibt; der nächste Aufruf genau dann oder danach ist der eine Probeaufruf.</translation>
    </message>
    <message>
        <source>Stands for a BreakDurationGenerator: each trial since the last CLOSED makes the next break this many times as long. 1: every break is break_duration.</source>
        <translation>Steht für einen BreakDurationGenerator: Jeder Probeaufruf seit dem letzten CLOSED macht die nächste Unterbrechung so viele Male so lang. 1: Jede Unterbrechung dauert break_duration.</translation>
    </message>
    <message>
        <source>Longest break that the growth may reach; none = 24h, the longest break that the library takes.</source>
        <translation>Längste Unterbrechung, die das Wachstum erreichen darf; none = 24h, die längste, die die Bibliothek annimmt.</translation>
    </message>
    <message>
        <source>Outcomes that are failures. Empty: all of them, also refusals of policies further in. What is not handled is a success, and closes a half-open circuit (see version).</source>
        <translation>Ausgänge, die Fehler sind. Leer: alle misslungenen, auch Abweisungen weiter innen liegender Policies. Was nicht behandelt wird, ist ein Erfolg und schließt einen halb offenen Breaker (siehe version).</translation>
    </message>
    <message>
        <source>What an outcome that is not handled (also a cancelled call) does. 8.4 and later: it is a success. 8.0: it is not counted and leaves a half-open circuit half-open for ever. 7: not counted, but one more trial is let through per break_duration; 7 is known from its maintainers' words, not from its source.</source>
        <translation>Was ein nicht behandelter Ausgang (auch ein abgebrochener Aufruf) bewirkt. 8.4 und später: Er ist ein Erfolg. 8.0: Er wird nicht gezählt und lässt einen halb offenen Breaker für immer halb offen. 7: nicht gezählt, aber je break_duration wird ein weiterer Probeaufruf durchgelassen; 7 ist aus den Worten der Betreuer bekannt, nicht aus dem Quelltext.</translation>
    </message>
    <message>
        <source>The circuit breaker of gobreaker 2.4, rule by rule.</source>
        <translation>Der Circuit Breaker von gobreaker 2.4, Regel für Regel.</translation>
    </message>
    <message>
        <source>Trial calls let through in HALF_OPEN in all, and successes in a row that close it. A trial that never ends keeps it half-open for ever.</source>
        <translation>Probeaufrufe, die in HALF_OPEN insgesamt durchgelassen werden, und Erfolge in Folge, die ihn schließen. Ein Probeaufruf, der nie endet, hält ihn für immer halb offen.</translation>
    </message>
    <message>
        <source>Counts are cleared after this while CLOSED, and calls under way are then never counted: shorter than a timeout, it hides an outage of timeouts. none: never cleared, so old successes outweigh a new outage.</source>
        <translation>Die Zählung beginnt in CLOSED nach dieser Zeit von vorn, und dann laufende Aufrufe werden nie gezählt: Kürzer als ein Timeout verbirgt sie einen Ausfall, der aus Timeouts besteht. none: nie von vorn, so dass alte Erfolge einen neuen Ausfall überwiegen.</translation>
    </message>
    <message>
        <source>Cuts interval (rounded up to whole buckets) into buckets of which the oldest rolls off, instead of clearing all at once. none: one fixed window.</source>
        <translation>Teilt interval (auf ganze Abschnitte aufgerundet) in Abschnitte, von denen der älteste herausfällt, statt alles auf einmal zu löschen. none: ein festes Fenster.</translation>
    </message>
    <message>
        <source>How long it stays open; the next call strictly after that is let through on trial.</source>
        <translation>Wie lange er offen bleibt; der nächste Aufruf erst danach wird zur Probe durchgelassen.</translation>
    </message>
    <message>
        <source>What opens it, asked after each failure: failures in a row, failures of the interval, or their share.</source>
        <translation>Was ihn öffnet, gefragt nach jedem Fehler: Fehler in Folge, Fehler im Intervall oder ihr Anteil.</translation>
    </message>
    <message>
        <source>For consecutive and total: that many failures open it. The library's own default is more than 5, that is 6.</source>
        <translation>Für consecutive und total: So viele Fehler öffnen ihn. Die Vorgabe der Bibliothek ist mehr als 5, also 6.</translation>
    </message>
    <message>
        <source>For ratio: no verdict before so many calls were let through, those still under way included.</source>
        <translation>Für ratio: kein Urteil, bevor so viele Aufrufe durchgelassen wurden, die noch laufenden mitgezählt.</translation>
    </message>
    <message>
        <source>For ratio: share of failures among the calls let through at or over which it opens.</source>
        <translation>Für ratio: Anteil der Fehler unter den durchgelassenen Aufrufen, ab dem er öffnet.</translation>
    </message>
    <message>
        <source>Outcomes that are neither success nor failure. Everything else that is not good is a failure, also refusals of policies further in.</source>
        <translation>Ausgänge, die weder Erfolg noch Fehler sind. Alles andere, was nicht gut ist, ist ein Fehler, auch Abweisungen weiter innen liegender Policies.</translation>
    </message>
    <message>
        <source>The circuit breaker of resilience4j 2.4, rule by rule.</source>
        <translation>Der Circuit Breaker von resilience4j 2.4, Regel für Regel.</translation>
    </message>
    <message>
        <source>Share of failed calls at or over which it opens. Judged after every recorded call, so a success can be the one that opens it.</source>
        <translation>Anteil misslungener Aufrufe, ab dem er öffnet. Geurteilt wird nach jedem gezählten Aufruf, also kann auch ein Erfolg derjenige sein, der ihn öffnet.</translation>
    </message>
    <message>
        <source>Share of slow calls at or over which it opens. 100% with calls slower than 60s: in effect off.</source>
        <translation>Anteil langsamer Aufrufe, ab dem er öffnet. 100% bei Aufrufen langsamer als 60s: praktisch aus.</translation>
    </message>
    <message>
        <source>A call that takes longer than this is slow, failed or not.</source>
        <translation>Ein Aufruf, der länger dauert, ist langsam, misslungen oder nicht.</translation>
    </message>
    <message>
        <source>count_based: the last N calls. time_based: the current whole second of the clock and the N - 1 before it.</source>
        <translation>count_based: die letzten N Aufrufe. time_based: die laufende volle Sekunde der Uhr und die N - 1 davor.</translation>
    </message>
    <message>
        <source>N of the window: calls or seconds, as sliding_window_type says. Large: sees small rises, reacts late.</source>
        <translation>N des Fensters: Aufrufe oder Sekunden, je nach sliding_window_type. Groß: sieht kleine Anstiege, reagiert spät.</translation>
    </message>
    <message>
        <source>No rate is judged before the window holds this many calls. A count_based window judges when it is full even if the minimum is larger; a time_based one then never does.</source>
        <translation>Über keine Rate wird geurteilt, bevor das Fenster so viele Aufrufe enthält. Ein Fenster mit count_based urteilt, wenn es voll ist, auch wenn das Minimum größer ist; eines mit time_based dann nie.</translation>
    </message>
    <message>
        <source>Outcomes that count as failures. Empty: all that are not ignored, also refusals of policies further in. What is neither recorded nor ignored counts as a success.</source>
        <translation>Ausgänge, die als Fehler zählen. Leer: alle misslungenen, die nicht ignoriert werden, auch Abweisungen weiter innen liegender Policies. Was weder aufgezeichnet noch ignoriert wird, zählt als Erfolg.</translation>
    </message>
    <message>
        <source>Outcomes that count as nothing. In HALF_OPEN each gives a permission back, whatever state its call was let through in.</source>
        <translation>Ausgänge, die als nichts zählen. In HALF_OPEN gibt jeder eine Erlaubnis zurück, in welchem Zustand sein Aufruf auch durchgelassen wurde.</translation>
    </message>
    <message>
        <source>Each opening since the last CLOSED waits exponential_backoff_multiplier times as long as the one before.</source>
        <translation>Nach jedem Öffnen seit dem letzten CLOSED ist die Wartezeit exponential_backoff_multiplier mal so lang wie die vorige.</translation>
    </message>
    <message>
        <source>Growth of the wait from opening to opening. Each step is cut to whole milliseconds: 7ms * 1.1 stays 7ms.</source>
        <translation>Wachstum der Wartezeit von Öffnen zu Öffnen. Jeder Schritt wird auf ganze Millisekunden abgeschnitten: 7ms * 1.1 bleiben 7ms.</translation>
    </message>
    <message>
        <source>Longest wait that the growth may reach; none = no limit, so a long outage waits for hours.</source>
        <translation>Längste Wartezeit, die das Wachstum erreichen darf; none = keine Grenze, so dass ein langer Ausfall stundenlang wartet.</translation>
    </message>
    <message>
        <source>A timer moves it to HALF_OPEN at the end of the wait, instead of the next call after it.</source>
        <translation>Ein Timer bringt ihn am Ende der Wartezeit nach HALF_OPEN, statt des nächsten Aufrufs danach.</translation>
    </message>
    <message>
        <source>Trial calls granted in all, not at once: a finished one frees nothing. The verdict comes after min(minimum_number_of_calls, this) results, by the same rates.</source>
        <translation>Probeaufrufe, die insgesamt gewährt werden, nicht zugleich: Ein beendeter macht keinen Platz frei. Das Urteil kommt nach min(minimum_number_of_calls, diese Zahl) Ergebnissen, nach denselben Raten.</translation>
    </message>
    <message>
        <source>HALF_OPEN ends after this without a verdict. none: it waits for ever, so trials that hang or are lost keep the breaker refusing everything.</source>
        <translation>HALF_OPEN endet nach dieser Zeit ohne Urteil. none: Es wartet für immer, so dass hängende oder verlorene Probeaufrufe den Breaker alles abweisen lassen.</translation>
    </message>
    <message>
        <source>Where HALF_OPEN goes when max_wait_duration_in_half_open_state is over.</source>
        <translation>Wohin HALF_OPEN wechselt, wenn max_wait_duration_in_half_open_state um ist.</translation>
    </message>
    <message>
        <source>Stops calls to a dependency that is failing, then lets a few trial calls through.</source>
        <translation>Hält Aufrufe an einen Zieldienst an, der gerade ausfällt, und lässt dann einige Probeaufrufe durch.</translation>
    </message>
    <message>
        <source>Failures in a row that open the breaker. 5 unless given; off when failure_rate_threshold is given and this is not. Low: one burst of bad luck stops all calls. High under mixed traffic: one success in between resets the count, so that a half-broken dependency never trips it.</source>
        <translation>Fehler in Folge, die den Breaker öffnen. Ohne Angabe 5; aus, wenn failure_rate_threshold angegeben ist und dies nicht. Niedrig: Eine Pechsträhne hält alle Aufrufe an. Hoch bei gemischtem Verkehr: Ein Erfolg dazwischen setzt die Zählung zurück, so dass ein halb kaputter Zieldienst ihn nie auslöst.</translation>
    </message>
    <message>
        <source>Share of failed calls in the window that opens the breaker (reached means &gt;=). Must lie well above the dependency's everyday error rate, or the breaker opens for no reason.</source>
        <translation>Anteil misslungener Aufrufe im Fenster, der den Breaker öffnet (erreicht heißt &gt;=). Muss deutlich über der alltäglichen Fehlerrate des Zieldienstes liegen, sonst öffnet der Breaker ohne Grund.</translation>
    </message>
    <message>
        <source>What the rates look at: the last calls (count) or the last while (time). A count window of a quiet process remembers failures of hours ago; a time window forgets them.</source>
        <translation>Was die Raten betrachten: die letzten Aufrufe (count) oder die letzte Zeitspanne (time). Ein count-Fenster eines ruhigen Prozesses erinnert sich an Fehler von vor Stunden; ein time-Fenster vergisst sie.</translation>
    </message>
    <message>
        <source>Size of the window: calls (1 to 100000) or a time (10ms to 24h). 100 calls or 60s unless given. Large: sees small rises, but reacts late. Small: reacts fast, and to noise.</source>
        <translation>Größe des Fensters: Aufrufe (1 bis 100000) oder eine Zeit (10ms bis 24h). Ohne Angabe 100 Aufrufe oder 60s. Groß: sieht kleine Anstiege, reagiert aber spät. Klein: reagiert schnell, auch auf Rauschen.</translation>
    </message>
    <message>
        <source>No rate is judged before the window holds this many calls. One process of a large fleet may never see that many within the window: then it never trips, whatever fails.</source>
        <translation>Über keine Rate wird geurteilt, bevor das Fenster so viele Aufrufe enthält. Ein Prozess einer großen Flotte sieht im Fenster vielleicht nie so viele: Dann löst er nie aus, was auch misslingt.</translation>
    </message>
    <message>
        <source>A call that takes longer than this is slow. Slow calls are counted apart from failures; one call can be both.</source>
        <translation>Ein Aufruf, der länger dauert, ist langsam. Langsame Aufrufe werden getrennt von Fehlern gezählt; ein Aufruf kann beides sein.</translation>
    </message>
    <message>
        <source>Share of slow calls in the window that opens the breaker, failed or not. Catches a brownout before it turns into timeouts; set too near to the usual latency it cuts off a healthy dependency.</source>
        <translation>Anteil langsamer Aufrufe im Fenster, der den Breaker öffnet, misslungen oder nicht. Fängt einen Brownout ab, bevor Timeouts daraus werden; zu nah an der üblichen Latenz schneidet er einen gesunden Zieldienst ab.</translation>
    </message>
    <message>
        <source>How long the breaker stays open; the first call after that is a trial. Short: trials hit a dependency that is still down. Long: calls are refused although it works again.</source>
        <translation>Wie lange der Breaker offen bleibt; der erste Aufruf danach ist ein Probeaufruf. Kurz: Probeaufrufe treffen einen Zieldienst, der noch ausgefallen ist. Lang: Aufrufe werden abgewiesen, obwohl er wieder arbeitet.</translation>
    </message>
    <message>
        <source>Trial calls that must go well in a row before the breaker closes; one failure opens it again. 1 closes on luck; many keep most traffic away while the dependency is well.</source>
        <translation>Probeaufrufe, die in Folge gelingen müssen, bevor der Breaker schließt; ein Fehler öffnet ihn wieder. 1 schließt auf gut Glück; viele halten den meisten Verkehr fern, obwohl der Zieldienst gesund ist.</translation>
    </message>
    <message>
        <source>Trial calls in flight at once; the others are refused. As many as success_threshold unless given. More than success_threshold gives spares against trials that hang.</source>
        <translation>Gleichzeitige Probeaufrufe; die übrigen werden abgewiesen. Ohne Angabe so viele wie success_threshold. Mehr als success_threshold ist Reserve für Probeaufrufe, die hängen.</translation>
    </message>
    <message>
        <source>The protected operation may take this long; then it ends as `timeout` and counts as a failure. none: a call that hangs is never counted, and a hanging trial holds its place for ever.</source>
        <translation>So lange darf der geschützte Vorgang dauern; dann endet er als `timeout` und zählt als Fehler. none: Ein Aufruf, der hängt, wird nie gezählt, und ein hängender Probeaufruf behält seinen Platz für immer.</translation>
    </message>
    <message>
        <source>Outcomes that never count, neither as success nor as failure: those that say nothing about the dependency's health.</source>
        <translation>Ausgänge, die nie zählen, weder als Erfolg noch als Fehler: jene, die nichts über die Gesundheit des Zieldienstes sagen.</translation>
    </message>
    <message>
        <source>active: works. metrics_only: lets everything through and reports when it would have opened, to learn thresholds without risk. disabled: lets everything through and counts nothing. forced_open: refuses everything.</source>
        <translation>active: arbeitet. metrics_only: lässt alles durch und meldet, wann er geöffnet hätte, um Schwellen ohne Risiko zu finden. disabled: lässt alles durch und zählt nichts. forced_open: weist alles ab.</translation>
    </message>
    <message>
        <source>The retry of Finagle: short waits, and a budget that starts with 100 retries.</source>
        <translation>Der Retry von Finagle: kurze Wartezeiten und ein Budget, das mit 100 Wiederholungen beginnt.</translation>
    </message>
    <message>
        <source>Tries per call, the first included.</source>
        <translation>Versuche pro Aufruf, der erste mitgezählt.</translation>
    </message>
    <message>
        <source>How waits grow and spread. decorrelated_jittered: up to three times the one before. equal_jittered: a power of two plus up to as much again. exponential_jittered: from 0 up. exponential: doubled, without chance. constant: start.</source>
        <translation>Wie Wartezeiten wachsen und streuen. decorrelated_jittered: bis zum Dreifachen der vorigen. equal_jittered: eine Zweierpotenz plus bis zu noch einmal so viel. exponential_jittered: von 0 an. exponential: verdoppelt, ohne Zufall. constant: start.</translation>
    </message>
    <message>
        <source>The first wait, without chance: everybody who failed together makes the first retry together.</source>
        <translation>Die erste Wartezeit, ohne Zufall: Alle, die zusammen misslungen sind, machen die erste Wiederholung zusammen.</translation>
    </message>
    <message>
        <source>No wait is longer, whatever the growth and chance say.</source>
        <translation>Keine Wartezeit ist länger, was Wachstum und Zufall auch sagen.</translation>
    </message>
    <message>
        <source>Whether a jittered range begins at the wait that was drawn before. true is how the source reads, which was not tried out; false is the formula in its comments, which begins at start.</source>
        <translation>Ob ein Bereich mit Jitter bei der zuvor gezogenen Wartezeit beginnt. true ist, wie sich der Quelltext liest, was nicht ausprobiert wurde; false ist die Formel in seinen Kommentaren, die bei start beginnt.</translation>
    </message>
    <message>
        <source>Outcomes that are retried: kinds, HTTP statuses, classes of them.</source>
        <translation>Ausgänge, die wiederholt werden: Arten, HTTP-Status, Klassen davon.</translation>
    </message>
    <message>
        <source>Retries per request of the last budget.ttl that this process may make.</source>
        <translation>Wiederholungen je Anfrage der letzten budget.ttl, die dieser Prozess machen darf.</translation>
    </message>
    <message>
        <source>Reserve, times budget.ttl in whole seconds: 10 in 10 s are 100 retries in any 10 s, also all at once.</source>
        <translation>Reserve, mal budget.ttl in ganzen Sekunden: 10 in 10 s sind 100 Wiederholungen in beliebigen 10 s, auch alle auf einmal.</translation>
    </message>
    <message>
        <source>How long a request pays for retries, in ten slices.</source>
        <translation>Wie lange eine Anfrage für Wiederholungen zahlt, in zehn Scheiben.</translation>
    </message>
    <message>
        <source>The retry of Envoy's router with its limits on retries at once.</source>
        <translation>Der Retry von Envoys Router mit seinen Grenzen für gleichzeitige Wiederholungen.</translation>
    </message>
    <message>
        <source>Retries per call; the first try does not count.</source>
        <translation>Wiederholungen pro Aufruf; der erste Versuch zählt nicht.</translation>
    </message>
    <message>
        <source>What is retried, in Envoy's words. Its own default is nothing; 5xx (any 5xx status, or no answer at all) is ours. Refusals of a breaker or bulkhead further in are never retried.</source>
        <translation>Was wiederholt wird, in Envoys Worten. Envoys eigene Vorgabe ist nichts; 5xx (jeder 5xx-Status oder gar keine Antwort) ist unsere. Abweisungen eines weiter innen liegenden Breakers oder Bulkheads werden nie wiederholt.</translation>
    </message>
    <message>
        <source>HTTP statuses that are retried beside retry_on.</source>
        <translation>HTTP-Status, die neben retry_on wiederholt werden.</translation>
    </message>
    <message>
        <source>The first wait is drawn from 0 to this.</source>
        <translation>Die erste Wartezeit wird zwischen 0 und diesem Wert gezogen.</translation>
    </message>
    <message>
        <source>No range of a wait is longer. none: ten times the base.</source>
        <translation>Kein Bereich einer Wartezeit ist länger. none: das Zehnfache der Basis.</translation>
    </message>
    <message>
        <source>Ranges of the waits. source: base, 2, 4, 8 times base. documented: 1, 3, 7 times base. The documentation describes older code; which one a version has must be looked up.</source>
        <translation>Bereiche der Wartezeiten. source: das 1-, 2-, 4-, 8-Fache der Basis. documented: das 1-, 3-, 7-Fache. Die Dokumentation beschreibt älteren Code; welchen eine Version hat, muss man nachsehen.</translation>
    </message>
    <message>
        <source>Given: a failure that names a wait (Retry-After) up to this is retried after that wait or up to half as long again. none: Retry-After is not looked at. 300s when it is configured without a number.</source>
        <translation>Angegeben: Ein Fehler, der eine Wartezeit bis zu dieser nennt (Retry-After), wird nach ihr oder bis zur Hälfte später wiederholt. none: Retry-After wird nicht beachtet. 300s, wenn es ohne Zahl konfiguriert ist.</translation>
    </message>
    <message>
        <source>Retries under way at once in this process, those that wait for their backoff included; a failure beyond is not retried. 3 is little for a busy process. Not used with a budget.</source>
        <translation>Gleichzeitige Wiederholungen in diesem Prozess, die im Backoff wartenden mitgezählt; ein Fehler darüber hinaus wird nicht wiederholt. 3 ist wenig für einen beschäftigten Prozess. Mit Budget ohne Wirkung.</translation>
    </message>
    <message>
        <source>Retries under way at once as a share of the requests under way, instead of max_retries. Envoy's default when a budget is configured is 20%.</source>
        <translation>Gleichzeitige Wiederholungen als Anteil der laufenden Anfragen, anstelle von max_retries. Envoys Vorgabe, wenn ein Budget konfiguriert ist, ist 20%.</translation>
    </message>
    <message>
        <source>So many retries at once are allowed whatever the share says.</source>
        <translation>So viele gleichzeitige Wiederholungen sind erlaubt, was der Anteil auch sagt.</translation>
    </message>
    <message>
        <source>The retry of the AWS SDKs with its quota, before and since 2026.</source>
        <translation>Das Retry der AWS SDKs mit seinem Kontingent, vor und seit 2026.</translation>
    </message>
    <message>
        <source>Tries per call, the first included (AWS_MAX_ATTEMPTS). DynamoDB clients use 4 in the mode of 2026.</source>
        <translation>Versuche pro Aufruf, der erste mitgezählt (AWS_MAX_ATTEMPTS). DynamoDB-Clients nehmen im Modus von 2026 4.</translation>
    </message>
    <message>
        <source>standard: as before 2026. standard_2026 (AWS_NEW_RETRIES_2026=true): waits from 50 ms instead of 1 s, and retries cost almost three times as much of the quota; new and opt-in, so its numbers may change. legacy: boto's old one, without quota and without a cap of the wait.</source>
        <translation>standard: wie vor 2026. standard_2026 (AWS_NEW_RETRIES_2026=true): Wartezeiten ab 50 ms statt 1 s, und Wiederholungen kosten fast dreimal so viel vom Kontingent; neu und freiwillig, die Zahlen können sich also ändern. legacy: der alte von boto, ohne Kontingent und ohne Obergrenze der Wartezeit.</translation>
    </message>
    <message>
        <source>The first wait is drawn from 0 to this, the next from 0 to twice this. none: 50ms in the mode of 2026 (25ms is DynamoDB's), 1s before. After throttling it is 1s in the mode of 2026.</source>
        <translation>Die erste Wartezeit wird zwischen 0 und diesem Wert gezogen, die nächste zwischen 0 und dem Doppelten. none: 50ms im Modus von 2026 (25ms bei DynamoDB), 1s davor. Nach Drosselung ist es im Modus von 2026 1s.</translation>
    </message>
    <message>
        <source>No range of a wait is longer. Not used by legacy.</source>
        <translation>Kein Bereich einer Wartezeit ist länger. Ohne Wirkung bei legacy.</translation>
    </message>
    <message>
        <source>Tokens of this process that pay for retries. 500 pay for 100 retries before 2026 (50 after timeouts), for 35 since. 0: no quota. Not used by legacy.</source>
        <translation>Token dieses Prozesses, die für Wiederholungen zahlen. 500 zahlen vor 2026 für 100 Wiederholungen (50 nach Timeouts), seither für 35. 0: kein Kontingent. Ohne Wirkung bei legacy.</translation>
    </message>
    <message>
        <source>Outcomes that are retried as transient: kinds, HTTP statuses, classes of them. `error` is an error without a status.</source>
        <translation>Ausgänge, die als vorübergehend gelten und wiederholt werden: Arten, HTTP-Status, Klassen davon. `error` ist ein Fehler ohne Status.</translation>
    </message>
    <message>
        <source>Outcomes that are retried as throttling, which costs less and waits longer in the mode of 2026.</source>
        <translation>Ausgänge, die als Drosselung gelten und wiederholt werden; das kostet im Modus von 2026 weniger und wartet länger.</translation>
    </message>
    <message>
        <source>The retry of gRPC clients as a service configuration sets it, with retry throttling.</source>
        <translation>Der Retry von gRPC-Clients, wie eine Service Config es einstellt, mit Retry Throttling.</translation>
    </message>
    <message>
        <source>Tries per call, the first included. gRPC takes more than 5 as 5.</source>
        <translation>Versuche pro Aufruf, der erste mitgezählt. gRPC nimmt mehr als 5 als 5.</translation>
    </message>
    <message>
        <source>Wait before the first retry; spread by a fifth up and down like all of them.</source>
        <translation>Wartezeit vor der ersten Wiederholung; wie alle um ein Fünftel nach oben und unten gestreut.</translation>
    </message>
    <message>
        <source>Cap of the growth. The spread comes after it, so a wait may be 20 % longer.</source>
        <translation>Obergrenze des Wachstums. Die Streuung kommt danach, eine Wartezeit kann also 20 % länger sein.</translation>
    </message>
    <message>
        <source>Each wait is this many times the one before, up to max_backoff.</source>
        <translation>Jede Wartezeit ist so viele Male so lang wie die vorige, bis max_backoff.</translation>
    </message>
    <message>
        <source>Outcomes that are retried, in the lab's words: kinds, HTTP statuses, classes of them. Others neither retry nor take a token.</source>
        <translation>Ausgänge, die wiederholt werden, in den Worten des Labors: Arten, HTTP-Status, Klassen davon. Andere führen zu keiner Wiederholung und kosten kein Token.</translation>
    </message>
    <message>
        <source>Tokens of this process for the server, full at first. Each retryable failure takes one; no retry while half of them or less are left. none: no throttling.</source>
        <translation>Token dieses Prozesses für den Server, am Anfang voll. Jeder wiederholbare Fehler kostet eines; keine Wiederholung, solange die Hälfte oder weniger übrig ist. none: keine Drosselung.</translation>
    </message>
    <message>
        <source>What a success gives back, in tokens (three decimals). 0.1: ten successes pay for one failure.</source>
        <translation>Was ein Erfolg zurückgibt, in Token (drei Dezimalen). 0.1: Zehn Erfolge bezahlen einen Fehler.</translation>
    </message>
    <message>
        <source>The retry of Polly v8: three retries, constant waits of 2 s unless told otherwise.</source>
        <translation>Der Retry von Polly v8: ohne Angabe drei Wiederholungen mit konstant 2 s Wartezeit.</translation>
    </message>
    <message>
        <source>Retries per call; the first try does not count, so 3 can send four requests.</source>
        <translation>Wiederholungen pro Aufruf; der erste Versuch zählt nicht, 3 können also vier Anfragen senden.</translation>
    </message>
    <message>
        <source>Wait before each retry, or the base from which the waits grow. 0s: every retry comes at once, whatever the rest says.</source>
        <translation>Wartezeit vor jeder Wiederholung oder die Basis, von der aus die Wartezeiten wachsen. 0s: Jede Wiederholung kommt sofort, was der Rest auch sagt.</translation>
    </message>
    <message>
        <source>constant: delay. linear: delay times the number of the retry. exponential: delay, then twice as long each time.</source>
        <translation>constant: delay. linear: delay mal die Nummer der Wiederholung. exponential: delay, dann jedes Mal doppelt so lange.</translation>
    </message>
    <message>
        <source>Spreads constant and linear waits by a quarter up and down; exponential ones by a formula whose first wait lies between 0 and 1.38 times delay. false: everybody who failed together returns together.</source>
        <translation>Streut konstante und lineare Wartezeiten um ein Viertel nach oben und unten; exponentielle nach einer Formel, deren erste Wartezeit zwischen dem 0- und 1.38-Fachen von delay liegt. false: Alle, die zusammen misslungen sind, kommen zusammen wieder.</translation>
    </message>
    <message>
        <source>No computed wait is longer; applied after the draw, so at the cap most waits are equal. A Retry-After is not cut.</source>
        <translation>Keine berechnete Wartezeit ist länger; wirkt nach dem Ziehen, an der Obergrenze sind die meisten Wartezeiten also gleich. Ein Retry-After wird nicht gekürzt.</translation>
    </message>
    <message>
        <source>Wait exactly what a failure asks for (Retry-After), where it asks: as the HTTP options of the .NET extensions do; the core retry does not.</source>
        <translation>Genau so lange warten, wie ein Fehler verlangt (Retry-After), wo er es verlangt: wie die HTTP-Optionen der .NET-Erweiterungen; der Retry des Kerns tut es nicht.</translation>
    </message>
    <message>
        <source>Outcomes that are retried: kinds, HTTP statuses, classes of them. Empty: every failure, also refusals of a breaker further in.</source>
        <translation>Ausgänge, die wiederholt werden: Arten, HTTP-Status, Klassen davon. Leer: jeder Fehler, auch Abweisungen eines weiter innen liegenden Breakers.</translation>
    </message>
    <message>
        <source>The retry of resilience4j 2.4: constant waits of 500 ms unless told otherwise.</source>
        <translation>Der Retry von resilience4j 2.4: ohne Angabe konstant 500 ms Wartezeit.</translation>
    </message>
    <message>
        <source>Wait before each retry, or before the first when it grows. Constant and without chance unless switched on: everybody who failed together returns together.</source>
        <translation>Wartezeit vor jeder Wiederholung, oder vor der ersten, wenn sie wächst. Konstant und ohne Zufall, wenn nicht eingeschaltet: Alle, die zusammen misslungen sind, kommen zusammen wieder.</translation>
    </message>
    <message>
        <source>Each wait is exponential_backoff_multiplier times the one before, cut to whole milliseconds at each step.</source>
        <translation>Jede Wartezeit ist exponential_backoff_multiplier mal so lang wie die vorige, bei jedem Schritt auf ganze Millisekunden abgeschnitten.</translation>
    </message>
    <message>
        <source>Growth of the wait from retry to retry, when exponential backoff is on.</source>
        <translation>Wachstum der Wartezeit von Wiederholung zu Wiederholung, wenn das exponentielle Backoff an ist.</translation>
    </message>
    <message>
        <source>Longest wait that the growth may reach. Applied after the draw of chance: at the cap most waits are equal.</source>
        <translation>Längste Wartezeit, die das Wachstum erreichen darf. Wirkt nach dem Ziehen: An der Obergrenze sind die meisten Wartezeiten gleich.</translation>
    </message>
    <message>
        <source>Spreads each wait by randomized_wait_factor of itself, up and down.</source>
        <translation>Streut jede Wartezeit um randomized_wait_factor ihrer selbst, nach oben und unten.</translation>
    </message>
    <message>
        <source>50% draws from half the wait to one and a half times the wait.</source>
        <translation>50% zieht zwischen der halben und der anderthalbfachen Wartezeit.</translation>
    </message>
    <message>
        <source>Outcomes that are retried. Empty: all that are not ignored, also the refusals of a breaker further in.</source>
        <translation>Ausgänge, die wiederholt werden. Leer: alle misslungenen, die nicht ignoriert werden, auch die Abweisungen eines weiter innen liegenden Breakers.</translation>
    </message>
    <message>
        <source>Outcomes that are never retried; wins over retry_exceptions.</source>
        <translation>Ausgänge, die nie wiederholt werden; geht retry_exceptions vor.</translation>
    </message>
    <message>
        <source>Tries again when a call failed in a way worth repeating, after a growing, spread-out wait.</source>
        <translation>Versucht es noch einmal, wenn ein Aufruf auf eine Art misslang, bei der das lohnt, nach einer wachsenden, gestreuten Wartezeit.</translation>
    </message>
    <message>
        <source>Tries per call, the first included. While the dependency is down every call costs it this many requests; layers of retries multiply (3 around 3 is 9).</source>
        <translation>Versuche pro Aufruf, der erste mitgezählt. Solange der Zieldienst ausgefallen ist, kostet jeder Aufruf ihn so viele Anfragen; Wiederholungen in mehreren Schichten multiplizieren sich (3 um 3 sind 9).</translation>
    </message>
    <message>
        <source>Wait before the first retry, before jitter. Shorter than the trouble lasts, and the retry is wasted.</source>
        <translation>Wartezeit vor der ersten Wiederholung, vor dem Jitter. Kürzer, als das Problem dauert, ist die Wiederholung vergeudet.</translation>
    </message>
    <message>
        <source>No wait is longer. A call can take max_attempts times its timeout plus all waits: keep that below what the caller waits.</source>
        <translation>Keine Wartezeit ist länger. Ein Aufruf kann max_attempts mal seinen Timeout plus alle Wartezeiten dauern: Das sollte unter dem bleiben, was der Aufrufer wartet.</translation>
    </message>
    <message>
        <source>How the wait grows from retry to retry. exponential: times backoff_multiplier. linear: by initial_delay. constant: not at all, so that the load of the retries never falls.</source>
        <translation>Wie die Wartezeit von Wiederholung zu Wiederholung wächst. exponential: mal backoff_multiplier. linear: um initial_delay. constant: gar nicht, so dass die Last der Wiederholungen nie abnimmt.</translation>
    </message>
    <message>
        <source>Each wait is this many times the one before. 1 keeps it constant: the load of the retries then never falls. Used by backoff: exponential only, and not by jitter: decorrelated, which draws up to three times the wait before.</source>
        <translation>Jede Wartezeit ist so viele Male so lang wie die vorige. 1 hält sie konstant: Die Last der Wiederholungen nimmt dann nie ab. Wirkt nur mit backoff: exponential und nicht mit jitter: decorrelated, das bis zum Dreifachen der vorigen Wartezeit zieht.</translation>
    </message>
    <message>
        <source>How chance spreads the waits. full: from 0 to the wait. equal: from half of it. decorrelated: from initial_delay to three times the wait before. none: everybody who failed together returns together.</source>
        <translation>Wie der Zufall die Wartezeiten streut. full: von 0 bis zur Wartezeit. equal: ab ihrer Hälfte. decorrelated: von initial_delay bis zum Dreifachen der vorigen Wartezeit. none: Alle, die zusammen misslungen sind, kommen zusammen wieder.</translation>
    </message>
    <message>
        <source>Outcomes worth another try: kinds, HTTP statuses (503) and classes of them (5xx); one of them is enough. A breaker's refusal is left out: asking again at once only meets the same open breaker.</source>
        <translation>Ausgänge, die einen weiteren Versuch wert sind: Arten, HTTP-Status (503) und Klassen davon (5xx); einer davon genügt. Die Abweisung eines Breakers gehört nicht dazu: Wer sofort wieder fragt, trifft nur denselben offenen Breaker.</translation>
    </message>
    <message>
        <source>A retry that would begin later than this after the call began is not made. It ends the retrying, not a try that is under way: that is a timeout's work.</source>
        <translation>Eine Wiederholung, die später als so lange nach dem Beginn des Aufrufs begänne, unterbleibt. Das beendet das Wiederholen, nicht einen laufenden Versuch: Das ist Sache eines Timeouts.</translation>
    </message>
    <message>
        <source>Retries this process may make per first try over budget.window. 10% keeps the extra load of an outage at a tenth; without it retries can triple the load of a dependency that is already too slow.</source>
        <translation>Wiederholungen, die dieser Prozess je erstem Versuch über budget.window machen darf. 10% hält die Zusatzlast eines Ausfalls bei einem Zehntel; ohne Budget können Wiederholungen die Last eines ohnehin zu langsamen Zieldienstes verdreifachen.</translation>
    </message>
    <message>
        <source>The last while over which the budget counts first tries and retries.</source>
        <translation>Die letzte Zeitspanne, über die das Budget erste Versuche und Wiederholungen zählt.</translation>
    </message>
    <message>
        <source>Retries per window that are allowed whatever the ratio says, so that a quiet process can retry at all. It counts per process: 3 in each of 200 processes is 600.</source>
        <translation>Wiederholungen je Fenster, die erlaubt sind, was ratio auch sagt, damit ein ruhiger Prozess überhaupt wiederholen kann. Zählt je Prozess: 3 in jedem von 200 Prozessen sind 600.</translation>
    </message>
    <message>
        <source>Wait at least as long as the failure asks for (Retry-After). If that is longer than max_delay, the call is not retried.</source>
        <translation>Mindestens so lange warten, wie der Fehler verlangt (Retry-After). Ist das länger als max_delay, wird der Aufruf nicht wiederholt.</translation>
    </message>
    <message>
        <source>A timeout that only asks: the caller waits until the inside ends by itself.</source>
        <translation>Ein Timeout, der nur bittet: Der Aufrufer wartet, bis das Innere von selbst endet.</translation>
    </message>
    <message>
        <source>The limit. Nothing happens at it: the caller goes on waiting, permits stay taken, the server goes on working. It only decides what the result becomes.</source>
        <translation>Die Grenze. An ihr geschieht nichts: Der Aufrufer wartet weiter, Plätze bleiben belegt, der Server arbeitet weiter. Sie entscheidet nur, was aus dem Ergebnis wird.</translation>
    </message>
    <message>
        <source>What a result after the limit becomes. kept_if_good: a good one is handed on, a failure becomes timeout, as in Polly. kept: handed on as it is. timeout: always timeout.</source>
        <translation>Was aus einem Ergebnis nach der Grenze wird. kept_if_good: Ein gutes wird weitergereicht, ein Fehler wird timeout, wie in Polly. kept: weitergereicht, wie es ist. timeout: immer timeout.</translation>
    </message>
    <message>
        <source>Releases the caller when everything inside this layer has taken too long.</source>
        <translation>Gibt den Aufrufer frei, wenn alles innerhalb dieser Schicht zu lange gedauert hat.</translation>
    </message>
    <message>
        <source>How long the caller waits. Shorter than the dependency's usual slow tail: good answers are thrown away and asked for again. Longer: a stuck dependency holds the caller's own threads and memory for that long. Inside a retry it counts per attempt, outside for all attempts together.</source>
        <translation>Wie lange der Aufrufer wartet. Kürzer als die üblichen langsamen Antworten des Zieldienstes: Gute Antworten werden weggeworfen und noch einmal verlangt. Länger: Ein hängender Zieldienst hält so lange Threads und Speicher des Aufrufers fest. In einem Retry gilt er je Versuch, außerhalb für alle Versuche zusammen.</translation>
    </message>
    <message>
        <source>Serves a substitute when the inside failed: a degraded success.</source>
        <translation>Liefert einen Ersatz, wenn das Innere misslungen ist: ein eingeschränkter Erfolg.</translation>
    </message>
    <message>
        <source>static: a fixed answer, always there. cached: the last good answer this process got. other: a call to the service `to`. work: work of the caller that takes `work`. Without it the setting that is given says which; static when there is none.</source>
        <translation>static: eine feste Antwort, immer da. cached: die letzte gute Antwort, die dieser Prozess erhielt. other: ein Aufruf an den Dienst `to`. work: Arbeit des Aufrufers, die `work` dauert. Ohne Angabe sagt es die Einstellung, die angegeben ist; static, wenn keine es ist.</translation>
    </message>
    <message>
        <source>The service that is called when the inside has failed. It gets the load of an outage in one step: it must be built for that. When it fails, too, the first failure goes outwards.</source>
        <translation>Der Dienst, der aufgerufen wird, wenn das Innere misslungen ist. Er bekommt die Last eines Ausfalls auf einen Schlag: Dafür muss er gebaut sein. Misslingt auch er, geht der erste Fehler nach außen.</translation>
    </message>
    <message>
        <source>The policy stack of the call to `to`; each process has its own state of it. Without it the call has no policies, not even a timeout.</source>
        <translation>Der Policy-Stapel des Aufrufs an `to`; jeder Prozess hat davon seinen eigenen Zustand. Ohne Angabe hat der Aufruf keine Policies, nicht einmal einen Timeout.</translation>
    </message>
    <message>
        <source>How long the caller works on a substitute of its own, on top of the time that the failure took.</source>
        <translation>Wie lange der Aufrufer an einem eigenen Ersatz arbeitet, zusätzlich zu der Zeit, die der Fehler brauchte.</translation>
    </message>
    <message>
        <source>Oldest answer that may still be served; none = any age. Short: the cache is gone before the outage is over. Long: users see old data and nobody notices that the dependency is down.</source>
        <translation>Älteste Antwort, die noch geliefert werden darf; none = jedes Alter. Kurz: Der Cache ist leer, bevor der Ausfall vorbei ist. Lang: Nutzer sehen alte Daten, und niemand merkt, dass der Zieldienst ausgefallen ist.</translation>
    </message>
    <message>
        <source>Oldest answer that may be served where the dependency could not be reached (cached.stale_on). none: nothing older than cached.max_age.</source>
        <translation>Älteste Antwort, die geliefert werden darf, wo der Zieldienst nicht erreichbar war (cached.stale_on). none: nichts Älteres als cached.max_age.</translation>
    </message>
    <message>
        <source>Outcomes on which an answer older than cached.max_age, up to cached.stale_max_age, may be served.</source>
        <translation>Ausgänge, bei denen eine Antwort geliefert werden darf, die älter als cached.max_age ist, bis cached.stale_max_age.</translation>
    </message>
    <message>
        <source>Where no cached answer may be served. fail: the failure goes outwards. static: a fixed answer is served, as with source: static.</source>
        <translation>Wo keine Antwort aus dem Cache geliefert werden darf. fail: Der Fehler geht nach außen. static: Eine feste Antwort wird geliefert, wie mit source: static.</translation>
    </message>
    <message>
        <source>Outcomes that are replaced. All failures and refusals unless given. Hiding every error also hides it from retries and breakers further out.</source>
        <translation>Ausgänge, die ersetzt werden. Ohne Angabe alle Fehler und Abweisungen. Wer jeden Fehler verbirgt, verbirgt ihn auch vor Retries und Breakern weiter außen.</translation>
    </message>
    <message>
        <source>At most so many calls at once, so that one slow dependency cannot take all of the caller's threads.</source>
        <translation>Höchstens so viele Aufrufe zugleich, damit ein langsamer Zieldienst nicht alle Threads des Aufrufers belegt.</translation>
    </message>
    <message>
        <source>Calls inside at once, for each process. Rule of thumb: peak calls per second times p99 latency in seconds, and some room. Too small: calls are refused on an ordinary day. Too large: it protects nothing.</source>
        <translation>Aufrufe, die zugleich innen sind, je Prozess. Faustregel: Aufrufe pro Sekunde in der Spitze mal p99-Latenz in Sekunden, und etwas Luft. Zu klein: Aufrufe werden an gewöhnlichen Tagen abgewiesen. Zu groß: Es schützt nichts.</translation>
    </message>
    <message>
        <source>Calls that may wait for a place. Short queues smooth bursts; long ones turn overload into latency, because every call then waits for all before it.</source>
        <translation>Aufrufe, die auf einen Platz warten dürfen. Kurze Warteschlangen glätten Bursts; lange machen aus Überlast Latenz, weil dann jeder Aufruf auf alle vor ihm wartet.</translation>
    </message>
    <message>
        <source>A call that has waited this long is refused. none: it waits as long as its caller does.</source>
        <translation>Ein Aufruf, der so lange gewartet hat, wird abgewiesen. none: Er wartet so lange wie sein Aufrufer.</translation>
    </message>
    <message>
        <source>Who goes first. fifo: who waited longest; under overload everybody is served just too late. lifo: who came last; most are served in time and the oldest give up.</source>
        <translation>Wer zuerst an die Reihe kommt. fifo: wer am längsten wartet; unter Überlast wird jeder knapp zu spät bedient. lifo: wer zuletzt kam; die meisten werden rechtzeitig bedient, und die ältesten geben auf.</translation>
    </message>
    <message>
        <source>Lets so many calls per second through; the others wait their turn or are refused with a time to come back.</source>
        <translation>Lässt so viele Aufrufe pro Sekunde durch; die übrigen warten, bis sie an der Reihe sind, oder werden mit einer Zeit zum Wiederkommen abgewiesen.</translation>
    </message>
    <message>
        <source>token_bucket: an even rate with room for a burst. cycle: a full set of permits at the start of each period, as resilience4j does; around an edge two sets pass at once. smooth: one call per interval, no bursts at all.</source>
        <translation>token_bucket: eine gleichmäßige Rate mit Raum für einen Burst. cycle: ein voller Satz Plätze am Anfang jeder Periode, wie in resilience4j; um eine Kante herum gehen zwei Sätze auf einmal durch. smooth: ein Aufruf je Intervall, keine Bursts.</translation>
    </message>
    <message>
        <source>Calls per second that pass in the long run, for each process of the caller: 100/s in 40 processes is 4000/s at the dependency. 100/s unless given (token_bucket, smooth).</source>
        <translation>Aufrufe pro Sekunde, die auf Dauer durchgehen, für jeden Prozess des Aufrufers: 100/s in 40 Prozessen sind beim Zieldienst 4000/s. Ohne Angabe 100/s (token_bucket, smooth).</translation>
    </message>
    <message>
        <source>Calls that may pass at one moment after a quiet while. One second of the rate unless given (token_bucket). Large: the dependency must bear the burst. Small: honest peaks are cut.</source>
        <translation>Aufrufe, die nach einer ruhigen Weile auf einmal durchgehen dürfen. Ohne Angabe die Rate einer Sekunde (token_bucket). Groß: Der Zieldienst muss den Burst tragen. Klein: Echte Spitzen werden abgeschnitten.</translation>
    </message>
    <message>
        <source>After a pause calls start at a third of the rate and reach it after this long, for a dependency whose caches must warm up. none: always at the rate (smooth).</source>
        <translation>Nach einer Pause beginnen Aufrufe mit einem Drittel der Rate und erreichen sie nach so langer Zeit, für einen Zieldienst, dessen Caches warm werden müssen. none: immer mit der Rate (smooth).</translation>
    </message>
    <message>
        <source>Permits in each period; what is left over is lost at its end. 50 unless given (cycle).</source>
        <translation>Plätze je Periode; was übrig bleibt, verfällt an ihrem Ende. Ohne Angabe 50 (cycle).</translation>
    </message>
    <message>
        <source>Length of a period. 1s unless given (cycle). The default of resilience4j, 500 ns, limits nothing.</source>
        <translation>Länge einer Periode. Ohne Angabe 1s (cycle). Die Vorgabe von resilience4j, 500 ns, begrenzt nichts.</translation>
    </message>
    <message>
        <source>A call whose turn comes within this time waits for it; otherwise it is refused at once. 0s: nobody waits. Long: a queue builds up in the caller and every call is late.</source>
        <translation>Ein Aufruf, der innerhalb dieser Zeit an die Reihe kommt, wartet darauf; sonst wird er sofort abgewiesen. 0s: Niemand wartet. Lang: Im Aufrufer wächst eine Warteschlange, und jeder Aufruf ist spät.</translation>
    </message>
    <message>
        <source>Inside a retry: lets retries through only as a share of the calls, so that an outage is not made worse.</source>
        <translation>In einem Retry: lässt Wiederholungen nur als Anteil der Aufrufe durch, damit ein Ausfall nicht schlimmer wird.</translation>
    </message>
    <message>
        <source>Whose arithmetic. ratio: share of recent calls (Finagle, Linkerd). token_bucket: first tries earn, retries spend. grpc: stops at half of its tokens. aws: a quota that successes refund. envoy: share of what is in flight. failure_share: none while failed tries are more than a share of all calls since the start.</source>
        <translation>Wessen Rechnung. ratio: Anteil der jüngsten Aufrufe (Finagle, Linkerd). token_bucket: Erste Versuche verdienen, Wiederholungen geben aus. grpc: hält bei der Hälfte der Token an. aws: ein Kontingent, das Erfolge wieder füllen. envoy: Anteil dessen, was unterwegs ist. failure_share: keine, solange misslungene Versuche mehr als ein Anteil aller Aufrufe seit dem Start sind.</translation>
    </message>
    <message>
        <source>What a call earns: retries per first try (ratio 20%, token_bucket 10%), tokens per success (grpc 10%), or retries in flight per call in flight (envoy 20%), failed tries per call (failure_share 10%). It is the extra load of a full outage.</source>
        <translation>Was ein Aufruf verdient: Wiederholungen je erstem Versuch (ratio 20%, token_bucket 10%), Token je Erfolg (grpc 10%), laufende Wiederholungen je laufendem Aufruf (envoy 20%) oder misslungene Versuche je Aufruf (failure_share 10%). Es ist die Zusatzlast eines völligen Ausfalls.</translation>
    </message>
    <message>
        <source>What is earned expires after this long. 10s unless given (ratio). Long: a quiet hour pays for a storm.</source>
        <translation>Was verdient ist, verfällt nach dieser Zeit. Ohne Angabe 10s (ratio). Lang: Eine ruhige Stunde bezahlt einen Sturm.</translation>
    </message>
    <message>
        <source>Retries that are allowed whatever the ratio says, for each process. 10/s unless given (ratio): over a window of 10s a burst of 100 retries at once.</source>
        <translation>Wiederholungen, die je Prozess erlaubt sind, was ratio auch sagt. Ohne Angabe 10/s (ratio): über ein Fenster von 10s ein Burst von 100 Wiederholungen auf einmal.</translation>
    </message>
    <message>
        <source>Retries in flight that are allowed whatever the ratio says. 3 unless given (envoy).</source>
        <translation>Laufende Wiederholungen, die erlaubt sind, was ratio auch sagt. Ohne Angabe 3 (envoy).</translation>
    </message>
    <message>
        <source>Size of the bucket, full at the start. 10 (token_bucket, grpc) or 500 (aws) unless given. It is the burst of retries that an outage begins with, in each process.</source>
        <translation>Größe des Buckets, am Anfang voll. Ohne Angabe 10 (token_bucket, grpc) oder 500 (aws). Es ist der Burst von Wiederholungen, mit dem ein Ausfall in jedem Prozess beginnt.</translation>
    </message>
    <message>
        <source>true: a retry needs more than one token, so that it never takes the last (token_bucket).</source>
        <translation>true: Eine Wiederholung braucht mehr als ein Token, nimmt also nie das letzte (token_bucket).</translation>
    </message>
    <message>
        <source>Tokens that a retry takes. 5 unless given (aws): 500 tokens are 100 retries. 14 in the mode of 2026.</source>
        <translation>Token, die eine Wiederholung kostet. Ohne Angabe 5 (aws): 500 Token sind 100 Wiederholungen. 14 im Modus von 2026.</translation>
    </message>
    <message>
        <source>Tokens that a retry after a timeout takes, because it cost the caller more. 10 unless given (aws).</source>
        <translation>Token, die eine Wiederholung nach einem Timeout kostet, weil er den Aufrufer mehr gekostet hat. Ohne Angabe 10 (aws).</translation>
    </message>
    <message>
        <source>Tokens that a retry after a full queue takes. As retry_cost unless given (aws). 5 in the mode of 2026.</source>
        <translation>Token, die eine Wiederholung nach einer vollen Warteschlange kostet. Ohne Angabe wie retry_cost (aws). 5 im Modus von 2026.</translation>
    </message>
    <message>
        <source>Outcomes that take a token (grpc) or count as failed (failure_share): those that the retry around it would repeat.</source>
        <translation>Ausgänge, die ein Token kosten (grpc) oder als misslungen zählen (failure_share): jene, die der Retry außen herum wiederholen würde.</translation>
    </message>
    <message>
        <source>Refuses by chance, in proportion to how much more is asked than the dependency accepts.</source>
        <translation>Weist nach Zufall ab, je nachdem, wie viel mehr verlangt wird, als der Zieldienst annimmt.</translation>
    </message>
    <message>
        <source>K: requests that may leave for each one that the dependency accepts. 2: it refuses one for each that it serves, and recovery is seen at once. 1.1: it is spared, but recovery is seen slowly.</source>
        <translation>K: Anfragen, die für jede vom Zieldienst angenommene hinausgehen dürfen. 2: Er weist für jede bediente eine ab, und die Erholung wird sofort bemerkt. 1.1: Er wird geschont, aber die Erholung wird langsam bemerkt.</translation>
    </message>
    <message>
        <source>Requests and accepts are counted over this last while. Long: after an outage refusals go on until the bad minutes have left the window.</source>
        <translation>Anfragen und angenommene werden über diese letzte Zeitspanne gezählt. Lang: Nach einem Ausfall geht das Abweisen weiter, bis die schlechten Minuten das Fenster verlassen haben.</translation>
    </message>
    <message>
        <source>Nothing is refused before the window holds this many requests, so that a quiet process is not stopped by its first bad luck.</source>
        <translation>Nichts wird abgewiesen, bevor das Fenster so viele Anfragen enthält, damit ein ruhiger Prozess nicht vom ersten Pech angehalten wird.</translation>
    </message>
    <message>
        <source>Never refuses a larger share than this: what is left goes on asking whether the dependency is well. At 100% a total outage lets one call in a window of calls through.</source>
        <translation>Weist nie einen größeren Anteil ab: Der Rest fragt weiter, ob der Zieldienst gesund ist. Mit 100% lässt ein völliger Ausfall einen Aufruf von einem Fenster voller Aufrufe durch.</translation>
    </message>
    <message>
        <source>Outcomes that are no acceptance. Only those that say &quot;too much&quot; belong here: errors that do not depend on load make the throttle refuse everything for nothing.</source>
        <translation>Ausgänge, die keine Annahme sind. Hierher gehören nur solche, die „zu viel“ sagen: Fehler, die nicht von der Last abhängen, lassen die Drossel alles umsonst abweisen.</translation>
    </message>
    <message>
        <source>At most so many calls at once, where the number follows the latency that the dependency shows.</source>
        <translation>Höchstens so viele Aufrufe zugleich, wobei die Zahl der Latenz folgt, die der Zieldienst zeigt.</translation>
    </message>
    <message>
        <source>aimd: one more per success, a tenth less per drop. vegas: keeps a short queue, measured against the least latency. gradient2: follows the ratio of a long average latency to the latency of now. gradient: Envoy's, against a least latency that it measures with the limit held down.</source>
        <translation>aimd: einer mehr je Erfolg, ein Zehntel weniger je Überlastzeichen. vegas: hält eine kurze Warteschlange, gemessen an der geringsten Latenz. gradient2: folgt dem Verhältnis eines langen Mittels der Latenz zur jetzigen. gradient: das von Envoy, gegen eine geringste Latenz, die es bei niedrig gehaltener Grenze misst.</translation>
    </message>
    <message>
        <source>Calls inside at once in the beginning, for each process. Too low: a cold start refuses calls until the limit has grown.</source>
        <translation>Aufrufe, die am Anfang zugleich innen sind, je Prozess. Zu niedrig: Ein Kaltstart weist Aufrufe ab, bis die Grenze gewachsen ist.</translation>
    </message>
    <message>
        <source>The limit never falls below it. 20 unless given, 1 for vegas, 3 for gradient. In each of many processes a floor of 20 can already be more than the dependency bears.</source>
        <translation>Die Grenze fällt nie darunter. Ohne Angabe 20, bei vegas 1, bei gradient 3. In vielen Prozessen kann je 20 schon mehr sein, als der Zieldienst trägt.</translation>
    </message>
    <message>
        <source>The limit never rises above it. 200 unless given, 1000 for vegas and gradient.</source>
        <translation>Die Grenze steigt nie darüber. Ohne Angabe 200, bei vegas und gradient 1000.</translation>
    </message>
    <message>
        <source>Outcomes that mean overload. An error is left out: it is an answer, and often a fast one. gradient2 takes a drop for a latency like any other.</source>
        <translation>Ausgänge, die Überlast bedeuten. Ein Fehler gehört nicht dazu: Er ist eine Antwort und oft eine schnelle. gradient2 nimmt einen solchen Ausgang für eine Latenz wie jede andere.</translation>
    </message>
    <message>
        <source>A drop multiplies the limit by it. 0.9 unless given (aimd).</source>
        <translation>Ein solcher Ausgang multipliziert die Grenze damit. Ohne Angabe 0.9 (aimd).</translation>
    </message>
    <message>
        <source>A call that took longer counts as a drop. 5s unless given (aimd); without drops it is all that aimd sees.</source>
        <translation>Ein Aufruf, der länger dauerte, zählt als Überlastzeichen. Ohne Angabe 5s (aimd); gibt es keine anderen, ist das alles, was aimd sieht.</translation>
    </message>
    <message>
        <source>The least latency is measured anew after about this many samples per call of the limit. 30 unless given (vegas). Measured under load it is too high, and the limit grows.</source>
        <translation>Die geringste Latenz wird nach etwa so vielen Messwerten je Aufruf der Grenze neu gemessen. Ohne Angabe 30 (vegas). Unter Last gemessen ist sie zu hoch, und die Grenze wächst.</translation>
    </message>
    <message>
        <source>Latency may be this many times its long average before the limit falls. 1.5 unless given (gradient2).</source>
        <translation>Die Latenz darf so viele Male ihr langes Mittel betragen, bevor die Grenze fällt. Ohne Angabe 1.5 (gradient2).</translation>
    </message>
    <message>
        <source>Weight of each new limit against the one before. 0.2 unless given (gradient2). 1 jumps at every sample.</source>
        <translation>Gewicht jeder neuen Grenze gegen die vorige. Ohne Angabe 0.2 (gradient2). 1 springt bei jedem Messwert.</translation>
    </message>
    <message>
        <source>Calls by which the limit tries to grow: the queue it is willing to cause. 4 unless given (gradient2).</source>
        <translation>Aufrufe, um die die Grenze zu wachsen versucht: die Warteschlange, die sie zu verursachen bereit ist. Ohne Angabe 4 (gradient2).</translation>
    </message>
    <message>
        <source>Samples that the long average looks back. 600 unless given (gradient2). In a long incident the bad latency becomes the average, and the limit grows again.</source>
        <translation>Messwerte, die das lange Mittel zurückblickt. Ohne Angabe 600 (gradient2). In einem langen Vorfall wird die schlechte Latenz zum Mittel, und die Grenze wächst wieder.</translation>
    </message>
    <message>
        <source>Latency may be this much above the least one before the limit falls. 25% unless given (gradient).</source>
        <translation>Die Latenz darf so viel über der geringsten liegen, bevor die Grenze fällt. Ohne Angabe 25% (gradient).</translation>
    </message>
    <message>
        <source>The limit changes once in this time. 100ms unless given (gradient).</source>
        <translation>Die Grenze ändert sich einmal in dieser Zeit. Ohne Angabe 100ms (gradient).</translation>
    </message>
    <message>
        <source>The least latency is measured anew after this time and up to 15 % more. 60s unless given (gradient). Each time the limit falls to min_limit for a moment, and calls are refused.</source>
        <translation>Die geringste Latenz wird nach dieser Zeit und bis zu 15 % mehr neu gemessen. Ohne Angabe 60s (gradient). Jedes Mal fällt die Grenze für einen Moment auf min_limit, und Aufrufe werden abgewiesen.</translation>
    </message>
    <message>
        <source>Calls that a measurement takes. 50 unless given (gradient). A process with few calls is held at min_limit for long.</source>
        <translation>Aufrufe, die eine Messung braucht. Ohne Angabe 50 (gradient). Ein Prozess mit wenigen Aufrufen wird lange bei min_limit gehalten.</translation>
    </message>
    <message>
        <source>Asks the dependency now and then whether it is well, and refuses calls while it is not.</source>
        <translation>Fragt den Zieldienst ab und zu, ob er gesund ist, und weist Aufrufe ab, solange er es nicht ist.</translation>
    </message>
    <message>
        <source>From probe to probe, in each process. Times the threshold it is how long an outage goes unseen; short, and the probes of a large fleet are a load of their own.</source>
        <translation>Von Prüfung zu Prüfung, in jedem Prozess. Mal die Schwelle ergibt es, wie lange ein Ausfall unbemerkt bleibt; kurz sind die Prüfungen einer großen Flotte selbst eine Last.</translation>
    </message>
    <message>
        <source>Bad probes in a row after which calls are refused. 1: one lost packet stops everything.</source>
        <translation>Schlechte Prüfungen in Folge, nach denen Aufrufe abgewiesen werden. 1: Ein verlorenes Paket hält alles an.</translation>
    </message>
    <message>
        <source>Good probes in a row after which calls go on. More keep calls away longer from a dependency that is well again.</source>
        <translation>Gute Prüfungen in Folge, nach denen Aufrufe weitergehen. Mehr halten Aufrufe länger von einem Zieldienst fern, der wieder gesund ist.</translation>
    </message>
    <message>
        <source>Answers from memory while the answer is fresh; the dependency is asked for the rest.</source>
        <translation>Antwortet aus dem Speicher, solange die Antwort frisch ist; für den Rest wird der Zieldienst gefragt.</translation>
    </message>
    <message>
        <source>How long an answer is fresh. Long: few requests, old answers. Short: when a hot key expires, all who ask for it before the first new answer go to the dependency together.</source>
        <translation>Wie lange eine Antwort frisch ist. Lang: wenige Anfragen, alte Antworten. Kurz: Läuft ein heißer Schlüssel ab, gehen alle, die vor der ersten neuen Antwort nach ihm fragen, zusammen zum Zieldienst.</translation>
    </message>
    <message>
        <source>An answer older than its ttl by up to this still replaces a failure, as `fallback`. none: a failed refresh is a failed call.</source>
        <translation>Eine Antwort, die bis zu so viel älter als ihre ttl ist, ersetzt noch einen Fehler, als `fallback`. none: Ein misslungenes Auffrischen ist ein misslungener Aufruf.</translation>
    </message>
    <message>
        <source>Entries in each process's cache; the least recently used goes first. none: all keys fit.</source>
        <translation>Einträge im Cache jedes Prozesses; der am längsten nicht benutzte geht zuerst. none: Alle Schlüssel passen hinein.</translation>
    </message>
    <message>
        <source>How many different things are asked for. With popularity it decides how much a cache can save.</source>
        <translation>Nach wie vielen verschiedenen Dingen gefragt wird. Mit popularity bestimmt es, wie viel ein Cache sparen kann.</translation>
    </message>
    <message>
        <source>zipf: key number k is asked for in proportion to 1 / k^exponent, as web pages and products are. uniform: all alike, the worst case.</source>
        <translation>zipf: Nach Schlüssel Nummer k wird im Verhältnis 1 / k^exponent gefragt, wie bei Webseiten und Produkten. uniform: alle gleich, der schlechteste Fall.</translation>
    </message>
    <message>
        <source>How uneven zipf is. 1 unless given: of 1000 keys the first gets 13 % of the calls. 0 is uniform.</source>
        <translation>Wie ungleich zipf ist. Ohne Angabe 1: Von 1000 Schlüsseln bekommt der erste 13 % der Aufrufe. 0 ist uniform.</translation>
    </message>
    <message>
        <source>Outcomes of a refresh that a stale answer may replace; a breaker's refusal is one of them unless you leave it out.</source>
        <translation>Ausgänge eines Auffrischens, die eine alte Antwort ersetzen darf; die Abweisung eines Breakers gehört dazu, wenn man sie nicht weglässt.</translation>
    </message>
    <message>
        <source>Sends a second request when the first takes longer than usual, and uses whichever answers first.</source>
        <translation>Sendet eine zweite Anfrage, wenn die erste länger als üblich dauert, und nimmt, was zuerst antwortet.</translation>
    </message>
    <message>
        <source>A copy leaves when the call has taken this long. Below the median latency it doubles the load for little. With a percentile it serves only until enough calls were seen.</source>
        <translation>Eine Kopie geht hinaus, wenn der Aufruf so lange gedauert hat. Unter der mittleren Latenz verdoppelt sie die Last für wenig. Mit percentile gilt es nur, bis genug Aufrufe gesehen wurden.</translation>
    </message>
    <message>
        <source>A copy leaves when the call has taken longer than this share of recent calls: at 95% one call in twenty is copied. 95% when there is no delay either.</source>
        <translation>Eine Kopie geht hinaus, wenn der Aufruf länger gedauert hat als dieser Anteil der jüngsten Aufrufe: Bei 95% wird einer von zwanzig kopiert. 95%, wenn es auch kein delay gibt.</translation>
    </message>
    <message>
        <source>No copy leaves earlier, whatever the percentile says: for a dependency that is faster than the network.</source>
        <translation>Keine Kopie geht früher hinaus, was das Perzentil auch sagt: für einen Zieldienst, der schneller ist als das Netz.</translation>
    </message>
    <message>
        <source>Calls that must have been seen before the percentile is believed. Until then `delay` holds, or nothing is copied.</source>
        <translation>Aufrufe, die gesehen sein müssen, bevor dem Perzentil geglaubt wird. Bis dahin gilt `delay`, oder nichts wird kopiert.</translation>
    </message>
    <message>
        <source>Copies beside the first request. Each is a full request to the dependency: more than one rarely pays.</source>
        <translation>Kopien neben der ersten Anfrage. Jede ist für den Zieldienst eine volle Anfrage: Mehr als eine lohnt selten.</translation>
    </message>
    <message>
        <source>Copies per call over the last 10 s, and 3. When the whole dependency is slow every call looks slow, and without a budget hedging doubles the load just then.</source>
        <translation>Kopien je Aufruf über die letzten 10 s, und 3. Ist der ganze Zieldienst langsam, sieht jeder Aufruf langsam aus, und ohne Budget verdoppelt Hedging gerade dann die Last.</translation>
    </message>
    <message>
        <source>Failures that do not end the race while another copy runs. A failure that is not in the list is an answer.</source>
        <translation>Fehler, die das Rennen nicht beenden, solange eine andere Kopie läuft. Ein Fehler, der nicht in der Liste steht, ist eine Antwort.</translation>
    </message>
    <message>
        <source>Takes instances that fail more than the others out of load balancing for a while.</source>
        <translation>Nimmt Instanzen, die mehr Fehler machen als die anderen, für eine Weile aus der Lastverteilung.</translation>
    </message>
    <message>
        <source>Failures of one instance in a row that eject it at once; 0 = off. Each process counts its own: in a large fleet each sees few, and ejects late.</source>
        <translation>Fehler einer Instanz in Folge, die sie sofort ausschließen; 0 = aus. Jeder Prozess zählt seine eigenen: In einer großen Flotte sieht jeder wenige und schließt spät aus.</translation>
    </message>
    <message>
        <source>The same for 502, 503, 504, full queues, timeouts and broken connections alone; 0 = off, as Envoy does not act on it unless told.</source>
        <translation>Dasselbe nur für 502, 503, 504, volle Warteschlangen, Timeouts und abgebrochene Verbindungen; 0 = aus, da Envoy ohne Auftrag nicht darauf reagiert.</translation>
    </message>
    <message>
        <source>true: timeouts, refused and broken connections are counted apart from what instances answer, in rows and in success rates of their own.</source>
        <translation>true: Timeouts, abgelehnte und abgebrochene Verbindungen werden getrennt von dem gezählt, was Instanzen antworten, mit eigenen Folgen und eigenen Erfolgsraten.</translation>
    </message>
    <message>
        <source>Timeouts, refused and broken connections in a row that eject, when they are counted apart; 0 = off.</source>
        <translation>Timeouts, abgelehnte und abgebrochene Verbindungen in Folge, die ausschließen, wenn sie getrennt gezählt werden; 0 = aus.</translation>
    </message>
    <message>
        <source>Between sweeps. Only a sweep brings an instance back and compares rates, so an ejection lasts up to this much longer.</source>
        <translation>Zwischen Durchgängen. Nur ein Durchgang holt eine Instanz zurück und vergleicht Raten, ein Ausschluss dauert also bis zu so viel länger.</translation>
    </message>
    <message>
        <source>How long the first ejection lasts; the second twice as long, and so on.</source>
        <translation>Wie lange der erste Ausschluss dauert; der zweite doppelt so lange, und so weiter.</translation>
    </message>
    <message>
        <source>No ejection is longer, or than base_ejection_time if that is longer.</source>
        <translation>Kein Ausschluss ist länger als dies, oder als base_ejection_time, wenn das länger ist.</translation>
    </message>
    <message>
        <source>Share of the instances that may be away at once, in whole percents. An ejection that would exceed it does not happen: with fewer than 10 instances 10% ejects nobody.</source>
        <translation>Anteil der Instanzen in ganzen Prozent, die zugleich weg sein dürfen. Ein Ausschluss, der ihn überschritte, unterbleibt: Bei weniger als 10 Instanzen schließen 10% niemanden aus.</translation>
    </message>
    <message>
        <source>true: one instance may be away whatever max_ejection_percent says.</source>
        <translation>true: Eine Instanz darf weg sein, was max_ejection_percent auch sagt.</translation>
    </message>
    <message>
        <source>While fewer than this share of the instances is in use, the balancer uses all again, the ejected too. 0: never; then calls are refused when no instance is left.</source>
        <translation>Solange weniger als dieser Anteil der Instanzen in Gebrauch ist, nutzt die Lastverteilung wieder alle, auch die ausgeschlossenen. 0: nie; dann werden Aufrufe abgewiesen, wenn keine Instanz übrig ist.</translation>
    </message>
    <message>
        <source>Whether sweeps eject instances whose success rate lies far below that of the others.</source>
        <translation>Ob Durchgänge Instanzen ausschließen, deren Erfolgsrate weit unter der der anderen liegt.</translation>
    </message>
    <message>
        <source>So many instances must have enough requests, or nobody is compared.</source>
        <translation>So viele Instanzen müssen genug Anfragen haben, sonst wird niemand verglichen.</translation>
    </message>
    <message>
        <source>Requests that an instance must have had since the last sweep, from this process, to be compared.</source>
        <translation>Anfragen, die eine Instanz seit dem letzten Durchgang von diesem Prozess gehabt haben muss, um verglichen zu werden.</translation>
    </message>
    <message>
        <source>In thousandths: an instance goes when its rate is below the mean less this many standard deviations. One bad instance of n lies sqrt(n - 1) deviations below, two alike hide each other.</source>
        <translation>In Tausendsteln: Eine Instanz geht, wenn ihre Rate um mehr als so viele Standardabweichungen unter dem Mittel liegt. Eine schlechte von n Instanzen liegt sqrt(n - 1) Abweichungen darunter, zwei gleiche verbergen einander.</translation>
    </message>
    <message>
        <source>Whether sweeps eject instances that fail too often in themselves. Off in Envoy unless told.</source>
        <translation>Ob Durchgänge Instanzen ausschließen, die für sich genommen zu oft Fehler machen. In Envoy ohne Auftrag aus.</translation>
    </message>
    <message>
        <source>Share of failed requests since the last sweep that ejects, in whole percents.</source>
        <translation>Anteil misslungener Anfragen seit dem letzten Durchgang, der ausschließt, in ganzen Prozent.</translation>
    </message>
    <message>
        <source>So many instances must have enough requests, or nobody is judged.</source>
        <translation>So viele Instanzen müssen genug Anfragen haben, sonst wird über niemanden geurteilt.</translation>
    </message>
    <message>
        <source>Requests that an instance must have had since the last sweep, from this process, to be judged.</source>
        <translation>Anfragen, die eine Instanz seit dem letzten Durchgang von diesem Prozess gehabt haben muss, damit über sie geurteilt wird.</translation>
    </message>
    <message>
        <source>Something that goes wrong with a service for a while.</source>
        <translation>Etwas, das mit einem Dienst für eine Weile schiefgeht.</translation>
    </message>
    <message>
        <source>What the timeline calls it. Its random numbers then come from its name instead of its place in the list, so that faults before it can come and go.</source>
        <translation>Wie die Zeitleiste sie nennt. Ihre Zufallszahlen kommen dann vom Namen statt vom Platz in der Liste, so dass Störungen davor kommen und gehen können.</translation>
    </message>
    <message>
        <source>The service that has the fault.</source>
        <translation>Der Dienst, der die Störung hat.</translation>
    </message>
    <message>
        <source>Only requests for this endpoint of the service; all when it is left out. Health checks ask for none.</source>
        <translation>Nur Anfragen an diesen Endpunkt des Dienstes; ohne Angabe alle. Health Checks verlangen keinen.</translation>
    </message>
    <message>
        <source>Only this instance, counted from 0; all instances when it is left out.</source>
        <translation>Nur diese Instanz, gezählt ab 0; ohne Angabe alle.</translation>
    </message>
    <message>
        <source>Only these instances, counted from 0: a list of numbers and of rows such as 2-5.</source>
        <translation>Nur diese Instanzen, gezählt ab 0: eine Liste aus Zahlen und Reihen wie 2-5.</translation>
    </message>
    <message>
        <source>Only this share of the instances, rounded, at least one: those with the smallest numbers.</source>
        <translation>Nur dieser Anteil der Instanzen, gerundet, mindestens eine: die mit den kleinsten Nummern.</translation>
    </message>
    <message>
        <source>Only requests that come from these clients or services: one edge, or some. All when it is left out.</source>
        <translation>Nur Anfragen, die von diesen Clients oder Diensten kommen: eine Verbindung oder einige. Ohne Angabe alle.</translation>
    </message>
    <message>
        <source>Only the first so many requests that meet it, counted anew each time it begins.</source>
        <translation>Nur so viele erste Anfragen, die auf sie treffen, neu gezählt bei jedem Beginn.</translation>
    </message>
    <message>
        <source>Only every n-th of the requests that meet it: 3 hits the third, the sixth, ...</source>
        <translation>Nur jede n-te der Anfragen, die auf sie treffen: 3 trifft die dritte, die sechste, ...</translation>
    </message>
    <message>
        <source>When the fault begins, in time since the start of the run.</source>
        <translation>Wann die Störung beginnt, in Zeit seit dem Start des Laufs.</translation>
    </message>
    <message>
        <source>How long it lasts; to the end of the run when it is left out.</source>
        <translation>Wie lange sie dauert; ohne Angabe bis zum Ende des Laufs.</translation>
    </message>
    <message>
        <source>Repeats the fault with this period, counted from beginning to beginning.</source>
        <translation>Wiederholt die Störung mit dieser Periode, gezählt von Anfang zu Anfang.</translation>
    </message>
    <message>
        <source>It comes in bursts that last so long on average; their lengths are drawn (exponential).</source>
        <translation>Sie kommt in Bursts, die im Mittel so lange dauern; ihre Längen werden gezogen (exponential).</translation>
    </message>
    <message>
        <source>The mean length of the pauses between bursts.</source>
        <translation>Die mittlere Länge der Pausen zwischen den Bursts.</translation>
    </message>
    <message>
        <source>It grows from nothing to its full strength in this time: added times, shares and chances with it.</source>
        <translation>Sie wächst in dieser Zeit von nichts zu voller Stärke: zusätzliche Zeiten, Anteile und Wahrscheinlichkeiten mit ihr.</translation>
    </message>
    <message>
        <source>It fades away in the last part of its time.</source>
        <translation>Sie klingt im letzten Teil ihrer Zeit ab.</translation>
    </message>
    <message>
        <source>Its strength comes and goes with this period, beginning at the lowest.</source>
        <translation>Ihre Stärke kommt und geht mit dieser Periode, beginnend an der niedrigsten.</translation>
    </message>
    <message>
        <source>How it comes and goes. square: the lowest in the first half of the period, full in the second.</source>
        <translation>Wie sie kommt und geht. square: in der ersten Hälfte der Periode die niedrigste, in der zweiten die volle.</translation>
    </message>
    <message>
        <source>The lowest strength of the wave, as a share of the full one.</source>
        <translation>Die niedrigste Stärke der Welle, als Anteil der vollen.</translation>
    </message>
    <message>
        <source>Requests take longer while their worker is held: a brown-out.</source>
        <translation>Anfragen dauern länger, während ihr Worker belegt ist: ein Brownout.</translation>
    </message>
    <message>
        <source>Time added to the work of every affected request.</source>
        <translation>Zeit, die zur Arbeit jeder betroffenen Anfrage hinzukommt.</translation>
    </message>
    <message>
        <source>How far the added time scatters around 'add', by request; never below 0.</source>
        <translation>Wie weit die zusätzliche Zeit je Anfrage um 'add' streut; nie unter 0.</translation>
    </message>
    <message>
        <source>uniform: from add - jitter to add + jitter. normal: jitter is the standard deviation. exponential: add, and jitter more on average: a long tail.</source>
        <translation>uniform: von add - jitter bis add + jitter. normal: jitter ist die Standardabweichung. exponential: add und im Mittel jitter mehr: ein langes Ende.</translation>
    </message>
    <message>
        <source>Time added for each request that the instance is working on when the work begins, itself included: locks and caches that many share.</source>
        <translation>Zeit, die für jede Anfrage hinzukommt, an der die Instanz bei Beginn der Arbeit arbeitet, diese selbst mitgezählt: Sperren und Caches, die sich viele teilen.</translation>
    </message>
    <message>
        <source>The work's own time is multiplied by this: 4 makes a 10 ms request take 40 ms.</source>
        <translation>Die eigene Zeit der Arbeit wird damit multipliziert: Mit 4 dauert eine Anfrage von 10 ms 40 ms.</translation>
    </message>
    <message>
        <source>Share of the requests that are affected.</source>
        <translation>Anteil der Anfragen, die betroffen sind.</translation>
    </message>
    <message>
        <source>Answers begin in time, but their end is late.</source>
        <translation>Antworten beginnen rechtzeitig, aber ihr Ende ist spät.</translation>
    </message>
    <message>
        <source>From the beginning of an answer to its end. Not used when 'bytes' and 'rate' are given.</source>
        <translation>Vom Anfang einer Antwort bis zu ihrem Ende. Ohne Wirkung, wenn 'bytes' und 'rate' angegeben sind.</translation>
    </message>
    <message>
        <source>Length of an answer in bytes; with 'rate' it gives the time.</source>
        <translation>Länge einer Antwort in Bytes; mit 'rate' ergibt sie die Zeit.</translation>
    </message>
    <message>
        <source>Bytes that pass in a time, for each answer alone: 64000/s.</source>
        <translation>Bytes, die in einer Zeit durchgehen, für jede Antwort allein: 64000/s.</translation>
    </message>
    <message>
        <source>The worker sends the answer itself and is held until its end, so that queues grow. Otherwise it is free once the answer begins.</source>
        <translation>Der Worker sendet die Antwort selbst und ist bis zu ihrem Ende belegt, so dass Warteschlangen wachsen. Sonst ist er frei, sobald die Antwort beginnt.</translation>
    </message>
    <message>
        <source>Share of the answers that are affected.</source>
        <translation>Anteil der Antworten, die betroffen sind.</translation>
    </message>
    <message>
        <source>Requests are answered with an error.</source>
        <translation>Anfragen werden mit einem Fehler beantwortet.</translation>
    </message>
    <message>
        <source>Share of the requests that fail.</source>
        <translation>Anteil der Anfragen, die misslingen.</translation>
    </message>
    <message>
        <source>Status of the answer, as in HTTP.</source>
        <translation>Status der Antwort, wie in HTTP.</translation>
    </message>
    <message>
        <source>Fail on arrival, without using a worker. Otherwise the request is worked on first, so that failing costs the service as much as succeeding.</source>
        <translation>Bei der Ankunft misslingen, ohne einen Worker zu benutzen. Sonst wird die Anfrage erst bearbeitet, so dass der Fehler den Dienst so viel kostet wie ein Erfolg.</translation>
    </message>
    <message>
        <source>What the answer asks the caller to wait before it tries again, kept to 10 ms.</source>
        <translation>Wie lange der Aufrufer laut Antwort warten soll, bevor er es noch einmal versucht, auf 10 ms genau.</translation>
    </message>
    <message>
        <source>Connections are refused at once: nothing listens there.</source>
        <translation>Verbindungen werden sofort abgelehnt: Dort lauscht niemand.</translation>
    </message>
    <message>
        <source>Share of the requests that are refused.</source>
        <translation>Anteil der Anfragen, die abgelehnt werden.</translation>
    </message>
    <message>
        <source>Connections break while their request is worked on.</source>
        <translation>Verbindungen brechen ab, während an ihrer Anfrage gearbeitet wird.</translation>
    </message>
    <message>
        <source>Share of the work that is done when the connection breaks: the worker was busy for as long, and stops. 0% breaks when the work begins.</source>
        <translation>Anteil der Arbeit, der getan ist, wenn die Verbindung abbricht: So lange war der Worker beschäftigt, dann hört er auf. 0% bricht ab, wenn die Arbeit beginnt.</translation>
    </message>
    <message>
        <source>Requests vanish: no answer ever comes, so that only a timeout frees the caller.</source>
        <translation>Anfragen verschwinden: Nie kommt eine Antwort, so dass nur ein Timeout den Aufrufer befreit.</translation>
    </message>
    <message>
        <source>Share of the requests that vanish.</source>
        <translation>Anteil der Anfragen, die verschwinden.</translation>
    </message>
    <message>
        <source>New requests are refused, reset, never answered or held back.</source>
        <translation>Neue Anfragen werden abgelehnt, abgebrochen, nie beantwortet oder zurückgehalten.</translation>
    </message>
    <message>
        <source>refuse: the connection is refused at once. reset: the connection breaks at once. black_hole: no answer ever comes, so that only a timeout frees the caller. hold: the network keeps them and delivers all of them, in the order of sending, when the outage ends.</source>
        <translation>refuse: Die Verbindung wird sofort abgelehnt. reset: Die Verbindung bricht sofort ab. black_hole: Nie kommt eine Antwort, so dass nur ein Timeout den Aufrufer befreit. hold: Das Netz behält sie und liefert alle, in der Reihenfolge des Sendens, wenn der Ausfall endet.</translation>
    </message>
    <message>
        <source>The network loses what goes between callers and service, both ways or one way.</source>
        <translation>Das Netz verliert, was zwischen Aufrufern und Dienst geht, in beiden Richtungen oder in einer.</translation>
    </message>
    <message>
        <source>requests: they never arrive. answers: the work is done and nobody hears of it, and nobody hears of a refusal, a rejection or a crash either. both: also the answers to what arrived before. Lost is lost: only a timeout frees the caller.</source>
        <translation>requests: Sie kommen nie an. answers: Die Arbeit wird getan, und niemand erfährt davon, auch nicht von einer Ablehnung, einer Abweisung oder einem Absturz. both: auch die Antworten auf das, was vorher ankam. Verloren ist verloren: Nur ein Timeout befreit den Aufrufer.</translation>
    </message>
    <message>
        <source>Workers begin no new work; what they work on is finished. 100% freezes the service: requests wait.</source>
        <translation>Worker beginnen keine neue Arbeit; woran sie arbeiten, wird fertig. 100% friert den Dienst ein: Anfragen warten.</translation>
    </message>
    <message>
        <source>Share of the workers of each instance that are away. What is left is rounded down: half of one worker is none.</source>
        <translation>Anteil der Worker jeder Instanz, die weg sind. Was bleibt, wird abgerundet: Die Hälfte eines Workers ist keiner.</translation>
    </message>
    <message>
        <source>Instances stop, lose what waits and what is worked on, and start again when the fault ends.</source>
        <translation>Instanzen halten an, verlieren, was wartet und woran gearbeitet wird, und starten wieder, wenn die Störung endet.</translation>
    </message>
    <message>
        <source>reset: a process died. Its callers hear at once that their connections are gone, and new ones are refused. silent: the machine is gone. Callers hear nothing, and new requests vanish.</source>
        <translation>reset: Ein Prozess ist gestorben. Seine Aufrufer erfahren sofort, dass ihre Verbindungen weg sind, und neue werden abgelehnt. silent: Die Maschine ist weg. Aufrufer erfahren nichts, und neue Anfragen verschwinden.</translation>
    </message>
    <message>
        <source>Goes down and comes back, again and again.</source>
        <translation>Fällt aus und kommt zurück, immer wieder.</translation>
    </message>
    <message>
        <source>From one going down to the next. Each period begins with being down.</source>
        <translation>Von einem Ausfallen bis zum nächsten. Jede Periode beginnt mit dem Ausfall.</translation>
    </message>
    <message>
        <source>Share of each period that it is down.</source>
        <translation>Anteil jeder Periode, in dem es ausgefallen ist.</translation>
    </message>
    <message>
        <source>What being down means. refuse: connections are refused. reset: they break at once. black_hole: requests vanish. crash: refused, and what waits or is worked on is lost each time.</source>
        <translation>Was ausgefallen heißt. refuse: Verbindungen werden abgelehnt. reset: Sie brechen sofort ab. black_hole: Anfragen verschwinden. crash: abgelehnt, und was wartet oder in Arbeit ist, geht jedes Mal verloren.</translation>
    </message>
    <message>
        <source>Who finds the queue full hears nothing, so that only a timeout frees the caller.</source>
        <translation>Wer die Warteschlange voll findet, erfährt nichts, so dass nur ein Timeout den Aufrufer befreit.</translation>
    </message>
    <message>
        <source>Share of the requests that are affected: a full queue drops these in silence, as packets are, and answers the others as rejected.</source>
        <translation>Anteil der Anfragen, die betroffen sind: Eine volle Warteschlange verwirft diese still, wie Pakete, und beantwortet die anderen als abgewiesen.</translation>
    </message>
    <message>
        <source>One thing that must hold in a run.</source>
        <translation>Etwas, das in einem Lauf gelten muss.</translation>
    </message>
    <message>
        <source>What is measured: a client, a service, an edge such as &quot;web -&gt; orders&quot;, the calls that name an endpoint such as orders/checkout or, for breakers, a policy stack. All clients together when it is left out.</source>
        <translation>Was gemessen wird: ein Client, ein Dienst, eine Verbindung wie &quot;web -&gt; orders&quot;, die Aufrufe, die einen Endpunkt wie orders/checkout nennen, oder, für Breaker, ein Policy-Stapel. Ohne Angabe alle Clients zusammen.</translation>
    </message>
    <message>
        <source>Measure from here on; from the start when it is left out.</source>
        <translation>Von hier an messen; ohne Angabe vom Start an.</translation>
    </message>
    <message>
        <source>Measure up to here; to the end when it is left out.</source>
        <translation>Bis hierher messen; ohne Angabe bis zum Ende.</translation>
    </message>
    <message>
        <source>What the line means, in words; printed with the result.</source>
        <translation>Was die Zeile bedeutet, in Worten; wird mit dem Ergebnis ausgegeben.</translation>
    </message>
    <message>
        <source>Share of ended calls that were good: successes and fallbacks.</source>
        <translation>Anteil der beendeten Aufrufe, die gut waren: Erfolge und Ersatzantworten.</translation>
    </message>
    <message>
        <source>Good calls per second.</source>
        <translation>Gelungene Aufrufe pro Sekunde.</translation>
    </message>
    <message>
        <source>Share of ended calls that the dependency itself answered well.</source>
        <translation>Anteil der beendeten Aufrufe, die der Zieldienst selbst gut beantwortete.</translation>
    </message>
    <message>
        <source>Share of ended calls that were given a substitute.</source>
        <translation>Anteil der beendeten Aufrufe, die einen Ersatz erhielten.</translation>
    </message>
    <message>
        <source>Share of ended calls that were not good, for whatever reason.</source>
        <translation>Anteil der beendeten Aufrufe, die nicht gut waren, aus welchem Grund auch immer.</translation>
    </message>
    <message>
        <source>Share of ended calls that ended with an error of the dependency.</source>
        <translation>Anteil der beendeten Aufrufe, die mit einem Fehler des Zieldienstes endeten.</translation>
    </message>
    <message>
        <source>Share of ended calls that nobody waited for any longer.</source>
        <translation>Anteil der beendeten Aufrufe, auf die niemand mehr wartete.</translation>
    </message>
    <message>
        <source>Share of ended calls that found a full queue.</source>
        <translation>Anteil der beendeten Aufrufe, die eine volle Warteschlange fanden.</translation>
    </message>
    <message>
        <source>Share of ended calls that found nothing listening.</source>
        <translation>Anteil der beendeten Aufrufe, die niemanden lauschen fanden.</translation>
    </message>
    <message>
        <source>Share of ended calls whose connection broke.</source>
        <translation>Anteil der beendeten Aufrufe, deren Verbindung abbrach.</translation>
    </message>
    <message>
        <source>Share of ended calls that a breaker refused.</source>
        <translation>Anteil der beendeten Aufrufe, die ein Breaker abwies.</translation>
    </message>
    <message>
        <source>Share of ended calls that a concurrency limit refused.</source>
        <translation>Anteil der beendeten Aufrufe, die eine Grenze gleichzeitiger Aufrufe abwies.</translation>
    </message>
    <message>
        <source>Share of ended calls that a rate limiter refused.</source>
        <translation>Anteil der beendeten Aufrufe, die ein Rate Limiter abwies.</translation>
    </message>
    <message>
        <source>Share of ended calls that a throttle refused, or whose retry the budget refused.</source>
        <translation>Anteil der beendeten Aufrufe, die eine Drossel abwies oder deren Wiederholung das Budget abwies.</translation>
    </message>
    <message>
        <source>Share of ended calls that a health check refused.</source>
        <translation>Anteil der beendeten Aufrufe, die ein Health Check abwies.</translation>
    </message>
    <message>
        <source>Calls begun.</source>
        <translation>Begonnene Aufrufe.</translation>
    </message>
    <message>
        <source>Calls begun per second.</source>
        <translation>Pro Sekunde begonnene Aufrufe.</translation>
    </message>
    <message>
        <source>Calls ended.</source>
        <translation>Beendete Aufrufe.</translation>
    </message>
    <message>
        <source>Requests sent: first tries and retries.</source>
        <translation>Gesendete Anfragen: erste Versuche und Wiederholungen.</translation>
    </message>
    <message>
        <source>Requests sent per second.</source>
        <translation>Pro Sekunde gesendete Anfragen.</translation>
    </message>
    <message>
        <source>Requests sent per second in the busiest bucket of time.</source>
        <translation>Pro Sekunde gesendete Anfragen im geschäftigsten Zeitabschnitt.</translation>
    </message>
    <message>
        <source>Further tries decided.</source>
        <translation>Beschlossene weitere Versuche.</translation>
    </message>
    <message>
        <source>Requests sent for each call begun: 1 without retries and refusals.</source>
        <translation>Gesendete Anfragen je begonnenem Aufruf: 1 ohne Wiederholungen und Abweisungen.</translation>
    </message>
    <message>
        <source>Answers that came when nobody waited any longer.</source>
        <translation>Antworten, die kamen, als niemand mehr wartete.</translation>
    </message>
    <message>
        <source>Mean time from start to end of a call, good or not.</source>
        <translation>Mittlere Zeit vom Anfang bis zum Ende eines Aufrufs, gut oder nicht.</translation>
    </message>
    <message>
        <source>Half of all ended calls took at most this long.</source>
        <translation>Die Hälfte aller beendeten Aufrufe dauerte höchstens so lange.</translation>
    </message>
    <message>
        <source>90 % of all ended calls took at most this long.</source>
        <translation>90 % aller beendeten Aufrufe dauerten höchstens so lange.</translation>
    </message>
    <message>
        <source>95 % of all ended calls took at most this long.</source>
        <translation>95 % aller beendeten Aufrufe dauerten höchstens so lange.</translation>
    </message>
    <message>
        <source>99 % of all ended calls took at most this long.</source>
        <translation>99 % aller beendeten Aufrufe dauerten höchstens so lange.</translation>
    </message>
    <message>
        <source>99.9 % of all ended calls took at most this long.</source>
        <translation>99,9 % aller beendeten Aufrufe dauerten höchstens so lange.</translation>
    </message>
    <message>
        <source>The longest that an ended call took.</source>
        <translation>Das Längste, was ein beendeter Aufruf dauerte.</translation>
    </message>
    <message>
        <source>Share of requests that found no free connection in the pool of their edge.</source>
        <translation>Anteil der Anfragen, die im Verbindungspool keine freie Verbindung fanden.</translation>
    </message>
    <message>
        <source>Share of requests that waited for a connection as long as they may.</source>
        <translation>Anteil der Anfragen, die so lange auf eine Verbindung warteten, wie sie dürfen.</translation>
    </message>
    <message>
        <source>Mean wait for a connection, over all requests that wanted one.</source>
        <translation>Mittlere Wartezeit auf eine Verbindung, über alle Anfragen, die eine wollten.</translation>
    </message>
    <message>
        <source>Most messages that waited at once in the queue of a client's workers.</source>
        <translation>Die meisten Nachrichten, die zugleich in der Warteschlange der Worker eines Clients warteten.</translation>
    </message>
    <message>
        <source>Messages that waited in the queue of a client's workers at the end of the span.</source>
        <translation>Nachrichten, die am Ende der Spanne in der Warteschlange der Worker eines Clients warteten.</translation>
    </message>
    <message>
        <source>Greatest age of a message at the head of the queue of a client's workers.</source>
        <translation>Größtes Alter einer Nachricht an der Spitze der Warteschlange der Worker eines Clients.</translation>
    </message>
    <message>
        <source>Share of deliveries to workers that were not the first of their message.</source>
        <translation>Anteil der Zustellungen an Worker, die nicht die erste ihrer Nachricht waren.</translation>
    </message>
    <message>
        <source>Messages that used up their deliveries.</source>
        <translation>Nachrichten, die ihre Zustellungen aufgebraucht haben.</translation>
    </message>
    <message>
        <source>How often breakers opened, or instances were ejected (outlier_ejection).</source>
        <translation>Wie oft Breaker öffneten oder Instanzen ausgeschlossen wurden (outlier_ejection).</translation>
    </message>
    <message>
        <source>How many breakers opened at least once.</source>
        <translation>Wie viele Breaker mindestens einmal öffneten.</translation>
    </message>
    <message>
        <source>When the first breaker opened, in time since the start of the run.</source>
        <translation>Wann der erste Breaker öffnete, in Zeit seit dem Start des Laufs.</translation>
    </message>
    <message>
        <source>Share of the time that breakers were OPEN, over all of them.</source>
        <translation>Anteil der Zeit, in der Breaker OPEN waren, über alle von ihnen.</translation>
    </message>
    <message>
        <source>Share of the workers' time that was spent working.</source>
        <translation>Anteil der Zeit der Worker, in der sie arbeiteten.</translation>
    </message>
    <message>
        <source>Mean number of waiting requests, over all instances together.</source>
        <translation>Mittlere Zahl wartender Anfragen, über alle Instanzen zusammen.</translation>
    </message>
    <message>
        <source>The most requests that waited at once, over all instances together.</source>
        <translation>Die meisten Anfragen, die zugleich warteten, über alle Instanzen zusammen.</translation>
    </message>
    <message>
        <source>Share of arriving requests that found a full queue.</source>
        <translation>Anteil der ankommenden Anfragen, die eine volle Warteschlange fanden.</translation>
    </message>
    <message>
        <source>Share of finished work that was for callers who had left.</source>
        <translation>Anteil der fertigen Arbeit, die für Aufrufer war, die gegangen waren.</translation>
    </message>
    <message>
        <source>Share of arriving requests that were given up unfinished because their callers had left.</source>
        <translation>Anteil der ankommenden Anfragen, die unfertig aufgegeben wurden, weil ihre Aufrufer gegangen waren.</translation>
    </message>
    <message>
        <source>Requests that reached the service.</source>
        <translation>Anfragen, die den Dienst erreichten.</translation>
    </message>
    <message>
        <source>Requests that reached the service, per second.</source>
        <translation>Anfragen, die den Dienst erreichten, pro Sekunde.</translation>
    </message>
    <message>
        <source>Share of a recorded service's answers that were drawn from neighbours in time instead of replayed.</source>
        <translation>Anteil der Antworten eines aufgezeichneten Dienstes, die aus zeitlichen Nachbarn gezogen statt abgespielt wurden.</translation>
    </message>
    <message>
        <source>Share of a recorded service's requests whose caller waited longer than the recorder had.</source>
        <translation>Anteil der Anfragen an einen aufgezeichneten Dienst, deren Aufrufer länger wartete, als die Aufzeichnung reichte.</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Aufruf</translation>
    </message>
    <message>
        <source>Closed loop</source>
        <translation>Geschlossener Kreis</translation>
    </message>
    <message>
        <source>Wave</source>
        <translation>Welle</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>Spitzen</translation>
    </message>
    <message>
        <source>Rate point</source>
        <translation>Ratenpunkt</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Expectation</source>
        <translation>Erwartung</translation>
    </message>
    <message>
        <source>The caller's connections to the called service: a request needs one from its sending to its answer.</source>
        <translation>Die Verbindungen des Aufrufers zum aufgerufenen Dienst: Eine Anfrage braucht eine vom Senden bis zur Antwort.</translation>
    </message>
    <message>
        <source>Makes a client's arrivals messages in a queue, from which workers take them, with redelivery and dead letters.</source>
        <translation>Macht die Ankünfte eines Clients zu Nachrichten in einer Warteschlange, aus der Worker sie nehmen, mit erneuter Zustellung und Dead Letters.</translation>
    </message>
    <message>
        <source>Stops an instance now and then for a while, as a garbage collection does.</source>
        <translation>Hält eine Instanz ab und zu eine Weile an, wie eine Garbage Collection es tut.</translation>
    </message>
    <message>
        <source>Makes work take longer the more of it there is at once.</source>
        <translation>Lässt Arbeit umso länger dauern, je mehr davon gleichzeitig da ist.</translation>
    </message>
    <message>
        <source>Makes an instance slow for a while after its start.</source>
        <translation>Macht eine Instanz nach ihrem Start für eine Weile langsam.</translation>
    </message>
    <message>
        <source>Makes a fault act in bursts of random length instead of all the time.</source>
        <translation>Lässt eine Störung in Schüben von zufälliger Länge wirken statt die ganze Zeit.</translation>
    </message>
    <message>
        <source>Lets the strength of a fault come and go.</source>
        <translation>Lässt die Stärke einer Störung kommen und gehen.</translation>
    </message>
    <message>
        <source>The calls that a client or a service makes: a list.</source>
        <translation>Die Aufrufe, die ein Client oder ein Dienst macht: eine Liste.</translation>
    </message>
    <message>
        <source>When the calls of a client begin.</source>
        <translation>Wann die Aufrufe eines Clients beginnen.</translation>
    </message>
    <message>
        <source>How long a worker needs for a request.</source>
        <translation>Wie lange ein Worker für eine Anfrage braucht.</translation>
    </message>
    <message>
        <source>The setting dialect of a policy: the same policy as another library has it.</source>
        <translation>Die Einstellung dialect einer Policy: dieselbe Policy, wie eine andere Bibliothek sie hat.</translation>
    </message>
    <message>
        <source>A list of what goes wrong: one kind each, with where and when.</source>
        <translation>Eine Liste dessen, was schiefgeht: jeweils eine Art, mit Wo und Wann.</translation>
    </message>
    <message>
        <source>The kinds of faults; one stands in each entry of faults.</source>
        <translation>Die Arten von Störungen; in jedem Eintrag von faults steht eine.</translation>
    </message>
    <message>
        <source>What the desktop lab shows: its views and panels, one by one.</source>
        <translation>Was das Labor am Bildschirm zeigt: seine Ansichten und Leisten, eine nach der anderen.</translation>
    </message>
    <message>
        <source>A list of what must hold, each with one metric.</source>
        <translation>Eine Liste dessen, was gelten muss, jeweils mit einer Kennzahl.</translation>
    </message>
    <message>
        <source>100 or 60s</source>
        <translation>100 oder 60s</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>failures in a row</source>
        <translation>Fehler in Folge</translation>
    </message>
    <message>
        <source>failure rate</source>
        <translation>Fehlerrate</translation>
    </message>
    <message>
        <source>slow-call rate</source>
        <translation>Rate langsamer Aufrufe</translation>
    </message>
    <message>
        <source>trials that went well</source>
        <translation>gelungene Probeaufrufe</translation>
    </message>
    <message>
        <source>trials that failed</source>
        <translation>misslungene Probeaufrufe</translation>
    </message>
    <message>
        <source>trials that were too slow</source>
        <translation>zu langsame Probeaufrufe</translation>
    </message>
    <message>
        <source>trials that failed or were too slow</source>
        <translation>misslungene oder zu langsame Probeaufrufe</translation>
    </message>
    <message>
        <source>successes in a row</source>
        <translation>Erfolge in Folge</translation>
    </message>
    <message>
        <source>failures in all</source>
        <translation>Fehler insgesamt</translation>
    </message>
    <message>
        <source>failures per request</source>
        <translation>Fehler je Anfrage</translation>
    </message>
    <message>
        <source>failure and slow-call rate below their thresholds</source>
        <translation>Fehlerrate und Rate langsamer Aufrufe unter ihren Schwellen</translation>
    </message>
    <message>
        <source>error percentage, cut to a whole number</source>
        <translation>Fehleranteil, auf ganze Prozent abgeschnitten</translation>
    </message>
    <message>
        <source>failures</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>failure rate in whole percents</source>
        <translation>Fehlerrate in ganzen Prozent</translation>
    </message>
    <message>
        <source>success rate in whole percents</source>
        <translation>Erfolgsrate in ganzen Prozent</translation>
    </message>
    <message>
        <source>failure ratio</source>
        <translation>Anteil der Fehler</translation>
    </message>
    <message>
        <source>slow ratio</source>
        <translation>Anteil langsamer Aufrufe</translation>
    </message>
    <message>
        <source>error ratio</source>
        <translation>Anteil der Fehler</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>asked only after a failure</source>
        <translation>nur nach einem Fehler gefragt</translation>
    </message>
    <message>
        <source>asked by a timer at %1</source>
        <translation>von einem Timer bei %1 gefragt</translation>
    </message>
    <message>
        <source> is not asked yet: minimum calls not reached, %1 of %2</source>
        <translation> wird noch nicht gefragt: Mindestzahl der Aufrufe nicht erreicht, %1 von %2</translation>
    </message>
    <message>
        <source>: %1 of %2</source>
        <translation>: %1 von %2</translation>
    </message>
    <message>
        <source> %1 %2 %3 of %4 calls</source>
        <translation> %1 %2 %3 bei %4 Aufrufen</translation>
    </message>
    <message>
        <source> %1 %2 %3 of %4 call</source>
        <translation> %1 %2 %3 bei %4 Aufruf</translation>
    </message>
    <message>
        <source>the last call</source>
        <translation>der letzte Aufruf</translation>
    </message>
    <message>
        <source>the last %1 calls</source>
        <translation>die letzten %1 Aufrufe</translation>
    </message>
    <message>
        <source>the last %1</source>
        <translation>die letzten %1</translation>
    </message>
    <message>
        <source>the last %1 in buckets of %2</source>
        <translation>die letzten %1 in Abschnitten von %2</translation>
    </message>
    <message>
        <source>the last call before it opened</source>
        <translation>der letzte Aufruf, bevor er öffnete</translation>
    </message>
    <message>
        <source>the last %1 calls before it opened</source>
        <translation>die letzten %1 Aufrufe, bevor er öffnete</translation>
    </message>
    <message>
        <source>the last %1 before it opened</source>
        <translation>die letzten %1, bevor er öffnete</translation>
    </message>
    <message>
        <source>the last %1 in buckets of %2 before it opened</source>
        <translation>die letzten %1 in Abschnitten von %2, bevor er öffnete</translation>
    </message>
    <message>
        <source>the newest is under way and not judged yet</source>
        <translation>der neueste läuft noch und wird noch nicht beurteilt</translation>
    </message>
    <message>
        <source>ten buckets over %1 as of the last result</source>
        <translation>zehn Abschnitte über %1, Stand des letzten Ergebnisses</translation>
    </message>
    <message>
        <source>they are dropped only when a result is recorded</source>
        <translation>sie verfallen erst, wenn ein Ergebnis gezählt wird</translation>
    </message>
    <message>
        <source>parts of a tenth of %1 that begin when a call ends</source>
        <translation>Teile von je einem Zehntel von %1, die mit dem Ende eines Aufrufs beginnen</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>rolling buckets over %1</source>
        <translation>rollende Abschnitte über %1</translation>
    </message>
    <message>
        <source>counted since %1</source>
        <translation>gezählt seit %1</translation>
    </message>
    <message>
        <source>never cleared while CLOSED</source>
        <translation>in CLOSED nie gelöscht</translation>
    </message>
    <message>
        <source>cleared by the first call more than %1 later</source>
        <translation>gelöscht vom ersten Aufruf mehr als %1 später</translation>
    </message>
    <message>
        <source>the trial calls</source>
        <translation>die Probeaufrufe</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>trials in flight</source>
        <translation>laufende Probeaufrufe</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>failures in a row now</source>
        <translation>Fehler in Folge jetzt</translation>
    </message>
    <message>
        <source>trials let through</source>
        <translation>durchgelassene Probeaufrufe</translation>
    </message>
    <message>
        <source>requests not ended yet</source>
        <translation>noch nicht beendete Anfragen</translation>
    </message>
    <message>
        <source>excluded calls</source>
        <translation>nicht gezählte Aufrufe</translation>
    </message>
    <message>
        <source>permits left</source>
        <translation>freie Plätze</translation>
    </message>
    <message>
        <source>permissions left</source>
        <translation>übrige Erlaubnisse</translation>
    </message>
    <message>
        <source>calls refused in this state</source>
        <translation>in diesem Zustand abgewiesene Aufrufe</translation>
    </message>
    <message>
        <source>openings since the last CLOSED</source>
        <translation>Öffnungen seit dem letzten CLOSED</translation>
    </message>
    <message>
        <source>instances ejected</source>
        <translation>ausgeschlossene Instanzen</translation>
    </message>
    <message>
        <source>panic</source>
        <translation>Panik</translation>
    </message>
    <message>
        <source>no other instance can be ejected</source>
        <translation>keine weitere Instanz kann ausgeschlossen werden</translation>
    </message>
    <message>
        <source>instance %1</source>
        <translation>Instanz %1</translation>
    </message>
    <message>
        <source>%1 of at most %2</source>
        <translation>%1 von höchstens %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>longer than %1</source>
        <translation>länger als %1</translation>
    </message>
    <message>
        <source>too few instances are left: the balancer uses all of them</source>
        <translation>zu wenige Instanzen sind übrig: die Lastverteilung nutzt alle</translation>
    </message>
    <message>
        <source>max_ejection_percent allows %1 of %2</source>
        <translation>max_ejection_percent erlaubt %1 von %2</translation>
    </message>
    <message>
        <source>ejected for %1</source>
        <translation>seit %1 ausgeschlossen</translation>
    </message>
    <message>
        <source>back at the first sweep after %1</source>
        <translation>zurück beim ersten Durchgang nach %1</translation>
    </message>
    <message>
        <source>%1 failures in a row of %2</source>
        <translation>%1 Fehler in Folge von %2</translation>
    </message>
    <message>
        <source>failures in a row do not count</source>
        <translation>Fehler in Folge zählen nicht</translation>
    </message>
    <message>
        <source>%1 without an answer of %2</source>
        <translation>%1 ohne Antwort von %2</translation>
    </message>
    <message>
        <source>%1 requests since the last sweep</source>
        <translation>%1 Anfragen seit dem letzten Durchgang</translation>
    </message>
    <message>
        <source>%1 went well</source>
        <translation>%1 gelungen</translation>
    </message>
    <message>
        <source>the mode metrics_only reports what would trip and refuses nothing</source>
        <translation>der Modus metrics_only meldet, was auslösen würde, und weist nichts ab</translation>
    </message>
    <message>
        <source>the first call at or after that instant is let through as a trial</source>
        <translation>der erste Aufruf genau dann oder danach wird zur Probe durchgelassen</translation>
    </message>
    <message>
        <source>the next call is let through as a trial</source>
        <translation>der nächste Aufruf wird zur Probe durchgelassen</translation>
    </message>
    <message>
        <source>calls are refused until a trial ends</source>
        <translation>Aufrufe werden abgewiesen, bis ein Probeaufruf endet</translation>
    </message>
    <message>
        <source>calls are refused until a call ends</source>
        <translation>Aufrufe werden abgewiesen, bis ein Aufruf endet</translation>
    </message>
    <message>
        <source>calls are refused until the trials decide</source>
        <translation>Aufrufe werden abgewiesen, bis die Probeaufrufe entscheiden</translation>
    </message>
    <message>
        <source>a trial that never ends keeps it here</source>
        <translation>ein Probeaufruf, der nie endet, hält ihn hier</translation>
    </message>
    <message>
        <source>forced open: it stays so until it is set by hand or by new settings</source>
        <translation>erzwungen offen: er bleibt es, bis er von Hand oder durch neue Einstellungen gesetzt wird</translation>
    </message>
    <message>
        <source>forced open: it stays so until it is set by hand</source>
        <translation>erzwungen offen: er bleibt es, bis er von Hand gesetzt wird</translation>
    </message>
    <message>
        <source>disabled: it lets everything through and counts nothing</source>
        <translation>abgeschaltet: er lässt alles durch und zählt nichts</translation>
    </message>
    <message>
        <source>the first call, or late end of a call, strictly after the timeout makes it HALF_OPEN</source>
        <translation>der erste Aufruf oder das späte Ende eines Aufrufs nach dem Timeout macht ihn HALF_OPEN</translation>
    </message>
    <message>
        <source>the longest stay in HALF_OPEN is over: it goes to OPEN</source>
        <translation>die längste Zeit in HALF_OPEN ist um: er wechselt nach OPEN</translation>
    </message>
    <message>
        <source>the longest stay in HALF_OPEN is over: it goes to CLOSED</source>
        <translation>die längste Zeit in HALF_OPEN ist um: er wechselt nach CLOSED</translation>
    </message>
    <message>
        <source>no permission is left: calls are refused until enough of the trials have ended</source>
        <translation>keine Erlaubnis ist übrig: Aufrufe werden abgewiesen, bis genug Probeaufrufe geendet haben</translation>
    </message>
    <message>
        <source>a timer ends OPEN at that instant, without a call</source>
        <translation>ein Timer beendet OPEN in diesem Moment, ohne einen Aufruf</translation>
    </message>
    <message>
        <source>the first call strictly after the wait ends OPEN and is let through as a trial</source>
        <translation>der erste Aufruf nach der Wartezeit beendet OPEN und wird zur Probe durchgelassen</translation>
    </message>
    <message>
        <source>it knows no instances, so it judges nothing</source>
        <translation>er kennt keine Instanzen, urteilt also über nichts</translation>
    </message>
    <message>
        <source>the next sweep: instances return, and those with enough requests are compared</source>
        <translation>der nächste Durchgang: Instanzen kehren zurück, und die mit genug Anfragen werden verglichen</translation>
    </message>
    <message>
        <source>nothing is counted while OPEN</source>
        <translation>in OPEN wird nichts gezählt</translation>
    </message>
    <message>
        <source>the calls let through on trial</source>
        <translation>die zur Probe durchgelassenen Aufrufe</translation>
    </message>
</context>
</TS>
