// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/architecture_check.h"

#include "core/base/error.h"
#include "core/model/architecture_text.h"
#include "ui/words.h"

#include <QCoreApplication>

namespace ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Architecture", text);
}

} // namespace

QString CheckedArchitecture::countText() const
{
    return architecture
               ? tr("%1 parameters")
                     .arg(withThousands(static_cast<std::int64_t>(architecture->trainableCount())))
               : QString();
}

CheckedArchitecture checkArchitecture(const QString& text)
{
    CheckedArchitecture checked;
    try {
        checked.architecture = core::parseArchitecture(text.trimmed().toStdString());
        if (checked.architecture->classes() != 10)
            checked.error = tr("The network has %1 outputs; the digits are 10 classes.")
                                .arg(checked.architecture->classes());
    } catch (const core::Error& error) {
        checked.error = QString::fromStdString(error.what());
    }
    return checked;
}

} // namespace ui
