// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"

#include <QCheckBox>

namespace ui
{

/// "Go on from MODEL": whether a run begins with the current model.
class StartModelBox : public QCheckBox
{
    Q_OBJECT

public:
    explicit StartModelBox(QWidget* parent = nullptr);

    void setModel(core::ModelPointer model); ///< the current one; may be null
    core::ModelPointer start() const;        ///< where the person chose so, else null

private:
    core::ModelPointer m_model;
};

} // namespace ui
