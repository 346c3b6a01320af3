// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "ui/window.h"

#include <exception>
#include <iostream>

int main(int argc, char** argv)
{
    try {
        ui::WindowOptions options;
        for (int i = 1; i < argc; ++i)
            options.models.emplace_back(argv[i]);
        return ui::runWindow(options, argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "caddie: " << error.what() << '\n';
        return 1;
    }
}
