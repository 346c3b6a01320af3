// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/input_name.h"

#include <QObject>

namespace ui
{

QString inputName(const InputImage& input, const core::Dataset& dataset)
{
    if (!input.index)
        return QObject::tr("a drawing");
    const QString name =
        QObject::tr("%1 %2, image %3")
            .arg(QString::fromStdString(dataset.name),
                 QString::fromStdString(std::string(core::splitName(dataset.split))))
            .arg(*input.index);
    return input.label ? name + QObject::tr(", label %1").arg(*input.label) : name;
}

} // namespace ui
