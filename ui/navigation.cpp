// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation.h"

namespace ui
{

namespace
{

int around(int value, int count)
{
    return ((value % count) + count) % count;
}

core::Shape shapeOf(const core::Architecture& architecture, const Selection& selection)
{
    return architecture.units()[static_cast<std::size_t>(selection.unit)].shape;
}

} // namespace

Selection walkUnits(const core::Architecture& architecture, Selection selection, int step)
{
    const int units = static_cast<int>(architecture.units().size());
    if (units == 0)
        return selection;
    selection.unit = around(selection.unit + step, units);
    selection.position.reset();
    if (selection.channel && *selection.channel >= shapeOf(architecture, selection).channels)
        selection.channel = 0;
    return selection;
}

Selection walkChannels(const core::Architecture& architecture, Selection selection, int step)
{
    if (architecture.units().empty())
        return selection;
    const int channels = shapeOf(architecture, selection).channels;
    const int start = selection.channel.value_or(step > 0 ? -1 : 0);
    selection.channel = around(start + step, channels);
    return selection;
}

Selection walkPositions(const core::Architecture& architecture, Selection selection, int rows,
                        int columns)
{
    if (architecture.units().empty())
        return selection;
    const core::Shape shape = shapeOf(architecture, selection);
    if (!selection.channel)
        selection.channel = 0;
    if (!selection.position) {
        selection.position = 0;
        return selection;
    }
    const int row = around(*selection.position / shape.width + rows, shape.height);
    const int column = around(*selection.position % shape.width + columns, shape.width);
    selection.position = row * shape.width + column;
    return selection;
}

} // namespace ui
