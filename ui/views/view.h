// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions.h"

#include <QJsonObject>
#include <QString>
#include <QWidget>

#include <memory>
#include <vector>

namespace ui
{

class Figure;

/// A page in the centre of the window. Connects to the session's signals itself.
class View : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual QString id() const = 0;    ///< for settings and recipes: "class-heatmap"
    virtual QString title() const = 0; ///< "Class heatmap"
    virtual QString tabTitle() const { return title(); } ///< where the room is short: "Heatmap"

    /// What an export of the view draws; null where there is nothing to show yet.
    virtual std::unique_ptr<Figure> figure() const = 0;

    /// Asks where the figure is to go; nothing where there is none yet.
    virtual void openExport() {}

    /// What the person can do in this view alone, for the window's table of actions. Each shows the
    /// view first.
    virtual std::vector<ActionSpec> actionSpecs() { return {}; }

    /// Whether a form of the view's own stands at its right edge.
    virtual bool showsForm() const { return false; }
    virtual void closeForm() {}

    /// The view's own settings (not the selection), for the saved session.
    virtual QJsonObject state() const { return {}; }
    virtual void restore(const QJsonObject&) {}

signals:
    void formShownChanged();
};

} // namespace ui
