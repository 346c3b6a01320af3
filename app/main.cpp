// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include <QHashFunctions>

int main(int argc, char** argv)
{
    // Qt writes the fonts of a PDF in the order of a hash: with a random seed the same figure would
    // give other bytes in every other process.
    QHashSeed::setDeterministicGlobalSeed();
    return app::runCommandLine(argc, argv);
}
