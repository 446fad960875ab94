// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/registry.h"

namespace halfopen {

std::span<const ViewType> viewTypes()
{
    return {};
}

QString viewTitle(const ViewType &type)
{
    return View::tr(type.title);
}

} // namespace halfopen
