// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saves two models in turn as the same file until it is killed, for kill_runs.py:
//
//     save_loop MODEL OTHER FILE

#include "core/formats/model_file.h"

#include <cstdio>
#include <exception>

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::fputs("usage: save_loop MODEL OTHER FILE\n", stderr);
        return 2;
    }
    try {
        const core::Model models[] = {core::openModel(argv[1]), core::openModel(argv[2])};
        for (int i = 0;; ++i)
            core::saveModel(models[i % 2], argv[3]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "save_loop: %s\n", error.what());
        return 1;
    }
}
