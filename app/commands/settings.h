// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kSettingsDetails =
    "\nA setting that a scenario leaves open has its default. Who says what that is, the first of:\n"
    "  1. the environment    CIRCUIT_BREAKER_ENABLED=false            circuit_breaker.mode: disabled\n"
    "                        DEFAULT_TIMEOUT=2.5 or 2500ms            timeout.after, circuit_breaker.timeout\n"
    "                        RETRY_MAX_ATTEMPTS=5                     retry.max_attempts\n"
    "                        CIRCUIT_BREAKER_FAILURE_THRESHOLD=10     circuit_breaker.failure_threshold\n"
    "                        CIRCUIT_BREAKER_RECOVERY_TIMEOUT=30s     circuit_breaker.recovery_timeout\n"
    "  2. the settings file  --settings FILE, else $XDG_CONFIG_HOME/halfopen/settings.yaml\n"
    "                        (~/.config/halfopen/settings.yaml), for any setting of any policy:\n"
    "                          halfopen_settings: 1\n"
    "                          defaults:\n"
    "                            retry: { max_attempts: 4, jitter: equal }\n"
    "                            circuit_breaker/resilience4j: { sliding_window_size: 50 }\n"
    "  3. the program itself\n"
    "Variables act on the dialect halfopen only. failure_threshold stays off beside a\n"
    "failure_rate_threshold that a scenario gives. 'check', 'run' and every report name the settings\n"
    "that came from outside.\n"
    "\nExamples:\n"
    "  halfopen settings\n"
    "  RETRY_MAX_ATTEMPTS=5 halfopen settings --changed\n"
    "  halfopen settings --json | jq '.settings[] | select(.from != \"built_in\")'";

/// halfopen settings: each default of each policy and where it comes from.
Action setUpSettings(CLI::App &app);

} // namespace halfopen
