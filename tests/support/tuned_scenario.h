// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen::test {

/// A small world with every kind of policy: one client, one service, one fault.
inline constexpr char kTunedScenario[] = R"(# Question: is the form right?  Watch: nothing.
halfopen: 1
name: tuned
seed: 7
duration: 60s
services:
  db: { instances: 1, workers: 8, queue: 20, service_time: 10ms }
clients:
  web: { processes: 2, arrivals: { poisson: 200/s }, calls: [ { to: db, policies: edge } ] }
policies:
  edge:   # outermost first
    - retry: { max_attempts: 4, initial_delay: 50ms, max_delay: 2s }   # a comment to keep
    - circuit_breaker: { failure_rate_threshold: 50%, window: { kind: count, size: 100, minimum_calls: 20 }, recovery_timeout: 5s }
    - timeout: 250ms
faults:
  - { on: db, from: 20s, for: 5s, latency: { add: 400ms } }
)";

} // namespace halfopen::test
