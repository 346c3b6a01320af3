// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layouts.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui
{

std::vector<Layout> builtInLayouts()
{
    const auto named = [](const char* name, const char* view) {
        Layout layout;
        layout.name = QCoreApplication::translate("Layouts", name);
        layout.view = view;
        return layout;
    };
    Layout explore = named("Explore", "channels");
    Layout compare = named("Compare", "comparison");
    compare.rightFolded = true; // two of everything need the width
    Layout train = named("Train", "training");
    train.rightFolded = true;
    train.runsFolded = false;
    return {explore, compare, train};
}

void keepLayout(std::vector<Layout>& layouts, const Layout& layout)
{
    const auto found = std::ranges::find(layouts, layout.name, &Layout::name);
    if (found == layouts.end())
        layouts.push_back(layout);
    else
        *found = layout;
}

} // namespace ui
